package handlers

import (
	"fmt"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// reply is a message that the bot is to send.
type reply struct {
	Content string
	Rows    [][]discordgo.MessageComponent // of buttons, at most 5 a row
}

// plain is a reply without buttons.
func plain(content string) reply { return reply{Content: content} }

// components returns the rows as Discord wants them; empty rows are left out.
func (r reply) components() []discordgo.MessageComponent {
	out := []discordgo.MessageComponent{}
	for _, row := range r.Rows {
		if len(row) > 0 {
			out = append(out, discordgo.ActionsRow{Components: row})
		}
	}
	return out
}

// nobody is who may be pinged.
func nobody() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// flags of every message: what the bot quotes makes no previews of links.
const flags = discordgo.MessageFlagsSuppressEmbeds

// respond is a new message in response to an interaction.
func respond(r reply, private bool) *discordgo.InteractionResponse {
	d := &discordgo.InteractionResponseData{Content: r.Content, Components: r.components(), AllowedMentions: nobody(), Flags: flags}
	if private {
		d.Flags |= discordgo.MessageFlagsEphemeral
	}
	return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: d}
}

// responding is a new message for everybody, where it could be made.
func responding(r reply, err error) (*discordgo.InteractionResponse, error) {
	return respond(r, false), err
}

// updating changes the message that an interaction sits on, where the new one could
// be made.
func updating(r reply, err error) (*discordgo.InteractionResponse, error) { return update(r), err }

// update changes the message that an interaction sits on.
func update(r reply) *discordgo.InteractionResponse {
	u := respond(r, false)
	u.Type = discordgo.InteractionResponseUpdateMessage
	return u
}

// send is a message in a channel.
func send(r reply) *discordgo.MessageSend {
	return &discordgo.MessageSend{Content: r.Content, Components: r.components(), AllowedMentions: nobody(), Flags: flags}
}

// refuse is one private sentence.
func (c *call) refuse(sentence string) *discordgo.InteractionResponse {
	if c.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return choices(nil)
	}
	c.refused = true
	return respond(plain(c.orReading(sentence)), true)
}

// choices is the response to an autocomplete.
func choices(list []*discordgo.ApplicationCommandOptionChoice) *discordgo.InteractionResponse {
	if list == nil {
		list = []*discordgo.ApplicationCommandOptionChoice{}
	}
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: &discordgo.InteractionResponseData{Choices: list},
	}
}

// maxButtons is how many buttons stand in a row.
const maxButtons = 5

// maxLabel is Discord's limit of a button's label, in runes.
const maxLabel = 80

// button is a plain button; a label that is too long for Discord is cut.
func button(label, id string) discordgo.MessageComponent {
	return discordgo.Button{Label: limited(label, maxLabel-1), Style: discordgo.SecondaryButton, CustomID: id}
}

// answerButtons are the buttons under an answer: ref names the sentence that is
// shown, "" for none, article the only one that was asked, and talked the one that
// was talked about before.
func (w *words) answerButtons(ref, article, talked string, others, private bool) []discordgo.MessageComponent {
	var row []discordgo.MessageComponent
	if ref != "" {
		row = append(row, button(w.ButtonContext, customID(actContext, ref)))
	}
	if others {
		row = append(row, button(w.ButtonOthers, customID(actOthers, orDash(ref), askedHash(article, talked))))
	}
	row = append(row, button(w.ButtonFollowUp, customID(actFollow, articleHash(article))))
	if private {
		shown := "0"
		if others {
			shown = "1"
		}
		row = append(row, button(w.ButtonShare, customID(actShare, orDash(ref), askedHash(article, talked), shown)))
	}
	return row
}

// contextsOver puts the buttons that show the context of several passages over the
// buttons of an answer, whose own such button they make needless.
func contextsOver(contexts, answer []discordgo.MessageComponent) [][]discordgo.MessageComponent {
	if len(contexts) < 2 {
		return [][]discordgo.MessageComponent{answer}
	}
	return [][]discordgo.MessageComponent{contexts, answer[1:]}
}

// pageButtons lead to the page before and, where there is one, the page after; of is how
// many there are in all.
func (w *words) pageButtons(n int, more bool, of string, id func(page int) string) []discordgo.MessageComponent {
	var row []discordgo.MessageComponent
	if n > 1 {
		row = append(row, button(fmt.Sprintf(w.ButtonPrevious, n-1, of), id(n-1)))
	}
	if more {
		row = append(row, button(fmt.Sprintf(w.ButtonNext, n+1, of), id(n+1)))
	}
	return row
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func fromDash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// pageNumber reads the number of a page from a custom id and keeps it within bounds.
func pageNumber(s string, of int) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 1
	}
	return min(max(n, 1), max(of, 1))
}
