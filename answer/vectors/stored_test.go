package vectors

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"testing"
)

// written returns a file of the passages, with keys that begin with their numbers.
func written(t testing.TB, size int, passages []Passage) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, size)
	for i := range passages {
		if err := w.Add(numbered(i), &passages[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func numbered(i int) ShortKey { return ShortKey{byte(i), byte(i >> 8), byte(i >> 16), 7} }

func opened(t testing.TB, b []byte) *File {
	t.Helper()
	f, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// all reads everything that a file holds.
func all(f *File) ([]Passage, []ShortKey, error) {
	keys := make([]ShortKey, f.Len())
	each, err := f.Keys()
	if err != nil {
		return nil, nil, err
	}
	for i, key := range each {
		keys[i] = key
	}
	passages := make([]Passage, f.Len())
	for i := range passages {
		if passages[i], err = f.Passage(i); err != nil {
			return nil, nil, err
		}
	}
	return passages, keys, nil
}

// madeUp returns passages of a few sentences, one in seven without vectors.
func madeUp(n, size int) []Passage {
	r := rand.New(rand.NewPCG(1, 2))
	passages := make([]Passage, n)
	for i := range passages {
		if r.IntN(7) == 0 {
			continue
		}
		p := &passages[i]
		pieces := 0
		for range 1 + r.IntN(3) {
			pieces += r.IntN(300)
			p.Ends = append(p.Ends, uint32(pieces))
		}
		p.Signs, p.Mean = make([]byte, pieces*size/8), make([]int8, size)
		for k := range p.Signs {
			p.Signs[k] = byte(r.Uint32())
		}
		for k := range p.Mean {
			p.Mean[k] = int8(r.IntN(255) - 127)
		}
	}
	return passages
}

func TestFile(t *testing.T) {
	e := tinyEncoder(t)
	size := e.model.Size
	for name, want := range map[string][]Passage{
		"nothing": {}, "none": {{}, {}}, "some": {e.Passage("boats", boats), {}, e.Passage("", []string{"", "boat"})},
		"several chunks": madeUp(1000, size), "whole chunks": slicesOf(madeUp(1000, size), 512), "whole words": slicesOf(madeUp(100, size), 64),
	} {
		f := opened(t, written(t, size, want))
		got, keys, err := all(f)
		if err != nil || f.Len() != len(want) || f.Size() != size {
			t.Errorf("%s: %d passages of %d: %v", name, f.Len(), f.Size(), err)
			continue
		}
		for i, p := range want {
			key := numbered(i)
			if len(p.Ends) == 0 {
				key = ShortKey{}
			}
			if !reflect.DeepEqual(got[i], p) || keys[i] != key || f.Has(i) != (len(p.Ends) > 0) {
				t.Errorf("%s: passage %d with %v is %v; want %v", name, i, keys[i], got[i], p)
			}
		}
		for _, i := range []int{-1, len(want)} {
			if _, err := f.Passage(i); err == nil || errors.Is(err, ErrDamaged) {
				t.Errorf("%s: passage %d: %v", name, i, err)
			}
		}
	}
}

func slicesOf(p []Passage, most int) []Passage {
	var some []Passage
	for _, p := range p {
		if len(p.Ends) > 0 && len(some) < most {
			some = append(some, p)
		}
	}
	return some
}

// Damage is an error wherever it stands, and so is a file of the version before.
func TestFileDamaged(t *testing.T) {
	e := tinyEncoder(t)
	want := []Passage{e.Passage("boats", boats), {}, e.Passage("", []string{"", "boat"})}
	b := written(t, e.model.Size, want)
	read := func(b []byte) error {
		f, err := Open(bytes.NewReader(b), int64(len(b)))
		if err == nil {
			_, _, err = all(f)
		}
		if err == nil {
			_, err = f.readSummed(f.about.signs, f.about.signsLen(), f.about.signsSum)
		}
		return err
	}
	for n := range b {
		if err := read(b[:n]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("the first %d bytes: %v", n, err)
		}
		for bit := range 8 {
			damaged := bytes.Clone(b)
			damaged[n] ^= 1 << bit
			if err := read(damaged); !errors.Is(err, ErrDamaged) {
				t.Fatalf("bit %d of byte %d of %d is flipped: %v", bit, n, len(b), err)
			}
		}
	}
	other := bytes.Replace(b, []byte(fileVersion), []byte("footnote vectors 1\n"), 1)
	if err := read(other); !errors.Is(err, ErrDamaged) {
		t.Errorf("a file of another version: %v", err)
	}
}

// A reader that fails is no damage.
func TestFileUnreadable(t *testing.T) {
	e := tinyEncoder(t)
	b := written(t, e.model.Size, []Passage{e.Passage("boats", boats)})
	broken := &brokenReader{Reader: bytes.NewReader(b)}
	f, err := Open(broken, int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	broken.err = errors.New("no such disk")
	if _, err := f.Passage(0); !errors.Is(err, broken.err) || errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
	if _, err := f.Keys(); !errors.Is(err, broken.err) {
		t.Error(err)
	}
	if _, err := Open(broken, int64(len(b))); !errors.Is(err, broken.err) {
		t.Error(err)
	}
}

type brokenReader struct {
	*bytes.Reader
	err error
}

func (b *brokenReader) ReadAt(p []byte, at int64) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	return b.Reader.ReadAt(p, at)
}

// What is no passage of the file's vectors is not written, and a disk that is
// full is told.
func TestWriterRefuses(t *testing.T) {
	e := tinyEncoder(t)
	p := e.Passage("boats", boats)
	short := p
	short.Signs = p.Signs[1:]
	for i, c := range []struct {
		size int
		p    Passage
	}{{e.model.Size * 2, p}, {e.model.Size, short}, {0, Passage{}}, {7, Passage{}}, {mostSize + 8, Passage{}}} {
		w := NewWriter(io.Discard, c.size)
		if err := w.Add(ShortKey{}, &c.p); err == nil || w.Close() == nil {
			t.Errorf("%d is written", i)
		}
	}
	w := NewWriter(fullDisk{}, e.model.Size)
	for range 1000 {
		_ = w.Add(ShortKey{}, &p)
	}
	if err := w.Close(); !errors.Is(err, errFull) {
		t.Errorf("to a full disk: %v", err)
	}
}

var errFull = errors.New("the disk is full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

// Whatever a file holds, it is read or refused, with no more memory than it is long.
func FuzzFile(f *testing.F) {
	e := tinyEncoder(f)
	for _, passages := range [][]Passage{{e.Passage("boats", boats), {}}, madeUp(300, 8)} {
		size := 8
		if len(passages) == 2 {
			size = e.model.Size
		}
		f.Add(written(f, size, passages), uint32(0), uint16(0))
	}
	q := e.Question("boat")
	f.Fuzz(func(t *testing.T, b []byte, at uint32, change uint16) {
		// Sums that hold lead further in.
		if n := len(b) - trailerLen; n > 0 {
			b = bytes.Clone(b)
			b[int(at)%len(b)] ^= byte(change)
			about := parseTrailer(b[n:])
			if tables := about.tables(); tables < uint64(n) {
				about.tablesSum = sumOf(b[tables:n])
			}
			copy(b[n:], about.bytes())
		}
		file, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Fatal(err)
			}
			return
		}
		if keys, err := file.Keys(); err == nil {
			for range keys {
			}
		}
		for i := range min(file.Len(), 1000) {
			p, err := file.Passage(i)
			if err != nil && !errors.Is(err, ErrDamaged) {
				t.Fatal(err)
			}
			if err == nil && file.Size() == e.model.Size && len(p.Ends) > 0 {
				q.Similar(nil, &p)
				q.Near(&p)
			}
		}
	})
}

// Records are read or refused whoever wrote their sums.
func FuzzRecord(f *testing.F) {
	e := tinyEncoder(f)
	p := e.Passage("boats", boats)
	f.Add(appendRecord(nil, &p))
	q := e.Question("boat")
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, ok := parseRecord(b, e.model.Size); ok {
			q.Similar(nil, &p)
			if again, ok := parseRecord(appendRecord(nil, &p), e.model.Size); !ok || !reflect.DeepEqual(again, p) {
				t.Fatalf("%v is written and read as %v", p, again)
			}
		}
	})
}

// Files are kept as long as this digest stays; where it changes, so must
// fileVersion, or old ones are taken for damaged and the disk for broken.
func TestFileVersion(t *testing.T) {
	const made = "footnote vectors 2: 93217711"
	b := written(t, 64, madeUp(600, 64))
	if got := fmt.Sprintf("%s: %08x", fileVersion[:len(fileVersion)-1], sumOf(b)); got != made {
		t.Errorf("%s is made, not %s; raise the version, and write here what comes out", got, made)
	}
}
