package handlers

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

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
	found, err := find(t.Context(), rig.lib, other)
	if err != nil {
		t.Fatal(err)
	}
	found.Answer = found.Quote[:290]
	found.SaidBy, found.Language = stars(500), stars(50)
	found.Taken = answer.Taken{Word: stars(500), As: stars(500)}
	found.Corrected = map[string]string{stars(50): stars(60), stars(51): stars(60), stars(52): stars(60), stars(53): stars(60)}
	e := echo{Who: stars(500), Question: stars(500) + " now jetzt ahora maintenant сейчас الآن", Previous: stars(500)}

	refused := found
	refused.Status, refused.Band, refused.Hints = answer.Abstained, answer.BandClosest, []answer.Answer{found}
	for i := range 30 {
		refused.Looked = append(refused.Looked, stars(60+i))
	}
	refused.Unfound = refused.Looked[1:]
	place := []string{p.day(a.Published), fmt.Sprintf(p.Paragraph, 2)}
	want := map[string]string{"none": ""}
	for _, name := range []string{"answered", "closest", "few", "context"} {
		want[name] = p.join(append(place, "<https"))
	}
	far := refused
	far.Band, far.Hints = answer.BandNone, nil
	few := refused
	few.Hints = []answer.Answer{found, found, found}
	abstained := func(a answer.Answer) string {
		content, _, err := p.abstained(e, a)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	for name, content := range map[string]string{
		"answered": sure(p.answered(e, found)), "closest": abstained(refused), "few": abstained(few), "none": abstained(far), "context": sure(p.inContext(found)),
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

// factViews are interactions that list facts.
func factViews(speaker, about string) []*discordgo.Interaction {
	return []*discordgo.Interaction{
		slash(cmdSaid, optSpeaker, speaker),
		slash(cmdSaid, optSpeaker, speaker, optAbout, about),
		slash(cmdArticle, optView, actFigures),
		slash(cmdArticle, optView, actTimeline),
		slash(cmdArticle, optView, actSaid),
		slash(cmdArticle, optView, actDisagreements),
		slash(cmdArticle),
		slash("count"),
		slash("relate", "whom", "x"),
	}
}

// TestLongestFacts lists facts in which every name, title and number is as long
// as it can be: each page fits, no citation is lost, and every page is reached.
func TestLongestFacts(t *testing.T) {
	for code := range languages() {
		t.Run(code, func(t *testing.T) {
			stars := strings.Repeat("*", 100)
			sentence := "Start " + strings.Repeat("**** ", 300) + "end."
			a := corpus.FromParagraphs(strings.Repeat("*", 400), code, []string{sentence + " " + sentence, sentence})
			a.ID, a.Source, a.URL = stars, strings.Repeat("*", 300), "https://example.org/"+strings.Repeat("*", 150)
			a.Published = date(t, "2019-09-26")
			a.Commands = []corpus.Command{
				{Name: "count", Description: "x", Figures: []string{"count", stars}},
				{Name: "relate", Description: "x", Relation: corpus.Relation{Kind: "backs", Target: "{whom}"},
					Options: []corpus.Option{{Name: "whom", Description: "x", Choices: []corpus.Choice{{Value: "x", Name: stars}}}}},
			}
			rig := rigOf(t, []*corpus.Article{a})
			f := anyFacts(rig)
			for i := range f.figures {
				f.figures[i].Number = f.figures[i].Sentence
				f.figures[i].SaidBy = stars
				f.figures = append(f.figures, f.figures[i], f.figures[i])
			}
			slices.SortStableFunc(f.figures, func(a, b answer.Figure) int { return a.Span.Start - b.Span.Start })
			for i := range f.speakers {
				f.speakers[i].name, f.statements[i].Speaker = stars, stars
				f.relations[i].Actor, f.relations[i].Target = stars, stars
				f.events[i].Words = f.events[i].Sentence
			}
			w := rig.words
			for _, i := range factViews(stars, "") {
				i.Member.Nick = strings.Repeat("*", 64)
				r := rig.do(i)
				for n := 1; ; n++ {
					quotes := quotations(r.Data.Content)
					if len(quotes) == 0 && strings.Contains(dump(r), "|context|") {
						t.Errorf("no quotation:\n%s", r.Data.Content)
					}
					for _, quote := range quotes {
						if runes(quote) < 30 {
							t.Errorf("a quotation has been lost:\n%s", r.Data.Content)
						}
					}
					if cited := strings.Count(r.Data.Content, fmt.Sprintf(w.Paragraph, 1)) + strings.Count(r.Data.Content, fmt.Sprintf(w.Paragraph, 2)); cited < len(quotes) {
						t.Errorf("a citation has been lost:\n%s", r.Data.Content)
					}
					at := slices.IndexFunc(buttonsOf(r.Data.Components), func(b discordgo.Button) bool {
						return strings.HasPrefix(b.Label, strings.SplitN(w.ButtonNext, " ", 2)[0])
					})
					if at < 0 {
						break
					}
					r = rig.do(rig.press(r, buttonsOf(r.Data.Components)[at].Label))
				}
			}
		})
	}
}
