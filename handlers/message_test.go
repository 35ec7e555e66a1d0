package handlers

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/internal/testlog"
)

// said is a message of a member in the test channel.
func said(content string) *discordgo.Message {
	return &discordgo.Message{Content: content, GuildID: testGuild, ChannelID: testChannel,
		Author: &discordgo.User{ID: testUser, Username: "ann99"}, Member: &discordgo.Member{Nick: "Ann"}}
}

// mentioning is a message that mentions the bot as a client writes it.
func mentioning(content string) *discordgo.Message {
	m := said("<@" + testSelf + "> " + content)
	m.Mentions = []*discordgo.User{{ID: testSelf, Bot: true}}
	return m
}

// replying is a reply to a message of the bot's.
func replying(content, to string) *discordgo.Message {
	m := said(content)
	m.ReferencedMessage = &discordgo.Message{Content: to, Author: &discordgo.User{ID: testSelf, Bot: true}}
	return m
}

// hear lets the bot hear a message and checks what every reply promises.
func (rig *rig) hear(m *discordgo.Message) *discordgo.MessageSend {
	rig.t.Helper()
	testlog.Asked(m.Content)
	r := rig.Message(context.Background(), m, testSelf)
	if r != nil {
		rig.checkMessage(r.Content, r.Components, r.AllowedMentions)
	}
	return r
}

// TestMessage says what gets an answer and what gets silence.
func TestMessage(t *testing.T) {
	const known, unknown = "how many people were injured?", "who won the chess tournament?"
	change := func(m *discordgo.Message, f func(*discordgo.Message)) *discordgo.Message {
		f(m)
		return m
	}
	direct := func(m *discordgo.Message) { m.GuildID, m.Member = "", nil }
	cases := []struct {
		name    string
		channel bool // switched on
		message *discordgo.Message
		want    string // a part of the reply; "" for silence
	}{
		{"mention", false, mentioning(known), "Answer: "},
		{"mention with a nickname", false, change(mentioning(known), func(m *discordgo.Message) { m.Content = "<@!" + testSelf + ">" + known }), `Ann asked: "how many people were injured?"`},
		{"mention, not answered", false, mentioning(unknown), "I found no passage that answers this."},
		{"mention alone", false, mentioning(""), "Try asking:"},
		{"mention, no question word", false, mentioning("injured people"), "Ann asked"},
		{"mention, too long", false, mentioning(strings.Repeat("why ", 500)), "too long"},
		{"direct message", false, change(said(known), direct), "ann99 asked"},
		{"direct message, not answered", false, change(said(unknown), direct), "I found no passage"},
		{"direct message, empty", false, change(said(""), direct), "Try asking:"},
		{"reply to the bot", false, replying("and rescued?", `Ann asked: "how many people were injured?"`), `Ann asked, after "how many people were injured?": "and rescued?"`},
		{"reply to another message of the bot", false, replying(known, "I am paused."), `Ann asked: "how many`},
		{"reply to somebody else", true, change(said(known), func(m *discordgo.Message) {
			m.ReferencedMessage = &discordgo.Message{Author: &discordgo.User{ID: "7"}}
		}), ""},
		{"mention of somebody else", false, change(said("<@7> "+known), func(m *discordgo.Message) { m.Mentions = []*discordgo.User{{ID: "7"}} }), ""},
		{"free text", false, said(known), ""},
		{"free text, channel on", true, said(known), "Answer: "},
		{"free text, channel on, not answered", true, said(unknown), "When I do not reply to a question here"},
		{"free text, channel on, no question", true, said("many people were injured yesterday"), ""},
		{"free text, channel on, without the mark", true, said("how many people were injured"), "at least 31"},
		{"free text, channel on, one word", true, said("injured?"), ""},
		{"free text, channel on, empty", true, said(""), ""},
		{"free text, channel on, endless", true, said(strings.Repeat("why ", 200) + "?"), ""},
		{"a bot", false, change(mentioning(known), func(m *discordgo.Message) { m.Author.Bot = true }), ""},
		{"a webhook", false, change(mentioning(known), func(m *discordgo.Message) { m.WebhookID = "1" }), ""},
		{"itself", false, change(mentioning(known), func(m *discordgo.Message) { m.Author.ID = testSelf }), ""},
		{"nobody", false, change(mentioning(known), func(m *discordgo.Message) { m.Author = nil }), ""},
		{"hostile", false, mentioning("@everyone **who** <@&5> runs the northern line? https://x.example"), `\@everyone \*\*who\*\* \<\@&5>`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rig := newRig(t)
			if c.channel {
				if err := rig.store.SetChannel(testGuild, testChannel, true); err != nil {
					t.Fatal(err)
				}
			}
			r := rig.hear(c.message)
			switch {
			case r == nil && c.want != "":
				t.Error("silence")
			case r != nil && c.want == "":
				t.Errorf("not silent: %s", r.Content)
			case r != nil && !strings.Contains(r.Content, c.want):
				t.Errorf("got %s\nwant something with %q", r.Content, c.want)
			}
		})
	}
}

