package handlers

import (
	"context"
	"github.com/bwmarrin/discordgo"
)

// command answers a slash command or an entry of the message menu.
func (c *call) command(ctx context.Context, d discordgo.ApplicationCommandInteractionData) (*discordgo.InteractionResponse, error) {
	if d.Name == cmdFootnote {
		return c.footnote(ctx, d)
	}
	if c.GuildID != "" && c.opt.Store.Paused(c.GuildID) {
		return c.refuse(c.PausedHere), nil
	}
	if c.far.nothing() {
		return c.refuse(c.stillReading()), nil
	}
	switch d.Name {
	case cmdAsk:
		return c.askCommand(ctx, d)
	case cmdSearch:
		return c.searchCommand(ctx, d)
	case cmdSaid:
		return c.saidCommand(ctx, d)
	case cmdArticle:
		return c.articleCommand(ctx, d)
	case cmdAskAbout:
		return c.askAbout(ctx, d)
	case cmdCheckClaim:
		return c.checkClaim(ctx, d)
	}
	article, command, ok := declaredCommand(c.lib.Headers(), d.Name)
	if !ok {
		return c.refuse(c.UnknownCommand), nil
	}
	return c.declared(ctx, article, command, d)
}

// askAbout takes a message as the question. The reply is private: the words
// are another person's.
func (c *call) askAbout(ctx context.Context, d discordgo.ApplicationCommandInteractionData) (*discordgo.InteractionResponse, error) {
	m, ok := targetMessage(d)
	if !ok || tidy(m.Content) == "" {
		return c.refuse(c.EmptyMessage), nil
	}
	return c.question(ctx, question{Text: m.Content}, true)
}

// autocomplete offers questions, speakers and articles while a person types.
func (c *call) autocomplete(ctx context.Context, d discordgo.ApplicationCommandInteractionData) *discordgo.InteractionResponse {
	var list []*discordgo.ApplicationCommandOptionChoice
	var err error
	for _, o := range d.Options {
		typed, ok := o.Value.(string)
		if !o.Focused || !ok {
			continue
		}
		switch o.Name {
		case optQuestion:
			article, _ := c.article(text(d.Options, optArticle))
			list, err = c.suggest(ctx, typed, articleOf(article))
		case optSpeaker:
			article, _ := c.article(text(d.Options, optArticle))
			list, err = c.speakerChoices(ctx, typed, articleOf(article))
		case optArticle, optName:
			list = c.articleChoices(typed)
		default:
			continue
		}
		break
	}
	if err != nil {
		tellFailed(c.log, err)
		list = nil
	}
	return choices(list)
}

// maxChoices and maxChoice are Discord's limits: choices of an autocomplete, and
// the runes of one.
const (
	maxChoices = 25
	maxChoice  = 100
)

// suggest offers questions that the library can answer.
func (c *call) suggest(ctx context.Context, prefix, article string) ([]*discordgo.ApplicationCommandOptionChoice, error) {
	var list []*discordgo.ApplicationCommandOptionChoice
	questions, err := c.lib.Suggest(ctx, tidy(prefix), article, maxChoices)
	for _, q := range questions {
		if q = tidy(q); q != "" && runes(q) <= maxChoice {
			list = append(list, &discordgo.ApplicationCommandOptionChoice{Name: q, Value: q})
		}
	}
	return list, err
}

// text returns the value of a text option, "" where it was not given.
func text(options []*discordgo.ApplicationCommandInteractionDataOption, name string) string {
	for _, o := range options {
		if o.Name == name {
			s, _ := o.Value.(string)
			return s
		}
	}
	return ""
}

// isPrivate reports whether a command was asked to answer privately.
func isPrivate(d discordgo.ApplicationCommandInteractionData) bool {
	for _, o := range d.Options {
		if o.Name == optPrivate {
			on, _ := o.Value.(bool)
			return on
		}
	}
	return false
}
