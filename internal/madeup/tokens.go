package madeup

import (
	"slices"
	"strings"
	"unicode"
)

func list(s string) []string { return strings.Fields(s) }

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// tokens cuts a sentence into words, numbers and what stands between.
func tokens(s string) (toks []string) {
	kindOf := func(r rune) int {
		switch {
		case unicode.IsLetter(r):
			return 1
		case r >= '0' && r <= '9':
			return 2
		}
		return 0
	}
	from, last := 0, -1
	for i, r := range s {
		if k := kindOf(r); k != last {
			if i > from {
				toks = append(toks, s[from:i])
			}
			from, last = i, k
		}
	}
	if from < len(s) {
		toks = append(toks, s[from:])
	}
	return toks
}

func isWord(s string) bool {
	for _, r := range s {
		return unicode.IsLetter(r)
	}
	return false
}

func isNumber(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func shapeOf(word string) shape {
	r := []rune(word)
	switch {
	case !unicode.IsUpper(r[0]):
		return lower
	case len(r) > 1 && strings.ToUpper(word) == word:
		return shouted
	}
	return capital
}

// nounAt reports whether the word stands where a noun does: behind an article and before what ends it.
func nounAt(toks []string, i int) bool {
	if i < 2 || toks[i-1] != " " || !determiners[strings.ToLower(toks[i-2])] || shapeOf(toks[i]) != lower {
		return false
	}
	if i+1 == len(toks) {
		return true
	}
	gap := toks[i+1]
	return gap != " " && strings.ContainsAny(gap[:1], ",.;:?!") || gap == " " && i+2 < len(toks) && behindNoun[toks[i+2]]
}

// numberAt says what a number in digits is: the hour stays, and what numbers a list.
func numberAt(toks []string, i int) slot {
	gap := func(k int) string {
		if k < 0 || k >= len(toks) {
			return ""
		}
		return toks[k]
	}
	isMonth := func(k int) bool { return slices.Contains(months, strings.ToLower(gap(k))) }
	w := toks[i]
	switch {
	case i == 0, gap(i+1) == ":", gap(i-1) == ":", strings.HasPrefix(gap(i-1), "§"), isWord(gap(i + 1)), isWord(gap(i - 1)), gap(i+1) == "." && isNumber(gap(i+2)) && len(w) == 1:
		return plain
	case len(w) == 4 && w >= "1700" && w <= "2040":
		return year
	case len(w) < 3 && (isMonth(i+2) || isMonth(i-2)):
		return day
	case len(w) > 9:
		return plain
	}
	return digits
}