func TestMessagePaused(t *testing.T) {
	rig := newRig(t)
	if err := rig.store.SetPaused(testGuild, true); err != nil {
		t.Fatal(err)
	}
	const question = "how many people were injured?"
	if err := rig.store.SetChannel(testGuild, testChannel, true); err != nil {
		t.Fatal(err)
	}
	if r := rig.hear(said(question)); r != nil {
		t.Errorf("paused, and says to nobody in particular %s", r.Content)
	}
	for _, m := range []*discordgo.Message{mentioning(question), replying("and rescued?", "x"), mentioning("")} {
		rig.now = rig.now.Add(24 * time.Hour)
		if r := rig.hear(m); r == nil || r.Content != rig.words.PausedHere {
			t.Errorf("paused and addressed, it says %+v", r)
		}
		if r := rig.hear(mentioning(question)); r != nil {
			t.Errorf("the hint is repeated: %s", r.Content)
		}
	}
}

// TestSilenceHint asks in a channel that is switched on what the library does
// not answer: once a day and channel, its threads with it, silence is explained.
func TestSilenceHint(t *testing.T) {
	const known, unknown = "how many people were injured?", "who won the chess tournament?"
	rig := newRig(t)
	rig.opt.Parent = func(_ context.Context, _, channel string) string {
		return map[string]string{"4100": testChannel, "4200": "4001"}[channel]
	}
	if err := rig.store.SetChannel(testGuild, testChannel, true); err != nil {
		t.Fatal(err)
	}
	in := func(channel, text string) *discordgo.Message {
		m := said(text)
		m.ChannelID = channel
		return m
	}
	hint := rig.words.SilenceHint
	for n, step := range []struct {
		channel, text, want string
	}{
		{testChannel, "many people were injured yesterday", ""},
		{testChannel, known, "Answer: "},
		{"4100", known, "Answer: "}, // in a thread
		{"4100", unknown, hint},
		{"4100", unknown, ""},
		{testChannel, unknown, ""},
		{"4001", unknown, ""}, // another channel
		{"4200", known, ""},   // and its thread
		{"4001", known, ""},
	} {
		r := rig.hear(in(step.channel, step.text))
		if r == nil && step.want != "" || r != nil && (step.want == "" || !strings.Contains(r.Content, step.want)) {
			t.Errorf("step %d, %+v: got %+v", n, step, r)
		}
	}
	rig.now = rig.now.Add(24 * time.Hour)
	if r := rig.hear(in(testChannel, unknown)); r == nil || r.Content != hint {
		t.Errorf("on the next day: %+v", r)
	}
}

// TestReplyHint replies to a slash answer without the message-content intent:
// Discord blanks the text, and the bot says so once a channel and day.
func TestReplyHint(t *testing.T) {
	rig := newRig(t)
	blank := func() *discordgo.Message { return replying("", `Ann asked: "who?"`) }
	if r := rig.hear(blank()); r != nil {
		t.Errorf("with the intent an empty message is a picture, and gets %q", r.Content)
	}
	rig.conn.MessageContent = false
	if r := rig.hear(blank()); r == nil || r.Content != rig.words.ReplyHint {
		t.Errorf("no hint: %+v", r)
	}
	if r := rig.hear(blank()); r != nil {
		t.Errorf("the hint is repeated: %q", r.Content)
	}
	rig.now = today.Add(24 * time.Hour)
	if rig.hear(blank()) == nil {
		t.Error("no hint on the next day")
	}
}

// TestMessageLimits asks too much: a mention is told so once, free text never.
func TestMessageLimits(t *testing.T) {
	rig := newRig(t)
	rig.limits = newLimits(1, 100)
	if err := rig.store.SetChannel(testGuild, testChannel, true); err != nil {
		t.Fatal(err)
	}
	const question = "how many people were injured?"
	if rig.hear(mentioning(question)) == nil {
		t.Fatal("the first question gets no answer")
	}
	if r := rig.hear(said(question)); r != nil {
		t.Errorf("free text over the limit gets %q", r.Content)
	}
	rig.now = today.Add(2 * time.Minute)
	rig.hear(mentioning(question))
	if r := rig.hear(mentioning(question)); r == nil || !strings.Contains(r.Content, "more than 1 question in a minute") {
		t.Errorf("the refusal is %+v", r)
	}
	if r := rig.hear(mentioning(question)); r != nil {
		t.Errorf("the refusal is repeated: %q", r.Content)
	}
	i := slash(cmdAsk, optQuestion, question)
	if r := rig.do(i); !strings.Contains(r.Data.Content, "in a minute") || r.Data.Flags&discordgo.MessageFlagsEphemeral == 0 {
		t.Errorf("the refusal of a command is\n%s", dump(r))
	}
}

func TestDenied(t *testing.T) {
	rig := newRig(t)
	r := rig.Denied(said("x"), 50013)
	if r == nil || !strings.Contains(r.Content, "<#"+testChannel+">") {
		t.Errorf("got %+v", r)
	}
}

func TestGuildDelete(t *testing.T) {
	rig := newRig(t)
	if err := rig.store.SetChannel(testGuild, testChannel, true); err != nil {
		t.Fatal(err)
	}
	rig.GuildDelete(testGuild)
	if rig.store.ChannelOn(testGuild, testChannel) {
		t.Error("the settings of a server that the bot left are kept")
	}
}
