package answer

import (
	"testing"

	"footnote/corpus"
)

// A short answer holds its unit, its currency, what is counted and the whole of a date.
func TestShortAnswer(t *testing.T) {
	lib := inMemory(t, []*corpus.Article{corpus.FromParagraphs("Harbour", "en", []string{
		"Next meeting of the crew: Thursday, 6 June 2024, 19:30.",
		"The lease of the shed is EUR 2,450 a month.",
		"The crane cost USD 7m.",
		"The old boat 3 had 28 benches and one mast in the yard.",
		"Bonds of the Harbour Company were sold at $18.40 each, according to the lead bank. It sold 2,300,000 bonds.",
		"Smoke the eels at 75 °C for two hours.",
		"A gale had sunk the barge last Monday.",
	})})
	for _, c := range []struct{ question, want string }{
		{"When is the next meeting?", "Thursday, 6 June 2024, 19:30"},
		{"How much is the lease?", "EUR 2,450 a month"},
		{"How much did the crane cost?", "USD 7m"},
		{"How many benches did the old boat have?", "28 benches"},
		{"How many bonds were sold?", "2,300,000 bonds"},
		{"At what temperature do I smoke the eels?", "75 °C"},
		{"When did a gale sink the barge?", "last Monday"},
	} {
		if a := lib.Ask(t.Context(), Question{Text: c.question}); a.Answer != c.want {
			t.Errorf("%s: %q, want %q (%s)", c.question, a.Answer, c.want, a.Quote)
		}
	}
}
