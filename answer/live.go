package answer

import (
	"sync"
	"sync/atomic"
)

// Live holds the library that answers now and lets it be replaced while
// questions are being answered. The zero value holds nothing; use [NewLive].
type Live struct {
	mu      sync.Mutex // serialises Swap
	current atomic.Pointer[held]
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
// with it; until then the library stays open, even when it is replaced.
func (l *Live) Use() (lib *Library, done func()) {
	for {
		h := l.current.Load()
		n := h.refs.Load()
		// Zero means that it was replaced and closed since the load above.
		if n > 0 && h.refs.CompareAndSwap(n, n+1) {
			return h.lib, sync.OnceFunc(h.release)
		}
	}
}

// Swap makes lib the current library and closes the old one as soon as
// nobody uses it any more.
func (l *Live) Swap(lib *Library) {
	l.mu.Lock()
	defer l.mu.Unlock()
	old := l.current.Swap(hold(lib))
	old.release()
}

// Close closes the current library as soon as nobody uses it any more. Live
// must not be used afterwards.
func (l *Live) Close() { l.current.Load().release() }

func (h *held) release() {
	if h.refs.Add(-1) == 0 {
		h.lib.Close()
	}
}
