package handlers

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
)

// While articles of a library are still being read, whatever tells of the library
// ends with how many can be asked, and nothing else does.
func TestReadSoFar(t *testing.T) {
	for _, code := range []string{"en", "de", "es", "fr", "ru", "ar"} {
		rig := newRig(t)
		if code != "en" {
			rig = languageRig(t, code)
		}
		read, total := 0, 0
		rig.opt.Reading = func() (int, int) { return read, total }
		w := rig.words
		last := func(content string) string { return content[strings.LastIndexByte(content, '\n')+1:] }
		line := fmt.Sprintf(w.ReadSoFar, w.group(rig.lib.Size()), w.group(26000))
		asked := slash("ask", "question", "Unterseeboot Titanic?")
		dos := []*discordgo.Interaction{
			asked, slash("search", "words", "Titanic"), slash("said", "speaker", "Titanic"), slash("article"), slash("article", "view", actFigures),
			slash("article", "view", actTimeline), slash("article", "view", actSaid), slash("article", "view", actDisagreements), slash("search", "words", "x", "article", "nowhere"),
		}
		var before []string
		for _, do := range dos {
			before = append(before, rig.do(do).Data.Content)
		}
		read, total = 4120, 26000
		for i, do := range dos {
			if got := rig.do(do).Data.Content; got != before[i]+"\n"+line {
				t.Errorf("%s: got\n%s\nwant\n%s\n%s", code, got, before[i], line)
			}
		}
		for _, do := range []*discordgo.Interaction{manage(subPause, optSwitch, switchOff), slash("ask", "question", " "), slash("search", "words", " ")} {
			if got := rig.do(do).Data.Content; last(got) == line {
				t.Errorf("%s: what tells nothing of the library ends so:\n%s", code, got)
			}
		}
		if got := rig.hear(mentioning("Titanic, Unterseeboot?")); last(got.Content) != line {
			t.Errorf("%s: a mention is answered by\n%s", code, got.Content)
		}
		// What is gone may only not be read yet.
		want := fmt.Sprintf(w.StillReading, w.group(4120), w.group(26000))
		for _, id := range []string{"gone.0-95.00000000", "0000000e"} {
			if got := rig.do(slash("ask", "question", id)).Data.Content; got != want {
				t.Errorf("%s: %s gets\n%s\nwant\n%s", code, id, got, want)
			}
		}
		if n := runes(fmt.Sprintf(w.ReadSoFar, w.group(math.MaxInt32), w.group(math.MaxInt32))); n >= soFarRoom {
			t.Errorf("%s: the line has %d letters", code, n)
		}
		// While what the library has is read anew, nothing is missing.
		total = rig.lib.Size()
		if got := rig.do(asked).Data.Content; got != before[0] {
			t.Errorf("%s: with nothing missing\n%s", code, got)
		}
	}
}

// Before the first articles are read, no reply says that something is not there.
func TestNothingRead(t *testing.T) {
	lib, err := answer.Empty()
	if err != nil {
		t.Fatal(err)
	}
	rig := newRig(t)
	reply := rig.do(slash("ask", "question", "Who runs the ferry?"))
	rig.opt.Live.Swap(lib)
	rig.opt.Reading = func() (int, int) { return 310, 26000 }
	want := "I am still reading the articles, 310 of 26,000 so far: please ask again in a moment."
	menu := slash(cmdCheckClaim)
	for _, do := range []*discordgo.Interaction{
		slash("ask", "question", "Who runs the ferry?"), slash("search", "words", "ferry"), slash("said", "speaker", "Varn"), slash("article"),
		slash("article", "name", "ferry"), slash("who-backs"), menu, rig.press(reply, "Other passages"), rig.press(reply, "Follow up"),
	} {
		if got := rig.do(do); got.Data.Content != want || got.Data.Flags&discordgo.MessageFlagsEphemeral == 0 {
			t.Errorf("%+v: got %s", do.Data, dump(got))
		}
	}
	if got := rig.hear(mentioning("Who runs the ferry?")); got == nil || got.Content != want {
		t.Errorf("a mention: %+v", got)
	}
	if err := rig.store.SetChannel(testGuild, testChannel, true); err != nil {
		t.Fatal(err)
	}
	if got := rig.hear(said("Who runs the ferry?")); got != nil {
		t.Errorf("who did not ask the bot is told %q", got.Content)
	}
	owner := manage(subRebuild)
	owner.Member.User.ID = testOwner
	rig.opt.Rebuild = func(context.Context) (string, error) { t.Error("it is rebuilt"); return "", nil }
	if got := rig.do(owner).Data.Content; got != want {
		t.Errorf("the owner is told %q", got)
	}
	rig.conn.Prepared, rig.conn.ToPrepare = 310, 26000
	if got := rig.do(manage(subStatus)).Data.Content; !strings.Contains(got, "\nArticles: 310 of 26,000 read so far") {
		t.Errorf("the status is\n%s", got)
	}
}

