package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// The shortest and the longest word, in bytes, that a repair is tried for.
const (
	leastMisspelt   = 4
	longestMisspelt = 24
)

// respell returns the word of the library that a misspelt word was likely
// meant to be, or "" when the word is known or nothing is near: at most one
// slip in words of four or five letters, two in longer ones (Damerau 1964),
// or the same letters in another order, and the same first letter.
func (l *Library) respell(w string) string {
	if len(w) < leastMisspelt || len(w) > longestMisspelt || l.vocabulary.has(w) || l.words.Common(w) || strings.ContainsAny(w, "0123456789'.") {
		return ""
	}
	best, bestDistance, bestCount := "", 3, uint32(0)
	for _, first := range firsts(w) {
		for length := len(w) - 2; length <= len(w)+2; length++ {
			for _, i := range l.vocabulary.byLen[lengthAndFirst{length, first}] {
				candidate, count := l.vocabulary.words[i], l.vocabulary.uses[i].count
				d := distance(w, candidate, 2)
				if d == 2 && (len(w) < 6 || len(candidate) < 5) {
					if !sameLetters(w, candidate) {
						continue
					}
				}
				if d > 2 {
					continue
				}
				if d < bestDistance || d == bestDistance && count > bestCount {
					best, bestDistance, bestCount = candidate, d, count
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
