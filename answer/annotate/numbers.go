package annotate

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"footnote/answer/words"
	"footnote/corpus"
)

// thousands are the spaces that may stand between groups of three digits.
var thousands = map[string]bool{" ": true, "\u00a0": true, "\u2009": true, "\u202f": true}

// plainDigits returns a word with the digits of any script, and the signs between
// them, as those of English.
func plainDigits(word string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf:
			return r
		case r == '٬':
			return ','
		case r == '٫':
			return '.'
		case unicode.IsDigit(r):
			return '0' + digitOf(r)
		}
		return r
	}, word)
}

// digitOf returns what a digit of any script stands for. Unicode keeps the ten of
// a script together, and scripts side by side by whole tens.
func digitOf(r rune) rune {
	for _, span := range unicode.Nd.R16 {
		if r >= rune(span.Lo) && r <= rune(span.Hi) {
			return (r - rune(span.Lo)) % 10
		}
	}
	for _, span := range unicode.Nd.R32 {
		if r >= rune(span.Lo) && r <= rune(span.Hi) {
			return (r - rune(span.Lo)) % 10
		}
	}
	return 0 // unreachable: unicode.IsDigit reads the same table
}

// parseDigits returns what a word that begins with a digit stands for, and what
// is written together with it: "5bn" is 5 and bn. It fails where the signs between
// the digits can be read in more than one way.
func parseDigits(word string) (value float64, suffix string, ok bool) {
	word = plainDigits(word)
	digits := word[:len(word)-len(strings.TrimLeft(word, "0123456789.,'"))]
	suffix = word[len(digits):]
	digits = strings.TrimRight(digits, ".,'")
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	switch {
	case strings.Contains(fraction, "."): // "1.200.000"
		whole, fraction = strings.ReplaceAll(digits, ".", "'"), ""
	case strings.ContainsAny(fraction, ",'"), hasFraction && len(fraction) == 3 && fraction[2] == '0' && whole != "0": // "1.200" may be a thousand
		return 0, suffix, false
	}
	groups := strings.FieldsFunc(whole, func(r rune) bool { return r == ',' || r == '\'' })
	for n, group := range groups[min(1, len(groups)):] {
		if last := n == len(groups)-2; len(group) != 3 && (last || len(group) != 2) { // "12,50,000" is a million and a quarter
			return 0, suffix, false
		}
	}
	value, err := strconv.ParseFloat(strings.Join(groups, "")+"."+fraction, 64)
	return value, suffix, err == nil
}

// WidenSigns takes in what is written with a number: the sign or code of a
// currency before or behind it, "US$", "EUR", and per cent, degrees or "+" behind.
func (p *Doc) WidenSigns(s *Sentence, span corpus.Span) corpus.Span {
	text := p.Article.Text
	before := text[s.Start:span.Start]
	if r, size := utf8.DecodeLastRuneInString(before); unicode.Is(unicode.Sc, r) {
		before = before[:len(before)-size]
		if state := strings.TrimRightFunc(before, unicode.IsUpper); len(before)-len(state) <= 2 { // US$, A$
			before = state
		}
		span.Start = s.Start + len(before)
	} else if code := codeBefore(before); code > 0 {
		span.Start -= code
	}
	behind := text[span.End:s.End]
	rest := strings.TrimLeft(behind, " \u00a0\u202f")
	r, size := utf8.DecodeRuneInString(rest)
	next, nextSize := utf8.DecodeRuneInString(rest[min(size, len(rest)):])
	switch {
	case r == '°' || r == 'º':
		after := strings.TrimLeft(rest[size:], " ")
		if after != "" && (after[0] == 'C' || after[0] == 'F') && (len(after) == 1 || !unicode.IsLetter(rune(after[1]))) {
			size = len(rest) - len(after) + 1
		}
	case r == '%' || r == '+' && len(rest) == len(behind):
	case unicode.Is(unicode.Sc, r) && (nextSize == 0 || !unicode.IsDigit(next)):
	default:
		return span
	}
	span.End += len(behind) - len(rest) + size
	return span
}

// CodeBefore reports whether the code of a currency stands before token k.
func (p *Doc) CodeBefore(s *Sentence, k int) bool {
	return codeBefore(p.Article.Text[s.Start:s.Tokens[k].Start]) > 0
}

