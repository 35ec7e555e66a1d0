package corpus

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Len returns how many articles there may be.
func (l *Listing) Len() int { return len(l.states) }

// ID returns the id that the article n has, if there is one.
func (l *Listing) ID(n int) string { return l.files[l.begins[n]].ID() }

// Known reports whether nothing has to be read to know the article n.
func (l *Listing) Known(n int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.states[n] == known
}

// Unknown returns how many articles have to be read.
func (l *Listing) Unknown() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	unknown := 0
	for _, s := range l.states {
		if s != known {
			unknown++
		}
	}
	return unknown
}

// Read returns the file of the article n, reading what is not known; nil where
// no article is there, which problems may tell. The article comes with it only
// where it had to be taken out of the file: one whose bytes were known before,
// whatever name they had, is told of and not read.
func (l *Listing) Read(n int) (*File, *Article) { return l.settle(n, false) }

// Parse is [Listing.Read] with the article in any case.
func (l *Listing) Parse(n int) (*File, *Article) { return l.settle(n, true) }

func (l *Listing) settle(n int, parsed bool) (*File, *Article) {
	l.mu.Lock()
	files := slices.Clone(l.files[l.begins[n]:l.begins[n+1]])
	done := l.states[n] == known
	l.mu.Unlock()

	var held *File
	var article *Article
	for i := range files {
		f := &files[i]
		if !done && !f.settled() || parsed && f.Article != (Sum{}) {
			article = l.read(f, parsed)
		}
		if f.Article != (Sum{}) {
			held = f
			passOver(files[i:])
			break
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	copy(l.files[l.begins[n]:], files)
	l.states[n] = known
	return held, article
}

// read sets what is in a file that lies there, and returns its article. An
// article that is known is returned only where it is wanted.
func (l *Listing) read(f *File, wanted bool) *Article {
	began := time.Now()
	data, lay, err := l.bytes(f.Name)
	if errors.Is(err, fs.ErrNotExist) && f.timed() {
		*f = File{Name: f.Name, gone: true}
		return nil
	}
	if err != nil && !lay.timed() {
		lay = f.stat
	}
	*f = File{Name: f.Name, stat: lay}
	if err != nil {
		f.Problems = []Problem{{File: f.Name, Text: err.Error()}}
		return nil
	}
	sum := sha256.Sum256(data)
	f.Sum, f.young = Sum(sum[:]), lay.young(began)
	if old := l.same(f); old != nil && (!wanted || old.Article == Sum{}) {
		f.Article, f.Named, f.header = old.Article, old.Named, old.header
		f.Problems = slices.Clone(old.Problems)
		for i := range f.Problems {
			f.Problems[i].File = f.Name
		}
		return nil
	}
	article, named, problems := parseNamed(f.Name, data)
	f.Problems = problems
	if article != nil {
		f.take(article, named)
	}
	return article
}

// same returns a file of the catalogue before with the same bytes of which the
// same article was made, or nil.
func (l *Listing) same(f *File) *File {
	old := l.before.find(f.Name)
	if old != nil && old.Sum == f.Sum {
		return old
	}
	old = l.bySum()[content{f.Sum, formOf(f.Name)}]
	if old != nil && old.Named && old.Header().Title != titleOf(f.ID()) {
		return nil
	}
	return old
}

// bytes returns the bytes of a file, and how it lay there with them. Its errors
// are sentences for a [Problem].
func (l *Listing) bytes(name string) ([]byte, stat, error) {
	var data []byte
	var lay stat
	for range 3 {
		var same bool
		var err error
		if data, lay, same, err = l.bytesOnce(name); err != nil || same {
			return data, lay, err
		}
	}
	return data, stat{Size: lay.Size}, nil // somebody goes on writing; it is not believed for long
}

// bytesOnce reports whether the file stayed the same while it was read, too.
func (l *Listing) bytesOnce(name string) (data []byte, lay stat, same bool, err error) {
	// Stat first: opening a pipe would wait for a writer.
	info, err := fs.Stat(l.fsys, name)
	if errors.Is(err, errOutside) {
		return nil, lay, false, err
	}
	if err != nil {
		return nil, lay, false, fmt.Errorf("cannot be read (%w); check the file and who may read it", cause(err))
	}
	errKind := errors.New("is not a regular file; put the article itself there")
	if !info.Mode().IsRegular() {
		return nil, lay, false, errKind
	}
	file, err := l.fsys.Open(name)
	if errors.Is(err, errOutside) {
		return nil, lay, false, err
	}
	if err != nil {
		return nil, lay, false, fmt.Errorf("cannot be read (%w); check who may read it", cause(err))
	}
	defer file.Close()
	if info, err = file.Stat(); err == nil && !info.Mode().IsRegular() {
		return nil, lay, false, errKind
	}
	if err == nil {
		lay = statOf(info)
		data, err = readAll(file, lay.Size)
	}
	if err == nil {
		info, err = file.Stat()
	}
	if err != nil {
		return nil, lay, false, fmt.Errorf("cannot be read (%w); check the file", cause(err))
	}
	if len(data) > maxFileSize {
		return nil, lay, false, fmt.Errorf("is larger than %d MB; split it into several articles", maxFileSize>>20)
	}
	return data, lay, statOf(info) == lay && int64(len(data)) == lay.Size, nil
}

// readAll reads a file that should have that size, and no more than shows that
// it is too large.
func readAll(file io.Reader, size int64) ([]byte, error) {
	data := make([]byte, 0, min(size, maxFileSize)+1)
	for {
		n, err := file.Read(data[len(data):min(cap(data), maxFileSize+1)])
		data = data[:len(data)+n]
		switch {
		case err == io.EOF || len(data) > maxFileSize:
			return data, nil
		case err != nil:
			return nil, err
		case len(data) == cap(data):
			data = slices.Grow(data, len(data))
		}
	}
}

// Catalogue returns all that is known of what lies there; what was not read yet
// is not in it.
func (l *Listing) Catalogue() *Catalogue {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := &Catalogue{files: make([]File, 0, len(l.files)), problems: l.problems}
	for n, s := range l.states {
		for _, f := range l.files[l.begins[n]:l.begins[n+1]] {
			if s != toRead && !f.gone {
				c.files = append(c.files, f)
			}
		}
	}
	return c
}

// Empty says in one sentence why there is no article at all; nil where there is
// one among those that are known.
func (l *Listing) Empty() error {
	l.mu.Lock()
	some := slices.ContainsFunc(l.files, func(f File) bool { return f.Article != Sum{} })
	l.mu.Unlock()
	if some {
		return nil
	}
	if problems := l.Catalogue().Problems(); len(problems) > 0 {
		return fmt.Errorf("%s has no article that can be used: %s", l.what, problems[0])
	}
	return fmt.Errorf("%s has no article; put a file there that ends in .md, .txt or .html", l.what)
}

// library reads all articles, on all processors.
func (l *Listing) library() (*Library, error) {
	articles := make([]*Article, l.Len())
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), l.Len()) {
		workers.Go(func() {
			for n := next.Add(1) - 1; n < int64(len(articles)); n = next.Add(1) - 1 {
				_, articles[n] = l.Parse(int(n))
			}
		})
	}
	workers.Wait()
	articles = slices.DeleteFunc(articles, func(a *Article) bool { return a == nil })
	return &Library{Articles: articles, Problems: l.Catalogue().Problems()}, l.Empty()
}
