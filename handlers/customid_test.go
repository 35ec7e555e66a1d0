package handlers

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// TestLongIDs holds custom ids and choices to Discord's limits where an
// article's path is longer than they are.
func TestLongIDs(t *testing.T) {
	path := strings.Repeat("folder/", 40) + "bridge.md"
	lib, err := corpus.LoadFS(fstest.MapFS{path: {Data: []byte("---\ntitle: The bridge\npublished: 2026-11-01\n---\nThe bridge at Brackwater was built of granite in 1911. Masons carried 400 stones across the river.\n")}})
	if err != nil || len(lib.Articles) != 1 {
		t.Fatal(err, lib)
	}
	rig := rigOf(t, lib.Articles)
	r := rig.do(slash(cmdAsk, optQuestion, "What was the bridge built of?"))
	shown := rig.do(rig.press(r, english().ButtonContext))
	if !strings.Contains(shown.Data.Content, "granite") {
		t.Errorf("no context:\n%s", shown.Data.Content)
	}
	offered := rig.do(typing(cmdArticle, optName, "bridge")).Data.Choices
	if len(offered) != 1 {
		t.Fatalf("%d articles offered", len(offered))
	}
	if out := rig.do(slash(cmdArticle, optName, offered[0].Value)); !strings.Contains(out.Data.Content, "Paragraph 1") {
		t.Errorf("no outline:\n%s", out.Data.Content)
	}
}

// FuzzCustomID reads any id without harm; what is written is read back, and
// pressing it gets a reply that Discord takes.
func FuzzCustomID(f *testing.F) {
	f.Add("v1|context|a.1-2.3")
	f.Add("v1|share|a|b|1")
	f.Add("v1|noneof|-|1")
	f.Add("v1|check|-")
	f.Add("v1|shareclaim")
	f.Add("||||")
	f.Add("v1|figures|-|2")
	f.Add("v1|timeline|-|-7")
	f.Add("v1|speaker|-|mill|the *river*|9999999999999999999")
	f.Add("v1|speaker|-|#00000000||")
	f.Add("v1|declared|-|00000000|.|1")
	source, err := answer.From([]*corpus.Article{corpus.FromParagraphs("A", "en", []string{"The mill stands by the river."})})
	if err != nil {
		f.Fatal(err)
	}
	lib, err := source.InMemory()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, id string) {
		action, args, ok := parseID(id)
		if !ok {
			return
		}
		if again := customID(action, args...); again != id {
			t.Errorf("%q is written back as %q", id, again)
		}
		rig := rigOf(t, lib.Articles())
		i := from(discordgo.InteractionMessageComponent, discordgo.MessageComponentInteractionData{CustomID: id})
		i.Message = &discordgo.Message{Content: `Ann searched for: "mill"`}
		if r := rig.Interaction(t.Context(), i); action != actDelete {
			rig.check(r)
		}
		if len(args) > 0 {
			if _, err := resolve(t.Context(), lib, args[0]); err == nil || !errors.Is(err, answer.ErrNotFound) && !errors.Is(err, answer.ErrChanged) {
				t.Errorf("%q resolves: %v", args[0], err)
			}
		}
	})
}
