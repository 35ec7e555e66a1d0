package answer

import (
	"context"
	"strings"
	"testing"

	"footnote/corpus"
)

// TestConfirms asks of a side by the name of what its leader heads: quote is a part of
// the answer, "" where there must be none.
func TestConfirms(t *testing.T) {
	l := inMemory(t, []*corpus.Article{corpus.FromParagraphs("osmere", "en", []string{
		"The talks on the future of Osmere broke down on Monday. Ilse Varga's Council of National Renewal (CNR) holds the port, the Osmere Defence Army the hills.",
		"Norway and Portugal back Varga. Her rival Bruno Tell, the commander of the Osmere Defence Army, is supported by Chile.",
		"Peru has offered to host the next round.",
	})})
	for _, c := range []struct{ question, quote string }{
		{"Does Norway support the CNR?", "Norway and Portugal"},
		{"does portugal back the Council of National Renewal", "Norway and Portugal"},
		{"Is the CNR backed by Portugal?", "Norway and Portugal"},
		{"Does Chile support the Osmere Defence Army?", "supported by Chile"},
		{"Does Norway back Varga?", "Norway and Portugal"},
		{"Does Chile support the CNR?", ""},
		{"Does Norway support the Osmere Defence Army?", ""},
		{"Does the CNR support Norway?", ""},
		{"Is Norway backed by the CNR?", ""},
	} {
		a := l.Ask(context.Background(), Question{Text: c.question})
		if (a.Status == Answered) != (c.quote != "") || !strings.Contains(a.Quote, c.quote) {
			t.Errorf("%q: %s %.2f %q, want %q", c.question, a.Status, a.Confidence, a.Quote, c.quote)
		}
	}
}
