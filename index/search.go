package index

import (
	"cmp"
	"context"
	"slices"
)

// Term is an analysed word to look for in the passages of a language.
type Term struct {
	Language string
	Text     string  // as [Analyze] gives it
	Weight   float64 // what its score is multiplied by; a term with 0 is left out
	About    bool    // look for it in what the passages are about, not in their text
}

// field returns the field that the term is looked for in.
func (t Term) field() string {
	if t.About {
		return aboutField(t.Language)
	}
	return textField(t.Language)
}

// Query says what to look for.
type Query struct {
	Terms  []Term
	Within Range // only passages with these numbers; the zero value for all
	All    bool  // only passages with every term
	Limit  int   // at most so many hits
}

// Range is the numbers From, …, To-1.
type Range struct{ From, To int }

// Hit is a passage that was found.
type Hit struct {
	Document int     // its number
	Score    float64 // BM25, above 0
}

// maxTerms bounds the work of one query: only so many terms are looked for,
// those that can add most. A query for all its terms is cheap without a bound.
const maxTerms = 256

// Search returns the best hits, best first, equal ones in the order of their
// numbers. It is exact: pruning leaves out only what cannot be among them.
// Terms that nothing holds do not matter, unless the query asks for all.
// An error wraps [ErrDamaged] or is the context's.
func (x *Index) Search(ctx context.Context, q Query) (hits []Hit, err error) {
	defer recovered(&err, "searching")
	if q.Limit < 1 {
		return nil, nil
	}
	terms, err := x.terms(ctx, q)
	if err != nil || len(terms) == 0 {
		return nil, err
	}
	var within map[*part][]interval
	if q.Within != (Range{}) {
		within = x.within(q.Within)
	}
	s, ok := x.scorers.Get().(*scorer)
	if !ok {
		s = &scorer{}
	}
	s.terms, s.all, s.limit, s.top = terms, q.All, q.Limit, s.top[:0]
	for _, p := range x.parts {
		live := p.live
		if within != nil {
			live = within[p]
		}
		if len(live) == 0 {
			continue
		}
		if err := s.search(ctx, p, live, x.way); err != nil {
			return nil, err
		}
	}
	hits = s.best()
	x.scorers.Put(s) // not after a panic
	return hits, nil
}

// terms returns the query's terms with those that are named twice added up and
// those that nothing holds left out; none where all are asked for and one of
// them is missing.
func (x *Index) terms(ctx context.Context, q Query) ([]weighed, error) {
	weights := map[Term]float64{}
	for _, t := range q.Terms {
		if t.Weight > 0 {
			weights[Term{Language: t.Language, Text: t.Text, About: t.About}] += t.Weight
		}
	}
	var terms []weighed
	for t, w := range weights {
		df, err := x.docFreq(ctx, t.field(), t.Text)
		if err != nil {
			return nil, err
		}
		if df == 0 {
			continue
		}
		average := x.AvgLen(t.Language)
		if t.About {
			average = x.aboutLen(t.Language)
		}
		terms = append(terms, weighed{t, w * IDF(x.Documents(t.Language), df) * (k1 + 1), k1 * b / average})
	}
	if q.All && len(terms) < len(weights) {
		return nil, nil
	}
	// The order is the same every time, so that sums round alike.
	slices.SortFunc(terms, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(a.bound, b.bound), cmp.Compare(a.field(), b.field()), cmp.Compare(a.Text, b.Text))
	})
	if q.All {
		return terms, nil
	}
	return terms[max(0, len(terms)-maxTerms):], nil
}

// weighed is a term with what its scores are made of.
type weighed struct {
	Term
	bound float64 // the most that it can add
	slope float64 // k1·b/average length
}
