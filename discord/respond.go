package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Times of an interaction, counted from its arrival. Discord's three seconds
// began a little earlier, and the last try needs time to get there.
const (
	callbackWithin     = 2600 * time.Millisecond // of the last try of a first response
	callbackTry        = 900 * time.Millisecond  // one try of it
	autocompleteWithin = 800 * time.Millisecond  // there is no deferral
	editWithin         = time.Minute             // after a deferral; the token lives for 15
)

// How an interaction ended, for its line in the log.
const (
	outcomeAnswered = "answered"
	outcomeDeferred = "answered after a deferral"
	outcomeDeleted  = "deleted the message"
	outcomeFailed   = "told that it failed"
	outcomeBusy     = "told that the bot is busy"
	outcomeElse     = "answered by somebody else" // a second process with the same token
	outcomeLost     = "not answered"
	outcomeDropped  = "dropped"    // no room even to say that the bot is busy, or it is closing
	outcomeSilent   = "left alone" // a message to which there is nothing to say
)

// busy answers an interaction for which there is no slot.
func (b *Bot) busy(work context.Context, raw json.RawMessage, received time.Time) {
	i, _ := decodeInteraction(raw)
	if i == nil {
		return
	}
	e := &exchange{Bot: b, i: i, received: received}
	e.finish(e.first(work, e.excuse(b.opt.Words().Busy), outcomeBusy))
}

// interaction lets the handler answer one interaction.
func (b *Bot) interaction(work context.Context, raw json.RawMessage, received time.Time) {
	i, err := decodeInteraction(raw)
	if i == nil {
		b.log.Warn("interaction not understood", "err", err)
		return
	}
	e := &exchange{Bot: b, i: i, received: received}
	if err != nil {
		b.log.Warn("interaction not understood", "err", err)
		e.finish(e.first(work, e.excuse(b.opt.Words().Failed), outcomeFailed))
		return
	}
	e.run(work)
}

// exchange is one interaction on its way to one visible outcome.
type exchange struct {
	*Bot
	i        *discordgo.Interaction
	received time.Time
	took     time.Duration // until the first response was taken or given up
	taken    bool          // it was taken
	err      error         // why it ended as it did, for the log
}

// run calls the handler and sends what it returns: at once if it is quick,
// otherwise as the edit of a deferred reply. It returns when the handler has.
func (e *exchange) run(work context.Context) {
	ctx, cancel := context.WithTimeout(work, e.opt.HandlerTimeout)
	defer cancel()
	slow := e.opt.DeferAfter
	if e.i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		slow = autocompleteWithin
		ctx, cancel = context.WithTimeout(ctx, slow)
		defer cancel()
	}
	answer := make(chan *discordgo.InteractionResponse, 1)
	returned := make(chan struct{})
	go func() {
		defer close(returned)
		defer e.caught("Interaction", func() { answer <- nil })
		answer <- e.opt.Handlers.Interaction(ctx, e.i)
	}()
	timer := time.NewTimer(time.Until(e.received.Add(slow)))
	defer timer.Stop()
	select {
	case r := <-answer:
		e.finish(e.send(work, r))
	case <-timer.C:
		e.finish(e.late(work, ctx, answer))
	case <-work.Done():
		e.finish(e.first(work, e.excuse(e.opt.Words().Failed), outcomeFailed))
	}
	cancel()
	<-returned
}

// send makes r, or an excuse if it is nil, the first response.
func (e *exchange) send(work context.Context, r *discordgo.InteractionResponse) string {
	if r == nil {
		return e.first(work, e.excuse(e.opt.Words().Failed), outcomeFailed)
	}
	if deletes(r) && e.i.Message != nil {
		if err := e.callback(work, callback{Type: discordgo.InteractionResponseDeferredMessageUpdate}); err != nil {
			e.err = err
			return lostTo(err)
		}
		return e.remove(work)
	}
	return e.first(work, r, outcomeAnswered)
}

// late defers and then waits for the handler, as long as ctx runs.
func (e *exchange) late(work, ctx context.Context, answer <-chan *discordgo.InteractionResponse) string {
	if e.i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return e.first(work, noChoices, outcomeFailed)
	}
	hidden := e.foretold(e.opt.Handlers.Private)
	updates := e.i.Message != nil && e.foretold(e.opt.Handlers.Updates)
	hold := callback{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
	switch {
	case updates:
		hold.Type = discordgo.InteractionResponseDeferredMessageUpdate
	case hidden:
		hold.Data = flagData{discordgo.MessageFlagsEphemeral}
	}
	if err := e.callback(work, hold); err != nil {
		e.err = err
		return lostTo(err)
	}
	var r *discordgo.InteractionResponse
	select {
	case r = <-answer:
	case <-ctx.Done():
		select {
		case r = <-answer: // the handler may return at the very moment
		case <-time.After(lastWord / 5):
		}
	}
	return e.second(work, r, hidden, updates)
}

// foretold asks Private or Updates, which must not take the reply down with them.
func (e *exchange) foretold(f func(*discordgo.Interaction) bool) (yes bool) {
	if f == nil {
		return false
	}
	defer e.caught("Private or Updates", nil)
	return f(e.i)
}

