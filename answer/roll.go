package answer

import (
	"context"
	"sync"
)

// roll is who speaks in all articles. They are counted in the background, so that who
// types a name waits for it once at most, however soon the time to answer him is over;
// what was counted of the library before serves until then.
type roll struct {
	mu     sync.Mutex
	list   []Speaker
	before []Speaker     // of another library; nil for none
	err    error         // why they could not be counted
	done   chan struct{} // closed when list or err is there; nil before that is begun
}

// begun begins to count, or counts anew where that failed, and returns what is closed at
// the end.
func (r *roll) begun(l *Library) <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.done != nil && r.err == nil {
		return r.done
	}
	done := make(chan struct{})
	r.done, r.err = done, nil
	if !l.background.begin(func(ctx context.Context) {
		defer close(done)
		list, err := l.allSpeakers(ctx)
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.list, r.err = list, err; err == nil {
			r.before = nil
		}
	}) {
		r.err = context.Canceled
		close(done)
	}
	return done
}

// get waits for the list.
func (r *roll) get(ctx context.Context, l *Library) ([]Speaker, error) {
	select {
	case <-r.begun(l):
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.list, r.err
}

// known returns the list as far as it is there, nil where none is.
func (r *roll) known() []Speaker {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.list != nil {
		return r.list
	}
	return r.before
}

// counted returns it for a library of the same articles that lie elsewhere.
func (r *roll) counted() *roll {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.list != nil {
		return r
	}
	return &roll{before: r.before}
}

// after takes over what is known of the library before.
func (r *roll) after(old *roll) {
	if r == old {
		return
	}
	known := old.known()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.list == nil {
		r.before = known
	}
}
