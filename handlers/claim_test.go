package handlers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// menu is an entry of the message menu, chosen on a message of another person.
func menu(entry, content string) *discordgo.Interaction {
	return from(discordgo.InteractionApplicationCommand, discordgo.ApplicationCommandInteractionData{
		Name: entry, CommandType: discordgo.MessageApplicationCommand, TargetID: "9",
		Resolved: &discordgo.ApplicationCommandInteractionDataResolved{Messages: map[string]*discordgo.Message{"9": {
			Content: content, Author: &discordgo.User{ID: "2009", Username: "zoe", GlobalName: "Zoe Writer"},
		}}},
	})
}

// TestCheckReply compares what a reply of the bot quotes, and no word round it.
func TestCheckReply(t *testing.T) {
	rig := newRig(t)
	answered := messageOf(rig.do(slash("ask", "question", "How many people were injured?")))
	i := menu(cmdCheckClaim, answered.Content)
	i.Data.(discordgo.ApplicationCommandInteractionData).Resolved.Messages["9"].Author = &discordgo.User{ID: "1", Bot: true}
	got := rig.do(i).Data.Content
	if !strings.Contains(got, `"at least 31": same`) && !strings.Contains(got, `"At least 31": same`) || strings.Contains(got, "not in the library") || strings.Contains(got, "**at") {
		t.Errorf("got\n%s", got)
	}
}

// TestCheckClaim compares messages with the articles of testdata/library and
// compares whole replies.
func TestCheckClaim(t *testing.T) {
	for _, c := range []struct{ name, message string }{
		{"said", "At least 31 people were injured on Lake Varn."},
		{"different", "41 people were injured, the coastguard said."},
		{"same", "Farmers brought in 40,000 tonnes of barley in the Ember valley."},
		{"statement", "The captain did not wait."},
		{"several", "BREAKING! Farmers brought in 50,000 tonnes of barley in the Ember valley.\nThe government set aside 12 million crowns for farms. The moon is made of cheese. Did you know?"},
		{"question mark", "The ferry had 999 passengers on board?! See http://x.example/?id=5 for the 214 passengers. Did (you know?)"},
		{"absent twice", "The moon is made of cheese. At least 31 people were injured. The moon is made of cheese."},
		{"nothing", "The moon is made of cheese, said Bob."},
		{"no word", "hi"},
		{"hostile", "@everyone <@2009> said [at least **31** people](http://x.example) were \"injured\" <#4000> <@&7>\n> # on Lake Varn"},
		{"long", "The ferry had 214 passengers on board. " + strings.Repeat("It was a very long day on the lake for all of them ", 40)},
	} {
		t.Run(c.name, func(t *testing.T) {
			rig := newRig(t)
			r := rig.do(menu(cmdCheckClaim, c.message))
			golden(t, "claim-"+strings.ReplaceAll(c.name, " ", "-"), dump(r))
			if r.Data.Flags&discordgo.MessageFlagsEphemeral == 0 {
				t.Error("everybody reads it")
			}
			checkInline(t, rig, r.Data.Content)

			shared := rig.do(rig.press(r, rig.words.ButtonShare))
			if shared.Data.Flags&discordgo.MessageFlagsEphemeral != 0 || shared.Data.Content != r.Data.Content {
				t.Errorf("shared is\n%s", dump(shared))
			}
			for _, author := range []string{"zoe", "Zoe", "2009", "Ann", "ann99"} {
				if strings.Contains(shared.Data.Content, author) {
					t.Errorf("the shared message holds %q:\n%s", author, dump(shared))
				}
			}
			for _, b := range buttonsOf(shared.Data.Components) {
				if action, _, _ := parseID(b.CustomID); action != actContext && action != actDelete {
					t.Errorf("the shared message has the button %q", b.Label)
				}
				if action, _, _ := parseID(b.CustomID); action == actContext {
					rig.do(rig.press(shared, b.Label))
				}
			}
		})
	}
}

// checkInline looks for what a comparison says the article has: a slice of one.
func checkInline(t *testing.T, rig *rig, content string) {
	t.Helper()
	for _, line := range strings.Split(content, "\n")[1:] {
		quotes := quotedIn(line)
		if strings.HasPrefix(line, "> ") || len(quotes) != 2 || strings.Contains(line, "written") {
			continue
		}
		found := false
		for _, a := range rig.lib.Articles() {
			found = found || strings.Contains(a.Text, quotes[0])
		}
		if !found {
			t.Errorf("%q is in no article: %s", quotes[0], line)
		}
	}
}

