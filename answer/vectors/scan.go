package vectors

import (
	"context"
	"fmt"
	"math"
	"sync"
)

// A Share says which passages of a file belong to a library. Those of no run are
// left out.
type Share struct {
	File *File
	Runs []Run
}

// A Run is passages that follow one another in a file and in the library: those of an
// article.
type Run struct {
	First, Count int // in the file
	Number       int // of the first in the library
}

// limits say how many passages are looked at how closely.
type limits struct {
	// Up to so many passages are all compared, with their means in memory: 20 MB, and
	// those of the passages in the same files that do not belong to the library.
	exact int
	// Of more, the signs of the means alone are in memory, 48 bytes a passage. The
	// first step takes the passages whose signs differ least from the question's, the
	// second those of them whose signs agree best with the question's numbers; the
	// means of these are read and compared.
	first, second share
}

// share is so many passages and one more in each in.
type share struct{ least, in int }

func (s share) of(passages int) int { return s.least + passages/s.in }

// Where the last of the 20 nearest stands by the first and by the second step, of
// questions and texts of training/questions:
//
//	passages                              questions  half     99 %          all
//	14,176 passages and sentences         2,895      223/80   1,757/386     3,831/1,105
//	100,000 made up of those              600        500/127  4,895/873     9,267/1,906
//	1,000,000 made up of those            256        826/194  23,760/2,405  30,637/4,743
//
// Twice what all of these need is taken: so the 20 were the same for all of 800
// questions at 400,000 passages and of 300 at 1,000,000; with 4,000 by the second step
// one of 800 lost its 20th of 400,000 passages. No bound that can be proved spares
// anything, since signs do not tell how large the numbers are.
var measured = limits{exact: 50000, first: share{20000, 20}, second: share{4000, 125}}

// A Scan finds the passages of a library that are nearest to a question. It may be
// shared.
type Scan struct {
	limits
	size    int
	parts   []part
	scratch sync.Pool // of *scratch
}

// part is the passages of a file that belong to the library.
type part struct {
	file  *File
	runs  []rows
	means *means   // nil where there are too many
	signs []uint64 // nil where the means are there
}

// rows are passages with vectors that follow one another, by their rows in the file.
type rows struct{ from, to, number int }

// NewScan returns a Scan of the passages of a library and reads what it holds in
// memory, which the files share among their scans.
func NewScan(shares []Share) (*Scan, error) { return newScan(shares, measured) }

func newScan(shares []Share, l limits) (*Scan, error) {
	s := &Scan{limits: l}
	for _, p := range shares {
		if s.size = p.File.Size(); s.size != shares[0].File.Size() {
			return nil, fmt.Errorf("vectors of %d and of %d numbers cannot be compared", shares[0].File.Size(), s.size)
		}
		mine := part{file: p.File}
		for _, r := range p.Runs {
			if r.First < 0 || r.Count < 0 || r.Number < 0 || r.First > p.File.Len()-r.Count {
				return nil, fmt.Errorf("there are no passages %d to %d among %d with vectors", r.First, r.First+r.Count, p.File.Len())
			}
			mine.add(r)
		}
		s.parts = append(s.parts, mine)
	}
	total := s.count(0, math.MaxInt)
	for i := range s.parts {
		var err error
		if p := &s.parts[i]; total <= s.exact {
			p.means, err = p.file.loadMeans()
		} else {
			p.signs, err = p.file.loadSigns()
		}
		if err != nil {
			return nil, err
		}
	}
	s.scratch.New = func() any { return new(scratch) }
	return s, nil
}

// add adds the passages of a run that have vectors.
func (p *part) add(r Run) {
	for i := r.First; i < r.First+r.Count; i++ {
		if !p.file.Has(i) {
			continue
		}
		row, number := p.file.row(i), r.Number+i-r.First
		if n := len(p.runs); n > 0 && p.runs[n-1].to == row && p.runs[n-1].number+row-p.runs[n-1].from == number {
			p.runs[n-1].to++
			continue
		}
		p.runs = append(p.runs, rows{row, row + 1, number})
	}
}

