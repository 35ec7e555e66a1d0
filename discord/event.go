package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/bwmarrin/discordgo"
)

// event takes one event of the gateway. It never waits: what takes time goes on
// in a goroutine of its own, bounded by the slots.
func (b *Bot) event(work context.Context, kind string, raw json.RawMessage) {
	received := time.Now()
	switch kind {
	case "INTERACTION_CREATE":
		b.interact(work, raw, received)
	case "MESSAGE_CREATE":
		b.messageEvent(work, raw)
	case "GUILD_CREATE":
		b.guildEvent(false, raw)
		b.threadEvent(kind, raw)
	case "GUILD_DELETE":
		b.guildEvent(true, raw)
	case "THREAD_CREATE", "THREAD_UPDATE", "THREAD_LIST_SYNC", "THREAD_DELETE", "CHANNEL_DELETE":
		b.threadEvent(kind, raw)
	}
}

// interact answers the interaction in raw, which came at received, in the
// background: within three seconds of received there is a response or, where
// Discord did not take one, a line in the log. work bounds the handler. False
// means that it was dropped: the bot is closing, or even the room to say that it
// is busy is full.
func (b *Bot) interact(work context.Context, raw json.RawMessage, received time.Time) bool {
	run := b.interaction
	room := b.slots
	if !b.begin() {
		b.metrics.count("interaction", outcomeDropped)
		return false
	}
	select {
	case b.slots <- struct{}{}:
	default:
		select {
		case b.waiting <- struct{}{}:
			run, room = b.busy, b.waiting
		default:
			b.log.Error("interaction dropped: even the room to say that the bot is busy is full")
			b.metrics.count("interaction", outcomeDropped)
			b.inflight.Done()
			return false
		}
	}
	go func() {
		defer b.inflight.Done()
		defer func() { <-room }()
		defer b.caught("interaction", nil)
		run(work, raw, received)
	}()
	return true
}

// messageEvent answers a message in the background. Unlike an interaction it
// may wait for a slot, since no deadline runs.
func (b *Bot) messageEvent(work context.Context, raw json.RawMessage) {
	m, err := decodeMessage(raw)
	if err != nil {
		b.log.Warn("message not understood", "err", err)
		return
	}
	self := b.userID()
	if m.Author.Bot || m.WebhookID != "" || m.Author.ID == self {
		return
	}
	if m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply {
		return // "… pinned a message", "… joined"
	}
	if !b.begin() {
		return
	}
	select {
	case b.waiting <- struct{}{}:
	default:
		b.log.Warn("message dropped: every worker is taken and the queue is full")
		b.metrics.count("message", outcomeDropped)
		b.inflight.Done()
		return
	}
	go func() {
		defer b.inflight.Done()
		select {
		case b.slots <- struct{}{}:
			<-b.waiting
		case <-work.Done():
			<-b.waiting
			return
		}
		defer func() { <-b.slots }()
		defer b.caught("message", nil)
		b.message(work, m, self)
	}()
}

// guildEvent keeps the list of servers. A server that is merely out of order
// comes as deleted too, but marked.
func (b *Bot) guildEvent(gone bool, raw json.RawMessage) {
	var g struct {
		ID          string `json:"id"`
		Unavailable bool   `json:"unavailable"`
	}
	if err := json.Unmarshal(raw, &g); err != nil || g.ID == "" || g.Unavailable {
		return
	}
	b.mu.Lock()
	if gone {
		delete(b.guilds, g.ID)
		delete(b.parents, g.ID)
	} else {
		b.guilds[g.ID] = true
	}
	b.mu.Unlock()
	if gone {
		b.left(g.ID)
	}
}

// left tells the handlers, in the background, that the bot left a server.
func (b *Bot) left(guild string) {
	if b.opt.Handlers.GuildDelete == nil || !b.begin() {
		return
	}
	go func() {
		defer b.inflight.Done()
		defer b.caught("GuildDelete", nil)
		b.opt.Handlers.GuildDelete(guild)
	}()
}

// in reports whether the bot is in a server.
func (b *Bot) in(guild string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.guilds[guild]
}

func (b *Bot) userID() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.self
}

// caught, deferred, turns a panic of what into a line in the log and a call of
// then. The value of a panic may quote the question, so only those of the
// runtime are logged in full.
func (b *Bot) caught(what string, then func()) {
	p := recover()
	if p == nil {
		return
	}
	say := fmt.Sprintf("a panic of type %T", p)
	if e, ok := p.(runtime.Error); ok {
		say = e.Error()
	}
	b.log.Error("handler panicked", "in", what, "panic", say, "stack", string(debug.Stack()))
	b.log.Debug("handler panicked", "in", what, "value", fmt.Sprint(p))
	if then != nil {
		then()
	}
}
