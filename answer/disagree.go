package answer

import (
	"cmp"
	"context"
	"math"
	"slices"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// Version is what one article says of something that another tells otherwise.
type Version struct {
	Where
	Span   corpus.Span // the figure, or the words of date
	SaidBy string      // who says so; "" where the article says it in its own voice
	Dated  string      // for dates: the resolved date, as Event.Dated
}

// Disagreement is one thing that two articles count or date differently.
// Nothing is decided between them.
type Disagreement struct {
	About string // what is counted, in words of the first article; "" for dates
	Dates bool   // dated, not counted, differently
	A, B  Version
}

// Disagreements lists where the articles of the library disagree, of one
// article when article is not "". At most limit are listed; 0 for all. Those of all
// articles are looked for in the background, once, from when they are first asked
// for: the list is what is found so far, and tells how many articles are left.
func (l *Library) Disagreements(ctx context.Context, article string, limit int) (List[Disagreement], error) {
	if article == "" {
		return l.disagreeing.list(ctx, l, limit)
	}
	return keep(ctx, l, listed{kind: "disagreements", article: article, limit: limit}, func() (List[Disagreement], error) {
		c := collector[Disagreement]{limit: limit}
		doc, ok := l.articles.Find(article)
		if !ok {
			return c.list, nil
		}
		found, err := newComparer(l).of(ctx, doc)
		c.in(found)
		return c.list, err
	})
}

// Bounds of what two articles must share to speak of the same thing, set by
// hand: a false disagreement is worse than a missed one.
const (
	sharedNames   = 1    // names in the two sentences, or else
	sharedTitles  = 1    // names in the two articles as a whole, where they are of one time
	oneTime       = 60   // days between articles of one time
	sharedDeeds   = 1    // words right before or behind the figures: killed, wounded
	sharedContent = 0.6  // of the words of the shorter of two dated sentences
	sharedLeast   = 2    // words at least
	roundly       = 0.05 // figures that differ by less are the same, roundly
	maxShared     = 200  // a word near more figures than this tells nothing
)

// differ reports whether two figures or dates that are of one matter tell it
// differently.
func differ(p *annotate.Doc, a *told, q *annotate.Doc, b *told) (Disagreement, bool) {
	none := Disagreement{}
	switch {
	case a.figure != nil && b.figure != nil:
		f, g := a.figure, b.figure
		mine, its, ok := alike(values(p, f), values(q, g))
		if !ok || f.AsOf != g.AsOf && f.AsOf.Year > 0 && g.AsOf.Year > 0 || roundlySame(mine, its) {
			return none, false
		}
		counted := common(a.counts, b.counts)
		if counted == 0 && len(a.counts) > 0 && len(b.counts) > 0 || common(a.deeds, b.deeds) < sharedDeeds {
			return none, false
		}
		d := Disagreement{A: version(p, a, f.Span), B: version(q, b, g.Span)}
		if f.Counts.Len() > 0 {
			d.About = p.Article.Quote(f.Counts)
		}
		return d, true
	case a.event != nil && b.event != nil:
		e, g := a.event, b.event
		if agree(*e, *g) || (e.From.Day == 0) != (g.From.Day == 0) || !sharesContent(common(a.terms, b.terms), len(a.terms), len(b.terms)) {
			return none, false
		}
		if countOtherwise(p, a, q, b) {
			return none, false // two days of one count
		}
		d := Disagreement{Dates: true,
			A: version(p, a, p.WordsOf(&p.Sentences[a.sentence], e.First, e.Last)),
			B: version(q, b, q.WordsOf(&q.Sentences[b.sentence], g.First, g.Last))}
		d.A.Dated, d.B.Dated = Event{From: e.From, To: e.To}.Dated(), Event{From: g.From, To: g.To}.Dated()
		return d, true
	}
	return none, false
}

// sharesContent reports whether so many shared words, of so many of two dated sentences,
// make them speak of the same.
func sharesContent(shared, of, ofOther int) bool {
	return shared >= sharedLeast && float64(shared) >= sharedContent*float64(min(of, ofOther))
}

// countOtherwise reports whether the sentences of two dates count something, and
// not the same.
func countOtherwise(p *annotate.Doc, a *told, q *annotate.Doc, b *told) bool {
	for _, f := range figuresOf(p, a.sentence) {
		for _, g := range figuresOf(q, b.sentence) {
			if mine, its, ok := alike(values(p, &f), values(q, &g)); ok && !roundlySame(mine, its) {
				return true
			}
		}
	}
	return false
}

// roundlySame reports whether two figures tell the same, one of them perhaps
// rounded, or one a range that holds the other.
func roundlySame(a, b value) bool {
	if a.low <= b.high && b.low <= a.high {
		return true
	}
	gap := math.Min(math.Abs(a.low-b.high), math.Abs(b.low-a.high))
	return gap <= roundly*math.Max(math.Abs(a.high), math.Abs(b.high))
}

func version(p *annotate.Doc, t *told, span corpus.Span) Version {
	s := &p.Sentences[t.sentence]
	v := Version{Where: where(p, s), Span: span}
	if source := s.Source(); source >= 0 {
		v.SaidBy = p.Entities[source].Name
	}
	return v
}

// common returns how many words two lists share.
func common[T comparable](a, b []T) int {
	n := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			n++
		}
	}
	return n
}

// commonNames returns how many names two articles share.
func commonNames(p, q *annotate.Doc) int {
	n := 0
	for _, e := range p.Entities {
		if e.Counted == 0 {
			continue
		}
		if slices.ContainsFunc(q.Entities, func(o annotate.Entity) bool {
			return o.Counted > 0 && len(o.Terms) == len(e.Terms) && slices.EqualFunc(o.Terms, e.Terms, func(x, y int) bool { return q.Strings[x] == p.Strings[y] })
		}) {
			n++
		}
	}
	return n
}

// inOrder puts disagreements in the order of reading of their first articles.
func inOrder(a, b Disagreement) int {
	return cmp.Or(cmp.Compare(a.A.Article, b.A.Article), a.A.Sentence.Start-b.A.Sentence.Start, cmp.Compare(a.B.Article, b.B.Article))
}
