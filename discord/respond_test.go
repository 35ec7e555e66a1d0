package discord

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// Whatever the handler does and whatever the network does, a command has one
// visible outcome in time.
func TestOneOutcome(t *testing.T) {
	const callback, edit = "/interactions/", "/webhooks/"
	panics := func(d time.Duration) func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse {
		return func(ctx context.Context, _ *discordgo.Interaction) *discordgo.InteractionResponse {
			sleep(ctx, d)
			panic(fmt.Errorf("cannot parse %q: %w", question, errTest))
		}
	}
	modal := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{
		CustomID: "v1|f", Title: "Follow up", Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.TextInput{CustomID: "q", Label: "Your question", Style: discordgo.TextInputShort, Required: true},
		}}},
	}}
	pinging := says("<@600000000000000002> @everyone")
	pinging.Data.AllowedMentions = &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{discordgo.AllowedMentionTypeEveryone}}
	long := says(strings.Repeat("x", 2001))
	const deferred = 1200 * time.Millisecond
	for _, c := range []struct {
		name    string
		handle  func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse
		hidden  bool // what Private says
		faults  []sandbox.RESTFault
		want    string // content of the one reply
		private bool   // of the one reply
		acked   time.Duration
		most    time.Duration // beyond acked, for faults; default 0
		faulty  bool
	}{
		{name: "quick", handle: after(0, says("yes")), want: "yes"},
		{name: "nearly slow", handle: after(1190*time.Millisecond, says("yes")), want: "yes", acked: 1190 * time.Millisecond},
		{name: "slow", handle: after(5*time.Second, says("yes")), want: "yes", acked: deferred},
		{name: "slow and private", handle: after(5*time.Second, private("psst")), hidden: true, want: "psst", private: true, acked: deferred},
		{name: "slow, private all the same", handle: after(5*time.Second, private("psst")), want: "psst", private: true, acked: deferred},
		{name: "pings nobody", handle: after(0, pinging), want: pinging.Data.Content},
		{name: "pings nobody later", handle: after(5*time.Second, pinging), want: pinging.Data.Content, acked: deferred},
		{name: "panics", handle: panics(0), want: words.Failed, private: true},
		{name: "panics late", handle: panics(4 * time.Second), want: words.Failed, private: true, acked: deferred},
		{name: "says nothing", handle: after(0, nil), want: words.Failed, private: true},
		{name: "stuck", handle: after(time.Hour, says("yes")), hidden: true, want: words.Failed, private: true, acked: deferred},
		{name: "stuck and deaf", handle: func(ctx context.Context, _ *discordgo.Interaction) *discordgo.InteractionResponse {
			time.Sleep(45 * time.Second)
			return says("yes")
		}, hidden: true, want: words.Failed, private: true, acked: deferred},
		{name: "too long", handle: after(0, long), want: words.Failed, private: true, faulty: true},
		{name: "too long, late", handle: after(3*time.Second, long), hidden: true, want: words.Failed, private: true, acked: deferred, faulty: true},
		{name: "empty", handle: after(0, says("")), want: words.Failed, private: true, faulty: true},
		{name: "modal too late", handle: after(3*time.Second, modal), hidden: true, want: words.Slow, private: true, acked: deferred},
		{name: "500 twice", handle: after(0, says("yes")), faults: []sandbox.RESTFault{{Route: callback, Status: 500, Times: 2}}, want: "yes", most: time.Second},
		{name: "503", handle: after(0, says("yes")), faults: []sandbox.RESTFault{{Route: callback, Status: 503}}, want: "yes", most: time.Second},
		{name: "cut before", handle: after(0, says("yes")), faults: []sandbox.RESTFault{{Route: callback, CutBefore: true}}, want: "yes", most: time.Second},
		{name: "cut after", handle: after(0, says("yes")), faults: []sandbox.RESTFault{{Route: callback, CutAfter: true}}, want: "yes", most: time.Second},
		{name: "cut in the answer", handle: after(0, says("yes")), faults: []sandbox.RESTFault{{Route: callback, CutBody: true}}, want: "yes", most: time.Second},
		{name: "429", handle: after(0, says("yes")), faults: []sandbox.RESTFault{{Route: callback, Status: 429, RetryAfter: time.Second}}, want: "yes", most: 1100 * time.Millisecond},
		{name: "global 429", handle: after(0, says("yes")), faults: []sandbox.RESTFault{{Route: callback, Status: 429, Global: true, RetryAfter: time.Second}}, want: "yes", most: 1100 * time.Millisecond},
		{name: "Cloudflare", handle: after(0, says("yes")), faults: []sandbox.RESTFault{{Route: callback, Cloudflare: true, RetryAfter: time.Second}}, want: "yes", most: 1100 * time.Millisecond},
		{name: "slow line", handle: after(0, says("yes")), faults: []sandbox.RESTFault{{Route: callback, Delay: 20 * time.Second}}, want: "yes", most: 1100 * time.Millisecond},
		{name: "slow handler, 502 on the deferral", handle: after(4*time.Second, says("yes")), faults: []sandbox.RESTFault{{Route: callback, Status: 502, Times: 2}}, want: "yes", acked: deferred, most: time.Second},
		{name: "slow handler, deferral cut after", handle: after(4*time.Second, says("yes")), faults: []sandbox.RESTFault{{Route: callback, CutAfter: true}}, want: "yes", acked: deferred, most: time.Second},
		{name: "slow handler, the edit fails five times", handle: after(4*time.Second, says("yes")), faults: []sandbox.RESTFault{{Route: edit, Status: 500, Times: 5}}, want: "yes", acked: deferred},
		{name: "slow handler, edit cut after", handle: after(4*time.Second, says("yes")), faults: []sandbox.RESTFault{{Route: edit, CutAfter: true}}, want: "yes", acked: deferred},
		{name: "slow handler, edit limited", handle: after(4*time.Second, says("yes")), faults: []sandbox.RESTFault{{Route: edit, Status: 429, RetryAfter: 20 * time.Second}}, want: "yes", acked: deferred},
		{name: "private after all, deletion cut", handle: after(4*time.Second, private("psst")), faults: []sandbox.RESTFault{{Method: "DELETE", Route: edit, CutAfter: true}}, want: "psst", private: true, acked: deferred},
	} {
		t.Run(c.name, func(t *testing.T) {
			bothFronts(t, setup{
				handlers: Handlers{Interaction: c.handle, Private: func(*discordgo.Interaction) bool { return c.hidden }},
				sandbox:  sandbox.Options{Faults: c.faults},
			}, func(t *testing.T, r *rig) {
				r.faulty = c.faulty
				i, o, err := r.ask()
				if err != nil {
					t.Fatalf("no outcome: %v\n%s", err, r.logs)
				}
				time.Sleep(2 * time.Minute) // whatever else comes
				replies := i.Replies()
				if len(replies) != 1 {
					t.Fatalf("%d replies, outcome %+v\n%s", len(replies), o, r.logs)
				}
				m := replies[0]
				if m.Content != c.want || m.Private() != c.private || m.Loading() {
					t.Errorf("got %q, private %v, loading %v; want %q, private %v", m.Content, m.Private(), m.Loading(), c.want, c.private)
				}
				acked, _ := i.Acknowledged()
				if acked < c.acked || acked > c.acked+max(c.most, 10*time.Millisecond) {
					t.Errorf("acknowledged after %v, want %v and at most %v", acked, c.acked, c.most)
				}
			})
		})
	}
}

