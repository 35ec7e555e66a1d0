package index

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	bindex "github.com/blevesearch/bleve_index_api"
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
const exhausted = math.MaxUint64

// scorer finds the best documents by MaxScore (Turtle and Flood, "Query
// evaluation: strategies and optimizations", 1995): terms whose best scores
// together cannot lift a document over the worst of the best ones are only
// looked up for documents that other terms bring up.
type scorer struct {
	reader   bindex.IndexReader
	cursor   []*cursor // the most that a term can add rises from first to last
	sum      []float64 // sum[i]: the most that cursor[:i] can add
	first    int       // cursors before it are looked up only
	article  *cursor   // the documents of the only article asked for; nil for all
	required []*cursor // they hold every hit: the article, and each term where all are asked for
	limit    int
	top      hitHeap
	part     []float64 // what each term adds to the document at hand
	id       bindex.IndexInternalID
}

// cursor walks through the documents that hold one term.
type cursor struct {
	postings bindex.TermFieldReader
	bound    float64 // the most that the term can add
	floor    float64 // k1·(1−b)
	slope    float64 // k1·b/average length
	doc      uint64  // internal number of the document it stands at
	entry    bindex.TermFieldDoc
	id       bindex.IndexInternalID
}

// open opens a cursor for every term of the query.
func (s *scorer) open(ctx context.Context, x *Index, q Query) error {
	for _, t := range x.terms(q) {
		average := x.AvgLen(t.Language)
		if t.About {
			average = x.aboutLen(t.Language)
		}
		postings, err := x.reader.TermFieldReader(ctx, []byte(t.Text), t.field(), true, true, false)
		if err != nil {
			return fmt.Errorf("%w: term %q: %w", ErrDamaged, t.Text, err)
		}
		s.cursor = append(s.cursor, &cursor{postings: postings, bound: t.bound, floor: k1 * (1 - b), slope: k1 * b / average})
	}
	s.part = make([]float64, len(s.cursor))
	s.sum = make([]float64, len(s.cursor)+1)
	for i, c := range s.cursor {
		s.sum[i+1] = s.sum[i] + c.bound
		if err := c.next(); err != nil {
			return err
		}
	}
	if q.Article != "" {
		postings, err := x.reader.TermFieldReader(ctx, []byte(q.Article), articleField, false, false, false)
		if err != nil {
			return fmt.Errorf("%w: article %q: %w", ErrDamaged, q.Article, err)
		}
		s.article = &cursor{postings: postings}
		s.required = append(s.required, s.article)
		if err := s.article.next(); err != nil {
			return err
		}
	}
	if q.All {
		s.required = append(s.required, s.cursor...)
	}
	return nil
}

func (s *scorer) close() {
	for _, c := range s.cursor {
		c.postings.Close()
	}
	if s.article != nil {
		s.article.postings.Close()
	}
}

// run goes through the documents and keeps the best.
func (s *scorer) run(ctx context.Context) error {
	from := uint64(0)
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

// candidate returns the first document from the given one on that holds an
// essential term and all that is required, or exhausted.
func (s *scorer) candidate(from uint64) (uint64, error) {
	for {
		doc := uint64(exhausted)
		for _, c := range s.cursor[s.first:] {
			if err := c.seek(from); err != nil {
				return 0, err
			}
			doc = min(doc, c.doc)
		}
		if doc == exhausted {
			return doc, nil
		}
		from = doc
		for _, c := range s.required {
			if err := c.seek(from); err != nil {
				return 0, err
			}
			if from = c.doc; from == exhausted {
				return from, nil
			}
		}
		if from == doc {
			return doc, nil
		}
	}
}

// score works out the score of one document.
func (s *scorer) score(doc uint64) error {
	clear(s.part)
	sum := 0.0
	for i := s.first; i < len(s.cursor); i++ {
		c := s.cursor[i]
		if c.doc != doc {
			continue
		}
		s.part[i] = c.score()
		sum += s.part[i]
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
			s.part[i] = c.score()
			sum += s.part[i]
		}
	}
	// Added up in one order, so that equal documents have equal scores.
	sum = 0
	for _, p := range s.part {
		sum += p
	}
	if sum < s.threshold() || sum == 0 {
		return nil
	}
	return s.keep(doc, sum)
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
func (s *scorer) keep(doc uint64, score float64) error {
	s.id = bindex.NewIndexInternalID(s.id, doc)
	external, err := s.reader.ExternalID(s.id)
	if err != nil {
		return fmt.Errorf("%w: document %d: %w", ErrDamaged, doc, err)
	}
	number, err := strconv.Atoi(strings.TrimLeft(external, "p"))
	if err != nil {
		return fmt.Errorf("%w: document %q: %w", ErrDamaged, external, err)
	}
	heap.Push(&s.top, Hit{number, score})
	if len(s.top) > s.limit {
		heap.Pop(&s.top)
	}
	for s.first < len(s.cursor)-1 && s.sum[s.first+1] < s.threshold()*slack {
		s.first++
	}
	return nil
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
// bleve keeps 1/√length. The conversion forbids to fuse the product with the sum,
// which would round otherwise on some machines.
func (c *cursor) score() float64 {
	tf := float64(c.entry.Freq)
	length := math.Round(1 / (c.entry.Norm * c.entry.Norm))
	return c.bound * tf / (tf + c.floor + float64(c.slope*length))
}

// next moves to the next document.
func (c *cursor) next() error {
	c.entry = bindex.TermFieldDoc{ID: c.entry.ID[:0]}
	d, err := c.postings.Next(&c.entry)
	return c.take(d, err)
}

// seek moves to the document or the first one behind it.
func (c *cursor) seek(doc uint64) error {
	if c.doc >= doc {
		return nil
	}
	if c.doc+1 == doc {
		return c.next()
	}
	c.id = bindex.NewIndexInternalID(c.id, doc)
	c.entry = bindex.TermFieldDoc{ID: c.entry.ID[:0]}
	d, err := c.postings.Advance(c.id, &c.entry)
	return c.take(d, err)
}

func (c *cursor) take(d *bindex.TermFieldDoc, err error) error {
	if err != nil {
		return fmt.Errorf("%w: postings: %w", ErrDamaged, err)
	}
	if d == nil {
		c.doc = exhausted
		return nil
	}
	c.entry = *d
	c.doc = d.ID.Value()
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
