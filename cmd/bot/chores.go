package main

import (
	"context"
	"time"

	"footnote/answer"
)

// chores is what is done for a library while it answers: its passages become
// vectors, and its small parts are written anew as larger ones. They end with the
// library.
type chores struct {
	cancel context.CancelFunc
	better chan *answer.Library // the library, improved: the last one that nobody took over yet
	read   chan struct{}        // closed when all passages are vectors, or none will be
	done   chan struct{}
}

// readingPatience is how long a changed library is waited for with the vectors of
// what changed, before it answers without any.
const readingPatience = time.Second / 2

// begin begins the chores of a library that is about to answer. Where its passages
// become vectors so soon, it is improved at once.
func (l *live) begin(ctx context.Context, o *opened, wait time.Duration) {
	if o.empty != "" {
		return
	}
	// Whoever asked for the library may go; closing ends it.
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	c := &chores{cancel, make(chan *answer.Library, 1), make(chan struct{}), make(chan struct{})}
	var encode func() *answer.Library
	lib, key := o.lib, o.key
	if l.c.model != nil && !lib.HasVectors() {
		o.reading = newProgress(l.log, nil, encoding)
		e := answer.Encoding{Model: l.c.model, Watch: o.reading.watch, Each: func(part *answer.Library) { l.offer(c, part) }}
		encode = func() *answer.Library {
			whole, err := lib.Encode(ctx, e)
			if err != nil && ctx.Err() == nil {
				l.log.Warn("the passages will be read again at the next start", "index", key, "reason", err)
			}
			return whole
		}
	}
	l.chores = c
	l.warming.Go(func() {
		defer close(c.done)
		defer cancel()
		last := lib
		if encode != nil {
			whole := encode()
			if whole != nil {
				last = whole
				l.offer(c, whole)
			}
		}
		close(c.read)
		for ctx.Err() == nil {
			merged, err := last.Merge(ctx)
			if err != nil && ctx.Err() == nil {
				l.log.Warn("the index could not be put in order; it answers as it is", "index", key, "reason", err)
			}
			if merged == nil {
				return
			}
			last = merged
			l.offer(c, merged)
		}
	})
	if encode == nil {
		return
	}
	select {
	case <-c.read:
		select {
		case better := <-c.better:
			_ = o.lib.Close() // the other one is of the same articles
			o.lib = better
		default:
		}
		o.reading = nil
	case <-time.After(wait):
	}
}

// offer offers an improved library in place of the one that was offered before.
func (l *live) offer(c *chores, lib *answer.Library) {
	select {
	case before := <-c.better:
		_ = before.Close()
	default:
	}
	c.better <- lib
	select {
	case l.ready <- struct{}{}:
	default:
	}
}

// takeBetter puts an improved library in the place of the one that answers.
func (l *live) takeBetter(ctx context.Context) {
	if l.chores == nil {
		return
	}
	now := *l.now.Load()
	select {
	case <-l.chores.read:
		if now.reading != nil {
			took := now.reading.took()
			now.reading = nil
			l.now.Store(&now)
			defer func() {
				if lib, done := l.Use(); lib.HasVectors() {
					l.log.Info("passages are found by what they mean now", "index", now.key, "took", took)
					done()
				} else {
					done()
				}
			}()
		}
	default:
	}
	select {
	case better := <-l.chores.better:
		l.Swap(better)
		l.warm(ctx)
		l.sweep()
	default:
	}
}

// stopChores ends what goes on; what is done is kept.
func (l *live) stopChores() {
	if l.chores == nil {
		return
	}
	l.chores.cancel()
	<-l.chores.done
	select {
	case better := <-l.chores.better:
		_ = better.Close()
	default:
	}
	l.chores = nil
}
