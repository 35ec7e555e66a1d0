package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
	"footnote/corpus"
)

// NumberRun returns the first and last token of the number at token k: all of
// its words, the other end of a range, and the hedge before it.
func (p *Doc) NumberRun(w *words.Words, s *Sentence, k int) (first, last int) {
	first, last = k, k
	digits := func(t Token) bool { return t.Class.Is(Number) || t.Class.Is(Year) }
	close := func(a, b int) bool {
		gap := p.Gap(s.Tokens[a], s.Tokens[b])
		return gap == " " || gap == "\u00a0" || gap == "\u202f" || gap == "–" || gap == "-"
	}
	for first > 0 && digits(s.Tokens[first-1]) && close(first-1, first) {
		first--
	}
	word := func(k int) string {
		if k < 0 || k >= len(s.Tokens) {
			return ""
		}
		return p.Word(s.Tokens[k])
	}
	grow := func() { // "20 million", "three and a half", "two thirds"
		for last+1 < len(s.Tokens) && close(last, last+1) {
			switch {
			case digits(s.Tokens[last+1]), parts[word(last+1)]:
				last++
			case word(last+1) == "and" && word(last+2) == "a" && (word(last+3) == "half" || word(last+3) == "quarter"):
				last += 3
			default:
				return
			}
		}
	}
	grow()
	if first > 0 && p.Word(s.Tokens[first-1]) == "between" && last+2 < len(s.Tokens) && p.Word(s.Tokens[last+1]) == "and" && digits(s.Tokens[last+2]) {
		last += 2
		grow()
		return first - 1, last
	}
	if first > 2 && p.Word(s.Tokens[first-1]) == "and" && digits(s.Tokens[first-2]) && p.Word(s.Tokens[first-3]) == "between" {
		return first - 3, last
	}
	// "40 to 50", "from ten to 32"; but "rose from 9 to 10" are two numbers.
	if last+2 < len(s.Tokens) && p.Word(s.Tokens[last+1]) == "to" && digits(s.Tokens[last+2]) && !s.Tokens[last+2].Class.Is(Year) {
		switch {
		case first == 0 || p.Word(s.Tokens[first-1]) != "from":
			last += 2
			grow()
		case first < 2 || !changes[w.Lemma(p.Word(s.Tokens[first-2]))]:
			last += 2
			grow()
			return first - 1, last
		}
	} else if first > 1 && p.Word(s.Tokens[first-1]) == "to" && digits(s.Tokens[first-2]) && !s.Tokens[first-2].Class.Is(Year) {
		if from := first - 2; from == 0 || p.Word(s.Tokens[from-1]) != "from" {
			first = from
		} else if from < 2 || !changes[w.Lemma(p.Word(s.Tokens[from-2]))] {
			return from - 1, last
		}
	}
	// "as many as", "up to", "no fewer than": the longest hedge that ends here.
	for n := 4; n > 0; n-- {
		if first < n {
			continue
		}
		var phrase []string
		for i := first - n; i < first; i++ {
			phrase = append(phrase, p.Word(s.Tokens[i]))
		}
		gap := strings.Trim(p.Gap(s.Tokens[first-1], s.Tokens[first]), " $€£¥")
		if gap == "" && limits(w.Hedge(strings.Join(phrase, " "))) {
			return first - n, last
		}
	}
	return first, last
}

// parts are the fractions that a number may stand before.
var parts = words.Set(`thirds quarters fifths sixths sevenths eighths ninths tenths`)

// changes are verbs behind which "from 9 to 10" tells of two numbers.
var changes = words.Set(`rise increase grow climb jump soar surge go move change fall drop decrease decline sink shrink cut reduce raise double slip`)

// limits reports whether a hedge says how exact a figure is.
func limits(h words.Hedge) bool { return h == words.AtLeast || h == words.AtMost || h == words.About }

