package sandbox_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
	"footnote/sandbox/openapi"
)

// description loads Discord's OpenAPI file, which does not belong to the
// repository. Where the folder with it is there, CI wants the test to run.
func description(t *testing.T) *openapi.Checker {
	t.Helper()
	c, err := openapi.Load("../../shared/data/discord-openapi.json.gz")
	if err == nil {
		return c
	}
	if _, shared := os.Stat("../../shared"); shared == nil && os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	t.Skip("without Discord's OpenAPI file at ../../shared/data there is nothing to check against")
	return nil
}

// checkResponses checks what the stand-in answers, so that it is held to the
// same description as the bot.
type checkResponses struct {
	t     *testing.T
	c     *openapi.Checker
	inner http.RoundTripper
	seen  map[string]bool
}

func (c *checkResponses) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.inner.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(b))
	route := c.c.Route(strings.TrimPrefix(r.URL.Path, "/api/v9"))
	if err := c.c.Response(r.Method, route, resp.StatusCode, b); err != nil {
		c.t.Errorf("%s %s answers %d with what the description forbids: %v\n%s", r.Method, route, resp.StatusCode, err, b)
	}
	c.seen[r.Method+" "+route] = true
	return resp, err
}

func (c *checkResponses) CloseIdleConnections() {
	c.inner.(interface{ CloseIdleConnections() }).CloseIdleConnections()
}

