package shelf

import (
	"hash/maphash"
	"iter"
	"strings"
	"sync"
	"sync/atomic"
)

// Vocabulary is what words a library holds, for repairing misspelt ones and for
// looking for none that is not there. It is looked up in the tables of the library's
// segments, which are never put together. It is safe for concurrent use.
type Vocabulary struct {
	tables []*wordTable
	less   []*wordTable // of the articles that the tables have and the library has not
	seed   maphash.Seed
	known  []atomic.Pointer[knownWord] // each word has one place, which it shares with others

	mu    sync.Mutex
	alike map[lengthAndFirst][]knownWord // the words of so many bytes that begin with one
}

// knownWord is a string that was looked up.
type knownWord struct {
	word string
	use  use
}

// knownPlaces is how many strings are kept that were looked up last: of what questions
// may mean, most is looked up for many of them.
const knownPlaces = 1 << 13

// LeastMisspelt is the shortest word, in bytes, that is taken for a misspelt one.
const LeastMisspelt = 4

type lengthAndFirst struct {
	length int
	first  byte
}

func newVocabulary(tables, less []*wordTable) *Vocabulary {
	return &Vocabulary{tables: tables, less: less, seed: maphash.MakeSeed(), known: make([]atomic.Pointer[knownWord], knownPlaces), alike: map[lengthAndFirst][]knownWord{}}
}

// All goes through the words that are so many bytes long and begin with the byte, in
// their order, with how often each stands in sentences.
func (v *Vocabulary) All(length int, first byte) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for _, w := range v.allOf(lengthAndFirst{length, first}) {
			if !yield(w.word, int(w.use.count)) {
				return
			}
		}
	}
}

func (v *Vocabulary) allOf(k lengthAndFirst) []knownWord {
	if k.length < LeastMisspelt {
		return nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	all, ok := v.alike[k]
	if ok {
		return all
	}
	begin := make([]byte, k.length)
	begin[0] = k.first
	eachWord(v.tables, v.less, begin, func(s []byte, u use) bool {
		if len(s) != k.length || s[0] != k.first {
			return false
		}
		if u.count > 0 {
			all = append(all, knownWord{string(s), u})
		}
		return true
	})
	v.alike[k] = all
	return all
}

// of returns how a string is used.
func (v *Vocabulary) of(s string) use {
	place := &v.known[maphash.String(v.seed, s)%knownPlaces]
	if k := place.Load(); k != nil && k.word == s {
		return k.use
	}
	k := &knownWord{word: strings.Clone(s)}
	b := []byte(s)
	for _, t := range v.tables {
		k.use.add(t.of(b))
	}
	for _, t := range v.less {
		k.use.subtract(t.of(b))
	}
	place.Store(k)
	return k.use
}

// Has reports whether w is a word of a sentence in the library.
func (v *Vocabulary) Has(w string) bool { return v.of(w).count > 0 }

// Name reports whether a word is part of a name in the library.
func (v *Vocabulary) Name(w string) bool { return v.of(w).names > 0 }

// Means reports whether some sentence or heading of the library means a string,
// be it a word, an analysed form, or what it means without saying so.
func (v *Vocabulary) Means(s string) bool { return v.of(s).articles > 0 }
