package index

import (
	"bytes"
	"container/heap"
	"context"
)

// row goes through terms in their order: those of a field in one of several runs or parts.
type row struct {
	of       int                  // which of them
	next     func() (bool, error) // moves to the next term and reports whether there is one
	term     []byte               // at which it stands
	at       uint64               // what a dictionary says of it
	list     []byte               // of a mark
	passages int                  // that bear the mark
}

// inOrder goes through the terms of all rows in their order, as long as more is wanted,
// and gives of each term those that stand at it.
func inOrder(ctx context.Context, rows []*row, each func([]*row) (more bool)) error {
	var waiting rowHeap
	var here []*row
	move := rows
	for n := 0; ; n++ {
		for _, r := range move {
			ok, err := r.next()
			if err != nil {
				return err
			}
			if ok {
				heap.Push(&waiting, r)
			}
		}
		if len(waiting) == 0 {
			return nil
		}
		if n%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		here = here[:0]
		for len(here) == 0 || len(waiting) > 0 && bytes.Equal(waiting[0].term, here[0].term) {
			here = append(here, heap.Pop(&waiting).(*row))
		}
		if !each(here) {
			return nil
		}
		move = here
	}
}

// rowHeap has the row of the first term on top and, of equal ones, the first of the rows.
type rowHeap []*row

func (h rowHeap) Len() int { return len(h) }
func (h rowHeap) Less(i, j int) bool {
	if order := bytes.Compare(h[i].term, h[j].term); order != 0 {
		return order < 0
	}
	return h[i].of < h[j].of
}
func (h rowHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *rowHeap) Push(r any)   { *h = append(*h, r.(*row)) }
func (h *rowHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
