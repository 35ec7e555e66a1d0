package index

import (
	"cmp"
	"context"
	"iter"
	"math"
	"slices"
	"strings"
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
func (x *Index) Marked(ctx context.Context, field, term string) ([]Place, error) {
	places, _, err := x.MarkedUpTo(ctx, field, term, math.MaxInt)
	return places, err
}

// MarkedUpTo is Marked where more passages than most tell nothing: then it says that
// there are more, and does not read which.
func (x *Index) MarkedUpTo(ctx context.Context, field, term string, most int) (places []Place, more bool, err error) {
	defer recovered(&err, "looking up a mark")
	for _, p := range x.parts {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		for passage, count := range bearing(p.marks[field].find(term), p.live) {
			if len(places) == most {
				return nil, true, nil
			}
			places = append(places, Place{p.number(passage), count})
		}
	}
	sortPlaces(places)
	return places, false, nil
}

func sortPlaces(places []Place) {
	byNumber := func(a, b Place) int { return cmp.Compare(a.Number, b.Number) }
	if !slices.IsSortedFunc(places, byNumber) {
		slices.SortFunc(places, byNumber)
	}
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
		for m, err := range x.marks(ctx, field, prefix, false) {
			if !yield(m.MarkCount, err) {
				return
			}
		}
	}
}

// MarkPlaces is a mark with the passages that bear it, in the order of their numbers.
type MarkPlaces struct {
	MarkCount
	Places []Place
}

// MarksPlaces is [Index.Marks] with what [Index.Marked] tells of each. The places are
// good until the next mark.
func (x *Index) MarksPlaces(ctx context.Context, field string) iter.Seq2[MarkPlaces, error] {
	return x.marks(ctx, field, "", true)
}

func (x *Index) marks(ctx context.Context, field, prefix string, places bool) iter.Seq2[MarkPlaces, error] {
	return func(yield func(MarkPlaces, error) bool) {
		rows := make([]*row, len(x.parts))
		for i, p := range x.parts {
			rows[i] = p.row(i, field, prefix)
		}
		stopped := false
		var borne []Place
		err := inOrder(ctx, rows, func(here []*row) bool {
			m := MarkPlaces{MarkCount: MarkCount{Term: string(here[0].term)}}
			borne = borne[:0]
			for _, r := range here {
				m.Passages += r.passages
				if places {
					p := x.parts[r.of]
					for passage, count := range bearing(r.list, p.live) {
						borne = append(borne, Place{p.number(passage), count})
					}
				}
			}
			sortPlaces(borne)
			m.Places = borne
			stopped = m.Passages > 0 && !yield(m, nil)
			return !stopped
		})
		if err != nil && !stopped {
			yield(MarkPlaces{}, err)
		}
	}
}

// row goes through the marks of a part that begin with the prefix.
func (p *part) row(of int, field, prefix string) *row {
	var c *markCursor
	r := &row{of: of}
	r.next = func() (ok bool, err error) {
		defer recovered(&err, "looking through marks")
		if c == nil {
			c = p.marks[field].from(prefix)
		}
		for ok = c.next(); ok && string(c.term) < prefix; {
			ok = c.next()
		}
		if ok = ok && strings.HasPrefix(string(c.term), prefix); !ok {
			return false, nil
		}
		r.term, r.list, r.passages = c.term, c.list, 0
		for range bearing(c.list, p.live) {
			r.passages++
		}
		return true, nil
	}
	return r
}
