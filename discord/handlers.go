package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// Handlers are the functions that decide what to reply. They are pure: what
// comes in is an event, what goes out is a value, and only this package sends.
// A nil response from Message means silence.
type Handlers struct {
	// Interaction answers slash commands, components, modals and autocomplete.
	Interaction func(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse
	// Private reports, without searching, whether the response to i will be
	// ephemeral; Discord wants to know when a reply is deferred.
	Private func(i *discordgo.Interaction) bool
	// Message answers a message; self is the bot's own user id.
	Message func(ctx context.Context, m *discordgo.Message, self string) *discordgo.MessageSend
	// GuildDelete is told that the bot left a server, so that its settings go.
	GuildDelete func(guildID string)
}
