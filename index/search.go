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

// maxTerms bounds the work of one query: only so many of its rarest terms
// are looked for.
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
	s := &scorer{reader: x.reader, limit: q.Limit, all: q.All}
	defer s.close()
	if err := s.open(ctx, x, q); err != nil {
		return nil, err
	}
	if err := s.run(ctx); err != nil {
		return nil, err
	}
	return s.best(), nil
}

// terms returns the query's terms with those that are named twice added up,
// those of no language of the index left out, and the rarest only.
func (x *Index) terms(q Query) []weighed {
	byTerm := map[Term]float64{}
	for _, t := range q.Terms {
		if t.Weight > 0 {
			byTerm[Term{Language: t.Language, Text: t.Text}] += t.Weight
		}
	}
	var terms []weighed
	for t, w := range byTerm {
		stats := x.info.Languages[t.Language]
		df := x.DocFreq(t.Language, t.Text)
		if df == 0 && !q.All {
			continue
		}
		terms = append(terms, weighed{Term: t, bound: w * idf(stats.Documents, df) * (k1 + 1), frequency: df})
	}
	// Rare terms first; the order is the same every time.
	slices.SortFunc(terms, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(a.frequency, b.frequency), cmp.Compare(a.Term.Language, b.Term.Language), cmp.Compare(a.Term.Text, b.Term.Text))
	})
	return terms[:min(len(terms), maxTerms)]
}

// weighed is a term with the most that it can add to a score.
type weighed struct {
	Term
	bound     float64
	frequency int
}
