package index

import (
	"cmp"
	"context"
	"math"
	"slices"
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

// scorer finds the best passages of the parts of an index, one part after the
// other. What it has read of one it leaves behind for the next.
type scorer struct {
	terms []weighed
	all   bool // hits hold every term
	limit int
	top   hitHeap

	// Of the part at hand. Passages go by local numbers.
	part   *part
	live   []interval // what may be hit from the passage at hand on
	held   []held     // the most that a term can add rises from first to last
	sum    []float64  // sum[i]: the most that held[:i] can add
	first  int        // those before it are looked up only
	cursor []*cursor  // of each that is held
	add    []float64  // what each adds to the passage at hand
	total  []float64  // what all add to each passage; all 0 between two uses
}

// held is a term that the part at hand holds.
type held struct {
	*weighed
	list list
}

// search goes through a part, in which these passages may be hit.
func (s *scorer) search(ctx context.Context, p *part, live []interval, way way) error {
	s.part, s.live, s.first, s.held, s.sum = p, live, 0, s.held[:0], append(s.sum[:0], 0)
	for i := range s.terms {
		t := &s.terms[i]
		l, ok, err := p.lists.find(t.field(), t.Text)
		if err != nil {
			return err
		}
		if ok {
			s.held = append(s.held, held{t, l})
			s.sum = append(s.sum, s.sum[len(s.sum)-1]+t.bound)
		} else if s.all {
			return nil
		}
	}
	if s.prune(); s.first == len(s.held) {
		return nil // nothing here can be among the best
	}
	if !s.all && (way == dense || way == either && s.isDense()) {
		return s.dense(ctx)
	}
	return s.pruned(ctx)
}

// isDense reports whether it is quicker to go a term at a time than a passage at a time:
// that takes a nanosecond for each passage of the part and six for each of
// a list, this about twenty for each of a list and two more for every term
// (BenchmarkSearch). Within a few passages, this reads little of the lists.
func (s *scorer) isDense() bool {
	passages, listed := s.part.lists.passages, 0
	for _, h := range s.held {
		listed += h.list.size()
	}
	return passages < listed*(14+2*len(s.held)) && s.live[len(s.live)-1].to-s.live[0].from > passages/2
}

// way is how a part is searched. Both find the same, to the last bit.
type way int

const (
	either way = iota
	pruned     // a passage at a time, leaving out what cannot be among the best
	dense      // a term at a time, leaving out nothing
)

// dense goes through the passages of one term after the other and adds up for all
// passages at once. With many terms there is little to leave out, and much to do for each
// passage before it is.
func (s *scorer) dense(ctx context.Context) error {
	if n := s.part.lists.passages; len(s.total) < n {
		s.total = make([]float64, n)
	}
	total := s.total[:s.part.lists.passages]
	defer clear(total)
	c := s.cursors(1)[0]
	for _, h := range s.held {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c.open(h.list, interval{0, len(total)})
		for at := 0; at < len(c.docs); at = c.from + len(c.chunk) {
			c.to(at)
			c.occurrence()
			docs, t := c.docs[c.from:], *h.weighed
			for i, o := range c.chunk {
				total[docs[i]] += t.score(o)
			}
		}
	}
	least := max(s.threshold(), math.SmallestNonzeroFloat64)
	for _, in := range s.live {
		for i, score := range total[in.from:in.to] {
			if score >= least {
				s.keep(in.from+i, score)
				least = max(s.threshold(), math.SmallestNonzeroFloat64)
			}
		}
	}
	return nil
}

// cursors returns so many cursors, to be opened.
func (s *scorer) cursors(n int) []*cursor {
	for len(s.cursor) < n {
		s.cursor = append(s.cursor, &cursor{})
	}
	return s.cursor[:n]
}

// pruned goes through the passages by MaxScore (Turtle and Flood, "Query
// evaluation: strategies and optimizations", 1995): terms whose best scores
// together cannot lift a passage over the worst of the best ones are only
// looked up for passages that other terms bring up.
func (s *scorer) pruned(ctx context.Context) error {
	cursors := s.cursors(len(s.held))
	for i, h := range s.held {
		cursors[i].open(h.list, interval{s.live[0].from, s.live[len(s.live)-1].to})
	}
	s.add = append(s.add[:0], make([]float64, len(s.held))...)
	from := 0
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		doc := s.candidate(cursors, from)
		if doc == exhausted {
			return nil
		}
		s.score(cursors, doc)
		from = doc + 1
	}
}

