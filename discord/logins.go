package discord

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
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

var errBudget = errors.New("the logins of this day are used up")

// loginBudget says when the next login may be made and remembers each one.
// Connections that may not log in at one time form a group and take turns.
type loginBudget struct {
	log   *slog.Logger
	store Logins
	gap   time.Duration // least time between two logins of a group

	mu     sync.Mutex
	most   int         // logins within loginWindow
	times  []time.Time // ascending, at most loginWindow old
	before time.Time   // of the last login of an earlier process, which may be any group's
	groups map[int]*loginGroup
}

type loginGroup struct {
	turn chan struct{} // holds one value while somebody has the turn
	last time.Time     // when the last turn with a login ended
}

func newLoginBudget(log *slog.Logger, store Logins, gap time.Duration) *loginBudget {
	l := &loginBudget{log: log, store: store, gap: gap, most: maxLogins, groups: map[int]*loginGroup{}}
	if store.Load != nil {
		times, err := store.Load()
		if err != nil {
			log.Warn("cannot read the log of logins; counting from zero", "err", err)
		}
		l.times = slices.SortedFunc(slices.Values(times), time.Time.Compare)
	}
	now := time.Now()
	for _, t := range l.times {
		if !t.After(now) {
			l.before = t
		}
	}
	return l
}

// share leaves the rest of the budget to the processes that hold the other shards.
func (l *loginBudget) share(own, count int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.most = max(1, maxLogins*own/count)
}

// turn waits until a member of the group may log in and nobody else of it is
// about to; it returns nil if ctx ended before.
func (l *loginBudget) turn(ctx context.Context, group int) *turn {
	l.mu.Lock()
	g := l.groups[group]
	if g == nil {
		g = &loginGroup{turn: make(chan struct{}, 1), last: l.before}
		l.groups[group] = g
	}
	l.mu.Unlock()
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		return nil
	}
	t := &turn{budget: l, group: g}
	for {
		d := l.wait(time.Now(), g.last)
		if !sleep(ctx, d) {
			t.end()
			return nil
		}
		if d == 0 {
			return t
		}
	}
}

// wait returns how long to wait at now before the next login of a group whose
// last one was at last.
func (l *loginBudget) wait(now, last time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.prune(now)
	next := last.Add(l.gap)
	if n := len(l.times); n >= l.most {
		if t := l.times[n-l.most].Add(loginWindow); t.After(next) {
			next = t
		}
	}
	return max(0, next.Sub(now))
}

// add notes a login at now, before it is made: one that is noted and not made
// costs nothing, one that is made and not noted may cost the token.
func (l *loginBudget) add(now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.prune(now)
	if len(l.times) >= l.most {
		return errBudget // another group was quicker
	}
	l.times = append(l.times, now)
	if l.store.Save == nil {
		return nil
	}
	if err := l.store.Save(slices.Clone(l.times)); err != nil {
		l.log.Warn("cannot write the log of logins; a restart will not count this one", "err", err)
	}
	return nil
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

// turn is the right to log in once.
type turn struct {
	budget *loginBudget
	group  *loginGroup
	once   sync.Once
	logged atomic.Bool
}

// login notes the login that is about to be made, or says why it must not be.
func (t *turn) login() error {
	t.logged.Store(true)
	return t.budget.add(time.Now())
}

// end leaves the turn to the next: once the login succeeded or came to nothing.
// It may be called more than once.
func (t *turn) end() {
	t.once.Do(func() {
		if t.logged.Load() {
			t.group.last = time.Now()
		}
		<-t.group.turn
	})
}
