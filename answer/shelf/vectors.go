package shelf

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"footnote/answer/vectors"
	"footnote/corpus"
	"footnote/encoder"
)

// Vectors are those of a collection's passages by one model, as far as they are
// there. They may be used as long as the collection is open.
type Vectors struct {
	c       *Collection
	tag     string
	files   []*stored // by segment; nil where there are none
	scan    *vectors.Scan
	lacking bool // some passage has none and should
}

// Vectors returns the vectors of the passages by the model that are there.
func (c *Collection) Vectors(m *encoder.Model) (*Vectors, error) {
	tag := vectors.Tag(m)
	v := &Vectors{c: c, tag: tag}
	for _, seg := range c.segments {
		v.files = append(v.files, c.shelf.vectorsOf(seg, tag))
	}
	shares := make([]vectors.Share, len(c.segments))
	for i := range c.version.entries {
		e, in := &c.version.entries[i], c.Passages(i)
		from, to := c.segments[e.segment].index.Passages(e.ordinal)
		file := v.files[e.segment]
		if file != nil {
			shares[e.segment].Runs = append(shares[e.segment].Runs, vectors.Run{First: from, Count: to - from, Number: in.From})
		}
	}
	// One is enough to know that some lack them: to find all, articles have to be read.
	for _, err := range v.missing(context.Background(), m) {
		if err != nil {
			return nil, err
		}
		v.lacking = true
		break
	}
	var there []vectors.Share
	for i, f := range v.files {
		if f != nil {
			shares[i].File = f.File
			there = append(there, shares[i])
		}
	}
	if len(there) == 0 {
		return v, nil
	}
	var err error
	if v.scan, err = vectors.NewScan(there); !errors.Is(err, vectors.ErrDamaged) {
		return v, err
	}
	// Those that are damaged are as none: they are encoded anew.
	some := false
	for i, f := range v.files {
		if f == nil {
			continue
		}
		if _, err := vectors.NewScan([]vectors.Share{{File: f.File}}); err != nil {
			some = true
			if err := c.shelf.forget(c.segments[i], tag); err != nil {
				return nil, err
			}
		}
	}
	if !some {
		return nil, err
	}
	return c.Vectors(m)
}

// missing gives the numbers of the passages that have no vectors by the model and
// should, in their order.
func (v *Vectors) missing(ctx context.Context, m *encoder.Model) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range v.c.version.entries {
			e, in := &v.c.version.entries[i], v.c.Passages(i)
			if !m.Covers(e.Language) {
				continue
			}
			from, to := v.c.segments[e.segment].index.Passages(e.ordinal)
			file := v.files[e.segment]
			lacks := func(k int) bool { return file == nil || !file.Has(k) }
			k := from
			for k < to && !lacks(k) {
				k++
			}
			if k == to {
				continue
			}
			d, err := v.c.Doc(i)
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(0, err)
				return
			}
			for ; k < to; k++ {
				if lacks(k) && len(d.Article.Passages[k-from].Sentences) > 0 && !yield(in.From+k-from, nil) {
					return
				}
			}
		}
	}
}

// Lacking reports whether some passages have no vectors that should.
func (v *Vectors) Lacking() bool { return v.lacking }

// Some reports whether any passage may have vectors.
func (v *Vectors) Some() bool { return v.scan != nil }

// Passage reads the vectors of the passage of that number; the zero value where it
// has none.
func (v *Vectors) Passage(number int) (vectors.Passage, error) {
	i, passage := v.c.At(number)
	e := &v.c.version.entries[i]
	f := v.files[e.segment]
	if f == nil {
		return vectors.Passage{}, nil
	}
	from, _ := v.c.segments[e.segment].index.Passages(e.ordinal)
	p, err := f.Passage(from + passage)
	if err != nil {
		err = fmt.Errorf("the vectors of segment %s: %w", v.c.version.segments[e.segment], err)
		v.c.shelf.note(v.c.version.segments[e.segment], err, v.tag)
	}
	return p, err
}

// Nearest returns the numbers of the passages from one number to before another that
// are nearest to the question, the nearest first.
func (v *Vectors) Nearest(ctx context.Context, q *vectors.Question, count, from, to int) ([]int, error) {
	if v.scan == nil {
		return nil, nil
	}
	found, err := v.scan.Nearest(ctx, q, count, from, to)
	if errors.Is(err, vectors.ErrDamaged) {
		// Which file it is in is not told; all are read to find it.
		for n := from; n < to; n++ {
			if _, err := v.Passage(n); err != nil {
				break
			}
		}
	}
	return found, err
}

// Readable is a sentence as networks get it: a row of a table with the names of
// its columns.
func Readable(a *corpus.Article, s corpus.Span) string {
	cells := a.Row(s)
	if cells == nil {
		return a.Quote(s)
	}
	parts := make([]string, len(cells))
	for i, c := range cells {
		parts[i] = a.Quote(c.Value)
		if c.Name.Len() > 0 {
			parts[i] = a.Quote(c.Name) + ": " + parts[i]
		}
	}
	return strings.Join(parts, "; ")
}

// input returns what a passage is encoded from: what it stands under and its
// sentences, as the network gets them.
func input(a *corpus.Article, passage int) (about string, sentences []string) {
	p := &a.Passages[passage]
	sentences = make([]string, len(p.Sentences))
	for i, s := range p.Sentences {
		sentences[i] = Readable(a, s.Span)
	}
	return a.About(p), sentences
}
