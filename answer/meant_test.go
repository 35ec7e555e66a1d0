package answer

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"footnote/answer/shelf"
	"footnote/corpus"
	"footnote/encoder"
	"footnote/encoder/encodertest"
)

func tinyModel(t testing.TB) *encoder.Model {
	t.Helper()
	m, err := encoder.Load(encodertest.Tiny(nil))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// boats is a small library.
func boats(t testing.TB) *Source {
	t.Helper()
	a := corpus.FromParagraphs("Boats", "en", []string{"The boats sank off Krag. The boat sang.", "Nobody was hurt. The cafe was closed.", "Thirty houses were flooded in Västby."})
	b := corpus.FromParagraphs("Boote", "de", []string{"Die Boote sanken vor Krag."})
	b.ID = "boote"
	s, err := From([]*corpus.Article{a, b})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Passages that share no word with a question are looked at as well, and those
// of a language that the network was not taught are found by their words.
func TestMeantCandidates(t *testing.T) {
	plain, err := boats(t).InMemory()
	if err != nil {
		t.Fatal(err)
	}
	l := encodedFrom(t, plain, Encoding{Model: tinyModel(t)})
	if got := len(l.Trace(context.Background(), Question{Text: "sang sunk 30"}).Sentences); got < 5 {
		t.Errorf("only %d sentences are looked at", got)
	}
	if got, err := l.vectors.Passage(3); err != nil || got.Ends != nil {
		t.Errorf("a German passage has the vectors of %d sentences; %v", len(got.Ends), err)
	}
	if a := l.Ask(context.Background(), Question{Text: "Was sank vor Krag?", Article: "boote"}); len(a.Others) == 0 && a.Quote == "" {
		t.Errorf("the German passage is not found: %+v", a)
	}
	m := l.meant(&parsed{Text: "boats"})
	for range 2 {
		if got, err := l.nearestPassages(t.Context(), m, l.idOf(0)); len(got) != 3 || err != nil {
			t.Errorf("near passages of one article: %v, %v", got, err)
		}
	}
}

// Which passages have vectors, the weights tell; questions in another language of
// the library do without.
func TestCovered(t *testing.T) {
	const english, german = "What about all of the boats off Krag?", "Was ist mit den Booten vor der Insel Krag?"
	for _, c := range []struct {
		languages string
		vectors   []bool // of the passages, three English ones and a German one
		meant     []bool // of the questions
	}{
		{"en", []bool{true, true, true, false}, []bool{true, false}},
		{"de", []bool{false, false, false, true}, []bool{false, true}},
		{"de en", []bool{true, true, true, true}, []bool{true, true}},
		{"*", []bool{true, true, true, true}, []bool{true, true}},
		{"fr", []bool{false, false, false, false}, []bool{false, false}},
	} {
		m, err := encoder.Load(encodertest.Tiny(func(_ *encodertest.Writer, about map[string]string) { about["languages"] = c.languages }))
		if err != nil {
			t.Fatal(err)
		}
		plain, err := boats(t).InMemory()
		if err != nil {
			t.Fatal(err)
		}
		l := encodedFrom(t, plain, Encoding{Model: m})
		for i, want := range c.vectors {
			if got, err := l.vectors.Passage(i); err != nil || len(got.Ends) > 0 != want {
				t.Errorf("weights for %q: passage %d has the vectors of %d sentences; %v", c.languages, i, len(got.Ends), err)
			}
		}
		for i, question := range []string{english, german} {
			if got := l.meant(&parsed{Text: question}) != nil; got != c.meant[i] {
				t.Errorf("weights for %q: %q has vectors: %v", c.languages, question, got)
			}
			if a := l.Ask(t.Context(), Question{Text: question}); a.Err != nil || len(a.Others) == 0 && a.Status == Abstained {
				t.Errorf("weights for %q: %q finds nothing: %v", c.languages, question, a.Err)
			}
		}
	}
}

// A row of a table is read with the names of its columns.
func TestReadable(t *testing.T) {
	lib, err := corpus.LoadFS(fstest.MapFS{"a.md": {Data: []byte("# Boats\n\n| Boat | Crew |\n|---|---|\n| Gull | 4 |\n| Heron | 7 |\n\nThe Gull sank.\n")}})
	if err != nil {
		t.Fatal(err)
	}
	a := lib.Articles[0]
	var got []string
	for _, p := range a.Passages {
		for _, s := range p.Sentences {
			got = append(got, shelf.Readable(a, s.Span))
		}
	}
	if want := "Boat: Heron; Crew: 7"; !strings.Contains(strings.Join(got, "|"), want) {
		t.Errorf("%q does not hold %q", got, want)
	}
}

// Weights that find and do not read leave the confidence to what words and
// vectors tell: no reader that is not there says no.
func TestFindsWithoutReading(t *testing.T) {
	m, err := encoder.Load(encodertest.Tiny(func(_ *encodertest.Writer, about map[string]string) {
		about["shape"] = strings.Replace(about["shape"], `"heads":{"span":2,"answers":1}`, `"heads":{}`, 1)
	}))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := boats(t).InMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	l, err := plain.Encode(t.Context(), Encoding{Model: m})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	const question = "When did the boats sink?"
	if a, b := l.Ask(t.Context(), Question{Text: question}), plain.Ask(t.Context(), Question{Text: question}); a.Confidence < b.Confidence/2 {
		t.Errorf("%v sure, by words alone %v", a.Confidence, b.Confidence)
	}
}
