package corpus

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"footnote/internal/race"
)

// What is read from the files under testdata, as one digest. Where it changes,
// catalogues that were written before must not be believed.
func TestParsed(t *testing.T) {
	h := sha256.New()
	enc := json.NewEncoder(h)
	add := func(name string, data []byte) {
		a, named, problems := parseNamed(name, data)
		for _, v := range []any{name, a, named, problems} {
			if err := enc.Encode(v); err != nil {
				t.Fatal(err)
			}
		}
		if a == nil {
			return
		}
		header, _ := a.Header().AppendBinary(nil) // it never fails
		if err := enc.Encode(header); err != nil {
			t.Fatal(err)
		}
	}
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases (%v)", err)
	}
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if IsArticle(f.Name) {
				add(f.Name, f.Data)
			}
		}
	}
	for _, folder := range []string{"articles", "../testdata/questions", "../answer/testdata/laidout", "../answer/testdata/prepared"} {
		err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !IsArticle(name) {
				return err
			}
			data, err := os.ReadFile(name)
			add(filepath.ToSlash(name), data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	got := fmt.Sprintf("%x\n", h.Sum(nil))
	if *update {
		if err := os.WriteFile("parsed.sum", []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if got != parsedSum {
		t.Errorf("something else is read from the files: run `go test ./corpus -run TestParsed -update`, so that old catalogues are not believed\ngot %swant %s", got, parsedSum)
	}
}

// folder is a library's folder that a test changes.
type folder struct {
	t    testing.TB
	path string
}

func newFolder(t testing.TB) folder { return folder{t, t.TempDir()} }

func (f folder) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f folder) at(name string) string { return filepath.Join(f.path, filepath.FromSlash(name)) }

func (f folder) write(name, text string) {
	f.t.Helper()
	f.must(os.MkdirAll(filepath.Dir(f.at(name)), 0o755))
	f.must(os.WriteFile(f.at(name), []byte(text), 0o644))
}

func (f folder) look(before *Catalogue) *Listing {
	f.t.Helper()
	l, err := Look(f.path, before)
	f.must(err)
	f.t.Cleanup(func() { l.Close() })
	return l
}

// read reads all that is not known, and returns what had to be parsed.
func (f folder) read(before *Catalogue) (c *Catalogue, parsed []string) {
	f.t.Helper()
	l := f.look(before)
	for n := range l.Len() {
		if _, a := l.Read(n); a != nil {
			parsed = append(parsed, a.ID)
		}
	}
	if l.Unknown() > 0 {
		f.t.Errorf("%d articles are not known after all were read", l.Unknown())
	}
	return l.Catalogue(), parsed
}

// believed returns the catalogue as if its files had lain there for long.
func believed(c *Catalogue) *Catalogue {
	c = &Catalogue{slices.Clone(c.files), c.problems}
	for i := range c.files {
		c.files[i].young = false
	}
	time.Sleep(20 * time.Millisecond) // longer than file systems take one time for another here
	return c
}

// stored writes a catalogue and reads it.
func stored(t *testing.T, c *Catalogue) *Catalogue {
	t.Helper()
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	first := bytes.Clone(b.Bytes())
	got, err := ReadCatalogue(&b)
	if err != nil {
		t.Fatal(err)
	}
	if err := got.Write(&b); err != nil || !bytes.Equal(b.Bytes(), first) {
		t.Errorf("a catalogue that was read is written otherwise; %v", err)
	}
	return got
}

// agrees checks that a catalogue and what comes with it is what a fresh look
// gives, in the same order.
func agrees(t *testing.T, path string, c *Catalogue) {
	t.Helper()
	fresh, _ := Load(path)
	var want, got []string
	for _, a := range fresh.Articles {
		h := a.Header()
		want = append(want, fmt.Sprintf("%s %x %+v", a.ID, a.Sum(), h))
	}
	for i := range c.Files() {
		if f := &c.Files()[i]; f.Article != (Sum{}) {
			got = append(got, fmt.Sprintf("%s %x %+v", f.ID(), f.Article, f.Header()))
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("got articles\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got, want := fmt.Sprint(c.Problems()), fmt.Sprint(fresh.Problems); got != want {
		t.Fatalf("got problems\n%s\nwant\n%s", got, want)
	}
}

// What did not change is not read, what has the same bytes is not parsed.
func TestCatalogueKnows(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "# The bridge\n\nThe bridge was built in 1911.")
	f.write("plain-name.txt", "It has no title of its own.")
	f.write("bad.md", "Not \xe9 fine.")
	f.write("sub/twin.md", "# Twin\n\nOne.")
	f.write("sub/twin.txt", "Two.")
	f.write("report.pdf", "")
	c, parsed := f.read(nil)
	if want := []string{"a", "plain-name", "sub/twin"}; !slices.Equal(parsed, want) {
		t.Errorf("parsed %q, want %q", parsed, want)
	}
	agrees(t, f.path, c)
	if len(c.Problems()) != 3 {
		t.Errorf("got problems %v", c.Problems())
	}

	steps := []struct {
		what   string
		do     func()
		parsed string
		known  int // articles of which nothing is read
	}{
		{"nothing", func() {}, "", 4},
		{"touched", func() { f.must(os.Chtimes(f.at("a.md"), time.Now(), time.Now())) }, "", 3},
		{"written anew with the same bytes", func() { f.write("a.md", "# The bridge\n\nThe bridge was built in 1911.") }, "", 3},
		{"renamed, with a title of its own", func() { f.must(os.Rename(f.at("a.md"), f.at("b.md"))) }, "", 3},
		{"moved, with a title from its name", func() { f.must(os.Rename(f.at("plain-name.txt"), f.at("sub/plain_name.txt"))) }, "", 3},
		{"renamed, with a title from its name", func() { f.must(os.Rename(f.at("sub/plain_name.txt"), f.at("other.txt"))) }, "other", 3},
		{"renamed to another ending", func() { f.must(os.Rename(f.at("other.txt"), f.at("other.md"))) }, "other", 3},
		{"edited", func() { f.write("b.md", "# The bridge\n\nThe bridge was built in 1912.") }, "b", 3},
		{"bad, renamed", func() { f.must(os.Rename(f.at("bad.md"), f.at("worse.markdown"))) }, "", 3},
		{"first twin gone", func() { f.must(os.Remove(f.at("sub/twin.md"))) }, "sub/twin", 3},
		{"twin again", func() { f.write("sub/twin.md", "# Twin\n\nOne.") }, "sub/twin", 3},
		{"second twin edited", func() { f.write("sub/twin.txt", "Three.") }, "", 4},
	}
	for _, s := range steps {
		c = stored(t, believed(c))
		s.do()
		l := f.look(c)
		if got := l.Len() - l.Unknown(); got != s.known {
			t.Errorf("%s: %d articles are known, want %d", s.what, got, s.known)
		}
		c, parsed = f.read(c)
		if got := strings.Join(parsed, " "); got != s.parsed {
			t.Errorf("%s: parsed %q, want %q", s.what, got, s.parsed)
		}
		agrees(t, f.path, c)
	}
}

// A file that is edited again within one moment, with the same size, shows
// nothing in its stat: it is read once more.
func TestCatalogueYoung(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "It cost 100 euros.")
	c, _ := f.read(nil)
	lay := c.files[0].stat
	f.write("a.md", "It cost 200 euros.")
	c.files[0].stat = f.look(nil).files[0].stat // as if the file system had taken both times for one
	if c.files[0].Size != lay.Size {
		t.Fatal("the sizes differ")
	}
	l := f.look(stored(t, c))
	if l.Known(0) {
		t.Error("a file is believed that was read at once after it was written")
	}
	if _, a := l.Read(0); a == nil || a.Text != "It cost 200 euros." {
		t.Errorf("got %v", a)
	}
	now := time.Now()
	for _, tt := range []struct {
		what string
		s    stat
		want bool
	}{
		{"long ago", stat{Modified: 5, Changed: 5}, false},
		{"just now", stat{Modified: now.UnixNano(), Changed: now.UnixNano()}, true},
		{"just now, with an old time", stat{Modified: 5, Changed: now.Add(-time.Second).UnixNano()}, true},
		{"long ago, with a time to come", stat{Modified: now.Add(time.Hour).UnixNano(), Changed: 5}, false},
		{"just now, where only one time is told", stat{Modified: now.Add(-time.Second).UnixNano()}, true},
		{"a time to come, where only one is told", stat{Modified: now.Add(time.Hour).UnixNano()}, true},
		{"long ago, where only one time is told", stat{Modified: 5}, false},
	} {
		if tt.s.young(now) != tt.want {
			t.Errorf("%s: young is %v", tt.what, !tt.want)
		}
	}
}

// After any edits, what is known and what is read anew is together what a fresh
// look gives.
func TestCatalogueOfRandomEdits(t *testing.T) {
	rounds := 60
	if testing.Short() || race.On {
		rounds = 15
	}
	f := newFolder(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	pick := func(s ...string) string { return s[rnd.IntN(len(s))] }
	name := func() string {
		return pick("", "", "sub/", "sub/deep/", "x-1/") + pick("a", "a-b", "A", "-", "long name", "été", ".hidden", "a.b") + pick(".md", ".md", ".txt", ".html", ".htm", ".pdf", ".markdown", "")
	}
	text := func() string {
		return pick("# Title\n\n", "", "---\ntitle: T\n---\n", "---\ntitle: a: b\n---\n", "<title>Page</title><p>", "\xff", "---\nlanguage: xyz\n---\n") +
			pick("", "The bridge was built in 1911.", "The bridge was built in 1912.", "It cost 5 euros. Who paid?")
	}
	var c *Catalogue
	for round := range rounds {
		for range rnd.IntN(6) {
			at := f.at(name())
			if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
				continue // a file stands in the way
			}
			switch rnd.IntN(8) {
			case 0:
				_ = os.RemoveAll(at)
			case 1:
				_ = os.Rename(at, f.at(name()))
			case 2:
				_ = os.Chtimes(at, time.Time{}, time.Unix(rnd.Int64N(2e9), 0))
			case 3:
				_ = os.Symlink(pick("a.md", "../a.md", "/etc/passwd", "nowhere.md", "sub", "."), at)
			case 4:
				_ = os.Rename(f.at(pick("sub", "x-1")), f.at(pick("sub", "x-1", "y")))
			default:
				_ = os.WriteFile(at, []byte(text()), 0o644)
			}
		}
		c, _ = f.read(c)
		agrees(t, f.path, c)
		if rnd.IntN(2) == 0 {
			c = believed(c)
		}
		if rnd.IntN(3) == 0 {
			c = stored(t, c)
		}
		l := f.look(c)
		fresh, _ := Load(f.path)
		var articles []*Article
		for n := range l.Len() {
			if _, a := l.Parse(n); a != nil {
				articles = append(articles, a)
			}
		}
		if len(articles)+len(fresh.Articles) > 0 && !reflect.DeepEqual(articles, fresh.Articles) {
			t.Fatalf("round %d: other articles are parsed", round)
		}
		agrees(t, f.path, l.Catalogue())
	}
	t.Logf("%d files at the end", len(c.files))
}

// All articles are read at the same time, and what is known is asked for.
func TestListingAtTheSameTime(t *testing.T) {
	f := newFolder(t)
	for n := range 200 {
		f.write(fmt.Sprintf("%03d.md", n), fmt.Sprintf("# Title %d\n\nText %d.", n, n))
		if n%10 == 0 {
			f.write(fmt.Sprintf("%03d.txt", n), "A twin.")
		}
	}
	l := f.look(nil)
	var workers sync.WaitGroup
	for w := range 4 {
		workers.Go(func() {
			for n := w; n < l.Len(); n += 4 {
				if file, a := l.Read(n); file == nil || a == nil || file.Article != a.Sum() || a.ID != l.ID(n) {
					t.Errorf("article %d: got %v", n, file)
				}
				if n%20 == 0 {
					if err := l.Empty(); err != nil || len(l.Catalogue().Files()) == 0 {
						t.Error("nothing is known while articles are read")
					}
				}
			}
		})
	}
	workers.Wait()
	agrees(t, f.path, l.Catalogue())
}

// A catalogue that is damaged anywhere, cut off or of another version is none.
func TestCatalogueDamaged(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "---\ntitle: The bridge\npublished: 2019-05-01\n---\nThe bridge was built in 1911.")
	f.write("bad.md", "\xff")
	f.write("b.pdf", "")
	c, _ := f.read(nil)
	var b bytes.Buffer
	f.must(c.Write(&b))
	read := func(b []byte) error {
		_, err := ReadCatalogue(bytes.NewReader(b))
		return err
	}
	f.must(read(b.Bytes()))
	for i := range b.Len() {
		if read(b.Bytes()[:i]) == nil {
			t.Errorf("a catalogue cut off at %d is read", i)
		}
		other := bytes.Clone(b.Bytes())
		other[i] ^= 4
		if read(other) == nil {
			t.Errorf("a catalogue is read that has another byte %d", i)
		}
	}
	if read(append(b.Bytes(), 0)) == nil {
		t.Error("a catalogue is read with something behind it")
	}
	if _, err := ReadCatalogue(io.MultiReader(bytes.NewReader(b.Bytes()), broken{})); err == nil {
		t.Error("a catalogue is read that cannot be read")
	}
	if got := stored(t, &Catalogue{}); len(got.Files()) != 0 || (*Catalogue)(nil).Files() != nil {
		t.Error("an empty catalogue has files")
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, fs.ErrInvalid }

// FuzzCatalogue unpacks anything: nothing panics, and nothing is made up.
func FuzzCatalogue(f *testing.F) {
	c := &Catalogue{files: []File{{Name: "a.md", Sum: Sum{1}, Article: Sum{2}, header: "x", Problems: []Problem{{"a.md", 2, "bad"}}}}, problems: []Problem{{"b", 0, "bad"}}}
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes()[len(catalogueBegins) : b.Len()-4])
	full, _ := fullHeader().AppendBinary(nil)
	f.Add(full)
	f.Fuzz(func(t *testing.T, data []byte) {
		var h Header
		if err := h.UnmarshalBinary(data); err == nil {
			var again Header
			b, _ := h.AppendBinary(nil)
			if err := again.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(h, again) {
				t.Errorf("%+v is stored as %+v; %v", h, again, err)
			}
		}
		u := unpacker{rest: string(data)}
		for !u.bad && u.rest != "" {
			f := u.file()
			_ = f.Header()
			u.problems("")
		}
	})
}

// Every field of a header is stored.
func TestHeader(t *testing.T) {
	for _, h := range []Header{{}, fullHeader(), {Published: time.Unix(0, 0).UTC()}, {Published: time.Unix(-1, 0).UTC()}, {Published: time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC)}} {
		b, err := h.AppendBinary([]byte("before"))
		if err != nil {
			t.Fatal(err)
		}
		var got Header
		b = bytes.TrimPrefix(b, []byte("before"))
		if err := got.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(got, h) {
			t.Errorf("got %+v\nwant %+v; %v", got, h, err)
		}
		for i := range b {
			if got.UnmarshalBinary(b[:i]) == nil {
				t.Errorf("half a header is read: %q", b[:i])
			}
		}
	}
}

