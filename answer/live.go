package answer

import (
	"sync"
	"sync/atomic"

	"footnote/answer/shelf"
)

// Live holds the library that answers now and lets it be replaced while
// questions are being answered. The zero value holds nothing; use [NewLive].
type Live struct {
	mu      sync.Mutex // serialises Swap and Close
	current atomic.Pointer[held]
	closed  atomic.Bool
}

// held is a library with the number of those who use it. It starts at one,
// the reference of Live itself; at zero the library is closed.
type held struct {
	lib  *Library
	refs atomic.Int64
}

// NewLive returns a Live that answers from lib.
func NewLive(lib *Library) *Live {
	l := &Live{}
	l.current.Store(hold(lib))
	return l
}

func hold(lib *Library) *held {
	h := &held{lib: lib}
	h.refs.Store(1)
	return h
}

// Use returns the current library. The caller calls done when it has finished
// with it; until then the library stays open, even when it is replaced. After
// Close it returns the last library, which holds its articles still and may
// find nothing in them.
func (l *Live) Use() (lib *Library, done func()) {
	for {
		h := l.current.Load()
		n := h.refs.Load()
		if n > 0 && h.refs.CompareAndSwap(n, n+1) {
			return h.lib, sync.OnceFunc(h.release)
		}
		// Zero means that it was closed since the load above: replaced, or for good.
		if n == 0 && l.closed.Load() {
			return h.lib, func() {}
		}
	}
}

// Swap makes lib, which nobody uses yet, the current library and closes the old
// one as soon as nobody uses it any more. After Close it closes lib at once.
func (l *Live) Swap(lib *Library) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed.Load() {
		lib.Close()
		return
	}
	old := l.current.Load()
	lib.desk = old.lib.desk
	lib.speakers.after(old.lib.speakers)
	lib.suggestAs(old.lib)
	l.current.Store(hold(lib))
	old.release()
}

// Close closes the current library as soon as nobody uses it any more. A
// second call does nothing.
func (l *Live) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed.Swap(true) {
		l.current.Load().release()
	}
}

func (h *held) release() {
	if h.refs.Add(-1) == 0 {
		h.lib.Close()
	}
}

// Empty returns a library without any article, for when the last one is taken
// away while questions come in.
func Empty() (*Library, error) {
	const language = "en"
	l, err := newLibrary(shelf.Nothing(), nil)
	if err != nil {
		return nil, err
	}
	l.languages = []string{language}
	return l, nil
}
