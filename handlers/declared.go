package handlers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// declared answers a command that an article declares.
func (c *call) declared(ctx context.Context, article *corpus.Header, command corpus.Command, d discordgo.ApplicationCommandInteractionData) (*discordgo.InteractionResponse, error) {
	chosen := make([]corpus.Choice, len(command.Options))
	line := "/" + command.Name
	for i, o := range command.Options {
		value := text(d.Options, o.Name)
		k := slices.IndexFunc(o.Choices, func(choice corpus.Choice) bool { return choice.Value == value })
		if k < 0 {
			return c.refuse(c.UnknownCommand), nil // the library has changed since Discord was told
		}
		chosen[i] = o.Choices[k]
		line += " " + chosen[i].Name
	}
	if command.Question != "" {
		return c.question(ctx, question{Text: fillIn(command.Question, command, chosen)}, false)
	}
	who, user, guild := c.person()
	if sentence := c.tooMany(user, guild); sentence != "" {
		return c.refuse(sentence), nil
	}
	head := echo{Who: who, Question: line}.line(c.Listed)
	return responding(c.declaredPage(ctx, head, article, command, chosen, "1"))
}

// fillIn puts the names of the chosen values in the place of the options.
func fillIn(text string, command corpus.Command, chosen []corpus.Choice) string {
	for i, o := range command.Options {
		text = strings.ReplaceAll(text, "{"+o.Name+"}", chosen[i].Name)
	}
	return text
}

// declaredPage writes one page of a declared command that lists figures or relations.
func (p *page) declaredPage(ctx context.Context, head string, article *corpus.Header, command corpus.Command, chosen []corpus.Choice, number string) (reply, error) {
	var l listing
	var err error
	if command.Relation.Kind != "" {
		l, err = p.relationsOf(ctx, head, article, corpus.Relation{
			Kind:   command.Relation.Kind,
			Actor:  fillIn(command.Relation.Actor, command, chosen),
			Target: fillIn(command.Relation.Target, command, chosen),
		})
	} else {
		l, err = p.figuresOf(ctx, head, article, command.Figures)
	}
	if err != nil {
		return reply{}, err
	}
	var values []string
	for _, choice := range chosen {
		values = append(values, shortHash(choice.Value))
	}
	turn := func(n int) string {
		return customID(actDeclared, articleHash(article.ID), shortHash(command.Name), strings.Join(values, "."), strconv.Itoa(n))
	}
	l.what, l.turn = turn(0), turn
	return p.list(l, number)
}

// declaredTurn turns a page of a declared command: names and values are hashes,
// for there is little room in a custom id. Who asked stands in the message.
func (c *call) declaredTurn(ctx context.Context, hash, name, values, number string) (*discordgo.InteractionResponse, error) {
	article, ok := articleByHash(c.lib, hash)
	if !ok || article == nil {
		return c.refuse(c.AnswerGone), nil
	}
	if c.Message == nil {
		return c.refuse(c.OldButton), nil
	}
	i := slices.IndexFunc(article.Commands, func(command corpus.Command) bool {
		return command.Question == "" && shortHash(command.Name) == name
	})
	if i < 0 {
		return c.refuse(c.UnknownCommand), nil
	}
	command := article.Commands[i]
	var chosen []corpus.Choice
	given := strings.Split(values, ".")
	for i, o := range command.Options {
		k := slices.IndexFunc(o.Choices, func(choice corpus.Choice) bool { return i < len(given) && shortHash(choice.Value) == given[i] })
		if k < 0 {
			return c.refuse(c.UnknownCommand), nil
		}
		chosen = append(chosen, o.Choices[k])
	}
	head, _, _ := strings.Cut(c.Message.Content, "\n")
	return updating(c.declaredPage(ctx, head, article, command, chosen, number))
}
