package shelf

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"footnote/answer/annotate"
	"footnote/answer/vectors"
)

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
