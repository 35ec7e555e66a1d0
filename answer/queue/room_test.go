package queue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Many come at once, each with so much patience, and each needs a second.
func TestRoom(t *testing.T) {
	for name, c := range map[string]struct {
		places, benches, come int
		patience              time.Duration
		served, refused       int
		last                  time.Duration // when the last one is served or refused
	}{
		"room for all":            {places: 2, benches: 10, come: 12, patience: time.Minute, served: 12, last: 6 * time.Second},
		"benches are full":        {places: 2, benches: 4, come: 20, patience: time.Minute, served: 6, refused: 14, last: 3 * time.Second},
		"nobody waits":            {places: 3, benches: 0, come: 5, patience: time.Minute, served: 3, refused: 2, last: time.Second},
		"patience ends":           {places: 1, benches: 10, come: 10, patience: 3500 * time.Millisecond, served: 4, refused: 6, last: 4 * time.Second},
		"no patience for waiting": {places: 1, benches: 10, come: 2, patience: 10 * time.Millisecond, served: 1, refused: 1, last: time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := NewRoom(c.places, c.benches)
				start := time.Now()
				var mu sync.Mutex
				served := make([]time.Duration, c.come) // since the start, in the order in which they came
				refused := 0
				var all sync.WaitGroup
				for i := range c.come {
					all.Go(func() {
						ctx, cancel := context.WithTimeout(t.Context(), c.patience)
						defer cancel()
						err := r.Enter(ctx)
						mu.Lock()
						if err == nil {
							served[i] = time.Since(start) + 1
						} else if refused++; !errors.Is(err, ErrBusy) {
							t.Errorf("refused by %v", err)
						}
						mu.Unlock()
						if err == nil {
							time.Sleep(time.Second)
							r.Leave()
						}
					})
					synctest.Wait() // they come one after another
				}
				if working, waiting := r.Load(); working != min(c.come, c.places) || waiting != min(c.come-c.places, c.benches) {
					t.Errorf("%d are worked on and %d wait", working, waiting)
				}
				all.Wait()
				served = slices.DeleteFunc(served, func(d time.Duration) bool { return d == 0 })
				if len(served) != c.served || refused != c.refused || time.Since(start) != c.last {
					t.Errorf("%d were served and %d refused in %v, want %d, %d, %v", len(served), refused, time.Since(start), c.served, c.refused, c.last)
				}
				if !slices.IsSorted(served) {
					t.Errorf("who came first was not served first: %v", served)
				}
				if working, waiting := r.Load(); working+waiting > 0 {
					t.Errorf("at the end %d are worked on and %d wait", working, waiting)
				}
			})
		})
	}
}

// Who is gone leaves the queue at once, and no place is lost by it.
func TestRoomCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := NewRoom(1, 2)
		if err := r.Enter(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		left := make(chan error, 2)
		for range 2 {
			go func() { left <- r.Enter(ctx) }()
		}
		synctest.Wait()
		if err := r.Enter(t.Context()); !errors.Is(err, ErrBusy) {
			t.Errorf("a third waited: %v", err)
		}
		start := time.Now()
		cancel()
		for range 2 {
			if err := <-left; !errors.Is(err, context.Canceled) || errors.Is(err, ErrBusy) {
				t.Errorf("it left with %v", err)
			}
		}
		if d := time.Since(start); d > 0 {
			t.Errorf("they left after %v", d)
		}
		if err := r.Enter(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("entered with a context that has ended: %v", err)
		}
		r.Leave()
		if err := r.Enter(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// answers answers questions in a second each, and counts how often.
type answers struct {
	*Kept[string, string]
	room *Room
	mu   sync.Mutex
	made map[string]int
}

func newAnswers(places, benches, size int) *answers {
	return &answers{Kept: NewKept[string, string](size), room: NewRoom(places, benches), made: map[string]int{}}
}

func (a *answers) ask(ctx context.Context, q string) (string, bool, error) {
	return a.Get(ctx, q, func() (string, error) {
		if err := a.room.Enter(ctx); err != nil {
			return "", err
		}
		defer a.room.Leave()
		time.Sleep(time.Second)
		a.mu.Lock()
		defer a.mu.Unlock()
		a.made[q]++
		return fmt.Sprintf("%s, %d", q, a.made[q]), nil
	})
}

// What is asked again, now or later, is worked out once, also where more ask than may wait.
func TestKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAnswers(1, 1, 2)
		var all sync.WaitGroup
		var fresh sync.Map
		for i := range 100 {
			all.Go(func() {
				v, is, err := a.ask(t.Context(), "why")
				if v != "why, 1" || err != nil {
					t.Errorf("got %q, %v", v, err)
				}
				if is {
					fresh.Store(i, true)
				}
			})
		}
		all.Wait()
		start, n := time.Now(), 0
		fresh.Range(func(any, any) bool { n++; return true })
		if v, is, err := a.ask(t.Context(), "why"); v != "why, 1" || is || n != 1 || err != nil || time.Since(start) > 0 {
			t.Errorf("afterwards got %q, %v in %v; it was made for %d", v, err, time.Since(start), n)
		}
		for _, q := range []string{"who", "why", "where", "why", "who"} { // "who" has given way to "where"
			if _, _, err := a.ask(t.Context(), q); err != nil {
				t.Error(err)
			}
		}
		if a.made["why"] != 1 || a.made["who"] != 2 || len(a.under) > 0 || a.known.Len() != 2 {
			t.Errorf("made %v; %d under way, %d kept", a.made, len(a.under), a.known.Len())
		}
	})
}

// An asker who is gone takes nobody's answer along, and no error is kept.
func TestKeptErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAnswers(1, 5, 5)
		if err := a.room.Enter(t.Context()); err != nil { // so that the others wait
			t.Fatal(err)
		}
		first, cancelFirst := context.WithCancel(t.Context())
		second, cancelSecond := context.WithCancel(t.Context())
		got := make(chan error, 2)
		go func() { _, _, err := a.ask(first, "why"); got <- err }()
		synctest.Wait()
		go func() { _, _, err := a.ask(second, "why"); got <- err }()
		third := make(chan string, 1)
		go func() { v, _, _ := a.ask(t.Context(), "why"); third <- v }()
		synctest.Wait()
		cancelSecond()
		if err := <-got; !errors.Is(err, context.Canceled) {
			t.Errorf("the second got %v", err)
		}
		cancelFirst()
		if err := <-got; !errors.Is(err, context.Canceled) {
			t.Errorf("the first got %v", err)
		}
		a.room.Leave()
		if v := <-third; v != "why, 1" {
			t.Errorf("the third got %q", v)
		}
		func() {
			defer func() { _ = recover() }()
			_, _, _ = a.Get(t.Context(), "when", func() (string, error) { panic("a made-up fault") })
		}()
		if v, _, err := a.ask(t.Context(), "when"); v != "when, 1" || err != nil {
			t.Errorf("after a panic got %q, %v", v, err)
		}
	})
}
