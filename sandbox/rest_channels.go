package sandbox

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// reach returns the channel of a request if the bot may do there what it needs.
func (s *Server) reach(q *request, need int64) (*Channel, *apiError) {
	c := s.world.Channel(q.PathValue("channel_id"))
	if c == nil {
		return nil, &apiError{status: 404, code: 10003, message: "Unknown Channel", excused: true}
	}
	p := s.world.permissions(s.world.Bot.ID, c)
	if need&discordgo.PermissionSendMessages != 0 {
		need = need&^discordgo.PermissionSendMessages | c.writing()
	}
	switch {
	case p&discordgo.PermissionViewChannel == 0:
		return nil, &apiError{status: 403, code: 50001, message: "Missing Access", excused: true}
	case p&need != need:
		return nil, &apiError{status: 403, code: 50013, message: "Missing Permissions", excused: true}
	}
	return c, nil
}

// lookup returns a message of a channel that everybody sees.
func (s *Server) lookup(c *Channel, id string) (*Message, *apiError) {
	m := s.messages[id]
	if m == nil || m.Deleted || m.Channel != c.ID || m.Viewer != "" {
		return nil, &apiError{status: 404, code: 10008, message: "Unknown Message", excused: true}
	}
	return m, nil
}

func (s *Server) getChannel(q *request) (answer, *apiError) {
	c, e := s.reach(q, 0)
	if e != nil {
		return answer{}, e
	}
	return answer{200, s.wireChannel(c)}, nil
}