// fullHeader has something else in every field.
func fullHeader() Header {
	n := 0
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		n++
		switch {
		case v.Type() == reflect.TypeFor[time.Time]():
			v.Set(reflect.ValueOf(time.Date(2000+n, 1, 1, 0, 0, 0, 0, time.UTC)))
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		case v.Kind() == reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			fill(v.Index(0))
			fill(v.Index(1))
		case v.Kind() == reflect.String:
			v.SetString(fmt.Sprint("text ", n))
		default:
			v.SetInt(int64(100 * n))
		}
	}
	var h Header
	fill(reflect.ValueOf(&h).Elem())
	return h
}

// The header of an article tells what the article does.
func TestHeaderOfArticle(t *testing.T) {
	lib, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	a := lib.Articles[0]
	h := a.Header()
	if h.ID != a.ID || h.Title != a.Title || h.Source != a.Source || h.Author != a.Author || h.URL != a.URL || !h.Published.Equal(a.Published) ||
		h.Language != a.Language || len(h.Commands) != 2 || h.Passages != len(a.Passages) || h.Sentences <= h.Passages || h.Bytes != len(a.Text) {
		t.Errorf("got %+v", h)
	}
	l := LookDefault(nil)
	f, b := l.Read(0)
	if got := f.Header(); !reflect.DeepEqual(got, h) || b.Sum() != a.Sum() || f.Article != a.Sum() {
		t.Errorf("got %+v\nwant %+v", got, h)
	}
	// It lies in no file system that would tell whether it is another.
	if l = LookDefault(l.Catalogue()); l.Known(0) {
		t.Error("the shipped article is believed unseen")
	} else if f, b := l.Read(0); f == nil || b != nil {
		t.Error("the shipped article is parsed again")
	}
	id := *a
	id.ID = "other"
	title := *a
	title.Title = "other"
	if id.Sum() != a.Sum() || title.Sum() == a.Sum() {
		t.Error("the sum of an article is of all but its id")
	}
}