// candidate returns the first passage from the given one on that may be hit and holds
// a term that is not only looked up, or every term where all are asked for; or exhausted.
func (s *scorer) candidate(cursors []*cursor, from int) int {
	for {
		doc := exhausted
		for _, c := range cursors[s.first:] {
			c.seek(from)
			doc = min(doc, c.doc)
		}
		for len(s.live) > 0 && s.live[0].to <= doc {
			s.live = s.live[1:]
		}
		if doc == exhausted || len(s.live) == 0 {
			return exhausted
		}
		if from = max(doc, s.live[0].from); from > doc {
			continue
		}
		if s.all {
			for _, c := range cursors {
				c.seek(from)
				if from = c.doc; from == exhausted {
					return from
				}
			}
		}
		if from == doc {
			return doc
		}
	}
}

// score works out the score of one passage.
func (s *scorer) score(cursors []*cursor, doc int) {
	clear(s.add)
	sum := 0.0
	for i := s.first; i < len(cursors); i++ {
		if c := cursors[i]; c.doc == doc {
			s.add[i] = s.held[i].score(c.occurrence())
			sum += s.add[i]
		}
	}
	for i := s.first - 1; i >= 0; i-- {
		if sum+s.sum[i+1] < s.threshold()*slack {
			return
		}
		if c := cursors[i]; c.seek(doc) == doc {
			s.add[i] = s.held[i].score(c.occurrence())
			sum += s.add[i]
		}
	}
	// Added up in one order, so that equal documents have equal scores.
	sum = 0
	for _, p := range s.add {
		sum += p
	}
	if sum < s.threshold() || sum == 0 {
		return
	}
	s.keep(doc, sum)
}

// threshold is the least score that a document must reach, 0 while there is
// room for any.
func (s *scorer) threshold() float64 {
	if len(s.top) < s.limit {
		return 0
	}
	return s.top[0].Score
}

// keep takes a passage among the best ones, if it is one.
func (s *scorer) keep(doc int, score float64) {
	h := Hit{s.part.number(doc), score}
	switch {
	case len(s.top) < s.limit:
		s.top.push(h)
	case s.top[0].before(h):
		return
	default:
		s.top.replace(h)
	}
	s.prune()
}

// prune leaves out the terms that can no longer make a document one of the best.
func (s *scorer) prune() {
	for s.first < len(s.held) && s.sum[s.first+1] < s.threshold()*slack {
		s.first++
	}
}

// best returns the best hits, best first.
func (s *scorer) best() []Hit {
	if len(s.top) == 0 {
		return nil
	}
	hits := slices.Clone(s.top)
	slices.SortFunc(hits, func(a, c Hit) int {
		return cmp.Or(cmp.Compare(c.Score, a.Score), cmp.Compare(a.Document, c.Document))
	})
	return hits
}

// score returns what the term adds to a passage that holds it so often.
// The conversion forbids to fuse the product with the sum, which would round
// otherwise on some machines.
func (t *weighed) score(o occurrence) float64 {
	tf := float64(o.count)
	return t.bound * tf / (tf + k1*(1-b) + float64(t.slope*float64(o.length)))
}

// before reports whether a hit comes before another: by its score and, of equal
// ones, by its number.
func (h Hit) before(o Hit) bool {
	return h.Score > o.Score || h.Score == o.Score && h.Document < o.Document
}

// hitHeap is a heap with the last of the hits on top.
type hitHeap []Hit

func (h *hitHeap) push(hit Hit) {
	*h = append(*h, hit)
	q := *h
	for i := len(q) - 1; i > 0; {
		up := (i - 1) / 2
		if !q[up].before(q[i]) {
			return
		}
		q[up], q[i] = q[i], q[up]
		i = up
	}
}

// replace puts a hit in place of the last.
func (h hitHeap) replace(hit Hit) {
	h[0] = hit
	for i := 0; ; {
		down := 2*i + 1
		if down+1 < len(h) && h[down].before(h[down+1]) {
			down++
		}
		if down >= len(h) || !h[i].before(h[down]) {
			return
		}
		h[i], h[down] = h[down], h[i]
		i = down
	}
}
