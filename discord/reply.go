package discord

import (
	"context"
	"errors"
	"time"

	"github.com/bwmarrin/discordgo"
)

// replyWithin is how long a reply to a message is tried.
const replyWithin = time.Minute

// message lets the handler answer one message.
func (b *Bot) message(work context.Context, m *discordgo.Message, self string) {
	start := time.Now()
	reply, panicked := b.askMessage(work, m, self)
	outcome := outcomeAnswered
	if panicked && addressed(m, self) {
		outcome = outcomeFailed
		reply = &discordgo.MessageSend{Content: b.opt.Words().Failed}
	}
	if reply == nil {
		b.metrics.count("message", outcomeSilent)
		return
	}
	ctx, cancel := context.WithTimeout(work, replyWithin)
	defer cancel()
	message := replyBody(reply, m)
	err := b.post(ctx, m.ChannelID, message)
	if refersInVain(err) {
		b.log.Debug("a reply goes out without what it replies to", "channel", m.ChannelID, "err", b.rest.scrub(err))
		message.Reference = nil
		err = b.post(ctx, m.ChannelID, message)
	}
	log := b.log.With("total_ms", time.Since(start).Milliseconds())
	if err == nil {
		b.denied.Delete(m.ChannelID)
		b.metrics.count("message", outcome)
		log.Info("message", "outcome", outcome)
		return
	}
	b.metrics.count("message", outcomeLost)
	log.Warn("message", "outcome", outcomeLost, "channel", m.ChannelID, "err", b.rest.scrub(err))
	b.tellDenied(ctx, m, err)
}

func (b *Bot) askMessage(work context.Context, m *discordgo.Message, self string) (reply *discordgo.MessageSend, panicked bool) {
	ctx, cancel := context.WithTimeout(work, b.opt.HandlerTimeout)
	defer cancel()
	defer b.caught("Message", func() { reply, panicked = nil, true })
	return b.opt.Handlers.Message(ctx, m, self), false
}

// addressed reports whether m was meant for the bot, so that silence would puzzle.
func addressed(m *discordgo.Message, self string) bool {
	if m.GuildID == "" {
		return true
	}
	for _, u := range m.Mentions {
		if u.ID == self {
			return true
		}
	}
	return m.ReferencedMessage != nil && m.ReferencedMessage.Author != nil && m.ReferencedMessage.Author.ID == self
}

// post sends a message to a channel.
func (b *Bot) post(ctx context.Context, channel string, message body) error {
	url := discordgo.EndpointChannelMessages(channel)
	_, err := b.rest.do(ctx, request{route: "POST /channels/…/messages", url: url, bucket: url, body: message}, nil)
	return err
}

// refersInVain reports whether Discord may take a message once it does not refer
// to another: the bot lacks Read Message History there, what it replies to is
// gone, or the message is called malformed, which the reference may be the reason of.
func refersInVain(err error) bool {
	return hasCode(err, codeNoHistory) || hasCode(err, codeNoMessage) || isMalformed(err)
}

// tellDenied writes to the asker where the bot may not write in the channel:
// once, until a reply gets through there again.
func (b *Bot) tellDenied(ctx context.Context, m *discordgo.Message, err error) {
	var api *APIError
	if !errors.As(err, &api) || (api.Code != codeNoAccess && api.Code != codeNoPermission) || b.opt.Handlers.Denied == nil {
		return
	}
	if _, told := b.denied.LoadOrStore(m.ChannelID, struct{}{}); told {
		return
	}
	reply := b.opt.Handlers.Denied(m, api.Code)
	if reply == nil {
		return
	}
	var dm struct {
		ID string `json:"id"`
	}
	url := discordgo.EndpointUserChannels("@me")
	_, err = b.rest.do(ctx, request{
		route:  "POST /users/@me/channels",
		url:    url,
		bucket: url,
		body:   map[string]string{"recipient_id": m.Author.ID},
	}, &dm)
	if err == nil {
		err = b.post(ctx, dm.ID, newBody(reply.Content, reply.Embeds, reply.Components, reply.Flags))
	}
	if err != nil {
		b.log.Warn("could not tell the asker that the bot may not write there", "err", b.rest.scrub(err))
	}
}
