package sandbox_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

var update = flag.Bool("update", false, "write the goldens anew")

// typed is a session at the terminal; testdata/terminal.golden shows what comes of it.
const typed = `?
/ferry north
!1
!2
and on Sundays?
!1 2
!9
/ferry west
/nothing
*
quit
hello @bot
>and you?
*Check this claim
just talking
@bot think slowly
just talking again
#dm
hello
#nowhere
#general
@moderator
?
/bot channel on #news
/bot channel who:@reader switch:on channel:general
/bot channel on #nowhere
/bot channel on #dm
/bot channel on general who:nobody
#dm
`

// TestTerminal runs a little bot and types at it. It needs no sockets and no
// real time: the wait for a reply that never comes takes none.
func TestTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, sandbox.Options{InMemory: true, World: sandbox.DefaultWorld("Ferryman")})
		buttons := discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.Button{Label: "When?", CustomID: "when"}, discordgo.Button{Label: "Ask on", CustomID: "ask"},
			discordgo.Button{Label: "Site", Style: discordgo.LinkButton, URL: "https://example.org/"},
		}}
		answer := func(i *discordgo.InteractionCreate) *discordgo.InteractionResponse {
			switch i.Type {
			case discordgo.InteractionMessageComponent:
				switch d := i.MessageComponentData(); d.CustomID {
				case "when":
					return say("> At **noon**.", discordgo.MessageFlagsEphemeral, buttons)
				case "ask":
					return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{
						CustomID: "form", Title: "Ask on", Components: []discordgo.MessageComponent{
							discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{CustomID: "q", Label: "Question", Style: discordgo.TextInputShort, Required: true}}},
						},
					}}
				default:
					r := say("You chose "+d.Values[0], 0)
					r.Type = discordgo.InteractionResponseUpdateMessage
					return r
				}
			case discordgo.InteractionModalSubmit:
				return say("Which story?", 0, discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{
					CustomID: "story", Placeholder: "Story", Options: []discordgo.SelectMenuOption{{Label: "Ferry", Value: "f"}, {Label: "Tide", Value: "t"}},
				}}})
			}
			d := i.ApplicationCommandData()
			if d.Name == "bot" {
				text := "In <#" + i.ChannelID + ">:"
				for _, o := range d.Options[0].Options {
					text += fmt.Sprintf(" %s %v;", o.Name, o.Value)
				}
				return say(text, 0)
			}
			if d.TargetID != "" {
				return say("Checked: "+d.Resolved.Messages[d.TargetID].Content, discordgo.MessageFlagsEphemeral)
			}
			return say("The ferry to the *"+d.Options[0].StringValue()+"* runs.", 0, buttons)
		}
		d := connect(t, s, discordgo.IntentsGuilds|discordgo.IntentsGuildMessages|discordgo.IntentsDirectMessages,
			func(d *discordgo.Session, i *discordgo.InteractionCreate) {
				if err := d.InteractionRespond(i.Interaction, answer(i)); err != nil {
					t.Errorf("respond: %v", err)
				}
			},
			func(d *discordgo.Session, m *discordgo.MessageCreate) {
				if m.Author.Bot || m.Content == "" {
					return
				}
				if strings.HasSuffix(m.Content, "slowly") { // later than the terminal waits
					time.Sleep(3 * time.Second)
				}
				_, err := d.ChannelMessageSendComplex(m.ChannelID, &discordgo.MessageSend{Content: "You said: " + m.Content, Reference: m.Reference(), AllowedMentions: noMentions})
				if err != nil {
					t.Errorf("send: %v", err)
				}
			})
		manage := int64(discordgo.PermissionManageGuild)
		register(t, d, s,
			&discordgo.ApplicationCommand{Name: "ferry", Description: "When the ferry runs", Options: []*discordgo.ApplicationCommandOption{
				{Type: discordgo.ApplicationCommandOptionString, Name: "island", Description: "d", Required: true, Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "North Isle", Value: "north"}}},
				{Type: discordgo.ApplicationCommandOptionInteger, Name: "hour", Description: "d"},
			}},
			&discordgo.ApplicationCommand{Name: "bot", Description: "Settings", DefaultMemberPermissions: &manage, Options: []*discordgo.ApplicationCommandOption{
				{Type: discordgo.ApplicationCommandOptionSubCommand, Name: "status", Description: "What works"},
				{Type: discordgo.ApplicationCommandOptionSubCommand, Name: "channel", Description: "Where it answers", Options: []*discordgo.ApplicationCommandOption{
					{Type: discordgo.ApplicationCommandOptionBoolean, Name: "switch", Description: "d", Required: true},
					{Type: discordgo.ApplicationCommandOptionChannel, Name: "channel", Description: "d"},
					{Type: discordgo.ApplicationCommandOptionUser, Name: "who", Description: "d"},
				}},
			}},
			&discordgo.ApplicationCommand{Name: "Check this claim", Type: discordgo.MessageApplicationCommand},
		)
		var out strings.Builder
		if err := sandbox.Terminal(t.Context(), strings.NewReader(typed), &out, s); err != nil {
			t.Fatal(err)
		}
		got := out.String()
		const golden = "testdata/terminal.golden"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("the terminal shows\n%s\nwant\n%s", got, want)
		}
		clean(t, s)
		s.Close()
		time.Sleep(2 * time.Second) // discordgo sleeps a second when it loses its connection
	})
}
