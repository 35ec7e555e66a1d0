package blocks

import (
	"hash/maphash"
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// DefaultMemory is how many bytes of prepared articles a process keeps unless
// it is told otherwise.
const DefaultMemory = 64 << 20

// Prepared is an article as a cache keeps it. It is shared and not changed.
type Prepared struct {
	*annotate.Doc
	Hashes []uint32 // of each of Strings, by Hash
}

// seed makes hashes others in every process.
var seed = maphash.MakeSeed()

// Hash returns a hash of a string, for looking up those of an article. It is
// another in the next process, and different strings may have the same.
func Hash(s string) uint32 { return uint32(maphash.String(seed, s)) }

// WithID returns the article under its id in one library. The same article may
// have another elsewhere, so that the cache knows none.
func (p *Prepared) WithID(id string) *Prepared {
	named := &struct {
		p Prepared
		d annotate.Doc
		a corpus.Article
	}{*p, *p.Doc, *p.Article}
	named.a.ID = id
	named.d.Article = &named.a
	named.p.Doc = &named.d
	return &named.p
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

type held struct {
	prepared *Prepared
	memory   int
}

// reading is an article that is being read; done is closed afterwards.
type reading struct {
	done     chan struct{}
	prepared *Prepared
	err      error
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

// Get returns article i of the file, without an id; see [Prepared.WithID]. An
// error wraps [index.ErrDamaged] and is not kept.
func (c *Cache) Get(f *File, i int) (*Prepared, error) {
	key := f.Key(i)
	c.mu.Lock()
	if h, ok := c.kept.Get(key); ok {
		c.mu.Unlock()
		return h.prepared, nil
	}
	r, joins := c.under[key]
	if !joins {
		r = &reading{done: make(chan struct{})}
		c.under[key] = r
	}
	c.mu.Unlock()
	if joins {
		<-r.done
		return r.prepared, r.err
	}
	h := &held{}
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.under, key)
		close(r.done)
		if r.prepared != nil {
			c.keep(key, h)
		}
	}()
	r.err = errUnread // where reading panics
	h.prepared, h.memory, r.err = read(f, i)
	r.prepared = h.prepared
	return r.prepared, r.err
}

// keep takes an article in and lets go of those that are then too many.
func (c *Cache) keep(key Key, h *held) {
	c.kept.Add(key, h)
	c.memory += h.memory
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

// read returns an article and about how many bytes of memory it takes.
func read(f *File, i int) (*Prepared, int, error) {
	d, memory, err := f.doc(i)
	if err != nil {
		return nil, 0, err
	}
	p := &Prepared{Doc: d, Hashes: make([]uint32, len(d.Strings))}
	for i, s := range d.Strings {
		p.Hashes[i] = Hash(s)
	}
	const perArticle = 256 // of the cache itself
	return p, memory + 4*len(p.Hashes) + perArticle, nil
}
