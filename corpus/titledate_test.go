package corpus

import (
	"testing"
	"time"
)

// TestTitleDay dates a text by its title alone: want is "" where that only tells of a day.
func TestTitleDay(t *testing.T) {
	for _, c := range []struct{ title, want string }{
		{"Prices from 1 March 2026", "2026-03-01"},
		{"Opening hours (as of 2026-03-01)", "2026-03-01"},
		{"House rules, last updated on March 1, 2026", "2026-03-01"},
		{"Fahrplan, Stand: 1. März 2026", "2026-03-01"},
		{"Preise ab 1. März 2026", "2026-03-01"},
		{"Tarifs à partir du 1er mars 2026", "2026-03-01"},
		{"Precios a partir del 1 de marzo de 2026", "2026-03-01"},
		{"Цены с 1 марта 2026", "2026-03-01"},
		{"The fire of 3 May 1998", ""},
		{"Der Brand vom 3. Mai 1998", ""},
		{"What happened on 3 May 1998", ""},
		{"The strike from 3 May 1998 to 9 May 1998", ""},
		{"From 3 May 1998 on, nothing was as before", ""},
		{"Prices from 1 March", ""},
		{"Prices from 1 March 2999", ""},
		{"3 May 1998", ""},
	} {
		got := ""
		if a, _ := parse("a.md", []byte("# "+c.title+"\n\nA day costs 7 euros.\n")); !a.Published.IsZero() {
			got = a.Published.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.title, got, c.want)
		}
	}
}
