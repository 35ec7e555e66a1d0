package shelf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"footnote/answer/vectors"
	"footnote/corpus"
	"footnote/encoder"
	"footnote/encoder/encodertest"
	"footnote/index"
	"footnote/internal/race"
)

// someArticles makes articles of a few hundred words that are often the same.
type someArticles struct {
	*rand.Rand
	all map[string]*corpus.Article
}

func newArticles(seed uint64) *someArticles {
	return &someArticles{rand.New(rand.NewPCG(seed, 1)), map[string]*corpus.Article{}}
}

func (s *someArticles) article(id string) *corpus.Article {
	texts := make([]string, 1+s.IntN(4))
	for i := range texts {
		var b strings.Builder
		for range 2 + s.IntN(3) {
			fmt.Fprintf(&b, "Captain %c%s sold %d boats to the harbour of %c%s. ", 'A'+rune(s.IntN(26)), "lder", s.IntN(50), 'B'+rune(s.IntN(20)), "orrow")
		}
		texts[i] = strings.TrimSpace(b.String())
	}
	a := corpus.FromParagraphs(id, "en", texts)
	a.ID, a.Title = id, "Boats"
	return a
}

// edit changes something.
func (s *someArticles) edit() {
	id := fmt.Sprintf("a%03d", s.IntN(40))
	switch a := s.all[id]; {
	case a == nil || s.IntN(3) == 0:
		s.all[id] = s.article(id)
	case s.IntN(3) == 0:
		delete(s.all, id)
	default: // the same article under another id, or twice
		b, other := *a, fmt.Sprintf("a%03d", s.IntN(40))
		b.ID = other
		s.all[other] = &b
		if s.IntN(2) == 0 && other != id {
			delete(s.all, id)
		}
	}
}

func (s *someArticles) source() Articles {
	var all Articles
	for _, a := range s.all {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b *corpus.Article) int { return strings.Compare(a.ID, b.ID) })
	return all
}

