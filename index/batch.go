package index

import (
	"errors"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
)

// batch collects passages to be written as one file.
type batch struct {
	fields  map[string]*field
	marks   map[string]*field
	entries []entry     // of one passage after the other
	ends    []int       // in entries, of each passage
	lengths [][2]uint32 // of each passage's text, and of what it is about
	df      []uint32    // passages that hold it, by term
	count   []uint32    // of the value at hand, by term
}

// entry is a term by its number in the batch, and how often a passage holds it.
type entry struct{ term, count uint32 }

// field is the terms of a field, which have numbers that all fields share.
type field struct {
	kind  kind
	terms map[string]uint32
}

// kind tells what a field's values are as long as.
type kind int

const (
	ofText kind = iota
	ofAbout
)

func newBatch() *batch { return &batch{fields: map[string]*field{}, marks: map[string]*field{}} }

// add takes a passage.
func (b *batch) add(d Document) {
	b.lengths = append(b.lengths, [2]uint32{uint32(len(d.Terms)), uint32(len(d.About))})
	b.values(b.fields, textField(d.Language), ofText, d.Terms)
	b.values(b.fields, aboutField(d.Language), ofAbout, d.About)
	for i, m := range d.Marks {
		if slices.ContainsFunc(d.Marks[:i], func(o Mark) bool { return o.Field == m.Field }) {
			continue
		}
		var marks []string
		for _, o := range d.Marks[i:] {
			if o.Field == m.Field {
				marks = append(marks, o.Term)
			}
		}
		b.values(b.marks, m.Field, 0, marks)
	}
	b.ends = append(b.ends, len(b.entries))
}

// values counts what the passage at hand has in a field.
func (b *batch) values(fields map[string]*field, name string, k kind, terms []string) {
	if len(terms) == 0 {
		return
	}
	f := fields[name]
	if f == nil {
		f = &field{k, map[string]uint32{}}
		fields[name] = f
	}
	from := len(b.entries)
	for _, t := range terms {
		n, ok := f.terms[t]
		if !ok {
			n = uint32(len(b.df))
			f.terms[strings.Clone(t)] = n // it may be a piece of a whole article
			b.df, b.count = append(b.df, 0), append(b.count, 0)
		}
		if b.count[n]++; b.count[n] == 1 {
			b.entries = append(b.entries, entry{term: n})
		}
	}
	for i := from; i < len(b.entries); i++ {
		e := &b.entries[i]
		e.count, b.count[e.term] = b.count[e.term], 0
		b.df[e.term]++
	}
}

// write writes the passages in their order.
func (b *batch) write(lists, marks io.Writer) error {
	// Sorted by terms: each has as many places as passages hold it.
	next := make([]uint32, len(b.df))
	at := uint32(0)
	for n, df := range b.df {
		next[n] = at
		at += df
	}
	sorted := make([]posting, len(b.entries))
	from := 0
	for doc, end := range b.ends {
		for _, e := range b.entries[from:end] {
			sorted[next[e.term]] = posting{uint32(doc), occurrence{e.count, 0}}
			next[e.term]++
		}
		from = end
	}
	z, err := newZapWriter(lists, len(b.ends))
	if err != nil {
		return err
	}
	z.field(zapName)
	for name, f := range inTheirOrder(b.fields) {
		z.field(name)
		for t, n := range inTheirOrder(f.terms) {
			of := sorted[next[n]-b.df[n] : next[n]]
			for i := range of {
				of[i].length = b.lengths[of[i].doc][f.kind]
			}
			z.add([]byte(t), of)
		}
	}
	m := newMarkWriter(marks)
	for name, f := range inTheirOrder(b.marks) {
		m.field(name)
		for t, n := range inTheirOrder(f.terms) {
			m.add([]byte(t), sorted[next[n]-b.df[n]:next[n]])
		}
	}
	return errors.Join(z.finish(), m.finish())
}

// inTheirOrder goes through a map in the order of its keys.
func inTheirOrder[T any](m map[string]T) iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
