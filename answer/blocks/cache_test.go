package blocks

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"footnote/answer/annotate"
	"footnote/index"
)

// counting counts how often it is read.
type counting struct {
	io.ReaderAt
	n    atomic.Int64
	wait chan struct{} // nil, or what reading waits for
}

func (c *counting) ReadAt(b []byte, at int64) (int, error) {
	c.n.Add(1)
	if c.wait != nil {
		<-c.wait
	}
	return c.ReaderAt.ReadAt(b, at)
}

// opened opens the file; what it reads from then on is counted.
func opened(t testing.TB, data []byte) (*File, *counting) {
	r := &counting{ReaderAt: bytes.NewReader(data)}
	f, err := Open(r, int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r.n.Store(0)
	return f, r
}

func TestCache(t *testing.T) {
	data, _ := fileOf(t, "../../training/questions/agency")
	f, r := opened(t, data)
	get := func(c *Cache, i int) *annotate.Doc {
		t.Helper()
		p, err := c.Get(f, i)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	c := NewCache(DefaultMemory)
	first := get(c, 0)
	if get(c, 0) != first || r.n.Load() != 1 {
		t.Errorf("an article that is kept is read %d times", r.n.Load())
	}
	if len(first.Hashes()) != len(first.Strings) || first.Hashes()[3] != annotate.HashOf(first.Strings[3]) {
		t.Error("the hashes are not those of the strings")
	}
	get(c, 1)
	get(c, 2)
	c = NewCache(c.Memory() - 1)
	for _, i := range []int{0, 1, 0, 2} {
		get(c, i)
	}
	r.n.Store(0)
	get(c, 0)
	get(c, 2)
	if c.Memory() > c.limit || r.n.Load() != 0 {
		t.Errorf("the cache holds %d bytes and may hold %d; of those asked for last %d are gone", c.Memory(), c.limit, r.n.Load())
	}
	if get(c, 1); r.n.Load() != 1 {
		t.Error("the one asked for first is still there")
	}

	c = NewCache(0)
	get(c, 0)
	r.n.Store(0)
	if get(c, 0); r.n.Load() != 0 {
		t.Error("the only one is not kept")
	}
	if get(c, 1); c.kept.Len() != 1 {
		t.Errorf("%d are kept where there is room for none", c.kept.Len())
	}
	if p, err := f.Doc(0); err != nil || !reflect.DeepEqual(p, first) {
		t.Error("what a reader holds has changed")
	}
}

func TestWithID(t *testing.T) {
	data, _ := fileOf(t, "../../training/questions/agency")
	f, _ := opened(t, data)
	p, err := NewCache(0).Get(f, 0)
	if err != nil {
		t.Fatal(err)
	}
	a, b := WithID(p, "a"), WithID(p, "b")
	if a.Article.ID != "a" || b.Article.ID != "b" || p.Article.ID != "" || &a.Sentences[0] != &p.Sentences[0] || a.Article.Text != p.Article.Text {
		t.Errorf("%q, %q and %q", a.Article.ID, b.Article.ID, p.Article.ID)
	}
}

// Of an article that somebody read whole, its passages are taken from there; what is
// kept counts for both.
func TestCachePassage(t *testing.T) {
	data, _ := fileOf(t, "../../training/questions/agency")
	f, r := opened(t, data)
	c := NewCache(DefaultMemory)
	p, before, err := c.Passage(f, 0, 2)
	if err != nil || before == 0 || len(p.Sentences) == 0 || p.SentencesOf(2)[0].Passage != 2 {
		t.Fatalf("%d sentences behind %d, %v", len(p.Sentences), before, err)
	}
	outline := c.Memory()
	whole, err := c.Get(f, 0)
	if err != nil || r.n.Load() != 1 {
		t.Errorf("%v; it was read %d times", err, r.n.Load())
	}
	if want := whole.Sentences[before]; !reflect.DeepEqual(p.Sentences[0], want) {
		t.Errorf("sentence %d is %v, not %v", before, p.Sentences[0], want)
	}
	if c.Memory() <= outline {
		t.Errorf("the outline takes %d bytes, with the whole %d", outline, c.Memory())
	}
	if p, before, err := c.Passage(f, 0, 2); p != whole || before != 0 || err != nil {
		t.Errorf("the whole is there, and sentence %d of something else is the first: %v", before, err)
	}
	for _, passage := range []int{-1, len(whole.Article.Passages)} {
		if _, _, err := NewCache(0).Passage(f, 0, passage); err == nil {
			t.Errorf("there is a passage %d", passage)
		}
	}
}

// Many ask for the same article at once: one reads it. Where it cannot be read
// all are told, and the next try is a new one.
func TestCacheTogether(t *testing.T) {
	data, _ := fileOf(t, "../../training/questions/agency")
	f, r := opened(t, data)
	r.wait = make(chan struct{})
	c := NewCache(DefaultMemory)
	var asking sync.WaitGroup
	var got [20]*annotate.Doc
	for i := range got {
		asking.Go(func() { got[i], _ = c.Get(f, 3) })
	}
	close(r.wait)
	asking.Wait()
	for _, p := range got {
		if p == nil || p != got[0] {
			t.Fatal("not all have the same article")
		}
	}
	if r.n.Load() != 1 {
		t.Errorf("%d read it", r.n.Load())
	}

	at, _ := f.place(4)
	data[at+9] ^= 1
	for range 2 {
		if _, err := c.Get(f, 4); !errors.Is(err, index.ErrDamaged) {
			t.Errorf("a damaged article: %v", err)
		}
	}
	data[at+9] ^= 1
	if _, err := c.Get(f, 4); err != nil {
		t.Errorf("an article that is whole again: %v", err)
	}
}

func TestCacheConcurrently(t *testing.T) {
	data, blocks := fileOf(t, "../../training/questions/agency")
	f, _ := opened(t, data)
	c := NewCache(300 << 10)
	var asking sync.WaitGroup
	for k := range 8 {
		asking.Go(func() {
			for n := range 100 {
				i := (n*7 + k) % len(blocks)
				get := func() (*annotate.Doc, error) { return c.Get(f, i) }
				if n%3 > 0 {
					get = func() (*annotate.Doc, error) { p, _, err := c.Passage(f, i, 0); return p, err }
				}
				p, err := get()
				if err != nil || len(p.Hashes()) != len(p.Strings) || len(p.SentencesOf(0)) == 0 {
					t.Error(fmt.Errorf("article %d: %w", i, err))
				}
			}
		})
	}
	asking.Wait()
	if c.Memory() > c.limit {
		t.Errorf("%d bytes are kept, more than %d", c.Memory(), c.limit)
	}
}

// What an article is said to take is about what it takes.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("many articles")
	}
	data, blocks := fileOf(t, "../../training/questions")
	f, _ := opened(t, data)
	runtime.GC()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	outlines, wholes := NewCache(math.MaxInt), NewCache(math.MaxInt)
	for i := range blocks {
		if _, _, err := outlines.Passage(f, i, 0); err != nil {
			t.Fatal(err)
		}
		if i%2 > 0 {
			continue
		}
		if _, err := wholes.Get(f, i); err != nil {
			t.Fatal(err)
		}
	}
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&after)
	took := int(after.HeapAlloc) - int(before.HeapAlloc)
	said := outlines.Memory() + wholes.Memory()
	t.Logf("%d outlines and half as many articles take %d bytes, said to be %d; the outlines %d", len(blocks), took, said, outlines.Memory())
	if ratio := float64(said) / float64(took); ratio < 0.8 || ratio > 1.25 {
		t.Errorf("they take %d bytes, not %d", took, said)
	}
	runtime.KeepAlive(outlines)
	runtime.KeepAlive(wholes)
}

// What lies kept of an article, and what is read anew; of it as a whole, and of one passage.
func BenchmarkCache(b *testing.B) {
	data, blocks := fileOf(b, "../../training/questions/agency")
	f, _ := opened(b, data)
	for name, limit := range map[string]int{"kept": DefaultMemory, "read": 0} {
		b.Run(name, func(b *testing.B) {
			c := NewCache(limit)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := c.Get(f, i%len(blocks)); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"-passage", func(b *testing.B) {
			c := NewCache(limit)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, _, err := c.Passage(f, i%len(blocks), 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
