package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// Handlers are the functions that decide what to reply. They are pure: what
// comes in is an event, what goes out is a value, and only this package sends.
// They are called concurrently and should return soon after ctx ends. Only
// Interaction and Message must be set.
type Handlers struct {
	// Interaction answers slash commands, components, modals and autocomplete: by
	// a message (type 4), an update of the message that the component sits on (7),
	// nothing visible (6), choices (8) or a modal (9). It never defers; that is
	// done here. Nil means that it failed. Of a message the content, embeds,
	// components and flags are sent; files are not. An update (7) that leaves
	// nothing, without content, embeds and components, deletes the message that
	// the component sits on; whether the presser may is for the handler to say.
	Interaction func(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse
	// Private reports, without searching, whether the response to i will be
	// ephemeral; Discord wants to know when a reply is deferred. Nil: never.
	Private func(i *discordgo.Interaction) bool
	// Updates reports, without searching, whether the response to the component
	// or modal i will change or delete the message that it sits on (response
	// type 7) rather than be a new one; a deferral has to tell. Nil: never.
	Updates func(i *discordgo.Interaction) bool
	// Message answers a message; self is the bot's own user id. A nil reply
	// means silence. Messages of bots, webhooks and Discord itself never get here.
	Message func(ctx context.Context, m *discordgo.Message, self string) *discordgo.MessageSend
	// Denied is asked once a channel, until a reply succeeds there, what to tell
	// the author of m by direct message when Discord does not let the bot write
	// in m's channel; code is 50001 (no access) or 50013 (no permission).
	// Nil, as function or as reply: nothing.
	Denied func(m *discordgo.Message, code int) *discordgo.MessageSend
	// GuildDelete is told that the bot left a server, so that its settings go.
	GuildDelete func(guildID string)
	// Guilds names the servers of which something is kept. Those that Discord does
	// not list when a connection begins were left while the bot was offline, and
	// go to GuildDelete. Nil: none.
	Guilds func() []string
}
