package annotate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"footnote/answer/words"
	"footnote/corpus"
)

// counts reports whether token k is a number that counts or measures.
func (f *figurer) counts(s *Sentence, k int) bool {
	p, t := f.p, s.Tokens[k]
	if f.isDated(k) || p.Clock(s, k) || t.Class.Is(Year) && !t.Class.Is(Number) || f.lists(s, k) {
		return false
	}
	word := f.word(s, k)
	if f.fraction(s, k) {
		return true
	}
	if f.dayOfMonth(s, k) || startsWithDigit(word) && (strings.HasSuffix(word, "am") || strings.HasSuffix(word, "pm")) {
		return false
	}
	if !f.digit(s, k) || t.Class.Is(Named) && !startsWithDigit(word) {
		return false
	}
	if ordinal(word) || named(f.p.Raw(t)) || k > 0 && f.identifies(s, k) {
		return false
	}
	switch word {
	case "one":
		return f.countsOne(s, k)
	case "both", "once", "double", "doubled", "nil", "pair", "trio", "quartet", "grand":
		return false
	case "half", "quarter":
		return f.portions(s, k)
	}
	if n, ok := f.w.Number(word); ok && n.Kind == words.Times && f.w.Lemma(word) != word {
		return false // "tripled to 36"
	}
	return !f.ordinalBehind(s, k)
}

// portions reports whether "half" or "quarter" at token k is a part of something,
// and not one of the two or four that a match or a year has: "the first half".
func (f *figurer) portions(s *Sentence, k int) bool {
	before := f.word(s, k-1)
	switch {
	case before == "and" && f.digit(s, k-2), before == "a" && f.word(s, k-2) == "and", before == "in" && f.word(s, k+1) != "a":
		return false
	case k+1 < len(s.Tokens) && f.p.Gap(s.Tokens[k], s.Tokens[k+1]) == "-", f.word(s, k+1) == "time", f.word(s, k+1) == "past":
		return false
	case k == 0, before == "a", limits(f.w.Hedge(before)):
		return true
	}
	return f.word(s, k) == "half" && (s.Tokens[k-1].Class.Is(Stop) || f.word(s, k+1) == "a" || f.word(s, k+1) == "of" || f.word(s, k+1) == "as") && before != "the" && !halves[before]
}

// halves are words before "half" that tell which of the two it is.
var halves = words.Set(`first second third fourth last latter other former final opening closing top bottom upper lower left right northern southern eastern western each every this that`)

// ordinalBehind reports whether the number at token k is the beginning of an
// ordinal: twenty-first.
func (f *figurer) ordinalBehind(s *Sentence, k int) bool {
	if startsWithDigit(f.word(s, k)) {
		return false
	}
	_, last := f.numeral(s, k)
	if f.word(s, last+1) == "and" {
		last++
	} else if !f.close(s, last) || f.p.Gap(s.Tokens[last], s.Tokens[last+1]) == " " && !f.multiplies(f.word(s, last)) {
		return false
	}
	n, ok := f.w.Number(f.word(s, last+1))
	return ok && n.Kind == words.Ordinal
}

// lists reports whether the number at token k only numbers a heading or an item:
// "3. The harbour".
func (f *figurer) lists(s *Sentence, k int) bool {
	if k > 0 || k+1 >= len(s.Tokens) || !startsWithDigit(f.word(s, 0)) {
		return false
	}
	gap := f.p.Gap(s.Tokens[0], s.Tokens[1])
	return strings.HasPrefix(gap, ".") || strings.HasPrefix(gap, ")") || strings.HasPrefix(gap, ":") && f.close(s, 0)
}

// dialled returns the last token of a number to dial that begins at token k: with
// a plus before it, or behind a word for it. It is -1 where there is none.
func (f *figurer) dialled(s *Sentence, k int) int {
	if !onlyDigits(f.word(s, k)) {
		return -1
	}
	if k > 0 && !strings.HasSuffix(strings.TrimRight(f.p.Article.Text[s.Start:s.Tokens[k].Start], "("), "+") && !dials[f.word(s, k-1)] && !(dials[f.word(s, k-2)] && s.Tokens[k-1].Class.Is(Stop)) || k == 0 {
		return -1
	}
	last := k
	for last+1 < len(s.Tokens) && onlyDigits(f.word(s, last+1)) && strings.Trim(f.p.Gap(s.Tokens[last], s.Tokens[last+1]), " ()-/.\u00a0") == "" {
		last++
	}
	const shortest = 5 // "call 40 men"
	if s.Tokens[last].End-s.Tokens[k].Start < shortest {
		return -1
	}
	return last
}

