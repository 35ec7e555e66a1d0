package blocks

import (
	"math"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// DefaultMemory is how many bytes of prepared articles a process keeps unless
// it is told otherwise.
const DefaultMemory = 32 << 20

// WithID returns an article that a cache shares under its id in one library. The
// same article may have another elsewhere, so that the cache knows none.
func WithID(p *annotate.Doc, id string) *annotate.Doc {
	named := &struct {
		d annotate.Doc
		a corpus.Article
	}{*p, *p.Article}
	named.a.ID = id
	named.d.Article = &named.a
	return &named.d
}

// Cache keeps the articles that were read last, of all files of a process. What
// several ask for at the same moment is read once. Who holds an article may go
// on using it when the cache has let go of it. Make it with [NewCache]; it is
// safe for concurrent use.
type Cache struct {
	limit int

	mu     sync.Mutex
	kept   *simplelru.LRU[Key, *held]
	memory int
	under  map[Key]*reading
}

// held is an article that is kept.
type held struct {
	outline *outline
	memory  int // of both

	decoding sync.Mutex                   // of the whole: one at a time
	whole    atomic.Pointer[annotate.Doc] // nil until somebody asks for it
}

// reading is an article that is being read; done is closed afterwards.
type reading struct {
	done chan struct{}
	held *held
	err  error
}

// NewCache returns a Cache that holds articles of about limit bytes of memory,
// and the one read last however long it is.
func NewCache(limit int) *Cache {
	c := &Cache{limit: limit, under: map[Key]*reading{}}
	kept, err := simplelru.NewLRU(math.MaxInt, func(_ Key, h *held) { c.memory -= h.memory })
	if err != nil {
		panic(err) // unreachable: the size is above 0
	}
	c.kept = kept
	return c
}

// Get returns article i of the file, without an id; see [WithID]. An
// error wraps [index.ErrDamaged] and is not kept.
func (c *Cache) Get(f *File, i int) (*annotate.Doc, error) {
	h, err := c.get(f, i)
	if err != nil {
		return nil, err
	}
	h.decoding.Lock()
	defer h.decoding.Unlock()
	if d := h.whole.Load(); d != nil {
		return d, nil
	}
	d, memory, err := h.outline.whole()
	if err != nil {
		return nil, inArticle(i, err)
	}
	h.whole.Store(d)
	c.mu.Lock()
	defer c.mu.Unlock()
	if kept, ok := c.kept.Peek(f.Key(i)); ok && kept == h {
		h.memory += memory
		c.memory += memory
		c.shrink()
	}
	return d, nil
}

// Passage is [Cache.Get] for one passage of the article, counted from 0, and costs much
// less. What the article has as a whole is there: its text, strings, entities, and what
// passages stand under. Of sentences, figures and relations there may be only those of
// the passage, events and statements none. Sentences are counted from the first that
// there is; before is how many of the article stand before it.
func (c *Cache) Passage(f *File, i, passage int) (d *annotate.Doc, before int, err error) {
	h, err := c.get(f, i)
	if err != nil {
		return nil, 0, err
	}
	if d := h.whole.Load(); d != nil {
		return d, 0, nil
	}
	d, before, ok, err := h.outline.passage(passage)
	if err != nil {
		return nil, 0, inArticle(i, err)
	}
	if !ok {
		d, err = c.Get(f, i)
	}
	return d, before, err
}

// get returns article i as it is kept, and reads it where it is not.
func (c *Cache) get(f *File, i int) (*held, error) {
	key := f.Key(i)
	c.mu.Lock()
	if h, ok := c.kept.Get(key); ok {
		c.mu.Unlock()
		return h, nil
	}
	r, joins := c.under[key]
	if !joins {
		r = &reading{done: make(chan struct{})}
		c.under[key] = r
	}
	c.mu.Unlock()
	if joins {
		<-r.done
		return r.held, r.err
	}
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.under, key)
		close(r.done)
		if r.held != nil {
			c.kept.Add(key, r.held)
			c.memory += r.held.memory
			c.shrink()
		}
	}()
	r.err = errUnread // where reading panics
	r.held, r.err = read(f, i)
	return r.held, r.err
}

// shrink lets go of the articles that are too many.
func (c *Cache) shrink() {
	for c.memory > c.limit && c.kept.Len() > 1 {
		c.kept.RemoveOldest()
	}
}

// Memory returns about how many bytes the articles take that are kept.
func (c *Cache) Memory() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.memory
}

var errUnread = damaged("an article was not read to its end")

// read reads an article.
func read(f *File, i int) (*held, error) {
	o, err := f.outline(i)
	if err != nil {
		return nil, err
	}
	const perArticle = 256 // of the cache itself
	return &held{outline: o, memory: o.memory + perArticle}, nil
}
