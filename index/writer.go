package index

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// run is passages that are written already: a batch before, or what is taken of a segment.
type run struct {
	lists *lists
	marks markLists
	live  []interval // what is taken of it
	close func() error
}

// batchSize bounds the memory of a build, but one in memory: as many different
// terms of passages, added up, are held at once, those of some 30,000 passages.
const batchSize = 2_000_000

// Writer takes what a segment is to hold. It is for one goroutine.
type Writer struct {
	ctx       context.Context
	dir, tmp  string // "" in memory
	articles  []article
	batch     *batch
	runs      []run
	passages  int
	batchSize int
	files     map[string]*bufio.Writer
	open      []*os.File
	own       map[string]bool
	memory    map[string]*bytes.Buffer
}

func newWriter(ctx context.Context, dir, tmp string) *Writer {
	return &Writer{ctx: ctx, dir: dir, tmp: tmp, batch: newBatch(), batchSize: batchSize, files: map[string]*bufio.Writer{}, own: map[string]bool{}, memory: map[string]*bytes.Buffer{}}
}

// Add takes the passages of the next article, all of one language. Articles
// are numbered from 0 as they come, and so are passages.
func (w *Writer) Add(passages []Document) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	a, err := measured(passages)
	if err != nil {
		return err
	}
	w.articles = append(w.articles, a)
	for _, d := range passages {
		w.batch.add(d)
		w.passages++
		if w.dir != "" && len(w.batch.entries) >= w.batchSize {
			if err := w.spill(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Take takes over articles of a segment as they are, in their order, as if they were
// added; which, by their position there. It costs a small part of what it costs to add
// them. The segment must stay open until the build is done.
func (w *Writer) Take(s *Segment, taken func(article int) bool) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if err := w.spill(); err != nil {
		return err
	}
	r := run{lists: s.lists, marks: s.marks, close: func() error { return nil }}
	n := 0
	for i, a := range s.articles {
		if !taken(i) {
			continue
		}
		from, to := s.Passages(i)
		r.live = extend(r.live, from, to)
		w.articles = append(w.articles, a)
		n += to - from
	}
	if n > 0 {
		w.runs = append(w.runs, r)
		w.passages += n
	}
	return nil
}

// Create makes a file of the segment, to be written until the build is done.
func (w *Writer) Create(name string) (io.Writer, error) { return w.create(name, false) }

// CreateOwn makes a file that checks itself when it is read: opening the
// segment looks at its size only.
func (w *Writer) CreateOwn(name string) (io.Writer, error) { return w.create(name, true) }

func (w *Writer) create(name string, own bool) (io.Writer, error) {
	if name != filepath.Base(name) || strings.HasPrefix(name, ".") || name == manifestFile || name == bleveFile || name == marksFile || name == articlesFile {
		return nil, fmt.Errorf("an index cannot keep a file named %q; choose another plain name", name)
	}
	if w.files[name] != nil || w.memory[name] != nil {
		return nil, fmt.Errorf("the file %q of an index is there already; choose another name", name)
	}
	if w.dir == "" {
		w.memory[name] = &bytes.Buffer{}
		return w.memory[name], nil
	}
	f, err := os.OpenFile(filepath.Join(w.dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	w.open = append(w.open, f)
	w.files[name], w.own[name] = bufio.NewWriterSize(f, 64<<10), own
	return w.files[name], nil
}

// spill writes the batch, to be joined with others: to a file of its own, or in memory.
func (w *Writer) spill() error {
	n := len(w.batch.ends)
	if n == 0 {
		return nil
	}
	r := run{live: []interval{{0, n}}, close: func() error { return nil }}
	if w.dir == "" {
		var err error
		if r.lists, r.marks, err = inMemory(w.batch.write); err != nil {
			return err
		}
	} else {
		path := filepath.Join(w.tmp, fmt.Sprintf("run-%d", len(w.runs)))
		if err := written(path, path+"-marks", w.batch.write); err != nil {
			return err
		}
		m, err := mapLists(path, path+"-marks")
		if err != nil {
			return err
		}
		r.lists, r.marks, r.close = m.lists, m.marks, m.close
	}
	w.batch, w.runs = newBatch(), append(w.runs, r)
	return nil
}

// write writes the lists and the marks of all passages.
func (w *Writer) write(lists, marks io.Writer) (err error) {
	defer recovered(&err, "joining runs")
	if w.passages == 0 {
		return errNothing
	}
	if len(w.runs) == 0 {
		return w.batch.write(lists, marks)
	}
	if err := w.spill(); err != nil {
		return err
	}
	if err := mergeLists(w.ctx, lists, w.runs); err != nil {
		return err
	}
	return mergeMarks(w.ctx, marks, w.runs)
}

// finish writes what is left.
func (w *Writer) finish() error {
	if err := written(filepath.Join(w.dir, bleveFile), filepath.Join(w.dir, marksFile), w.write); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.dir, articlesFile), encodeArticles(w.articles), 0o600)
}

// written makes files of what write gives.
func written(lists, marks string, write func(lists, marks io.Writer) error) error {
	const flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	l, err := os.OpenFile(lists, flags, 0o600)
	if err != nil {
		return err
	}
	m, err := os.OpenFile(marks, flags, 0o600)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	return errors.Join(write(l, m), l.Close(), m.Close())
}

// inMemory reads what write gives.
func inMemory(write func(lists, marks io.Writer) error) (*lists, markLists, error) {
	var l, m bytes.Buffer
	if err := write(&l, &m); err != nil {
		return nil, nil, err
	}
	marks, err := readMarks(m.Bytes())
	if err != nil {
		return nil, nil, err
	}
	lists, err := readLists(l.Bytes())
	return lists, marks, err
}

// close closes all that is open, whether or not the build went well.
func (w *Writer) close() error {
	var errs []error
	for _, b := range w.files {
		errs = append(errs, b.Flush())
	}
	for _, f := range w.open {
		errs = append(errs, f.Close())
	}
	for _, r := range w.runs {
		errs = append(errs, r.close())
	}
	w.open, w.runs = nil, nil
	return errors.Join(errs...)
}
