package answer

import (
	"context"
	"testing"

	"footnote/corpus"
)

func TestAsksWhether(t *testing.T) {
	l := shipped(t)
	for _, c := range []struct {
		language, question string
		want               bool
	}{
		{"en", "Does Turkey back al-Sarraj?", true},
		{"en", "so does turkey back him", true},
		{"en", "hi, can anybody tell me if Turkey backs him", true},
		{"en", "Did the man who led Libya die?", true},
		{"en", "Is it known where he died?", true},
		{"en", "do you know who backs haftar", false},
		{"en", "Can you tell me which countries back him?", false},
		{"en", "Who is it that backs him?", false},
		{"en", "turkey sarraj support", false},
		{"de", "Unterstützt die Türkei ihn?", true},
		{"de", "Wer unterstützt ihn?", false},
		{"de", "Telefon Rathaus", false},
	} {
		if got := l.parse(Question{Text: c.question}, c.language).Whether; got != c.want {
			t.Errorf("%q: %v, want %v", c.question, got, c.want)
		}
	}
}

// What is asked for a yes or no is answered by whole sentences, and no yes or no
// is in bold.
func TestWhether(t *testing.T) {
	lib, err := corpus.Load("testdata/laidout")
	if err != nil {
		t.Fatal(err)
	}
	ask := map[*Library][]string{
		shipped(t): {"Does Turkey back al-Sarraj?", "is haftar supported by Egypt?", "so do Turkey and Qatar back al-Sarraj", "Was Gaddafi killed in 2011?",
			"Have at least 1,093 people been killed?", "can anybody tell me if the fighting has displaced people"},
		inMemory(t, lib.Articles): {"Do you rent helmets?", "Can I bring my dog?", "Is there a deposit?", "Is the rent 45 euros a year?", "Will the lamp be electric?"},
	}
	answered := 0
	for l, questions := range ask {
		for _, q := range questions {
			a := l.Ask(context.Background(), Question{Text: q})
			check(t, l, a)
			if a.Status != Answered {
				continue
			}
			answered++
			if whole := a.Emphasis == (corpus.Span{Start: a.Citation.Start, End: a.Citation.End}); a.Answer != a.Quote || !whole && a.Emphasis.Len() > 0 {
				t.Errorf("%q: %q of %q, bold is %v", q, a.Answer, a.Quote, a.Emphasis)
			}
		}
	}
	if answered < 8 {
		t.Errorf("only %d are answered", answered)
	}
}
