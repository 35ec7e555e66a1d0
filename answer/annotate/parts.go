package annotate

import (
	"strings"

	"footnote/answer/words"
)

// parted reads, at token k, what is counted out of a number that is told
// beside it: "none of the 40", "two of the five", "all but three of the 12", "a
// third of the 90", "one in four". The number told is the first.
func (f *figurer) parted(s *Sentence, k int, g *Figure) bool {
	if f.isDated(k) {
		return false
	}
	if of, ok := f.quantity(s, k, g); ok {
		first, last, found := f.whole(s, of+1)
		if found {
			g.Last = last
			f.amount(s, g, first, last)
		}
		return found || g.Last > k // "all but three"
	}
	if !f.digit(s, k) && !f.fraction(s, k) || f.p.Clock(s, k) || groups[f.word(s, k)] || ordinal(f.word(s, k)) {
		return false
	}
	first, last := f.run(s, k)
	of, ratio := last+1+f.unit(s, last), false
	switch f.word(s, of) {
	case "of":
		ratio = f.word(s, of+1) == "every"
	case "out":
		if f.word(s, of+1) != "of" {
			return false
		}
		of++
		ratio = f.digit(s, of+1) || f.word(s, of+1) == "every"
	case "in":
		ratio = f.inRatio(s, first, of)
		if !ratio {
			return false
		}
		if f.word(s, of+1) == "every" {
			of++
		}
	default:
		if n, ok := f.w.Number(f.word(s, last)); !ok || n.Kind != words.Fraction || !leadsWhole[f.word(s, of)] {
			return false
		}
		of-- // "half the 30"
	}
	if f.word(s, k) == "one" && f.word(s, of) == "of" && !ratio && (f.oneOfKind(s, k) || k > 0 && !leadsWhole[f.word(s, of+1)]) {
		return false
	}
	from, to, ok := f.whole(s, of+1)
	if !ok {
		return false
	}
	if !f.fraction(s, k) && !f.portions(s, k) && (f.word(s, k) == "half" || f.word(s, k) == "quarter") {
		return false
	}
	g.First, g.Last = first, to
	f.evaluate(s, g, first, last)
	if f.word(s, first) == "one" && f.word(s, first-1) == "not" { // "not one of the 40"
		g.First, g.Low, g.High = first-1, 0, 0
	}
	g.Share = g.High <= 1 && !g.Vague && (f.word(s, last) == "half" || f.fraction(s, last) || parts[f.word(s, last)] || parts[f.word(s, last)+"s"])
	var whole Figure
	if f.evaluate(s, &whole, from, to); whole.Vague || whole.Low != whole.High {
		return true
	}
	if g.Whole = whole.Low; ratio && g.Whole > g.High && !g.Vague {
		g.Low, g.High, g.Whole, g.Share = g.Low/g.Whole, g.High/g.Whole, 0, true
	}
	return true
}

// quantity reads a word of quantity at token k, which begins "none of the 40" or
// "all but three of the 12", into a figure, and returns its "of".
func (f *figurer) quantity(s *Sentence, k int, g *Figure) (of int, ok bool) {
	word := f.word(s, k)
	if !quantities[word] {
		return 0, false
	}
	g.First, g.Last, g.Vague = k, k, inexact[word]
	of = k + 1
	if f.word(s, of) == "one" && word == "every" {
		of++
	}
	if word == "all" && f.word(s, of) == "but" && f.digit(s, of+1) {
		first, last := f.numeral(s, of+1)
		var left Figure
		f.evaluate(s, &left, first, last)
		g.Low, g.High, g.Vague, g.Last = -left.Low, -left.High, true, last
		of = last + 1
	}
	if f.word(s, of) != "of" {
		return of, g.Last > k
	}
	if g.Last == k && total[word] && (k == 0 || !s.Tokens[k-1].Class.Is(Negation|Hedge)) {
		return 0, false // "all of the 12" is 12
	}
	if k > 0 {
		if f.word(s, k-1) == "a" {
			k--
		}
		if s.Tokens[max(k-1, 0)].Class.Is(Negation) {
			g.First, g.Vague = k-1, true // "not all of the 12"
		} else {
			g.First, _ = f.hedged(s, k, k)
		}
	}
	return of, true
}

