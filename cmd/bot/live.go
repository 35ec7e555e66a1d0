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

	mu       sync.Mutex     // one takeover at a time
	watched  corpus.Watch   // the library
	current  string         // what was named as the current index last
	parted   bool           // what was there of a library answers, and was not taken whole yet
	chores   *chores        // of the library that answers; nil where it has none
	starting *starting      // a large library that is prepared for the first time; nil where none is
	ready    chan struct{}  // a reading has come to its end
	warming  sync.WaitGroup // what goes on in the background
	cool     func()         // ends the warming of the library that answers; nil before there is any
}

// standing is what is told about the index that answers.
type standing struct {
	key       string
	inMemory  bool
	problems  []corpus.Problem // with the files of the library
	empty     string           // why no article answers; "" while one does
	reading   *progress        // nil where no passage is being read
	preparing *progress        // nil where no article is being prepared while others answer
}

// noIndex stands for the key where the library holds no article.
const noIndex = "none"

// openLive opens the library for answering. A folder without an article is
// opened, too, and an article that is put there is taken over: Docker makes an
// empty one where none is. What is wrong is told at the start, and on the page of
// the stand-in; that opens a file as well that is no article yet.
func openLive(ctx context.Context, log *slog.Logger, c *config) (*live, error) {
	l := &live{c: c, log: log, ready: make(chan struct{}, 1), watched: corpus.Watch{Path: c.corpus}}
	listing, err := c.look()
	if err != nil && !mayHold(c.corpus) {
		return nil, err
	}
	if err == nil && c.long(listing) {
		lib, err := answer.Empty()
		if err != nil {
			return nil, errors.Join(err, listing.Close())
		}
		l.Live = answer.NewLive(lib)
		l.start(ctx, listing)
		l.current = c.current()
		l.warm(ctx)
		return l, nil
	}
	o, err := l.open(ctx, listing, nil, nil, err)
	c.collectAsEver()
	if err == nil && o.empty != "" && !c.sandbox && corpus.IsArticle(c.corpus) {
		err = errors.Join(errors.New(o.empty), o.lib.Close())
	}
	if err != nil {
		return nil, err
	}
	wait := time.Duration(0)
	if c.sandbox { // whoever tries it asks at once
		wait = readingPatience
	}
	l.begin(ctx, o, wait)
	l.Live = answer.NewLive(o.lib)
	l.now.Store(&o.standing)
	l.mark(o)
	l.warm(ctx)
	return l, nil
}

// open opens the library as it lies there now, an empty one where it holds no
// article that can be used or, with an error, cannot be looked into. The listing is
// closed. p, which may be nil, shows how far it is; ready, which may be, is given what is
// there of it.
func (l *live) open(ctx context.Context, listing *corpus.Listing, p *progress, ready func(*answer.Library), err error) (*opened, error) {
	o := &opened{}
	if err == nil {
		defer listing.Close()
		if o, err = openListing(ctx, l.log, l.c, listing, p, ready); o == nil {
			return nil, err
		}
	}
	return l.settle(o, err)
}

// settle makes the best of what was opened: an empty library where there is none.
func (l *live) settle(o *opened, err error) (*opened, error) {
	if o == nil {
		return nil, err
	}
	l.watched.Catalogue = o.catalogue
	tell(l.log, o.problems)
	if err == nil {
		return o, nil
	}
	l.log.Warn("nothing is answered", "reason", err)
	o.key, o.empty = noIndex, err.Error()
	o.lib, err = answer.Empty()
	return o, err
}

// Close closes the library once nobody uses it any more.
func (l *live) Close() {
	l.mu.Lock()
	l.stopStarting()
	l.stopChores()
	l.cool()
	l.mu.Unlock()
	l.warming.Wait()
	l.Live.Close()
}

// mark names the index that answers as the library's current one, so that no
// other process sweeps it away, and remembers what is named.
func (l *live) mark(o *opened) {
	if !o.inMemory && o.empty == "" {
		if err := errors.Join(o.lib.Keep(), l.c.setCurrent(o.key)); err != nil {
			l.log.Warn("which index answers could not be written down; a rebuild of another library may remove it", "reason", err)
		}
	}
	l.current = l.c.current()
}

// warm has the library that answers work out what is worked out once, before
// somebody waits for it. It ends with that library.
func (l *live) warm(ctx context.Context) {
	if l.cool != nil {
		l.cool()
	}
	// Whoever asked for the library may go.
	ctx, l.cool = context.WithCancel(context.WithoutCancel(ctx))
	lib, done := l.Use()
	l.warming.Go(func() {
		defer done()
		if err := lib.Warm(ctx); err != nil && ctx.Err() == nil {
			l.log.Error("the library could not be read", "reason", err)
		}
	})
}

// watch looks for changes until the context ends.
func (l *live) watch(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	refused := int64(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.ready:
			l.look(ctx)
		case <-tick.C:
			l.look(ctx)
			refused = l.tellBusy(refused)
		}
	}
}

