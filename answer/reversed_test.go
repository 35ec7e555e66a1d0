package answer

import (
	"context"
	"strings"
	"testing"

	"footnote/corpus"
)

// TestReversed asks whether somebody did what was done to him, and the same the right
// way round: quote is a part of the answer, "" where there must be none.
func TestReversed(t *testing.T) {
	l := inMemory(t, []*corpus.Article{corpus.FromParagraphs("farm", "en", []string{
		"A stray goat chased the postman down the lane in June. The geese frightened two inspectors so much that they left.",
		"In July the storm destroyed the greenhouse. The greenhouse had sheltered the lemon trees for years.",
		"The bull was bought by Mr Fenn, the neighbour, in August. Old Mrs Pardoe married the miller in the autumn.",
		"The apprentice has replaced the foreman, who broke his leg. The heron robbed and wrecked the carp pond.",
		"The tower was admired and so were its bells, by all visitors.",
	})})
	for _, c := range []struct{ question, quote string }{
		{"Did a goat chase the postman?", "A stray goat"},
		{"Did the postman chase the goat?", ""},
		{"Was the postman chased by a goat?", "A stray goat"},
		{"Was the goat chased by the postman?", ""},
		{"Is the postman chasing a goat?", ""},
		{"Did the storm destroy the greenhouse?", "the storm destroyed"},
		{"did the greenhouse destroy the storm", ""},
		{"Did Mr Fenn buy the bull?", "The bull was bought"},
		{"Did the bull buy Mr Fenn?", ""},
		{"Has the apprentice replaced the foreman?", "The apprentice has"},
		{"Has the foreman replaced the apprentice?", ""},
		{"Did visitors admire the tower?", "The tower was admired"},
		{"Did the heron wreck the pond?", "The heron robbed"},
		{"Did the pond wreck the heron?", ""},
		{"Did the miller marry Mrs Pardoe?", "Old Mrs Pardoe married"},
	} {
		a := l.Ask(context.Background(), Question{Text: c.question})
		if (a.Status == Answered) != (c.quote != "") || !strings.Contains(a.Quote, c.quote) {
			t.Errorf("%q: %s %q, want %q", c.question, a.Status, a.Quote, c.quote)
		}
	}
}
