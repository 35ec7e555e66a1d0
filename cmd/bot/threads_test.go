package main

import (
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// A channel that is switched on covers its threads, whether they are there
// before the bot connects or come later, were archived, or are not told of; a
// forum covers its posts. Where free text is off, threads are off.
func TestThreads(t *testing.T) {
	slow(t)
	t.Parallel()
	r := newRig(t)
	const question = "who backs haftar?"
	answered := func(in sandbox.Caller) {
		t.Helper()
		r.quotes(r.answer(in, question, ""))
	}
	in, message, err := r.StartThread(r.soon(), r.reader, "the sides", question)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := r.WaitReply(r.soon(), message); err != nil {
		t.Errorf("the first message of a thread gets no reply: %v", err)
	} else if m.Channel != in.Channel {
		t.Errorf("the reply stands in %s", m.Channel)
	}
	r.ArchiveThread(in.Channel, false)
	answered(in) // which opens it

	// Connected anew, the bot is told of the threads that are active.
	r.ArchiveThread(in.Channel, false)
	other, _, err := r.StartThread(r.soon(), r.reader, "the talks", "")
	if err != nil {
		t.Fatal(err)
	}
	before := r.Identifies()
	r.Break(sandbox.GatewayFault{When: sandbox.Now, Do: sandbox.Drop})
	for ctx := r.soon(); r.Identifies() == before || !r.Online(); time.Sleep(20 * time.Millisecond) {
		if ctx.Err() != nil {
			t.Fatal("no new connection")
		}
	}
	answered(other)
	answered(in)
	// One that it was never told of is asked for.
	r.Update(func(w *sandbox.World) {
		c := *w.Channel(other.Channel)
		c.ID, c.Name = "990000000000000001", "the unknown"
		w.Guilds[0].Threads = append(w.Guilds[0].Threads, &c)
	})
	answered(r.As("reader", "the unknown"))

	news := r.As("reader", "news")
	off, message, err := r.StartThread(r.soon(), news, "elsewhere", question)
	if err != nil {
		t.Fatal(err)
	}
	r.answer(off, "<@"+r.bot.app.ID+"> "+question, "")
	r.unanswered(message)

	// An admin switches a thread's channel on from within, and is told so.
	admin := sandbox.Caller{User: r.moderator.User, Channel: off.Channel}
	r.holds(r.slash(admin, "/footnote channel on"), "In <#"+news.Channel+"> I now answer", "threads and posts")
	answered(off)
	answered(news)
	r.holds(r.slash(admin, "/footnote status"), "This channel: I may write here", "<#"+news.Channel+">", "I answer in <#"+off.Channel+"> because <#"+news.Channel+"> is switched on")
	r.holds(r.slash(admin, "/footnote channel off"), "In <#"+news.Channel+"> I now answer only when")
	r.silent(off, question)

	r.DeleteThread(off.Channel)
	for ctx := r.soon(); r.bot.wire.Parent(t.Context(), "800000000000000001", off.Channel) != ""; time.Sleep(20 * time.Millisecond) {
		if ctx.Err() != nil {
			t.Fatal("a thread that is deleted belongs somewhere")
		}
	}
}

// The posts of a forum are threads, and the first message of one has its id.
func TestForum(t *testing.T) {
	slow(t)
	t.Parallel()
	r := newRig(t)
	r.Update(func(w *sandbox.World) {
		w.Guilds[0].Channels = append(w.Guilds[0].Channels, &sandbox.Channel{ID: "900000000000000009", Name: "help", Guild: w.Guilds[0].ID, Forum: true})
	})
	forum := r.As("reader", "help")
	post := func(name, text string) (sandbox.Caller, string) {
		t.Helper()
		in, message, err := r.StartThread(r.soon(), forum, name, text)
		if err != nil {
			t.Fatal(err)
		}
		return in, message
	}
	in, message := post("off", "who backs haftar?")
	r.answer(in, "<@"+r.bot.app.ID+"> who backs haftar?", "")
	r.unanswered(message)
	r.holds(r.slash(sandbox.Caller{User: r.moderator.User, Channel: in.Channel}, "/footnote channel on"), "In <#"+forum.Channel+"> I now answer")
	_, message = post("on", "who backs haftar?")
	m, err := r.WaitReply(r.soon(), message)
	if err != nil {
		t.Fatal(err)
	}
	r.quotes(m)
	if message != m.Channel {
		t.Errorf("the first message is %s, the post %s", message, m.Channel)
	}
	// All posts have one hint a day.
	in, message = post("unanswered", "who won the hockey league?")
	if m, err = r.WaitReply(r.soon(), message); err != nil {
		t.Fatal(err)
	}
	r.holds(m, "When I do not reply to a question here")
	r.silent(in, "who won the hockey league?")
	r.holds(r.slash(sandbox.Caller{User: r.moderator.User, Channel: in.Channel}, "/footnote channel channel:help switch:off"), "In <#"+forum.Channel+"> I now answer only when")
	r.silent(in, "who backs haftar?")
}

// What Discord does not let the bot do ends in words all the same: without Read
// Message History a reply does not refer to the question, and where the bot may
// not write the asker is told by direct message.
func TestTakenPermissions(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	deny := func(bits int64) {
		r.Update(func(w *sandbox.World) { w.Guilds[0].Channels[0].Deny = map[string]int64{w.Bot.ID: bits} })
	}
	dm := r.As("reader", "dm")
	// next waits for the bot's next message somewhere.
	next := func(in sandbox.Caller, do func()) *sandbox.Message {
		t.Helper()
		before := len(r.Messages(in.Channel, in.User))
		do()
		for ctx := r.soon(); ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
			for _, m := range r.Messages(in.Channel, in.User)[before:] {
				if m.Author == r.bot.app.ID {
					return m
				}
			}
		}
		t.Fatalf("nothing is said: %v\n%s", r.Refusals(), r.logs)
		return nil
	}
	mention := func(in sandbox.Caller) func() {
		return func() { r.post(in, "<@"+r.bot.app.ID+"> who backs haftar?", "") }
	}
	thread, _, err := r.StartThread(r.soon(), r.reader, "the sides", "")
	if err != nil {
		t.Fatal(err)
	}
	deny(discordgo.PermissionReadMessageHistory)
	for _, in := range []sandbox.Caller{r.reader, thread} {
		for _, do := range []func(){mention(in), func() { r.post(in, "who backs haftar?", "") }} {
			m := next(in, do)
			r.quotes(m)
			if m.ReplyTo != "" || !strings.HasPrefix(m.Content, `Reader asked: "who backs haftar?"`) {
				t.Errorf("replies to %q:\n%s", m.ReplyTo, m.Content)
			}
		}
	}
	deny(discordgo.PermissionSendMessagesInThreads)
	r.holds(next(dm, mention(thread)), "I may not write in <#"+thread.Channel+">", "Send Messages in Threads")
	r.quotes(next(r.reader, mention(r.reader)))
	deny(discordgo.PermissionSendMessages) // which threads do not ask for
	r.quotes(next(thread, mention(thread)))
	r.holds(next(dm, mention(r.reader)), "I may not write in <#"+r.reader.Channel+">")
	status := r.slash(sandbox.Caller{User: r.moderator.User, Channel: thread.Channel}, "/footnote status")
	r.holds(status, "This channel: I may write here")
	status = r.slash(r.moderator, "/footnote status")
	r.holds(status, "This channel: I may not write here")
	deny(0)

	// A question that is deleted before the answer comes gets one, though not as a reply.
	r.FailREST(sandbox.RESTFault{Method: "POST", Route: "/channels/{channel_id}/messages", Status: 502, Times: 2})
	m := next(r.reader, func() { r.Delete(r.post(r.reader, "<@"+r.bot.app.ID+"> who backs haftar?", "")) })
	r.quotes(m)

	// In a thread that is locked nobody can help, and nothing breaks.
	r.ArchiveThread(thread.Channel, true)
	if _, err := r.Post(r.soon(), thread, "who backs haftar?", ""); err == nil {
		t.Error("a member writes in a locked thread")
	}
}
