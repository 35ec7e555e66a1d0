package sandbox

import (
	"encoding/json"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// Response types that discordgo has no use for are refused as unknown.
var callbackTypes = map[discordgo.InteractionType][]discordgo.InteractionResponseType{
	discordgo.InteractionApplicationCommand: {
		discordgo.InteractionResponseChannelMessageWithSource, discordgo.InteractionResponseDeferredChannelMessageWithSource,
		discordgo.InteractionResponseModal,
	},
	discordgo.InteractionMessageComponent: {
		discordgo.InteractionResponseChannelMessageWithSource, discordgo.InteractionResponseDeferredChannelMessageWithSource,
		discordgo.InteractionResponseDeferredMessageUpdate, discordgo.InteractionResponseUpdateMessage,
		discordgo.InteractionResponseModal,
	},
	discordgo.InteractionApplicationCommandAutocomplete: {discordgo.InteractionApplicationCommandAutocompleteResult},
	discordgo.InteractionModalSubmit: {
		discordgo.InteractionResponseChannelMessageWithSource, discordgo.InteractionResponseDeferredChannelMessageWithSource,
		discordgo.InteractionResponseDeferredMessageUpdate, discordgo.InteractionResponseUpdateMessage,
	},
}

// postCallback takes the first response to an interaction.
func (s *Server) postCallback(q *request) (answer, *apiError) {
	i := s.interactions[q.PathValue("interaction_id")]
	switch {
	case i == nil || i.token != q.PathValue("interaction_token"):
		return answer{}, &apiError{status: 404, code: 10062, message: "Unknown interaction"}
	}
	if e := s.firstResponse(q, i); e != nil {
		return answer{}, e
	}
	if q.URL.Query().Get("with_response") == "true" {
		return answer{200, s.wireCallback(i)}, nil
	}
	return answer{status: 204}, nil
}

// firstResponse takes the first response to i in q's body, however it came.
func (s *Server) firstResponse(q *request, i *Interaction) *apiError {
	switch {
	case s.world.Channel(i.caller.Channel) == nil:
		return &apiError{status: 404, code: 10003, message: "Unknown Channel", excused: true}
	case i.acked:
		return &apiError{status: 400, code: 40060, message: "Interaction has already been acknowledged.", excused: i.excused}
	case s.now().Sub(i.created) > s.opts.AckWithin:
		return &apiError{status: 404, code: 10062, message: "Unknown interaction", excused: i.excused}
	}
	var r struct {
		Type discordgo.InteractionResponseType `json:"type"`
		Data json.RawMessage                   `json:"data"`
	}
	if json.Unmarshal(q.body, &r) != nil {
		return invalid("type", "NUMBER_TYPE_COERCE", "Value is not int.")
	}
	fits := slices.Contains(callbackTypes[i.kind], r.Type)
	if update := r.Type == discordgo.InteractionResponseUpdateMessage || r.Type == discordgo.InteractionResponseDeferredMessageUpdate; update && i.source == nil {
		fits = false // a form opened by a command has no message to update
	}
	if !fits {
		return invalid("type", "BASE_TYPE_CHOICES", "This response type does not fit the interaction.")
	}
	return s.respond(q, i, r.Type, r.Data)
}

// respond carries a first response out.
func (s *Server) respond(q *request, i *Interaction, t discordgo.InteractionResponseType, data json.RawMessage) *apiError {
	switch t {
	case discordgo.InteractionResponseChannelMessageWithSource:
		b, e := s.parseMessage(q, data, callbackMessage)
		if e != nil {
			return e
		}
		i.ack(t)
		i.private = b.flags()&discordgo.MessageFlagsEphemeral != 0
		i.original = s.reply(i, b, i.private)
		i.finish(Outcome{Message: i.original.snapshot()})
	case discordgo.InteractionResponseDeferredChannelMessageWithSource:
		b, e := s.parseMessage(q, data, deferral)
		if e != nil {
			return e
		}
		i.ack(t)
		i.private = b.flags()&discordgo.MessageFlagsEphemeral != 0
		i.loading = true
		i.original = s.reply(i, &messageBody{}, i.private)
	case discordgo.InteractionResponseDeferredMessageUpdate:
		i.ack(t)
		i.original, i.private = i.source, i.source.Private()
		if i.source.Deleted { // somebody was quicker: there is nothing left to change
			i.finish(Outcome{Deleted: true})
		}
	case discordgo.InteractionResponseUpdateMessage:
		if i.source.Deleted {
			return &apiError{status: 404, code: 10008, message: "Unknown Message", excused: true}
		}
		b, e := s.parseMessage(q, data, callbackUpdate)
		if e != nil {
			return e
		}
		if e := b.apply(i.source); e != nil {
			return e
		}
		i.ack(t)
		i.original, i.private = i.source, i.source.Private()
		s.edited(i.source)
		i.finish(Outcome{Message: i.source.snapshot(), Updated: true})
	case discordgo.InteractionApplicationCommandAutocompleteResult:
		choices, e := s.parseChoices(q, i, data)
		if e != nil {
			return e
		}
		i.ack(t)
		i.finish(Outcome{Choices: choices})
	case discordgo.InteractionResponseModal:
		m, e := s.parseModal(q, data)
		if e != nil {
			return e
		}
		i.ack(t)
		m.opened = i
		i.finish(Outcome{Modal: m})
		s.publish(Event{Kind: EventModal, Channel: i.caller.Channel, Viewer: i.caller.User, Modal: m})
	}
	return nil
}

// reply puts a message that answers an interaction into its channel.
func (s *Server) reply(i *Interaction, b *messageBody, private bool) *Message {
	m := s.newMessage(i.caller.Channel, s.world.Bot.ID)
	m.interaction = i
	switch i.kind {
	case discordgo.InteractionApplicationCommand:
		m.Type = discordgo.MessageTypeChatInputCommand
		if i.menu {
			m.Type = discordgo.MessageTypeContextMenuCommand
		}
	case discordgo.InteractionMessageComponent:
		m.ReplyTo, m.Type = i.source.ID, discordgo.MessageTypeReply
	}
	b.fill(m)
	m.Flags &^= discordgo.MessageFlagsEphemeral | discordgo.MessageFlagsLoading
	if private {
		m.Viewer = i.caller.User
		m.Flags |= discordgo.MessageFlagsEphemeral
	}
	if i.loading && i.original == nil {
		m.Flags |= discordgo.MessageFlagsLoading
	}
	s.ping(m, b.AllowedMentions, true)
	s.add(m)
	return m
}

// wireCallback is the answer to a callback with with_response=true.
func (s *Server) wireCallback(i *Interaction) object {
	in := object{"id": i.ID, "type": i.kind}
	o := object{"interaction": in}
	if m := i.original; m != nil {
		in["response_message_id"] = m.ID
		in["response_message_loading"] = m.Loading()
		in["response_message_ephemeral"] = m.Private()
		o["resource"] = object{"type": i.response, "message": s.wireMessage(m, false)}
	}
	return o
}

// holder returns the interaction whose token a webhook route carries.
func (s *Server) holder(q *request) (*Interaction, *apiError) {
	i := s.tokens[q.PathValue("webhook_token")]
	switch {
	case i == nil || q.PathValue("webhook_id") != s.world.App.ID:
		return nil, &apiError{status: 404, code: 10015, message: "Unknown Webhook"}
	case s.world.Channel(i.caller.Channel) == nil:
		return nil, &apiError{status: 404, code: 10003, message: "Unknown Channel", excused: true}
	case s.now().Sub(i.created) > s.opts.TokenFor:
		return nil, &apiError{status: 401, code: 50027, message: "Invalid Webhook Token"}
	}
	return i, nil
}

// target returns the message that a webhook route names: @original or a followup.
func (s *Server) target(q *request) (*Interaction, *Message, *apiError) {
	i, e := s.holder(q)
	if e != nil {
		return nil, nil, e
	}
	unknown := &apiError{status: 404, code: 10008, message: "Unknown Message", excused: i.excused}
	id := q.PathValue("message_id")
	if id == "" {
		if i.original == nil {
			return nil, nil, unknown
		}
		id = i.original.ID
	}
	m := s.messages[id]
	if m == nil || m.interaction != i && m != i.original {
		return nil, nil, unknown
	}
	if m.Deleted {
		unknown.excused = true
		return nil, nil, unknown
	}
	return i, m, nil
}

func (s *Server) getWebhookMessage(q *request) (answer, *apiError) {
	_, m, e := s.target(q)
	if e != nil {
		return answer{}, e
	}
	return answer{200, s.wireMessage(m, false)}, nil
}

func (s *Server) patchWebhookMessage(q *request) (answer, *apiError) {
	i, m, e := s.target(q)
	if e != nil {
		return answer{}, e
	}
	b, e := s.parseMessage(q, q.body, editMessage)
	if e != nil {
		return answer{}, e
	}
	if e := b.apply(m); e != nil {
		return answer{}, e
	}
	if m.Loading() {
		s.settle(i, m, b)
	} else {
		m.Edited = s.now()
		s.edited(m)
	}
	i.finish(Outcome{Message: m.snapshot(), Updated: m == i.source})
	return answer{200, s.wireMessage(m, false)}, nil
}

// settle ends the loading state of a deferred reply.
func (s *Server) settle(i *Interaction, m *Message, b *messageBody) {
	i.loading = false
	m.Flags &^= discordgo.MessageFlagsLoading
	s.ping(m, b.AllowedMentions, true)
	s.edited(m)
}

func (s *Server) deleteWebhookMessage(q *request) (answer, *apiError) {
	i, m, e := s.target(q)
	if e != nil {
		return answer{}, e
	}
	s.remove(m)
	i.loading = i.loading && m != i.original
	i.finish(Outcome{Deleted: true})
	return answer{status: 204}, nil
}

// postFollowup adds a message to an interaction; the first one after a deferral
// fills the loading message in.
func (s *Server) postFollowup(q *request) (answer, *apiError) {
	i, e := s.holder(q)
	if e != nil {
		return answer{}, e
	}
	if !i.acked {
		return answer{}, &apiError{status: 404, code: 10015, message: "Unknown Webhook", excused: i.excused}
	}
	b, e := s.parseMessage(q, q.body, followup)
	if e != nil {
		return answer{}, e
	}
	var m *Message
	if i.loading {
		m = i.original
		if e := b.apply(m); e != nil {
			return answer{}, e
		}
		s.settle(i, m, b)
	} else {
		m = s.reply(i, b, b.flags()&discordgo.MessageFlagsEphemeral != 0)
	}
	i.finish(Outcome{Message: m.snapshot()})
	return answer{200, s.wireMessage(m, false)}, nil
}