// codeBefore returns how many bytes at the end of a text are the code of a
// currency and a space: "EUR ".
func codeBefore(text string) int {
	const size = 3
	code := strings.TrimRight(text, " \u00a0\u202f")
	if len(code) == len(text) || len(code) < size || len(code) > size && !strings.ContainsAny(code[len(code)-size-1:len(code)-size], " (–-\n") {
		return 0
	}
	letters := code[len(code)-size:]
	if strings.ToUpper(letters) != letters || !Currencies[strings.ToLower(letters)] {
		return 0
	}
	return len(text) - len(code) + size
}

// CountedTo returns the last token of what a number counts: the unit behind it, or
// up to two words, "suspected fighters".
func (p *Doc) CountedTo(s *Sentence, last int, w *words.Words) int {
	if n := p.unitBehind(s, last, w); n > 0 {
		return last + n
	}
	for n := 0; n < 2 && last+1 < len(s.Tokens); n++ {
		next := s.Tokens[last+1]
		word := p.Word(next)
		if p.Gap(s.Tokens[last], next) != " " || next.Class.Is(Stop|Number|Weekday|Month) || dateWords[word] || p.PastBehind(s, last+1, w) {
			break
		}
		last++
		if Plural(word) {
			break // "42,000 houses east of it"
		}
	}
	return last
}

// unitBehind returns how many tokens behind token last are a unit of measure:
// "kg", "square kilometres", "km/h".
func (p *Doc) unitBehind(s *Sentence, last int, w *words.Words) int {
	const longest = 3
	for n := min(longest, len(s.Tokens)-1-last); n > 0; n-- {
		first, end := s.Tokens[last+1], s.Tokens[last+n]
		if gap := p.Gap(s.Tokens[last], first); !thousands[gap] && gap != "" {
			return 0
		}
		if _, ok := w.Unit(strings.ToLower(p.Article.Text[first.Start:end.End])); ok {
			return n
		}
	}
	return 0
}

// Measures returns the word behind a figure that says which way it measures: "long"
// of "1.2 km long"; "" where there is none.
func (p *Doc) Measures(f *Figure) string {
	s := &p.Sentences[f.Sentence]
	const most = 3 // words of a unit
	for k := f.Last + 1; k < len(s.Tokens) && k <= f.Last+most; k++ {
		word := p.Word(s.Tokens[k])
		if gap := strings.TrimLeft(p.Gap(s.Tokens[k-1], s.Tokens[k]), " -%°\u00a0"); gap != "" || s.Tokens[k].Class.Is(Stop|Number) {
			return ""
		}
		if Dimensions[word] {
			return word
		}
	}
	return ""
}

// Dimensions are the ways to measure a thing.
var Dimensions = words.Set(`long wide high tall deep thick broad old`)

// PastForm reports whether a word looks like a past form of a verb, which
// ends what a number counts: "120,000 displaced".
func (p *Doc) PastForm(t Token) bool {
	w := p.Word(t)
	return !t.Class.Is(Named|Capital) && strings.HasSuffix(w, "ed") && !slices.Contains([]string{"suspected", "armed", "wounded", "injured"}, w)
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

// onlyDigits reports whether a word is digits alone.
func onlyDigits(word string) bool { return word != "" && strings.Trim(word, "0123456789") == "" }

// digits returns what the word in digits at token k stands for, with what is
// written together with it: "5bn", "5km".
func (f *figurer) digits(s *Sentence, k int) (float64, bool) {
	value, suffix, ok := parseDigits(f.word(s, k))
	if !ok || suffix == "" {
		return value, ok
	}
	n, isNumber := f.w.Number(suffix)
	switch {
	case isNumber && n.Kind == words.Multiplier:
		return value * n.Value, true
	case suffix == "k":
		return value * 1e3, true
	case suffix == "m" && !f.money(s, k):
		return 0, false // metres or millions
	case suffix == "m", suffix == "mn":
		return value * 1e6, true
	case suffix == "b":
		return value * 1e9, f.money(s, k)
	}
	_, isUnit := f.w.Unit(suffix)
	return value, isUnit || Currencies[suffix] || unitSigns[suffix]
}

// unitSigns are units that are written together with a number, besides those of
// the word lists.
var unitSigns = words.Set(`mph kph kmh kw mw gw kwh mwh gwh hz khz mhz ghz kb mb gb tb c f`)

// money reports whether the number at token k is a sum, or counts people: then m
// behind it means millions, not metres.
func (f *figurer) money(s *Sentence, k int) bool {
	before := f.p.Article.Text[s.Start:s.Tokens[k].Start]
	if r, _ := utf8.DecodeLastRuneInString(before); unicode.Is(unicode.Sc, r) || f.p.CodeBefore(s, k) {
		return true
	}
	return f.word(s, k+1) == "people" || f.unit(s, k) > 0
}
