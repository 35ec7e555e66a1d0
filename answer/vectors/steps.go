package vectors

import (
	"context"
	"math/bits"
	"slices"
)

// scratch is the memory of one question.
type scratch struct {
	compared   int      // since the context was last looked at
	ranks      []uint16 // of all passages
	counts     []int32  // of passages by rank
	candidates []candidate
	ties       []int
	signs      []uint64 // of the question's mean
	agree      []int16  // see agreeing
	row        []byte
}

// candidate is a passage that may be among the nearest.
type candidate struct {
	part, row, number int
	rank              uint16 // the less the better
}

// tick looks at the context every thousand passages or so.
func (w *scratch) tick(ctx context.Context, passages int) error {
	if w.compared += passages; w.compared < 1<<10 {
		return nil
	}
	w.compared = 0
	return ctx.Err()
}

// nearSigns leaves those passages as candidates whose means have the most signs in
// common with the question's, in the order of files.
func (w *scratch) nearSigns(ctx context.Context, s *Scan, q *Question, most, from, to int) error {
	w.signs = w.signs[:0]
	for part := range slices.Chunk(q.mean, 64) {
		w.signs = append(w.signs, signWord(part))
	}
	w.ranks, w.counts = w.ranks[:0], cleared(w.counts, s.size+1)
	n := len(w.signs)
	for _, p := range s.parts {
		for _, r := range p.runs {
			for r = r.between(from, to); r.from < r.to; {
				some := min(r.to-r.from, 1<<10)
				if err := w.tick(ctx, some); err != nil {
					return err
				}
				w.differences(p.signs[r.from*n : (r.from+some)*n])
				r.from += some
			}
		}
	}
	last := lastRank(w.counts, most)
	w.candidates = w.candidates[:0]
	at := 0
	for i, p := range s.parts {
		for _, r := range p.runs {
			r = r.between(from, to)
			for k, rank := range w.ranks[at:][:r.to-r.from] {
				if int(rank) <= last {
					w.candidates = append(w.candidates, candidate{i, r.from + k, r.number + k, rank})
				}
			}
			at += r.to - r.from
		}
	}
	w.cut(last, most)
	return nil
}

// differences appends in how many signs each of the means differs from the
// question's.
func (w *scratch) differences(signs []uint64) {
	if len(w.signs) == 6 { // the size of the networks that are taught
		q := [6]uint64(w.signs)
		for ; len(signs) >= 6; signs = signs[6:] {
			d := bits.OnesCount64(signs[0]^q[0]) + bits.OnesCount64(signs[1]^q[1]) + bits.OnesCount64(signs[2]^q[2]) +
				bits.OnesCount64(signs[3]^q[3]) + bits.OnesCount64(signs[4]^q[4]) + bits.OnesCount64(signs[5]^q[5])
			w.ranks = append(w.ranks, uint16(d))
			w.counts[d]++
		}
		return
	}
	for ; len(signs) > 0; signs = signs[len(w.signs):] {
		d := 0
		for i, word := range w.signs {
			d += bits.OnesCount64(word ^ signs[i])
		}
		w.ranks = append(w.ranks, uint16(d))
		w.counts[d]++
	}
}

// coarse is how many sums of agreeing count as equal, so that ranks fit 16 bits
// for vectors of up to mostSize numbers.
const coarse = 16

// agreeing leaves those candidates whose signs the question's mean agrees with
// best: by the sum of its numbers, each with the sign that the passage has there.
func (w *scratch) agreeing(s *Scan, q *Question, most int) {
	n := len(w.signs)
	// For each eight numbers of the mean and each choice of signs, their sum.
	w.agree = cleared(w.agree, n*8*choices)
	top := 0
	for i := 0; i < s.size; i += 8 {
		t := w.agree[i/8*choices:][:choices]
		for _, x := range q.mean[i : i+8] {
			t[0] -= int16(x)
			top += max(int(x), -int(x))
		}
		for b := 1; b < choices; b++ {
			t[b] = t[b&(b-1)] + 2*int16(q.mean[i+bits.TrailingZeros(uint(b))])
		}
	}
	w.counts = cleared(w.counts, 2*top/coarse+1)
	for i := range w.candidates {
		c := &w.candidates[i]
		sum := 0
		for k, word := range s.parts[c.part].signs[c.row*n:][:n] {
			t := w.agree[k*8*choices:][:8*choices]
			sum += int(t[word&255]) + int(t[256+word>>8&255]) + int(t[512+word>>16&255]) + int(t[768+word>>24&255]) +
				int(t[1024+word>>32&255]) + int(t[1280+word>>40&255]) + int(t[1536+word>>48&255]) + int(t[1792+word>>56])
		}
		c.rank = uint16((top - sum) / coarse)
		w.counts[c.rank]++
	}
	w.cut(lastRank(w.counts, most), most)
}

// lastRank returns up to which rank there are at least so many.
func lastRank(counts []int32, most int) int {
	for rank, n := range counts {
		if most -= int(n); most <= 0 {
			return rank
		}
	}
	return len(counts)
}

// cut leaves the candidates up to that rank, and so many that of the last those
// with the lowest numbers are taken.
func (w *scratch) cut(last, most int) {
	better := 0
	w.ties = w.ties[:0]
	for _, c := range w.candidates {
		if int(c.rank) < last {
			better++
		} else if int(c.rank) == last {
			w.ties = append(w.ties, c.number)
		}
	}
	slices.Sort(w.ties)
	w.ties = w.ties[:min(len(w.ties), max(0, most-better))]
	left := w.candidates[:0]
	for _, c := range w.candidates {
		if int(c.rank) < last || int(c.rank) == last && len(w.ties) > 0 && c.number <= w.ties[len(w.ties)-1] {
			left = append(left, c)
		}
	}
	w.candidates = left
}

// cleared returns a slice of n zeros in the memory of s if it is enough.
func cleared[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}
