package annotate

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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
		return thousands[gap] || gap == "–" || gap == "-"
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
			case word(last) == "half" && word(last+1) == "a" && multiplies(w, word(last+2)): // "half a million"
				last += 2
			case portions[word(last)] && word(last+1) == "of" && word(last+2) == "a" && multiplies(w, word(last+3)):
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

// portions are what "of a million" may follow.
var portions = words.Set(`half quarter quarters third thirds`)

// multiplies reports whether a word multiplies the number before it: million.
func multiplies(w *words.Words, word string) bool {
	n, ok := w.Number(word)
	return ok && n.Kind == words.Multiplier
}

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

// reading is what the words of a number have told so far.
type reading struct {
	values   []float64 // the numbers that are read to their end
	current  float64
	inNumber bool
	scale    float64 // what current was multiplied with last
	dashed   bool    // a dash joins two of the values
	grouped  bool    // current is digits that a group of three more may go on with
	unclear  bool    // something cannot be read, or is a list
}

// end ends the number at hand.
func (r *reading) end() {
	if r.inNumber {
		r.values = append(r.values, r.current)
	}
	r.current, r.inNumber, r.scale = 0, false, 1
	r.grouped = false
}

// begin begins a number. Right behind another it is the end of a range where a
// dash stands between, and of a list elsewhere.
func (r *reading) begin(value float64, gap string) {
	if r.inNumber {
		dash := strings.Trim(gap, "-–—") == ""
		r.dashed, r.unclear = r.dashed || dash, r.unclear || !dash
	}
	r.end()
	r.current, r.inNumber = value, true
}

// times multiplies the number at hand.
func (r *reading) times(value float64) {
	if !r.inNumber {
		r.current = 1
	}
	r.current, r.inNumber, r.scale = r.current*value, true, value
}

// evaluate fills in what the number of the figure's tokens stands for: both ends
// of a range, or both sides of a score.
func (f *figurer) evaluate(s *Sentence, g *Figure) {
	r := reading{scale: 1}
	for k := g.First; k <= g.Last; k++ {
		f.read(s, k, &r)
	}
	r.end()
	if len(r.values) == 0 || len(r.values) > 2 || r.unclear {
		g.Vague = true
		return
	}
	g.Low, g.High = r.values[0], r.values[len(r.values)-1]
	if n, ok := f.w.Number(f.word(s, g.Last)); ok && n.Kind == words.Multiplier && len(r.values) > 1 && g.Low < n.Value {
		g.Low *= n.Value // "between 10 and 20 million"
	}
	switch {
	case math.IsInf(g.Low+g.High, 0) || math.IsNaN(g.Low+g.High):
		g.Low, g.High, g.Vague = 0, 0, true
	case len(r.values) == 2 && r.dashed && g.Low >= g.High:
		g.Score, g.Vague = true, true
	case g.Low > g.High:
		g.Low, g.High = g.High, g.Low
	}
}

// read reads token k of a number.
func (f *figurer) read(s *Sentence, k int, r *reading) {
	word, gap := f.word(s, k), ""
	if k > 0 {
		gap = f.p.Gap(s.Tokens[k-1], s.Tokens[k])
	}
	if startsWithDigit(word) {
		const size = 3 // of a group: "1 093"
		switch value, ok := f.digits(s, k); {
		case !ok:
			r.unclear = true
		case r.grouped && thousands[gap] && len(word) == size && onlyDigits(word):
			r.current = float64(1000*r.current) + value
		default:
			r.begin(value, gap)
			r.grouped = len(word) <= size && onlyDigits(word)
		}
		return
	}
	r.grouped = false
	n, ok := f.w.Number(word)
	switch {
	case n.Kind == words.Vague, word == "a", word == "of" && r.inNumber && f.word(s, k+1) == "a":
	case r.inNumber && parts[word]:
		r.current /= denominator(f.w, word)
	case !ok || n.Kind == words.Ordinal && !f.fraction(s, k):
		if half := f.word(s, k+1) == "a" && (f.word(s, k+2) == "half" || f.word(s, k+2) == "quarter"); word != "and" || !r.inNumber || !half && (r.current < 100 || math.Mod(r.current, 100) != 0) {
			r.end()
		}
	case r.inNumber && n.Kind == words.Fraction && f.word(s, k-1) == "a":
		r.current += float64(n.Value * r.scale) // three and a half, a million and a half
	case r.inNumber && n.Kind == words.Fraction:
		r.current *= n.Value // one half
	case n.Kind == words.Multiplier:
		r.times(n.Value)
	case f.fraction(s, k) && n.Kind == words.Ordinal:
		r.times(1 / n.Value)
	case r.inNumber && r.current >= 20 && (n.Value < 10 && math.Mod(r.current, 10) == 0 || n.Value < 100 && math.Mod(r.current, 100) == 0):
		r.current += n.Value // twenty-five, two hundred ten
	default:
		r.begin(n.Value, gap)
	}
}

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
	if r, _ := utf8.DecodeLastRuneInString(before); unicode.Is(unicode.Sc, r) {
		return true
	}
	return f.word(s, k+1) == "people" || f.unit(s, k) > 0
}
