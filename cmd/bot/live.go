package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
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
	changed func()                   // called once a new library answers
	now     atomic.Pointer[standing] // so that nobody who asks waits for a takeover

	mu      sync.Mutex     // one takeover at a time
	seen    string         // fingerprint of the library
	current string         // what was named as the current index last
	warming sync.WaitGroup // those that make suggestions
}

// standing is what is told about the index that answers.
type standing struct {
	key      string
	inMemory bool
	problems []corpus.Problem // with the files of the library
}

// noIndex stands for the key where the library holds no article.
const noIndex = "none"

// openLive opens the library for answering.
func openLive(ctx context.Context, log *slog.Logger, c *config) (*live, error) {
	seen := fingerprint(c.corpus) // before loading: a change in between shows later
	o, err := openLibrary(ctx, log, c)
	if err != nil {
		return nil, err
	}
	l := &live{Live: answer.NewLive(o.lib), c: c, log: log, seen: seen}
	l.now.Store(&standing{o.key, o.inMemory, o.problems})
	l.mark(o)
	l.warming.Go(l.warm)
	return l, nil
}

// Close closes the library once nobody uses it any more.
func (l *live) Close() {
	l.warming.Wait()
	l.Live.Close()
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
	took := l.takeChanges(ctx)
	l.mu.Unlock()
	if took && l.changed != nil {
		l.changed()
	}
}

// takeChanges reports whether a new library answers.
func (l *live) takeChanges(ctx context.Context) bool {
	if seen := fingerprint(l.c.corpus); seen != l.seen {
		l.seen = seen
		took, err := l.reload(ctx)
		if err != nil && ctx.Err() == nil {
			l.log.Error("the changed library could not be taken over; the old one goes on answering", "reason", err)
		}
		return took
	}
	cur := l.c.current()
	if cur == l.current {
		return false
	}
	l.current = cur
	now := *l.now.Load()
	if cur == "" || cur == now.key {
		return false
	}
	lib, err := answer.Open(l.c.indexRoot(), cur)
	if err != nil {
		l.log.Error("the rebuilt index could not be taken over; the old one goes on answering", "index", cur, "reason", err)
		return false
	}
	l.take(lib, standing{cur, false, now.problems})
	return true
}

// reload loads the library anew and takes it over where it differs. Where it
// holds no article any more, none answers; where it cannot be looked into, the
// old one goes on.
func (l *live) reload(ctx context.Context) (took bool, err error) {
	articles, err := l.c.loadCorpus()
	var o *opened
	switch {
	case err == nil:
		o, err = openArticles(ctx, l.log, l.c, articles)
	case readable(l.c.corpus):
		l.log.Warn("nothing is answered any more", "reason", err)
		o = &opened{key: noIndex, problems: articles.Problems}
		o.lib, err = answer.Empty()
	}
	if err != nil {
		return false, err
	}
	if o.key != noIndex {
		l.mark(o)
	}
	now := *l.now.Load()
	if o.key == now.key {
		now.problems = o.problems
		l.now.Store(&now)
		return false, o.lib.Close()
	}
	l.take(o.lib, standing{o.key, o.inMemory, o.problems})
	return true, nil
}

// readable reports whether it can be seen what a library holds. A folder or
// file that is gone holds nothing.
func readable(path string) bool {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		_, err = os.ReadDir(path)
	}
	return err == nil || errors.Is(err, fs.ErrNotExist)
}

// take makes a library the one that answers.
func (l *live) take(lib *answer.Library, now standing) {
	old := l.now.Load().key
	articles := len(lib.Articles())
	// In this order: what is told of a library is never kept for the one before.
	l.Swap(lib)
	l.now.Store(&now)
	l.warming.Go(l.warm)
	l.log.Info("a new library answers", "index", now.key, "articles", articles)
	if !now.inMemory {
		if err := l.c.sweep(now.key, old); err != nil {
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
	took, err := l.reload(ctx)
	l.mu.Unlock()
	if took && l.changed != nil {
		l.changed()
	}
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
