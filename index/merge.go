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

// mergeLists writes what is taken of several runs as one file, in their order.
func mergeLists(ctx context.Context, to io.Writer, runs []run) error {
	fields, passages := map[string]bool{}, 0
	first := make([]int, len(runs))
	for i, r := range runs {
		first[i] = passages
		for _, in := range r.live {
			passages += in.to - in.from
		}
		for name := range r.lists.fields {
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
		begun := false
		var rows termHeap
		for i, r := range runs {
			d := r.lists.fields[name]
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
				run := runs[r.run]
				number := first[r.run]
				c.open(run.lists.at(at), interval{0, run.lists.passages})
				for _, in := range run.live {
					for c.seek(in.from); c.doc < in.to; c.next() {
						all = append(all, posting{uint32(number + c.doc - in.from), c.occurrence()})
					}
					number += in.to - in.from
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
			if len(all) == 0 {
				continue
			}
			if !begun {
				z.field(name)
				begun = true
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
