package handlers

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// late is the context of a question whose time ended while it waited.
func late(t *testing.T) context.Context {
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	t.Cleanup(cancel)
	return ctx
}

// Where too much is asked everybody is told so, at once: nobody gets silence,
// nor that there was nothing to be found.
func TestBusy(t *testing.T) {
	rig := newRig(t)
	if err := rig.store.SetChannel(testGuild, testChannel, true); err != nil {
		t.Fatal(err)
	}
	const question = "how many people were injured?"
	asked := rig.do(slash("ask", "question", question))
	for name, i := range map[string]*discordgo.Interaction{
		"ask":    slash("ask", "question", question), // which is remembered
		"claim":  menu(cmdCheckClaim, "The captain did not wait."),
		"others": rig.press(asked, rig.words.ButtonOthers),
	} {
		r := rig.Interaction(late(t), i)
		if r.Data.Content != rig.words.Busy || r.Data.Flags&discordgo.MessageFlagsEphemeral == 0 {
			t.Errorf("%s gets\n%s", name, dump(r))
		}
	}
	for name, m := range map[string]*discordgo.Message{"mention": mentioning(question), "overheard": said(question)} {
		if r := rig.Message(late(t), m, testSelf); r == nil || r.Content != rig.words.Busy {
			t.Errorf("%s gets %+v", name, r)
		}
	}
	if got := rig.do(manage(subStatus)).Data.Content; !strings.Contains(got, "1 worked out, 0 answered again from memory, 5 refused; now 0 in work, 0 waiting") {
		t.Errorf("the status is\n%s", got)
	}
}

// However many questions a minute are allowed, one member has so many in work and
// leaves room for others.
func TestAtOnce(t *testing.T) {
	rig := newRig(t)
	l := rig.limits
	var all sync.WaitGroup
	for range maxAtOnce {
		all.Go(func() {
			if !l.begin(testUser) {
				t.Error("too early")
			}
		})
	}
	all.Wait()
	if r := rig.do(slash("ask", "question", "who was injured?")); r.Data.Content != rig.words.Busy {
		t.Errorf("one too many gets\n%s", dump(r))
	}
	if r := rig.hear(mentioning("who was injured?")); r == nil || r.Content != rig.words.Busy {
		t.Errorf("one message too many gets %+v", r)
	}
	if r := rig.hear(said("who was injured?")); r != nil {
		t.Errorf("what nobody asked the bot gets %+v", r)
	}
	other := slash("ask", "question", "who was injured?")
	other.Member = &discordgo.Member{User: &discordgo.User{ID: testOwner}}
	if r := rig.do(other); r.Data.Content == rig.words.Busy {
		t.Error("another member is refused, too")
	}
	for range maxAtOnce {
		l.end(testUser)
	}
	if r := rig.do(slash("ask", "question", "who was injured?")); r.Data.Content == rig.words.Busy || len(l.atOnce) > 0 {
		t.Errorf("afterwards %d are at work and one gets\n%s", len(l.atOnce), dump(r))
	}
}
