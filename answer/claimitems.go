package answer

import (
	"slices"
	"strings"
	"time"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// figures compares what the claim counts: with the same number near the
// sentence it is the same, with another number of the same thing different.
func (c *comparison) figures() {
	for _, f := range c.claim.Figures {
		if f.Vague {
			continue
		}
		claimed := c.claim.Article.Quote(f.Span)
		var other *annotate.Figure
		found := false
		for _, i := range c.around() {
			for k := range c.p.Figures {
				g := &c.p.Figures[k]
				if g.Sentence != i || g.Vague || found {
					continue
				}
				switch {
				case f.Low >= g.Low && f.High <= g.High && measure(c.claim, &f) == measure(c.p, g) && c.sameParties(i):
					c.add(FigureItem, claimed, Same, &c.p.Sentences[i], g.Span)
					found = true
				case other == nil && c.comparable(&f, g, i):
					other = g
				}
			}
		}
		switch {
		case found:
		case other != nil:
			c.add(FigureItem, claimed, Different, &c.p.Sentences[other.Sentence], other.Span)
		default:
			c.lacking(FigureItem, claimed, func(p *annotate.Doc) bool {
				return slices.ContainsFunc(p.Figures, func(g annotate.Figure) bool { return !g.Vague && g.Low == f.Low && g.High == f.High })
			})
		}
	}
}

// sameParties reports whether a neighbour of the sentence names all persons and
// bodies that the claim and the sentence name, so that its figure is theirs.
func (c *comparison) sameParties(sentence int) bool {
	if sentence == c.sc.sentence {
		return true
	}
	s := &c.p.Sentences[sentence]
	for _, k := range c.links() {
		kind := c.p.Entities[k.entity].Kind
		_, here := c.mentioned(k.entity)
		there := slices.ContainsFunc(s.Mentions, func(m annotate.Mention) bool { return m.Entity == k.entity }) || s.Subject == k.entity || s.Leans
		if here && !there && (kind == annotate.Person || kind == annotate.Organisation) && len(s.Mentions) > 0 {
			return false
		}
	}
	return true
}

// measure says what sort of number a figure is: a share, money, a length of
// time, or a count.
func measure(p *annotate.Doc, f *annotate.Figure) string {
	number, counts := p.Article.Quote(f.Span), ""
	if f.Counts.Len() > 0 {
		counts = p.Article.Quote(f.Counts)
	}
	words := strings.Fields(strings.ToLower(number + " " + counts))
	for _, w := range words {
		switch {
		case strings.HasSuffix(w, "%") || w == "percent" || w == "cent":
			return "share"
		case annotate.Currencies[w] || strings.ContainsAny(w, "$€£¥"):
			return "money"
		}
	}
	for _, w := range strings.Fields(strings.ToLower(counts)) {
		if durationUnits[w] {
			return strings.TrimSuffix(w, "s")
		}
	}
	return "count"
}

// comparable reports whether a figure of sentence i counts what the claim's
// figure counts: what they count shares a meaning, or neither text has another
// figure of that sort that it could be mixed up with.
func (c *comparison) comparable(f, g *annotate.Figure, i int) bool {
	sort := measure(c.claim, f)
	if sort != measure(c.p, g) {
		return false
	}
	if c.meet(f, g) {
		return true
	}
	alone := func(p *annotate.Doc, sentence int) bool {
		n := 0
		for k := range p.Figures {
			if p.Figures[k].Sentence == sentence && measure(p, &p.Figures[k]) == sort {
				n++
			}
		}
		return n == 1
	}
	return i == c.sc.sentence && alone(c.claim, f.Sentence) && alone(c.p, i)
}

// meet reports whether what two figures count shares a word or its like.
func (c *comparison) meet(f, g *annotate.Figure) bool {
	for _, t := range tokensIn(c.claim, f.Sentence, f.Counts) {
		term := c.claim.Strings[t.Term]
		k := slices.IndexFunc(c.q.Concepts, func(k concept) bool { return k.Terms[term] == 1 })
		for _, u := range tokensIn(c.p, g.Sentence, g.Counts) {
			other := c.p.Strings[u.Term]
			if other == term || k >= 0 && c.q.Concepts[k].Terms[other] >= 0.8 {
				return true
			}
		}
	}
	return false
}

// tokensIn returns the tokens of a sentence within a span.
func tokensIn(p *annotate.Doc, sentence int, span corpus.Span) []annotate.Token {
	var toks []annotate.Token
	for _, t := range p.Sentences[sentence].Tokens {
		if span.Contains(corpus.Span{Start: t.Start, End: t.End}) && !t.Class.Is(annotate.Stop) {
			toks = append(toks, t)
		}
	}
	return toks
}

// dates compares the claim's dates with those in and beside the sentence.
func (c *comparison) dates() {
	for _, e := range c.claim.Events {
		claimed := c.claim.Article.Quote(c.claim.WordsOf(&c.claim.Sentences[e.Sentence], e.First, e.Last))
		var other *annotate.Event
		found := false
		for _, i := range c.around() {
			for k := range c.p.Events {
				g := &c.p.Events[k]
				if g.Sentence != i || found {
					continue
				}
				s := &c.p.Sentences[i]
				if agree(e, *g) {
					c.add(DateItem, claimed, Same, s, c.p.WordsOf(s, g.First, g.Last))
					found = true
				} else if other == nil || apart(e, *g) < apart(e, *other) {
					other = g
				}
			}
		}
		switch {
		case found:
		case other != nil:
			s := &c.p.Sentences[other.Sentence]
			c.add(DateItem, claimed, Different, s, c.p.WordsOf(s, other.First, other.Last))
		default:
			c.lacking(DateItem, claimed, func(p *annotate.Doc) bool {
				return slices.ContainsFunc(p.Events, func(g annotate.Event) bool { return agree(e, g) })
			})
		}
	}
}

// apart returns how far two dates lie from one another.
func apart(a, b annotate.Event) time.Duration {
	return a.From.First().Sub(b.From.First()).Abs()
}

// agree reports whether two dates are the same, or one lies within the other.
func agree(a, b annotate.Event) bool {
	within := func(inner, outer string) bool { return strings.HasPrefix(inner, outer) }
	x, y := a.From.String(), b.From.String()
	if a.From != a.To || b.From != b.To {
		return a.From == b.From && a.To == b.To
	}
	return within(x, y) || within(y, x)
}
