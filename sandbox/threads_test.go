package sandbox_test

import (
	"encoding/json"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// TestThreadRules does in a thread and in a forum what Discord refuses there,
// and what it does not.
func TestThreadRules(t *testing.T) {
	const send, inThreads, history, view = discordgo.PermissionSendMessages, discordgo.PermissionSendMessagesInThreads, discordgo.PermissionReadMessageHistory, discordgo.PermissionViewChannel
	write := func(d *discordgo.Session, thread, _ string) error {
		_, err := d.ChannelMessageSendComplex(thread, &discordgo.MessageSend{Content: "x", AllowedMentions: noMentions})
		return err
	}
	reply := func(to string) func(*discordgo.Session, string, string) error {
		return func(d *discordgo.Session, thread, m string) error {
			if to != "" {
				m = to
			}
			may := false
			_, err := d.ChannelMessageSendComplex(thread, &discordgo.MessageSend{Content: "x", AllowedMentions: noMentions,
				Reference: &discordgo.MessageReference{MessageID: m, ChannelID: thread, FailIfNotExists: &may}})
			return err
		}
	}
	for _, test := range []struct {
		name   string
		deny   int64 // of the bot, in the channel
		before func(*sandbox.Server, string)
		do     func(d *discordgo.Session, thread, message string) error
		code   int
	}{
		{"write", 0, nil, write, 0},
		{"write without what a thread takes", inThreads, nil, write, 50013},
		{"write without what a channel takes", send, nil, write, 0},
		{"see", view, nil, write, 50001},
		{"reply", 0, nil, reply(""), 0},
		{"reply without history", history, nil, reply(""), 160002},
		{"reply without history to what is gone", history, nil, reply("1"), 160002},
		{"archived", 0, func(s *sandbox.Server, id string) { s.ArchiveThread(id, false) }, write, 0},
		{"locked", 0, func(s *sandbox.Server, id string) { s.ArchiveThread(id, true) }, write, 160005},
		{"deleted", 0, func(s *sandbox.Server, id string) { s.DeleteThread(id) }, write, 10003},
		{"edit in an archived one", 0, nil, func(d *discordgo.Session, thread, _ string) error {
			m, err := d.ChannelMessageSendComplex(thread, &discordgo.MessageSend{Content: "x", AllowedMentions: noMentions})
			if err != nil {
				return err
			}
			archive(thread)
			text := "y"
			_, err = d.ChannelMessageEditComplex(&discordgo.MessageEdit{ID: m.ID, Channel: thread, Content: &text, AllowedMentions: noMentions})
			return err
		}, 50083},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, sandbox.Options{})
			in, message, err := s.StartThread(t.Context(), s.As("reader", "general"), "a thread", "hello")
			if err != nil {
				t.Fatal(err)
			}
			archive = func(id string) { s.ArchiveThread(id, false) }
			s.Update(func(w *sandbox.World) { w.Channel("general").Deny = map[string]int64{w.Bot.ID: test.deny} })
			if test.before != nil {
				test.before(s, in.Channel)
			}
			if err := test.do(rest(t, s), in.Channel, message); code(err) != test.code {
				t.Errorf("%v, want code %d", err, test.code)
			}
		})
	}
}

// archive archives a thread of the stand-in under test.
var archive func(id string)

