package shelf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"footnote/answer/vectors"
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
