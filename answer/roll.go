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
	count  *tally    // nil before it is begun
	before []Speaker // of another library; nil for none
}

// tally is who speaks; list and err, which says why they could not be counted, are there
// once done is closed.
type tally struct {
	done chan struct{}
	list []Speaker
	err  error
}

// over reports whether a count came to its end.
func (t *tally) over() bool {
	if t == nil {
		return false
	}
	select {
	case <-t.done:
		return true
	default:
		return false
	}
}

// begun begins to count, or counts anew where that failed.
func (r *roll) begun(l *Library) *tally {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count != nil && !(r.count.over() && r.count.err != nil) {
		return r.count
	}
	t := &tally{done: make(chan struct{})}
	r.count = t
	if !l.background.begin(func(ctx context.Context) {
		defer close(t.done)
		t.list, t.err = l.allSpeakers(ctx)
	}) {
		t.err = context.Canceled
		close(t.done)
	}
	return t
}

// get waits for the list.
func (r *roll) get(ctx context.Context, l *Library) ([]Speaker, error) {
	t := r.begun(l)
	select {
	case <-t.done:
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return t.list, t.err
}

// known returns the list as far as it is there, nil where none is.
func (r *roll) known() []Speaker {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count.over() && r.count.err == nil {
		r.before = nil
		return r.count.list
	}
	return r.before
}

// counted returns it for a library of the same articles that lie elsewhere.
func (r *roll) counted() *roll {
	known := r.known()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count.over() && r.count.err == nil {
		return r
	}
	return &roll{before: known}
}

// after takes over what is known of the library before.
func (r *roll) after(old *roll) {
	if r == old {
		return
	}
	known := old.known()
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(known) > 0 { // nobody spoke: the library before may have been empty
		r.before = known
	}
}
