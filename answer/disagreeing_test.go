package answer

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestDisagreeingInBackground looks at the disagreements of more articles than are
// compared while somebody waits: it is told at once what is found, and in the end all.
func TestDisagreeingInBackground(t *testing.T) {
	l := madeUpLibrary(t, 5, fewArticles+50, 3)
	want := whole{l}.Disagreements("")
	l.disagreeing = &disagreeing{done: make(chan struct{}), found: want[:1], looked: 7} // as it is while it goes on
	got, err := l.Disagreements(t.Context(), "", 0)
	if err != nil || len(got.Entries) != 1 || got.Left != l.Size()-7 {
		t.Fatalf("%d disagreements, %d articles left: %v", len(got.Entries), got.Left, err)
	}
	l.disagreeing = &disagreeing{}
	<-l.disagreeing.begun(l)
	got, err = l.Disagreements(t.Context(), "", 0)
	same(t, map[string]int{}, "disagreements", got, err, want, 0)
	if got.Left > 0 {
		t.Errorf("%d articles are left", got.Left)
	}
	if l.disagreeing.known(l.size()) != l.disagreeing {
		t.Error("what was found is not known to the library whose parts were merged")
	}
}

// TestDisagreeingShared looks for disagreements while libraries of the same articles come
// and go, as they do while their passages become vectors.
func TestDisagreeingShared(t *testing.T) {
	src, err := From(madeUp(t, 6, fewArticles+1, 3))
	if err != nil {
		t.Fatal(err)
	}
	l, err := src.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	more, err := l.more(nil)
	if err != nil {
		t.Fatal(err)
	}
	done := l.disagreeing.begun(l)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	<-done
	if got, err := more.Disagreements(t.Context(), "", 1); err != nil || got.Left > 0 {
		t.Errorf("%d articles are left: %v", got.Left, err)
	}
	if err := more.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestDisagreeingEnds closes a library whose articles are being compared: that ends at
// once, and nothing of it is left.
func TestDisagreeingEnds(t *testing.T) {
	src, err := From(madeUp(t, 6, 1500, 4))
	if err != nil {
		t.Fatal(err)
	}
	l, err := src.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.articles.Index().Marked(t.Context(), markSaid, anyMark); err != nil { // makes them
		t.Fatal(err)
	}
	done := l.disagreeing.begun(l)
	begin := time.Now()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-done:
	default:
		t.Error("it goes on behind the end of the library")
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("it took %v to end", took)
	}
	if _, err := l.Disagreements(t.Context(), "", 1); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestListsEnd asks with a context that has ended.
func TestListsEnd(t *testing.T) {
	l := madeUpLibrary(t, 4, 20, 3)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	id := l.idOf(0)
	for name, ask := range map[string]func() error{
		"said":          func() error { _, err := l.Said(ctx, "police", "", "", 5); return err },
		"speakers":      func() error { _, err := l.Speakers(ctx, ""); return err },
		"figures":       func() error { _, err := l.AllFigures(ctx, "", 5); return err },
		"timeline":      func() error { _, err := l.Timeline(ctx, "", 5); return err },
		"relations":     func() error { _, err := l.Relations(ctx, RelationQuery{}); return err },
		"disagreements": func() error { _, err := l.Disagreements(ctx, id, 5); return err },
		"short":         func() error { _, _, err := l.FindShort(ctx, "abcd", "", 5); return err },
		"suggest":       func() error { _, err := l.Suggest(ctx, "", "", 5); return err },
		"warm":          func() error { return l.Warm(ctx) },
		"search":        func() error { _, err := l.Search(ctx, "water", ""); return err },
	} {
		if err := ask(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
