package main

import (
	"cmp"
	"context"
	"runtime/debug"
	"slices"
	"sync"

	"footnote/answer"
	"footnote/corpus"
)

// starting is a large library being prepared for the first time, while what is there
// of it answers.
type starting struct {
	part   chan *answer.Library // what is there: the last one that nobody took over yet
	result chan started
	cancel context.CancelFunc
}

type started struct {
	o   *opened
	err error
}

// atOnce is how many bytes of articles are prepared before the bot begins to answer,
// a few seconds' work. Of more, what is there answers.
const atOnce = 2 << 20

// long reports whether it takes a while to prepare what is not known of a library.
func (c *config) long(listing *corpus.Listing) bool {
	left := int64(0)
	for n := range listing.Len() {
		if !listing.Known(n) {
			left += listing.Size(n)
		}
	}
	return left > cmp.Or(c.atOnce, atOnce)
}

// startPercent is how much is allocated before garbage is collected, in percent of what
// was left the last time: most of what opening a library makes stays.
const startPercent = 800

// spareCollecting has garbage collected seldom until collectAsEver is called.
func (c *config) spareCollecting() {
	before := debug.SetGCPercent(startPercent)
	switch {
	case before < 0: // never, says the environment
		debug.SetGCPercent(before)
	case before != startPercent: // else another run in this process is at it
		c.collect = sync.OnceFunc(func() { debug.SetGCPercent(before) })
	}
}

func (c *config) collectAsEver() {
	if c.collect != nil {
		c.collect()
	}
}

// start prepares a library while what is there of it answers.
func (l *live) start(ctx context.Context, listing *corpus.Listing) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s := &starting{make(chan *answer.Library, 1), make(chan started, 1), cancel}
	l.starting = s
	p := l.newPreparing(listing)
	l.now.Store(&standing{key: noIndex, preparing: p})
	signal := func() {
		select {
		case l.ready <- struct{}{}:
		default:
		}
	}
	l.warming.Go(func() {
		defer cancel()
		defer listing.Close()
		o, err := openListing(ctx, l.log, l.c, listing, p, func(part *answer.Library) {
			select {
			case before := <-s.part:
				_ = before.Close()
			default:
			}
			s.part <- part
			signal()
		})
		s.result <- started{o, err}
		signal()
	})
}

// newPreparing shows how far the articles of a listing are prepared.
func (l *live) newPreparing(listing *corpus.Listing) *progress {
	p := newProgress(l.log, nil, preparing)
	p.total.Store(int64(listing.Len()))
	return p
}

// openShown is [live.open] while another library answers; where it takes a while it
// can be seen how far it is, and what was added answers as soon as it is there.
func (l *live) openShown(ctx context.Context, listing *corpus.Listing, err error) (*opened, error) {
	if err != nil || !l.c.long(listing) {
		return l.open(ctx, listing, nil, nil, err)
	}
	p := l.newPreparing(listing)
	show := func(p *progress) {
		now := *l.now.Load()
		now.preparing = p
		l.now.Store(&now)
	}
	show(p)
	defer show(nil)
	return l.open(ctx, listing, p, l.takePart, nil)
}

// takePart lets what is there of a library answer in place of the library before, where
// it has every article of that and more: what was changed or taken away answers as it was
// until all is there.
func (l *live) takePart(part *answer.Library) {
	old, done := l.Use()
	defer done()
	if part.Size() <= old.Size() || slices.ContainsFunc(old.Headers(), func(h corpus.Header) bool { return part.Header(h.ID) == nil }) {
		_ = part.Close()
		return
	}
	l.stopChores() // of the library before, which may be closed then
	if l.cool != nil {
		l.cool()
	}
	now := *l.now.Load()
	now.key, now.empty, now.reading = part.Key(), "", nil
	l.parted = true
	l.Swap(part)
	l.now.Store(&now)
}

// takeStarted takes over what is there of a library that is being prepared, and
// reports whether all of it answers.
func (l *live) takeStarted(ctx context.Context) bool {
	s := l.starting
	select {
	case part := <-s.part:
		l.Swap(part)
	default:
	}
	select {
	case r := <-s.result:
		l.starting = nil
		o, err := l.settle(r.o, r.err)
		if err != nil {
			now := standing{key: noIndex}
			if lib, done := l.Use(); lib.Size() == 0 {
				now.empty = err.Error()
				done()
			} else {
				done()
			}
			l.now.Store(&now)
			l.log.Error("the library could not be prepared", "reason", err)
			return false
		}
		l.mark(o)
		l.take(ctx, o)
		return true
	default:
		return false
	}
}

// whole waits until all of the library answers.
func (l *live) whole(ctx context.Context) error {
	for {
		l.mu.Lock()
		starting := l.starting != nil
		if starting {
			l.takeStarted(ctx)
			starting = l.starting != nil
		}
		l.mu.Unlock()
		if !starting {
			return nil
		}
		select {
		case <-l.ready:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// stopStarting ends what goes on; what is done is kept.
func (l *live) stopStarting() {
	s := l.starting
	if s == nil {
		return
	}
	s.cancel()
	if r := <-s.result; r.o != nil && r.o.lib != nil {
		_ = r.o.lib.Close()
	}
	select {
	case part := <-s.part:
		_ = part.Close()
	default:
	}
	l.starting = nil
}