// tellBusy says that more was asked than can be worked on, where somebody was
// refused since there were so many, and returns how many there are.
func (l *live) tellBusy(before int64) int64 {
	load := l.Load()
	if load.Refused > before {
		l.log.Warn("questions were refused: too many at once", "refused", load.Refused-before, "working", load.Working, "waiting", load.Waiting)
	}
	return load.Refused
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

// takeChanges reports whether other articles answer.
func (l *live) takeChanges(ctx context.Context) bool {
	if l.starting != nil {
		return l.takeStarted(ctx)
	}
	l.takeBetter(ctx)
	if l.mend(ctx) {
		return true
	}
	listing, err := l.watched.Changed()
	switch {
	case err != nil && readable(l.c.corpus) || listing != nil:
		took, err := l.reload(ctx, listing, err, false)
		if err != nil && ctx.Err() == nil {
			l.log.Error("the changed library could not be taken over; the old one goes on answering", "reason", err)
		}
		return took
	case err != nil:
		l.log.Error("the library cannot be looked into; the old one goes on answering", "reason", err)
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
	lib, err := answer.Open(l.c.indexRoot(), cur, l.c.model)
	if err != nil {
		l.log.Error("the rebuilt index could not be taken over; the old one goes on answering", "index", cur, "reason", err)
		return false
	}
	l.take(ctx, &opened{lib: lib, root: l.c.indexRoot(), standing: standing{key: cur, problems: now.problems}})
	return true
}

// reload loads the library anew and takes it over where it differs or is made anew. Where it
// holds no article any more, none answers; where it cannot be looked into, the
// old one goes on.
func (l *live) reload(ctx context.Context, listing *corpus.Listing, err error, anew bool) (took bool, _ error) {
	o, err := l.openShown(ctx, listing, err)
	if err != nil {
		return false, err
	}
	l.mark(o)
	now := *l.now.Load()
	if o.key == now.key && !anew && !l.parted {
		now.problems, now.empty = o.problems, o.empty
		l.now.Store(&now)
		return false, o.lib.Close()
	}
	l.take(ctx, o)
	return true, nil
}

// mend makes anew what somebody found to be damaged of the index, and reports whether
// it did.
func (l *live) mend(ctx context.Context) bool {
	if now := l.now.Load(); now.inMemory || answer.Damaged(l.c.indexRoot()) == nil {
		return false
	}
	listing, err := l.c.look()
	if err == nil {
		_, err = l.reload(ctx, listing, nil, true)
	}
	if err != nil && ctx.Err() == nil {
		l.log.Error("the index is damaged and could not be built anew", "reason", err)
	}
	return err == nil
}

// mayHold reports whether there is a folder or a file that can hold articles.
// Where there is none the path is likelier to be a slip than a library to come.
func mayHold(path string) bool {
	info, err := os.Stat(path)
	return err == nil && (info.IsDir() || corpus.IsArticle(path))
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
func (l *live) take(ctx context.Context, o *opened) {
	old := l.now.Load().key
	l.parted = false
	l.stopChores()
	l.begin(ctx, o, readingPatience)
	articles := o.lib.Size()
	// In this order: what is told of a library is never kept for the one before.
	l.Swap(o.lib)
	l.now.Store(&o.standing)
	l.warm(ctx)
	l.log.Info("a new library answers", "index", o.key, "articles", articles)
	l.sweep(old)
}

// sweep removes what is not needed any more; while passages are being read, all is.
func (l *live) sweep(keep ...string) {
	now := l.now.Load()
	if now.inMemory || now.reading != nil {
		return
	}
	if err := l.c.sweep(append(keep, now.key)...); err != nil {
		l.log.Warn("old indexes could not be removed", "reason", err)
	}
}

// rebuild is what `/footnote rebuild` does: it loads the library now.
func (l *live) rebuild(ctx context.Context) (string, error) {
	lib, done := l.Use()
	defer done()
	l.mu.Lock()
	if l.starting != nil {
		l.mu.Unlock()
		return "the articles are still being read", nil
	}
	listing, err := l.c.look()
	took := false
	if err == nil || readable(l.c.corpus) {
		took, err = l.reload(ctx, listing, err, false)
	}
	l.mu.Unlock()
	if took && l.changed != nil {
		l.changed()
	}
	if err != nil {
		return "", err
	}
	now, doneNow := l.Use()
	defer doneNow()
	lines, err := changes(lib, now)
	return joinLines(lines), err
}

// wrong says what is wrong with the library, a sentence for each problem.
func (l *live) wrong() []string {
	now := l.now.Load()
	sentences := make([]string, len(now.problems))
	for n, p := range now.problems {
		sentences[n] = p.String()
	}
	if len(sentences) == 0 && now.empty != "" {
		return []string{now.empty}
	}
	return sentences
}

// answers reports whether the index can be asked.
func (l *live) answers() bool {
	lib, done := l.Use()
	defer done()
	return lib.Check() == nil
}
