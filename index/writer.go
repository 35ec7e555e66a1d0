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

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// batchSize bounds the memory of a build: as many different words of passages,
// added up, are held at once, some 4,000 passages.
const batchSize = 400_000

// Writer takes what a segment is to hold. It is for one goroutine.
type Writer struct {
	ctx      context.Context
	dir, tmp string // "" in memory
	articles []article
	batch    *batch
	batches  []segment.Segment // those before, read from tmp
	passages int
	files    map[string]*bufio.Writer
	open     []*os.File
	own      map[string]bool
	memory   map[string]*bytes.Buffer
}

func newWriter(ctx context.Context, dir, tmp string) *Writer {
	return &Writer{ctx: ctx, dir: dir, tmp: tmp, batch: newBatch(), files: map[string]*bufio.Writer{}, own: map[string]bool{}, memory: map[string]*bytes.Buffer{}}
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
		if w.dir != "" && len(w.batch.counts) >= batchSize {
			if err := w.spill(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Create makes a file of the segment, to be written until the build is done.
func (w *Writer) Create(name string) (io.Writer, error) { return w.create(name, false) }

// CreateOwn makes a file that checks itself when it is read: opening the
// segment looks at its size only.
func (w *Writer) CreateOwn(name string) (io.Writer, error) { return w.create(name, true) }

func (w *Writer) create(name string, own bool) (io.Writer, error) {
	if name != filepath.Base(name) || strings.HasPrefix(name, ".") || name == manifestFile || name == bleveFile || name == articlesFile {
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

// spill writes the batch to a file of its own, to be joined with the others.
func (w *Writer) spill() error {
	s, err := w.batch.segment()
	if err != nil {
		return err
	}
	w.batch = newBatch()
	path := filepath.Join(w.tmp, fmt.Sprintf("batch-%d", len(w.batches)))
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = s.(io.WriterTo).WriteTo(f)
	if err := errors.Join(err, f.Close(), s.Close()); err != nil {
		return err
	}
	if s, err = plugin.Open(path); err != nil {
		return err
	}
	w.batches = append(w.batches, s)
	return nil
}

// finish writes what is left. Even one batch is merged: that writes words
// that come once in all without a list.
func (w *Writer) finish() error {
	if w.passages == 0 {
		return errNothing
	}
	if len(w.batch.passages) > 0 {
		s, err := w.batch.segment()
		if err != nil {
			return err
		}
		w.batch = newBatch()
		w.batches = append(w.batches, s)
	}
	given := make(chan struct{})
	defer context.AfterFunc(w.ctx, func() { close(given) })()
	// Nothing is ever dropped in a merge, which some releases of bleve have
	// written damaged postings for.
	file := filepath.Join(w.dir, bleveFile)
	_, _, err := plugin.Merge(w.batches, make([]*roaring.Bitmap, len(w.batches)), file, given, nil)
	if errors.Is(err, segment.ErrClosed) {
		err = w.ctx.Err()
	}
	if err == nil {
		err = settle(file)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.dir, articlesFile), encodeArticles(w.articles), 0o600)
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
	for _, s := range w.batches {
		errs = append(errs, s.Close())
	}
	w.open, w.batches = nil, nil
	return errors.Join(errs...)
}