// dials are words before a number to dial.
var dials = words.Set(`call phone telephone tel dial fax hotline helpline ring text mobile`)

// limit returns how a figure bounds what it counts, by the hedge before or behind
// it, or behind what it counts: "40 people or more".
func (f *figurer) limit(s *Sentence, g *Figure) int {
	bound := func(from, to int) int {
		switch f.w.Hedge(f.phraseOf(s, from, to)) {
		case words.AtLeast:
			return 1
		case words.AtMost:
			return -1
		}
		return 0
	}
	for k := g.First + 1; k <= g.Last; k++ {
		if n := bound(g.First, k); n != 0 {
			return n
		}
	}
	last := g.Last
	for k := last + 1; k < len(s.Tokens) && g.Counts.Contains(corpus.Span{Start: s.Tokens[k].Start, End: s.Tokens[k].End}); k++ {
		last = k
	}
	for _, end := range []int{g.Last, last} {
		for k := max(end-3, g.First+1); k <= end+1; k++ {
			if n := f.hedgeBehind(s, k-1); n > 0 {
				return bound(k, k+n)
			}
		}
	}
	if strings.HasSuffix(f.p.Article.Text[g.Span.Start:g.Span.End], "+") {
		return 1
	}
	return 0
}

// dayOfMonth reports whether the number at token k is a day beside its month,
// which may be one that could not be put on a calendar.
func (f *figurer) dayOfMonth(s *Sentence, k int) bool {
	if word := f.word(s, k); len(word) > 2 || !onlyDigits(word) {
		return false
	}
	beside := func(a, b int) bool { return a >= 0 && b < len(s.Tokens) && f.p.Gap(s.Tokens[a], s.Tokens[b]) == " " }
	return beside(k, k+1) && s.Tokens[k+1].Class.Is(Month) || beside(k-1, k) && s.Tokens[k-1].Class.Is(Month) && !f.nounFollows(s, k)
}

// fraction reports whether token k is the fraction of "a third" or "two thirds",
// which is no ordinal there.
func (f *figurer) fraction(s *Sentence, k int) bool {
	word := strings.TrimSuffix(f.word(s, k), "s")
	switch word {
	case "third", "fifth", "quarter", "half":
	default:
		return false
	}
	before := f.word(s, k-1)
	if word == "half" || word == "quarter" && before == "a" {
		return before == "a" && word == "quarter" || (f.word(s, k+1) == "of" || limits(f.w.Hedge(before))) && f.portions(s, k)
	}
	n, isNumber := f.w.Number(before)
	if isNumber && n.Kind == words.Cardinal && strings.HasSuffix(f.word(s, k), "s") {
		return true
	}
	return before == "a" && (f.word(s, k+1) == "of" || f.word(s, k-2) == "than" || f.word(s, k-2) == "by")
}

// countsOne reports whether "one" at token k is a number: with a hedge before
// it, or before a noun that a verb or preposition could take as well in twos.
func (f *figurer) countsOne(s *Sentence, k int) bool {
	if f.word(s, k+1) == "and" && f.word(s, k+2) == "a" && (f.word(s, k+3) == "half" || f.word(s, k+3) == "quarter") {
		return true
	}
	before := f.word(s, k-1)
	if f.word(s, k+1) == "or" && f.digit(s, k+2) && !groups[f.word(s, k+2)] || f.word(s, k+1) == "or" && f.word(s, k+2) == "more" {
		return true // "one or two", "one or more"
	}
	if parts[f.word(s, k+1)+"s"] { // one third
		return true
	}
	if n, ok := f.w.Number(before); f.word(s, k+1) == "of" || ok && n.Kind == words.Ordinal {
		return false
	}
	if before != "only" && limits(f.w.Hedge(before)) || before == "least" || before == "than" {
		return true
	}
	if k+1 >= len(s.Tokens) || f.p.Gap(s.Tokens[k], s.Tokens[k+1]) != " " {
		return false
	}
	next := s.Tokens[k+1]
	if before == "only" || next.Class.Is(Stop|Capital|Named) || before == "the" || before == "this" || before == "that" || before == "no" || before == "any" ||
		before == "every" || before == "which" || before == "each" || before == "another" {
		return false
	}
	switch f.p.Word(next) {
	case "day", "side", "way", "another", "thing", "reason", "point", "hand", "example", "time", "such", "more", "side's":
		return false
	}
	return k > 0
}

