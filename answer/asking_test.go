package answer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"

	"footnote/corpus"
	"footnote/internal/fields"
	"footnote/internal/race"
)

// devQuestions returns a library of the development articles and the questions on them.
func devQuestions(t testing.TB) (*Library, []string) {
	t.Helper()
	const folder = "../testdata/questions/dev"
	lib, err := corpus.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(folder + "/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var questions []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n")[1:] {
			questions = append(questions, strings.Split(line, "\t")[2])
		}
	}
	if len(questions) < 400 {
		t.Fatalf("only %d questions", len(questions))
	}
	return inMemory(t, lib.Articles), questions
}

// spaced is how else people type the same question.
var spaced = map[string]*strings.Replacer{
	"two spaces":     strings.NewReplacer(" ", "  "),
	"tabs":           strings.NewReplacer(" ", "\t"),
	"lines":          strings.NewReplacer(" ", "\n"),
	"lines of DOS":   strings.NewReplacer(" ", " \r\n"),
	"fixed spaces":   strings.NewReplacer(" ", "\u00a0"),
	"narrow spaces":  strings.NewReplacer(" ", "\u202f"),
	"spaces of CJK":  strings.NewReplacer(" ", "\u3000"),
	"the first only": strings.NewReplacer(),
}

// What is remembered of a question is what would be worked out anew, however it
// is spaced: what makes questions equal means nothing to whatever understands them.
func TestAskedAgain(t *testing.T) {
	l, questions := devQuestions(t)
	same := func(q Question, a, b Answer) {
		t.Helper()
		a.Question, b.Question, a.TookUS, b.TookUS = "", "", 0, 0
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%q, after %q: remembered\n%+v\nworked out\n%+v", q.Text, q.Previous, a, b)
		}
	}
	byCase, asked := 0, map[Question]bool{}
	for i, text := range questions {
		if i%16 > 1 || (testing.Short() || race.On) && i%32 > 1 { // pairs: one may follow up the other
			continue
		}
		q := Question{Text: text}
		if i%2 > 0 {
			q.Previous = questions[i-1]
		}
		anew := l.Trace(t.Context(), q).Answer
		same(q, l.Ask(t.Context(), q), anew)
		asked[q.normal()] = true
		understood := l.parse(q, "en")
		for how, r := range spaced {
			other := Question{Text: "\n " + r.Replace(text) + " ", Previous: r.Replace(q.Previous)}
			p := l.parse(other, "en")
			p.Text, p.Taken.Before = understood.Text, understood.Taken.Before
			p.Means = understood.Means // a pattern of the whole text, which knows one space only
			if !reflect.DeepEqual(p, understood) {
				t.Errorf("%q with %s is understood as\n%+v\nwithout as\n%+v", text, how, p, understood)
			}
			a := l.Ask(t.Context(), other)
			if a.Question != other.Text {
				t.Errorf("%q is told as %q", other.Text, a.Question)
			}
			same(other, a, anew)
		}
		lower := l.Trace(t.Context(), Question{Text: strings.ToLower(text), Previous: q.Previous}).Answer
		if lower.Question, lower.TookUS, anew.TookUS = text, 0, 0; !reflect.DeepEqual(lower, anew) {
			byCase++
		}
	}
	if n, all := l.desk.fresh.Load(), len(asked); n != int64(all) || l.desk.again.Load() < int64(all*len(spaced)) {
		t.Errorf("%d of %d questions were worked out, %d remembered", n, all, l.desk.again.Load())
	}
	if byCase == 0 {
		t.Error("no answer changes with capitals: questions that differ in nothing else could be taken for equal")
	}
	t.Logf("%d of %d answers change with capitals", byCase, len(asked))
}

// An answer that is kept holds no article in memory.
func TestKeptAnswersHoldNoArticle(t *testing.T) {
	l, questions := devQuestions(t)
	var texts []string
	for _, p := range l.docs() {
		a := p.Article
		texts = append(append(texts, a.Text, a.Title, a.Source, a.Author, a.URL), p.Strings...)
		for _, e := range p.Entities {
			texts = append(texts, e.Name)
		}
	}
	within := func(s string) bool {
		at := uintptr(unsafe.Pointer(unsafe.StringData(s)))
		return s != "" && slices.ContainsFunc(texts, func(text string) bool {
			begin := uintptr(unsafe.Pointer(unsafe.StringData(text)))
			return begin <= at && at < begin+uintptr(len(text))
		})
	}
	held := 0
	for _, q := range questions[:100] {
		if within(l.Trace(t.Context(), Question{Text: q}).Answer.Quote) {
			held++
		}
		var look func(v reflect.Value)
		look = func(v reflect.Value) {
			switch v.Kind() {
			case reflect.String:
				if within(v.String()) {
					t.Errorf("%q: %q lies in an article", q, v.String())
				}
			case reflect.Pointer:
				if !v.IsNil() {
					look(v.Elem())
				}
			case reflect.Slice:
				for i := range v.Len() {
					look(v.Index(i))
				}
			case reflect.Map:
				for at := v.MapRange(); at.Next(); {
					look(at.Key())
					look(at.Value())
				}
			case reflect.Struct:
				for i := range v.NumField() {
					look(v.Field(i))
				}
			}
		}
		look(reflect.ValueOf(l.Ask(t.Context(), Question{Text: q})))
	}
	if held == 0 {
		t.Error("no quotation is a slice of its article; the test proves nothing")
	}
}

