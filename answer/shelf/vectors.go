package shelf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"footnote/answer/vectors"
	"footnote/corpus"
	"footnote/encoder"
)

// Vectors lie beside the segments: SEGMENT.TAG.vectors holds those of the passages
// of a segment by the model of that tag, as far as they were wanted, and
// .vectors-TAG-NUMBER what a process encoded so far that is at work or was killed.
const (
	vectorsEnd   = ".vectors"
	vectorsBegun = ".vectors-"
)

// unused is how long vectors are kept that another model made, and those of
// processes that were killed.
const unused = 24 * time.Hour

func (s *Shelf) vectorsFile(segment, tag string) string {
	return filepath.Join(s.root, segment+"."+tag+vectorsEnd)
}

// stored is a file of vectors that is open for as long as its segment is.
type stored struct {
	*vectors.File
	from *os.File // nil in memory
}

// keys returns the key of each passage; the zero one of those without vectors.
func (v *stored) keys() ([]vectors.ShortKey, error) {
	all, err := v.Keys()
	if err != nil {
		return nil, err
	}
	keys := make([]vectors.ShortKey, v.Len())
	for n, k := range all {
		keys[n] = k
	}
	return keys, nil
}

// openVectors opens a file of vectors.
func openVectors(name string) (*stored, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		var v *vectors.File
		if v, err = vectors.Open(f, info.Size()); err == nil {
			return &stored{v, f}, nil
		}
	}
	return nil, errors.Join(err, f.Close())
}

// vectorsOf returns the vectors of a segment's passages by the model, nil where
// there are none that can be used.
func (s *Shelf) vectorsOf(seg *segment, tag string) *stored {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := seg.vectors[tag]; v != nil || s.root == "" {
		return v
	}
	name := s.vectorsFile(seg.key, tag)
	v, err := openVectors(name)
	if err != nil {
		return nil // they are encoded anew, and the file is put right then
	}
	if v.Len() != seg.index.Documents() {
		_ = v.from.Close()
		return nil
	}
	now := time.Now()
	_ = os.Chtimes(name, now, now) // so that it is not swept as unused
	s.keepVectors(seg, tag, v)
	return v
}

// keepVectors makes v the vectors of the segment. Those before are still used, perhaps.
func (s *Shelf) keepVectors(seg *segment, tag string, v *stored) {
	if seg.vectors == nil {
		seg.vectors = map[string]*stored{}
	}
	seg.vectors[tag] = v
	if v.from != nil {
		seg.files = append(seg.files, v.from)
	}
}

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

// forget takes away a segment's vectors by the model of the tag.
func (s *Shelf) forget(seg *segment, tag string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(seg.vectors, tag)
	if err := os.Remove(s.vectorsFile(seg.key, tag)); s.root != "" && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
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

// create writes a file of vectors whose name begins so, or keeps them in memory.
func (s *Shelf) create(name string, size int, fill func(*vectors.Writer) error) (v *stored, file string, err error) {
	if s.root == "" {
		var b bytes.Buffer
		w := vectors.NewWriter(&b, size)
		if err := errors.Join(fill(w), w.Close()); err != nil {
			return nil, "", err
		}
		f, err := vectors.Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
		return &stored{f, nil}, "", err
	}
	f, err := os.CreateTemp(s.root, name)
	if err != nil {
		return nil, "", err
	}
	w := vectors.NewWriter(f, size)
	err = fill(w)
	if err == nil {
		err = w.Close()
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, "", errors.Join(err, os.Remove(f.Name()))
	}
	v, err = openVectors(f.Name())
	return v, f.Name(), err
}

// sweepVectors removes the vectors that belong to no segment or were made by a
// model other than that of the tag and not used of late.
func (s *Shelf) sweepVectors(entries []os.DirEntry, tag string) error {
	var errs []error
	for _, e := range entries {
		key, by, ok := strings.Cut(strings.TrimSuffix(e.Name(), vectorsEnd), ".")
		begun := strings.HasPrefix(e.Name(), vectorsBegun)
		if !begun && !(ok && strings.HasSuffix(e.Name(), vectorsEnd)) {
			continue
		}
		_, err := os.Stat(filepath.Join(s.root, key))
		if begun && old(e) || !begun && (errors.Is(err, os.ErrNotExist) || by != tag && old(e)) {
			errs = append(errs, os.Remove(filepath.Join(s.root, e.Name())))
		}
	}
	return errors.Join(errs...)
}

// old reports whether a file was not used for so long that nobody may want it.
func old(e os.DirEntry) bool {
	info, err := e.Info()
	return err == nil && time.Since(info.ModTime()) > unused
}

// copyVectors gives a segment that was made of others their vectors by the model.
func (c *Collection) copyVectors(ctx context.Context, m *encoder.Model, articles []int, made *segment) error {
	tag := vectors.Tag(m)
	some := slices.ContainsFunc(articles, func(i int) bool {
		return c.shelf.vectorsOf(c.segments[c.version.entries[i].segment], tag) != nil
	})
	if !some {
		return nil
	}
	keys := map[*stored][]vectors.ShortKey{}
	v, file, err := c.shelf.create(vectorsBegun+"whole-"+tag+"-", m.Size, func(w *vectors.Writer) error {
		for _, i := range articles {
			if err := ctx.Err(); err != nil {
				return err
			}
			e := &c.version.entries[i]
			f := c.shelf.vectorsOf(c.segments[e.segment], tag)
			from, to := c.segments[e.segment].index.Passages(e.ordinal)
			for n := from; n < to; n++ {
				var p vectors.Passage
				var key vectors.ShortKey
				if f != nil {
					if keys[f] == nil {
						all, err := f.keys()
						if err != nil {
							return err
						}
						keys[f] = all
					}
					var err error
					if p, err = f.Passage(n); err != nil { // it is encoded anew
						p = vectors.Passage{}
					}
					key = keys[f][n]
				}
				if err := w.Add(key, &p); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.shelf.place(made, tag, v, file)
}

// place puts a file of vectors in its place beside the segment.
func (s *Shelf) place(seg *segment, tag string, v *stored, file string) error {
	if file != "" {
		if err := os.Rename(file, s.vectorsFile(seg.key, tag)); err != nil {
			return errors.Join(fmt.Errorf("the vectors of the passages cannot be kept: %w", err), v.from.Close(), os.Remove(file))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keepVectors(seg, tag, v)
	return nil
}
