package answer

import (
	"context"
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// Figure is one counted or measured thing: a number with its hedge and what it
// counts. Spans are slices of the article's text.
type Figure struct {
	Where
	Kind   string      // which of the asked kinds it is, "killed"; "" where none was asked
	Span   corpus.Span // number, hedge and what it counts: "at least 1,093 people"
	Number corpus.Span // number, hedge and sign: "at least 1,093", "$5 million", "30%"
	Counts corpus.Span // what is counted or measured, "people"; empty where the sentence does not tell
	SaidBy string      // who counted; "" when the article does not say
	AsOf   string      // the day, month or year that the sentence dates the figure to, as Date.String; "" for none
	Vague  bool        // dozens, hundreds: no number that could be compared
	Low    float64     // its value; of a range the lower end
	High   float64     // the upper end; Low where there is none
}

// AllFigures lists every figure of the article, or of all articles when it is
// "", in reading order. Ordinals, dates, times of day, scores and numbers in
// names are none. Figures are never added up.
func (l *Library) AllFigures(article string) []Figure {
	var figures []Figure
	for _, p := range l.docs {
		if article != "" && p.Article.ID != article {
			continue
		}
		for _, f := range p.Figures {
			if !f.Score {
				figures = append(figures, l.figureOf(p, &f))
			}
		}
	}
	return figures
}

// figureOf makes a figure of a prepared one.
func (l *Library) figureOf(p *annotate.Doc, f *annotate.Figure) Figure {
	s := &p.Sentences[f.Sentence]
	g := Figure{Where: where(p, s), Span: f.Span, Number: f.Span, Counts: f.Counts, AsOf: f.AsOf.String(), Vague: f.Vague, Low: f.Low, High: f.High}
	if f.Counts.Start >= f.Span.End && strings.TrimSpace(p.Article.Text[f.Span.End:f.Counts.Start]) == "" {
		g.Span.End = f.Counts.End
	}
	if f.By >= 0 {
		g.SaidBy = p.Entities[f.By].Name
	}
	return g
}

// counted is how far a number may stand from the word that says what
// happened to those it counts, in words.
const counted = 8

// Figures lists the figures of the kinds ("killed", "displaced") in the
// article, or in all articles when it is "", in reading order. A figure is
// given as it stands, with its hedge; figures are never added up.
func (l *Library) Figures(ctx context.Context, article string, kinds []string) []Figure {
	q := l.countOf(kinds)
	m := l.newMatcher(q)
	var figures []Figure
	for _, p := range l.docs {
		if article != "" && p.Article.ID != article {
			continue
		}
		if ctx.Err() != nil {
			return figures
		}
		lt, prepared := m.local(p), p.Figures
		for i := range p.Sentences {
			end := 0 // of the sentence's own
			for end < len(prepared) && prepared[end].Sentence == i {
				end++
			}
			figures = append(figures, l.figuresIn(q, p, &p.Sentences[i], prepared[:end], lt)...)
			prepared = prepared[end:]
		}
	}
	return figures
}

// countOf is a question for the figures of the kinds.
func (l *Library) countOf(kinds []string) *parsed {
	q := &parsed{Asked: aNumber, SaidBy: -1, Doer: -1, Deed: -1, Focus: -1}
	for _, k := range kinds[:min(len(kinds), maxConcepts)] {
		c := concept{Text: k, Word: annotate.Fold(k), Terms: map[string]float64{}}
		for _, t := range l.questionTokens(k, l.questionLanguage(), map[string]string{}) {
			c.add(t.term, 1)
		}
		l.expand(&c, annotate.Fold(k), l.questionLanguage())
		q.Concepts = append(q.Concepts, c)
	}
	return q
}

// figuresIn returns the figures of one sentence; prepared are all that it has.
func (l *Library) figuresIn(q *parsed, p *annotate.Doc, s *annotate.Sentence, prepared []annotate.Figure, lt *localTerms) []Figure {
	// Which words say killed, which say wounded.
	type deed struct{ token, concept int }
	var deeds []deed
	add := func(term, token int) {
		for _, tm := range lt.of(term).terms {
			if tm.weight >= 0.8 {
				deeds = append(deeds, deed{token, tm.concept})
			}
		}
	}
	for k, t := range s.Tokens {
		add(t.Term, k)
	}
	for _, im := range s.Implied {
		if im.Weight == 1 {
			add(im.Term, im.At)
		}
	}
	var figures []Figure
	previous := -1 // the last number: what stands before it belongs to it
	denial := -1   // the first word that denies; -1 before the first number
	for i := range prepared {
		f := &prepared[i]
		first, last := f.First, f.Last
		if denial < 0 { // once, for a sentence may have a thousand numbers
			denial = l.denial(p, s)
		}
		if f.Aside || f.Score || denial < first || first > 0 && s.Tokens[first-1].Class.Is(annotate.Negation) { // "not 12"
			previous = last
			continue
		}
		best, bestCost := -1, counted+1
		other := otherDeed(p, s, last, func(k int) bool {
			return slices.ContainsFunc(deeds, func(d deed) bool { return d.token == k })
		})
		for _, d := range deeds {
			if other {
				break
			}
			cost := wayTo(p, s, first, last, previous, d.token)
			if cost < bestCost {
				best, bestCost = d.concept, cost
			}
		}
		if best >= 0 {
			g := l.figureOf(p, f)
			g.Kind = q.Concepts[best].Text
			g.Span = l.extent(p, f)
			figures = append(figures, g)
		}
		previous = last
	}
	return figures
}

// extent returns a figure as it would be given for an answer: the number with
// hedge, sign and unit, or with what it counts where that stands right behind.
func (l *Library) extent(p *annotate.Doc, f *annotate.Figure) corpus.Span {
	s, span := &p.Sentences[f.Sentence], f.Span
	if next := f.Last + 1; !moneyIn(p, s, f) && (next == len(s.Tokens) || s.Tokens[next].Start >= span.End) { // a sum is whole
		span.End = max(span.End, s.Tokens[p.CountedTo(s, f.Last, l.words)].End)
	}
	return p.WidenSigns(s, span)
}

// otherDeed reports whether the number that ends at token last belongs to a
// deed that is not asked about: "180 others rescued".
func otherDeed(p *annotate.Doc, s *annotate.Sentence, last int, asked func(token int) bool) bool {
	for k := last + 1; k < len(s.Tokens) && k <= last+3; k++ {
		if strings.TrimSpace(p.Gap(s.Tokens[k-1], s.Tokens[k])) != "" || asked(k) {
			return false
		}
		if p.PastForm(s.Tokens[k]) {
			return true
		}
	}
	return false
}

// wayTo returns how far, in words, a number (tokens first to last) stands from
// the word at token at. A word before the number before belongs to that one;
// on the way forward "and" and further numbers make the way longer, since in
// "1,093 people and wounded 5,752" wounded goes with what follows.
func wayTo(p *annotate.Doc, s *annotate.Sentence, first, last, previous, at int) int {
	switch {
	case at < first && at > previous:
		return first - at
	case at > last && at-last <= counted: // farther is too far at any rate
		way := at - last
		for i := last + 1; i <= at; i++ {
			if word := p.Word(s.Tokens[i]); word == "and" || word == "while" || s.Tokens[i].Class.Is(annotate.Number) || strings.ContainsAny(p.Gap(s.Tokens[i-1], s.Tokens[i]), ",;") {
				way += 3
			}
		}
		return way
	}
	return counted + 1
}

// denial returns the token of the first word that denies, "denied that 12 people
// were killed": no figure behind it happened. Where there is none it returns how
// many tokens there are.
func (l *Library) denial(p *annotate.Doc, s *annotate.Sentence) int {
	for k := range s.Tokens {
		if c, ok := l.words.Cue(p.Word(s.Tokens[k])); ok && c.Force == words.Denies {
			return k
		}
	}
	return len(s.Tokens)
}

// moneyIn reports whether a figure is a sum of money.
func moneyIn(p *annotate.Doc, s *annotate.Sentence, f *annotate.Figure) bool {
	for k := f.First; k <= f.Last; k++ {
		if s.Tokens[k].Class.Is(annotate.Number) && money(p, s, k) {
			return true
		}
	}
	return false
}
