package corpus

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Sum is a SHA-256, cut. Two contents that have the same are taken for equal.
type Sum [16]byte

// Catalogue is what lies in a library's folder, so far as it is known: of each
// file how it lay there, and what is in it. It is not changed once it is made;
// [Look] takes from it whatever did not change.
type Catalogue struct {
	files    []File    // in the order of ids, those of one id by their endings
	problems []Problem // with what is no article's file, and with folders
}

// File is one file of a library's folder that may be an article.
type File struct {
	Name string // path under the library, forward slashes
	stat
	Sum      Sum       // of its bytes; zero where they are not known
	Article  Sum       // as [Article.Sum]; zero where no article is in it
	Named    bool      // its article has its title from the file's name
	Problems []Problem // with this file

	young  bool   // it was read so soon after a change that another may not show in its stat
	gone   bool   // it was there when the folder was looked at, and not when it was read
	header string // of its article without the id, packed
}

// stat is what tells cheaply that a file is what it was. No two contents of a
// file have the same, but those of one moment.
type stat struct {
	Size     int64  // in bytes
	Modified int64  // when its bytes were written last, as its owner says; nanoseconds since 1970
	Changed  int64  // when anything of it was, as the system says; 0 where it says nothing
	Inode    uint64 // which file of its file system it is; 0 where that is not known
}

// statOf returns the zero stat for what is not known at all and for a file that
// lies in no file system.
func statOf(info fs.FileInfo) stat {
	if info.ModTime().IsZero() {
		return stat{Size: info.Size()}
	}
	s := stat{Size: info.Size(), Modified: info.ModTime().UnixNano()}
	s.more(info)
	return s
}

// moment is how long a file system may take one time for another, at most: two
// seconds on a stick.
const moment = 2 * time.Second

// young reports whether a file that lies there so now may change and lie there
// so still. A time that is far ahead says nothing where the system has its own.
func (s stat) young(now time.Time) bool {
	from, to := now.Add(-moment).UnixNano(), now.Add(moment).UnixNano()
	if s.Changed == 0 {
		return s.Modified >= from
	}
	return s.Changed >= from || s.Modified >= from && s.Modified <= to
}

// timed reports whether the stat tells anything.
func (s stat) timed() bool { return s.Modified != 0 || s.Changed != 0 }

// idOf returns the id of the article in a file.
func idOf(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

// ID returns the id of the article in the file.
func (f *File) ID() string { return idOf(f.Name) }

// Header returns that of the article in the file; without an article it is
// empty but for the id.
func (f *File) Header() Header {
	h := Header{}
	if f.header != "" {
		r := unpacker{rest: f.header}
		h = r.header()
	}
	h.ID = f.ID()
	return h
}

// take sets what the file holds.
func (f *File) take(a *Article, named bool) {
	f.Article, f.Named = a.Sum(), named
	h := a.Header()
	h.ID = ""
	b, _ := h.AppendBinary(nil) // it never fails
	f.header = string(b)
}

// settled reports whether what is in the file is known for certain while it
// lies there as it does.
func (f *File) settled() bool { return f.Sum != Sum{} && !f.young && f.timed() }

// before orders files as they stand in a catalogue.
func before(a, b *File) int {
	if c := strings.Compare(idOf(a.Name), idOf(b.Name)); c != 0 {
		return c
	}
	return strings.Compare(a.Name, b.Name)
}

// Sum returns the digest of the article, all but its id: two that have the same
// are the same article, wherever it lies. JSON is written one way only.
func (a *Article) Sum() Sum {
	b := *a
	b.ID = ""
	text, err := json.Marshal(&b)
	if err != nil {
		panic(err) // unreachable: but for a date after the year 9999, which no reader gives
	}
	sum := sha256.Sum256(text)
	return Sum(sum[:])
}

// Files returns the files that may be articles, in the order of their ids. They
// must not be changed.
func (c *Catalogue) Files() []File {
	if c == nil {
		return nil
	}
	return c.files
}

// Problems returns what is wrong with the folder and its files, in the order of
// files.
func (c *Catalogue) Problems() []Problem {
	out := slices.Clone(c.problems)
	for i := range c.files {
		out = append(out, c.files[i].Problems...)
	}
	sortProblems(out)
	return out
}

// find returns the file of that name, or nil.
func (c *Catalogue) find(name string) *File {
	if c == nil {
		return nil
	}
	if i, ok := slices.BinarySearchFunc(c.files, name, func(f File, name string) int { return before(&f, &File{Name: name}) }); ok {
		return &c.files[i]
	}
	return nil
}

// parsedSum is the digest of what is read from the files under testdata. It
// stands for the code that reads: TestParsed fails when that makes something
// else of them, and -update then writes this file anew, so that catalogues
// written before are not believed.
//
//go:embed parsed.sum
var parsedSum string

// catalogueBegins begins a catalogue as it is stored. The number counts forms
// of storing.
var catalogueBegins = "footnote catalogue 1 " + parsedSum

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Write stores the catalogue. The same catalogue gives the same bytes.
func (c *Catalogue) Write(w io.Writer) error {
	b := []byte(catalogueBegins)
	b = binary.AppendUvarint(b, uint64(len(c.files)))
	for i := range c.files {
		b = c.files[i].append(b)
	}
	b = appendProblems(b, c.problems, true)
	_, err := w.Write(binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli)))
	return err
}

