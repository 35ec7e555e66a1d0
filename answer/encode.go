package answer

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"footnote/answer/vectors"
	"footnote/corpus"
	"footnote/encoder"
)

// Encoding says how the passages of a library become vectors.
type Encoding struct {
	Model *encoder.Model        // see [CheckModel]
	Root  string                // the folder of indexes, where the vectors are kept; "" for nowhere
	Watch func(done, total int) // told now and then how many passages are encoded of those that were not kept; may be nil

	keepEvery time.Duration // of tests
}

// CheckModel says why a model cannot compare questions with passages; nil where
// it can.
func CheckModel(m *encoder.Model) error {
	if m.Network(vectors.Network) == nil {
		return fmt.Errorf("the model has no network %q, which compares texts", vectors.Network)
	}
	return nil
}

// HasVectors reports whether passages are found by what they mean, too.
func (l *Library) HasVectors() bool { return l.model != nil }

// Encode returns the library with its passages as vectors. What is kept of them
// is taken over, whichever library it was encoded for; the rest is encoded on all
// processors. What is encoded when the context ends is kept.
//
// Both libraries must be closed, and l not before Encode comes back. Where the
// vectors could not be kept the library comes with an error.
func (l *Library) Encode(ctx context.Context, e Encoding) (*Library, error) {
	w := newWork(l, e.Model)
	k := &kept{root: e.Root, tag: vectors.Tag(e.Model), every: cmp.Or(e.keepEvery, keepEvery)}
	k.readAll(w)
	if err := w.encode(ctx, k, e.Watch); err != nil {
		return nil, err
	}
	lib := newLibrary(l.docs, l.index)
	lib.key, lib.users = l.key, l.users
	lib.users.Add(1)
	return lib.with(e.Model, w.passages), k.write(l.key, w)
}

// input returns what a passage is encoded from: what it stands under and its
// sentences, as the network gets them.
func input(a *corpus.Article, passage int) (about string, sentences []string) {
	p := &a.Passages[passage]
	sentences = make([]string, len(p.Sentences))
	for i, s := range p.Sentences {
		sentences[i] = readable(a, s.Span)
	}
	return a.About(p), sentences
}

// work is the passages of a library that are to be vectors. Equal ones are
// encoded once.
type work struct {
	library  *Library
	model    *encoder.Model
	passages []vectors.Passage     // by their numbers
	at       map[vectors.Key][]int // the numbers of equal passages
	keys     []vectors.Key         // of all, in the order of the library
	missing  map[vectors.Key]bool  // that are not yet encoded
}

func newWork(l *Library, m *encoder.Model) *work {
	w := &work{library: l, model: m, at: map[vectors.Key][]int{}, missing: map[vectors.Key]bool{}}
	n := 0
	for _, d := range l.docs {
		for i := range d.Article.Passages {
			if m.Covers(d.Article.Language) && len(d.Article.Passages[i].Sentences) > 0 {
				about, sentences := input(d.Article, i)
				key := vectors.KeyOf(m, about, sentences)
				if w.at[key] == nil {
					w.keys, w.missing[key] = append(w.keys, key), true
				}
				w.at[key] = append(w.at[key], n)
			}
			n++
		}
	}
	w.passages = make([]vectors.Passage, n)
	return w
}

// article returns where the first of equal passages stands.
func (w *work) article(key vectors.Key) (a *corpus.Article, passage int) {
	doc, passage := w.library.passageAt(w.at[key][0])
	return w.library.docs[doc].Article, passage
}

// put puts the vectors of a passage in their places, where they are wanted and of
// its shape.
func (w *work) put(key vectors.Key, p vectors.Passage) {
	if !w.missing[key] {
		return
	}
	a, passage := w.article(key)
	if len(p.Ends) != len(a.Passages[passage].Sentences) || len(p.Mean) != w.model.Size {
		return
	}
	delete(w.missing, key)
	for _, n := range w.at[key] {
		w.passages[n] = p
	}
}

// of returns the passages of the keys, as they are written.
func (w *work) of(keys []vectors.Key) []vectors.Passage {
	passages := make([]vectors.Passage, len(keys))
	for i, key := range keys {
		passages[i] = w.passages[w.at[key][0]]
	}
	return passages
}

// A task is a passage that is encoded, in parts, so that a text without
// paragraphs is shared out as well.
type task struct {
	key   vectors.Key
	input func() (about string, sentences []string)
	parts []vectors.Part
	left  int // parts that are not there yet
}

// keepEvery is how often what is encoded is written down: so much is lost with a
// process that is killed.
const keepEvery = 5 * time.Second

// encode encodes what is missing.
func (w *work) encode(ctx context.Context, k *kept, watch func(done, total int)) error {
	type part struct {
		*task
		number int
	}
	var todo []part
	for _, key := range w.keys {
		if !w.missing[key] {
			continue
		}
		a, passage := w.article(key)
		n := vectors.Parts(len(a.Passages[passage].Sentences))
		t := &task{key, sync.OnceValues(func() (string, []string) { return input(a, passage) }), make([]vectors.Part, n), n}
		for i := range n {
			todo = append(todo, part{t, i})
		}
	}
	total := len(w.missing)
	if watch != nil && total > 0 {
		watch(0, total)
	}
	var next atomic.Int64
	var working sync.WaitGroup
	var mu sync.Mutex       // of the work and of what follows
	var fresh []vectors.Key // that are encoded and not written down
	written := time.Now()
	finish := func(p part, made vectors.Part) {
		mu.Lock()
		defer mu.Unlock()
		p.parts[p.number] = made
		if p.left--; p.left > 0 {
			return
		}
		w.put(p.key, vectors.Join(p.parts))
		if fresh = append(fresh, p.key); time.Since(written) > k.every {
			k.keep(fresh, w.of(fresh))
			fresh, written = nil, time.Now()
		}
		if watch != nil {
			watch(total-len(w.missing), total)
		}
	}
	for range min(runtime.GOMAXPROCS(0), len(todo)) {
		working.Go(func() {
			e := vectors.NewEncoder(w.model)
			for i := next.Add(1) - 1; i < int64(len(todo)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				about, sentences := todo[i].input()
				finish(todo[i], e.Part(about, sentences, todo[i].number))
			}
		})
	}
	working.Wait()
	if len(w.missing) == 0 {
		return nil
	}
	k.keep(fresh, w.of(fresh))
	return ctx.Err()
}
