package handlers

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/store"
)

// keeping is a rig on whose server unanswered questions are kept.
func keeping(t *testing.T) *rig {
	t.Helper()
	rig := newRig(t)
	rig.do(manage(subUnanswered, optAction, switchOn))
	if !rig.store.KeepsUnanswered(testGuild) {
		t.Fatal("it is not switched on")
	}
	return rig
}

// kept is what the store holds of the test server.
func (rig *rig) kept() string {
	var parts []string
	for _, u := range rig.store.Unanswered(testGuild) {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s %d %s", u.Question, u.Count, u.Shown)))
	}
	return strings.Join(parts, "; ")
}

// TestKeepsUnanswered asks in every way and looks at what is kept.
func TestKeepsUnanswered(t *testing.T) {
	const none, near, known = "Who won the chess tournament?", "How many passengers died in the ferry accident?", "Who runs the northern line?"
	in := func(guild string, i *discordgo.Interaction) *discordgo.Interaction {
		if i.GuildID = guild; guild == "" {
			i.User, i.Member = i.Member.User, nil
		}
		return i
	}
	for _, c := range []struct {
		name string
		do   func(rig *rig)
		want string
	}{
		{"asked", func(rig *rig) { rig.do(slash("ask", "question", none)) }, none + " 1"},
		{"asked twice", func(rig *rig) {
			rig.do(slash("ask", "question", none))
			rig.do(slash("ask", "question", "who  WON the chess tournament?"))
		}, none + " 2"},
		{"answered", func(rig *rig) { rig.do(slash("ask", "question", known)) }, ""},
		{"mentioned", func(rig *rig) { rig.hear(mentioning(none)) }, none + " 1"},
		{"in private", func(rig *rig) { rig.do(slash("ask", "question", none, "private", true)) }, ""},
		{"another person's message", func(rig *rig) {
			rig.do(from(discordgo.InteractionApplicationCommand, discordgo.ApplicationCommandInteractionData{
				Name: cmdAskAbout, CommandType: discordgo.MessageApplicationCommand, TargetID: "9",
				Resolved: &discordgo.ApplicationCommandInteractionDataResolved{Messages: map[string]*discordgo.Message{"9": {Content: none}}},
			}))
		}, ""},
		{"overheard", func(rig *rig) {
			if err := rig.store.SetChannel(testGuild, testChannel, true); err != nil {
				t.Fatal(err)
			}
			rig.hear(said(none))
		}, ""},
		{"in a direct message", func(rig *rig) { rig.do(in("", slash("ask", "question", none))) }, ""},
		{"on another server", func(rig *rig) { rig.do(in("3001", slash("ask", "question", none))) }, ""},
		{"switched off", func(rig *rig) {
			rig.do(manage(subUnanswered, optAction, switchOff))
			rig.do(slash("ask", "question", none))
		}, ""},
		{"refused", func(rig *rig) { rig.do(slash("ask", "question", strings.Repeat("why ", 300))) }, ""},
		{"an id of nothing", func(rig *rig) { rig.do(slash("ask", "question", "7f3a09c1")) }, ""},
		{"with mentions", func(rig *rig) {
			rig.do(slash("ask", "question", "who told <@2000> and <@!2001> of <#4000> or <@&7> the chess score of 123456789012345678?"))
		}, "who told and of or the chess score of ? 1"},
		{"mentions alone", func(rig *rig) { rig.do(slash("ask", "question", "<@2000>")) }, ""},
		{"long", func(rig *rig) { rig.do(slash("ask", "question", strings.Repeat("chessmaster ", 20))) }, strings.Repeat("chessmaster ", 8)[:95] + " 1"},
		{"none of these, of an answer", func(rig *rig) {
			others := rig.do(rig.press(rig.do(slash("ask", "question", "Who runs the northern line?")), "Other passages"))
			rig.do(rig.press(others, "None of these"))
		}, "Who runs the northern line? 1 a4f4d20cd1b619d7.526-560.d3699267"},
		{"none of these, of the closest", func(rig *rig) {
			others := rig.do(rig.press(rig.do(slash("ask", "question", near)), "Other passages"))
			rig.do(rig.press(others, "None of these"))
			rig.do(rig.press(others, "None of these"))
		}, near + " 1 a4f4d20cd1b619d7.0-95.f76d45e5"},
		{"none of these, in private", func(rig *rig) {
			others := rig.do(rig.press(rig.do(slash("ask", "question", "Who runs the northern line?", "private", true)), "Other passages"))
			rig.do(rig.press(others, "None of these"))
		}, ""},
		{"none of these, without a message", func(rig *rig) {
			rig.do(from(discordgo.InteractionMessageComponent, discordgo.MessageComponentInteractionData{CustomID: "v1|noneof|-|1"}))
		}, ""},
		{"deleted", func(rig *rig) {
			rig.do(slash("ask", "question", none))
			rig.do(manage(subUnanswered, optAction, actionDelete))
		}, ""},
		{"the server was left", func(rig *rig) {
			rig.do(slash("ask", "question", none))
			rig.GuildDelete(testGuild)
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			rig := keeping(t)
			c.do(rig)
			if got := rig.kept(); got != c.want {
				t.Errorf("kept is %q, want %q", got, c.want)
			}
		})
	}
	rig := newRig(t)
	rig.do(slash("ask", "question", none))
	if got := rig.kept(); got != "" {
		t.Errorf("where nobody switched it on, %q is kept", got)
	}
}

