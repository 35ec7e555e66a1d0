package shelf

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"footnote/answer/annotate"
	"footnote/answer/blocks"
	"footnote/answer/words"
	"footnote/corpus"
	"footnote/index"
)

// Building says how a collection is built.
type Building struct {
	// Watch is told now and then how many articles of all are there; it may be nil.
	Watch func(done, total int)
	// Damaged is told of what cannot be read and is made anew; it may be nil.
	Damaged func(error)
	// Ready is given the collection of what is there while more is being prepared, now
	// and then; it takes it over. It may be nil.
	Ready func(*Collection)
}

// Bounds of building.
const (
	// chunk is how many bytes of articles are made a segment at a time by one
	// processor, some 15,000 passages: memory is bounded by it.
	chunk = 3 << 20
	// sealAfter is how long articles are prepared before they become a segment, where
	// there are fewer: to end takes a part of that, and so much is lost with a process
	// that is killed.
	sealAfter = 10 * time.Second
	// readyEvery is how often what is there is given to be asked.
	readyEvery = 5 * time.Second
)

// ErrEmpty says that there is no article.
var ErrEmpty = errors.New("the library holds no article; put a .md, .txt or .html file into it")

// Build returns the collection of the source's articles. What lies on the shelf is
// taken from there, whichever library it was prepared for; the rest is prepared on all
// processors. Whenever the process is killed, what was done of it is found by the next
// one, but for the last few seconds'. Without any article the error is [ErrEmpty].
func (s *Shelf) Build(ctx context.Context, from Source, how Building) (*Collection, error) {
	if err := s.Damaged(); err != nil && how.Damaged != nil {
		how.Damaged(err)
	}
	if err := s.Discard(); err != nil {
		return nil, err
	}
	for {
		b := &builder{shelf: s, from: from, how: how, begin: time.Now(), places: map[Key][]place{}, named: map[string]bool{}, entries: make([]*entry, from.Len())}
		c, err := b.build(ctx)
		if err == nil || !errors.Is(err, errTryAgain) {
			return c, err
		}
	}
}

// errTryAgain says that a segment turned out to be damaged, which is no more used now.
var errTryAgain = errors.New("a segment is damaged")

// place is where an article lies on the shelf.
type place struct {
	segment string
	ordinal int
}

// builder is one building.
type builder struct {
	shelf *Shelf
	from  Source
	how   Building
	begin time.Time

	mu       sync.Mutex
	places   map[Key][]place     // of articles on the shelf that nothing was taken from yet
	segments map[string]*segment // that something was taken from, open
	named    map[string]bool     // keys of segments that are being made
	entries  []*entry            // of the articles that are there
	at       []place             // of them
	done     int
	ready    time.Time // when something was given to be asked last
	ended    bool      // nothing is taken any more
}

func (b *builder) build(ctx context.Context) (c *Collection, err error) {
	b.segments, b.at = map[string]*segment{}, make([]place, len(b.entries))
	defer func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.ended = true
		if err != nil {
			for _, seg := range b.segments {
				err = errors.Join(err, b.shelf.leave(seg))
			}
		}
	}()
	held := b.shelf.held(func(err error) {
		if b.how.Damaged != nil {
			b.how.Damaged(err)
		}
	})
	// Where several segments have an article, the one with most articles is used: few
	// segments are searched faster than many.
	keys := make([]string, 0, len(held))
	for key := range held {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(x, y string) int {
		if d := len(held[y]) - len(held[x]); d != 0 {
			return d
		}
		if x < y {
			return -1
		}
		return 1
	})
	for _, key := range keys {
		for ordinal, k := range held[key] {
			b.places[k] = append(b.places[k], place{key, ordinal})
		}
	}
	var todo []int
	for n := range b.entries {
		content, ok := b.from.Known(n)
		switch {
		case !ok:
			todo = append(todo, n)
		case content.Sum == corpus.Sum{}: // no article
		default:
			if taken, err := b.take(n, content); err != nil {
				return nil, err
			} else if !taken {
				todo = append(todo, n)
			}
		}
	}
	b.done = len(b.entries) - len(todo)
	if len(todo) > 0 {
		b.tell(0)
		b.giveReady(ctx)
	}
	if err := b.prepare(ctx, todo); err != nil {
		return nil, err
	}
	v, segments := b.versionNow()
	if len(v.entries) == 0 {
		return nil, ErrEmpty
	}
	if b.shelf.root != "" {
		if err := v.write(b.shelf.root); err != nil {
			return nil, err
		}
	}
	b.segments = nil // the collection has them, or has given them back
	return b.shelf.collect(v, segments)
}

