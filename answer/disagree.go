package answer

import (
	"cmp"
	"context"
	"math"
	"slices"

	"footnote/answer/annotate"
	"footnote/answer/queue"
	"footnote/corpus"
	"footnote/index"
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
// for: the list tells how many articles have been looked at.
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

// told is a figure or a date with the words around it.
type told struct {
	doc, sentence int
	figure        *annotate.Figure
	event         *annotate.Event
	names         []string
	terms         []string // other words of the clause, analysed
	counts        []string // what is counted
	deeds         []string // the words nearest before and behind a figure and what it counts
}

// tell returns the figures and dates of an article that may be compared with those of
// others.
func tell(p *annotate.Doc) []told {
	var all []told
	for k := range p.Figures {
		f := &p.Figures[k]
		if f.Vague || f.Aside || isTable(p, f.Sentence) {
			continue
		}
		t := wordsAround(p, f.Sentence, f.First, f.Last)
		t.figure, t.counts, t.deeds = f, termsIn(p, f.Sentence, f.Counts), deedsAround(p, f)
		all = append(all, t)
	}
	for k := range p.Events {
		e := &p.Events[k]
		if isTable(p, e.Sentence) {
			continue
		}
		t := wordsAround(p, e.Sentence, e.First, e.Last)
		t.event = e
		all = append(all, t)
	}
	return all
}

// termsIn returns the terms of a sentence within a span, each once.
func termsIn(p *annotate.Doc, sentence int, span corpus.Span) []string {
	var terms []string
	for _, t := range tokensIn(p, sentence, span) {
		terms = append(terms, p.Strings[t.Term])
	}
	return unique(terms)
}

// near is how far from a figure the words stand that tell what it is about, in
// tokens.
const near = 8

// wordsAround gathers the words around tokens first to last of a sentence: near them for
// figures, all of the sentence's for dates.
func wordsAround(p *annotate.Doc, sentence, first, last int) told {
	s := &p.Sentences[sentence]
	t := told{sentence: sentence}
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

// comparer looks for what other articles tell otherwise. It keeps of what it looked
// up what was wanted last.
type comparer struct {
	l       *Library
	marked  *queue.Kept[index.Mark, []int] // the passages that bear a mark
	rare    *queue.Kept[string, []int]     // those near whose figures and dates a word stands; nil where that tells nothing
	told    *queue.Kept[int, []told]       // of articles
	related *queue.Kept[[2]int, int]       // commonNames
}

// How much of that is kept.
const (
	keptMarks   = 64
	keptRare    = 4096
	keptTold    = 64
	keptRelated = 4096
)

func newComparer(l *Library) *comparer {
	return &comparer{l: l, marked: queue.NewKept[index.Mark, []int](keptMarks), rare: queue.NewKept[string, []int](keptRare),
		told: queue.NewKept[int, []told](keptTold), related: queue.NewKept[[2]int, int](keptRelated)}
}

// of returns the disagreements of one article.
func (c *comparer) of(ctx context.Context, doc int) ([]Disagreement, error) {
	own, err := c.tolds(ctx, doc)
	if err != nil {
		return nil, err
	}
	type pair struct {
		doc, n int // the first of the two, by its place
		d      Disagreement
	}
	var found []pair
	seen := map[[2]int]bool{}
	for n := range own {
		// What it tells otherwise than one behind it.
		d, ok, err := c.first(ctx, &own[n])
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, pair{doc, n, d})
		}
		// Those before it that have no other before this.
		earlier, err := c.mayDiffer(ctx, &own[n], false)
		if err != nil {
			return nil, err
		}
		for _, at := range earlier {
			all, err := c.tolds(ctx, at.doc)
			if err != nil {
				return nil, err
			}
			for _, k := range at.told {
				if seen[[2]int{at.doc, k}] {
					continue
				}
				if _, ok, err := c.differ(ctx, &all[k], &own[n]); err != nil || !ok {
					if err != nil {
						return nil, err
					}
					continue
				}
				seen[[2]int{at.doc, k}] = true
				d, ok, err := c.first(ctx, &all[k])
				if err != nil {
					return nil, err
				}
				if ok && d.B.Article == c.l.idOf(doc) {
					found = append(found, pair{at.doc, k, d})
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b pair) int { return cmp.Or(cmp.Compare(a.doc, b.doc), cmp.Compare(a.n, b.n)) })
	list := make([]Disagreement, len(found))
	for i, f := range found {
		list[i] = f.d
	}
	slices.SortStableFunc(list, inOrder)
	return list, nil
}

// behind returns what the figures and dates of an article disagree with in those
// behind it.
func (c *comparer) behind(ctx context.Context, doc int) ([]Disagreement, error) {
	own, err := c.tolds(ctx, doc)
	if err != nil {
		return nil, err
	}
	var found []Disagreement
	for n := range own {
		d, ok, err := c.first(ctx, &own[n])
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, d)
		}
	}
	slices.SortStableFunc(found, inOrder)
	return found, nil
}

