package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// deletes reports whether r is an update that leaves nothing, by which a handler
// has the message deleted.
func deletes(r *discordgo.InteractionResponse) bool {
	return r.Type == discordgo.InteractionResponseUpdateMessage &&
		(r.Data == nil || r.Data.Content == "" && len(r.Data.Embeds) == 0 && len(r.Data.Components) == 0)
}

// remove deletes the message that the component sits on, once its update is
// deferred. That goes by the interaction's token and needs no permission.
func (e *exchange) remove(work context.Context) string {
	ctx, cancel := e.linger(work, editWithin)
	defer cancel()
	_, err := e.rest.do(ctx, request{
		route: "DELETE /webhooks/…/messages/@original",
		url:   discordgo.EndpointInteractionResponseActions(e.i.AppID, e.i.Token),
	}, nil)
	if err == nil || hasCode(err, codeNoMessage) { // somebody was quicker, or an earlier try
		return outcomeDeleted
	}
	e.err = err
	if e.replace(work, dataBody(private(e.opt.Words().Failed).Data), false, true) != nil {
		return outcomeLost
	}
	return outcomeFailed
}
