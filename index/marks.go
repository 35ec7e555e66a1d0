package index

import (
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/blevesearch/vellum"
)

// Place is a passage that bears a mark.
type Place struct {
	Number int // of the passage
	Count  int // how often it bears it
}

// MarkCount is a mark and the number of passages that bear it.
type MarkCount struct {
	Term     string
	Passages int
}

// Marked returns the passages that bear the mark, in the order of their
// numbers. An error wraps [ErrDamaged] or is the context's.
func (x *Index) Marked(ctx context.Context, field, term string) (places []Place, err error) {
	defer recovered(&err, "looking up a mark")
	for _, p := range x.parts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l, ok, err := p.lists.find(markField(field), term)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		var c cursor
		c.open(l, interval{0, p.lists.passages})
		for _, live := range p.live {
			for c.seek(live.from); c.doc < live.to; c.next() {
				places = append(places, Place{p.number(c.doc), int(c.occurrence().count)})
			}
		}
	}
	slices.SortFunc(places, func(a, b Place) int { return cmp.Compare(a.Number, b.Number) })
	return places, nil
}

// MarkedPrefix returns at most limit of the marks that begin with the prefix and that
// some passage bears, in their order.
func (x *Index) MarkedPrefix(ctx context.Context, field, prefix string, limit int) ([]MarkCount, error) {
	var marks []MarkCount
	for m, err := range x.Marks(ctx, field, prefix) {
		if err != nil {
			return nil, err
		}
		if len(marks) == limit {
			break
		}
		marks = append(marks, m)
	}
	return marks, nil
}

// Marks goes through the marks of a field that begin with the prefix and that some
// passage bears, in their order. After an error, which wraps [ErrDamaged] or is the
// context's, nothing follows.
func (x *Index) Marks(ctx context.Context, field, prefix string) iter.Seq2[MarkCount, error] {
	return func(yield func(MarkCount, error) bool) {
		stopped := false
		err := x.marks(ctx, field, prefix, func(m MarkCount) bool {
			stopped = !yield(m, nil)
			return !stopped
		})
		if err != nil && !stopped {
			yield(MarkCount{}, err)
		}
	}
}

func (x *Index) marks(ctx context.Context, field, prefix string, each func(MarkCount) bool) error {
	var rows rowHeap
	for _, p := range x.parts {
		r, err := p.row(markField(field), prefix)
		if err != nil {
			return err
		}
		if !r.end {
			rows = append(rows, r)
		}
	}
	heap.Init(&rows)
	for n := 0; len(rows) > 0; n++ {
		if n%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		m := MarkCount{Term: rows[0].mark}
		for len(rows) > 0 && rows[0].mark == m.Term {
			r := rows[0]
			m.Passages += r.count
			if err := r.next(); err != nil {
				return err
			}
			if r.end {
				heap.Pop(&rows)
			} else {
				heap.Fix(&rows, 0)
			}
		}
		if m.Passages > 0 && !each(m) {
			return nil
		}
	}
	return nil
}

// row is the marks of a part in their order.
type row struct {
	part  *part
	it    *vellum.FSTIterator
	mark  string
	count int // of passages that are alive
	end   bool
}

// row returns the marks of the part that begin with the prefix.
func (p *part) row(field, prefix string) (r *row, err error) {
	defer recovered(&err, "looking through marks")
	r = &row{part: p}
	d := p.lists.fields[field]
	if d == nil {
		r.end = true
		return r, nil
	}
	r.it, err = d.Iterator([]byte(prefix), behind(prefix))
	return r, r.read(err)
}

// next moves to the next mark.
func (r *row) next() (err error) {
	defer recovered(&err, "looking through marks")
	return r.read(r.it.Next())
}

// read reads the mark that the row has come to, or failed to.
func (r *row) read(err error) error {
	if errors.Is(err, vellum.ErrIteratorDone) {
		r.end = true
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: looking through marks: %w", ErrDamaged, err)
	}
	mark, at := r.it.Current()
	r.mark = string(mark)
	r.count = r.part.lists.at(at).count(r.part.live, r.part.whole)
	return nil
}

// behind returns the first text behind all that begin with the prefix, nil
// where there is none.
func behind(prefix string) []byte {
	b := bytes.TrimRight([]byte(prefix), "\xff")
	if len(b) == 0 {
		return nil
	}
	b = bytes.Clone(b)
	b[len(b)-1]++
	return b
}

type rowHeap []*row

func (h rowHeap) Len() int           { return len(h) }
func (h rowHeap) Less(i, j int) bool { return h[i].mark < h[j].mark }
func (h rowHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *rowHeap) Push(r any)        { *h = append(*h, r.(*row)) }
func (h *rowHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
