package index

import (
	"cmp"
	"context"
	"fmt"
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
	Terms   []Term
	Article string // id of the only article to look in; "" for all
	All     bool   // only passages with every term
	Limit   int    // at most so many hits
}

// Hit is a passage that was found.
type Hit struct {
	Document int     // its number: the position among the documents of the build
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
	defer func() {
		if r := recover(); r != nil {
			hits, err = nil, fmt.Errorf("%w: searching: %v", ErrDamaged, r)
		}
	}()
	if q.Limit < 1 {
		return nil, nil
	}
	s := &scorer{reader: x.reader, limit: q.Limit}
	defer s.close()
	if err := s.open(ctx, x, q); err != nil {
		return nil, err
	}
	if err := s.run(ctx); err != nil {
		return nil, err
	}
	return s.best(), nil
}

// terms returns the query's terms with those that are named twice added up and
// those that nothing holds left out; none where all are asked for and one of
// them is missing.
func (x *Index) terms(q Query) []weighed {
	weights := map[Term]float64{}
	for _, t := range q.Terms {
		if t.Weight > 0 {
			weights[Term{Language: t.Language, Text: t.Text, About: t.About}] += t.Weight
		}
	}
	var terms []weighed
	for t, w := range weights {
		df := x.docFreq(t.field(), t.Text)
		if df > 0 {
			terms = append(terms, weighed{t, w * IDF(x.Documents(t.Language), df) * (k1 + 1)})
		}
	}
	if q.All && len(terms) < len(weights) {
		return nil
	}
	// The order is the same every time, so that sums round alike.
	slices.SortFunc(terms, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(a.bound, b.bound), cmp.Compare(a.field(), b.field()), cmp.Compare(a.Text, b.Text))
	})
	if q.All {
		return terms
	}
	return terms[max(0, len(terms)-maxTerms):]
}

// weighed is a term with the most that it can add to a score.
type weighed struct {
	Term
	bound float64
}
