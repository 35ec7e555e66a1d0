package index

import (
	"bytes"
	"container/heap"
	"context"
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/blevesearch/vellum"
)

// mergeLists writes the passages of several files as one, in their order.
func mergeLists(ctx context.Context, to io.Writer, runs []*lists) error {
	fields, passages := map[string]bool{}, 0
	first := make([]uint32, len(runs))
	for i, l := range runs {
		first[i] = uint32(passages)
		passages += l.passages
		for name := range l.fields {
			fields[name] = true
		}
	}
	delete(fields, zapName)
	z, err := newZapWriter(to, passages)
	if err != nil {
		return err
	}
	z.field(zapName)
	var c cursor
	var all []posting
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		z.field(name)
		var rows termHeap
		for i, l := range runs {
			d := l.fields[name]
			if d == nil {
				continue
			}
			it, err := d.Iterator(nil, nil)
			if errors.Is(err, vellum.ErrIteratorDone) {
				continue
			}
			if err != nil {
				return err
			}
			rows = append(rows, &terms{it, i})
		}
		heap.Init(&rows)
		for n := 0; len(rows) > 0; n++ {
			if n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			term, _ := rows[0].it.Current()
			term = bytes.Clone(term)
			all = all[:0]
			for len(rows) > 0 {
				r := rows[0]
				t, at := r.it.Current()
				if !bytes.Equal(t, term) {
					break
				}
				c.open(runs[r.run].at(at))
				for ; c.doc != exhausted; c.next() {
					all = append(all, posting{first[r.run] + uint32(c.doc), c.occurrence()})
				}
				switch err := r.it.Next(); {
				case errors.Is(err, vellum.ErrIteratorDone):
					heap.Pop(&rows)
				case err != nil:
					return err
				default:
					heap.Fix(&rows, 0)
				}
			}
			z.add(term, all)
		}
	}
	return z.finish()
}

// terms goes through the terms of a field in one run.
type terms struct {
	it  *vellum.FSTIterator
	run int
}

// termHeap has the first of the terms on top and, of equal ones, that of the first run.
type termHeap []*terms

func (h termHeap) Len() int { return len(h) }
func (h termHeap) Less(i, j int) bool {
	a, _ := h[i].it.Current()
	b, _ := h[j].it.Current()
	if order := bytes.Compare(a, b); order != 0 {
		return order < 0
	}
	return h[i].run < h[j].run
}
func (h termHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *termHeap) Push(r any)   { *h = append(*h, r.(*terms)) }
func (h *termHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
