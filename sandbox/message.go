package sandbox

import (
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Message is a message as a channel holds it. What the API returns are copies.
type Message struct {
	ID, Channel string
	Author      string // a user's id
	Type        discordgo.MessageType
	Content     string
	Embeds      []*discordgo.MessageEmbed
	Components  []Component
	Flags       discordgo.MessageFlags
	ReplyTo     string // the id of the message replied to, or ""
	Viewer      string // the only user who sees it, or "" if everybody does
	Interaction string // the id of the interaction it answers, or ""
	Created     time.Time
	Edited      time.Time // zero if never
	Deleted     bool
	Reactions   []string // emoji that the bot put under it

	Mentions        []string // users pinged
	MentionRoles    []string // roles pinged
	MentionEveryone bool

	interaction *Interaction
	nonce       string
}

// Loading reports whether the bot deferred this reply and has not filled it in.
func (m *Message) Loading() bool { return m.Flags&discordgo.MessageFlagsLoading != 0 }

// Private reports whether only one person sees the message.
func (m *Message) Private() bool { return m.Viewer != "" }

// Buttons returns the message's buttons in order, links and disabled ones too.
func (m *Message) Buttons() []Component {
	var bs []Component
	walk(m.Components, func(c *Component) {
		if c.Type == discordgo.ButtonComponent {
			bs = append(bs, *c)
		}
	})
	return bs
}

// Selects returns the message's select menus in order.
func (m *Message) Selects() []Component {
	var ss []Component
	walk(m.Components, func(c *Component) {
		if isSelect(c.Type) {
			ss = append(ss, *c)
		}
	})
	return ss
}

// Button returns the button with this custom id or, failing that, this label, or nil.
func (m *Message) Button(key string) *Component {
	bs := m.Buttons()
	for _, by := range []func(Component) string{func(c Component) string { return c.CustomID }, func(c Component) string { return c.Label }} {
		if n := slices.IndexFunc(bs, func(c Component) bool { return by(c) == key }); n >= 0 {
			return &bs[n]
		}
	}
	return nil
}

func (m *Message) snapshot() *Message {
	c := *m
	return &c
}

// Messages returns what a viewer sees in a channel, oldest first: deleted
// messages are gone, private ones are there for their viewer only. The viewer ""
// sees what everybody sees.
func (s *Server) Messages(channel, viewer string) []*Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ms []*Message
	for _, id := range s.history[channel] {
		if m := s.messages[id]; m != nil && m.visible(viewer) {
			ms = append(ms, m.snapshot())
		}
	}
	return ms
}

func (m *Message) visible(viewer string) bool {
	return !m.Deleted && (m.Viewer == "" || m.Viewer == viewer)
}

// Message returns a message by id, deleted ones too, or nil.
func (s *Server) Message(id string) *Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.messages[id]; m != nil {
		return m.snapshot()
	}
	return nil
}

// newMessage begins a message; add puts it into its channel. s.mu is held.
func (s *Server) newMessage(channel, author string) *Message {
	now := s.now()
	return &Message{ID: s.ids.next(now), Channel: channel, Author: author, Created: now}
}

// add puts a message into its channel and tells gateway and subscribers; s.mu is held.
func (s *Server) add(m *Message) {
	if i := m.interaction; i != nil {
		m.Interaction = i.ID
		i.replies = append(i.replies, m.ID)
	}
	complete(m.Components)
	s.messages[m.ID] = m
	s.history[m.Channel] = append(s.history[m.Channel], m.ID)
	s.tell("MESSAGE_CREATE", m)
	s.publish(Event{Kind: EventMessage, Channel: m.Channel, Viewer: m.Viewer, Message: m.snapshot()})
	s.notify()
}

// edited tells that a message changed; s.mu is held.
func (s *Server) edited(m *Message) {
	complete(m.Components)
	s.tell("MESSAGE_UPDATE", m)
	s.publish(Event{Kind: EventEdit, Channel: m.Channel, Viewer: m.Viewer, Message: m.snapshot()})
	s.notify()
}

// remove deletes a message, and with it what was still to come of buttons
// pressed on it; s.mu is held.
func (s *Server) remove(m *Message) {
	m.Deleted = true
	for _, i := range s.interactions {
		if i.original == m {
			i.finish(Outcome{Deleted: true})
		}
	}
	if m.Viewer == "" {
		c := s.world.Channel(m.Channel)
		d := object{"id": m.ID, "channel_id": m.Channel}
		if c.Guild != "" {
			d["guild_id"] = c.Guild
		}
		s.dispatch("MESSAGE_DELETE", s.messageRoute(c), d)
	}
	s.publish(Event{Kind: EventDelete, Channel: m.Channel, Viewer: m.Viewer, Message: m.snapshot()})
	s.notify()
}

// Delete removes a message, as its author or a moderator does. It does nothing
// where there is none.
func (s *Server) Delete(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.messages[id]; m != nil && !m.Deleted {
		s.remove(m)
	}
}

func (s *Server) messageRoute(c *Channel) func(*session) bool {
	intent := discordgo.IntentGuildMessages
	if c.Guild == "" {
		intent = discordgo.IntentDirectMessages
	}
	return s.guildRoute(c.Guild, intent)
}

// tell dispatches a message event to the sessions that may see it. Private
// messages are not dispatched.
func (s *Server) tell(t string, m *Message) {
	c := s.world.Channel(m.Channel)
	if m.Viewer != "" || c == nil || s.world.permissions(s.world.Bot.ID, c)&discordgo.PermissionViewChannel == 0 {
		return
	}
	s.dispatch(t, func(x *session) bool {
		return s.messageRoute(c)(x) && x.intents&discordgo.IntentMessageContent != 0
	}, s.wireEvent(m, c, false))
	s.dispatch(t, func(x *session) bool {
		return s.messageRoute(c)(x) && x.intents&discordgo.IntentMessageContent == 0
	}, s.wireEvent(m, c, !s.contentAnyway(m, c)))
}

// contentAnyway reports whether a bot without the message-content intent gets
// the content nevertheless.
func (s *Server) contentAnyway(m *Message, c *Channel) bool {
	bot := s.world.Bot.ID
	if c.Guild == "" || m.Author == bot || strings.Contains(m.Content, "<@"+bot+">") || strings.Contains(m.Content, "<@!"+bot+">") {
		return true
	}
	ref := s.messages[m.ReplyTo]
	return ref != nil && ref.Author == bot && ref.interaction == nil && slices.Contains(m.Mentions, bot)
}

// wireEvent is a message as the gateway carries it: with server and member.
func (s *Server) wireEvent(m *Message, c *Channel, stripped bool) object {
	o := s.wireMessage(m, stripped)
	if c.Guild != "" {
		o["guild_id"] = c.Guild
		if mem := s.world.Guild(c.Guild).Member(m.Author); mem != nil && m.interaction == nil {
			o["member"] = wireMember(mem)
		}
	}
	return o
}