// between returns those of the rows whose numbers lie in [from, to).
func (r rows) between(from, to int) rows {
	skip := min(max(0, from-r.number), r.to-r.from)
	r.from += skip
	r.number += skip
	r.to = r.from + min(max(0, to-r.number), r.to-r.from)
	return r
}

// count returns how many passages with vectors have numbers in [from, to).
func (s *Scan) count(from, to int) int {
	n := 0
	for _, p := range s.parts {
		for _, r := range p.runs {
			r = r.between(from, to)
			n += r.to - r.from
		}
	}
	return n
}

// Nearest returns the numbers of the passages that are nearest to the question by
// [Question.Near], the nearest first and of equals the first, out of those whose
// numbers lie in [from, to). Among more than 50,000 passages one of them may be
// missed, by less than one question in a thousand; on every machine the same one, and
// however the library is cut into files.
func (s *Scan) Nearest(ctx context.Context, q *Question, count, from, to int) ([]int, error) {
	if err := ctx.Err(); err != nil || len(s.parts) == 0 || count <= 0 {
		return nil, err
	}
	if len(q.mean) != s.size {
		return nil, fmt.Errorf("a question of %d numbers cannot be compared with passages of %d", len(q.mean), s.size)
	}
	w := s.scratch.Get().(*scratch)
	defer s.scratch.Put(w)
	best := nearest{most: count, passages: make([]near, 0, count+1)}
	if err := w.find(ctx, s, q, &best, from, to); err != nil {
		return nil, err
	}
	numbers := make([]int, len(best.passages))
	for i, n := range best.passages {
		numbers[i] = n.number
	}
	return numbers, nil
}

// find compares all passages or those that two steps leave.
func (w *scratch) find(ctx context.Context, s *Scan, q *Question, best *nearest, from, to int) error {
	square := dot(q.mean, q.mean)
	w.row = cleared(w.row, s.size+rowTail)
	if n := s.count(from, to); s.parts[0].means == nil && n > s.second.of(n) {
		if err := w.nearSigns(ctx, s, q, s.first.of(n), from, to); err != nil {
			return err
		}
		w.agreeing(s, q, s.second.of(n))
		for _, c := range w.candidates {
			if err := w.compare(ctx, &s.parts[c.part], q, square, c.row, c.number, best); err != nil {
				return err
			}
		}
		return nil
	}
	for i := range s.parts {
		p := &s.parts[i]
		for _, r := range p.runs {
			r = r.between(from, to)
			for row := r.from; row < r.to; row++ {
				if err := w.compare(ctx, p, q, square, row, r.number+row-r.from, best); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// compare puts a passage among the best if it is one.
func (w *scratch) compare(ctx context.Context, p *part, q *Question, square int32, row, number int, best *nearest) error {
	if err := w.tick(ctx, 1); err != nil {
		return err
	}
	size := len(q.mean)
	if p.means != nil {
		best.put(near{number, cosine(dot(q.mean, p.means.numbers[row*size:][:size]), square, p.means.squares[row])})
		return nil
	}
	if err := p.file.readRow(w.row, row); err != nil {
		return err
	}
	mean := signed(w.row[:size])
	best.put(near{number, cosine(dot(q.mean, mean), square, dot(mean, mean))})
	return nil
}

// near is how near a passage is.
type near struct {
	number int
	cosine float32
}

// nearest holds the nearest passages so far, in their order.
type nearest struct {
	most     int
	passages []near
}

func (b *nearest) put(n near) {
	at := len(b.passages)
	for ; at > 0; at-- {
		if o := b.passages[at-1]; o.cosine > n.cosine || o.cosine == n.cosine && o.number < n.number {
			break
		}
	}
	if at == b.most {
		return
	}
	b.passages = append(b.passages, n)
	copy(b.passages[at+1:], b.passages[at:])
	b.passages[at] = n
	b.passages = b.passages[:min(len(b.passages), b.most)]
}