func TestCheckClaimRefusals(t *testing.T) {
	rig := newRig(t)
	for _, message := range []string{"", " \n\t", "<@2000> <@!2001>", "\u202e"} {
		if got := rig.do(menu(cmdCheckClaim, message)).Data.Content; got != rig.words.EmptyClaim {
			t.Errorf("%q gets %q", message, got)
		}
	}
	i := menu(cmdCheckClaim, "x")
	data := i.Data.(discordgo.ApplicationCommandInteractionData)
	data.Resolved = nil
	i.Data = data
	if got := rig.do(i).Data.Content; got != rig.words.EmptyClaim {
		t.Errorf("without a message: %q", got)
	}
	rig.limits = newLimits(1, 100)
	rig.do(menu(cmdCheckClaim, "The captain did not wait."))
	if got := rig.do(menu(cmdCheckClaim, "The captain did not wait.")).Data.Content; !strings.Contains(got, "in a minute") {
		t.Errorf("over the limit: %q", got)
	}
}

// allItems is a library with one sentence and a claim with an item of each kind
// and verdict about it.
func allItems(t *testing.T, code, sentence, speaker string) (*rig, answer.Claim) {
	t.Helper()
	a := corpus.FromParagraphs(strings.Repeat("*", 300), code, []string{sentence + " It rained."})
	a.ID, a.Source, a.URL = "a", strings.Repeat("*", 300), "https://example.org/"+strings.Repeat("*", 150)
	a.Published = time.Date(2019, 9, 26, 0, 0, 0, 0, time.UTC)
	rig := rigOf(t, []*corpus.Article{a})
	at := a.Passages[0].Sentences[0].Span
	where := answer.Where{Article: "a", Paragraph: 1, Sentence: at}
	found := corpus.Span{Start: at.Start, End: at.Start + min(at.Len(), 110)}
	claim := answer.Claim{Text: "41 people were hurt.", Verdict: answer.Different, Searched: 1}
	for _, kind := range []answer.ItemKind{answer.FigureItem, answer.NameItem, answer.DateItem, answer.RelationItem, answer.MatterItem} {
		for _, v := range []answer.Verdict{answer.Different, answer.Same, answer.OnlySaid, answer.NotThere, answer.Elsewhere} {
			item := answer.ClaimItem{Kind: kind, Claimed: "41", Verdict: v}
			if v != answer.NotThere && v != answer.Elsewhere {
				item.Where, item.Found, item.SaidBy = where, found, speaker
			}
			claim.Items = append(claim.Items, item)
		}
	}
	return rig, claim
}

// TestComparedItems writes every item in the words of each language.
func TestComparedItems(t *testing.T) {
	for code := range languages() {
		rig, claim := allItems(t, code, "At least 31 were hurt on Monday.", "Ann")
		for i := range claim.Items {
			if claim.Items[i].Verdict == answer.Different && i%8 == 0 {
				claim.Items[i].SaidBy = ""
			}
		}
		r := sure(rig.page(rig.lib).compared(t.Context(), claim, "", leftOut{rest: true, questions: true}))
		rig.checkMessage(r.Content, nil, nobody())
		golden(t, code+"-claim-items", r.Content+"\n")
	}
}

// TestComparedLongest writes items at their longest: at least one is there, with
// the sentence and its citation, and a line says that there is more.
func TestComparedLongest(t *testing.T) {
	stars := strings.Repeat("*", 600)
	for code := range languages() {
		rig, claim := allItems(t, code, "Start "+strings.Repeat("**** ", 600)+"two years ago, last year, on Monday, end.", stars)
		claim.Text = stars
		for i := range claim.Items {
			claim.Items[i].Claimed = stars
		}
		for first := range 4 { // each verdict once at the head
			claim.Items[0], claim.Items[first] = claim.Items[first], claim.Items[0]
			r := sure(rig.page(rig.lib).compared(t.Context(), claim, "", leftOut{rest: true, questions: true}))
			rig.checkMessage(r.Content, nil, nobody())
			w := rig.words
			if !strings.HasSuffix(r.Content, w.ClaimGoesOn) || len(quotations(r.Content)) != 1 || !strings.Contains(r.Content, fmt.Sprintf(w.Paragraph, 1)) {
				t.Errorf("%s: got\n%s", code, r.Content)
			}
		}
		none := answer.Claim{Text: stars, Searched: 1}
		for _, s := range sure(rig.lib.Article("a")).Passages[0].Sentences {
			none.Near = append(none.Near, answer.Other{Article: "a", Paragraph: 1, Start: s.Start, End: s.End, Quote: sure(rig.lib.Article("a")).Quote(s.Span)})
		}
		r := sure(rig.page(rig.lib).compared(t.Context(), none, "a", leftOut{rest: true, questions: true}))
		rig.checkMessage(r.Content, nil, nobody())
		if len(quotations(r.Content)) == 0 || !strings.Contains(r.Content, rig.words.ClaimNear) {
			t.Errorf("%s: got\n%s", code, r.Content)
		}
	}
}

