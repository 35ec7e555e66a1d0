package sandbox_test

import (
	"context"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/internal/testlog"
	"footnote/sandbox"
)

// start runs a stand-in that is closed with the test.
func start(t *testing.T, opts sandbox.Options) *sandbox.Server {
	t.Helper()
	opts.Logger = testlog.New(t.Output())
	s, err := sandbox.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// rest returns a session that is good for REST calls and is not connected.
func rest(t *testing.T, s *sandbox.Server) *discordgo.Session {
	t.Helper()
	d, err := discordgo.New("Bot " + s.Token())
	if err != nil {
		t.Fatal(err)
	}
	d.Client = s.Client()
	d.Dialer = s.Dialer()
	d.ShouldReconnectOnError = false
	d.ShouldRetryOnRateLimit = false
	d.StateEnabled = false
	t.Cleanup(d.Client.CloseIdleConnections)
	return d
}

// connect returns a session that is connected and hands its interactions and
// messages to the functions given, which may be nil.
func connect(t *testing.T, s *sandbox.Server, intents discordgo.Intent, onInteraction func(*discordgo.Session, *discordgo.InteractionCreate), onMessage func(*discordgo.Session, *discordgo.MessageCreate)) *discordgo.Session {
	t.Helper()
	d := rest(t, s)
	d.Identify.Intents = intents
	if onInteraction != nil {
		d.AddHandler(onInteraction)
	}
	if onMessage != nil {
		d.AddHandler(onMessage)
	}
	if err := d.Open(); err != nil {
		t.Fatalf("connect: %v", err)
	}
	t.Cleanup(func() { s.Close() })
	return d
}

// soon is a context that ends when a test has waited long enough.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// noMentions is what every message of a careful bot carries.
var noMentions = &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}

// say answers an interaction with a text.
func say(text string, flags discordgo.MessageFlags, rows ...discordgo.MessageComponent) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Content: text, Flags: flags, AllowedMentions: noMentions, Components: rows},
	}
}

// register replaces the global commands.
func register(t *testing.T, d *discordgo.Session, s *sandbox.Server, cs ...*discordgo.ApplicationCommand) []*discordgo.ApplicationCommand {
	t.Helper()
	var app string
	s.Update(func(w *sandbox.World) { app = w.App.ID })
	out, err := d.ApplicationCommandBulkOverwrite(app, "", cs)
	if err != nil {
		t.Fatalf("register: %v", err)
	}
	return out
}

// clean fails the test if the bot broke a rule.
func clean(t *testing.T, s *sandbox.Server) {
	t.Helper()
	for _, v := range s.Violations() {
		t.Errorf("violation: %s %s %d: %s\n%s", v.Method, v.Route, v.Code, v.Reason, v.Body)
	}
}
