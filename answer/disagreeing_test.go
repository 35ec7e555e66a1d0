package answer

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestDisagreeingInBackground looks at the disagreements of more articles than are
// compared while somebody waits, and in the end has them all.
func TestDisagreeingInBackground(t *testing.T) {
	l := madeUpLibrary(t, 5, fewArticles+50, 3)
	want := whole{l}.Disagreements("")
	for begin := time.Now(); ; {
		got, err := l.Disagreements(t.Context(), "", 0)
		if err != nil || len(got.Entries) > len(want) {
			t.Fatalf("%d disagreements, want %d: %v", len(got.Entries), len(want), err)
		}
		if got.Looked == 0 {
			same(t, map[string]int{}, "disagreements", got, err, want, 0)
			return
		}
		if time.Since(begin) > time.Minute {
			t.Fatalf("%d of %d articles are looked at after a minute", got.Looked, l.Size())
		}
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
