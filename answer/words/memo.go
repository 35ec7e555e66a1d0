package words

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync/atomic"
)

// known is all that is looked up of a single word again and again. A text has
// few different words, and each is asked about dozens of times.
type known struct {
	word     string
	keys     []string // of keysOf
	key      string
	lemma    string
	inPhrase string // of the word folded and in lower case
	longest  int    // words of the longest phrase that begins with it
	number   Number
	isNumber bool
	date     Date
	isDate   bool
	cue      *Cue   // nil where it is none
	title    *Title // nil where it is none
	unit     *Unit  // nil where it is none
	hedge    Hedge
	negation bool
	deeds    []*Deed
	places   []*Place
	orgs     []*Organisation
}

// memo keeps what is known of words that were asked about. A word has one place, which
// it shares with others: the last one asked about has it, so that the memo never grows.
type memo struct {
	seed   maphash.Seed
	places []atomic.Pointer[known]
	near   []atomic.Pointer[synonyms]
}

// synonyms are what may stand for a word.
type synonyms struct {
	word    string
	entries []Entry
}

const (
	memoPlaces  = 1 << 15 // the words of English text meet a place of their own nine times in ten
	nearPlaces  = 1 << 10 // of what may stand for a word, which takes more room
	longestKept = 40      // letters of a word that is kept
)

func newMemo() *memo {
	return &memo{seed: maphash.MakeSeed(), places: make([]atomic.Pointer[known], memoPlaces), near: make([]atomic.Pointer[synonyms], nearPlaces)}
}

// of returns what is known of a word; nil of a phrase and while the data files are read.
func (w *Words) of(word string) *known {
	if w.memo == nil || len(word) > longestKept || strings.IndexByte(word, ' ') >= 0 {
		return nil
	}
	place := &w.memo.places[maphash.String(w.memo.seed, word)%memoPlaces]
	if k := place.Load(); k != nil && k.word == word {
		return k
	}
	k := w.find(strings.Clone(word)) // or it would hold on to the text that it stands in
	place.Store(k)
	return k
}

// find looks everything up.
func (w *Words) find(word string) *known {
	k := &known{word: word, key: w.findKey(word), lemma: w.findLemma(word)}
	k.keys = slices.Clip(w.keysFrom(k.key))
	k.inPhrase = w.findInPhrase(strings.ToLower(w.fold(word)))
	k.longest = w.longest[k.inPhrase]
	k.hedge = w.hedges[k.key]
	k.date, k.isDate = w.dates[strings.ToLower(stripped(word))]
	for _, key := range k.keys {
		if n, ok := w.numbers[key]; ok && !k.isNumber {
			k.number, k.isNumber = n, true
		}
		if c := w.cues[key]; k.cue == nil {
			k.cue = c
		}
		if t := w.titles[key]; k.title == nil {
			k.title = t
		}
		if u := w.units[key]; k.unit == nil {
			k.unit = u
		}
		if _, ok := w.negations[key]; ok {
			k.negation = true
		}
		if k.places == nil {
			k.places = w.places[key]
		}
		if k.orgs == nil {
			k.orgs = w.orgs[key]
		}
	}
	k.deeds = slices.Clip(w.findDeeds(word))
	return k
}

// Look is what [Words.Number], [Words.Date], [Words.Hedge] and [Words.Negation] tell
// of a word, in one.
type Look struct {
	Number   Number
	IsNumber bool
	Date     Date
	IsDate   bool
	Hedge    Hedge
	Negation bool
}

// Look looks a word up.
func (w *Words) Look(word string) (l Look) {
	if k := w.of(word); k != nil {
		return Look{k.number, k.isNumber, k.date, k.isDate, k.hedge, k.negation}
	}
	l.Number, l.IsNumber = w.Number(word)
	l.Date, l.IsDate = w.Date(word)
	l.Hedge, l.Negation = w.Hedge(word), w.Negation(word)
	return l
}

// Synonyms returns the words and phrases that may stand for a word or phrase,
// the likeliest first, those of equal weight in alphabetical order. It looks up
// the word as written and its lemma; a name leads on from a country's other names
// to its seat, a little less surely, so that "US" finds "Washington". The caller
// must not change them.
func (w *Words) Synonyms(word string) []Entry {
	if w.memo == nil || len(word) > longestKept {
		return w.findSynonyms(word)
	}
	place := &w.memo.near[maphash.String(w.memo.seed, word)%nearPlaces]
	if s := place.Load(); s != nil && s.word == word {
		return s.entries
	}
	s := &synonyms{word: strings.Clone(word), entries: slices.Clip(w.findSynonyms(word))}
	place.Store(s)
	return s.entries
}

// stripped is the word without what differs between writings of it.
func stripped(s string) string {
	if strings.IndexFunc(s, marked) >= 0 {
		return strip.Replace(s)
	}
	return s
}