// WidenSigns takes in the currency sign before and the per cent sign behind.
func (p *Doc) WidenSigns(s *Sentence, span corpus.Span) corpus.Span {
	text := p.Article.Text
	for _, sign := range []string{"$", "€", "£", "¥"} {
		if strings.HasSuffix(text[s.Start:span.Start], sign) {
			span.Start -= len(sign)
		}
	}
	if strings.HasPrefix(text[span.End:s.End], "%") {
		span.End++
	}
	return span
}

// CountedTo returns the last token of what a number counts: up to two words
// behind it, "suspected fighters".
func (p *Doc) CountedTo(s *Sentence, last int) int {
	for n := 0; n < 2 && last+1 < len(s.Tokens); n++ {
		next := s.Tokens[last+1]
		word := p.Word(next)
		if p.Gap(s.Tokens[last], next) != " " || next.Class.Is(Stop|Number|Weekday|Month) || p.PastForm(next) {
			break
		}
		last++
		if Plural(word) {
			break // "42,000 crowns last year"
		}
	}
	return last
}

// PastForm reports whether a word looks like a past form of a verb, which
// ends what a number counts: "120,000 displaced".
func (p *Doc) PastForm(t Token) bool {
	w := p.Word(t)
	return !t.Class.Is(Named|Capital) && strings.HasSuffix(w, "ed") && !slices.Contains([]string{"suspected", "armed", "wounded", "injured"}, w)
}

// PartOfName reports whether a number belongs to a name, as in "article 5".
func (p *Doc) PartOfName(s *Sentence, k int) bool {
	return s.Tokens[k].Class.Is(Named) || k > 0 && p.Gap(s.Tokens[k-1], s.Tokens[k]) == "-"
}

// Clock reports whether the number at token i is part of a time of day: 22:30,
// 10 pm, five to ten, shortly before eight.
func (p *Doc) Clock(s *Sentence, i int) bool {
	word := func(k int) string {
		if k < 0 || k >= len(s.Tokens) {
			return ""
		}
		return p.Word(s.Tokens[k])
	}
	if i > 0 && p.Gap(s.Tokens[i-1], s.Tokens[i]) == ":" || i+1 < len(s.Tokens) && p.Gap(s.Tokens[i], s.Tokens[i+1]) == ":" {
		return true
	}
	switch word(i + 1) {
	case "am", "pm", "a.m", "p.m", "o'clock", "gmt":
		return true
	}
	minutes := func(k int) bool { // "minutes past" and "past" behind token k, and an hour behind that
		if word(k) == "minutes" {
			k++
		}
		return (word(k) == "past" || word(k) == "to") && hours[word(k+1)] && !p.counted(s, k+2)
	}
	if minutes(i+1) && (word(i-1) == "at" || word(i-1) == "about" || word(i+1) == "minutes" || word(i+1) == "past") {
		return true
	}
	if !hours[word(i)] || p.counted(s, i+1) {
		return false
	}
	before := word(i - 1)
	if before == "about" || before == "around" || before == "shortly" {
		before = word(i - 2)
	}
	return clockPrepositions[before] || (before == "past" || before == "to") && (word(i-2) == "minutes" || s.Tokens[max(i-2, 0)].Class.Is(Number) && i >= 2 && (word(i-3) == "at" || word(i-1) == "past"))
}

// counted reports whether a word that can be counted stands at token k, right
// behind another.
func (p *Doc) counted(s *Sentence, k int) bool {
	if k >= len(s.Tokens) || p.Gap(s.Tokens[k-1], s.Tokens[k]) != " " {
		return false
	}
	switch p.Word(s.Tokens[k]) {
	case "local", "next", "last", "this", "yesterday", "today", "tonight":
		return false
	}
	return !s.Tokens[k].Class.Is(Stop | Weekday | Month | Number)
}

var (
	hours             = words.Set(`one two three four five six seven eight nine ten eleven twelve 1 2 3 4 5 6 7 8 9 10 11 12`)
	clockPrepositions = words.Set(`at before after until till`)
)
