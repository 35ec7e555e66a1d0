package answer

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"footnote/corpus"
)

// dated returns an article of one paragraph.
func dated(id, day, text string) *corpus.Article {
	a := corpus.FromParagraphs(id, "en", []string{text})
	a.ID = id
	a.Published, _ = time.Parse(time.DateOnly, day)
	return a
}

func TestDisagreements(t *testing.T) {
	for _, c := range []struct{ name, a, b, want string }{
		{"killed", "The fire in Varnholm killed 12 people on Monday.", "In Varnholm the fire killed at least 15 people.", "12 / at least 15"},
		{"the same", "The fire in Varnholm killed 12 people.", "In Varnholm the fire killed twelve people.", ""},
		{"roundly the same", "The fire in Varnholm drove out some 1,000 people.", "The fire in Varnholm drove out 1,012 people.", ""},
		{"a range holds it", "The fire in Varnholm killed between 10 and 15 people.", "The fire in Varnholm killed 12 people.", ""},
		{"in words", "The fire in Varnholm drove out a hundred and twenty families.", "In Varnholm the fire drove out 120 families.", ""},
		{"counted out of", "The fire in Varnholm destroyed two of the five mills.", "In Varnholm the fire destroyed two mills.", ""},
		{"not what it is counted out of", "The fire in Varnholm destroyed two of the five mills.", "In Varnholm the fire destroyed five mills.", "two of the five / five"},
		{"a share and its number", "The fire in Varnholm killed a third of the 90 cows.", "In Varnholm the fire killed 30 cows.", ""},
		{"what it rose from", "The toll of the fire in Varnholm rose from 12 to 31 people.", "The toll of the fire in Varnholm rose to 31 people.", ""},
		{"a month cut short", "The new bridge of Varnholm was closed to traffic on Mar. 3.", "On 3 March the new bridge of Varnholm was closed to traffic.", ""},
		{"another deed", "The fire in Varnholm killed 12 people.", "The fire in Varnholm wounded 15 people.", ""},
		{"another place", "The fire in Varnholm killed 12 people.", "The fire in Eskelund killed 15 people.", ""},
		{"as of other days", "By Monday the fire in Varnholm had killed 12 people.", "By Tuesday the fire in Varnholm had killed 15 people.", ""},
		{"another measure", "The fire in Varnholm killed 12 people.", "The fire in Varnholm killed 12% of the sheep.", ""},
		{"dated differently", "The new bridge of Varnholm was closed to traffic on 3 March.", "On 5 March the new bridge of Varnholm was closed to traffic.", "3 March=2024-03-03 / 5 March=2024-03-05"},
		{"dated alike in other words", "The new bridge of Varnholm was closed to traffic on 6 March.", "On Wednesday the new bridge of Varnholm was closed to traffic.", ""},
	} {
		src, err := From([]*corpus.Article{dated("a", "2024-03-08", c.a), dated("b", "2024-03-09", c.b)})
		if err != nil {
			t.Fatal(err)
		}
		lib, err := src.InMemory()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range sure(lib.Disagreements(t.Context(), "", 0)).Entries {
			version := func(v Version) string {
				s := sure(lib.Article(v.Article)).Quote(v.Span)
				if v.Dated != "" {
					s += "=" + v.Dated
				}
				return s
			}
			got = append(got, fmt.Sprintf("%s / %s", version(d.A), version(d.B)))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
		lib.Close()
	}
}
