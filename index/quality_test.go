package index_test

import (
	"strings"
	"testing"

	"footnote/index"
	"footnote/internal/race"
	"footnote/internal/squad"
)

// The passage that a question was written for comes first at least so often,
// by BM25 alone. The floors lie half a point, or three of 578 questions, below
// what was measured.
func TestXQuAD(t *testing.T) {
	for _, c := range []struct {
		language string
		floor    float64
	}{
		{"en", .953}, {"de", .937}, {"es", .934}, {"ru", .934}, {"ar", .910}, {"zh", .962},
		{"tr", .939}, {"hi", .924}, {"ro", .946}, {"vi", .924}, {"el", .929}, {"th", .951},
	} {
		t.Run(c.language, func(t *testing.T) {
			if race.On {
				t.Skip("skipped under the race detector: nothing runs at the same time here")
			}
			docs, questions := ofXQuAD(t, c.language)
			x := inMemory(t, docs)
			first := 0
			for _, q := range questions {
				hits, err := x.Search(t.Context(), index.Query{Terms: terms(c.language, q.text), Limit: 1})
				if err != nil {
					t.Fatal(err)
				}
				if len(hits) > 0 && hits[0].Document == q.document {
					first++
				}
			}
			got := float64(first) / float64(len(questions))
			t.Logf("hit@1 %.4f of %d questions on %d passages", got, len(questions), len(docs))
			if got < c.floor {
				t.Errorf("hit@1 %.4f, want at least %.3f", got, c.floor)
			}
		})
	}
}

// asked is a question and the passage that it was written for.
type asked struct {
	text     string
	document int
}

// ofXQuAD returns the passages of a set and its questions.
func ofXQuAD(t testing.TB, language string) (docs []passage, questions []asked) {
	t.Helper()
	for _, article := range squad.Read(t, "xquad-dev-"+language) {
		for _, p := range article.Paragraphs {
			for _, q := range p.QAs {
				questions = append(questions, asked{strings.TrimSpace(q.Question), len(docs)})
			}
			docs = append(docs, passage{Article: article.Title, Language: language, Text: p.Context})
		}
	}
	return docs, questions
}
