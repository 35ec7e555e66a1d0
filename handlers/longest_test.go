package handlers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"footnote/answer"
	"footnote/corpus"
)

// TestLongest writes replies in which every part is as long as it can be and
// every character needs a backslash: they fit, and the quotation is still there.
func TestLongest(t *testing.T) {
	for code := range languages() {
		t.Run(code, func(t *testing.T) { longest(t, code) })
	}
}

func longest(t *testing.T, code string) {
	stars := func(n int) string { return strings.Repeat("*", n) }
	sentence := "Start " + strings.Repeat("**** ", 600) + "two years ago, last year, on Monday, this week, end."
	a := corpus.FromParagraphs(stars(400), code, []string{sentence, sentence, sentence})
	a.ID, a.Source, a.URL = stars(400), stars(400), "https://example.org/"+stars(150)
	a.Published = time.Date(2019, 9, 26, 0, 0, 0, 0, time.UTC)
	rig := rigOf(t, []*corpus.Article{a})
	p := rig.page(rig.lib)

	text := a.Passages[1].Sentences[0]
	other := answer.Other{Article: a.ID, Paragraph: 2, Start: text.Start, End: text.End, Quote: a.Quote(text.Span)}
	found, err := find(rig.lib, other)
	if err != nil {
		t.Fatal(err)
	}
	found.Answer = found.Quote[:290]
	found.SaidBy, found.Language = stars(500), stars(50)
	found.Taken = answer.Taken{Word: stars(500), As: stars(500)}
	found.Corrected = map[string]string{stars(50): stars(60), stars(51): stars(60), stars(52): stars(60), stars(53): stars(60)}
	e := echo{Who: stars(500), Question: stars(500) + " now jetzt ahora maintenant сейчас الآن", Previous: stars(500)}

	refused := found
	refused.Status, refused.Band, refused.Others = answer.Abstained, answer.BandClosest, []answer.Other{other}
	for i := range 30 {
		refused.Looked = append(refused.Looked, stars(60+i))
	}
	refused.Unfound = refused.Looked[1:]
	place := []string{p.day(a.Published), fmt.Sprintf(p.Paragraph, 2)}
	want := map[string]string{"none": ""}
	for _, name := range []string{"closest", "context"} {
		want[name] = p.join(append(place, "<https"))
	}
	want["answered"] = p.join(append(place, fmt.Sprintf(p.ShortID, digest(found.Quote)), "<https"))
	far := refused
	far.Band = answer.BandNone
	for name, content := range map[string]string{
		"answered": p.answered(e, found), "closest": p.abstained(e, refused), "none": p.abstained(e, far), "context": p.inContext(found),
	} {
		t.Run(name, func(t *testing.T) {
			rig.t = t
			rig.checkMessage(content, nil, nobody())
			quotes := quotations(content)
			if name != "none" && (len(quotes) == 0 || runes(quotes[0]) < 30) {
				t.Errorf("the quotation has been lost:\n%s", content)
			}
			if !strings.Contains(content, want[name]) {
				t.Errorf("the citation has been lost:\n%s", content)
			}
		})
	}
}