// quantities are words that tell how many of a number without a number.
var quantities = words.Set(`none neither all both each every most many few several some any`)

// total are those that leave nothing out.
var total = words.Set(`all both each every`)

// inexact are those that leave open how many.
var inexact = words.Set(`most many few several some any`)

// amount fills in what a word of quantity makes of the number at tokens first to
// last: nothing for none, all of it but three.
func (f *figurer) amount(s *Sentence, g *Figure, first, last int) {
	var whole Figure
	f.evaluate(s, &whole, first, last)
	left := -g.Low
	g.Low, g.High = 0, 0
	if whole.Vague || whole.Low != whole.High {
		g.Vague = true
		return
	}
	g.Whole = whole.Low // of "hardly any of the 70" too
	if word := f.word(s, g.First); left > 0 && left < g.Whole {
		g.Vague = false
	} else if word == "none" || word == "neither" || g.Vague {
		return
	}
	g.Low = g.Whole - left
	g.High = g.Low
}

// whole finds the number that "of" before token k counts out of: "the 40", "its
// five", "the town's last 12".
func (f *figurer) whole(s *Sentence, k int) (first, last int, ok bool) {
	const most = 2 // words between "the" and its number
	determined := false
	for k < len(s.Tokens) && leadsWhole[f.word(s, k)] {
		determined, k = true, k+1
	}
	for n := 0; determined && n < most && k < len(s.Tokens) && !f.digit(s, k) && !s.Tokens[k].Class.Is(Stop) && f.p.Gap(s.Tokens[k-1], s.Tokens[k]) == " "; n++ {
		k++
	}
	if k >= len(s.Tokens) || !s.Tokens[k].Class.Is(Number) || f.isDated(k) || f.word(s, k) == "one" || groups[f.word(s, k)] || ordinal(f.word(s, k)) || f.p.Gap(s.Tokens[k-1], s.Tokens[k]) != " " || f.p.Clock(s, k) {
		return 0, 0, false
	}
	first, last = f.numeral(s, k)
	if last+1 < len(s.Tokens) {
		if gap := f.p.Gap(s.Tokens[last], s.Tokens[last+1]); gap == "-" || strings.HasPrefix(gap, "%") {
			return 0, 0, false // "two of the 15-year-old boys"
		}
	}
	next := f.word(s, last+1)
	superlative := next == "most" || next == "best" || next == "worst" || len(next) > 4 && strings.HasSuffix(next, "est") // "one of the two largest"
	return first, last, f.unit(s, last) == 0 && !superlative
}

// leadsWhole are words between "of" and the number that is counted out of.
var leadsWhole = words.Set(`the a an all its their his her our my your these those every`)

// oneOfKind reports whether "one of" at token k tells what something is, "is one
// of the 12", rather than how many.
func (f *figurer) oneOfKind(s *Sentence, k int) bool {
	if k == 0 {
		return false
	}
	before := f.word(s, k-1)
	return strings.Contains(f.p.Gap(s.Tokens[k-1], s.Tokens[k]), ",") || before == "as" || Auxiliary[before] || f.w.Lemma(before) == "become" || f.w.Lemma(before) == "remain"
}

// inRatio reports whether the "in" at token k makes a share of the numbers beside
// it: "one in four", "two in every five"; but not "killed two in 12 attacks".
func (f *figurer) inRatio(s *Sentence, first, k int) bool {
	if next := f.word(s, k+1); next == "every" {
		return f.digit(s, k+2)
	}
	if !f.digit(s, k+1) || s.Tokens[k+1].Class.Is(Year) || f.isDated(k+1) {
		return false
	}
	word := f.word(s, k-1)
	return word == "one" || word == "1" || first == 0 || s.Tokens[first].Class.Is(Hedge) || s.Tokens[first-1].Class.Is(Stop|Hedge)
}

