package blocks

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"testing"

	"footnote/index"
)

// fileOf writes the articles below a folder; their keys are 1, 2, …
func fileOf(t testing.TB, dir string) (data []byte, blocks [][]byte) {
	var b bytes.Buffer
	w := NewWriter(&b)
	for i, d := range prepared(t, dir) {
		blocks = append(blocks, Encode(d))
		if err := w.Add(Key{byte(i + 1)}, blocks[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), blocks
}

func TestFile(t *testing.T) {
	data, blocks := fileOf(t, "../../training/questions/agency")
	f, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if f.Len() != len(blocks) {
		t.Fatalf("%d articles, not %d", f.Len(), len(blocks))
	}
	var again bytes.Buffer
	w := NewWriter(&again)
	for i := range blocks {
		want, err := Decode(blocks[i])
		if err != nil {
			t.Fatal(err)
		}
		if got, err := f.Doc(i); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("article %d: %v", i, err)
		}
		b, err := f.Bytes(i)
		if err != nil || !bytes.Equal(b, blocks[i]) {
			t.Fatalf("article %d: %v", i, err)
		}
		if f.Key(i) != (Key{byte(i + 1)}) {
			t.Fatalf("article %d has the key %x", i, f.Key(i))
		}
		if err := w.Add(f.Key(i), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil || !bytes.Equal(again.Bytes(), data) {
		t.Fatalf("blocks that are taken over make another file: %v", err)
	}
	if w.Add(Key{}, nil) == nil {
		t.Error("a file that is closed takes one more")
	}
}

func TestEmptyFile(t *testing.T) {
	var b bytes.Buffer
	if err := NewWriter(&b).Close(); err != nil {
		t.Fatal(err)
	}
	f, err := Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || f.Len() != 0 {
		t.Fatal(f, err)
	}
}

// readAll reads all that a file holds.
func readAll(r io.ReaderAt, size int64) error {
	f, err := Open(r, size)
	if err != nil {
		return err
	}
	for i := range f.Len() {
		if _, err := f.Doc(i); err != nil {
			if _, other := f.Bytes(i); other == nil {
				return errors.New("damaged bytes are given out")
			}
			return err
		}
	}
	return nil
}

func TestDamagedFile(t *testing.T) {
	data, blocks := fileOf(t, "../../training/questions/agency")
	table := len(data) - endLen - len(blocks)*entryLen
	for i := range data {
		if i > len(magic) && i < table && i%97 != 0 {
			continue // TestDamage looks at all bytes of a block
		}
		b := bytes.Clone(data)
		b[i] ^= byte(1 + i%255)
		if err := readAll(bytes.NewReader(b), int64(len(b))); !errors.Is(err, index.ErrDamaged) {
			t.Fatalf("byte %d of %d: %v", i, len(b), err)
		}
		if err := readAll(bytes.NewReader(data[:i]), int64(i)); !errors.Is(err, index.ErrDamaged) {
			t.Fatalf("cut at %d: %v", i, err)
		}
		if err := readAll(bytes.NewReader(data[:i]), int64(len(data))); !errors.Is(err, index.ErrDamaged) {
			t.Fatalf("cut at %d while it is read: %v", i, err)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestFullDisk(t *testing.T) {
	w := NewWriter(full{})
	if w.Add(Key{}, nil) == nil || w.Close() == nil {
		t.Error("what is not written is said to be")
	}
}
