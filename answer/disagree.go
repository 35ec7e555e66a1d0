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
// article when article is not "". It is worked out once, at the first call. At
// most limit are listed; 0 for all.
func (l *Library) Disagreements(ctx context.Context, article string, limit int) (List[Disagreement], error) {
	l.disagreeOnce.Do(func() { l.disagreements = l.disagree() })
	var found []Disagreement
	for _, d := range l.disagreements {
		if article == "" || d.A.Article == article || d.B.Article == article {
			found = append(found, d)
		}
	}
	return listOf(found, limit, func(d Disagreement) string { return d.A.Article }), ctx.Err()
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

// told is a figure or a date with the words around it.
type told struct {
	doc, sentence int
	figure        *annotate.Figure
	event         *annotate.Event
	names         []string
	terms         []string // other words of the clause, analysed, sorted
	counts        []string // what is counted
	deeds         []string // the words nearest before and behind a figure and what it counts
}

// disagree compares every figure and date with those of other articles that
// share words with it.
func (l *Library) disagree() []Disagreement {
	var all []told
	shared := map[[2]int]int{} // of commonNames
	for i, p := range l.docs {
		for k := range p.Figures {
			if f := &p.Figures[k]; !f.Vague && !f.Aside && !isTable(p, f.Sentence) {
				t := l.tell(i, f.Sentence, f.First, f.Last)
				t.figure = f
				for _, tok := range tokensIn(p, f.Sentence, f.Counts) {
					t.counts = append(t.counts, p.Strings[tok.Term])
				}
				t.deeds = deedsAround(p, f)
				all = append(all, t)
			}
		}
		for k := range p.Events {
			e := &p.Events[k]
			if isTable(p, e.Sentence) {
				continue
			}
			t := l.tell(i, e.Sentence, e.First, e.Last)
			t.event = e
			all = append(all, t)
		}
	}
	byTerm := map[string][]int{}
	for i, t := range all {
		for _, term := range t.terms {
			byTerm[term] = append(byTerm[term], i)
		}
	}
	var found []Disagreement
	for i := range all {
		var others []int
		for _, term := range all[i].terms {
			if len(byTerm[term]) > maxShared {
				continue
			}
			for _, k := range byTerm[term] {
				if k > i && all[k].doc != all[i].doc && !slices.Contains(others, k) {
					others = append(others, k)
				}
			}
		}
		slices.Sort(others)
		for _, k := range others {
			if d, ok := l.differ(&all[i], &all[k], shared); ok {
				found = append(found, d)
				break // one other article's version is enough beside this one
			}
		}
	}
	slices.SortStableFunc(found, inOrder)
	return found
}

// near is how far from a figure the words stand that tell what it is about, in
// tokens.
const near = 8

// tell gathers the words around tokens first to last of a sentence: near them for
// figures, all of the sentence's for dates.
func (l *Library) tell(doc, sentence, first, last int) told {
	p := l.docs[doc]
	s := &p.Sentences[sentence]
	t := told{doc: doc, sentence: sentence}
	for k, tok := range s.Tokens {
		if k >= first && k <= last || tok.Class.Is(annotate.Stop|annotate.Number|annotate.Year|annotate.Month|annotate.Weekday) {
			continue
		}
		term := p.Strings[tok.Term]
		switch {
		case tok.Class.Is(annotate.Named):
			if !slices.Contains(t.names, term) {
				t.names = append(t.names, term)
			}
		case (k < first-near || k > last+near) && len(s.Tokens) > 3*near:
		case !slices.Contains(t.terms, term):
			t.terms = append(t.terms, term)
		}
	}
	return t
}

// differ reports whether two figures or dates are of the same thing and tell it
// differently.
func (l *Library) differ(a, b *told, names map[[2]int]int) (Disagreement, bool) {
	none := Disagreement{}
	p, q := l.docs[a.doc], l.docs[b.doc]
	shared := common(a.terms, b.terms)
	if common(a.names, b.names) < sharedNames {
		pair := [2]int{a.doc, b.doc}
		n, ok := names[pair]
		if !ok {
			n = l.commonNames(p, q)
			names[pair] = n
		}
		days := p.Article.Published.Sub(q.Article.Published).Abs().Hours() / 24
		if n < sharedTitles || days > oneTime {
			return none, false
		}
	}
	switch {
	case a.figure != nil && b.figure != nil:
		f, g := a.figure, b.figure
		mine, its, ok := alike(p, f, q, g)
		if !ok || f.AsOf != g.AsOf && f.AsOf.Year > 0 && g.AsOf.Year > 0 || roundlySame(mine, its) {
			return none, false
		}
		counted := common(a.counts, b.counts)
		if counted == 0 && len(a.counts) > 0 && len(b.counts) > 0 || common(a.deeds, b.deeds) < sharedDeeds {
			return none, false
		}
		d := Disagreement{A: l.version(a, f.Span), B: l.version(b, g.Span)}
		if f.Counts.Len() > 0 {
			d.About = p.Article.Quote(f.Counts)
		}
		return d, true
	case a.event != nil && b.event != nil:
		e, g := a.event, b.event
		if agree(*e, *g) || (e.From.Day == 0) != (g.From.Day == 0) {
			return none, false
		}
		if l.countOtherwise(a, b) {
			return none, false // two days of one count
		}
		least := min(len(a.terms), len(b.terms))
		if shared < sharedLeast || float64(shared) < sharedContent*float64(least) {
			return none, false
		}
		d := Disagreement{Dates: true,
			A: l.version(a, p.WordsOf(&p.Sentences[a.sentence], e.First, e.Last)),
			B: l.version(b, q.WordsOf(&q.Sentences[b.sentence], g.First, g.Last))}
		d.A.Dated, d.B.Dated = Event{From: e.From, To: e.To}.Dated(), Event{From: g.From, To: g.To}.Dated()
		return d, true
	}
	return none, false
}

// deedsAround returns the words next to a figure and what it counts: the one
// before it, the one behind it.
func deedsAround(p *annotate.Doc, f *annotate.Figure) []string {
	var deeds []string
	s := &p.Sentences[f.Sentence]
	take := func(k, way int) {
		for ; k >= 0 && k < len(s.Tokens); k += way {
			t := s.Tokens[k]
			if f.Counts.Contains(corpus.Span{Start: t.Start, End: t.End}) && f.Counts.Start > f.Span.Start || t.Class.Is(annotate.Stop|annotate.Hedge) {
				continue
			}
			if !t.Class.Is(annotate.Named | annotate.Number | annotate.Year | annotate.Month | annotate.Weekday) {
				deeds = append(deeds, p.Strings[t.Term])
			}
			return
		}
	}
	take(f.First-1, -1)
	take(f.Last+1, 1)
	return deeds
}

// countOtherwise reports whether the sentences of two dates count something, and
// not the same.
func (l *Library) countOtherwise(a, b *told) bool {
	p, q := l.docs[a.doc], l.docs[b.doc]
	for _, f := range figuresOf(p, a.sentence) {
		for _, g := range figuresOf(q, b.sentence) {
			if mine, its, ok := alike(p, &f, q, &g); ok && !roundlySame(mine, its) {
				return true
			}
		}
	}
	return false
}

// isTable reports whether a sentence holds so much that it is a table or a list,
// in which figures stand beside too many words to tell what they count.
func isTable(p *annotate.Doc, sentence int) bool {
	const most, longest = 12, 150 // figures, tokens
	return len(figuresOf(p, sentence)) > most || len(p.Sentences[sentence].Tokens) > longest
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

func (l *Library) version(t *told, span corpus.Span) Version {
	p := l.docs[t.doc]
	s := &p.Sentences[t.sentence]
	v := Version{Where: where(p, s), Span: span}
	if source := s.Source(); source >= 0 {
		v.SaidBy = p.Entities[source].Name
	}
	return v
}

// common returns how many words two lists share.
func common(a, b []string) int {
	n := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			n++
		}
	}
	return n
}

// commonNames returns how many names two articles share.
func (l *Library) commonNames(p, q *annotate.Doc) int {
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
