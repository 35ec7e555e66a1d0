package eval

import (
	"strings"
	"unicode"
)

// normalise is SQuAD's answer normalisation: lower case, no punctuation, no
// English articles, single spaces (Rajpurkar et al. 2016, evaluate-v1.1).
func normalise(s string) []string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
	words := strings.Fields(s)
	kept := words[:0]
	for _, w := range words {
		if w != "a" && w != "an" && w != "the" {
			kept = append(kept, w)
		}
	}
	return kept
}

// exact reports whether the answer equals the gold text after normalisation.
func exact(answer, gold string) bool {
	return strings.Join(normalise(answer), " ") == strings.Join(normalise(gold), " ")
}

// f1 returns the harmonic mean of precision and recall over the words of
// answer and gold after normalisation, between 0 and 1.
func f1(answer, gold string) float64 {
	a, g := normalise(answer), normalise(gold)
	if len(a) == 0 || len(g) == 0 {
		if len(a) == len(g) {
			return 1
		}
		return 0
	}
	count := map[string]int{}
	for _, w := range g {
		count[w]++
	}
	same := 0
	for _, w := range a {
		if count[w] > 0 {
			count[w]--
			same++
		}
	}
	if same == 0 {
		return 0
	}
	p, r := float64(same)/float64(len(a)), float64(same)/float64(len(g))
	return 2 * p * r / (p + r)
}
