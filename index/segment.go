package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
)

// Segment is the passages of some articles with files beside. It never changes
// and is safe for concurrent use.
//
// Whoever opens it closes it. Every [Index] over it holds it too, so that it may be
// closed as soon as no further index shall be made of it: what it takes is
// released with the last of them.
type Segment struct {
	lists    *lists
	marks    markLists
	mapped   *mapped // where both are; nil in memory
	articles []article
	start    []int // local number of each article's first passage, and their sum at the end
	dir      string
	lock     *os.File            // the manifest, locked while the segment is read
	files    map[string]*os.File // on disk
	memory   map[string][]byte   // in memory
	users    atomic.Int32
}

// Open opens the segment root/key after checking every file against its
// manifest. Errors wrap [ErrMissing] or [ErrDamaged] where it should be built.
func Open(root, key string) (*Segment, error) {
	dir := filepath.Join(root, key)
	lock, err := os.Open(filepath.Join(dir, manifestFile))
	if err == nil {
		err = lockShared(lock)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, errors.Join(fmt.Errorf("%w: %s: %w", ErrDamaged, dir, err), closeFile(lock))
	}
	info, err := readManifest(dir, key)
	if err != nil {
		return nil, errors.Join(err, closeFile(lock))
	}
	s := &Segment{dir: dir, lock: lock, files: map[string]*os.File{}}
	s.users.Store(1)
	if err := s.read(info); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s: %w", ErrDamaged, dir, err), s.Close())
	}
	return s, nil
}

// read opens the files that are there by the manifest.
func (s *Segment) read(info *manifest) error {
	table, err := os.ReadFile(filepath.Join(s.dir, articlesFile))
	if err != nil {
		return err
	}
	articles, err := decodeArticles(table)
	if err != nil {
		return err
	}
	for name := range info.Files {
		if name == bleveFile || name == marksFile || name == articlesFile {
			continue
		}
		if s.files[name], err = os.Open(filepath.Join(s.dir, name)); err != nil {
			delete(s.files, name)
			return err
		}
	}
	if s.mapped, err = mapLists(filepath.Join(s.dir, bleveFile), filepath.Join(s.dir, marksFile)); err != nil {
		return err
	}
	return s.attach(s.mapped.lists, s.mapped.marks, articles)
}

// attach takes the lists, the marks and what is known of the articles.
func (s *Segment) attach(l *lists, m markLists, articles []article) error {
	s.lists, s.marks, s.articles = l, m, articles
	n := 0
	for _, a := range articles {
		s.start = append(s.start, n)
		n += a.passages
	}
	s.start = append(s.start, n)
	if s.lists.passages != n {
		return fmt.Errorf("it holds %d passages and should hold %d", s.lists.passages, n)
	}
	return nil
}

func closeFile(f *os.File) error {
	if f == nil {
		return nil
	}
	return f.Close()
}

// InMemory makes a segment of what fill gives, where nothing can be written.
// It ranks exactly as a segment on disk. All of it is held at once while it is made,
// some six times as much as afterwards: make several of a large library.
func InMemory(ctx context.Context, fill func(*Writer) error) (*Segment, error) {
	w := newWriter(ctx, "", "")
	if err := fill(w); err != nil {
		return nil, err
	}
	l, m, err := inMemory(w.write)
	if err != nil {
		return nil, err
	}
	s := &Segment{memory: map[string][]byte{}}
	s.users.Store(1)
	for name, b := range w.memory {
		s.memory[name] = b.Bytes()
	}
	if err := s.attach(l, m, w.articles); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close gives the segment back; see there.
func (s *Segment) Close() error {
	if s.users.Add(-1) > 0 {
		return nil
	}
	errs := []error{closeFile(s.lock)}
	for _, f := range s.files {
		errs = append(errs, f.Close())
	}
	if s.mapped != nil {
		errs = append(errs, s.mapped.close())
	}
	return errors.Join(errs...)
}

// Articles returns the number of articles.
func (s *Segment) Articles() int { return len(s.articles) }

// Passages returns the local number of an article's first passage and the number behind
// its last; the article by its position among those of the segment.
func (s *Segment) Passages(article int) (from, to int) { return s.start[article], s.start[article+1] }

// Documents returns the number of passages.
func (s *Segment) Documents() int { return s.start[len(s.articles)] }

// File returns a file that was given to [Build] or [InMemory], to be read as long as the
// segment is open.
func (s *Segment) File(name string) (*io.SectionReader, error) {
	if b, ok := s.memory[name]; ok {
		return io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b))), nil
	}
	if f, ok := s.files[name]; ok {
		info, err := f.Stat()
		if err != nil {
			return nil, err
		}
		return io.NewSectionReader(f, 0, info.Size()), nil
	}
	return nil, fmt.Errorf("%w: it holds no file %q", ErrMissing, name)
}

// ReadFile returns all of a file that was given to [Build] or [InMemory].
func (s *Segment) ReadFile(name string) ([]byte, error) {
	r, err := s.File(name)
	if err != nil {
		return nil, err
	}
	b := make([]byte, r.Size())
	_, err = io.ReadFull(r, b)
	return b, err
}
