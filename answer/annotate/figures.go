package annotate

import (
	"sort"
	"strings"

	"footnote/answer/words"
	"footnote/corpus"
)

// Figure is a number that counts or measures something.
type Figure struct {
	Sentence    int // position in Doc.Sentences
	First, Last int // tokens of the number with its hedge
	Span        corpus.Span
	Counts      corpus.Span // what is counted or measured; empty where the sentence does not tell
	By          int         // entity that counted; -1 where the sentence does not tell
	AsOf        Date        // what the sentence dates it to; none where it does not
	Low, High   float64     // equal but for ranges and scores
	Whole       float64     // what it is counted out of, 5 for "two of the five"; 0 where that is not told
	Apart       corpus.Span // a clause that tells of a part of what is counted: "two of which sank"
	Limit       int         // 1 for a lower bound, "at least 12", -1 for an upper bound, "fewer than 12"
	Vague       bool        // dozens, hundreds, or what has no one reading: it must not be compared as a number
	Score       bool        // 3–1: Low and High are the two sides, and equal only the same two
	Share       bool        // a part of one: "a third", "one in four"
	Factor      bool        // 12-fold: so many times, not so many things
	Aside       bool        // not what is told, but what that came from, is compared with or stands against: "rose from 12 to 31"
}

// figures finds every number that counts or measures something. Ordinals,
// dates, times of day, numbers in names and "one" in place of "a" are none.
func (p *Doc) figures(w *words.Words) []Figure {
	f := figurer{p: p, w: w, dated: map[[2]int]bool{}}
	for _, e := range p.Events {
		s := &p.Sentences[e.Sentence]
		for k := e.First; k <= e.Last; k++ {
			if s.Tokens[k].Class.Is(Month|Year) || strings.Contains(p.Word(s.Tokens[k]), ".") || k < e.Last && strings.Trim(p.Gap(s.Tokens[k], s.Tokens[k+1]), "/.-") == "" {
				for i := e.First; i <= e.Last; i++ {
					f.dated[[2]int{e.Sentence, i}] = true
				}
			}
		}
	}
	var figures []Figure
	for i := range p.Sentences {
		f.sentence = i
		figures = append(figures, f.in()...)
	}
	return figures
}

// figurer finds the figures of one article.
type figurer struct {
	p        *Doc
	w        *words.Words
	sentence int             // at hand
	dated    map[[2]int]bool // sentence and token of dates, whose numbers count nothing
}

// isDated reports whether token k of the sentence at hand belongs to a date.
func (f *figurer) isDated(k int) bool { return f.dated[[2]int{f.sentence, k}] }

// in returns the figures of one sentence.
func (f *figurer) in() []Figure {
	p, s := f.p, &f.p.Sentences[f.sentence]
	upTo := f.upTo(f.sentence)
	var figures []Figure
	from := 0 // first token behind the figure before
	for k := 0; k < len(s.Tokens); k++ {
		if last := f.dialled(s, k); last >= 0 {
			k = last
			continue
		}
		g := Figure{Sentence: f.sentence}
		if !f.parted(s, k, &g) && !f.vague(s, k, &g) && !f.plain(s, k, &g) {
			continue
		}
		g.First = max(g.First, from)
		g.By = f.countedBy(s, g.First)
		g.Span = p.WidenSigns(s, corpus.Span{Start: s.Tokens[g.First].Start, End: s.Tokens[g.Last].End})
		behind := g.Last + 1
		if n := f.unit(s, g.Last); n > 0 { // per cent, dollars
			behind += n
			g.Span.End = s.Tokens[g.Last+n].End
		}
		g.Counts = f.counted(s, &g, from, behind)
		g.Limit = f.limit(s, &g)
		if g.Counts.Len() == 0 && len(figures) > 0 { // "700 seekers …, and 200 more"
			g.Counts = f.more(s, behind, figures[len(figures)-1].Counts)
		}
		g.AsOf = asOf(upTo, k)
		figures = append(figures, g)
		from, k = behind, behind-1
	}
	f.setAside(s, figures)
	f.relate(s, figures)
	return figures
}

// plain reads a number at token k that stands for itself.
func (f *figurer) plain(s *Sentence, k int, g *Figure) bool {
	if !f.counts(s, k) {
		return false
	}
	g.First, g.Last = f.run(s, k)
	f.evaluate(s, g, g.First, g.Last)
	g.Share = g.High <= 1 && (f.word(s, g.Last) == "half" || f.fraction(s, g.Last) || parts[f.word(s, g.Last)] || parts[f.word(s, g.Last)+"s"])
	g.Factor = strings.HasSuffix(f.word(s, g.Last), "fold")
	return true
}

// countedBy returns who counted the number at token k: the source of the sentence,
// but not of what stands before a word of accusing, asking or praising, which
// the article tells itself: "he picked out two countries and accused them".
func (f *figurer) countedBy(s *Sentence, k int) int {
	if s.Cue > k && !s.Tokens[k].Class.Is(Quoted) {
		if cue, ok := f.w.Cue(f.p.Word(s.Tokens[s.Cue])); ok {
			switch cue.Force {
			case words.Accuses, words.Asks, words.Praises, words.Denies:
				return -1
			}
		}
	}
	return s.Source()
}