// first returns the first disagreement of a figure or a date with an article behind
// its own: one other article's version is enough beside this one.
func (c *comparer) first(ctx context.Context, t *told) (Disagreement, bool, error) {
	may, err := c.mayDiffer(ctx, t, true)
	if err != nil {
		return Disagreement{}, false, err
	}
	for _, at := range may {
		all, err := c.tolds(ctx, at.doc)
		if err != nil {
			return Disagreement{}, false, err
		}
		for _, k := range at.told {
			if d, ok, err := c.differ(ctx, t, &all[k]); ok || err != nil {
				return d, ok, err
			}
		}
	}
	return Disagreement{}, false, nil
}

// others are figures or dates of an article, by their places among all that it tells.
type others struct {
	doc  int
	told []int
}

// mayDiffer returns what a figure or a date may disagree with in the articles behind
// its own, or before it: what shares a word with it that is not everywhere, for
// figures the deed, and a name or, among articles of one time, somebody named.
func (c *comparer) mayDiffer(ctx context.Context, t *told, behind bool) ([]others, error) {
	l := c.l
	var passages []int
	for _, term := range t.terms {
		with, err := c.near(ctx, term)
		if err != nil {
			return nil, err
		}
		if behind {
			with = with[after(with, l.first(t.doc+1)):]
		} else {
			with = with[:after(with, l.first(t.doc))]
		}
		passages = append(passages, with...)
	}
	slices.Sort(passages)
	passages = slices.Compact(passages)
	var found []others
	for _, n := range passages {
		if ok, err := c.sharesWith(ctx, t, n); err != nil || !ok {
			if err != nil {
				return nil, err
			}
			continue
		}
		doc, passage := l.passageAt(n)
		all, err := c.tolds(ctx, doc)
		if err != nil {
			return nil, err
		}
		p, err := l.doc(doc)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 || found[len(found)-1].doc != doc {
			found = append(found, others{doc: doc})
		}
		at := &found[len(found)-1]
		for k := range all {
			if p.Sentences[all[k].sentence].Passage == passage && (all[k].figure != nil) == (t.figure != nil) {
				at.told = append(at.told, k)
			}
		}
	}
	for i := range found {
		slices.Sort(found[i].told)
	}
	return found, ctx.Err()
}

// sharesWith reports, by marks alone, whether a passage may disagree with a figure
// or a date.
func (c *comparer) sharesWith(ctx context.Context, t *told, passage int) (bool, error) {
	if t.figure != nil {
		if ok, err := c.bears(ctx, passage, markDeed, t.deeds); err != nil || !ok {
			return false, err
		}
	}
	if ok, err := c.bears(ctx, passage, markNamed, t.names); err != nil || ok {
		return ok, err
	}
	doc, _ := c.l.passageAt(passage)
	if c.l.daysApart(t.doc, doc) > oneTime {
		return false, nil
	}
	p, err := c.l.doc(t.doc)
	if err != nil {
		return false, err
	}
	keys := make([]string, 0, len(p.Entities))
	for i := range p.Entities {
		if k := entityKey(p, i); k != "" {
			keys = append(keys, k)
		}
	}
	return c.bears(ctx, c.l.first(doc), markEntity, keys)
}

// bears reports whether a passage bears one of the marks.
func (c *comparer) bears(ctx context.Context, passage int, field string, terms []string) (bool, error) {
	for _, term := range terms {
		passages, _, err := c.marked.Get(ctx, index.Mark{Field: field, Term: term}, func() ([]int, error) { return c.l.bearing(ctx, field, term) })
		if err != nil {
			return false, err
		}
		if _, ok := slices.BinarySearch(passages, passage); ok {
			return true, nil
		}
	}
	return false, nil
}

