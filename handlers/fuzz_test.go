package handlers

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// FuzzReplies answers any question about any article in every view: nothing is
// too long for Discord, nothing pings, and every block quote is the article's.
func FuzzReplies(f *testing.F) {
	f.Add("Title", "Some text. And more of it, said the mayor.", "what did the mayor say?", "Ann")
	f.Add("*T*", "# a\n- b\n1. c **d** <@1> https://e.example/f_g @everyone `h` ||i||", "b c d", "**\n> x")
	f.Add(strings.Repeat("\\", 200), strings.Repeat("*_~|`[]<@ ", 400)+".", strings.Repeat("*", 499), strings.Repeat("`", 64))
	f.Add("x", strings.Repeat("Forty-one people were hurt: it was a very long sentence, ", 200)+"he said.", "how many people were hurt?", "\u202e")
	f.Add("x", strings.Repeat("a", 5000)+" 41 people were killed "+strings.Repeat("b", 5000), "how many people were killed?", "")
	f.Add(strings.Repeat("*", 300), strings.Repeat(strings.Repeat("*~ ", 150)+"41 people were killed and 7 hurt. ", 12), "41 people killed "+strings.Repeat("* ", 30), strings.Repeat("*", 64))
	f.Add("日本", strings.Repeat("漢字 かな ", 900), "漢字", "名前")
	f.Fuzz(func(t *testing.T, title, text, asked, who string) {
		if len(text) > 12_000 {
			return
		}
		a := corpus.FromParagraphs(strings.ToValidUTF8(title, "?"), "en", strings.Split(strings.ToValidUTF8(text, "?"), "\n\n"))
		if len(a.Passages) == 0 || strings.TrimSpace(a.Title) == "" {
			return
		}
		a.ID = strings.Repeat("long/", 60)
		a.Source, a.URL = a.Title, "https://example.org/"+a.Title
		a.Published = time.Date(2019, 9, 26, 0, 0, 0, 0, time.UTC)
		a.Commands = []corpus.Command{{Name: "count", Description: "x", Figures: []string{"killed", "hurt", title}},
			{Name: "relate", Description: "x", Relation: corpus.Relation{Kind: "backs", Target: "{whom}"},
				Options: []corpus.Option{{Name: "whom", Description: "x", Choices: []corpus.Choice{{Value: "x", Name: a.Title}}}}}}
		if _, err := answer.From([]*corpus.Article{a}); err != nil {
			return
		}
		rig := rigOf(t, []*corpus.Article{a})
		rig.do(manage(subUnanswered, optAction, switchOn))
		ask := func(i *discordgo.Interaction) *discordgo.InteractionResponse {
			i.Member.Nick = who
			return rig.do(i)
		}
		for _, first := range []*discordgo.Interaction{
			slash(cmdAsk, optQuestion, asked, optPrivate, true),
			slash(cmdSearch, optWords, asked),
			slash(cmdArticle, optName, a.ID),
			slash(cmdSaid, optSpeaker, who, optAbout, asked),
			slash(cmdSaid, optSpeaker, asked),
			typing(cmdSaid, optSpeaker, who),
			slash(cmdArticle, optView, actFigures),
			slash(cmdArticle, optView, actTimeline),
			slash(cmdArticle, optView, actSaid),
			slash(cmdArticle, optView, actDisagreements),
			slash("relate", "whom", "x"),
			slash(cmdArticle),
			slash("count"),
			menu(cmdCheckClaim, asked),
			manage(subUnanswered),
			typing(cmdAsk, optQuestion, asked),
			typing(cmdArticle, optName, asked),
		} {
			r := ask(first)
			for _, b := range buttonsOf(r.Data.Components) {
				next := ask(rig.press(r, b.Label))
				for _, c := range buttonsOf(next.Data.Components) {
					ask(rig.press(next, c.Label))
				}
			}
		}
		// The same facts as a hostile library would have them.
		anyFacts(rig)
		for _, i := range factViews(a.Title, asked) {
			r := ask(i)
			for n := 0; n < 3 && r.Type != discordgo.InteractionResponseModal; n++ {
				all := buttonsOf(r.Data.Components)
				at := slices.IndexFunc(all, func(b discordgo.Button) bool { return strings.HasPrefix(b.Label, "Next") })
				if at < 0 {
					break
				}
				r = ask(rig.press(r, all[at].Label))
			}
		}
		// Each sentence, as a quotation and in its place.
		p := rig.page(rig.lib)
		for _, passage := range a.Passages[:min(len(a.Passages), 10)] {
			for _, s := range passage.Sentences[:min(len(passage.Sentences), 5)] {
				found, err := find(t.Context(), rig.lib, answer.Other{Article: a.ID, Start: s.Start, End: s.End, Quote: a.Quote(s.Span)})
				if err != nil {
					t.Fatal(err)
				}
				item := answer.ClaimItem{Kind: answer.MatterItem, Claimed: asked, Verdict: answer.Different, Found: s.Span, SaidBy: who,
					Where: answer.Where{Article: a.ID, Paragraph: passage.Number, Sentence: s.Span}}
				claim := answer.Claim{Text: asked, Items: []answer.ClaimItem{item, {Kind: answer.NameItem, Claimed: who, Verdict: answer.NotThere}}}
				for _, content := range []string{sure(p.inContext(found)), sure(p.answered(echo{Who: who, Question: asked, Previous: asked}, found)), sure(p.compared(t.Context(), claim, "", leftOut{rest: true, questions: true})).Content} {
					rig.checkMessage(content, nil, nobody())
				}
			}
		}
	})
}
