package discord

import (
	"log/slog"
	"slices"
	"sync"
	"time"
)

// maxLogins is how often the bot logs in within loginWindow. Discord resets the
// token at 1,000; the rest is left to the operator's other tools.
const (
	maxLogins   = 720
	loginWindow = 24 * time.Hour
)

// Logins is where the times of logins are kept, so that restarts count. Both
// functions or none must be set; with none the process counts for itself.
type Logins struct {
	Load func() ([]time.Time, error)
	Save func([]time.Time) error
}

// loginBudget says when the next login may be made and remembers each one.
type loginBudget struct {
	log   *slog.Logger
	store Logins
	gap   time.Duration // least time between two logins

	mu    sync.Mutex
	times []time.Time // ascending, at most loginWindow old
}

func newLoginBudget(log *slog.Logger, store Logins, gap time.Duration) *loginBudget {
	l := &loginBudget{log: log, store: store, gap: gap}
	if store.Load != nil {
		times, err := store.Load()
		if err != nil {
			log.Warn("cannot read the log of logins; counting from zero", "err", err)
		}
		l.times = slices.SortedFunc(slices.Values(times), time.Time.Compare)
	}
	return l
}

// wait returns how long to wait at now before the next login.
func (l *loginBudget) wait(now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.prune(now)
	n := len(l.times)
	if n == 0 {
		return 0
	}
	next := l.times[n-1].Add(l.gap)
	if n >= maxLogins {
		if t := l.times[n-maxLogins].Add(loginWindow); t.After(next) {
			next = t
		}
	}
	return max(0, next.Sub(now))
}

// add notes a login at now, before it is made: one that is noted and not made
// costs nothing, one that is made and not noted may cost the token.
func (l *loginBudget) add(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.prune(now)
	l.times = append(l.times, now)
	if l.store.Save == nil {
		return
	}
	if err := l.store.Save(slices.Clone(l.times)); err != nil {
		l.log.Warn("cannot write the log of logins; a restart will not count this one", "err", err)
	}
}

// count returns the number of logins in the window that ends at now.
func (l *loginBudget) count(now time.Time) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.prune(now)
	return len(l.times)
}

// prune drops what left the window, and what a wrong clock put in the future,
// which would otherwise keep the bot out until then.
func (l *loginBudget) prune(now time.Time) {
	l.times = slices.DeleteFunc(l.times, func(t time.Time) bool {
		return now.Sub(t) >= loginWindow || t.After(now)
	})
}