// TestOpenAPI walks all routes with discordgo; the bodies of both sides are
// checked against Discord's own description.
func TestOpenAPI(t *testing.T) {
	check := description(t)
	s := start(t, sandbox.Options{Check: check.Request, Unlimited: true})
	interactions := make(chan *discordgo.Interaction, 10)
	d := connect(t, s, discordgo.IntentsGuilds, func(_ *discordgo.Session, i *discordgo.InteractionCreate) { interactions <- i.Interaction }, nil)
	answers := &checkResponses{t: t, c: check, inner: d.Client.Transport, seen: map[string]bool{}}
	d.Client = &http.Client{Transport: answers}
	by := s.As("reader", "general")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}

	manage := int64(discordgo.PermissionManageGuild)
	zero := 0.0
	names := map[discordgo.Locale]string{discordgo.German: "faehre"}
	cs := []*discordgo.ApplicationCommand{
		{Name: "ferry", Description: "When", NameLocalizations: &names, DescriptionLocalizations: &names, Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "island", Description: "Where to", NameLocalizations: names, Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "North Isle", Value: "north", NameLocalizations: names}}},
			{Type: discordgo.ApplicationCommandOptionInteger, Name: "hour", Description: "When", MinValue: &zero, MaxValue: 23},
			{Type: discordgo.ApplicationCommandOptionString, Name: "note", Description: "Why", Autocomplete: true},
			{Type: discordgo.ApplicationCommandOptionBoolean, Name: "back", Description: "There and back"},
		}},
		{Name: "bot", Description: "Settings", DefaultMemberPermissions: &manage, Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionSubCommand, Name: "status", Description: "What works"}}},
		{Name: "Check this claim", Type: discordgo.MessageApplicationCommand},
	}
	registered := register(t, d, s, cs...)
	app := registered[0].ApplicationID
	var guild string
	s.Update(func(w *sandbox.World) { guild = w.Guilds[0].ID })
	_, err := d.ApplicationCommandBulkOverwrite(app, guild, cs[:1])
	must(err)
	_, err = d.ApplicationCommands(app, guild)
	must(err)
	_, err = d.ApplicationCommands(app, "")
	must(err)
	extra, err := d.ApplicationCommandCreate(app, "", &discordgo.ApplicationCommand{Name: "tide", Description: "How high"})
	must(err)
	must(d.ApplicationCommandDelete(app, "", extra.ID))
	_, err = d.GatewayBot()
	must(err)
	_, err = d.User("@me")
	must(err)
	_, err = d.Application("@me")
	must(err)

	row := discordgo.ActionsRow{Components: []discordgo.MessageComponent{
		discordgo.Button{Label: "Next", CustomID: "next"}, discordgo.Button{Label: "Site", Style: discordgo.LinkButton, URL: "https://example.org/"},
	}}
	menu := discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{CustomID: "s", Options: []discordgo.SelectMenuOption{{Label: "A", Value: "a"}}}}}
	slash := func() *discordgo.Interaction {
		t.Helper()
		_, err := s.Slash(soon(t), by, "ferry", map[string]any{"island": "north"})
		must(err)
		return <-interactions
	}
	i := slash()
	must(d.InteractionRespond(i, say("hello", 0, row, menu)))
	original, err := d.InteractionResponse(i)
	must(err)
	_, err = d.InteractionResponseEdit(i, text("changed"))
	must(err)
	more, err := d.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "more", AllowedMentions: noMentions, Embeds: []*discordgo.MessageEmbed{{Title: "t", URL: "https://example.org/", Fields: []*discordgo.MessageEmbedField{{Name: "n", Value: "v"}}}}})
	must(err)
	_, err = d.FollowupMessageEdit(i, more.ID, text("changed"))
	must(err)
	_, err = d.WebhookMessage(app, i.Token, more.ID)
	must(err)
	must(d.FollowupMessageDelete(i, more.ID))
	_, err = s.Press(soon(t), by, original.ID, "next")
	must(err)
	press := <-interactions
	update := say("page 2", 0, row)
	update.Type = discordgo.InteractionResponseUpdateMessage
	must(d.InteractionRespond(press, update))
	must(d.InteractionResponseDelete(i))
	must(d.InteractionRespond(slash(), deferral(discordgo.MessageFlagsEphemeral)))
	must(d.InteractionRespond(slash(), &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{
		CustomID: "f", Title: "t", Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{CustomID: "q", Label: "l", Style: discordgo.TextInputShort}}}},
	}}))
	go func() { _, _ = s.Autocomplete(soon(t), by, "ferry", "note", nil) }()
	must(d.InteractionRespond(<-interactions, &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult, Data: &discordgo.InteractionResponseData{}}))

	id, err := s.Post(t.Context(), by, "hello", "")
	must(err)
	m, err := d.ChannelMessageSendComplex(by.Channel, &discordgo.MessageSend{Content: "<@" + by.User + ">", Reference: &discordgo.MessageReference{MessageID: id}, Components: []discordgo.MessageComponent{row},
		AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{"users"}}})
	must(err)
	content := "changed"
	_, err = d.ChannelMessageEditComplex(&discordgo.MessageEdit{ID: m.ID, Channel: m.ChannelID, Content: &content, AllowedMentions: noMentions})
	must(err)
	_, err = d.ChannelMessage(by.Channel, id)
	must(err)
	_, err = d.ChannelMessages(by.Channel, 10, "", "", "")
	must(err)
	_, err = d.Channel(by.Channel)
	must(err)
	_, err = d.UserChannelCreate(by.User)
	must(err)
	must(d.ChannelTyping(by.Channel))
	must(d.MessageReactionAdd(by.Channel, id, "👍"))
	must(d.MessageReactionRemove(by.Channel, id, "👍", "@me"))
	must(d.ChannelMessageDelete(by.Channel, m.ID))

	// Refusals have a description too.
	_ = d.InteractionRespond(i, say("again", 0))
	_, _ = d.ChannelMessageSend(by.Channel, "")
	_, _ = d.ChannelMessage(by.Channel, "1")
	s.FailREST(sandbox.RESTFault{Status: 429, RetryAfter: time.Millisecond})
	_ = d.ChannelTyping(by.Channel)
	for _, v := range s.Violations() {
		if v.Code == 0 && v.Reason != "allowed_mentions is missing" {
			t.Errorf("violation: %+v", v)
		}
	}
	if got := len(answers.seen); got < 24 {
		t.Errorf("only %d routes were walked: %v", got, answers.seen)
	}
}

// TestCheckIsAsked: what the description forbids is a violation even where the
// hand-written rules have nothing to say.
func TestCheckIsAsked(t *testing.T) {
	s := start(t, sandbox.Options{Check: description(t).Request})
	call(t, s, "POST", "/channels/"+s.As("reader", "general").Channel+"/messages", `{"content":"x","allowed_mentions":{"parse":[]},"tts":false,"nonce":[]}`)
	if vs := s.Violations(); len(vs) != 1 || !strings.HasPrefix(vs[0].Reason, "OpenAPI:") {
		t.Errorf("violations %+v, want one by the description", vs)
	}
}