// identifies reports whether the number at token k names rather than counts:
// "posts 542 and 543", "Apollo 13", "article 5".
func (f *figurer) identifies(s *Sentence, k int) bool {
	p := f.p
	gap := p.Gap(s.Tokens[k-1], s.Tokens[k])
	before := s.Tokens[k-1]
	switch {
	case gap == "-" && !before.Class.Is(Number):
		return true // Boeing-737
	case gap != " ":
		return false
	}
	if word := f.word(s, k-1); word == "and" || word == "or" || word == "to" { // "posts 542 and 543"
		return k > 1 && s.Tokens[k-2].Class.Is(Number) && f.identifiesAt(s, k-2) && !f.nounFollows(s, k)
	}
	return f.identifiesAt(s, k)
}

func (f *figurer) identifiesAt(s *Sentence, k int) bool {
	if k == 0 || f.p.Gap(s.Tokens[k-1], s.Tokens[k]) != " " {
		return false
	}
	before := s.Tokens[k-1]
	if f.p.CodeBefore(s, k) { // EUR 3,200
		return false
	}
	if f.p.Word(before) == "number" {
		return !f.nounFollows(s, k)
	}
	if !startsWithDigit(f.word(s, k)) {
		return false
	}
	if f.numbersThing(s, k) {
		return true
	}
	if before.Class.Is(Named) && (k+1 >= len(s.Tokens) || f.p.Gap(s.Tokens[k], s.Tokens[k+1]) != "–") { // Boeing 747, Ariane 5 rocket, but Belgium 1–0
		return !f.nounFollows(s, k) || !Plural(f.word(s, k+1)) && f.word(s, k+1) != "people"
	}
	word := f.p.Word(before)
	return (numbered[word] || numbered[strings.TrimSuffix(word, "s")]) && !f.nounFollows(s, k)
}

// numbersThing reports whether the number at token k tells which of several things
// of one name is meant: "the tall crane 2 was", with the thing before and its verb
// behind.
func (f *figurer) numbersThing(s *Sentence, k int) bool {
	const most = 3 // words of the thing
	next := f.word(s, k+1)
	if !onlyDigits(f.word(s, k)) || len(f.word(s, k)) > 3 || !Auxiliary[next] && !(k+1 < len(s.Tokens) && f.p.PastForm(s.Tokens[k+1])) || Plural(f.word(s, k-1)) {
		return false
	}
	for i := k - 1; i >= 0 && i >= k-1-most; i-- {
		switch f.word(s, i) {
		case "the", "this", "that":
			return i < k-1
		}
		if s.Tokens[i].Class.Is(Stop|Number) || i == k-1 && f.p.PastForm(s.Tokens[i]) || f.p.Gap(s.Tokens[i], s.Tokens[i+1]) != " " {
			return false
		}
	}
	return false
}

// nounFollows reports whether a word that could be counted follows token k.
func (f *figurer) nounFollows(s *Sentence, k int) bool {
	if k+1 >= len(s.Tokens) || f.p.Gap(s.Tokens[k], s.Tokens[k+1]) != " " {
		return false
	}
	next := s.Tokens[k+1]
	return !next.Class.Is(Stop|Number|Year|Month) && !f.p.PastForm(next)
}

// numbered are nouns that a number behind them names.
var numbered = words.Set(`post article page room gate route highway number no section chapter resolution flight bus line channel phase level version
	type platform street appendix item clause rule paragraph part episode season game round group stage table figure day form unit block floor
	zone ward district division category class grade station sector area site point camp car lane track bay hall pier case act chromosome project comet model size
	hurricane vitamin kilometre`)

func startsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

// ordinal reports whether a word is an ordinal in digits: 74th.
func ordinal(word string) bool {
	switch digits := strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyz"); word[len(digits):] {
	case "st", "nd", "rd", "th":
		return digits != ""
	}
	return false
}

// named reports whether a word of digits and capital letters is a name: 67P.
func named(raw string) bool {
	letters := strings.TrimLeft(raw, "0123456789")
	return letters != raw && letters != "" && letters == strings.ToUpper(letters) && unicode.IsUpper(rune(letters[0]))
}
