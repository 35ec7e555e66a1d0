package sandbox_test

import (
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// BenchmarkRound is one slash command from the press of the key to the visible
// reply, through websocket, discordgo and HTTP.
func BenchmarkRound(b *testing.B) {
	s, err := sandbox.New(sandbox.Options{Unlimited: true})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	d, err := discordgo.New("Bot " + s.Token())
	if err != nil {
		b.Fatal(err)
	}
	d.Client, d.StateEnabled, d.ShouldReconnectOnError = s.Client(), false, false
	d.AddHandler(func(d *discordgo.Session, i *discordgo.InteractionCreate) {
		if err := d.InteractionRespond(i.Interaction, say("noon", 0)); err != nil {
			b.Error(err)
		}
	})
	if err := d.Open(); err != nil {
		b.Fatal(err)
	}
	if _, err := d.ApplicationCommandBulkOverwrite("700000000000000001", "", []*discordgo.ApplicationCommand{{Name: "tide", Description: "d"}}); err != nil {
		b.Fatal(err)
	}
	by := s.As("reader", "general")
	b.ReportAllocs()
	for b.Loop() {
		i, err := s.Slash(b.Context(), by, "tide", nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := i.Outcome(b.Context()); err != nil {
			b.Fatal(err)
		}
		if len(s.Interactions()) > 1000 {
			s.Forget()
		}
	}
}

// TestForget: what is over goes, what is open can still be answered.
func TestForget(t *testing.T) {
	c := newScene(t, sandbox.Options{})
	over, wire := c.slash()
	if err := c.d.InteractionRespond(wire, say("x", 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := over.Outcome(soon(t)); err != nil {
		t.Fatal(err)
	}
	open, wire := c.slash()
	if err := c.d.InteractionRespond(wire, deferral(0)); err != nil {
		t.Fatal(err)
	}
	c.s.Forget()
	if got := len(c.s.Messages(c.user.Channel, c.user.User)); got != 1 {
		t.Errorf("%d messages are left, want the loading one", got)
	}
	if got := len(over.Replies()); got != 0 {
		t.Errorf("%d replies of what is over, want none", got)
	}
	if _, err := c.d.InteractionResponseEdit(wire, text("done")); err != nil {
		t.Fatal(err)
	}
	if o, err := open.Outcome(soon(t)); err != nil || o.Message.Content != "done" {
		t.Errorf("outcome %+v, %v", o, err)
	}
}

// TestPlant: discordgo drops a message with a component that it does not know;
// the stand-in lets a test show one.
func TestPlant(t *testing.T) {
	s := start(t, sandbox.Options{})
	got := make(chan *discordgo.MessageCreate, 1)
	connect(t, s, discordgo.IntentsGuildMessages|discordgo.IntentsMessageContent, nil, func(_ *discordgo.Session, m *discordgo.MessageCreate) { got <- m })
	by := s.As("moderator", "general")
	id, err := s.Plant(sandbox.Message{Channel: by.Channel, Author: by.User, Content: "x", Components: []sandbox.Component{{Type: 77}}})
	if err != nil {
		t.Fatal(err)
	}
	if m := <-got; m.Message != nil && m.Message.Author != nil {
		t.Errorf("discordgo understands component type 77 by now: %+v", m.Message)
	}
	if m := s.Message(id); m.Content != "x" {
		t.Errorf("planted %+v", m)
	}
	if _, err := s.Plant(sandbox.Message{Channel: "1", Author: by.User}); err == nil {
		t.Error("a message can be planted nowhere")
	}
}
