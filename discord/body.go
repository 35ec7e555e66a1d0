package discord

import (
	"github.com/bwmarrin/discordgo"
)

// body is a message as it is sent: as a reply, as the response to an
// interaction, as an edit or a followup. Every message takes its way through
// here, so nothing that the bot sends can ping anybody.
type body struct {
	Content         string                       `json:"content"`
	Embeds          []*discordgo.MessageEmbed    `json:"embeds"`
	Components      []discordgo.MessageComponent `json:"components"`
	AllowedMentions mentions                     `json:"allowed_mentions"`
	Flags           discordgo.MessageFlags       `json:"flags,omitempty"`
	Reference       *discordgo.MessageReference  `json:"message_reference,omitempty"`
	Nonce           string                       `json:"nonce,omitempty"`
	EnforceNonce    bool                         `json:"enforce_nonce,omitempty"`
}

// mentions allows none.
type mentions struct{}

func (mentions) MarshalJSON() ([]byte, error) {
	return []byte(`{"parse":[],"replied_user":false}`), nil
}

func newBody(content string, embeds []*discordgo.MessageEmbed, components []discordgo.MessageComponent, flags discordgo.MessageFlags) body {
	// An update clears what is sent empty and keeps what is left out: send all.
	if embeds == nil {
		embeds = []*discordgo.MessageEmbed{}
	}
	if components == nil {
		components = []discordgo.MessageComponent{}
	}
	return body{Content: content, Embeds: embeds, Components: components, Flags: flags}
}

// dataBody is the message in a response; d may be nil.
func dataBody(d *discordgo.InteractionResponseData) body {
	if d == nil {
		return newBody("", nil, nil, 0)
	}
	return newBody(d.Content, d.Embeds, d.Components, d.Flags)
}

// replyBody is a message that replies to m. Discord drops a second one with the
// same nonce, so a try whose answer was lost may be repeated.
func replyBody(s *discordgo.MessageSend, m *discordgo.Message) body {
	b := newBody(s.Content, s.Embeds, s.Components, s.Flags)
	mayBeGone := false
	b.Reference = &discordgo.MessageReference{MessageID: m.ID, ChannelID: m.ChannelID, FailIfNotExists: &mayBeGone}
	b.Nonce, b.EnforceNonce = m.ID, true
	return b
}

// callback is the body of a first response to an interaction.
type callback struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

type choiceData struct {
	Choices []*discordgo.ApplicationCommandOptionChoice `json:"choices"`
}

type modalData struct {
	CustomID   string                       `json:"custom_id"`
	Title      string                       `json:"title"`
	Components []discordgo.MessageComponent `json:"components"`
}

type flagData struct {
	Flags discordgo.MessageFlags `json:"flags"`
}

// newCallback writes a handler's response as it is sent.
func newCallback(r *discordgo.InteractionResponse) callback {
	c := callback{Type: r.Type}
	switch r.Type {
	case discordgo.InteractionApplicationCommandAutocompleteResult:
		data := choiceData{Choices: []*discordgo.ApplicationCommandOptionChoice{}}
		if r.Data != nil && r.Data.Choices != nil {
			data.Choices = r.Data.Choices
		}
		c.Data = data
	case discordgo.InteractionResponseModal:
		if d := r.Data; d != nil {
			c.Data = modalData{d.CustomID, d.Title, d.Components}
		}
	case discordgo.InteractionResponseDeferredMessageUpdate:
	default:
		c.Data = dataBody(r.Data)
	}
	return c
}

// private is a sentence that only the asker sees.
func private(words string) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Content: words, Flags: discordgo.MessageFlagsEphemeral},
	}
}

// noChoices is the answer to an autocomplete that came to nothing.
var noChoices = &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult}
