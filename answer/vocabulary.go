package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// vocabulary is what words the library holds, for repairing misspelt ones.
type vocabulary struct {
	Words   []string         // lower case, sorted
	Count   []int            // how often each stands in the library
	terms   map[string]int32 // analysed forms, and all that a sentence means without saying so, numbered
	strings [][]int32        // of every article, the numbers of its strings
	Names   map[string]int   // words that stand with a capital in the middle of sentences: how often
	at      map[string]int
	byLen   map[lengthAndFirst][]int
}

type lengthAndFirst struct {
	length int
	first  byte
}

// newVocabulary gathers the words of the articles.
func newVocabulary(articles []*annotate.Doc) *vocabulary {
	count := map[string]int{}
	v := &vocabulary{Names: map[string]int{}, terms: map[string]int32{}}
	for _, p := range articles {
		ids := make([]int32, len(p.Strings))
		for i, s := range p.Strings {
			id, ok := v.terms[s]
			if !ok {
				id = int32(len(v.terms))
				v.terms[s] = id
			}
			ids[i] = id
		}
		v.strings = append(v.strings, ids)
		for i := range p.Sentences {
			for _, t := range p.Sentences[i].Tokens {
				count[p.Word(t)]++
				if t.Class.Is(annotate.Capital) && !t.Class.Is(annotate.Opening) && !t.Class.Is(annotate.Stop) || t.Class.Is(annotate.Named) && !t.Class.Is(annotate.Stop) {
					v.Names[p.Word(t)]++
				}
			}
		}
	}
	for w := range count {
		v.Words = append(v.Words, w)
	}
	slices.Sort(v.Words)
	for _, w := range v.Words {
		v.Count = append(v.Count, count[w])
	}
	v.index()
	return v
}

func (v *vocabulary) index() {
	v.at = make(map[string]int, len(v.Words))
	v.byLen = map[lengthAndFirst][]int{}
	for i, w := range v.Words {
		v.at[w] = i
		if len(w) >= 4 {
			k := lengthAndFirst{len(w), w[0]}
			v.byLen[k] = append(v.byLen[k], i)
		}
	}
}

func (v *vocabulary) has(w string) bool {
	_, ok := v.at[w]
	return ok
}

// name reports whether a word is part of a name in the library.
func (v *vocabulary) name(w string) bool { return v.Names[w] > 0 }

// longestMisspelt is the longest word, in bytes, that a repair is tried for.
const longestMisspelt = 24

// respell returns the word of the library that a misspelt word was likely
// meant to be, or "" when the word is known or nothing is near: at most one
// slip in words of four or five letters, two in longer ones (Damerau 1964),
// or the same letters in another order, and the same first letter.
func (l *Library) respell(w string) string {
	if len(w) < 4 || len(w) > longestMisspelt || l.vocabulary.has(w) || l.words.Common(w) || strings.ContainsAny(w, "0123456789'.") {
		return ""
	}
	best, bestDistance, bestCount := "", 3, 0
	for _, first := range firsts(w) {
		for length := len(w) - 2; length <= len(w)+2; length++ {
			for _, i := range l.vocabulary.byLen[lengthAndFirst{length, first}] {
				candidate := l.vocabulary.Words[i]
				d := distance(w, candidate, 2)
				if d == 2 && (len(w) < 6 || len(candidate) < 5) {
					if !sameLetters(w, candidate) {
						continue
					}
				}
				if d > 2 {
					continue
				}
				if d < bestDistance || d == bestDistance && l.vocabulary.Count[i] > bestCount {
					best, bestDistance, bestCount = candidate, d, l.vocabulary.Count[i]
				}
			}
		}
	}
	if bestDistance > 1 {
		if word := l.commonSlip(w); word != "" {
			return word
		}
	}
	return best
}

// commonSlip returns the everyday word that is one slip away from a misspelt
// word and that means something the library speaks of: letters swapped come
// first, then a letter too many, too few, or wrong.
func (l *Library) commonSlip(w string) string {
	try := func(s string) bool {
		return l.words.Common(s) && (l.vocabulary.has(s) || l.speaksOf(s))
	}
	for i := 1; i < len(w); i++ {
		if s := w[:i-1] + w[i:i+1] + w[i-1:i] + w[i+1:]; try(s) {
			return s
		}
	}
	for i := range w {
		if s := w[:i] + w[i+1:]; try(s) {
			return s
		}
	}
	for i := 1; i <= len(w); i++ {
		for c := byte('a'); c <= 'z'; c++ {
			if s := w[:i] + string(c) + w[i:]; try(s) {
				return s
			}
		}
	}
	for i := 1; i < len(w); i++ {
		for c := byte('a'); c <= 'z'; c++ {
			if s := w[:i] + string(c) + w[i+1:]; try(s) {
				return s
			}
		}
	}
	return ""
}

// speaksOf reports whether the library holds a word that may stand for w, or
// w says what a question asks for.
func (l *Library) speaksOf(w string) bool {
	if light[w] || annotate.Auxiliary[w] || focusKinds[w] != anything {
		return true
	}
	for _, e := range l.words.Synonyms(w) {
		if e.Weight >= words.WeightRelated && l.vocabulary.has(e.Word) {
			return true
		}
	}
	return false
}

// firsts returns the letters that the meant word may begin with: the first,
// or the second where the first two were swapped.
func firsts(w string) []byte {
	if w[1] != w[0] {
		return []byte{w[0], w[1]}
	}
	return []byte{w[0]}
}

func sameLetters(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// distance returns the number of letters to insert, delete, replace or swap
// with the neighbour to make a into b (restricted Damerau–Levenshtein), or
// limit+1 when it is more than limit.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	var before, prev, row [64]int
	if len(y) >= len(row) {
		return limit + 1
	}
	for j := range len(y) + 1 {
		prev[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		least := row[0]
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, prev = prev, row
	}
	return prev[len(y)]
}
