package discord

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/internal/testlog"
	"footnote/sandbox"
)

func TestMessages(t *testing.T) {
	echo := func(_ context.Context, m *discordgo.Message, self string) *discordgo.MessageSend {
		switch {
		case strings.Contains(m.Content, "panic"):
			panic(m.Content)
		case strings.Contains(m.Content, "hush"):
			return nil
		}
		return &discordgo.MessageSend{Content: "@everyone " + self, AllowedMentions: &discordgo.MessageAllowedMentions{RepliedUser: true}}
	}
	const self = "700000000000000001"
	for _, c := range []struct {
		name, channel, text string
		fault               *sandbox.RESTFault
		want                string // "" for silence
	}{
		{name: "in a channel", channel: "general", text: question, want: "@everyone " + self},
		{name: "direct", channel: "dm", text: question, want: "@everyone " + self},
		{name: "nothing to say", channel: "general", text: "hush"},
		{name: "panic, unasked", channel: "general", text: "panic"},
		{name: "panic, addressed", channel: "general", text: "<@" + self + "> panic", want: words.Failed},
		{name: "panic, direct", channel: "dm", text: "panic", want: words.Failed},
		{name: "502", channel: "general", text: question, fault: &sandbox.RESTFault{Method: "POST", Route: "/channels/", Status: 502, Times: 3}, want: "@everyone " + self},
		{name: "429", channel: "general", text: question, fault: &sandbox.RESTFault{Method: "POST", Route: "/channels/", Status: 429, RetryAfter: 20 * time.Second}, want: "@everyone " + self},
		{name: "cut", channel: "general", text: question, fault: &sandbox.RESTFault{Method: "POST", Route: "/channels/", CutBefore: true}, want: "@everyone " + self},
		{name: "cut after", channel: "general", text: question, fault: &sandbox.RESTFault{Method: "POST", Route: "/channels/", CutAfter: true}, want: "@everyone " + self},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, setup{handlers: Handlers{Message: echo}}, func(t *testing.T, r *rig) {
				if c.fault != nil {
					r.FailREST(*c.fault)
				}
				by := r.As("reader", c.channel)
				testlog.Asked(c.text)
				id, err := r.Post(t.Context(), by, c.text, "")
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Minute)
				var got []string
				for _, m := range r.Messages(by.Channel, by.User) {
					if m.ReplyTo == id {
						got = append(got, m.Content)
					}
				}
				if strings.Join(got, "|") != c.want {
					t.Errorf("replies %q, want %q\n%s", got, c.want, r.logs)
				}
			})
		})
	}
}

