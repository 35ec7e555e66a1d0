package sandbox_test

import (
	"sync"
	"testing"
	"time"

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

// TestLoad fires interactions from all sides while one request in ten fails. A
// bot that repeats what failed answers each of them exactly once.
func TestLoad(t *testing.T) {
	s := start(t, sandbox.Options{Unlimited: true, Seed: 7, AckWithin: 10 * time.Second, Faults: []sandbox.RESTFault{
		{Route: "/interactions/", Rate: 0.05, Status: 503}, {Route: "/interactions/", Rate: 0.05, CutAfter: true},
	}})
	d := connect(t, s, discordgo.IntentsGuilds, func(d *discordgo.Session, i *discordgo.InteractionCreate) {
		for range 20 {
			if err := d.InteractionRespond(i.Interaction, say("noon", 0)); err == nil || code(err) == 40060 {
				return
			}
		}
	}, nil)
	register(t, d, s, &discordgo.ApplicationCommand{Name: "tide", Description: "d"})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			for range 10 {
				i, err := s.Slash(soon(t), s.As("reader", "general"), "tide", nil)
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := i.Outcome(soon(t)); err != nil {
					t.Errorf("outcome: %v", err)
				}
			}
		})
	}
	wg.Wait()
	is := s.Interactions()
	if len(is) != 200 {
		t.Errorf("%d interactions, want 200", len(is))
	}
	for _, i := range is {
		if took, ok := i.Acknowledged(); !ok || took <= 0 || len(i.Replies()) != 1 {
			t.Errorf("interaction %s: acknowledged %v after %v, %d replies", i.ID, ok, took, len(i.Replies()))
		}
	}
	if len(s.Refusals()) == 0 {
		t.Error("no fault made the bot repeat itself: the test tests nothing")
	}
	clean(t, s)
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
