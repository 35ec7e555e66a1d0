package answer

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"

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
	src, err := Prepare(lib.Articles)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(root, src.Key); !errors.Is(err, index.ErrMissing) {
		t.Fatalf("before the build: %v", err)
	}
	if err := src.Build(context.Background(), root); err != nil {
		t.Fatal(err)
	}
	disk, err := Open(root, src.Key)
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
		src, err := Prepare([]*corpus.Article{corpus.FromParagraphs("a", "en", texts)})
		if err != nil {
			t.Fatal(err)
		}
		return src.Key
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
	open := func() *Library {
		src, err := Prepare([]*corpus.Article{corpus.FromParagraphs("a", "en", []string{"The ferry to North Isle sank on Monday. Nobody was hurt."})})
		if err != nil {
			t.Fatal(err)
		}
		l, err := src.InMemory()
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	live := NewLive(open())
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
		live.Swap(open())
	}
	close(stop)
	wg.Wait()
	live.Close()
}
