package answer

import (
	"context"
	"strings"
	"testing"

	"footnote/corpus"
)

// TestStock asks how many there are, or somebody has, of a text that counts losses:
// quote is a part of the answer, "" where there must be none.
func TestStock(t *testing.T) {
	l := inMemory(t, []*corpus.Article{corpus.FromParagraphs("fort", "en", []string{
		"Raiders attacked the fort of Osmere on Tuesday night. The raid killed 14 guards and wounded 31, the fort's doctor said.",
		"The Border Guard of Osmere, which Captain Ilse Varga commands, took back the gate at dawn. It employs 620 men and women and lost 9 of them last year.",
		"About 200 villagers were displaced by the fire that followed. The village of Nethermill had sent no guards.",
		"The Rovers of Tarn have said that they did it. Seventeen Rovers were killed, by their own account.",
	})})
	for _, c := range []struct{ question, quote string }{
		{"How many men do the Rovers have?", ""},
		{"How many Rovers are there?", ""},
		{"How many guards were there at the fort?", ""},
		{"how many villagers are there", ""},
		{"How many people does the Border Guard employ?", "It employs 620"},
		{"How many guards were killed?", "killed 14 guards"},
		{"How many dead Rovers were there?", "Seventeen Rovers"},
		{"How many casualties were there?", "killed 14 guards"},
		{"How many villagers were displaced?", "About 200 villagers"},
	} {
		got := l.Ask(context.Background(), Question{Text: c.question})
		if (got.Status == Answered) != (c.quote != "") || !strings.Contains(got.Quote, c.quote) {
			t.Errorf("%q: %s %q, want %q", c.question, got.Status, got.Quote, c.quote)
		}
	}
}
