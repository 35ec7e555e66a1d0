package eval

import (
	"slices"
	"strings"
	"unicode"
)

// titles stand before names, or say what somebody is; a label leaves them out.
// The list is this package's own: what measures shares no words with what is
// measured.
var titles = strings.Fields("mr mrs ms miss dr prof professor sir dame lord lady judge justice president vice prime minister chancellor premier" +
	" senator governor mayor ambassador secretary general gen colonel col major maj captain capt lieutenant lt sergeant sgt commander" +
	" marshal admiral king queen prince princess pope spokesman spokeswoman spokesperson former")

// sameName reports whether two texts name the same: equal apart from case,
// titles, "the" and "'s"; the one a shorter form of the other, with the same
// last word; or the one the initials of the other.
func sameName(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	if len(x) == 0 || len(y) == 0 {
		return len(x) == len(y)
	}
	fx, fy := foldAll(x), foldAll(y)
	if len(fx) > len(fy) {
		fx, fy = fy, fx
	}
	if fx[len(fx)-1] == fy[len(fy)-1] && !slices.ContainsFunc(fx, func(w string) bool { return !slices.Contains(fy, w) }) {
		return true
	}
	return isInitials(x, y) || isInitials(y, x)
}

// nameWords returns the words of a name without "the" and titles before it.
// Of a text that is nothing but titles ("the prime minister") they are the
// description and stay.
func nameWords(s string) []string {
	s = strings.NewReplacer("’", "'", ".", "").Replace(s)
	var all []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		return r != '\'' && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
	}) {
		w = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(w, "'"), "'s"), "'")
		if w != "" {
			all = append(all, w)
		}
	}
	if len(all) > 1 && strings.EqualFold(all[0], "the") {
		all = all[1:]
	}
	bare := all
	for len(bare) > 0 && slices.Contains(titles, strings.ToLower(bare[0])) {
		bare = bare[1:]
	}
	if len(bare) == 0 {
		return all
	}
	return bare
}

func foldAll(words []string) []string {
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = strings.ToLower(w)
	}
	return folded
}

// isInitials reports whether short is one word of capitals that the words of
// long begin with, small words ("of") counted or not. A word that is itself
// capitals gives all its letters: UNHCR is the UN High Commissioner for Refugees.
func isInitials(short, long []string) bool {
	if len(short) != 1 || len(long) < 2 || len(short[0]) < 2 || !isCapitals(short[0]) {
		return false
	}
	var every, great strings.Builder
	for _, w := range long {
		first := string([]rune(w)[:1])
		if isCapitals(w) {
			first = w
		}
		every.WriteString(first)
		if isCapitals(first) {
			great.WriteString(first)
		}
	}
	return strings.EqualFold(short[0], every.String()) || short[0] == great.String()
}

func isCapitals(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsUpper(r) })
}