func build(t testing.TB, s *Shelf, from Source) *Collection {
	t.Helper()
	c, err := s.Build(t.Context(), from, Building{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// same fails where two collections are not the same to whoever asks.
func same(t *testing.T, what string, got, want *Collection) {
	t.Helper()
	if got.Key != want.Key || !reflect.DeepEqual(got.Headers(), want.Headers()) {
		t.Fatalf("%s: library %s of %d articles, want %s of %d", what, got.Key, got.Len(), want.Key, want.Len())
	}
	for i := range want.Len() {
		a, err := got.Doc(i)
		b, errWant := want.Doc(i)
		if err = errors.Join(err, errWant); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(a, b) || got.Passages(i) != want.Passages(i) {
			t.Fatalf("%s: article %s is another", what, b.Article.ID)
		}
	}
	a, err := got.Vocabulary()
	b, errWant := want.Vocabulary()
	if err = errors.Join(err, errWant); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(merged(a.tables, a.less), merged(b.tables, b.less)) {
		t.Fatalf("%s: other words", what)
	}
	for _, q := range []string{"captain alder", "harbour of corrow", "boats 12", "morrow"} {
		query := index.Query{Limit: 20}
		for _, tok := range index.Analyze("en", q) {
			query.Terms = append(query.Terms, index.Term{Language: "en", Text: tok.Term, Weight: 1})
		}
		a, err := got.Index().Search(t.Context(), query)
		b, errWant := want.Index().Search(t.Context(), query)
		if err = errors.Join(err, errWant); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(a, b) {
			t.Fatalf("%s: %q finds %v, want %v", what, q, a, b)
		}
	}
}

// However a library came about, by edits, merges and sweeps, it is the same as one
// that is made of its articles at once; and nothing is prepared twice.
func TestEdits(t *testing.T) {
	for seed := range uint64(4) {
		root := t.TempDir()
		s, articles := At(root, plainly), newArticles(seed)
		var last *Collection
		merges, most := 0, 0
		for n := range 60 {
			for range 1 + articles.IntN(3) {
				articles.edit()
			}
			if len(articles.all) == 0 {
				continue
			}
			c := build(t, s, articles.source())
			want := build(t, At("", plainly), articles.source())
			same(t, fmt.Sprintf("seed %d, edit %d", seed, n), c, want)
			for {
				merged, err := c.Merge(t.Context(), nil)
				if err != nil {
					t.Fatal(err)
				}
				if merged == nil {
					break
				}
				merges++
				c.Close()
				c = merged
				same(t, fmt.Sprintf("seed %d, edit %d, merged", seed, n), c, want)
			}
			want.Close()
			if last != nil {
				last.Close()
			}
			last = c
			if err := s.Sweep(nil, c.Key); err != nil {
				t.Fatal(err)
			}
			left, _ := filepath.Glob(filepath.Join(root, "*"))
			if len(left) != len(c.segments)+1 {
				t.Fatalf("seed %d, edit %d: %d segments and a file, and there are %q", seed, n, len(c.segments), left)
			}
			most = max(most, len(c.segments))
			again, err := s.Open(c.Key)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "opened", again, c)
			again.Close()
		}
		last.Close()
		if merges == 0 || most > 16 {
			t.Errorf("%d merges, %d segments at most", merges, most)
		}
		if len(s.open) > 0 {
			t.Errorf("%d segments are left open", len(s.open))
		}
	}
}

// counted counts what is read of a source.
type counted struct {
	Articles
	read atomic.Int32
}

func (c *counted) Read(n int, wanted bool) (Content, *corpus.Article) {
	c.read.Add(1)
	return c.Articles.Read(n, wanted)
}

// What lies on the shelf is not prepared again, whichever library it was for, nor written.
func TestNothingTwice(t *testing.T) {
	s, articles := At(t.TempDir(), plainly), newArticles(7)
	for i := range 30 {
		id := fmt.Sprintf("a%03d", i)
		articles.all[id] = articles.article(id)
	}
	for _, c := range []struct {
		name string
		edit func()
		want int
	}{
		{"at first", func() {}, 30},
		{"once more", func() {}, 0},
		{"one edited", func() { articles.all["a003"] = articles.article("a003") }, 1},
		{"one renamed", func() {
			a := *articles.all["a005"]
			a.ID = "b005"
			articles.all["b005"] = &a
			delete(articles.all, "a005")
		}, 0},
		{"one gone", func() { delete(articles.all, "a006") }, 0},
		{"part of it, another library", func() {
			for i := range 15 {
				delete(articles.all, fmt.Sprintf("a%03d", i))
			}
		}, 0},
	} {
		c.edit()
		from := &counted{Articles: articles.source()}
		build(t, s, from).Close()
		if got := int(from.read.Load()); got != c.want {
			t.Errorf("%s: %d articles are read, want %d", c.name, got, c.want)
		}
	}
	c := build(t, s, articles.source())
	defer c.Close()
	before, err := os.Stat(versionFile(s.root, c.Key))
	if err != nil {
		t.Fatal(err)
	}
	build(t, s, articles.source()).Close()
	if after, err := os.Stat(versionFile(s.root, c.Key)); errors.Join(err, c.Keep()) != nil || !os.SameFile(before, after) {
		t.Errorf("the library's file is written again; %v", err)
	}
}

// What is damaged is made anew: at once where it is seen when a segment is opened, and
// else when somebody met it.
func TestDamage(t *testing.T) {
	root := t.TempDir()
	s, articles := At(root, plainly), newArticles(3)
	for i := range 10 {
		id := fmt.Sprintf("a%03d", i)
		articles.all[id] = articles.article(id)
	}
	want := build(t, At("", plainly), articles.source())
	defer want.Close()
	c := build(t, s, articles.source())
	key := c.Key
	files, _ := filepath.Glob(filepath.Join(root, "*", "*"))
	versions, _ := filepath.Glob(filepath.Join(root, "*"+versionEnd))
	c.Close()
	random := rand.New(rand.NewPCG(5, 5))
	for _, file := range append(files, versions...) {
		for n := range 12 {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			within := b
			if n%2 == 0 { // where tables say where all the rest is
				within = b[max(0, len(b)-200):]
			}
			within[random.IntN(len(within))] ^= 1 << random.IntN(8)
			if err := os.WriteFile(file, b, 0o600); err != nil {
				t.Fatal(err)
			}
			s = newShelf(root, plainly) // as another process, which has nothing in memory
			if c, err := s.Open(key); err == nil {
				for i := range c.Len() {
					_, err = c.Doc(i)
					if err != nil {
						break
					}
				}
				if err == nil || !errors.Is(err, index.ErrDamaged) || s.Damaged() == nil {
					t.Errorf("a flipped bit in %s is not seen: %v", filepath.Base(file), err)
				}
				c.Close()
			} else if !errors.Is(err, index.ErrDamaged) {
				t.Errorf("a flipped bit in %s: %v", filepath.Base(file), err)
			}
			c := build(t, s, articles.source())
			same(t, "after damage in "+filepath.Base(file), c, want)
			c.Close()
		}
	}
}

// The same long article twice is two segments, of different names, though both are
// made at once.
func TestTwiceAtOnce(t *testing.T) {
	a := corpus.FromParagraphs("a", "en", slices.Repeat([]string{"The boat of captain Alder lies in the harbour of Corrow. It carries barley."}, chunk/75))
	b := *a
	a.ID, b.ID = "a", "b"
	for _, root := range []string{"", t.TempDir()} {
		c := build(t, At(root, plainly), Articles{a, &b})
		if c.Len() != 2 || c.Size() != 2*len(a.Passages) {
			t.Errorf("%d articles of %d passages", c.Len(), c.Size())
		}
		c.Close()
	}
}

// killedBelow tells this test binary to go on with a library below a folder until
// it is killed.
const killedBelow = "TEST_SHELF_KILLED_BELOW"

// Whenever a process is killed, in building, encoding, merging or sweeping, the next one finds
// a shelf that gives the same libraries.
func TestKilled(t *testing.T) {
	m, err := encoder.Load(encodertest.Tiny(nil))
	if err != nil {
		t.Fatal(err)
	}
	if root := os.Getenv(killedBelow); root != "" {
		s, articles := At(root, plainly), newArticles(uint64(time.Now().UnixNano()))
		for {
			for range 1 + articles.IntN(5) {
				articles.edit()
			}
			if len(articles.all) == 0 {
				continue
			}
			c := build(t, s, articles.source())
			if err := c.Encode(context.Background(), Encoding{Model: m, KeepEvery: time.Millisecond}); err != nil {
				t.Fatal(err)
			}
			for {
				merged, err := c.Merge(context.Background(), m)
				if err != nil {
					t.Fatal(err)
				}
				if merged == nil {
					break
				}
				c.Close()
				c = merged
			}
			if err := s.Sweep(m, c.Key); err != nil {
				t.Fatal(err)
			}
			c.Close()
		}
	}
	kills := 500
	switch {
	case testing.Short():
		kills = 10
	case race.On: // with it a process takes long to start
		kills = 50
	}
	root, random := t.TempDir(), rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 3))
	articles := newArticles(11)
	for i := range 25 {
		id := fmt.Sprintf("a%03d", i)
		articles.all[id] = articles.article(id)
	}
	want := build(t, At("", plainly), articles.source())
	defer want.Close()
	vectorsOf := func(c *Collection) (all []vectors.Passage) {
		t.Helper()
		if err := c.Encode(t.Context(), Encoding{Model: m}); err != nil {
			t.Fatal(err)
		}
		v, err := c.Vectors(m)
		if err != nil || v.Lacking() {
			t.Fatalf("passages lack vectors: %v", err)
		}
		for n := range c.Size() {
			p, err := v.Passage(n)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, p)
		}
		return all
	}
	wantVectors := vectorsOf(want)
	build(t, newShelf(root, plainly), articles.source()).Close()
	met := map[string]int{}
	for n := range kills {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), killedBelow+"="+root)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.IntN(120)) * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		left, _ := os.ReadDir(root)
		for _, e := range left {
			for _, begun := range []string{".build-", ".aside-", begunPrefix, vectorsBegun} {
				if strings.HasPrefix(e.Name(), begun) {
					met[begun]++
				}
			}
		}
		s := newShelf(root, plainly)
		versions, _ := filepath.Glob(filepath.Join(root, "*"+versionEnd))
		for _, v := range versions {
			// Only the one that was made last must be whole: a sweep takes others' segments first.
			if c, err := s.Open(strings.TrimSuffix(filepath.Base(v), versionEnd)); err == nil {
				for i := range c.Len() {
					if _, err := c.Doc(i); err != nil {
						t.Fatalf("kill %d: %v", n, err)
					}
				}
				c.Close()
			} else if !errors.Is(err, index.ErrMissing) {
				t.Fatalf("kill %d: %v", n, err)
			}
		}
		if n%10 == 0 {
			c := build(t, s, articles.source())
			same(t, fmt.Sprintf("after kill %d", n), c, want)
			if !reflect.DeepEqual(vectorsOf(c), wantVectors) {
				t.Fatalf("after kill %d: other vectors", n)
			}
			c.Close()
		}
	}
	t.Logf("%d kills; what they left: %v", kills, met)
}

// A build ends soon when its context does, and what was done is found by the next one.
func TestBuildStopped(t *testing.T) {
	root, articles := t.TempDir(), newArticles(13)
	for i := range 400 {
		id := fmt.Sprintf("a%03d", i)
		articles.all[id] = articles.article(id)
	}
	ctx, stop := context.WithCancel(t.Context())
	c, err := At(root, plainly).Build(ctx, articles.source(), Building{Watch: func(done, total int) {
		if done == 100 {
			stop()
		}
	}})
	if c != nil || !errors.Is(err, context.Canceled) {
		t.Fatalf("%v, %v", c, err)
	}
	build(t, At(root, plainly), articles.source()).Close()
}