// A reply whose receipt was lost is sent again under the same nonce, by which
// Discord knows it for the same.
func TestRepliesAreRepeatedUnderOneNonce(t *testing.T) {
	var bodies []string
	lost := errors.New("connection reset by peer")
	r := newREST(&http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
		b, _ := io.ReadAll(r.Body)
		bodies = append(bodies, string(b))
		if len(bodies) == 1 {
			return nil, lost
		}
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("{}"))}, nil
	})}, "x")
	b := &Bot{rest: r}
	if err := b.post(t.Context(), "2", replyBody(&discordgo.MessageSend{Content: "yes"}, &discordgo.Message{ID: "9", ChannelID: "2"})); err != nil {
		t.Fatal(err)
	}
	const want = `{"content":"yes","embeds":[],"components":[],"allowed_mentions":{"parse":[],"replied_user":false},"message_reference":{"message_id":"9","channel_id":"2","fail_if_not_exists":false},"nonce":"9","enforce_nonce":true}`
	if len(bodies) != 2 || bodies[0] != want || bodies[1] != want {
		t.Errorf("sent %q, want twice %s", bodies, want)
	}
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// Where the bot may not write, the asker is told so once, by direct message.
func TestDenied(t *testing.T) {
	answer := func(context.Context, *discordgo.Message, string) *discordgo.MessageSend {
		return &discordgo.MessageSend{Content: "yes"}
	}
	var asked atomic.Int32
	denied := func(m *discordgo.Message, code int) *discordgo.MessageSend {
		asked.Add(1)
		if code != codeNoPermission {
			t.Errorf("code %d", code)
		}
		return &discordgo.MessageSend{Content: "I may not write in <#" + m.ChannelID + ">."}
	}
	bubble(t, setup{handlers: Handlers{Message: answer, Denied: denied}}, func(t *testing.T, r *rig) {
		deny := func(bits int64) {
			r.Update(func(w *sandbox.World) {
				w.Guilds[0].Channels[0].Deny = map[string]int64{w.Bot.ID: bits}
			})
		}
		post := func() {
			if _, err := r.Post(t.Context(), r.reader, question, ""); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
		}
		deny(discordgo.PermissionSendMessages)
		post()
		post()
		if n := asked.Load(); n != 1 {
			t.Errorf("asked what to say %d times, want once", n)
		}
		dm := r.As("reader", "dm")
		if ms := r.Messages(dm.Channel, dm.User); len(ms) != 1 || !strings.Contains(ms[0].Content, "may not write") {
			t.Errorf("direct messages: %+v", ms)
		}
		deny(0)
		post()
		deny(discordgo.PermissionSendMessages)
		post()
		if n := asked.Load(); n != 2 {
			t.Errorf("asked what to say %d times, want once more after it worked in between", n)
		}
		r.faulty = len(r.Violations()) > 0 // 50013 is not one, but nor is this test about it
	})
}

// Only leaving a server counts as leaving it, and a panic there ends nothing.
func TestGuilds(t *testing.T) {
	var left atomic.Value
	bubble(t, setup{handlers: Handlers{GuildDelete: func(id string) { left.Store(id); panic("ferry") }}}, func(t *testing.T, r *rig) {
		r.AddGuild(&sandbox.Guild{ID: "800000000000000009", Name: "The Harbour", Owner: "600000000000000002"})
		time.Sleep(time.Second)
		if n := r.bot.Status().Guilds; n != 2 {
			t.Errorf("%d servers, want 2", n)
		}
		r.bot.guildEvent(true, []byte(`{"id":"800000000000000001","unavailable":true}`))
		time.Sleep(time.Second)
		if left.Load() != nil || r.bot.Status().Guilds != 2 {
			t.Error("an outage was taken for leaving")
		}
		r.RemoveGuild("800000000000000009")
		time.Sleep(time.Second)
		if left.Load() != "800000000000000009" || r.bot.Status().Guilds != 1 {
			t.Errorf("left %v, %d servers", left.Load(), r.bot.Status().Guilds)
		}
	})
}

// Messages of bots, webhooks and of Discord itself never reach the handler.
func TestIgnoredMessages(t *testing.T) {
	heard := make(chan string, 10)
	b, err := New(Options{Log: testLog(t), Token: "x", Handlers: Handlers{
		Interaction: silent.Interaction,
		Message: func(_ context.Context, m *discordgo.Message, _ string) *discordgo.MessageSend {
			heard <- m.ID
			return nil
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	b.self = "7"
	for _, raw := range []string{
		`{"id":"bot","channel_id":"2","author":{"id":"3","bot":true}}`,
		`{"id":"webhook","channel_id":"2","webhook_id":"5","author":{"id":"5"}}`,
		`{"id":"own","channel_id":"2","author":{"id":"7"}}`,
		`{"id":"joined","type":7,"channel_id":"2","author":{"id":"3"}}`,
		`{"id":"strange","channel_id":"2"}`,
		`{"id":"person","channel_id":"2","author":{"id":"3"}}`,
	} {
		b.event(t.Context(), "MESSAGE_CREATE", []byte(raw))
	}
	b.inflight.Wait()
	close(heard)
	var got []string
	for id := range heard {
		got = append(got, id)
	}
	if strings.Join(got, " ") != "person" {
		t.Errorf("heard %q, want the person only", got)
	}
}
