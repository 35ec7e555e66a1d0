package index

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"math"
	"slices"

	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework:
// BM25 and Beyond" (2009):
//
//	Σ idf(t) · tf·(k1+1) / (tf + k1·(1 − b + b·length/average))
//
// k1 and b are those that Trotman, Puurula and Burgess found good for short
// texts ("Improvements to BM25 and Language Models Examined", 2014).
const (
	k1 = 0.9
	b  = 0.4
)

// slack covers what rounding can do to a sum when its parts are added in
// another order.
const slack = 1 - 1e-12

// exhausted is a document beyond all others.
const exhausted = math.MaxInt

// scorer finds the best documents of the parts of an index, one part after the
// other. It works through a part by MaxScore (Turtle and Flood, "Query
// evaluation: strategies and optimizations", 1995): terms whose best scores
// together cannot lift a document over the worst of the best ones are only
// looked up for documents that other terms bring up.
type scorer struct {
	terms []weighed
	all   bool // hits hold every term
	limit int
	top   hitHeap

	// Of the part at hand. Documents are local numbers.
	part   *part
	live   []interval // what may be hit from the document at hand on
	cursor []*cursor  // the most that a term can add rises from first to last
	sum    []float64  // sum[i]: the most that cursor[:i] can add
	first  int        // cursors before it are looked up only
	add    []float64  // what each term adds to the document at hand
	spare  []*cursor
}

// cursor walks through the documents that hold one term.
type cursor struct {
	*weighed
	list     *zap.PostingsList
	postings *zap.PostingsIterator
	doc      int // it stands at
	freq     float64
	length   float64
}

// search goes through a part, in which these passages may be hit.
func (s *scorer) search(ctx context.Context, p *part, live []interval) error {
	s.part, s.live, s.first, s.cursor, s.sum = p, live, 0, s.cursor[:0], append(s.sum[:0], 0)
	fields := map[string]segment.TermDictionary{}
	for i := range s.terms {
		t := &s.terms[i]
		d, ok := fields[t.field()]
		if !ok {
			var err error
			if d, err = p.zap.Dictionary(t.field()); err != nil {
				return fmt.Errorf("%w: field %s: %w", ErrDamaged, t.field(), err)
			}
			fields[t.field()] = d
		}
		if len(s.cursor) == len(s.spare) {
			s.spare = append(s.spare, &cursor{})
		}
		c := s.spare[len(s.cursor)]
		found, err := c.open(d, t)
		if err != nil {
			return err
		}
		if found {
			s.cursor = append(s.cursor, c)
			s.sum = append(s.sum, s.sum[len(s.sum)-1]+t.bound)
		} else if s.all {
			return nil
		}
	}
	if len(s.cursor) == 0 {
		return nil
	}
	s.add = append(s.add[:0], make([]float64, len(s.cursor))...)
	s.prune()
	from := 0
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		doc, err := s.candidate(from)
		if err != nil || doc == exhausted {
			return err
		}
		if err := s.score(doc); err != nil {
			return err
		}
		from = doc + 1
	}
}

// open lets the cursor stand at the first document of a term and reports whether there
// is any.
func (c *cursor) open(d segment.TermDictionary, t *weighed) (bool, error) {
	list, err := d.PostingsList([]byte(t.Text), nil, c.list)
	if err != nil {
		return false, fmt.Errorf("%w: term %q: %w", ErrDamaged, t.Text, err)
	}
	c.weighed, c.doc = t, -1
	if list.Count() == 0 {
		return false, nil
	}
	c.list = list.(*zap.PostingsList)
	c.postings = c.list.Iterator(true, true, false, c.postings).(*zap.PostingsIterator)
	return true, c.take(c.postings.Next())
}

