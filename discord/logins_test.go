package discord

import (
	"errors"
	"io"
	"testing"
	"time"

	"footnote/internal/testlog"
)

// A simulated week of a bot that logs in whenever it may, and is restarted after
// every hundredth login.
func TestLoginBudgetOverAWeek(t *testing.T) {
	var kept []time.Time
	store := Logins{
		Load: func() ([]time.Time, error) { return kept, nil },
		Save: func(ts []time.Time) error { kept = ts; return nil },
	}
	log := testlog.New(io.Discard)
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	var all []time.Time
	l := newLoginBudget(log, store, 5*time.Second)
	for n := 1; now.Before(time.Date(2026, 3, 8, 12, 0, 0, 0, time.UTC)); n++ {
		if n%100 == 0 {
			l = newLoginBudget(log, store, 5*time.Second)
		}
		var last time.Time
		if len(all) > 0 {
			last = all[len(all)-1]
		}
		now = now.Add(l.wait(now, last))
		if err := l.add(now); err != nil {
			t.Fatal(err)
		}
		all = append(all, now)
	}
	for i, from := range all {
		n := 0
		for n < len(all)-i && all[i+n].Sub(from) < loginWindow {
			n++
		}
		if n > maxLogins {
			t.Fatalf("%d logins in the 24 hours from %v", n, from)
		}
		if i > 0 && from.Sub(all[i-1]) < 5*time.Second {
			t.Fatalf("two logins within five seconds at %v", from)
		}
	}
	if len(all) < 7*maxLogins {
		t.Errorf("%d logins in a week; the budget allows %d", len(all), 7*maxLogins)
	}
}

func TestLoginBudgetForgivesTheStoreAndTheClock(t *testing.T) {
	log := testlog.New(io.Discard)
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	broken := errors.New("no disk")
	l := newLoginBudget(log, Logins{
		Load: func() ([]time.Time, error) { return nil, broken },
		Save: func([]time.Time) error { return broken },
	}, 5*time.Second)
	if err := l.add(now); err != nil {
		t.Error(err)
	}
	if got := l.count(now); got != 1 {
		t.Errorf("a broken store: counted %d, want 1", got)
	}
	l = newLoginBudget(log, Logins{
		Load: func() ([]time.Time, error) { return []time.Time{now.AddDate(10, 0, 0)}, nil },
		Save: func([]time.Time) error { return nil },
	}, 5*time.Second)
	if got := l.wait(now, l.before); got != 0 {
		t.Errorf("a login in the future: wait %v, want none", got)
	}
}
