package index

import (
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"iter"
	"slices"

	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
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
		d, err := p.zap.Dictionary(markField(field))
		if err != nil {
			return nil, fmt.Errorf("%w: field %s: %w", ErrDamaged, field, err)
		}
		list, err := d.PostingsList([]byte(term), p.dead, nil)
		if err != nil {
			return nil, fmt.Errorf("%w: mark %q: %w", ErrDamaged, term, err)
		}
		for it := list.Iterator(true, false, false, nil); ; {
			at, err := it.Next()
			if err != nil {
				return nil, fmt.Errorf("%w: mark %q: %w", ErrDamaged, term, err)
			}
			if at == nil {
				break
			}
			places = append(places, Place{p.number(int(at.Number())), int(at.Frequency())})
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
		if r.entry != nil {
			rows = append(rows, r)
		}
	}
	heap.Init(&rows)
	for n := 0; len(rows) > 0; n++ {
		if n%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		m := MarkCount{Term: rows[0].entry.Term}
		for len(rows) > 0 && rows[0].entry.Term == m.Term {
			r := rows[0]
			count, err := r.count()
			if err != nil {
				return err
			}
			m.Passages += count
			if err := r.next(); err != nil {
				return err
			}
			if r.entry == nil {
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
	dictionary segment.TermDictionary
	it         segment.DictionaryIterator
	entry      *bindex.DictEntry // nil at the end
	part       *part
}

// row returns the marks of the part that begin with the prefix.
func (p *part) row(field, prefix string) (r *row, err error) {
	defer recovered(&err, "looking through marks")
	d, err := p.zap.Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("%w: field %s: %w", ErrDamaged, field, err)
	}
	// Its own counts are wrong behind a mark that comes once (zapx 17.2.5).
	it := d.(*zap.Dictionary).AutomatonIteratorOmitCount(nil, []byte(prefix), behind(prefix))
	r = &row{dictionary: d, part: p, it: it}
	return r, r.next()
}

func (r *row) next() (err error) {
	defer recovered(&err, "looking through marks")
	if r.entry, err = r.it.Next(); err != nil {
		return fmt.Errorf("%w: looking through marks: %w", ErrDamaged, err)
	}
	return nil
}

// count returns how many passages that are alive bear the mark.
func (r *row) count() (n int, err error) {
	defer recovered(&err, "looking through marks")
	list, err := r.dictionary.PostingsList([]byte(r.entry.Term), r.part.dead, nil)
	if err != nil {
		return 0, fmt.Errorf("%w: mark %q: %w", ErrDamaged, r.entry.Term, err)
	}
	return int(list.Count()), nil
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
func (h rowHeap) Less(i, j int) bool { return h[i].entry.Term < h[j].entry.Term }
func (h rowHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *rowHeap) Push(r any)        { *h = append(*h, r.(*row)) }
func (h *rowHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
