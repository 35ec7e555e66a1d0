package main

import (
	"testing"
	"time"

	"footnote/sandbox"
)

// Whoever asked and who moderates can delete a reply, whether a command or a
// message asked for it; others are told so privately and the reply stays.
func TestDelete(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	command := func(by sandbox.Caller) string { return r.slash(by, "/who-backs haftar").ID }
	message := func(by sandbox.Caller) string { return r.answer(by, "who backs haftar?", "").ID }
	for _, c := range []struct {
		name     string
		ask      func(sandbox.Caller) string
		asks, by sandbox.Caller
		ok       bool
	}{
		{"command", command, r.reader, r.reader, true},
		{"command, by a moderator", command, r.reader, r.moderator, true},
		{"command, by somebody else", command, r.moderator, r.reader, false},
		{"message", message, r.reader, r.reader, true},
		{"message, by a moderator", message, r.reader, r.moderator, true},
		{"message, by somebody else", message, r.moderator, r.reader, false},
		{"direct message", message, r.As("reader", "dm"), r.As("reader", "dm"), true},
	} {
		reply := c.ask(c.asks)
		o := r.seen(r.Press(r.soon(), c.by, reply, "Delete"))
		if r.Message(reply).Deleted != c.ok {
			t.Errorf("%s: deleted is %v", c.name, !c.ok)
		}
		if !c.ok {
			r.holds(o.Message, "Only the person who asked, or a moderator")
			if !o.Message.Private() {
				t.Errorf("%s: the refusal is not private", c.name)
			}
		}
	}
}

// What is kept of a server goes with it, also where the bot was taken away from
// it while it was not connected.
func TestLeftWhileOffline(t *testing.T) {
	slow(t)
	t.Parallel()
	r := newRig(t)
	const gone = "800000000000000099"
	if err := r.bot.store.SetPaused(gone, true); err != nil {
		t.Fatal(err)
	}
	kept := r.bot.store.Guilds()
	r.Break(sandbox.GatewayFault{When: sandbox.Now, Do: sandbox.Drop})
	for ctx := r.soon(); len(r.bot.store.Guilds()) == len(kept); time.Sleep(20 * time.Millisecond) {
		if ctx.Err() != nil {
			t.Fatalf("after a new connection something is still kept of %v", r.bot.store.Guilds())
		}
	}
	if r.bot.store.Paused(gone) || len(r.bot.store.Guilds()) != len(kept)-1 {
		t.Errorf("something is kept of %v, before %v", r.bot.store.Guilds(), kept)
	}
}
