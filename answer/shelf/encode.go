package shelf

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"footnote/answer/vectors"
	"footnote/encoder"
)

// Encoding says how passages become vectors.
type Encoding struct {
	Model     *encoder.Model
	Watch     func(done, total int) // told now and then how many passages are encoded of those that were not kept; may be nil
	Each      func()                // called whenever those of one segment more are there; may be nil
	KeepEvery time.Duration         // how often what is encoded is written down; 0 for every five seconds
}

// keepEvery is how often what is encoded is written down: so much is lost with a
// process that is killed.
const keepEvery = 5 * time.Second

// ErrNotKept is wrapped by the error that says that vectors are there and could not
// be written down.
var ErrNotKept = errors.New("the vectors of the passages cannot be kept")

// Encode sees to it that all passages have vectors by the model. What is kept of
// them is taken over, whichever library it was encoded for; the rest is encoded on all
// processors. What is encoded when the context ends is kept.
func (c *Collection) Encode(ctx context.Context, e Encoding) error {
	v, err := c.Vectors(e.Model)
	if err != nil || !v.lacking {
		return err
	}
	w := &encoding{Encoding: e, c: c, tag: vectors.Tag(e.Model), from: map[vectors.ShortKey]*origin{}}
	w.KeepEvery = cmp.Or(e.KeepEvery, keepEvery)
	defer w.close()
	wanted, err := w.gather(v.missing(ctx, e.Model))
	if err == nil {
		err = w.takeOver(ctx)
	}
	if err != nil {
		return err
	}
	for _, o := range w.from {
		if !o.there() {
			w.total++
		}
	}
	w.tell(0)
	for i := range c.segments {
		if len(wanted[i]) == 0 {
			continue
		}
		if err := w.segment(ctx, i, wanted[i], v.files[i]); err != nil {
			return err
		}
		if e.Each != nil {
			e.Each()
		}
	}
	for _, file := range w.begun {
		_ = os.Remove(file) // another process that does the same may have done it
	}
	return w.notKept
}

// encoding is one Encode.
type encoding struct {
	Encoding
	c       *Collection
	tag     string
	from    map[vectors.ShortKey]*origin // of all that is wanted
	begun   []string                     // files that are needless once all is there
	open    []*stored
	total   int
	notKept error

	mu      sync.Mutex // of what follows
	done    int
	fresh   []vectors.ShortKey // that are encoded and not written down
	written time.Time
}

func (w *encoding) tell(more int) {
	if w.done += more; w.Watch != nil && w.total > 0 {
		w.Watch(w.done, w.total)
	}
}

func (w *encoding) close() {
	for _, v := range w.open {
		if v.from != nil {
			_ = v.from.Close()
		}
	}
}

// segment encodes what is wanted of a segment, and writes its vectors with those that
// it had.
func (w *encoding) segment(ctx context.Context, i int, wishes []wish, had *stored) error {
	files, opened := len(w.begun), len(w.open)
	if err := w.encode(ctx, wishes); err != nil {
		return err
	}
	seg := w.c.segments[i]
	var keys []vectors.ShortKey
	if had != nil {
		var err error
		if keys, err = had.keys(); err != nil {
			had = nil
		}
	}
	fill := func(to *vectors.Writer) error {
		next := 0
		for n := range seg.index.Documents() {
			var p vectors.Passage
			var key vectors.ShortKey
			var err error
			switch {
			case next < len(wishes) && wishes[next].local == n:
				key = wishes[next].key
				p, err = w.from[key].read()
				next++
			case had != nil && had.Has(n):
				key = keys[n]
				if p, err = had.Passage(n); err != nil { // it is missing next time
					p, err = vectors.Passage{}, nil
				}
			}
			if err == nil {
				err = to.Add(key, &p)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	v, file, err := w.c.shelf.create(vectorsBegun+"whole-"+w.tag+"-", w.Model.Size, fill)
	if err == nil {
		err = w.c.shelf.place(seg, w.tag, v, file)
	}
	if err == nil {
		for _, want := range wishes { // other segments may hold the same passage
			*w.from[want.key] = origin{file: v, number: want.local}
		}
		w.fresh = nil
		for _, v := range w.open[opened:] {
			_ = v.from.Close()
		}
		for _, file := range w.begun[files:] {
			_ = os.Remove(file)
		}
		w.open, w.begun = w.open[:opened], w.begun[:files]
		return nil
	}
	w.notKept = fmt.Errorf("%w: %w", ErrNotKept, err)
	memory := Shelf{}
	if v, _, err = memory.create("", w.Model.Size, fill); err != nil {
		return err
	}
	w.c.shelf.mu.Lock()
	defer w.c.shelf.mu.Unlock()
	w.c.shelf.keepVectors(seg, w.tag, v)
	return nil
}