// TestCheckAsStatement offers the comparison under the answer to a statement,
// and nowhere else; it works after a restart.
func TestCheckAsStatement(t *testing.T) {
	for _, c := range []struct {
		name    string
		do      *discordgo.Interaction
		offered bool
	}{
		{"a statement", slash("ask", "question", "At least 31 people were injured"), true},
		{"one that is not answered", slash("ask", "question", "The moon is made of cheese"), true},
		{"in private", slash("ask", "question", "At least 31 people were injured", "private", true), true},
		{"of one article", slash("ask", "question", "At least 31 people were injured", "article", "lake-ferry"), true},
		{"about a message", menu(cmdAskAbout, "At least 31 people were injured"), true},
		{"a question", slash("ask", "question", "How many people were injured"), false},
		{"a mark", slash("ask", "question", "31 people were injured?"), false},
		{"two words", slash("ask", "question", "injured people"), false},
		{"a question about a message", menu(cmdAskAbout, "how many people were injured?"), false},
		{"an id", slash("ask", "question", "c19aba54"), false},
		{"declared", slash("who-runs", "line", "south"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			rig := newRig(t)
			r := rig.do(c.do)
			if got := label(r, rig.words.ButtonCheck) != ""; got != c.offered {
				t.Fatalf("offered: %v\n%s", got, dump(r))
			}
			if !c.offered {
				return
			}
			later := newRig(t)
			checked := later.do(later.press(r, rig.words.ButtonCheck))
			if !strings.HasPrefix(checked.Data.Content, `Compared with the library: "`) || checked.Data.Flags&discordgo.MessageFlagsEphemeral == 0 {
				t.Errorf("checked is\n%s", dump(checked))
			}
			if strings.Contains(checked.Data.Content, "Ann") {
				t.Errorf("it names who asked:\n%s", dump(checked))
			}
		})
	}
	rig := newRig(t)
	r := rig.do(slash("ask", "question", "At least 31 people were injured"))
	golden(t, "ask-statement", dump(r))
	golden(t, "ask-statement-checked", dump(rig.do(rig.press(r, rig.words.ButtonCheck))))
	long := rig.do(slash("ask", "question", "At least 31 people were injured "+strings.Repeat("on the lake ", 30)))
	if got := rig.do(rig.press(long, rig.words.ButtonCheck)).Data.Content; !strings.Contains(got, "only the first ") {
		t.Errorf("of a long statement\n%s", got)
	}
}

// TestStatementsOfEachLanguage tells statements from questions without a mark.
func TestStatementsOfEachLanguage(t *testing.T) {
	for _, c := range []struct {
		code, text string
		want       bool
	}{
		{"de", "Gestern wurden 31 Menschen verletzt", true}, {"de", "Wie viele wurden verletzt", false},
		{"es", "El barco se hundió ayer", true}, {"es", "¿Se hundió el barco", false}, {"es", "Quién lo dijo ayer", false},
		{"fr", "Le bateau a coulé hier", true}, {"fr", "Combien de personnes blessées", false},
		{"ru", "Вчера затонуло большое судно", true}, {"ru", "Сколько людей пострадало", false},
		{"ar", "غرقت العبارة أمس هناك", true}, {"ar", "كم عدد المصابين هناك", false}, {"ar", "المصابون كثيرون جدا؟", false},
	} {
		rig := languageRig(t, c.code)
		if got := rig.page(rig.lib).looksLikeStatement(c.text); got != c.want {
			t.Errorf("%s: %q: got %v", c.code, c.text, got)
		}
	}
}