// take takes article n from the shelf, if it lies there.
func (b *builder) take(n int, c Content) (bool, error) {
	key := b.shelf.how.keyOf(c.Sum)
	b.mu.Lock()
	defer b.mu.Unlock()
	places := b.places[key]
	if len(places) == 0 || b.ended {
		return false, nil
	}
	p := places[0]
	if b.segments[p.segment] == nil {
		seg, err := b.shelf.use(p.segment)
		if errors.Is(err, index.ErrMissing) { // somebody took it away since it was looked at
			return false, errTryAgain
		}
		if lost(err) {
			if b.how.Damaged != nil {
				b.how.Damaged(err)
			}
			// It must not be there when it is built anew, nor be tried again.
			if err := index.Discard(b.shelf.root, p.segment); err != nil {
				return false, err
			}
			return false, errTryAgain
		}
		if err != nil {
			return false, err
		}
		b.segments[p.segment] = seg
	}
	b.places[key] = places[1:]
	b.entries[n] = &entry{Header: c.Header, key: key}
	b.at[n] = p
	return true, nil
}

// prepare prepares articles and makes segments of them.
func (b *builder) prepare(ctx context.Context, todo []int) error {
	if len(todo) == 0 {
		return nil
	}
	if b.shelf.root != "" {
		if err := os.MkdirAll(b.shelf.root, 0o700); err != nil {
			return err
		}
	}
	var chunks [][]int
	size := int64(0)
	for _, n := range todo {
		if bytes := b.from.Bytes(n); len(chunks) == 0 || size+bytes > chunk {
			chunks, size = append(chunks, nil), 0
		}
		last := len(chunks) - 1
		chunks[last], size = append(chunks[last], n), size+b.from.Bytes(n)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	processors := runtime.GOMAXPROCS(0)
	workers := min(processors, len(chunks))
	var next atomic.Int64
	var working sync.WaitGroup
	for range workers {
		working.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(chunks)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				if err := b.segmentsOf(ctx, chunks[i], max(1, processors/workers)); err != nil {
					stop(err)
				}
			}
		})
	}
	working.Wait()
	return context.Cause(ctx)
}

// made is an article that was prepared.
type made struct {
	number  int // in the source
	content Content
	doc     *annotate.Doc // nil where there is none, or it lies on the shelf
	err     error
}

// segmentsOf makes segments of articles, on so many processors: one, where that does not
// take long. Where the context ends it keeps those that are prepared by then.
func (b *builder) segmentsOf(ctx context.Context, numbers []int, processors int) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	all := inOrder(ctx, numbers, processors, b.article)
	for first := <-all; first != nil; {
		if first.err == nil && first.doc == nil { // a segment cannot be empty
			b.tell(1)
			first = <-all
			continue
		}
		next, err := b.segment(ctx, first, all)
		if err != nil {
			return err
		}
		first = next
	}
	return context.Cause(ctx)
}

// segment makes a segment of the first of the articles and those behind it, and returns
// the one that comes next, nil where none does.
func (b *builder) segment(ctx context.Context, first *made, all <-chan *made) (next *made, _ error) {
	begin := time.Now()
	var keys []Key
	var entries []made
	fill := func(w *index.Writer) (string, error) {
		f, err := b.shelf.filler(w)
		if err != nil {
			return "", err
		}
		for next = first; next != nil && (len(keys) == 0 || time.Since(begin) < sealAfter); next = <-all {
			if next.err != nil {
				return "", next.err
			}
			if next.doc != nil {
				key := b.shelf.how.keyOf(next.content.Sum)
				if err := f.add(key, next.doc); err != nil {
					return "", err
				}
				keys = append(keys, key)
				entries = append(entries, made{number: next.number, content: next.content})
			}
			b.tell(1)
		}
		if err := ctx.Err(); err != nil && b.shelf.root == "" {
			return "", err
		}
		return segmentKey(keys, func(key string) bool {
			b.mu.Lock()
			defer b.mu.Unlock()
			used := b.segments[key] != nil || b.named[key]
			b.named[key] = true
			return used
		}), f.close(f.words.table())
	}
	// To write what is prepared takes a twentieth of what it took to prepare it.
	seg, err := b.shelf.make(context.WithoutCancel(ctx), fill)
	if err != nil {
		return nil, err
	}
	b.put(seg, entries)
	b.giveReady(ctx)
	return next, nil
}

// article prepares article n, unless it lies on the shelf.
func (b *builder) article(n int) *made {
	m := &made{number: n}
	var article *corpus.Article
	m.content, article = b.from.Read(n, false)
	if m.content.Sum == (corpus.Sum{}) {
		return m
	}
	taken, err := b.take(n, m.content)
	if taken || err != nil {
		m.err = err
		return m
	}
	if article == nil {
		if m.content, article = b.from.Read(n, true); article == nil {
			m.content = Content{} // it went since
			return m
		}
	}
	m.doc = annotate.Prepare(article, words.Load())
	return m
}

