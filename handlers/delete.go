package handlers

import (
	"github.com/bwmarrin/discordgo"
)

// A reply that everybody sees has a Delete button for whoever asked and for
// those who moderate. Its custom id names who asked: by that it outlives a
// restart, a deleted question and a page turned by somebody else.

// deletable returns the rows with a Delete button for the asker at their end.
func (w *words) deletable(rows []discordgo.MessageComponent, asker string) []discordgo.MessageComponent {
	if !checkID(asker) {
		return rows
	}
	b := button(w.ButtonDelete, customID(actDelete, asker))
	if n := len(rows); n > 0 {
		if last, ok := rows[n-1].(discordgo.ActionsRow); ok && len(last.Components) < maxButtons {
			rows[n-1] = discordgo.ActionsRow{Components: append(last.Components, b)}
			return rows
		}
	}
	return append(rows, discordgo.ActionsRow{Components: []discordgo.MessageComponent{b}})
}

// keepDeletable puts the Delete button under the response to c where everybody
// will see it. One that changes a message keeps the asker of that message.
func (c *call) keepDeletable(r *discordgo.InteractionResponse) *discordgo.InteractionResponse {
	asker := ""
	switch r.Type {
	case discordgo.InteractionResponseChannelMessageWithSource:
		_, asker, _ = c.person()
	case discordgo.InteractionResponseUpdateMessage:
		asker = askerOf(c.Message)
	}
	if r.Data != nil && r.Data.Content != "" && r.Data.Flags&discordgo.MessageFlagsEphemeral == 0 {
		r.Data.Components = c.deletable(r.Data.Components, asker)
	}
	return r
}

// askerOf returns who may delete a message by the button on it, "" if nobody.
func askerOf(m *discordgo.Message) string {
	for _, b := range buttonsOn(m) {
		if action, args, ok := parseID(b.CustomID); ok && action == actDelete {
			return args[0]
		}
	}
	return ""
}

// remove deletes the reply that the button sits on, by an update that leaves nothing.
func (c *call) remove(asker string) *discordgo.InteractionResponse {
	const moderate = discordgo.PermissionManageMessages | discordgo.PermissionAdministrator
	_, user, _ := c.person()
	if (user == "" || user != asker) && (c.Member == nil || c.Member.Permissions&moderate == 0) {
		return c.refuse(c.NotYours)
	}
	return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseUpdateMessage, Data: &discordgo.InteractionResponseData{}}
}
