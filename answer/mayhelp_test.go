package answer

import (
	"context"
	"strings"
	"testing"
)

func TestMayHelp(t *testing.T) {
	for _, c := range []struct {
		name       string
		confidence float64
		scores     []float64
		want       int
	}{
		{"nothing found", 0.5, nil, 0},
		{"nothing near", closestAt - 0.01, []float64{5, 1}, 0},
		{"one leads", closestAt, []float64{5, 5 - leadBy, 4}, 1},
		{"the only one", closestAt, []float64{5}, 1},
		{"two are near", closestAt, []float64{5, 5.01 - leadBy, 5 - leadBy}, 2},
		{"three are near", closestAt, []float64{5, 5, 5, 5}, maxHelp},
	} {
		if got := mayHelp(c.confidence, leadBy, len(c.scores), func(i int) float64 { return c.scores[i] }); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// Who asks for a deed that the text does not give somebody is shown one sentence
// at most, with nothing beside it that would seem to confirm the deed.
func TestHelpConfirmsNoDeed(t *testing.T) {
	l := shipped(t)
	shown := 0
	for _, question := range strings.Split(`How many did Haftar murder?
How many people did the GNA kill?
How many were wounded by Haftar's troops?
How many people did Haftar displace?
When did al-Sarraj kill Gaddafi?`, "\n") {
		a := l.Ask(context.Background(), Question{Text: question})
		check(t, l, a)
		if a.Status != Abstained || len(a.Hints) > 1 {
			t.Errorf("%q: %s, %d sentences are shown, want one at most", question, a.Status, len(a.Hints))
		}
		for _, h := range a.Hints {
			shown++
			if h.Context != "" || h.ContextAt.Len() > 0 {
				t.Errorf("%q: beside the sentence stands %q", question, h.Context)
			}
		}
	}
	if shown == 0 {
		t.Error("nothing is shown for any of them, so nothing is tested")
	}
}
