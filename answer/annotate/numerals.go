package annotate

import (
	"strings"

	"footnote/answer/words"
)

// run returns the first and last token of the number at token k: all of its
// words, the other end of a range, and the hedge before or behind it.
func (f *figurer) run(s *Sentence, k int) (first, last int) {
	first, last = f.numeral(s, k)
	first, last = f.ranging(s, first, last)
	return f.hedged(s, first, last)
}

// numeral returns the first and last token of the number at token k, and of
// nothing beside it: "a hundred and twenty", "half a million", "20 million".
func (f *figurer) numeral(s *Sentence, k int) (first, last int) {
	first, last = k, k
	for first > 0 && f.digit(s, first-1) && f.close(s, first-1) {
		first--
	}
	for last+1 < len(s.Tokens) && f.close(s, last) {
		n := f.further(s, last)
		if n == 0 {
			break
		}
		last += n
	}
	if first > 0 && f.word(s, first-1) == "a" && f.close(s, first-1) && (f.multiplies(f.word(s, first)) || f.fraction(s, first)) {
		first--
	}
	return first, last
}

// further returns how many tokens behind token last belong to its number.
func (f *figurer) further(s *Sentence, last int) int {
	word, next := f.word(s, last), f.word(s, last+1)
	switch {
	case f.digit(s, last+1), parts[next], word == "one" && parts[next+"s"]: // "20 million", "two thirds"
		return 1
	case next == "odd" || next == "something", next == "fold": // "twenty-odd", "12-fold"
		if f.p.Gap(s.Tokens[last], s.Tokens[last+1]) == "-" {
			return 1
		}
	case word == "half" && next == "a" && f.multiplies(f.word(s, last+2)): // "half a million"
		return 2
	case portions[word] && next == "of" && f.word(s, last+2) == "a" && f.multiplies(f.word(s, last+3)):
		return 3
	case next == "and":
		return f.andMore(s, last)
	}
	return 0
}

// andMore returns how many tokens "and" behind token last adds to its number:
// "three and a half", "two and three quarters", "two hundred and five".
func (f *figurer) andMore(s *Sentence, last int) int {
	third, fourth := f.word(s, last+2), f.word(s, last+3)
	if third == "a" && (fourth == "half" || parts[fourth+"s"]) {
		return 3
	}
	if n, ok := f.w.Number(third); !ok || n.Kind != words.Cardinal || groups[third] || startsWithDigit(third) || !f.close(s, last+1) {
		return 0
	} else if m, ok := f.w.Number(f.word(s, last)); parts[fourth] {
		return 3
	} else if again, _ := f.w.Number(fourth); ok && m.Kind == words.Multiplier && m.Value >= 100 && n.Value < m.Value && again.Value != m.Value && !f.between(s, last) {
		return 2 // but "a hundred and two hundred" are two
	}
	return 0
}

// between reports whether the number that ends at token k is the lower end of
// "between a hundred and three thousand".
func (f *figurer) between(s *Sentence, k int) bool {
	for k >= 0 && (f.digit(s, k) || f.word(s, k) == "a") {
		k--
	}
	return f.word(s, k) == "between"
}

// ranging takes in the other end of a range: "40 to 50", "from ten to 32", "one
// or two", "between 10 and 12"; but "rose from 9 to 10" are two numbers.
func (f *figurer) ranging(s *Sentence, first, last int) (int, int) {
	switch joint := f.word(s, last+1); {
	case !f.digit(s, last+2) || s.Tokens[last+2].Class.Is(Year) || f.isDated(last+2):
	case f.word(s, first-1) == "between" && joint == "and":
		_, last = f.numeral(s, last+2)
		return first - 1, last
	case strings.Trim(f.p.Gap(s.Tokens[last], s.Tokens[last+1])+f.p.Gap(s.Tokens[last+1], s.Tokens[last+2]), " %\u00a0$€£¥") != "": // "70%, to $5"
	case joint == "or" && f.p.Gap(s.Tokens[last], s.Tokens[last+1]) == " " && !groups[f.word(s, last+2)], joint == "to" && f.word(s, first-1) != "from":
		_, last = f.numeral(s, last+2)
	case joint == "to" && !f.changed(s, first-1):
		_, last = f.numeral(s, last+2)
		return first - 1, last
	}
	return first, last
}

// hedged takes in the longest hedge right before a number or, of those that can
// follow one, behind it: "as many as 40", "40 or more".
func (f *figurer) hedged(s *Sentence, first, last int) (int, int) {
	const longest = 4
	for n := min(longest, first); n > 0; n-- {
		gap := strings.Trim(f.p.Gap(s.Tokens[first-1], s.Tokens[first]), " $€£¥")
		if gap == "" && limits(f.w.Hedge(f.phraseOf(s, first-n, first))) {
			first -= n
			break
		}
	}
	return first, last + f.hedgeBehind(s, last)
}

// hedgeBehind returns how many tokens behind token last are a hedge of the number
// that ends there. "40, at least 3 of them" hedges what comes.
func (f *figurer) hedgeBehind(s *Sentence, last int) int {
	const longest = 4
	if next := f.word(s, last+1); next != "or" && next != "at" || strings.TrimSpace(f.p.Gap(s.Tokens[last], s.Tokens[last+1])) != "" {
		return 0
	}
	for n := min(longest, len(s.Tokens)-1-last); n > 1; n-- {
		if limits(f.w.Hedge(f.phraseOf(s, last+1, last+1+n))) && !f.digit(s, last+1+n) {
			return n
		}
	}
	return 0
}

// phraseOf returns the words of tokens from to to, to left out.
func (f *figurer) phraseOf(s *Sentence, from, to int) string {
	var phrase []string
	for k := from; k < to; k++ {
		phrase = append(phrase, f.word(s, k))
	}
	return strings.Join(phrase, " ")
}

// digit reports whether token k is a number, in digits or words.
func (f *figurer) digit(s *Sentence, k int) bool {
	return k >= 0 && k < len(s.Tokens) && s.Tokens[k].Class.Is(Number|Year) && !scoring[f.word(s, k)]
}

// close reports whether token k+1 stands so near token k that both can be words
// of one number.
func (f *figurer) close(s *Sentence, k int) bool {
	if k < 0 || k+1 >= len(s.Tokens) {
		return false
	}
	gap := f.p.Gap(s.Tokens[k], s.Tokens[k+1])
	return thousands[gap] || gap == "–" || gap == "-"
}

// multiplies reports whether a word multiplies the number before it: million.
func (f *figurer) multiplies(word string) bool {
	n, ok := f.w.Number(word)
	return ok && n.Kind == words.Multiplier && !scoring[word]
}

var (
	// parts are the fractions that a number may stand before.
	parts = words.Set(`thirds quarters fifths sixths sevenths eighths ninths tenths`)
	// portions are what "of a million" may follow.
	portions = words.Set(`half quarter quarters third thirds`)
	// scoring are words for a score of points far oftener than for twenty.
	scoring = words.Set(`score scored scoring`)
	// groups are numbers that only ever stand alone.
	groups = words.Set(`both pair trio quartet zero nil nought`)
)

// limits reports whether a hedge says how exact a figure is.
func limits(h words.Hedge) bool {
	return h == words.AtLeast || h == words.AtMost || h == words.About || h == words.Focus
}