// Everything that an answer depends on parts questions from one another.
func TestUnequalQuestions(t *testing.T) {
	begin := Question{Text: "Who backs Haftar?", Article: "a", Previous: "Who opposes him?", Earlier: "Who is he?"}
	fields.Each(reflect.ValueOf(&begin), "question", func(name string, change, restore func()) {
		before := begin.normal()
		change()
		if begin.normal() == before {
			t.Errorf("%s can change and the question stays the same", name)
		}
		restore()
	})
	for _, other := range []string{"who backs Haftar?", "Who backs Haftar", "Who backs Haftar ?", "Who back s Haftar?"} {
		if (Question{Text: other}).normal() == (Question{Text: begin.Text}).normal() {
			t.Errorf("%q is taken for %q", other, begin.Text)
		}
	}
}

// Where all processors are taken a question waits, is refused or leaves; what is
// remembered is answered all the same, and so it goes on after a swap.
func TestAskBusy(t *testing.T) {
	first, second := ferry(t), ferry(t) // bleve's goroutines stay outside
	synctest.Test(t, func(t *testing.T) {
		first.desk = newDesk() // what is waited for is inside
		live := NewLive(first)
		defer live.Close()
		ask := func(ctx context.Context, text string) Answer {
			l, done := live.Use()
			defer done()
			return l.Ask(ctx, Question{Text: text})
		}
		known := ask(t.Context(), "when did the ferry sink")
		l, done := live.Use()
		defer done()
		room := l.desk
		for range runtime.GOMAXPROCS(0) {
			if err := room.Enter(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		soon, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if a := ask(soon, "who was hurt"); !errors.Is(a.Err, ErrBusy) || a.Status != Abstained || a.Question != "who was hurt" {
			t.Errorf("whose time ends gets %+v", a)
		}
		if c := l.CheckClaim(soon, "Nobody was hurt.", ""); !errors.Is(c.Err, ErrBusy) || c.Verdict != NotThere {
			t.Errorf("whose time ended gets %+v for a claim", c)
		}
		var all sync.WaitGroup
		for i := range maxWaiting {
			all.Go(func() {
				if a := ask(t.Context(), strings.Repeat("did the ferry sink ", 1+i%40)+strings.Repeat("?", i)); a.Err != nil {
					t.Errorf("a question that waits gets %v", a.Err)
				}
			})
		}
		synctest.Wait()
		if a := ask(t.Context(), "who was hurt"); !errors.Is(a.Err, ErrBusy) {
			t.Errorf("in a full room %v", a.Err)
		}
		if a := ask(t.Context(), " when did  the ferry sink"); a.Quote == "" || a.Quote != known.Quote {
			t.Errorf("what is remembered is answered with %+v", a)
		}
		live.Swap(second)
		if a := ask(t.Context(), "when did the ferry sink"); !errors.Is(a.Err, ErrBusy) {
			t.Errorf("another library remembers the last one's answers, or has room: %+v", a)
		}
		if n := live.Load(); n.Waiting != maxWaiting || n.Working != runtime.GOMAXPROCS(0) || n.Fresh != 1 || n.Again != 1 || n.Refused != 4 {
			t.Errorf("it is told that %+v", n)
		}
		for range runtime.GOMAXPROCS(0) {
			room.Leave()
		}
		all.Wait()
		if a := ask(t.Context(), "when did the ferry sink"); a.Quote != known.Quote || a.Err != nil {
			t.Errorf("afterwards %+v", a)
		}
	})
}

// BenchmarkAskKept asks what is remembered, alone and from all processors.
func BenchmarkAskKept(b *testing.B) {
	l, questions := devQuestions(b)
	for _, q := range questions {
		l.Ask(context.Background(), Question{Text: q})
	}
	b.Run("alone", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			l.Ask(context.Background(), Question{Text: questions[i%len(questions)]})
		}
	})
	b.Run("parallel", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for i := 0; pb.Next(); i++ {
				l.Ask(context.Background(), Question{Text: questions[i%len(questions)]})
			}
		})
	})
}

// BenchmarkAskMany asks from 64 goroutines, each question first anew.
func BenchmarkAskMany(b *testing.B) {
	l, questions := devQuestions(b)
	b.ResetTimer()
	b.SetParallelism(64 / runtime.GOMAXPROCS(0))
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			if a := l.Ask(context.Background(), Question{Text: questions[i%len(questions)]}); a.Err != nil {
				b.Error(a.Err)
			}
		}
	})
}
