package handlers

import (
	"strconv"
	"strings"
	"sync"
	"time"
	"weak"

	"footnote/answer"
)

// maxKeptPages is how many lists are remembered by where their pages begin.
const maxKeptPages = 256

// pageStarts remembers where the pages of lists begin: to know, every entry has to be
// written, and whoever turns a page wants only those of one. It holds numbers
// alone, of the library that was last asked.
type pageStarts struct {
	mu     sync.Mutex
	of     weak.Pointer[answer.Library]
	starts map[string][]int
}

// get returns where the pages of a list begin, which work finds out where it is
// not known.
func (k *pageStarts) get(lib *answer.Library, list string, work func() ([]int, error)) ([]int, error) {
	if k == nil {
		return work()
	}
	of := weak.Make(lib)
	k.mu.Lock()
	if k.of != of || len(k.starts) >= maxKeptPages {
		k.of, k.starts = of, map[string][]int{}
	}
	starts, ok := k.starts[list]
	k.mu.Unlock()
	if ok {
		return starts, nil
	}
	starts, err := work()
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == of {
		k.starts[list] = starts
	}
	return starts, nil
}

// keptAs names a list for [pageStarts]: by what is listed, under which head, how much
// of it, in which language, by the room, and by the day, since it tells how old things are.
func (p *page) keptAs(what, head string, size int) string {
	// Its hash: who asked what is not kept.
	return answer.Hash(strings.Join([]string{what, head, p.language.String(), p.now.UTC().Format(time.DateOnly), strconv.Itoa(p.room()), strconv.Itoa(size)}, "\n"))
}

// kept is what remembers the pages of a list: nothing where it has only one.
func (p *page) kept(l listing) *pageStarts {
	if l.what == "" {
		return nil
	}
	return p.starts
}
