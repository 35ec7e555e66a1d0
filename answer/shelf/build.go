package shelf

import (
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

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
		b := &builder{shelf: s, from: from, how: how, places: map[Key][]place{}, named: map[string]bool{}, entries: make([]*entry, from.Len())}
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
