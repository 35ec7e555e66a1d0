package answer

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"footnote/corpus"
	"footnote/index"
)

// matches reports whether err is the wanted one; a nil want is no error.
func matches(err, want error) bool {
	if want == nil {
		return err == nil
	}
	return errors.Is(err, want)
}

func TestOpenWhatWasBuilt(t *testing.T) {
	root := t.TempDir()
	lib, err := corpus.Default()
	if err != nil {
		t.Fatal(err)
	}
	src, err := From(lib.Articles)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(root, src.Key(), nil); !errors.Is(err, index.ErrMissing) {
		t.Fatalf("before the build: %v", err)
	}
	if err := src.Build(context.Background(), root); err != nil {
		t.Fatal(err)
	}
	disk, err := Open(root, src.Key(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	memory, err := src.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer memory.Close()
	for _, q := range []string{"who backs haftar", "How many people have been displaced?", "nothing of the kind", "what did he say about terrorist groups?"} {
		if d, m := bytesOf(t, disk, q), bytesOf(t, memory, q); d != m {
			t.Errorf("%q: from disk %s\nin memory %s", q, d, m)
		}
	}
}

// bytesOf returns the JSON of an answer without the time it took.
func bytesOf(t *testing.T, l *Library, question string) string {
	t.Helper()
	a := l.Ask(context.Background(), Question{Text: question})
	a.TookUS = 0
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestKeyChangesWithContent(t *testing.T) {
	key := func(texts ...string) string {
		src, err := From([]*corpus.Article{corpus.FromParagraphs("a", "en", texts)})
		if err != nil {
			t.Fatal(err)
		}
		return src.Key()
	}
	a := key("The ferry sank.", "Nobody was hurt.")
	if b := key("The ferry sank.", "Nobody was hurt."); a != b {
		t.Errorf("the same articles have keys %s and %s", a, b)
	}
	if b := key("The ferry sank.", "Nobody was hurt!"); a == b {
		t.Error("a changed article has the same key")
	}
	if b := key("The ferry sank. Nobody was hurt."); a == b {
		t.Error("other paragraphs have the same key")
	}
}

// A library that is replaced answers until the last question to it is done,
// and is closed then.
func TestSwapUnderLoad(t *testing.T) {
	live := NewLive(ferry(t))
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				l, done := live.Use()
				if a := l.Ask(context.Background(), Question{Text: "when did the ferry sink"}); a.Status != Answered {
					t.Errorf("got %s", a.Status)
					return
				}
				done()
				done() // a second call does nothing
			}
		})
	}
	for range 30 {
		live.Swap(ferry(t))
	}
	close(stop)
	wg.Wait()
	live.Close()
}

// ferry returns a library of one small article.
func ferry(t *testing.T) *Library {
	t.Helper()
	src, err := From([]*corpus.Article{corpus.FromParagraphs("a", "en", []string{"The ferry to North Isle sank on Monday. Nobody was hurt."})})
	if err != nil {
		t.Fatal(err)
	}
	l, err := src.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Close waits for nobody and may come twice; whoever comes after it gets the
// last library, and no harm is done.
func TestUseAfterClose(t *testing.T) {
	live := NewLive(ferry(t))
	const question = "when did the ferry sink"
	using, done := live.Use()
	live.Close()
	live.Close()
	if a := using.Ask(context.Background(), Question{Text: question}); a.Status != Answered {
		t.Errorf("whoever uses it when it is closed gets %s", a.Status)
	}
	again, doneAgain := live.Use() // it is open as long as somebody uses it
	doneAgain()
	done()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		late, done := live.Use()
		defer done()
		if late != again || late.Header("a") == nil {
			t.Error("after Close there is another library")
		}
		late.Suggest(t.Context(), "", "", 1)
		late.Ask(context.Background(), Question{Text: question})
		live.Swap(ferry(t))
		if late, _ := live.Use(); late != again {
			t.Error("a library that comes after Close answers")
		}
	}()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("Use does not come back after Close")
	}
}

// Who types a name is offered those who spoke in the library before until they are
// counted anew, and then those of this one.
func TestLikelySpeakers(t *testing.T) {
	article := func(name string) []*corpus.Article {
		a := corpus.FromParagraphs("Flood", "en", []string{name + " said that the dam had held."})
		a.ID = "flood"
		return []*corpus.Article{a}
	}
	lib := func(name string) *Library { return sure(sure(From(article(name))).InMemory()) }
	names := func(list []Speaker) (s string) {
		for _, n := range list {
			s += n.Name + ";"
		}
		return s
	}
	live := NewLive(lib("Anna Kessler"))
	defer live.Close()
	first, done := live.Use()
	if got := names(sure(first.LikelySpeakers(t.Context(), ""))); got != "Anna Kessler;" {
		t.Errorf("offered at first: %q", got)
	}
	done()
	second := lib("Pieter Vos")
	live.Swap(second)
	if got := names(second.speakers.known()); got != "Anna Kessler;" {
		t.Errorf("known before they are counted: %q", got)
	}
	<-second.speakers.begun(second).done
	for _, of := range []func(context.Context, string) ([]Speaker, error){second.LikelySpeakers, second.Speakers} {
		if got := names(sure(of(t.Context(), ""))); got != "Pieter Vos;" {
			t.Errorf("once they are counted: %q", got)
		}
	}
	// Nobody spoke in a library without articles: that tells nothing of the next one.
	empty := sure(Empty())
	if err := empty.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	begun := NewLive(empty)
	defer begun.Close()
	begun.Swap(lib("Ines Brandt"))
	now, done := begun.Use()
	if got := names(sure(now.LikelySpeakers(t.Context(), ""))); got != "Ines Brandt;" {
		t.Errorf("offered after a library without articles: %q", got)
	}
	done()
	// Whoever has no time to wait has the work go on.
	third := lib("Mona Reyes")
	defer third.Close()
	hasty, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := third.LikelySpeakers(hasty, ""); err == nil {
		t.Error("no error for who does not wait")
	}
	<-third.speakers.begun(third).done
	if got := names(third.speakers.known()); got != "Mona Reyes;" {
		t.Errorf("counted for who does not wait: %q", got)
	}
}