// TestForumRules: nobody writes in a forum itself, and a post begins with a message.
func TestForumRules(t *testing.T) {
	s := start(t, sandbox.Options{})
	s.Update(func(w *sandbox.World) {
		w.Guilds[0].Channels = append(w.Guilds[0].Channels, &sandbox.Channel{ID: "900000000000000009", Name: "help", Guild: w.Guilds[0].ID, Forum: true})
	})
	by := s.As("reader", "help")
	if _, err := s.Post(t.Context(), by, "hello", ""); err == nil {
		t.Error("a member writes into a forum")
	}
	if _, _, err := s.StartThread(t.Context(), by, "empty", ""); err == nil {
		t.Error("a post without a message")
	}
	in, message, err := s.StartThread(t.Context(), by, "a post", "hello")
	if err != nil || message != in.Channel {
		t.Errorf("the post %s begins with the message %s, %v", in.Channel, message, err)
	}
	if _, _, err := s.StartThread(t.Context(), in, "a thread of a thread", "x"); err == nil {
		t.Error("a thread in a thread")
	}
	d := rest(t, s)
	if _, err := d.ChannelMessageSendComplex(by.Channel, &discordgo.MessageSend{Content: "x", AllowedMentions: noMentions}); code(err) != 50008 {
		t.Errorf("the bot writes into a forum: %v", err)
	}
	for id, want := range map[string]discordgo.ChannelType{by.Channel: discordgo.ChannelTypeGuildForum, in.Channel: discordgo.ChannelTypeGuildPublicThread} {
		if c, err := d.Channel(id); err != nil || c.Type != want || c.Type == discordgo.ChannelTypeGuildPublicThread && (c.ParentID != by.Channel || c.ThreadMetadata == nil) {
			t.Errorf("%s is %+v, %v", id, c, err)
		}
	}
}

// TestThreadEvents listens to what the gateway tells of threads: those that are
// active when it begins, and then what happens to them. No message says where
// its thread belongs.
func TestThreadEvents(t *testing.T) {
	s := start(t, sandbox.Options{})
	old, _, err := s.StartThread(t.Context(), s.As("reader", "general"), "old", "x")
	if err != nil {
		t.Fatal(err)
	}
	s.ArchiveThread(old.Channel, false)
	active, _, err := s.StartThread(t.Context(), s.As("reader", "general"), "active", "x")
	if err != nil {
		t.Fatal(err)
	}
	c := dial(t, s)
	c.want(10, "")
	c.send(identify(s.Token(), `,"intents":513`))
	c.want(0, "READY")
	type thread struct {
		ID        string
		Parent    string `json:"parent_id"`
		ChannelID string `json:"channel_id"`
		Metadata  struct{ Archived bool }
	}
	var g struct{ Channels, Threads []thread }
	if err := json.Unmarshal(c.want(0, "GUILD_CREATE").D, &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Channels) != 2 || len(g.Threads) != 1 || g.Threads[0].ID != active.Channel {
		t.Errorf("%d channels and the threads %v", len(g.Channels), g.Threads)
	}
	event := func(kind string) (x thread) {
		t.Helper()
		if err := json.Unmarshal(c.want(0, kind).D, &x); err != nil {
			t.Fatal(err)
		}
		return x
	}
	if _, err := s.Post(t.Context(), old, "again", ""); err != nil {
		t.Fatal(err)
	}
	if x := event("THREAD_UPDATE"); x.ID != old.Channel || x.Parent == "" || x.Metadata.Archived {
		t.Errorf("opened again: %+v", x)
	}
	if x := event("MESSAGE_CREATE"); x.ChannelID != old.Channel || x.Parent != "" {
		t.Errorf("a message: %+v", x)
	}
	if _, _, err := s.StartThread(t.Context(), s.As("reader", "general"), "new", "x"); err != nil {
		t.Fatal(err)
	}
	event("THREAD_CREATE")
	event("MESSAGE_CREATE")
	s.DeleteThread(old.Channel)
	if x := event("THREAD_DELETE"); x.ID != old.Channel {
		t.Errorf("deleted: %+v", x)
	}
	// What the bot cannot see it is not told of.
	s.Update(func(w *sandbox.World) {
		w.Channel("general").Deny = map[string]int64{w.Bot.ID: discordgo.PermissionViewChannel}
	})
	s.DeleteThread(active.Channel)
	if _, err := s.Post(t.Context(), s.As("reader", "news"), "elsewhere", ""); err != nil {
		t.Fatal(err)
	}
	event("MESSAGE_CREATE")
}