// TestUnanswered gives the command in each of its forms.
func TestUnanswered(t *testing.T) {
	rig := newRig(t)
	step := func(name string, i *discordgo.Interaction) {
		t.Helper()
		r := rig.do(i)
		if r.Data.Flags&discordgo.MessageFlagsEphemeral == 0 {
			t.Errorf("%s: everybody reads\n%s", name, dump(r))
		}
		golden(t, "unanswered-"+name, dump(r))
	}
	step("none", manage(subUnanswered))
	step("on", manage(subUnanswered, optAction, switchOn))
	for range 2 {
		rig.do(slash("ask", "question", "Who won the \"chess\" **tournament** @everyone?"))
	}
	rig.do(slash("ask", "question", "Why is the moon green?"))
	others := rig.do(rig.press(rig.do(slash("ask", "question", "Who runs the northern line?")), "Other passages"))
	rig.do(rig.press(others, "None of these"))
	if err := rig.store.AddUnanswered(testGuild, store.Unanswered{Question: "Where did it stand?", Shown: "a4f4d20cd1b619d7.489-523.00000000"}); err != nil {
		t.Fatal(err)
	}
	step("show", manage(subUnanswered, optAction, actionShow))
	step("off", manage(subUnanswered, optAction, switchOff))
	step("show-off", manage(subUnanswered))
	step("delete", manage(subUnanswered, optAction, actionDelete))
	if got := rig.do(manage(subUnanswered, optAction, "dance")).Data.Content; got != rig.words.UnknownCommand {
		t.Errorf("an unknown action gets %q", got)
	}
	i := manage(subUnanswered)
	i.Member.Permissions = 0
	if got := rig.do(i).Data.Content; got != rig.words.NeedManage {
		t.Errorf("who may not manage the server gets %q", got)
	}
}

// TestUnansweredInFull lists as many questions as are kept, each as long as it
// can be: what does not fit is counted.
func TestUnansweredInFull(t *testing.T) {
	for code := range languages() {
		rig := newRig(t)
		if code != "en" {
			rig = languageRig(t, code)
		}
		if err := rig.store.SetKeepsUnanswered(testGuild, true); err != nil {
			t.Fatal(err)
		}
		passage := rig.lib.Articles()[0].Passages[0].Sentences[0]
		named := ref(rig.lib.Articles()[0].ID, passage.Start, passage.End, rig.lib.Articles()[0].Quote(passage.Span))
		for n := range store.MaxUnanswered {
			u := store.Unanswered{Question: fmt.Sprint(n, strings.Repeat("*", 150)), Count: n + 1, Shown: named}
			if err := rig.store.AddUnanswered(testGuild, u); err != nil {
				t.Fatal(err)
			}
		}
		got := rig.do(manage(subUnanswered)).Data.Content
		if !strings.Contains(got, "100") || !strings.Contains(got, fmt.Sprintf(rig.words.AndMore, store.MaxUnanswered-strings.Count(got, "\n")+2)) {
			t.Errorf("%s: got\n%s", code, got)
		}
	}
}

// TestNotKept fails to write: the reply says so, and an answer comes all the same.
func TestNotKept(t *testing.T) {
	path := t.TempDir() + "/settings.db"
	s, err := store.Open(newRig(t).log, path)
	if err != nil {
		t.Fatal(err)
	}
	rig := newRig(t)
	rig.store, rig.opt.Store = s, s
	if err := errors.Join(s.SetKeepsUnanswered(testGuild, true), s.Close()); err != nil {
		t.Fatal(err)
	}
	if got := rig.do(slash("ask", "question", "Why is the moon green?")).Data.Content; !strings.Contains(got, "I found no passage") {
		t.Errorf("got %q", got)
	}
	if got := rig.do(manage(subUnanswered, optAction, actionDelete)).Data.Content; got != rig.words.NotSaved {
		t.Errorf("got %q", got)
	}
}