// Before the first articles are read no library chooses the language: the setting of
// who asks does, or that of the server.
func TestNothingReadInLanguages(t *testing.T) {
	lib, err := answer.Empty()
	if err != nil {
		t.Fatal(err)
	}
	rig := newRig(t)
	rig.opt.Live.Swap(lib)
	total := 26000
	rig.opt.Reading = func() (int, int) { return 310, total }
	for _, c := range []struct{ own, server, want string }{
		{"de", "fr", "de"}, {"es-419", "fr", "es"}, {"ja", "ru", "ru"}, {"", "fr", "fr"}, {"ja", "", "en"}, {"en-GB", "de", "en"}, {"ar", "", "ar"},
	} {
		i, server := reading(slash("ask", "question", "Titanic?"), discordgo.Locale(c.own)), discordgo.Locale(c.server)
		if c.server != "" {
			i.GuildLocale = &server
		}
		w := languages()[c.want]
		if got, want := rig.do(i).Data.Content, fmt.Sprintf(w.StillReading, w.group(310), w.group(total)); got != want {
			t.Errorf("%+v: got %q, want %q", c, got, want)
		}
	}
}

// What is not found in a part of a library is not kept as unanswered.
func TestPartKeepsNothing(t *testing.T) {
	rig := newRig(t)
	rig.do(manage(subUnanswered, optAction, switchOn))
	rig.opt.Reading = func() (int, int) { return 4120, 26000 }
	rig.do(slash("ask", "question", "Who won the chess tournament?"))
	rig.hear(mentioning("Who won the chess tournament?"))
	if got := rig.do(manage(subUnanswered)).Data.Content; strings.Contains(got, "chess") {
		t.Errorf("it is kept:\n%s", got)
	}
}

// The longest replies have room for the line.
func TestLongestSoFar(t *testing.T) {
	for _, code := range []string{"en", "de", "es", "fr", "ru", "ar"} {
		for _, size := range []int{1000, 1879, 1880, 1999, 2000} {
			p := &page{words: languages()[code], far: far{1, 2, 26000}}
			content := strings.Repeat("x", size)
			if got := p.soFar(content); runes(got) > maxContent || size <= p.room() && got == content {
				t.Errorf("%s: %d of %d letters", code, runes(got), size)
			}
		}
	}
}

// While passages are still read for what they mean, what is not found may yet be.
func TestReadsOn(t *testing.T) {
	rig := newRig(t)
	asked := slash("ask", "question", "Who composed the opera of the mountain goats?")
	before := rig.do(asked).Data.Content
	rig.conn.Read, rig.conn.ToRead = 1200, 34000
	want := fmt.Sprintf(rig.words.ReadsOn, rig.words.group(1200), rig.words.group(34000))
	if got := rig.do(asked).Data.Content; !strings.Contains(got, want) || strings.Replace(got, "\n"+want, "", 1) != before {
		t.Errorf("got\n%s\nbefore\n%s", got, before)
	}
}
