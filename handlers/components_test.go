package handlers

import (
	"os"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// TestStaleButtons presses what no longer means anything: each press gets one
// private sentence, and the message that it sits on stays as it is.
func TestStaleButtons(t *testing.T) {
	rig := newRig(t)
	w := rig.words
	const ferry = "a4f4d20cd1b619d7"
	for _, test := range []struct {
		name, id, want string
	}{
		{"foreign", "poll:1", w.OldButton},
		{"empty", "", w.OldButton},
		{"next version", "v2|context|x", w.OldButton},
		{"unknown action", "v1|dance", w.OldButton},
		{"too few arguments", "v1|others|x", w.OldButton},
		{"too many arguments", "v1|context|x|y", w.OldButton},
		{"too long", "v1|context|" + strings.Repeat("x", 100), w.OldButton},
		{"no article", "v1|context|0000000000000000.0-95.f76d45e5", w.AnswerGone},
		{"no ref", "v1|context|-", w.AnswerGone},
		{"not a ref", "v1|context|" + ferry + ".x-y.z", w.AnswerGone},
		{"changed text", "v1|context|" + ferry + ".0-95.00000000", w.AnswerChanged},
		{"beyond the end", "v1|context|" + ferry + ".0-999999.f76d45e5", w.AnswerChanged},
		{"negative", "v1|context|" + ferry + ".-5-3.f76d45e5", w.AnswerGone},
		{"follow up on a lost article", "v1|follow|0000000000000000", w.AnswerGone},
		{"search without a message", "v1|search|-|2", w.OldButton},
		{"search in a lost article", "v1|search|0000000000000000|2", w.AnswerGone},
		{"outline of a lost article", "v1|outline|0000000000000000|2", w.AnswerGone},
		{"outline of all", "v1|outline|-|2", w.AnswerGone},
		{"figures of a lost article", "v1|figures|0000000000000000|2", w.AnswerGone},
		{"what was said in a lost article", "v1|speaker|0000000000000000|Varn||2", w.AnswerGone},
		{"what was said, without a message", "v1|speaker|-|Varn||2", w.OldButton},
		{"said by nobody known", "v1|speaker|-|#00000000||2", w.AnswerGone},
		{"a command of a lost article", "v1|declared|0000000000000000|x||1", w.AnswerGone},
		{"a command of all", "v1|declared|-|x||1", w.AnswerGone},
		{"a command without a message", "v1|declared|" + ferry + "|x||1", w.OldButton},
		{"others without a message", "v1|others|-|-", w.NothingToShare},
		{"share without a message", "v1|share|-|-|0", w.NothingToShare},
		{"question without a message", "v1|try|0", w.OldButton},
		{"check without a message", "v1|check|-", w.NothingToShare},
		{"check in a lost article", "v1|check|0000000000000000", w.NothingToShare},
		{"shared comparison without a message", "v1|shareclaim", w.NothingToShare},
	} {
		t.Run(test.name, func(t *testing.T) {
			i := from(discordgo.InteractionMessageComponent, discordgo.MessageComponentInteractionData{CustomID: test.id})
			r := rig.Interaction(t.Context(), i)
			rig.check(r)
			if r.Type != discordgo.InteractionResponseChannelMessageWithSource || r.Data.Flags&discordgo.MessageFlagsEphemeral == 0 || r.Data.Content != test.want {
				t.Errorf("got %s\nwant %s", dump(r), test.want)
			}
		})
	}
}

// TestButtonsOutliveChanges presses buttons after a restart with an edited
// library: what still stands is shown, what does not is said to be gone.
func TestButtonsOutliveChanges(t *testing.T) {
	before := newRig(t)
	r := before.do(slash("ask", "question", "Who runs the northern line?"))

	articles, err := corpus.LoadFS(os.DirFS("testdata/library"))
	if err != nil {
		t.Fatal(err)
	}
	same := rigOf(t, articles.Articles)
	if got := same.do(same.press(r, "Show context")); got.Data.Content != before.do(before.press(r, "Show context")).Data.Content {
		t.Errorf("after a restart the context is another:\n%s", dump(got))
	}
	var others []*corpus.Article
	for _, a := range articles.Articles {
		if a.ID != "lake-ferry" {
			others = append(others, a)
		}
	}
	removed := rigOf(t, others)
	if got := removed.do(removed.press(r, "Show context")); got.Data.Content != removed.words.AnswerGone {
		t.Errorf("the article is gone, the button shows\n%s", dump(got))
	}
	edited := corpus.FromParagraphs("Ferry", "en", []string{"The ferry did not run aground at all.", strings.Repeat("Nothing happened. ", 40)})
	edited.ID = "lake-ferry"
	changed := rigOf(t, []*corpus.Article{edited})
	if got := changed.do(changed.press(r, "Show context")); got.Data.Content != changed.words.AnswerChanged {
		t.Errorf("the article has changed, the button shows\n%s", dump(got))
	}
}

// TestPages turns the pages of a search and of an outline there and back.
func TestPages(t *testing.T) {
	var paragraphs []string
	for i := range 60 {
		paragraphs = append(paragraphs, "The lighthouse number "+english().group(i*1000)+" stands on a rock. "+strings.Repeat("Its lamp burns oil. ", i%7))
	}
	a := corpus.FromParagraphs("Lighthouses", "en", paragraphs)
	a.ID = "lights"
	rig := rigOf(t, []*corpus.Article{a})
	for _, test := range []struct {
		name  string
		begin *discordgo.Interaction
	}{
		{"search", slash("search", "words", "lighthouse rock")},
		{"outline", slash("article", "name", "lights")},
	} {
		t.Run(test.name, func(t *testing.T) {
			first := rig.do(test.begin)
			r, pages, seen := first, 1, quotations(first.Data.Content)
			for next := label(r, "Next"); next != ""; next = label(r, "Next") {
				turn := rig.press(r, next)
				turn.Member.User.ID = "2002" // turned by somebody else, the reply stays the asker's
				r = rig.do(turn)
				if got := askerOf(messageOf(r)); got != testUser {
					t.Errorf("on the next page %q may delete, want the asker", got)
				}
				if r.Type != discordgo.InteractionResponseUpdateMessage || !rig.Updates(rig.press(first, label(first, "Next"))) {
					t.Fatalf("turning a page does not change the message")
				}
				seen = append(seen, quotations(r.Data.Content)...)
				pages++
			}
			if pages < 2 {
				t.Fatalf("one page only:\n%s", dump(first))
			}
			if test.name == "search" && len(seen) != len(paragraphs) {
				t.Errorf("%d pages show %d passages of %d", pages, len(seen), len(paragraphs))
			}
			for back := label(r, "Previous"); back != ""; back = label(r, "Previous") {
				r = rig.do(rig.press(r, back))
			}
			if r.Data.Content != first.Data.Content {
				t.Errorf("back on the first page:\n%s\nwant\n%s", r.Data.Content, first.Data.Content)
			}
		})
	}
}

// label returns the label of the button that begins so, "" if there is none.
func label(r *discordgo.InteractionResponse, prefix string) string {
	for _, b := range buttonsOf(r.Data.Components) {
		if strings.HasPrefix(b.Label, prefix) {
			return b.Label
		}
	}
	return ""
}

// TestRefusals asks what cannot be answered: one private sentence each.
func TestRefusals(t *testing.T) {
	rig := newRig(t)
	w := rig.words
	for _, test := range []struct {
		name string
		do   *discordgo.Interaction
		want string
	}{
		{"empty question", slash("ask", "question", " \n\t"), w.EmptyQuestion},
		{"no question", slash("ask"), w.EmptyQuestion},
		{"invisible question", slash("ask", "question", "\u202e\u2066\x00"), w.EmptyQuestion},
		{"long question", slash("ask", "question", strings.Repeat("why ", 1500)), "That is too long for a question: please ask in at most 500 characters."},
		{"unknown article", slash("ask", "question", "who?", "article", "no \"such\" @here"), `I have no article "no \"such\" \@here": pick one from the list that appears while you type.`},
		{"unknown name", slash("article", "name", "nothing"), `I have no article "nothing": pick one from the list that appears while you type.`},
		{"an id of nothing", slash("ask", "question", "lake-ferry.0-95.00000000"), w.AnswerChanged},
		{"an id of no article", slash("ask", "question", "gone.0-95.00000000"), w.AnswerGone},
		{"search for nothing", slash("search", "words", "  "), w.EmptySearch},
		{"search for signs", slash("search", "words", "?!"), w.EmptySearch},
		{"gone command", slash("who-lost"), w.UnknownCommand},
		{"gone choice", slash("who-runs", "line", "western"), w.UnknownCommand},
		{"no choice", slash("who-runs"), w.UnknownCommand},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := rig.do(test.do)
			if content := r.Data.Content; content != test.want && !strings.HasSuffix(content, "\n"+test.want) {
				t.Errorf("got %s\nwant %s", content, test.want)
			}
		})
	}
}

