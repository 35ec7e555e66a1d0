package discord

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// Where a thread belongs is known from what the gateway told, and else Discord is
// asked, once.
func TestParent(t *testing.T) {
	const guild, general = "800000000000000001", "900000000000000001"
	bubble(t, setup{}, func(t *testing.T, r *rig) {
		asked := func() int {
			return strings.Count(r.logs.String(), "could not ask")
		}
		in, _, err := r.StartThread(t.Context(), r.reader, "a thread", "")
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		r.FailREST(sandbox.RESTFault{Method: "GET", Route: "/channels/", Status: 403, Times: -1})
		if got := r.bot.Parent(t.Context(), guild, in.Channel); got != general || asked() > 0 {
			t.Errorf("a thread that the gateway told of belongs to %q", got)
		}
		if got := r.bot.Parent(t.Context(), guild, general); got != "" || asked() != 1 {
			t.Errorf("refused, it says %q; asked %d times", got, asked())
		}
		r.HealREST()
		for channel, want := range map[string]string{general: "", in.Channel: general, "1": ""} {
			if got := r.bot.Parent(t.Context(), guild, channel); got != want {
				t.Errorf("%s belongs to %q, want %q", channel, got, want)
			}
		}
		if got := r.bot.Parent(t.Context(), "800000000000000002", in.Channel); got != "" {
			t.Errorf("to another server it says %q", got)
		}
		r.ArchiveThread(in.Channel, false)
		time.Sleep(time.Second)
		remembered := func() int {
			r.bot.mu.Lock()
			defer r.bot.mu.Unlock()
			return len(r.bot.parents[guild])
		}
		if n := remembered(); n != 1 {
			t.Errorf("%d channels are remembered, want the one that was asked for", n)
		}
		if got := r.bot.Parent(t.Context(), guild, in.Channel); got != general {
			t.Errorf("archived, it belongs to %q", got)
		}
		r.RemoveGuild(guild)
		time.Sleep(time.Second)
		if n := remembered(); n != 0 {
			t.Errorf("of a server that was left it keeps %d channels", n)
		}
	})
}

// What the gateway tells of threads, in every form.
func TestThreadEvents(t *testing.T) {
	b, err := New(Options{Log: testLog(t), Token: "x", Handlers: silent})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []struct{ kind, raw, want string }{
		{"GUILD_CREATE", `{"id":"1","threads":[{"id":"10","guild_id":"1","parent_id":"2"},{"id":"11","parent_id":"2"},{"id":"12"}]}`, "10>2 11>2"},
		{"GUILD_CREATE", `{"id":"1"}`, "10>2 11>2"},
		{"THREAD_CREATE", `{"id":"13","guild_id":"1","parent_id":"3"}`, "10>2 11>2 13>3"},
		{"THREAD_UPDATE", `{"id":"10","guild_id":"1","parent_id":"2","thread_metadata":{"archived":true}}`, "11>2 13>3"},
		{"THREAD_UPDATE", `{"id":"10","guild_id":"1","parent_id":"2","thread_metadata":{"archived":false}}`, "10>2 11>2 13>3"},
		{"THREAD_LIST_SYNC", `{"guild_id":"1","threads":[{"id":"14","guild_id":"1","parent_id":"4"}]}`, "10>2 11>2 13>3 14>4"},
		{"THREAD_DELETE", `{"id":"10","guild_id":"1","parent_id":"2"}`, "11>2 13>3 14>4"},
		{"CHANNEL_DELETE", `{"id":"14","guild_id":"1","parent_id":"9"}`, "11>2 13>3"},
		{"THREAD_CREATE", `{"id":15}`, "11>2 13>3"},
		{"THREAD_CREATE", `[]`, "11>2 13>3"},
		{"GUILD_DELETE", `{"id":"1","unavailable":true}`, "11>2 13>3"},
		{"GUILD_DELETE", `{"id":"1"}`, ""},
	} {
		b.event(t.Context(), e.kind, []byte(e.raw))
		var got []string
		for _, id := range []string{"10", "11", "12", "13", "14", "15"} {
			if parent := b.parents["1"][id]; parent != "" {
				got = append(got, id+">"+parent)
			}
		}
		if strings.Join(got, " ") != e.want {
			t.Errorf("after %s %s: %q, want %s", e.kind, e.raw, got, e.want)
		}
	}
	b.inflight.Wait()
}

// A reply that Discord does not take because of what it replies to goes out
// without; one that it does not take otherwise is not repeated.
func TestReplyWithoutReference(t *testing.T) {
	answer := func(context.Context, *discordgo.Message, string) *discordgo.MessageSend {
		return &discordgo.MessageSend{Content: "yes"}
	}
	for _, c := range []struct {
		name  string
		deny  int64
		says  int // messages of the bot in the channel
		sends int // requests that were refused
	}{
		{"all is allowed", 0, 1, 0},
		{"no history", discordgo.PermissionReadMessageHistory, 1, 1},
		{"no writing", discordgo.PermissionSendMessages, 0, 1},
		{"no seeing", discordgo.PermissionViewChannel, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, setup{handlers: Handlers{Message: answer}}, func(t *testing.T, r *rig) {
				r.Update(func(w *sandbox.World) { w.Guilds[0].Channels[0].Deny = map[string]int64{w.Bot.ID: c.deny} })
				id, err := r.Post(t.Context(), r.reader, question, "")
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Minute)
				says := 0
				for _, m := range r.Messages(r.reader.Channel, r.reader.User) {
					if m.Content == "yes" {
						says++
						if (m.ReplyTo == id) != (c.deny == 0) {
							t.Errorf("it replies to %q", m.ReplyTo)
						}
					}
				}
				if says != c.says || len(r.Refusals()) != c.sends {
					t.Errorf("says it %d times, refused %v", says, r.Refusals())
				}
			})
		})
	}
}