// second turns a deferral into its outcome.
func (e *exchange) second(work context.Context, r *discordgo.InteractionResponse, hidden, updates bool) string {
	outcome := outcomeDeferred
	switch {
	case r == nil:
		r, outcome = private(e.opt.Words().Failed), outcomeFailed
	case r.Type == discordgo.InteractionResponseDeferredMessageUpdate && updates:
		return outcome // nothing is to change, and Discord has been told so
	case r.Type == discordgo.InteractionResponseModal:
		r, outcome = private(e.opt.Words().Slow), outcomeFailed
	case deletes(r) && updates:
		return e.remove(work)
	}
	b := dataBody(r.Data)
	replaces := r.Type == discordgo.InteractionResponseUpdateMessage
	err := e.replace(work, b, !hidden && !updates, updates && !replaces)
	if isMalformed(err) {
		e.err = err
		outcome = outcomeFailed
		err = e.replace(work, dataBody(private(e.opt.Words().Failed).Data), !hidden && !updates, updates)
	}
	if err != nil {
		e.err = err
		return outcomeLost
	}
	return outcome
}

// replace puts b where the deferral stands. What must be private and stands
// under a public "thinking…" takes that away and follows it, for Discord decides
// at the deferral who sees the reply; what follows an update is a message of its own.
func (e *exchange) replace(work context.Context, b body, public, follows bool) error {
	ctx, cancel := e.linger(work, editWithin)
	defer cancel()
	hook := discordgo.EndpointWebhookToken(e.i.AppID, e.i.Token)
	original := discordgo.EndpointInteractionResponseActions(e.i.AppID, e.i.Token)
	if public && b.Flags&discordgo.MessageFlagsEphemeral != 0 {
		if tries, err := e.rest.do(ctx, request{route: "DELETE /webhooks/…/messages/@original", url: original}, nil); err != nil && tries < 2 {
			return err
		}
		follows = true
	}
	if follows {
		_, err := e.rest.do(ctx, request{route: "POST /webhooks/…", url: hook, body: b}, nil)
		return err
	}
	b.Flags &^= discordgo.MessageFlagsEphemeral // decided at the deferral
	_, err := e.rest.do(ctx, request{route: "PATCH /webhooks/…/messages/@original", url: original, body: b}, nil)
	return err
}

// first makes r the first response. What Discord calls malformed it replaces by
// an excuse: that is a fault of the handler, not of the asker.
func (e *exchange) first(work context.Context, r *discordgo.InteractionResponse, outcome string) string {
	err := e.callback(work, newCallback(r))
	if isMalformed(err) {
		e.err = err
		outcome = outcomeFailed
		err = e.callback(work, newCallback(e.excuse(e.opt.Words().Failed)))
	}
	if err != nil {
		e.err = err
		return lostTo(err)
	}
	return outcome
}

// callback sends a first response, again and again while there is time. That it
// was answered before is good news after the first try: the reply to an earlier
// try was lost, not the try.
func (e *exchange) callback(work context.Context, c callback) error {
	ctx, cancel := e.linger(work, time.Until(e.received.Add(callbackWithin)))
	defer cancel()
	tries, err := e.rest.do(ctx, request{
		route:   "POST /interactions/…/callback",
		url:     discordgo.EndpointInteractionResponse(e.i.ID, e.i.Token),
		body:    c,
		timeout: callbackTry,
	}, nil)
	if tries > 1 && hasCode(err, codeAcknowledged) {
		err = nil
	}
	e.took, e.taken = time.Since(e.received), err == nil
	return err
}

// linger returns a context of at most d that outlives work by a last word.
func (e *exchange) linger(work context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(work), d)
	stop := context.AfterFunc(work, func() {
		time.AfterFunc(lastWord*4/5, cancel)
	})
	return ctx, func() { stop(); cancel() }
}

// excuse is a private sentence, or what stands for one in an autocomplete.
func (e *exchange) excuse(words string) *discordgo.InteractionResponse {
	if e.i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return noChoices
	}
	return private(words)
}

// finish logs the interaction: one line, no question, no token.
func (e *exchange) finish(outcome string) {
	e.metrics.count(kindOf(e.i), outcome)
	if e.taken {
		e.metrics.response(e.took)
	}
	level := slog.LevelInfo
	if outcome == outcomeLost || outcome == outcomeElse {
		level = slog.LevelWarn
	}
	attrs := []any{"kind", kindOf(e.i), "outcome", outcome, "first_ms", e.took.Milliseconds(), "total_ms", time.Since(e.received).Milliseconds()}
	if d, ok := e.i.Data.(discordgo.ApplicationCommandInteractionData); ok {
		attrs = append(attrs, "command", d.Name)
	}
	if e.err != nil {
		attrs = append(attrs, "err", e.rest.scrub(e.err))
	}
	e.log.Log(context.Background(), level, "interaction", attrs...)
}

// lostTo names the outcome of a first response that ended in err.
func lostTo(err error) string {
	if hasCode(err, codeAcknowledged) {
		return outcomeElse
	}
	return outcomeLost
}

func kindOf(i *discordgo.Interaction) string {
	return cmp.Or(map[discordgo.InteractionType]string{
		discordgo.InteractionApplicationCommand:             "command",
		discordgo.InteractionApplicationCommandAutocomplete: "autocomplete",
		discordgo.InteractionMessageComponent:               "component",
		discordgo.InteractionModalSubmit:                    "modal",
	}[i.Type], "unknown")
}