// TestAskAbout takes a message as the question, privately.
func TestAskAbout(t *testing.T) {
	rig := newRig(t)
	about := func(content string) *discordgo.Interaction {
		return from(discordgo.InteractionApplicationCommand, discordgo.ApplicationCommandInteractionData{
			Name: cmdAskAbout, CommandType: discordgo.MessageApplicationCommand, TargetID: "9",
			Resolved: &discordgo.ApplicationCommandInteractionDataResolved{Messages: map[string]*discordgo.Message{"9": {Content: content}}},
		})
	}
	golden(t, "ask-about", dump(rig.do(about("who runs the northern line?"))))
	if got := rig.do(about("")).Data.Content; got != rig.words.EmptyMessage {
		t.Errorf("an empty message gives %q", got)
	}
}

// TestPausedServer refuses everything but /footnote.
func TestPausedServer(t *testing.T) {
	rig := newRig(t)
	answered := rig.do(slash("ask", "question", "Who runs the northern line?"))
	if err := rig.store.SetPaused(testGuild, true); err != nil {
		t.Fatal(err)
	}
	modal := &discordgo.InteractionResponse{Data: &discordgo.InteractionResponseData{CustomID: customID(actFollow, "-")}}
	for name, i := range map[string]*discordgo.Interaction{
		"command": slash("ask", "question", "Who runs the northern line?"),
		"button":  rig.press(answered, "Show context"),
		"modal":   fill(answered, modal, "and the southern line?"),
	} {
		if got := rig.do(i).Data.Content; got != rig.words.PausedHere {
			t.Errorf("%s: %s", name, got)
		}
	}
}
