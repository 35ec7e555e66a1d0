package sandbox_test

import (
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// TestRound talks to a small bot as a person would: a command, its button, a
// form, a message and a reply.
func TestRound(t *testing.T) {
	s := start(t, sandbox.Options{})
	button := discordgo.ActionsRow{Components: []discordgo.MessageComponent{
		discordgo.Button{Label: "When does it run?", CustomID: "v1|when"},
		discordgo.Button{Label: "Ask on", CustomID: "v1|ask"},
	}}
	d := connect(t, s, discordgo.IntentsGuilds|discordgo.IntentsGuildMessages|discordgo.IntentsMessageContent,
		func(d *discordgo.Session, i *discordgo.InteractionCreate) {
			var r *discordgo.InteractionResponse
			switch i.Type {
			case discordgo.InteractionApplicationCommand:
				r = say("The ferry *runs*: "+i.ApplicationCommandData().Options[0].StringValue(), 0, button)
			case discordgo.InteractionMessageComponent:
				r = say("At noon.", discordgo.MessageFlagsEphemeral)
				if i.MessageComponentData().CustomID == "v1|ask" {
					r = &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{
						CustomID: "v1|form", Title: "Ask on", Components: []discordgo.MessageComponent{
							discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{CustomID: "q", Label: "Question", Style: discordgo.TextInputShort, Required: true}}},
						},
					}}
				}
			case discordgo.InteractionModalSubmit:
				row := i.ModalSubmitData().Components[0].(*discordgo.ActionsRow)
				r = say("You asked: "+row.Components[0].(*discordgo.TextInput).Value, 0)
			}
			if err := d.InteractionRespond(i.Interaction, r); err != nil {
				t.Errorf("respond: %v", err)
			}
		},
		func(d *discordgo.Session, m *discordgo.MessageCreate) {
			if m.Author.Bot {
				return
			}
			_, err := d.ChannelMessageSendComplex(m.ChannelID, &discordgo.MessageSend{Content: "heard: " + m.Content, Reference: m.Reference(), AllowedMentions: noMentions})
			if err != nil {
				t.Errorf("send: %v", err)
			}
		})
	register(t, d, s, &discordgo.ApplicationCommand{Name: "ferry", Description: "When the ferry runs", Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "island", Description: "Where to", Required: true,
			Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "North Isle", Value: "north"}}},
	}})
	ctx := soon(t)
	reader := s.As("reader", "general")

	i, err := s.Slash(ctx, reader, "ferry", map[string]any{"island": "North Isle"})
	if err != nil {
		t.Fatal(err)
	}
	o, err := i.Outcome(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := o.Message.Content, "The ferry *runs*: north"; got != want {
		t.Errorf("reply is %q, want %q", got, want)
	}

	i, err = s.Press(ctx, s.As("moderator", "general"), o.Message.ID, "v1|when")
	if err != nil {
		t.Fatal(err)
	}
	private, err := i.Outcome(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !private.Message.Private() {
		t.Error("the answer to the button is not private")
	}
	if got := len(s.Messages(reader.Channel, reader.User)); got != 1 {
		t.Errorf("the reader sees %d messages, want 1", got)
	}

	i, err = s.Press(ctx, reader, o.Message.ID, "Ask on")
	if err != nil {
		t.Fatal(err)
	}
	form, err := i.Outcome(ctx)
	if err != nil {
		t.Fatal(err)
	}
	i, err = s.SubmitModal(ctx, reader, form.Modal, map[string]string{"q": "and on Sundays?"})
	if err != nil {
		t.Fatal(err)
	}
	if o, err = i.Outcome(ctx); err != nil || o.Message.Content != "You asked: and on Sundays?" {
		t.Errorf("form: %v %+v", err, o.Message)
	}

	id, err := s.Post(ctx, reader, "is it late?", "")
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.WaitReply(ctx, id)
	if err != nil || m.Content != "heard: is it late?" {
		t.Errorf("reply to a message: %v %+v", err, m)
	}
	if p := s.Pinged(); len(p) != 0 {
		t.Errorf("pinged %v", p)
	}
	clean(t, s)
}
