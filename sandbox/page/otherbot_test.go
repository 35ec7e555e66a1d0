package page

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// The page shows what bots may do, not only what Footnote does today: this one
// takes its time, offers selects and asks for long texts.
func TestOtherBot(t *testing.T) {
	s, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	d, err := discordgo.New("Bot " + s.Token())
	if err != nil {
		t.Fatal(err)
	}
	d.Client, d.Dialer = s.Client(), s.Dialer()
	goOn := make(chan struct{})
	noMentions := &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
	respond := func(i *discordgo.InteractionCreate, kind discordgo.InteractionResponseType, data *discordgo.InteractionResponseData) {
		if data != nil && kind != discordgo.InteractionResponseModal {
			data.AllowedMentions = noMentions
		}
		if err := d.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: kind, Data: data}); err != nil {
			t.Error(err)
		}
	}
	row := func(c discordgo.MessageComponent) []discordgo.MessageComponent {
		return []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{c}}}
	}
	d.AddHandler(func(d *discordgo.Session, i *discordgo.InteractionCreate) {
		switch i.Type {
		case discordgo.InteractionApplicationCommand:
			respond(i, discordgo.InteractionResponseDeferredChannelMessageWithSource, nil)
			if err := d.ChannelTyping(i.ChannelID); err != nil {
				t.Error(err)
			}
			<-goOn
			content := "Which colour?"
			rows := row(discordgo.SelectMenu{CustomID: "colour", Placeholder: "Colours", Options: []discordgo.SelectMenuOption{{Label: "Red", Value: "r"}, {Label: "Blue", Value: "b", Description: "as the sea"}}})
			if _, err := d.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{Content: &content, Components: &rows, AllowedMentions: noMentions}); err != nil {
				t.Error(err)
			}
		case discordgo.InteractionMessageComponent:
			respond(i, discordgo.InteractionResponseModal, &discordgo.InteractionResponseData{CustomID: "why", Title: "Why " + i.MessageComponentData().Values[0] + "?", Components: append(
				row(discordgo.TextInput{CustomID: "reason", Label: "Your reason", Style: discordgo.TextInputParagraph, Required: true, MaxLength: 100}),
				row(discordgo.TextInput{CustomID: "more", Label: "Anything else", Style: discordgo.TextInputShort})...,
			)})
		case discordgo.InteractionModalSubmit:
			text := i.ModalSubmitData().Components[0].(*discordgo.ActionsRow).Components[0].(*discordgo.TextInput).Value
			respond(i, discordgo.InteractionResponseChannelMessageWithSource, &discordgo.InteractionResponseData{Content: "# Noted\n||" + text + "||"})
		}
	})
	if err := d.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	var app string
	s.Update(func(w *sandbox.World) { app = w.App.ID })
	if _, err := d.ApplicationCommandCreate(app, "", &discordgo.ApplicationCommand{Name: "colour", Description: "Choose a colour"}); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(New(s, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {}), func() Info { return Info{} }))
	t.Cleanup(func() {
		srv.CloseClientConnections()
		srv.Close()
	})

	b := open(t, srv.URL, wide)
	b.click(`document.getElementById("write")`)
	b.keys("/col\r")
	b.wait(`document.activeElement.innerText === "/colour"`) // no options: Enter sends
	b.keys("\r")
	b.wait(`document.querySelector(".thinking")`)
	b.holds(last+`.innerText`, "Bot is thinking…")
	b.wait(`document.getElementById("typing").innerText === "Bot is typing…"`)
	b.picture("thinking")
	close(goOn)
	b.wait(answer)
	b.is(`document.getElementById("typing").innerText`, "")
	b.accessible()
	b.click(answer + `.querySelector("select")`)
	b.keys("B\r")
	b.wait(`document.querySelector("dialog[open]")`)
	b.is(`document.getElementById("form-title").innerText`, "Why b?")
	b.is(`document.activeElement.tagName`, "TEXTAREA")
	b.keys("it is calm")
	b.picture("long-form")
	b.accessible()
	b.click(button("Submit"))
	b.wait(answer + `.querySelector(".heading")`)
	b.is(`getComputedStyle(`+answer+`.querySelector(".spoiler")).color`, "rgba(0, 0, 0, 0)")
	b.click(answer + `.querySelector(".spoiler")`)
	b.wait(answer + `.querySelector(".spoiler.open")`)
	b.picture("spoiler")
	for _, v := range s.Violations() {
		t.Errorf("the bot broke a rule: %s %s: %s", v.Method, v.Route, v.Reason)
	}
}