// The bits that a file begins with.
const (
	hasSum = 1 << iota
	hasArticle
	isNamed
	isYoung
)

func (f *File) append(b []byte) []byte {
	flags := len(b)
	b = appendText(append(b, 0), f.Name)
	b = binary.AppendUvarint(b, uint64(f.Size))
	for _, n := range []int64{f.Modified, f.Changed, int64(f.Inode)} {
		b = binary.LittleEndian.AppendUint64(b, uint64(n))
	}
	if f.Sum != (Sum{}) {
		b[flags] |= hasSum
		b = append(b, f.Sum[:]...)
	}
	if f.Article != (Sum{}) {
		b[flags] |= hasArticle
		b = appendText(append(b, f.Article[:]...), f.header)
	}
	if f.Named {
		b[flags] |= isNamed
	}
	if f.young {
		b[flags] |= isYoung
	}
	return appendProblems(b, f.Problems, false)
}

func (r *unpacker) file() File {
	flags := r.byte()
	f := File{Name: r.text(), Named: flags&isNamed != 0, young: flags&isYoung != 0}
	f.stat = stat{Size: int64(r.number()), Modified: r.fixed(), Changed: r.fixed(), Inode: uint64(r.fixed())}
	if flags&hasSum != 0 {
		copy(f.Sum[:], r.take(len(f.Sum)))
	}
	if flags&hasArticle != 0 {
		copy(f.Article[:], r.take(len(f.Article)))
		f.header = r.text()
	}
	f.Problems = r.problems(f.Name)
	return f
}

// appendProblems stores problems, and of which files they are where that is not
// clear.
func appendProblems(b []byte, problems []Problem, named bool) []byte {
	b = binary.AppendUvarint(b, uint64(len(problems)))
	for _, p := range problems {
		if named {
			b = appendText(b, p.File)
		}
		b = appendText(binary.AppendUvarint(b, uint64(p.Line)), p.Text)
	}
	return b
}

// problems unpacks problems of a file or, without one, with their files.
func (r *unpacker) problems(file string) []Problem {
	return several(r, func() Problem {
		p := Problem{File: file}
		if file == "" {
			p.File = r.text()
		}
		p.Line, p.Text = r.number(), r.text()
		return p
	})
}

// errCatalogue is what is wrong with a catalogue that is of no use.
var errCatalogue = errors.New("the catalogue is damaged or of another version")

// ReadCatalogue reads what [Catalogue.Write] stored. A catalogue that is damaged
// or was written by a program that reads articles otherwise is an error, and as
// good as none.
func ReadCatalogue(r io.Reader) (*Catalogue, error) {
	var text strings.Builder
	if file, ok := r.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if info, err := file.Stat(); err == nil {
			text.Grow(int(min(info.Size()+1, 1<<30)))
		}
	}
	if _, err := io.Copy(&text, r); err != nil {
		return nil, err
	}
	body, ok := strings.CutPrefix(text.String(), catalogueBegins)
	end := len(body) - 4
	if !ok || end < 0 {
		return nil, errCatalogue
	}
	sum := crc32.Checksum([]byte(text.String()[:text.Len()-4]), castagnoli)
	if binary.LittleEndian.Uint32([]byte(body[end:])) != sum {
		return nil, errCatalogue
	}
	u := unpacker{rest: body[:end]}
	c := &Catalogue{}
	n := u.number()
	if n > len(u.rest) {
		return nil, errCatalogue
	}
	c.files = make([]File, 0, min(n, len(u.rest)/32))
	for ; n > 0 && !u.bad; n-- {
		c.files = append(c.files, u.file())
	}
	c.problems = u.problems("")
	if u.bad || u.rest != "" || !slices.IsSortedFunc(c.files, func(a, b File) int { return before(&a, &b) }) {
		return nil, errCatalogue
	}
	return c, nil
}
