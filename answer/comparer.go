package answer

import (
	"cmp"
	"context"
	"slices"

	"footnote/answer/queue"
	"footnote/index"
)

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

// near is [Library.near], of which it keeps what was wanted last.
func (c *comparer) near(ctx context.Context, term string) ([]int, error) {
	passages, _, err := c.rare.Get(ctx, term, func() ([]int, error) { return c.l.near(ctx, term) })
	return passages, err
}

// near returns the passages with a figure or a date near which a word stands; none
// where it stands near so many that it tells nothing.
func (l *Library) near(ctx context.Context, term string) ([]int, error) {
	var passages []int
	uses := 0
	for _, field := range []string{markCounted, markDated} {
		places, more, err := l.articles.Index().MarkedUpTo(ctx, field, term, maxShared-uses)
		if err != nil || more {
			return nil, err
		}
		if uses += countOf(places); uses > maxShared {
			return nil, nil
		}
		passages = either(passages, numbers(places))
	}
	return passages, nil
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

// between reports whether what two articles tell, each counted among all that it tells,
// disagrees.
func (c *comparer) between(ctx context.Context, doc, n, other, k int) (Disagreement, bool, error) {
	a, err := c.tolds(ctx, doc)
	if err != nil {
		return Disagreement{}, false, err
	}
	b, err := c.tolds(ctx, other)
	if err != nil {
		return Disagreement{}, false, err
	}
	return c.differ(ctx, &a[n], &b[k])
}

// daysApart is how many days two articles were published apart.
func (l *Library) daysApart(a, b int) float64 {
	return l.Headers()[a].Published.Sub(l.Headers()[b].Published).Abs().Hours() / 24
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
