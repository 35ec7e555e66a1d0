package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"footnote/answer"
	"footnote/corpus"
	"footnote/index"
	"footnote/internal/testlog"
)

// ended is how long a bot may take to end, whatever it does: a second, and as much
// again as a busy machine takes.
const ended = 5 * time.Second

// growing is a library of which more and more is prepared.
type growing struct {
	t    *testing.T
	c    *config
	logs *buffer
}

func newGrowing(t *testing.T) *growing {
	return &growing{t, &config{corpus: t.TempDir(), data: t.TempDir(), atOnce: 1}, &buffer{}}
}

func (g *growing) write(name, text string) {
	g.t.Helper()
	if err := os.WriteFile(filepath.Join(g.c.corpus, name), []byte(text), 0o600); err != nil {
		g.t.Fatal(err)
	}
}

// fleets writes articles that it takes a moment to prepare.
func (g *growing) fleets(name string, n int) {
	g.t.Helper()
	for i := range n {
		g.write(fmt.Sprintf("%s-%d.md", name, i), "The harbour of "+name+strconv.Itoa(i)+" lies in the north.\n\n"+fleet(300))
	}
}

func (g *growing) open() *live {
	g.t.Helper()
	l, err := openLive(g.t.Context(), testlog.New(g.logs), g.c)
	if err != nil {
		g.t.Fatal(err)
	}
	return l
}

// answers asks the library that answers now.
func (g *growing) answers(l *live, question, want string) {
	g.t.Helper()
	testlog.Asked(question)
	lib, done := l.Use()
	defer done()
	if a := lib.Ask(g.t.Context(), answer.Question{Text: question}); !strings.Contains(a.Quote, want) || a.Err != nil {
		g.t.Errorf("%q: got %q, %v, want %q", question, a.Quote, a.Err, want)
	}
}

// size is how many articles answer.
func (g *growing) size(l *live) int {
	lib, done := l.Use()
	defer done()
	return lib.Size()
}

// passages counts the passages of all segments that lie on the disk.
func (g *growing) passages() int {
	g.t.Helper()
	all, err := filepath.Glob(filepath.Join(g.c.indexRoot(), "*", "MANIFEST"))
	if err != nil {
		g.t.Fatal(err)
	}
	sum := 0
	for _, file := range all {
		s, err := index.Open(g.c.indexRoot(), filepath.Base(filepath.Dir(file)))
		if err != nil {
			g.t.Fatal(err)
		}
		sum += s.Documents()
		if err := s.Close(); err != nil {
			g.t.Fatal(err)
		}
	}
	return sum
}

func (g *growing) quiet() {
	g.t.Helper()
	if s := g.logs.String(); strings.Contains(s, "level=ERROR") || strings.Contains(s, "level=WARN") {
		g.t.Errorf("the log tells of trouble:\n%s", s)
	}
}

const whenFerry = "When does the ferry to Port Ember leave?"

