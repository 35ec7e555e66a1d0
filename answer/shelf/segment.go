package shelf

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"

	"footnote/answer/annotate"
	"footnote/answer/blocks"
	"footnote/index"
)

// The files of a segment beside those of the index.
const (
	blocksFile = "blocks"
	wordsFile  = "words"
)

// segment is a segment that is open. Collections share it.
type segment struct {
	key    string
	index  *index.Segment
	blocks *blocks.File
	words  *wordTable

	counting sync.Mutex
	dead     []int      // articles whose words were counted last, ascending
	gone     *wordTable // those words
	// What follows is guarded by the shelf.
	users   int
	vectors map[string]*stored // by the tags of models
	files   []*os.File         // of vectors, those that were replaced as well
}

// newSegment takes over an open segment of the index.
func newSegment(key string, x *index.Segment) (*segment, error) {
	s := &segment{key: key, index: x, users: 1}
	f, err := x.File(blocksFile)
	if err == nil {
		s.blocks, err = blocks.Open(f, f.Size())
	}
	if err == nil && s.blocks.Len() != x.Articles() {
		err = fmt.Errorf("%w: segment %s has %d articles and %d blocks", index.ErrDamaged, key, x.Articles(), s.blocks.Len())
	}
	if err == nil {
		if s.words, err = wordsOf(x); err != nil {
			err = fmt.Errorf("%w: segment %s: %w", index.ErrDamaged, key, err)
		}
	}
	if err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return s, nil
}

// wordsOf reads how often each word is used.
func wordsOf(x *index.Segment) (*wordTable, error) {
	b, err := x.ReadFile(wordsFile)
	if err != nil {
		return nil, err
	}
	return openWordTable(b)
}

// goneOf returns the words of articles of the segment, ascending, that a library has not.
// They become more edit by edit: what was counted for the last one is not counted again.
func (s *Shelf) goneOf(seg *segment, dead []int) (*wordTable, error) {
	seg.counting.Lock()
	defer seg.counting.Unlock()
	has := func(all []int, n int) bool { _, ok := slices.BinarySearch(all, n); return ok }
	if slices.ContainsFunc(seg.dead, func(n int) bool { return !has(dead, n) }) {
		seg.dead, seg.gone = nil, nil
	}
	counts := wordCounts{}
	for _, n := range dead {
		if has(seg.dead, n) {
			continue
		}
		d, err := s.doc(seg, n)
		if err != nil {
			return nil, err
		}
		counts.add(d)
	}
	t, err := openWordTable(counts.table())
	if err == nil && seg.gone != nil {
		t, err = openWordTable(merged([]*wordTable{seg.gone, t}, nil))
	}
	if err == nil {
		seg.dead, seg.gone = dead, t
	}
	return t, err
}

// use returns the segment below the shelf's root, opened once for all that use it.
// Errors wrap [index.ErrMissing] or [index.ErrDamaged].
func (s *Shelf) use(key string) (*segment, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if seg := s.open[key]; seg != nil {
		seg.users++
		return seg, nil
	}
	x, err := index.Open(s.root, key)
	if err != nil {
		return nil, err
	}
	seg, err := newSegment(key, x)
	if err == nil {
		s.open[key] = seg
	}
	return seg, err
}

// leave gives segments back.
func (s *Shelf) leave(all ...*segment) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, seg := range all {
		if seg.users--; seg.users > 0 {
			continue
		}
		if s.open[seg.key] == seg {
			delete(s.open, seg.key)
		}
		for _, f := range seg.files {
			errs = append(errs, f.Close())
		}
		errs = append(errs, seg.index.Close())
	}
	return errors.Join(errs...)
}

// doc returns an article of the segment, without its id.
func (s *Shelf) doc(seg *segment, ordinal int) (*annotate.Doc, error) {
	d, err := s.cache.Get(seg.blocks, ordinal)
	return d, s.met(seg, err)
}

// passage returns an article of the segment with what there is of one passage, and the
// number of its first sentence.
func (s *Shelf) passage(seg *segment, ordinal, passage int) (*annotate.Doc, int, error) {
	d, first, err := s.cache.Passage(seg.blocks, ordinal, passage)
	return d, first, s.met(seg, err)
}

// met notes an error of reading a segment and says in which it was.
func (s *Shelf) met(seg *segment, err error) error {
	if err != nil {
		err = fmt.Errorf("segment %s: %w", seg.key, err)
		s.note(seg.key, err, "")
	}
	return err
}

// hold counts one more user of each.
func (s *Shelf) hold(all []*segment) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, seg := range all {
		seg.users++
	}
}
