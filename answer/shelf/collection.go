package shelf

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync"

	"footnote/answer/annotate"
	"footnote/answer/blocks"
	"footnote/corpus"
	"footnote/index"
)

// Collection is the articles of a library, which are read when they are asked for.
// It never changes and is safe for concurrent use.
type Collection struct {
	Key string // names the library

	shelf      *Shelf
	version    *version
	segments   []*segment // those of the version
	headers    []corpus.Header
	byID       map[string]int
	first      []int // number of each article's first passage, and their sum at the end
	index      *index.Index
	vocabulary func() (*Vocabulary, error)
}

// collect makes the collection of a version whose segments are open, and takes
// them over.
func (s *Shelf) collect(v *version, segments []*segment) (*Collection, error) {
	c := &Collection{Key: v.key(), shelf: s, version: v, segments: segments, byID: make(map[string]int, len(v.entries)), first: make([]int, 0, len(v.entries)+1)}
	parts := make([]index.Part, len(segments))
	for i, seg := range segments {
		parts[i] = index.Part{Segment: seg.index, First: slices.Repeat([]int{-1}, seg.index.Articles())}
	}
	n := 0
	for i := range v.entries {
		e := &v.entries[i]
		seg := segments[e.segment]
		if e.ordinal >= seg.index.Articles() || seg.blocks.Key(e.ordinal) != e.key || parts[e.segment].First[e.ordinal] >= 0 {
			return nil, errors.Join(fmt.Errorf("%w: article %q of library %s is not where it should lie", index.ErrDamaged, e.ID, c.Key), s.leave(segments...))
		}
		parts[e.segment].First[e.ordinal] = n
		c.byID[e.ID] = i
		c.headers = append(c.headers, e.Header)
		c.first = append(c.first, n)
		from, to := seg.index.Passages(e.ordinal)
		n += to - from
	}
	c.first = append(c.first, n)
	c.index = index.NewIndex(parts)
	c.vocabulary = sync.OnceValues(c.makeVocabulary)
	return c, nil
}

// Close gives back what the collection uses. Nothing may be asked of it any more;
// what it gave may be kept.
func (c *Collection) Close() error { return errors.Join(c.index.Close(), c.shelf.leave(c.segments...)) }

// Len returns the number of articles.
func (c *Collection) Len() int { return len(c.version.entries) }

// Headers tell of the articles, in the order of their ids. They must not be changed.
func (c *Collection) Headers() []corpus.Header { return c.headers }

// ArticleKey names what is made of article i: another library that has the same article
// has it under the same key, whatever its id there.
func (c *Collection) ArticleKey(i int) Key { return c.version.entries[i].key }

// Find returns the place of the article with the id.
func (c *Collection) Find(id string) (i int, ok bool) {
	i, ok = c.byID[id]
	return i, ok
}

// Doc reads article i. Errors wrap [index.ErrDamaged].
func (c *Collection) Doc(i int) (*annotate.Doc, error) {
	e := &c.version.entries[i]
	shared, err := c.shelf.doc(c.segments[e.segment], e.ordinal)
	if err != nil {
		return nil, fmt.Errorf("article %q: %w", e.ID, err)
	}
	return blocks.WithID(shared, e.ID), nil
}

// Passage reads one passage of article i, counted from 0, and returns with it how many
// sentences of the article stand before those that were read; see [blocks.Cache.Passage].
// Errors wrap [index.ErrDamaged].
func (c *Collection) Passage(i, passage int) (d *annotate.Doc, before int, err error) {
	e := &c.version.entries[i]
	shared, before, err := c.shelf.passage(c.segments[e.segment], e.ordinal, passage)
	if err != nil {
		return nil, 0, fmt.Errorf("article %q: %w", e.ID, err)
	}
	return blocks.WithID(shared, e.ID), before, nil
}

// Keep writes down once more where the articles lie: another process, which knows
// nothing of the library, may have swept that away.
func (c *Collection) Keep() error {
	if c.shelf.root == "" {
		return nil
	}
	return c.version.write(c.shelf.root)
}

// Verify reads all articles and returns what is damaged of them; nil where nothing
// is. Errors wrap [index.ErrDamaged] or are the context's.
func (c *Collection) Verify(ctx context.Context) error {
	for i := range c.version.entries {
		e := &c.version.entries[i]
		_, err := c.segments[e.segment].blocks.Bytes(e.ordinal)
		if err != nil {
			c.shelf.note(c.segments[e.segment].key, err, "")
			return fmt.Errorf("article %q: %w", e.ID, err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// Index returns the index of the passages, by their numbers.
func (c *Collection) Index() *index.Index { return c.index }

// Passages returns the number of the first passage of article i and the number
// behind its last.
func (c *Collection) Passages(i int) index.Range {
	return index.Range{From: c.first[i], To: c.first[i+1]}
}

// First returns the number of the first passage of article i, and of that behind the
// last one how many passages there are.
func (c *Collection) First(i int) int { return c.first[i] }

// Size returns the number of all passages.
func (c *Collection) Size() int { return c.first[len(c.version.entries)] }

// At returns the article and the passage in it, both counted from 0, of the number
// of a passage.
func (c *Collection) At(number int) (article, passage int) {
	article = sort.SearchInts(c.first, number+1) - 1
	return article, number - c.first[article]
}

// Vocabulary returns the words of all articles. Errors wrap [index.ErrDamaged].
func (c *Collection) Vocabulary() (*Vocabulary, error) { return c.vocabulary() }

func (c *Collection) makeVocabulary() (*Vocabulary, error) {
	lives := make([][]bool, len(c.segments))
	for i, seg := range c.segments {
		lives[i] = make([]bool, seg.index.Articles())
	}
	for i := range c.version.entries {
		e := &c.version.entries[i]
		lives[e.segment][e.ordinal] = true
	}
	var tables, less []*wordTable
	for i, seg := range c.segments {
		tables = append(tables, seg.words)
		var dead []int
		for ordinal, alive := range lives[i] {
			if !alive {
				dead = append(dead, ordinal)
			}
		}
		if len(dead) > 0 {
			gone, err := c.shelf.goneOf(seg, dead)
			if err != nil {
				return nil, err
			}
			less = append(less, gone)
		}
	}
	return newVocabulary(tables, less), nil
}

// Nothing returns a collection without any article.
func Nothing() *Collection {
	c, err := newShelf("", nil).collect(&version{}, nil)
	if err != nil {
		panic(err) // unreachable: there is no article that could be elsewhere
	}
	return c
}
