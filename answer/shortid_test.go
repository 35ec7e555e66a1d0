package answer

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"footnote/corpus"
)

// twice is a library in which one sentence stands in two articles.
func twice(t *testing.T) *Library {
	t.Helper()
	var articles []*corpus.Article
	for _, id := range []string{"bridge", "harbour"} {
		a := corpus.FromParagraphs("The "+id, "en", []string{
			"The " + id + " stays closed until May. The mayor of Low Tarn has said so.",
			"The council pays for the repair.",
		})
		a.ID = id
		articles = append(articles, a)
	}
	return inMemory(t, articles)
}

// TestFindShort looks for the short id of every sentence, whole and begun.
func TestFindShort(t *testing.T) {
	for name, l := range map[string]*Library{"shipped": shipped(t), "twice": twice(t)} {
		for _, p := range (whole{l}).articles("") {
			for _, s := range p.Sentences {
				quote := p.Article.Quote(s.Span)
				sum := digest(quote)
				want := 0
				for _, other := range (whole{l}).articles("") {
					for _, s := range other.Sentences {
						if other.Article.Quote(s.Span) == quote {
							want++
						}
					}
				}
				found, all, _ := l.FindShort(t.Context(), sum, "", 10)
				if all != want || len(found) != want {
					t.Errorf("%s: %s brings back %d of %d, want %d", name, sum, len(found), all, want)
				}
				for _, a := range found {
					if a.Quote != quote || ShortID(a.ID) != sum || a.Status != Answered {
						t.Errorf("%s: %s brings back %q, id %s", name, sum, a.Quote, a.ID)
					}
				}
				if begun, _, _ := l.FindShort(t.Context(), sum[:5], "", 10); len(begun) < want {
					t.Errorf("%s: %s brings back %d, want %d at least", name, sum[:5], len(begun), want)
				}
			}
		}
	}
}

func TestFindShortInOrder(t *testing.T) {
	l := twice(t)
	sum := digest("The council pays for the repair.")
	found, all, _ := l.FindShort(t.Context(), sum, "", 10)
	if all != 2 || len(found) != 2 || found[0].Citation.Article != "bridge" || found[1].Citation.Article != "harbour" {
		t.Errorf("%d found: %+v", all, found)
	}
	if found, all, _ := l.FindShort(t.Context(), sum, "", 1); all != 2 || len(found) != 1 {
		t.Errorf("of at most one, %d of %d", len(found), all)
	}
}

func TestFindShortOfNone(t *testing.T) {
	l := twice(t)
	for _, s := range []string{"", "abc", "0000000", "ffffffff", "fffffff", "00000000", "123456789", "7F3A09C1", "xxxx", "-123", "+123", "0x12"} {
		if found, all, _ := l.FindShort(t.Context(), s, "", 10); len(found)+all > 0 {
			t.Errorf("%q brings back %d", s, all)
		}
	}
}

// TestFindShortAtOnce makes the table while many look into it.
func TestFindShortAtOnce(t *testing.T) {
	l := twice(t)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, all, _ := l.FindShort(t.Context(), digest("The council pays for the repair."), "", 10); all != 2 {
				t.Errorf("%d found", all)
			}
		})
	}
	wg.Wait()
}

// TestShortIDOfAnswer holds the short id of an answer to being the end of its id.
func TestShortIDOfAnswer(t *testing.T) {
	l := shipped(t)
	a := l.Ask(context.Background(), Question{Text: "who backs haftar"})
	short := ShortID(a.ID)
	if !IsShortID(short) || !strings.HasSuffix(a.ID, "."+short) {
		t.Errorf("the short id of %q is %q", a.ID, short)
	}
	if got := ShortID("nothing"); got != "" {
		t.Errorf("the short id of nothing is %q", got)
	}
}

// FuzzFindShort finds what it finds by its beginning, whatever is typed.
func FuzzFindShort(f *testing.F) {
	f.Add("7f3a")
	f.Add("ffffffff")
	f.Add("0000000")
	var paragraphs []string
	for i := range 2000 {
		paragraphs = append(paragraphs, fmt.Sprintf("Boat %d lies in the harbour.", i))
	}
	source, err := From([]*corpus.Article{corpus.FromParagraphs("Boats", "en", paragraphs)})
	if err != nil {
		f.Fatal(err)
	}
	l, err := source.InMemory()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		found, all, _ := l.FindShort(t.Context(), s, "", 3)
		if len(found) > min(all, 3) || all > 0 && !IsShortID(s) {
			t.Errorf("%q brings back %d of %d", s, len(found), all)
		}
		for _, a := range found {
			if !strings.HasPrefix(ShortID(a.ID), s) {
				t.Errorf("%q brings back %s", s, a.ID)
			}
		}
	})
}
