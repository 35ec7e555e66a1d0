package index

import "sync"

// frequencies remembers how many passages hold a term: the latest ones asked
// for, twice maxFrequencies at most.
type frequencies struct {
	mu         sync.Mutex
	young, old map[fieldTerm]int
}

type fieldTerm struct{ field, term string }

const maxFrequencies = 1 << 15

func (f *frequencies) get(field, term string) (int, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	k := fieldTerm{field, term}
	n, ok := f.young[k]
	if !ok {
		if n, ok = f.old[k]; ok {
			f.keep(k, n)
		}
	}
	return n, ok
}

func (f *frequencies) put(field, term string, n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.keep(fieldTerm{field, term}, n)
}

func (f *frequencies) keep(k fieldTerm, n int) {
	if len(f.young) >= maxFrequencies {
		f.young, f.old = nil, f.young
	}
	if f.young == nil {
		f.young = map[fieldTerm]int{}
	}
	f.young[k] = n
}