// near returns the passages with a figure or a date near which a word stands; none
// where it stands near so many that it tells nothing.
func (c *comparer) near(ctx context.Context, term string) ([]int, error) {
	passages, _, err := c.rare.Get(ctx, term, func() ([]int, error) {
		counted, err := c.l.articles.Index().Marked(ctx, markCounted, term)
		if err != nil {
			return nil, err
		}
		dated, err := c.l.articles.Index().Marked(ctx, markDated, term)
		if err != nil || countOf(counted)+countOf(dated) > maxShared {
			return nil, err
		}
		return either(numbers(counted), numbers(dated)), nil
	})
	return passages, err
}

// tolds returns what an article tells.
func (c *comparer) tolds(ctx context.Context, doc int) ([]told, error) {
	all, _, err := c.told.Get(ctx, doc, func() ([]told, error) {
		p, err := c.l.doc(doc)
		if err != nil {
			return nil, err
		}
		all := tell(p)
		for i := range all {
			all[i].doc = doc
		}
		return all, nil
	})
	return all, err
}

// shareWord reports whether two figures or dates share a word that is not everywhere.
func (c *comparer) shareWord(ctx context.Context, a, b *told) (bool, error) {
	for _, term := range a.terms {
		if !slices.Contains(b.terms, term) {
			continue
		}
		if passages, err := c.near(ctx, term); err != nil || len(passages) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

// daysApart is how many days two articles were published apart.
func (l *Library) daysApart(a, b int) float64 {
	return l.Headers()[a].Published.Sub(l.Headers()[b].Published).Abs().Hours() / 24
}

// entityKey is the same of entities that are named alike; "" for what is not named.
func entityKey(p *annotate.Doc, entity int) string {
	e := &p.Entities[entity]
	if e.Counted == 0 {
		return ""
	}
	key := "by"
	for _, t := range e.Terms {
		key += " " + p.Strings[t]
	}
	return key
}

// differ reports whether two figures or dates are of the same thing and tell it
// differently.
func (c *comparer) differ(ctx context.Context, a, b *told) (Disagreement, bool, error) {
	if ok, err := c.shareWord(ctx, a, b); err != nil || !ok {
		return Disagreement{}, false, err
	}
	p, err := c.l.doc(a.doc)
	if err != nil {
		return Disagreement{}, false, err
	}
	q, err := c.l.doc(b.doc)
	if err != nil {
		return Disagreement{}, false, err
	}
	if common(a.names, b.names) < sharedNames {
		n, _, err := c.related.Get(ctx, [2]int{a.doc, b.doc}, func() (int, error) { return commonNames(p, q), nil })
		if err != nil {
			return Disagreement{}, false, err
		}
		if n < sharedTitles || c.l.daysApart(a.doc, b.doc) > oneTime {
			return Disagreement{}, false, nil
		}
	}
	d, ok := differ(p, a, q, b)
	return d, ok, nil
}

// differ reports whether two figures or dates that are of one matter tell it
// differently.
func differ(p *annotate.Doc, a *told, q *annotate.Doc, b *told) (Disagreement, bool) {
	none := Disagreement{}
	shared := common(a.terms, b.terms)
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
		d := Disagreement{A: version(p, a, f.Span), B: version(q, b, g.Span)}
		if f.Counts.Len() > 0 {
			d.About = p.Article.Quote(f.Counts)
		}
		return d, true
	case a.event != nil && b.event != nil:
		e, g := a.event, b.event
		if agree(*e, *g) || (e.From.Day == 0) != (g.From.Day == 0) {
			return none, false
		}
		if countOtherwise(p, a, q, b) {
			return none, false // two days of one count
		}
		least := min(len(a.terms), len(b.terms))
		if shared < sharedLeast || float64(shared) < sharedContent*float64(least) {
			return none, false
		}
		d := Disagreement{Dates: true,
			A: version(p, a, p.WordsOf(&p.Sentences[a.sentence], e.First, e.Last)),
			B: version(q, b, q.WordsOf(&q.Sentences[b.sentence], g.First, g.Last))}
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
func countOtherwise(p *annotate.Doc, a *told, q *annotate.Doc, b *told) bool {
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

func version(p *annotate.Doc, t *told, span corpus.Span) Version {
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
