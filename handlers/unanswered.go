package handlers

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/store"
)

// What was asked in public and not answered is kept where an admin of the server
// switched that on: it tells what the library lacks. What somebody asked in
// private, or another person's message, is not kept, nor who asked.

// outcome is how a question went.
type outcome int

const (
	refused outcome = iota // not looked for
	answered
	abstained
)

// discordID is what names a person, a role or a channel in a message; the sign
// at its end may have been cut away.
var discordID = regexp.MustCompile(`<(?:@[!&]?|#)\d*>?|\b\d{17,20}\b`)

// withoutIDs takes out of a message whom and what it mentions.
func withoutIDs(text string) string { return discordID.ReplaceAllString(text, " ") }

// keepAbstained keeps a question that was not answered.
func (o *Options) keepAbstained(guild, asked string) {
	o.keepUnanswered(guild, store.Unanswered{Question: asked, Count: 1})
}

// keepUnanswered keeps a question, cut as the first line of a reply cuts it, so
// that a press under the reply counts for the same one.
func (o *Options) keepUnanswered(guild string, u store.Unanswered) {
	if guild == "" || !o.Store.KeepsUnanswered(guild) {
		return
	}
	u.Question, _ = cut(tidy(u.Question), maxEcho)
	u.Question = tidy(withoutIDs(u.Question))
	if err := o.Store.AddUnanswered(guild, u); err != nil {
		o.Log.Error("an unanswered question could not be kept", "err", err)
	}
}

// noneOf takes the press of "None of these": the passage that was shown first,
// and those that came near, do not answer. counts tells that the question was
// answered, so that it is not yet among the unanswered ones.
func (c *call) noneOf(shown, counts string) *discordgo.InteractionResponse {
	if c.Message != nil {
		line, _, _ := strings.Cut(c.Message.Content, "\n")
		if asked := quotedIn(line); len(asked) == 1 {
			u := store.Unanswered{Question: asked[0], Shown: fromDash(shown)}
			if counts == "1" {
				u.Count = 1
			}
			c.opt.keepUnanswered(c.GuildID, u)
		}
	}
	return update(plain(c.NoneThanks))
}

// noneID is the state of the button "None of these". What was asked in private
// has none: it is not kept.
func (c *call) noneID(a answer.Answer, shown string) string {
	if onPrivate(c.Interaction) {
		return customID(actNone)
	}
	return customID(actNoneOf, orDash(shown), either(a.Status == answer.Answered, "1", "0"))
}

// unanswered answers /footnote unanswered.
func (c *call) unanswered(ctx context.Context, action string) (*discordgo.InteractionResponse, error) {
	var err error
	var done string
	switch action {
	case "", actionShow:
		list, err := c.listUnanswered(ctx)
		return c.refuse(list), err
	case switchOn:
		err = c.opt.Store.SetKeepsUnanswered(c.GuildID, true)
		done = fmt.Sprintf(c.UnansweredOn, store.MaxUnanswered)
	case switchOff:
		err = c.opt.Store.SetKeepsUnanswered(c.GuildID, false)
		done = c.UnansweredOff
	case actionDelete:
		err = c.opt.Store.DeleteUnanswered(c.GuildID)
		done = c.UnansweredDeleted + "\n" + c.keepsOrNot()
	default:
		return c.refuse(c.UnknownCommand), nil
	}
	if err != nil {
		c.log.Error("what is kept of unanswered questions could not be changed", "err", err)
		return c.refuse(c.NotSaved), nil
	}
	return c.refuse(done), nil
}

// listUnanswered lists the server's unanswered questions, as many as a message
// holds.
func (c *call) listUnanswered(ctx context.Context) (string, error) {
	kept := c.opt.Store.Unanswered(c.GuildID)
	state := c.keepsOrNot()
	if len(kept) == 0 {
		return c.UnansweredNone + "\n" + state, nil
	}
	lines := []string{c.UnansweredHead}
	room := maxContent - runes(c.UnansweredHead) - runes(fmt.Sprintf(c.AndMore, store.MaxUnanswered)) - runes(state) - 2
	for i, u := range kept {
		row, err := c.unansweredRow(ctx, u)
		if err != nil {
			return "", err
		}
		if room -= runes(row) + 1; room < 0 {
			lines = append(lines, fmt.Sprintf(c.AndMore, len(kept)-i))
			break
		}
		lines = append(lines, row)
	}
	return strings.Join(append(lines, state), "\n"), nil
}

// unansweredRow writes one question, how often it was asked, and which passage
// was not taken for its answer.
func (p *page) unansweredRow(ctx context.Context, u store.Unanswered) (string, error) {
	times := p.count(p.Times, u.Count)
	if u.Shown == "" {
		return fmt.Sprintf(p.UnansweredRow, quoted(u.Question), times), nil
	}
	passage := p.PassageGone
	switch a, err := resolve(ctx, p.lib, u.Shown); {
	case err == nil:
		passage = p.join([]string{p.about(p.lib.Header(a.Citation.Article)), fmt.Sprintf(p.Paragraph, a.Citation.Paragraph)})
	case !isGone(err):
		return "", err
	}
	return fmt.Sprintf(p.UnansweredUnfit, quoted(u.Question), times, passage), nil
}

func (c *call) keepsOrNot() string {
	return either(c.opt.Store.KeepsUnanswered(c.GuildID), c.UnansweredIsOn, c.UnansweredIsOff)
}
