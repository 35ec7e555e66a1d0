package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"footnote/answer"
	"footnote/corpus"
)

// watchEvery is how often a running bot looks at its library and its index
// folder.
const watchEvery = time.Second

// live keeps the library of a running bot up to date: an edited file or a
// rebuild by another process is taken over while the old one answers.
type live struct {
	*answer.Live
	c       *config
	log     *slog.Logger
	changed func(*answer.Library) // told of each new library, after it answers

	mu       sync.Mutex // one takeover at a time
	key      string
	seen     string // fingerprint of the library
	current  string // what was named as the current index last
	inMemory bool
	problems []corpus.Problem
}

// openLive opens the library for answering.
func openLive(ctx context.Context, log *slog.Logger, c *config) (*live, error) {
	seen := fingerprint(c.corpus) // before loading: a change in between shows later
	o, err := openLibrary(ctx, log, c)
	if err != nil {
		return nil, err
	}
	l := &live{Live: answer.NewLive(o.lib), c: c, log: log, key: o.key, seen: seen, inMemory: o.inMemory, problems: o.problems}
	l.mark(o)
	go l.warm()
	return l, nil
}

// mark names the index that answers as the library's current one, so that no
// other process sweeps it away, and remembers what is named.
func (l *live) mark(o *opened) {
	if !o.inMemory {
		if err := l.c.setCurrent(o.key); err != nil {
			l.log.Warn("which index answers could not be written down; a rebuild of another library may remove it", "reason", err)
		}
	}
	l.current = l.c.current()
}

// warm has the library make its suggestions before somebody waits for them.
func (l *live) warm() {
	lib, done := l.Use()
	defer done()
	lib.Suggest("", "", 1)
}

// watch looks for changes until the context ends.
func (l *live) watch(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			l.look(ctx)
		}
	}
}

// look takes over what changed since the last look.
func (l *live) look(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if seen := fingerprint(l.c.corpus); seen != l.seen {
		l.seen = seen
		if err := l.reload(ctx); err != nil && ctx.Err() == nil {
			l.log.Error("the changed library could not be taken over; the old one goes on answering", "reason", err)
		}
		return
	}
	if cur := l.c.current(); cur != l.current {
		l.current = cur
		if cur == "" || cur == l.key {
			return
		}
		lib, err := answer.Open(l.c.indexRoot(), cur)
		if err != nil {
			l.log.Error("the rebuilt index could not be taken over; the old one goes on answering", "index", cur, "reason", err)
			return
		}
		l.take(lib, cur, false)
	}
}

// reload loads the library anew and takes it over where it differs.
func (l *live) reload(ctx context.Context) error {
	o, err := openLibrary(ctx, l.log, l.c)
	if err != nil {
		return err
	}
	l.problems = o.problems
	l.mark(o)
	if o.key == l.key {
		return o.lib.Close()
	}
	l.take(o.lib, o.key, o.inMemory)
	return nil
}

// take makes a library the one that answers.
func (l *live) take(lib *answer.Library, key string, inMemory bool) {
	old := l.key
	l.key, l.inMemory = key, inMemory
	articles := len(lib.Articles())
	l.Swap(lib)
	go l.warm()
	l.log.Info("a new library answers", "index", key, "articles", articles)
	if l.changed != nil {
		l.changed(lib)
	}
	if !inMemory {
		if err := l.c.sweep(key, old); err != nil {
			l.log.Warn("old indexes could not be removed", "reason", err)
		}
	}
}

// rebuild is what `/footnote rebuild` does: it loads the library now.
func (l *live) rebuild(ctx context.Context) (string, error) {
	lib, done := l.Use()
	before := lib.Articles()
	defer done()
	l.mu.Lock()
	l.seen = fingerprint(l.c.corpus)
	err := l.reload(ctx)
	l.mu.Unlock()
	if err != nil {
		return "", err
	}
	now, doneNow := l.Use()
	defer doneNow()
	return joinLines(changes(before, now.Articles())), nil
}

// answers reports whether the index can be asked.
func (l *live) answers() bool {
	lib, done := l.Use()
	defer done()
	return lib.Check() == nil
}

// indexKey returns the key of the index that answers, and whether it is in
// memory only.
func (l *live) indexKey() (key string, inMemory bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.key, l.inMemory
}