// setAside marks the figures of a sentence that are not what it tells: what it
// rose from, is compared with, or is not.
func (f *figurer) setAside(s *Sentence, figures []Figure) {
	for n := range figures {
		g := &figures[n]
		k := g.First - 1
		for i := 0; i < 2 && (leadsWhole[f.word(s, k)] || f.word(s, k) == "previous" || f.word(s, k) == "earlier" || f.word(s, k) == "planned"); i++ {
			k--
		}
		switch f.word(s, k) {
		case "from":
			g.Aside = f.changed(s, k) && (f.endsAt(s, figures, n) || f.turned(s, k))
		case "with", "to":
			g.Aside = f.word(s, k-1) == "compared"
		case "versus", "unlike":
			g.Aside = true
		case "of":
			g.Aside = f.word(s, k-1) == "instead"
		case "than":
			g.Aside = f.word(s, k-1) == "rather" || k < g.First-1
		case "not":
			g.Aside = f.word(s, g.First) != "only"
		}
	}
}

// endsAt reports whether a figure is told beside figure n as what became of it:
// "from 12 to 31", "to 4 from 9".
func (f *figurer) endsAt(s *Sentence, figures []Figure, n int) bool {
	return n+1 < len(figures) && f.word(s, figures[n+1].First-1) == "to" || n > 0 && f.word(s, figures[n-1].First-1) == "to"
}

// turned reports whether "up" or "down" stands before the word at token k.
func (f *figurer) turned(s *Sentence, k int) bool {
	return f.word(s, k-1) == "up" || f.word(s, k-1) == "down"
}

// changed reports whether a word for a change stands shortly before the "from" at
// token k, with no other number between than what became of it.
func (f *figurer) changed(s *Sentence, k int) bool {
	const reach = 6
	for i := k - 1; i >= 0 && i >= k-reach; i-- {
		word := f.word(s, i)
		if changes[f.w.Lemma(word)] || word == "up" || word == "down" {
			return true
		}
		if f.digit(s, i) && !f.digit(s, i-1) && f.word(s, i-1) != "to" && f.word(s, i-1) != "by" || strings.ContainsAny(f.p.Gap(s.Tokens[i], s.Tokens[i+1]), ";:") {
			return false
		}
	}
	return false
}

// changes are words for a change, behind which "from 9 to 10" tells of two numbers.
var changes = words.Set(`rise increase grow growth climb jump soar surge go move change fall drop decrease decline sink shrink cut reduce reduction raise
	double slip lower expand widen narrow swell improve revise lift push bring upgrade downgrade slide plunge rocket leap advance edge`)

// scored reports whether the two numbers of a dash, tokens first to last, are the
// sides of a match: a word of one stands near, and nothing that they could count.
func (f *figurer) scored(s *Sentence, first, last int) bool {
	const reach = 8
	if strings.TrimSpace(f.p.Gap(s.Tokens[first], s.Tokens[last])) == "" || strings.Contains(f.word(s, last), ",") {
		return false
	}
	for k := max(first-reach, 0); k < len(s.Tokens) && k <= last+2; k++ {
		if k < first && f.matches(s, k) || k == last+1 && matchNouns[f.word(s, k)] || k == last+2 && matchNouns[f.word(s, k)] {
			return !f.nounFollows(s, last) || matchNouns[f.word(s, last+1)] || matchNouns[f.word(s, last+2)]
		}
	}
	return false
}

// matches reports whether token k tells how a match went.
func (f *figurer) matches(s *Sentence, k int) bool {
	word := f.word(s, k)
	return matchVerbs[f.w.Lemma(word)] || matchNouns[word]
}

var (
	matchVerbs = words.Set(`win beat lose draw defeat thrash hammer edge down overcome tie trail lead stun crush outscore`)
	matchNouns = words.Set(`win victory defeat loss draw lead scoreline score score-line aggregate set sets thriller triumph drubbing`)
)