// inOrder does the same for each number on so many processors, and gives what comes
// of it in their order, then nil. Not much more is done than is taken. When the
// context ends nobody waits for what is being done.
func inOrder[T any](ctx context.Context, numbers []int, processors int, do func(int) *T) <-chan *T {
	out := make(chan *T)
	waiting := make(chan chan *T, 2*processors)
	todo := make(chan func())
	go func() {
		defer close(waiting)
		defer close(todo)
		for _, n := range numbers {
			result := make(chan *T, 1)
			select {
			case waiting <- result:
			case <-ctx.Done():
				return
			}
			select {
			case todo <- func() { result <- do(n) }:
			case <-ctx.Done():
				close(result)
				return
			}
		}
	}()
	for range processors {
		go func() {
			for do := range todo {
				do()
			}
		}()
	}
	go func() {
		defer close(out)
		for result := range waiting {
			var r *T
			select {
			case r = <-result:
			case <-ctx.Done():
				return
			}
			select {
			case out <- r:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// make makes a segment and opens it.
func (s *Shelf) make(ctx context.Context, fill func(*index.Writer) (string, error)) (*segment, error) {
	if s.root == "" {
		key := ""
		x, err := index.InMemory(ctx, func(w *index.Writer) (err error) {
			key, err = fill(w)
			return err
		})
		if err != nil {
			return nil, err
		}
		return newSegment(key, x)
	}
	key, x, err := index.Make(ctx, s.root, fill)
	if err != nil {
		return nil, err
	}
	defer x.Close() // another one is taken for all
	seg, err := s.use(key)
	if err != nil && lost(err) {
		if err := index.Discard(s.root, key); err != nil {
			return nil, err
		}
		return nil, errTryAgain
	}
	return seg, err
}

// put notes where the articles of a new segment lie.
func (b *builder) put(seg *segment, all []made) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.segments[seg.key] = seg
	for ordinal, m := range all {
		b.entries[m.number] = &entry{Header: m.content.Header, key: b.shelf.how.keyOf(m.content.Sum)}
		b.at[m.number] = place{seg.key, ordinal}
	}
}

// giveReady gives what is there to be asked, where something was given long enough ago.
func (b *builder) giveReady(ctx context.Context) {
	if b.how.Ready == nil || ctx.Err() != nil {
		return
	}
	b.mu.Lock()
	if b.done == len(b.entries) || time.Since(b.ready) < readyEvery {
		b.mu.Unlock()
		return
	}
	v, segments := b.versionNow()
	if len(v.entries) == 0 {
		b.mu.Unlock()
		return
	}
	b.ready = time.Now().Add(time.Hour) // until this one is given
	b.shelf.hold(segments)
	b.mu.Unlock()
	if c, err := b.shelf.collect(v, segments); err == nil {
		b.how.Ready(c)
	}
	b.mu.Lock()
	b.ready = time.Now()
	b.mu.Unlock()
}

// tell tells that n articles more are done.
func (b *builder) tell(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.done += n; b.how.Watch != nil {
		b.how.Watch(b.done, len(b.entries))
	}
}

// versionNow returns the version of the articles that are there, with its segments.
func (b *builder) versionNow() (*version, []*segment) {
	v := &version{}
	var segments []*segment
	at := map[string]int{}
	for n, e := range b.entries {
		if e == nil {
			continue
		}
		p := b.at[n]
		i, ok := at[p.segment]
		if !ok {
			i = len(segments)
			at[p.segment] = i
			segments, v.segments = append(segments, b.segments[p.segment]), append(v.segments, p.segment)
		}
		e := *e
		e.segment, e.ordinal = i, p.ordinal
		v.entries = append(v.entries, e)
	}
	return v, segments
}

// filler writes the articles of a segment.
type filler struct {
	w      *index.Writer
	how    *Preparing
	blocks *blocks.Writer
	words  wordCounts
	table  io.Writer
}

func (s *Shelf) filler(w *index.Writer) (*filler, error) {
	b, err := w.CreateOwn(blocksFile)
	if err != nil {
		return nil, err
	}
	t, err := w.Create(wordsFile)
	return &filler{w: w, how: s.how, blocks: blocks.NewWriter(b), words: wordCounts{}, table: t}, err
}

// add adds an article.
func (f *filler) add(key Key, d *annotate.Doc) error {
	f.words.add(d)
	return errors.Join(f.w.Add(f.how.Passages(d)), f.blocks.Add(key, blocks.Encode(d)))
}

// close writes the table of the articles' words and what else is left.
func (f *filler) close(words *wordTable) error {
	_, err := f.table.Write(words.bytes())
	return errors.Join(err, f.blocks.Close())
}