// Where nothing gets through in time, the log says so and the bot goes on.
func TestLost(t *testing.T) {
	bothFronts(t, setup{}, func(t *testing.T, r *rig) {
		r.FailREST(sandbox.RESTFault{Route: "/interactions/", Status: 503, Times: -1})
		if _, _, err := r.ask(); !errors.Is(err, sandbox.ErrNoResponse) {
			t.Errorf("outcome %v, want none", err)
		}
		if !strings.Contains(r.logs.String(), outcomeLost) {
			t.Errorf("the log does not tell:\n%s", r.logs)
		}
		r.HealREST()
		if _, _, err := r.ask(); err != nil {
			t.Errorf("the next question: %v", err)
		}
	})
}

// A panic in what merely foretells costs nothing but the foretelling.
func TestPrivatePanics(t *testing.T) {
	bubble(t, setup{handlers: Handlers{
		Interaction: after(3*time.Second, says("yes")),
		Private:     func(*discordgo.Interaction) bool { panic(question) },
	}}, func(t *testing.T, r *rig) {
		if _, o, err := r.ask(); err != nil || o.Message.Content != "yes" {
			t.Errorf("got %+v, %v", o, err)
		}
	})
}

func TestModalAtOnce(t *testing.T) {
	modal := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{
		CustomID: "v1|f", Title: "Follow up", Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.TextInput{CustomID: "q", Label: "Your question", Style: discordgo.TextInputShort, Required: true},
		}}},
	}}
	handle := func(_ context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
		if i.Type == discordgo.InteractionModalSubmit {
			return says("and the harvest?")
		}
		return modal
	}
	bubble(t, setup{handlers: Handlers{Interaction: handle}}, func(t *testing.T, r *rig) {
		_, o, err := r.ask()
		if err != nil || o.Modal == nil {
			t.Fatalf("got %+v, %v", o, err)
		}
		i, err := r.SubmitModal(t.Context(), r.reader, o.Modal, map[string]string{"q": question})
		if err != nil {
			t.Fatal(err)
		}
		if o, err := i.Outcome(t.Context()); err != nil || o.Message == nil || o.Message.Content != "and the harvest?" {
			t.Errorf("got %+v, %v", o, err)
		}
	})
}

