package answer

import (
	"context"
	"slices"
	"strings"
	"time"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// maxFigures bounds how many figures of a claim, and of a sentence, are
// compared: more are a table, not a statement.
const maxFigures = 40

// figures compares what the claim counts: with the same number near the
// sentence it is the same, with another number of the same thing different.
func (c *comparison) figures(ctx context.Context) {
	mine := slices.Clone(c.claim.Figures[:min(len(c.claim.Figures), maxFigures)])
	one, begins := beginsWithOne(c.claim)
	if begins {
		mine = append(mine, one)
	}
	for n := range mine {
		f := &mine[n]
		if f.Vague && !f.Score {
			continue
		}
		claimed := c.claim.Article.Quote(f.Span)
		var other *annotate.Figure
		found := false
		for _, i := range c.around() {
			near := figuresOf(c.p, i)
			for k := range near[:min(len(near), maxFigures)] {
				g := &near[k]
				if g.Vague && g.Whole > 0 && g.Whole == f.Low && f.Whole == 0 && other == nil && c.meet(f, c.p, g) { // not 70 but "hardly any of the 70"
					other = g
				}
				if g.Vague && !f.Score || f.Score != g.Score || found || !c.comparable(f, g, i) || i == c.sc.sentence && c.q.otherPart(c.p, g, &c.sc.match, len(mine) == 1) {
					continue
				}
				equal := equal(c.claim, f, c.p, g)
				if f.Aside != g.Aside && (f.Aside || !equal || len(mine) == 1) { // "from 9 to 10" by "had nine and now have ten"
					continue
				}
				if equal && (f.Limit < 0) == (g.Limit < 0) && c.sameParties(i) {
					c.add(FigureItem, claimed, Same, &c.p.Sentences[i], g.Span)
					found = true
				} else if other == nil && (!equal || i == c.sc.sentence) {
					other = g
				}
			}
		}
		switch {
		case found:
		case other != nil:
			c.add(FigureItem, claimed, Different, &c.p.Sentences[other.Sentence], other.Span)
		case begins && f.Span == one.Span: // "One man said so": perhaps it counts nothing
		default:
			elsewhere, err := c.countedElsewhere(ctx, f)
			c.lacking(FigureItem, claimed, elsewhere, err)
		}
	}
}

// beginsWithOne returns the "one" that a claim begins with as a figure: it stands for
// "a" there more often than for a number, and only a text that counts the same can tell.
func beginsWithOne(p *annotate.Doc) (f annotate.Figure, ok bool) {
	if len(p.Sentences) == 0 || len(p.Sentences[0].Tokens) < 2 || len(figuresOf(p, 0)) > 0 {
		return f, false
	}
	one, counted := p.Sentences[0].Tokens[0], p.Sentences[0].Tokens[1]
	if p.Word(one) != "one" || counted.Class.Is(annotate.Stop|annotate.Capital) || p.Gap(one, counted) != " " {
		return f, false
	}
	return annotate.Figure{
		Span: corpus.Span{Start: one.Start, End: one.End}, Counts: corpus.Span{Start: counted.Start, End: counted.End}, By: -1, Low: 1, High: 1,
	}, true
}

// countedElsewhere reports whether any article has the same figure of the same.
func (c *comparison) countedElsewhere(ctx context.Context, f *annotate.Figure) (bool, error) {
	var counted, marks []string
	for _, t := range termsIn(c.claim, f.Sentence, f.Counts) {
		counted = append(counted, t)
		for _, k := range c.q.Concepts {
			if k.Terms[t] != 1 {
				continue
			}
			for other, weight := range k.Terms {
				if weight >= 0.8 {
					counted = append(counted, other)
				}
			}
			break // as meet does
		}
	}
	for _, v := range values(c.claim, f) {
		for _, low := range []float64{v.low, v.low * (1 - 1e-8), v.low * (1 + 1e-8)} { // on both sides of where it is rounded
			for _, t := range counted {
				marks = append(marks, valueMark(v.measure, low, t))
			}
		}
	}
	passages, err := c.l.bearing(ctx, markValue, marks...)
	if err != nil {
		return false, err
	}
	return c.l.anyOf(ctx, passages, func(p *annotate.Doc) bool {
		return slices.ContainsFunc(p.Figures, func(g annotate.Figure) bool {
			return !g.Vague && !g.Aside && equal(c.claim, f, p, &g) && c.meet(f, p, &g)
		})
	})
}

// otherPart reports whether all that a sentence means of the question is told of
// others of those that a figure counts than the figure does: of "five boats, two of
// which sank, raced" five raced and two sank. With alone the question holds one
// number, and what is told of some is not told of all.
func (q *parsed) otherPart(p *annotate.Doc, f *annotate.Figure, m *match, alone bool) bool {
	s := &p.Sentences[f.Sentence]
	for _, whole := range figuresOf(p, f.Sentence) {
		if whole.Apart.Len() == 0 || whole.Span != f.Span && !whole.Apart.Contains(f.Span) {
			continue
		}
		in, out := 0, 0
		for c := range q.Concepts {
			if k := &q.Concepts[c]; m.at[c] < 0 || m.strength[c] < 0.5 || k.Name || k.Number {
				continue
			}
			switch at := (corpus.Span{Start: s.Tokens[m.at[c]].Start, End: s.Tokens[m.at[c]].End}); {
			case whole.Counts.Contains(at):
			case whole.Apart.Contains(at):
				in++
			default:
				out++
			}
		}
		if whole.Span == f.Span {
			return in > 0 && (alone || out == 0)
		}
		return in == 0 && out > 0
	}
	return false
}

// figuresOf returns the figures of a sentence.
func figuresOf(p *annotate.Doc, sentence int) []annotate.Figure {
	by := func(g annotate.Figure, s int) int { return g.Sentence - s }
	first, _ := slices.BinarySearchFunc(p.Figures, sentence, by)
	last, _ := slices.BinarySearchFunc(p.Figures, sentence+1, by)
	return p.Figures[first:last]
}

// sameParties reports whether a neighbour of the sentence names all persons and
// bodies that the claim and the sentence name, so that its figure is theirs.
func (c *comparison) sameParties(sentence int) bool {
	if sentence == c.sc.sentence {
		return true
	}
	if same, ok := c.parties[sentence]; ok {
		return same
	}
	s := &c.p.Sentences[sentence]
	same := true
	for _, k := range c.links() {
		kind := c.p.Entities[k.entity].Kind
		_, here := c.mentioned(k.entity)
		there := slices.ContainsFunc(s.Mentions, func(m annotate.Mention) bool { return m.Entity == k.entity }) || s.Subject == k.entity || s.Leans
		if here && !there && (kind == annotate.Person || kind == annotate.Organisation) && len(s.Mentions) > 0 {
			same = false
			break
		}
	}
	c.parties[sentence] = same
	return same
}

// comparable reports whether a figure of sentence i counts what the claim's
// figure counts: what they count shares a meaning, or neither text has another
// figure of that sort that it could be mixed up with.
func (c *comparison) comparable(f, g *annotate.Figure, i int) bool {
	mine, its, ok := alike(values(c.claim, f), values(c.p, g))
	if !ok {
		return false
	}
	if a, b := c.claim.Measures(f), c.p.Measures(g); a != b && a != "" && b != "" {
		return false // wide, not long
	}
	if c.meet(f, c.p, g) {
		return true
	}
	alone := func(p *annotate.Doc, sentence int) bool {
		n := 0
		for _, o := range figuresOf(p, sentence) {
			if !o.Aside && slices.ContainsFunc(values(p, &o), func(v value) bool { return v.measure == mine.measure }) {
				n++
			}
		}
		return n == 1
	}
	equal := mine.same(its)
	if alone(c.claim, f.Sentence) && alone(c.p, i) {
		return i == c.sc.sentence || equal
	}
	const telling = 1000 // so large a number is hardly there twice
	return equal && (f.Low >= telling || f.Counts.Len() == 0 || g.Counts.Len() == 0 || c.others(f, g))
}

// others reports whether no other figure of the article's sentence counts what
// the claim's figure counts: then the same number may count it in other words.
func (c *comparison) others(f, g *annotate.Figure) bool {
	for _, o := range figuresOf(c.p, g.Sentence) {
		if o.Span != g.Span && c.meet(f, c.p, &o) {
			return false
		}
	}
	return true
}

// meet reports whether what the claim's figure counts and what a figure of an
// article counts share a word or its like.
func (c *comparison) meet(f *annotate.Figure, p *annotate.Doc, g *annotate.Figure) bool {
	for _, t := range tokensIn(c.claim, f.Sentence, f.Counts) {
		term := c.claim.Strings[t.Term]
		k := slices.IndexFunc(c.q.Concepts, func(k concept) bool { return k.Terms[term] == 1 })
		for _, u := range tokensIn(p, g.Sentence, g.Counts) {
			other := p.Strings[u.Term]
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
func (c *comparison) dates(ctx context.Context) {
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
				if agree(e, *g) && !finer(e, *g) {
					c.add(DateItem, claimed, Same, s, c.p.WordsOf(s, g.First, g.Last))
					found = true
				} else if !agree(e, *g) && (other == nil || apart(e, *g) < apart(e, *other)) {
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
			elsewhere, err := c.l.dated(ctx, e)
			c.lacking(DateItem, claimed, elsewhere, err)
		}
	}
}

// dated reports whether any article has a date that agrees with another. The marks tell.
func (l *Library) dated(ctx context.Context, e annotate.Event) (bool, error) {
	prefix := "" // a span of time may hold a date of any year
	if e.From == e.To {
		prefix = eventMark(&e)[:len("2019")]
	}
	for _, in := range []struct{ field, prefix string }{{markEvent, prefix}, {markSpan, ""}} {
		for m, err := range l.articles.Index().Marks(ctx, in.field, in.prefix) {
			if err != nil {
				return false, err
			}
			if g, ok := eventOf(m.Term); ok && agree(e, g) {
				return true, nil
			}
		}
	}
	return false, nil
}

// apart returns how far two dates lie from one another.
func apart(a, b annotate.Event) time.Duration {
	return a.From.First().Sub(b.From.First()).Abs()
}

// finer reports whether a date tells more than another that holds it: a day of a
// year that the article only names confirms nothing.
func finer(a, b annotate.Event) bool {
	holds := strings.HasPrefix // the year all of its days
	return len(a.From.String()) > len(b.From.String()) ||
		(a.From == a.To) != (b.From == b.To) && !holds(b.From.String(), a.From.String()) && !holds(a.From.String(), b.From.String())
}

// inSpan reports whether a date lies within a span of time, or is the month or year
// that holds all of it.
func inSpan(e, span annotate.Event) bool {
	if wide := e.From.String(); strings.HasPrefix(span.From.String(), wide) && strings.HasPrefix(span.To.String(), wide) {
		return true
	}
	return len(e.From.String()) == len(span.From.String()) && e.From.Compare(span.From) >= 0 && e.From.Compare(span.To) <= 0
}

// agree reports whether two dates are the same, or one lies within the other.
func agree(a, b annotate.Event) bool {
	within := func(inner, outer string) bool { return strings.HasPrefix(inner, outer) }
	x, y := a.From.String(), b.From.String()
	switch spanA, spanB := a.From != a.To, b.From != b.To; {
	case spanA && spanB:
		return a.From == b.From && a.To == b.To
	case spanA:
		return inSpan(b, a)
	case spanB:
		return inSpan(a, b)
	}
	return within(x, y) || within(y, x)
}
