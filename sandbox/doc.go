// Package sandbox is a stand-in for Discord inside the process: a gateway over
// a websocket and the REST routes a bot uses, on the loopback interface, with a
// small world (one server, two channels, a direct message, two people) and a Go
// API that plays the people in it. Tests use it as they use httptest, and
// `bot -sandbox` puts a person in front of it; either way the bot runs a real
// discordgo session and cannot tell the difference.
//
// Start with New, hand Server.Token and Server.Client to a discordgo session,
// then act as a person: Server.Slash, Server.Line, Server.Press, Server.Post,
// and wait with Interaction.Outcome or Server.WaitReply. It is as strict as
// Discord: what Discord would refuse is refused with Discord's error code, and
// Server.Violations lists it, together with what Discord would let pass but a
// careful bot must not do, such as a message that leaves out allowed_mentions.
// Server.Break and Server.FailREST script faults; Server.SetEndpoint has
// interactions delivered by HTTP, as Discord does on wish.
//
// It knows nothing of articles, does not keep anything on disk, has no voice, no
// threads, no files and no roles beyond what a mention needs, and does not
// render messages except as plain text (PlainText, Terminal).
package sandbox
