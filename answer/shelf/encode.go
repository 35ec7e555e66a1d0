package shelf

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"footnote/answer/annotate"
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

// origin is where the vectors of a passage come from.
type origin struct {
	file   *stored // nil where they are not in a file
	number int
	memory *vectors.Passage
}

func (o *origin) there() bool { return o.file != nil || o.memory != nil }

func (o *origin) read() (vectors.Passage, error) {
	if o.memory != nil {
		return *o.memory, nil
	}
	return o.file.Passage(o.number)
}

// wish is a passage of a segment that is to have vectors.
type wish struct {
	local   int // number in the segment
	key     vectors.ShortKey
	article int // of the collection
	passage int // of the article
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

// gather works out by which keys the passages are known, by segment.
func (w *encoding) gather(missing iter.Seq2[int, error]) ([][]wish, error) {
	wanted := make([][]wish, len(w.c.segments))
	last, doc := -1, (*annotate.Doc)(nil)
	for n, err := range missing {
		if err != nil {
			return nil, err
		}
		article, passage := w.c.At(n)
		if article != last {
			var err error
			if doc, err = w.c.Doc(article); err != nil {
				return nil, err
			}
			last = article
		}
		about, sentences := input(doc.Article, passage)
		key := vectors.KeyOf(w.Model, about, sentences).Short()
		w.from[key] = &origin{}
		e := &w.c.version.entries[article]
		first, _ := w.c.segments[e.segment].index.Passages(e.ordinal)
		wanted[e.segment] = append(wanted[e.segment], wish{first + passage, key, article, passage})
	}
	for _, all := range wanted {
		slices.SortFunc(all, func(a, b wish) int { return a.local - b.local })
	}
	return wanted, nil
}

// takeOver finds what is kept of what is wanted.
func (w *encoding) takeOver(ctx context.Context) error {
	root := w.c.shelf.root
	entries, err := os.ReadDir(root)
	if root == "" || err != nil {
		return nil
	}
	for _, e := range entries {
		begun := strings.HasPrefix(e.Name(), vectorsBegun+w.tag)
		if !begun && !strings.HasSuffix(e.Name(), "."+w.tag+vectorsEnd) {
			continue
		}
		name := filepath.Join(root, e.Name())
		v, err := openVectors(name)
		if err != nil {
			continue
		}
		w.open = append(w.open, v)
		keys, err := v.Keys()
		if err != nil || v.Size() != w.Model.Size {
			continue
		}
		all := true
		for n, k := range keys {
			if n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			o := w.from[k]
			if all = all && o != nil; o != nil && !o.there() {
				// It is looked at now: what cannot be read is encoded.
				if _, err := v.Passage(n); err == nil {
					o.file, o.number = v, n
				}
			}
		}
		if begun && all {
			w.begun = append(w.begun, name)
		}
	}
	return nil
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

// A task is a passage that is encoded, in parts, so that a text without
// paragraphs is shared out as well.
type task struct {
	key   vectors.ShortKey
	input func() (about string, sentences []string, err error)
	parts []vectors.Part
	left  int // parts that are not there yet
}

// encode encodes what of the wishes is not there.
func (w *encoding) encode(ctx context.Context, wishes []wish) error {
	type part struct {
		*task
		number int
	}
	var todo []part
	begun := map[vectors.ShortKey]bool{}
	last, doc := -1, (*annotate.Doc)(nil)
	for _, want := range wishes {
		if w.from[want.key].there() || begun[want.key] {
			continue
		}
		begun[want.key] = true
		if want.article != last {
			var err error
			if doc, err = w.c.Doc(want.article); err != nil {
				return err
			}
			last = want.article
		}
		n := vectors.Parts(len(doc.Article.Passages[want.passage].Sentences))
		t := &task{key: want.key, parts: make([]vectors.Part, n), left: n}
		type got struct {
			about     string
			sentences []string
		}
		once := sync.OnceValues(func() (got, error) {
			d, err := w.c.Doc(want.article) // not held on to: a segment has many
			if err != nil {
				return got{}, err
			}
			about, sentences := input(d.Article, want.passage)
			return got{about, sentences}, nil
		})
		t.input = func() (string, []string, error) {
			g, err := once()
			return g.about, g.sentences, err
		}
		for i := range n {
			todo = append(todo, part{t, i})
		}
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var next atomic.Int64
	var working sync.WaitGroup
	w.written = time.Now()
	finish := func(p part, made vectors.Part) {
		w.mu.Lock()
		defer w.mu.Unlock()
		p.parts[p.number] = made
		if p.left--; p.left > 0 {
			return
		}
		whole := vectors.Join(p.parts)
		p.parts = nil
		w.from[p.key].memory = &whole
		if w.fresh = append(w.fresh, p.key); time.Since(w.written) > w.KeepEvery {
			w.keep()
			w.written = time.Now()
		}
		w.tell(1)
	}
	for range min(runtime.GOMAXPROCS(0), len(todo)) {
		working.Go(func() {
			e := vectors.NewEncoder(w.Model)
			for i := next.Add(1) - 1; i < int64(len(todo)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				about, sentences, err := todo[i].input()
				if err != nil {
					stop(err)
					return
				}
				finish(todo[i], e.Part(about, sentences, todo[i].number))
			}
		})
	}
	working.Wait()
	if err := context.Cause(ctx); err != nil {
		w.keep()
		return err
	}
	return nil
}

// keep writes down what was encoded since the last time, and holds it in memory no
// more. Where that fails it stays there, and is encoded again by the next process.
func (w *encoding) keep() {
	if w.c.shelf.root == "" || len(w.fresh) == 0 {
		return
	}
	v, file, err := w.c.shelf.create(vectorsBegun+w.tag+"-", w.Model.Size, func(to *vectors.Writer) error {
		for _, key := range w.fresh {
			if err := to.Add(key, w.from[key].memory); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		w.begun, w.open = append(w.begun, file), append(w.open, v)
		for n, key := range w.fresh {
			*w.from[key] = origin{file: v, number: n}
		}
	}
	w.fresh = nil
}