// getMessages answers with the newest messages first, as Discord does.
func (s *Server) getMessages(q *request) (answer, *apiError) {
	c, e := s.reach(q, discordgo.PermissionReadMessageHistory)
	if e != nil {
		return answer{}, e
	}
	limit := 50
	if v := q.URL.Query().Get("limit"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 100 {
			return answer{}, invalid("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
		}
		limit = n
	}
	before := q.URL.Query().Get("before")
	out := []object{}
	for _, id := range slices.Backward(s.history[c.ID]) {
		m := s.messages[id]
		if m.Deleted || m.Viewer != "" || before != "" && !older(id, before) {
			continue
		}
		if len(out) == limit {
			break
		}
		out = append(out, s.wireMessage(m, !s.world.Portal.MessageContent && !s.contentAnyway(m, c)))
	}
	return answer{200, out}, nil
}

// older compares two snowflakes.
func older(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }

func (s *Server) getMessage(q *request) (answer, *apiError) {
	c, e := s.reach(q, discordgo.PermissionReadMessageHistory)
	if e != nil {
		return answer{}, e
	}
	m, e := s.lookup(c, q.PathValue("message_id"))
	if e != nil {
		return answer{}, e
	}
	return answer{200, s.wireMessage(m, !s.world.Portal.MessageContent && !s.contentAnyway(m, c))}, nil
}

func (s *Server) postMessage(q *request) (answer, *apiError) {
	c, e := s.reach(q, discordgo.PermissionSendMessages)
	if e != nil {
		return answer{}, e
	}
	if e := s.unarchive(c, s.world.Bot.ID); e != nil {
		return answer{}, e
	}
	b, e := s.parseMessage(q, q.body, sendMessage)
	if e != nil {
		return answer{}, e
	}
	if m := s.twin(c, b); m != nil {
		return answer{200, s.wireMessage(m, false)}, nil
	}
	m := s.newMessage(c.ID, s.world.Bot.ID)
	m.nonce = b.nonce()
	if ref := b.Reference; ref != nil {
		// First the permission: whether the message is there is not to be learnt without.
		if s.world.permissions(s.world.Bot.ID, c)&discordgo.PermissionReadMessageHistory == 0 {
			return answer{}, &apiError{status: 403, code: 160002, message: "Cannot reply without permission to read message history", excused: true}
		}
		target, e := s.lookup(c, ref.MessageID)
		switch {
		case e == nil:
			m.ReplyTo, m.Type = target.ID, discordgo.MessageTypeReply
		case ref.FailIfNotExists == nil || *ref.FailIfNotExists:
			bad := invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
			bad.excused = s.messages[ref.MessageID] != nil // somebody deleted it
			return answer{}, bad
		}
	}
	b.fill(m)
	s.ping(m, b.AllowedMentions, false)
	s.add(m)
	return answer{200, s.wireMessage(m, false)}, nil
}

// nonceFor is how long an enforced nonce is remembered; Discord says "the past
// few minutes".
const nonceFor = 5 * time.Minute

// twin returns the bot's message with the enforced nonce of b, or nil: Discord
// returns it in place of a second one.
func (s *Server) twin(c *Channel, b *messageBody) *Message {
	if !b.EnforceNonce || b.nonce() == "" {
		return nil
	}
	for _, id := range slices.Backward(s.history[c.ID]) {
		m := s.messages[id]
		if s.now().Sub(m.Created) > nonceFor {
			return nil
		}
		if m.nonce == b.nonce() && m.Author == s.world.Bot.ID {
			return m
		}
	}
	return nil
}

func (s *Server) patchMessage(q *request) (answer, *apiError) {
	m, e := s.own(q)
	if e != nil {
		return answer{}, e
	}
	if c := s.world.Channel(m.Channel); c.Archived {
		return answer{}, &apiError{status: 400, code: 50083, message: "Thread is archived", excused: true}
	}
	b, e := s.parseMessage(q, q.body, editMessage)
	if e != nil {
		return answer{}, e
	}
	if e := b.apply(m); e != nil {
		return answer{}, e
	}
	m.Edited = s.now()
	s.edited(m)
	return answer{200, s.wireMessage(m, false)}, nil
}

// own returns the message of a request if the bot wrote it.
func (s *Server) own(q *request) (*Message, *apiError) {
	c, e := s.reach(q, 0)
	if e != nil {
		return nil, e
	}
	m, e := s.lookup(c, q.PathValue("message_id"))
	if e != nil {
		return nil, e
	}
	if m.Author != s.world.Bot.ID {
		return nil, &apiError{status: 403, code: 50005, message: "Cannot edit a message authored by another user"}
	}
	return m, nil
}

func (s *Server) deleteMessage(q *request) (answer, *apiError) {
	c, e := s.reach(q, 0)
	if e != nil {
		return answer{}, e
	}
	m, e := s.lookup(c, q.PathValue("message_id"))
	if e != nil {
		return answer{}, e
	}
	if m.Author != s.world.Bot.ID && (c.Guild == "" || s.world.permissions(s.world.Bot.ID, c)&discordgo.PermissionManageMessages == 0) {
		return answer{}, &apiError{status: 403, code: 50013, message: "Missing Permissions", excused: true}
	}
	s.remove(m)
	return answer{status: 204}, nil
}

func (s *Server) postTyping(q *request) (answer, *apiError) {
	c, e := s.reach(q, discordgo.PermissionSendMessages)
	if e != nil {
		return answer{}, e
	}
	s.publish(Event{Kind: EventTyping, Channel: c.ID})
	return answer{status: 204}, nil
}

// postDM opens the direct message with a user.
func (s *Server) postDM(q *request) (answer, *apiError) {
	var b struct {
		Recipient string `json:"recipient_id"`
	}
	if json.Unmarshal(q.body, &b) != nil || b.Recipient == "" {
		return answer{}, invalid("recipient_id", "BASE_TYPE_REQUIRED", "This field is required")
	}
	for _, c := range s.world.DMs {
		if c.User == b.Recipient {
			return answer{200, s.wireChannel(c)}, nil
		}
	}
	return answer{}, &apiError{status: 403, code: 50007, message: "Cannot send messages to this user", excused: true}
}

func (s *Server) putReaction(q *request) (answer, *apiError) {
	m, emoji, e := s.reaction(q, discordgo.PermissionAddReactions|discordgo.PermissionReadMessageHistory)
	if e != nil {
		return answer{}, e
	}
	if !slices.Contains(m.Reactions, emoji) {
		m.Reactions = append(slices.Clip(m.Reactions), emoji)
		s.publish(Event{Kind: EventEdit, Channel: m.Channel, Message: m.snapshot()})
		s.notify()
	}
	return answer{status: 204}, nil
}

func (s *Server) deleteReaction(q *request) (answer, *apiError) {
	m, emoji, e := s.reaction(q, 0)
	if e != nil {
		return answer{}, e
	}
	m.Reactions = slices.DeleteFunc(slices.Clone(m.Reactions), func(r string) bool { return r == emoji })
	s.publish(Event{Kind: EventEdit, Channel: m.Channel, Message: m.snapshot()})
	s.notify()
	return answer{status: 204}, nil
}

func (s *Server) reaction(q *request, need int64) (*Message, string, *apiError) {
	c, e := s.reach(q, need)
	if e != nil {
		return nil, "", e
	}
	m, e := s.lookup(c, q.PathValue("message_id"))
	if e != nil {
		return nil, "", e
	}
	emoji, err := url.PathUnescape(q.PathValue("emoji_name"))
	if err != nil || emoji == "" {
		return nil, "", &apiError{status: 400, code: 10014, message: "Unknown Emoji"}
	}
	return m, emoji, nil
}