func TestComponents(t *testing.T) {
	first := says("first")
	first.Data.Components = []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
		discordgo.Button{Label: "Next", CustomID: "v1|n", Style: discordgo.SecondaryButton},
	}}}
	update := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseUpdateMessage, Data: &discordgo.InteractionResponseData{Content: "second"}}
	ack := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	const slow = 3 * time.Second
	for _, c := range []struct {
		name    string
		wait    time.Duration
		answer  *discordgo.InteractionResponse
		updates bool // what Updates says
		hidden  bool // what Private says
		source  string
		reply   string // "" for none
		private bool
	}{
		{name: "update", answer: update, updates: true, source: "second"},
		{name: "update late", wait: slow, answer: update, updates: true, source: "second"},
		{name: "a new message", answer: private("context"), source: "first", reply: "context", private: true},
		{name: "a new message late", wait: slow, answer: private("context"), hidden: true, source: "first", reply: "context", private: true},
		{name: "an update was foretold, a message came", wait: slow, answer: private("gone"), updates: true, source: "first", reply: "gone", private: true},
		{name: "a message was foretold, an update came", wait: slow, answer: update, source: "first", reply: "second"},
		{name: "nothing to change", answer: ack, updates: true, source: "first"},
		{name: "nothing to change, late", wait: slow, answer: ack, updates: true, source: "first"},
		{name: "fails late", wait: slow, answer: nil, updates: true, source: "first", reply: words.Failed, private: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			handle := func(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
				if i.Type == discordgo.InteractionApplicationCommand {
					return first
				}
				return after(c.wait, c.answer)(ctx, i)
			}
			bothFronts(t, setup{handlers: Handlers{
				Interaction: handle,
				Updates:     func(*discordgo.Interaction) bool { return c.updates },
				Private:     func(*discordgo.Interaction) bool { return c.hidden },
			}}, func(t *testing.T, r *rig) {
				_, o, err := r.ask()
				if err != nil {
					t.Fatal(err)
				}
				i, err := r.Press(t.Context(), r.reader, o.Message.ID, "Next")
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(10 * time.Second)
				if _, acked := i.Acknowledged(); !acked {
					t.Fatal("the press failed")
				}
				if got := r.Message(o.Message.ID); got.Content != c.source {
					t.Errorf("the message says %q, want %q", got.Content, c.source)
				}
				var reply string
				var hidden bool
				for _, m := range i.Replies() {
					reply += m.Content
					hidden = m.Private()
				}
				if reply != c.reply || hidden != c.private {
					t.Errorf("replied %q, private %v; want %q, %v", reply, hidden, c.reply, c.private)
				}
			})
		})
	}
}

// An update that leaves nothing deletes the message, whoever wrote it there and
// however often it is asked.
func TestDelete(t *testing.T) {
	button := []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
		discordgo.Button{Label: "Delete", CustomID: "v1|d", Style: discordgo.SecondaryButton},
	}}}
	nothing := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseUpdateMessage}
	empty := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseUpdateMessage, Data: &discordgo.InteractionResponseData{}}
	const route = "/webhooks/"
	for _, c := range []struct {
		name    string
		answer  *discordgo.InteractionResponse
		wait    time.Duration
		posted  bool // the message replies to a message, not to a command
		private bool
		gone    bool // deleted by a moderator in the meantime
		faults  []sandbox.RESTFault
		reply   string // "" for none
		stays   bool
	}{
		{name: "at once", answer: nothing},
		{name: "with data that is empty", answer: empty},
		{name: "late", answer: nothing, wait: 3 * time.Second},
		{name: "a private one", answer: nothing, private: true},
		{name: "a reply to a message", answer: nothing, posted: true},
		{name: "a reply to a message, late", answer: nothing, posted: true, wait: 3 * time.Second},
		{name: "gone already", answer: nothing, posted: true, gone: true},
		{name: "the receipt is lost", answer: nothing, faults: []sandbox.RESTFault{{Method: "DELETE", Route: route, CutAfter: true}}},
		{name: "502 in between", answer: nothing, faults: []sandbox.RESTFault{{Method: "DELETE", Route: route, Status: 502, Times: 3}}},
		{name: "it fails for good", answer: nothing, faults: []sandbox.RESTFault{{Method: "DELETE", Route: route, Status: 403, Times: -1}}, reply: words.Failed, stays: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, setup{
				sandbox: sandbox.Options{Faults: c.faults},
				handlers: Handlers{
					Interaction: func(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
						if i.Type != discordgo.InteractionApplicationCommand {
							return after(c.wait, c.answer)(ctx, i)
						}
						r := says("first")
						if c.private {
							r = private("first")
						}
						r.Data.Components = button
						return r
					},
					Updates: func(*discordgo.Interaction) bool { return true },
					Message: func(context.Context, *discordgo.Message, string) *discordgo.MessageSend {
						return &discordgo.MessageSend{Content: "first", Components: button}
					},
				},
			}, func(t *testing.T, r *rig) {
				var id string
				if c.posted {
					asked, err := r.Post(t.Context(), r.reader, question, "")
					if err != nil {
						t.Fatal(err)
					}
					m, err := r.WaitReply(t.Context(), asked)
					if err != nil {
						t.Fatal(err)
					}
					id = m.ID
				} else {
					_, o, err := r.ask()
					if err != nil {
						t.Fatal(err)
					}
					id = o.Message.ID
				}
				i, err := r.Press(t.Context(), r.reader, id, "Delete")
				if err != nil {
					t.Fatal(err)
				}
				if c.gone {
					r.Delete(id)
				}
				time.Sleep(30 * time.Second)
				if got := r.Message(id).Deleted; got == c.stays {
					t.Errorf("deleted: %v\n%s", got, r.logs)
				}
				var reply string
				for _, m := range i.Replies() {
					reply += m.Content
				}
				if reply != c.reply {
					t.Errorf("replied %q, want %q\n%s", reply, c.reply, r.logs)
				}
			})
		})
	}
}