// While a large library is prepared what is there of it answers, then all does; what
// changes meanwhile is taken over. Ended in the middle, it goes on at the next start.
func TestStarting(t *testing.T) {
	t.Parallel()
	g := newGrowing(t)
	g.write("ferry.md", ferryAtMidnight)
	time.Sleep(2100 * time.Millisecond) // a file that is younger is not believed to be unchanged
	o, err := openLibrary(t.Context(), testlog.New(g.logs), g.c)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.lib.Close(); err != nil {
		t.Fatal(err)
	}

	g.fleets("north", 20)
	l := g.open()
	if _, total := l.now.Load().preparing.far(); total != 21 || g.size(l) != 0 {
		t.Errorf("it begins with %d articles of %d", g.size(l), total)
	}
	if told, err := l.rebuild(t.Context()); err != nil || !strings.Contains(told, "still being read") {
		t.Errorf("a rebuild meanwhile: %q, %v", told, err)
	}
	<-l.ready
	l.look(t.Context())
	if n := g.size(l); n != 1 {
		t.Errorf("%d articles answer where one was there", n)
	}
	g.answers(l, whenFerry, "at midnight")
	g.write("ferry.md", ferryAtNoon)
	if err := l.whole(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := g.size(l); n != 21 || l.now.Load().preparing != nil {
		t.Errorf("%d articles answer of 21, %v", n, l.now.Load().preparing)
	}
	g.answers(l, "Where does the harbour of north7 lie?", "in the north")
	for end, noon := time.Now().Add(time.Minute), false; !noon; time.Sleep(20 * time.Millisecond) {
		l.look(t.Context())
		lib, done := l.Use()
		noon = strings.Contains(lib.Ask(t.Context(), answer.Question{Text: whenFerry}).Quote, "at noon")
		done()
		if time.Now().After(end) {
			t.Fatal("what changed while the library was prepared is never taken over")
		}
	}
	l.Close()

	g.fleets("south", 20)
	l = g.open()
	time.Sleep(100 * time.Millisecond)
	begin := time.Now()
	l.Close() // in the middle
	if took := time.Since(begin); took > ended {
		t.Errorf("it ended after %v", took)
	}
	l = g.open()
	if err := l.whole(t.Context()); err != nil {
		t.Fatal(err)
	}
	g.answers(l, "Where does the harbour of south7 lie?", "in the north")
	g.answers(l, whenFerry, "at noon")
	l.Close()
	g.quiet()
}

// A library that was being prepared when the bot was ended is not prepared anew.
func TestEndedBuild(t *testing.T) {
	t.Parallel()
	g := newGrowing(t)
	g.fleets("north", 40)
	ctx, stop := context.WithCancel(t.Context())
	p := newProgress(testlog.New(g.logs), nil, preparing)
	var begin time.Time
	go func() {
		for done := 0; done < 5; done, _ = p.far() {
			time.Sleep(time.Millisecond)
		}
		begin = time.Now()
		stop()
	}()
	listing, err := g.c.look()
	if err != nil {
		t.Fatal(err)
	}
	_, err = openListing(ctx, testlog.New(g.logs), g.c, listing, p, nil)
	<-ctx.Done()
	if took := time.Since(begin); !errors.Is(err, context.Canceled) || took > ended {
		t.Errorf("ended after %v with %v", took, err)
	}
	if err := listing.Close(); err != nil {
		t.Fatal(err)
	}
	kept := g.passages()
	if kept == 0 {
		t.Error("nothing is kept")
	}
	o, err := openLibrary(t.Context(), testlog.New(g.logs), g.c)
	if err != nil {
		t.Fatal(err)
	}
	defer o.lib.Close()
	want := 0
	for _, h := range o.lib.Headers() {
		want += h.Passages
	}
	if got := g.passages(); got != want || kept >= want || o.lib.Size() != 40 {
		t.Errorf("%d passages were prepared, %d of them before it was ended, where the library has %d", got, kept, want)
	}
	g.quiet()
}

// What is damaged on the disk while the bot runs costs the question that meets it its
// answer, and no other: it is prepared anew.
func TestMendedWhileRunning(t *testing.T) {
	t.Parallel()
	g := newGrowing(t)
	g.c.atOnce = 0
	for i := range 250 { // more than are read at a start
		g.write(fmt.Sprintf("berth-%d.md", i), berth(i, 0))
	}
	g.write("ferry.md", ferryAtMidnight)
	// By another process: nothing is in memory.
	if out, err := exec.Command("bot", "-corpus", g.c.corpus, "-data", g.c.data, "-model", "none", "-rebuild").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	l := g.open()
	defer l.Close()
	l.warming.Wait()
	files, err := filepath.Glob(filepath.Join(g.c.indexRoot(), "*", "blocks"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	info, err := os.Stat(files[0])
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(files[0], os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(make([]byte, info.Size()), 0); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}

	testlog.Asked(whenFerry)
	lib, done := l.Use()
	if a := lib.Ask(t.Context(), answer.Question{Text: whenFerry}); a.Err == nil {
		t.Errorf("a damaged article answers %q", a.Quote)
	}
	done()
	l.look(t.Context())
	g.answers(l, whenFerry, "at midnight")
	logs := g.logs.String()
	if n := strings.Count(logs, "level=WARN"); n != 1 || strings.Contains(logs, "level=ERROR") || !strings.Contains(logs, "the index is damaged and is built anew") {
		t.Errorf("%d warnings:\n%s", n, logs)
	}
}

// Whoever asks is told how much of the library is read: in a reply, in the status, by
// -health and on the page.
func TestToldOfPreparing(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	l := r.bot.live
	p := newProgress(testlog.New(r.logs), nil, preparing)
	p.begin = p.begin.Add(-10 * time.Second)
	p.watch(120, 26000)
	p.watch(4120, 26000)
	l.mu.Lock()
	now := *l.now.Load()
	now.preparing = p
	l.now.Store(&now)
	l.mu.Unlock()
	r.holds(r.slash(r.reader, "/ask question:Who won the chess tournament?"), "\nI am still reading: 1 of 26,000 articles so far")
	r.holds(r.slash(r.moderator, "/footnote status"), "\nArticles: 4,120 of 26,000 read so far")
	if got := r.bot.pulse().well(); !strings.Contains(got, "4120 of 26000 articles") {
		t.Errorf("-health says %q", got)
	}
	info := r.bot.pageInfo(t.Context(), r.Server)()
	if want := regexp.MustCompile(`^reading articles: 4120 of 26000, \d+ a second, [0-9ms]+ left$`); len(info.Problems) != 1 || !want.MatchString(info.Problems[0]) {
		t.Errorf("the page says %q", info.Problems)
	}
	var out strings.Builder
	r.bot.tellLibrary(&out)
	if !strings.Contains(out.String(), "4120 of 26000") {
		t.Errorf("the terminal says %q", out.String())
	}
	l.mu.Lock()
	now.preparing = nil
	l.now.Store(&now)
	l.mu.Unlock()
}

// What was added to a library answers before all of it is there, unless something
// that answers would be gone meanwhile.
func TestTakePart(t *testing.T) {
	t.Parallel()
	library := func(ids ...string) *answer.Library {
		var articles []*corpus.Article
		for _, id := range ids {
			a := corpus.FromParagraphs(id, "en", []string{"The harbour of " + id + " lies in the north."})
			a.ID = id
			articles = append(articles, a)
		}
		source, err := answer.From(articles)
		if err != nil {
			t.Fatal(err)
		}
		lib, err := source.InMemory()
		if err != nil {
			t.Fatal(err)
		}
		return lib
	}
	l := &live{Live: answer.NewLive(library("anvik", "brod"))}
	defer l.Live.Close()
	l.now.Store(&standing{})
	for _, c := range []struct {
		part string
		want int // articles that answer then
	}{
		{"anvik brod", 2}, {"anvik corva dunn", 2}, {"anvik brod corva", 3}, {"anvik brod", 3}, {"anvik brod corva dunn", 4},
	} {
		l.takePart(library(strings.Fields(c.part)...))
		lib, done := l.Use()
		if lib.Size() != c.want || c.want > 2 && l.now.Load().key != lib.Key() {
			t.Errorf("given %s: %d articles answer, want %d; told is index %s of %s", c.part, lib.Size(), c.want, l.now.Load().key, lib.Key())
		}
		done()
	}
}

// What was taken in part is taken whole, be it the same articles: passages are read on
// for what they mean, and nothing of the library before comes back.
func TestTakePartThenWhole(t *testing.T) {
	t.Parallel()
	g := newGrowing(t)
	g.c.atOnce, g.c.modelFile = 1<<40, weightsFile(t)
	if err := g.c.loadModel(); err != nil {
		t.Fatal(err)
	}
	g.fleets("north", 4)
	l := g.open()
	defer l.Close()
	g.write("ferry.md", ferryAtMidnight)
	listing, err := g.c.look()
	if err != nil {
		t.Fatal(err)
	}
	part, err := openListing(t.Context(), testlog.New(g.logs), g.c, listing, nil, nil)
	if err = errors.Join(err, listing.Close()); err != nil {
		t.Fatal(err)
	}
	l.mu.Lock()
	l.takePart(part.lib) // while the passages of the library before are encoded
	l.mu.Unlock()
	if n := g.size(l); n != 5 {
		t.Errorf("%d articles answer", n)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		l.look(t.Context())
		lib, done := l.Use()
		whole := lib.HasVectors() && lib.Size() == 5 && strings.Contains(g.logs.String(), "a new library answers")
		done()
		if whole {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the passages are never read:\n%s", g.logs)
		}
	}
	g.answers(l, whenFerry, "at midnight")
	g.quiet()
}