// candidate returns the first document from the given one on that may be hit, and holds
// an essential term and all that is required, or exhausted.
func (s *scorer) candidate(from int) (int, error) {
	for {
		doc := exhausted
		for _, c := range s.cursor[s.first:] {
			if err := c.seek(from); err != nil {
				return 0, err
			}
			doc = min(doc, c.doc)
		}
		for len(s.live) > 0 && s.live[0].to <= doc {
			s.live = s.live[1:]
		}
		if doc == exhausted || len(s.live) == 0 {
			return exhausted, nil
		}
		if from = max(doc, s.live[0].from); from > doc {
			continue
		}
		if s.all {
			for _, c := range s.cursor {
				if err := c.seek(from); err != nil {
					return 0, err
				}
				if from = c.doc; from == exhausted {
					return from, nil
				}
			}
		}
		if from == doc {
			return doc, nil
		}
	}
}

// score works out the score of one document.
func (s *scorer) score(doc int) error {
	clear(s.add)
	sum := 0.0
	for i := s.first; i < len(s.cursor); i++ {
		c := s.cursor[i]
		if c.doc != doc {
			continue
		}
		s.add[i] = c.score()
		sum += s.add[i]
	}
	for i := s.first - 1; i >= 0; i-- {
		if sum+s.sum[i+1] < s.threshold()*slack {
			return nil
		}
		c := s.cursor[i]
		if err := c.seek(doc); err != nil {
			return err
		}
		if c.doc == doc {
			s.add[i] = c.score()
			sum += s.add[i]
		}
	}
	// Added up in one order, so that equal documents have equal scores.
	sum = 0
	for _, p := range s.add {
		sum += p
	}
	if sum < s.threshold() || sum == 0 {
		return nil
	}
	s.keep(doc, sum)
	return nil
}

// threshold is the least score that a document must reach, 0 while there is
// room for any.
func (s *scorer) threshold() float64 {
	if len(s.top) < s.limit {
		return 0
	}
	return s.top[0].Score
}

// keep takes a document among the best ones, if it is one.
func (s *scorer) keep(doc int, score float64) {
	heap.Push(&s.top, Hit{s.part.number(doc), score})
	if len(s.top) > s.limit {
		heap.Pop(&s.top)
	}
	s.prune()
}

// prune leaves out the terms that can no longer make a document one of the best.
func (s *scorer) prune() {
	for s.first < len(s.cursor) && s.sum[s.first+1] < s.threshold()*slack {
		s.first++
	}
}

// best returns the best hits, best first.
func (s *scorer) best() []Hit {
	hits := slices.Clone([]Hit(s.top))
	slices.SortFunc(hits, func(a, c Hit) int {
		return cmp.Or(cmp.Compare(c.Score, a.Score), cmp.Compare(a.Document, c.Document))
	})
	return hits
}

// score returns what the term adds to the document that the cursor stands at.
// The conversion forbids to fuse the product with the sum, which would round
// otherwise on some machines.
func (c *cursor) score() float64 {
	return c.bound * c.freq / (c.freq + k1*(1-b) + float64(c.slope*c.length))
}

// seek moves to the document or the first one behind it.
func (c *cursor) seek(doc int) error {
	switch {
	case c.doc >= doc:
		return nil
	case c.doc+1 == doc:
		return c.take(c.postings.Next())
	}
	return c.take(c.postings.Advance(uint64(doc)))
}

func (c *cursor) take(p segment.Posting, err error) error {
	if err != nil {
		return fmt.Errorf("%w: postings: %w", ErrDamaged, err)
	}
	if p == nil {
		c.doc = exhausted
		return nil
	}
	at := p.(*zap.Posting)
	c.doc, c.freq, c.length = int(at.Number()), float64(at.Frequency()), float64(at.NormUint64())
	return nil
}

// hitHeap keeps the worst hit on top: the lowest score and, of equal ones,
// the highest number.
type hitHeap []Hit

func (h hitHeap) Len() int { return len(h) }
func (h hitHeap) Less(i, j int) bool {
	if h[i].Score != h[j].Score {
		return h[i].Score < h[j].Score
	}
	return h[i].Document > h[j].Document
}
func (h hitHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *hitHeap) Push(x any)   { *h = append(*h, x.(Hit)) }
func (h *hitHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