func TestAutocomplete(t *testing.T) {
	choices := &discordgo.InteractionResponse{
		Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: &discordgo.InteractionResponseData{Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "How many ferries?", Value: "How many ferries?"}}},
	}
	for _, c := range []struct {
		name   string
		handle func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse
		want   int
		within time.Duration
	}{
		{"quick", after(0, choices), 1, 10 * time.Millisecond},
		{"just in time", after(790*time.Millisecond, choices), 1, 800 * time.Millisecond},
		{"too slow", after(2*time.Second, choices), 0, 810 * time.Millisecond},
		{"panics", func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse { panic("ferry") }, 0, 10 * time.Millisecond},
		{"none", after(0, &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult}), 0, 10 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			bothFronts(t, setup{handlers: Handlers{Interaction: c.handle}}, func(t *testing.T, r *rig) {
				start := time.Now()
				got, err := r.Autocomplete(t.Context(), r.reader, "ask", "question", map[string]any{"question": "how many"})
				if err != nil || len(got) != c.want {
					t.Errorf("got %d choices, %v; want %d", len(got), err, c.want)
				}
				if took := time.Since(start); took > c.within {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

// Two processes with one token: each question still has one reply, and the log
// of the second says why it has none.
func TestTwoProcesses(t *testing.T) {
	bubble(t, setup{handlers: Handlers{Interaction: after(time.Second, says("yes"))}}, func(t *testing.T, r *rig) {
		r.faulty = true
		opt := r.bot.opt
		opt.Handlers.Interaction = after(1100*time.Millisecond, says("yes"))
		second, err := New(opt)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- second.Run(ctx) }()
		time.Sleep(time.Second)
		i, _, err := r.ask()
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Second)
		if n := len(i.Replies()); n != 1 || !strings.Contains(r.logs.String(), outcomeElse) {
			t.Errorf("%d replies\n%s", n, r.logs)
		}
		r.FailREST(sandbox.RESTFault{Route: "/gateway", Status: 503, Times: -1})
		r.Break(sandbox.GatewayFault{Do: sandbox.Drop})
		time.Sleep(3 * time.Second)
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// With every worker taken, people are told at once and messages wait.
func TestFullPool(t *testing.T) {
	bubble(t, setup{
		handlers: Handlers{
			Interaction: after(20*time.Second, says("yes")),
			Message: func(context.Context, *discordgo.Message, string) *discordgo.MessageSend {
				return &discordgo.MessageSend{Content: "as I said"}
			},
		},
		tune: func(o *Options) { o.Workers = 2 },
	}, func(t *testing.T, r *rig) {
		var first []*sandbox.Interaction
		for range 2 {
			i, err := r.Slash(t.Context(), r.reader, "ask", map[string]any{"question": question})
			if err != nil {
				t.Fatal(err)
			}
			first = append(first, i)
		}
		time.Sleep(time.Second)
		for range 5 {
			_, o, err := r.ask()
			if err != nil || o.Message.Content != words.Busy || !o.Message.Private() || o.Took > 10*time.Millisecond {
				t.Errorf("got %+v, %v", o, err)
			}
		}
		id, err := r.Post(t.Context(), r.reader, question, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range first {
			if o, err := i.Outcome(t.Context()); err != nil || o.Message.Content != "yes" {
				t.Errorf("got %+v, %v", o, err)
			}
		}
		if m, err := r.WaitReply(t.Context(), id); err != nil || m.Content != "as I said" {
			t.Errorf("the message that waited: %+v, %v", m, err)
		}
	})
}