// word returns the word of a token; "" outside the sentence.
func (f *figurer) word(s *Sentence, k int) string {
	if k < 0 || k >= len(s.Tokens) {
		return ""
	}
	return f.p.Word(s.Tokens[k])
}

// vague reads what could not be compared: dozens, tens of thousands, several
// hundred, a couple of dozen.
func (f *figurer) vague(s *Sentence, k int, g *Figure) bool {
	isVague := func(k int) bool {
		n, ok := f.w.Number(f.word(s, k))
		return ok && n.Kind == words.Vague && n.Value >= 12
	}
	last := -1
	switch n, ok := f.w.Number(f.word(s, k)); {
	case f.word(s, k) == "tens" && f.word(s, k+1) == "of", f.word(s, k) == "scores" && f.word(s, k+1) == "of", isVague(k) && f.word(s, k) != "scores":
		last = k
		if f.word(s, k+1) == "of" && isVague(k+2) {
			last = k + 2
		}
	case ok && n.Kind == words.Vague && f.multiplies(f.word(s, k+1)):
		last = k + 1
	case ok && n.Kind == words.Vague && f.word(s, k+1) == "of" && f.multiplies(f.word(s, k+2)):
		last = k + 2
	default:
		return false
	}
	if f.word(s, k) == "some" { // some hundred: about a hundred
		return false
	}
	for last+1 < len(s.Tokens) && f.close(s, last) && f.multiplies(f.word(s, last+1)) {
		last++
	}
	if f.word(s, k-1) == "a" {
		k--
	}
	g.First, g.Last = f.hedged(s, k, last)
	if _, to, ok := f.whole(s, g.Last+2); ok && f.word(s, g.Last+1) == "of" {
		g.Last = to // dozens of the 400
	}
	g.Vague = true
	return true
}

// unit returns how many tokens behind the number are its unit of share or
// money: percent, per cent, dollars, US dollars.
func (f *figurer) unit(s *Sentence, last int) int {
	next := f.word(s, last+1)
	if last+1 >= len(s.Tokens) || strings.TrimSpace(f.p.Gap(s.Tokens[last], s.Tokens[last+1])) != "" {
		return 0
	}
	switch {
	case next == "percent" || next == "pct" || f.p.Currency(s, last+1):
		return 1
	case next == "per" && f.word(s, last+2) == "cent":
		return 2
	case last+2 < len(s.Tokens) && s.Tokens[last+1].Class.Is(Capital) && f.p.Currency(s, last+2):
		return 2 // US dollars
	}
	return 0
}

// Currency reports whether the word at token k, behind a number, is one for money:
// not in "12 won" and "40 real boats".
func (p *Doc) Currency(s *Sentence, k int) bool {
	switch word := p.Word(s.Tokens[k]); {
	case word == "won":
		before := p.Word(s.Tokens[max(k-1, 0)])
		return len(before) > 2 && (startsWithDigit(before) || s.Tokens[max(k-1, 0)].Class.Is(Number) && strings.HasSuffix(before, "ion"))
	case word == "real":
		return k+1 == len(s.Tokens) || s.Tokens[k+1].Class.Is(Stop) || p.Gap(s.Tokens[k], s.Tokens[k+1]) != " "
	default:
		return Currencies[word]
	}
}

// Currencies are words for money that follow a sum, and codes.
var Currencies = words.Set(`dollar dollars euro euros pound pounds sterling yen yuan renminbi rouble roubles ruble rubles rupee rupees franc francs
	crown crowns krona kronor krone kroner peso pesos real reais lira liras shekel shekels dinar dinars dirham dirhams riyal riyals rial rials
	rand won zloty forint baht ringgit rupiah hryvnia naira shilling shillings cedi taka cent cents penny pence
	usd eur gbp chf jpy sek nok dkk isk pln czk huf rub uah inr cny hkd sgd krw thb aud cad nzd zar brl mxn aed sar`)

// denominator returns what a number before a plural fraction is divided by.
func denominator(w *words.Words, word string) float64 {
	singular := strings.TrimSuffix(word, "s")
	if singular == "quarter" {
		return 4
	}
	if n, ok := w.Number(singular); ok && n.Kind == words.Ordinal {
		return n.Value
	}
	return 1 // unreachable: a test holds the words in parts against the lists
}

// upTo returns the dates up to which the sentence counts, "by Monday", "as of 3
// May"; not those that only tell when something happened.
func (f *figurer) upTo(sentence int) []Event {
	s, events := &f.p.Sentences[sentence], f.p.Events
	n := sort.Search(len(events), func(n int) bool { return events[n].Sentence >= sentence })
	var found []Event
	for ; n < len(events) && events[n].Sentence == sentence; n++ {
		e := events[n]
		switch before := f.word(s, e.First-1); {
		case before == "by", before == "until", before == "till", before == "of" && f.word(s, e.First-2) == "as":
			found = append(found, e)
		}
	}
	return found
}

// asOf returns that of the dates, sorted by where they stand, that is nearest to
// token k; none where there are none.
func asOf(upTo []Event, k int) Date {
	n := sort.Search(len(upTo), func(n int) bool { return upTo[n].First >= k })
	switch {
	case len(upTo) == 0:
		return Date{}
	case n == len(upTo) || n > 0 && distance(upTo[n-1].First, k) <= distance(upTo[n].First, k):
		return upTo[n-1].From
	}
	return upTo[n].From
}

func distance(a, b int) int { return max(a-b, b-a) }
