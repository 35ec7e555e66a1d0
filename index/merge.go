package index

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/blevesearch/vellum"
)

// renumbered returns how many passages are taken of the runs before each, and of all.
func renumbered(runs []run) (first []int, passages int) {
	for _, r := range runs {
		first = append(first, passages)
		for _, in := range r.live {
			passages += in.to - in.from
		}
	}
	return first, passages
}

// fieldsOf returns the names of the fields that one of the runs has, sorted.
func fieldsOf[T any](runs []run, of func(run) map[string]T) []string {
	names := map[string]bool{}
	for _, r := range runs {
		for name := range of(r) {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// mergeLists writes what is taken of several runs as one file, in their order.
func mergeLists(ctx context.Context, to io.Writer, runs []run) error {
	first, passages := renumbered(runs)
	z, err := newZapWriter(to, passages)
	if err != nil {
		return err
	}
	z.field(zapName)
	var c cursor
	var all []posting
	for _, name := range fieldsOf(runs, func(r run) map[string]*dictionary { return r.lists.fields }) {
		if name == zapName {
			continue
		}
		var rows []*row
		for i, r := range runs {
			if d := r.lists.fields[name]; d != nil {
				rows = append(rows, d.row(i))
			}
		}
		begun := false
		err := inOrder(ctx, rows, func(here []*row) bool {
			all = all[:0]
			for _, r := range here {
				run, number := runs[r.of], first[r.of]
				c.open(run.lists.at(r.at), interval{0, run.lists.passages})
				for _, in := range run.live {
					for c.seek(in.from); c.doc < in.to; c.next() {
						all = append(all, posting{uint32(number + c.doc - in.from), c.occurrence()})
					}
					number += in.to - in.from
				}
			}
			if len(all) > 0 {
				if !begun {
					z.field(name)
					begun = true
				}
				z.add(here[0].term, all)
			}
			return z.err == nil
		})
		if err != nil {
			return err
		}
	}
	return z.finish()
}

// row goes through the terms.
func (d *dictionary) row(of int) *row {
	var it *vellum.FSTIterator
	r := &row{of: of}
	r.next = func() (_ bool, err error) {
		if it == nil {
			it, err = d.Iterator(nil, nil)
		} else {
			err = it.Next()
		}
		if errors.Is(err, vellum.ErrIteratorDone) {
			return false, nil
		}
		if err == nil {
			r.term, r.at = it.Current()
		}
		return err == nil, err
	}
	return r
}

// mergeMarks does the same with marks.
func mergeMarks(ctx context.Context, to io.Writer, runs []run) error {
	first, _ := renumbered(runs)
	m := newMarkWriter(to)
	var all []posting
	for _, name := range fieldsOf(runs, func(r run) map[string]markTerms { return r.marks }) {
		var rows []*row
		for i, r := range runs {
			rows = append(rows, r.marks[name].row(i))
		}
		begun := false
		err := inOrder(ctx, rows, func(here []*row) bool {
			all = all[:0]
			for _, r := range here {
				number, live := first[r.of], runs[r.of].live
				for passage, count := range bearing(r.list, live) {
					for live[0].to <= passage {
						number += live[0].to - live[0].from
						live = live[1:]
					}
					all = append(all, posting{uint32(number + passage - live[0].from), occurrence{count: uint32(count)}})
				}
			}
			if len(all) > 0 {
				if !begun {
					m.field(name)
					begun = true
				}
				m.add(here[0].term, all)
			}
			return true
		})
		if err != nil {
			return err
		}
	}
	return m.finish()
}

// row goes through all marks.
func (m markTerms) row(of int) *row {
	c := markCursor{rest: reader{data: m.data}}
	r := &row{of: of}
	r.next = func() (bool, error) {
		more := c.next()
		r.term, r.list = c.term, c.list
		return more, nil
	}
	return r
}
