package handlers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// Names of the built-in commands and of their options.
const (
	cmdAsk      = "ask"
	cmdSearch   = "search"
	cmdSaid     = "said"
	cmdArticle  = "article"
	cmdFootnote = "footnote"

	optQuestion = "question"
	optArticle  = "article"
	optPrivate  = "private"
	optWords    = "words"
	optName     = "name"
	optView     = "view"
	optSpeaker  = "speaker"
	optAbout    = "about"

	subStatus  = "status"
	subChannel = "channel"
	subPause   = "pause"
	subRebuild = "rebuild"
	optSwitch  = "switch"
	optChannel = "channel"
	switchOn   = "on"
	switchOff  = "off"

	subUnanswered = "unanswered"
	optAction     = "action" // switchOn, switchOff, or one of the next
	actionShow    = "show"
	actionDelete  = "delete"
)

// The entries of the message menu; unlike a slash command's their names are
// what people read.
const (
	cmdAskAbout   = "Ask about this"
	cmdCheckClaim = "Check this claim"
)

// Discord's limits of commands.
const (
	maxSlashCommands = 100
	maxOptions       = 25
	maxDescription   = 100
	maxCommandSize   = 8000
	maxSearchWords   = 100 // ours: so that the words stand whole in the first line of the reply
)

// commandName is what Discord takes for the name of a slash command or an option.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// Commands returns the commands to register: the built-in ones and those that
// the articles declare. A declared command that Discord would refuse, or whose
// name is taken by a built-in one or by an earlier article's, is left out and
// told as a problem.
func Commands(articles []corpus.Header) ([]*discordgo.ApplicationCommand, []corpus.Problem) {
	commands := builtinFor(articles)
	found, problems := declaredCommands(articles, commands)
	for _, d := range found {
		commands = append(commands, declaration(d.command))
	}
	return commands, problems
}

// builtin returns the commands that every library has, in one language. The
// English ones are those that are registered: Discord calls them by these names.
func builtin(w *words) []*discordgo.ApplicationCommand {
	manage := int64(discordgo.PermissionManageGuild)
	guild := []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	option := func(kind discordgo.ApplicationCommandOptionType, name, description string, required bool) *discordgo.ApplicationCommandOption {
		return &discordgo.ApplicationCommandOption{Type: kind, Name: name, Description: description, Required: required}
	}
	typed := func(name, description string, limit int, required, suggested bool) *discordgo.ApplicationCommandOption {
		o := option(discordgo.ApplicationCommandOptionString, name, description, required)
		o.MaxLength, o.Autocomplete = limit, suggested
		return o
	}
	choice := func(name, value string) *discordgo.ApplicationCommandOptionChoice {
		return &discordgo.ApplicationCommandOptionChoice{Name: name, Value: value}
	}
	sub := func(name, description string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
		o := option(discordgo.ApplicationCommandOptionSubCommand, name, description, false)
		o.Options = options
		return o
	}
	onOff := option(discordgo.ApplicationCommandOptionString, w.NameSwitch, w.DescribeSwitch, true)
	onOff.Choices = []*discordgo.ApplicationCommandOptionChoice{choice(w.SwitchOn, switchOn), choice(w.SwitchOff, switchOff)}
	action := option(discordgo.ApplicationCommandOptionString, w.NameAction, w.DescribeAction, false)
	action.Choices = append(slices.Clone(onOff.Choices), choice(w.ActionShow, actionShow), choice(w.ActionDelete, actionDelete))
	view := option(discordgo.ApplicationCommandOptionString, w.NameView, w.DescribeView, false)
	view.Choices = []*discordgo.ApplicationCommandOptionChoice{choice(w.ViewOutline, actOutline), choice(w.ViewFigures, actFigures),
		choice(w.ViewTimeline, actTimeline), choice(w.ViewSaid, actSaid), choice(w.ViewDisagreements, actDisagreements)}
	channel := option(discordgo.ApplicationCommandOptionChannel, w.NameChannel, w.DescribeChannel, false)
	channel.ChannelTypes = []discordgo.ChannelType{discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews,
		discordgo.ChannelTypeGuildForum,
		discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread}
	return []*discordgo.ApplicationCommand{
		{Name: w.NameAsk, Description: w.DescribeAsk, Options: []*discordgo.ApplicationCommandOption{
			typed(w.NameQuestion, w.DescribeQuestion, maxQuestion, true, true),
			typed(w.NameArticle, w.DescribeArticle, 0, false, true),
			option(discordgo.ApplicationCommandOptionBoolean, w.NamePrivate, w.DescribePrivate, false),
		}},
		{Name: w.NameSearch, Description: w.DescribeSearch, Options: []*discordgo.ApplicationCommandOption{
			typed(w.NameWords, w.DescribeWords, maxSearchWords, true, false),
			typed(w.NameArticle, w.DescribeArticle, 0, false, true),
		}},
		{Name: w.NameSaid, Description: w.DescribeSaid, Options: []*discordgo.ApplicationCommandOption{
			typed(w.NameSpeaker, w.DescribeSpeaker, maxSearchWords, true, true),
			typed(w.NameAbout, w.DescribeAbout, maxSearchWords, false, false),
			typed(w.NameArticle, w.DescribeArticle, 0, false, true),
		}},
		{Name: w.NameArticles, Description: w.DescribeArticles, Options: []*discordgo.ApplicationCommandOption{
			typed(w.NameName, w.DescribeName, 0, false, true),
			view,
		}},
		{Name: w.NameFootnote, Description: w.DescribeFootnote, DefaultMemberPermissions: &manage, Contexts: &guild, Options: []*discordgo.ApplicationCommandOption{
			sub(w.NameStatus, w.DescribeStatus),
			sub(w.NameSwitchChannel, w.DescribeSwitchChannel, onOff, channel),
			sub(w.NamePause, w.DescribePause, onOff),
			sub(w.NameUnanswered, w.DescribeUnanswered, action),
			sub(w.NameRebuild, w.DescribeRebuild),
		}},
		{Type: discordgo.MessageApplicationCommand, Name: w.MenuAskAbout},
		{Type: discordgo.MessageApplicationCommand, Name: w.MenuCheckClaim},
	}
}

// declaration is a declared command as Discord wants it.
func declaration(c corpus.Command) *discordgo.ApplicationCommand {
	d := &discordgo.ApplicationCommand{Name: c.Name, Description: c.Description}
	for _, o := range c.Options {
		option := &discordgo.ApplicationCommandOption{
			Type: discordgo.ApplicationCommandOptionString, Name: o.Name, Description: o.Description, Required: true}
		for _, choice := range o.Choices {
			option.Choices = append(option.Choices, &discordgo.ApplicationCommandOptionChoice{Name: choice.Name, Value: choice.Value})
		}
		d.Options = append(d.Options, option)
	}
	return d
}

// declared is a command with the article that declares it.
type declared struct {
	article *corpus.Header
	command corpus.Command
}

// declaredCommands returns the articles' commands that can be registered beside
// the built-in ones.
func declaredCommands(articles []corpus.Header, beside []*discordgo.ApplicationCommand) ([]declared, []corpus.Problem) {
	var found []declared
	var problems []corpus.Problem
	owner := map[string]*corpus.Header{} // nil: built in
	slash := 0
	for _, c := range beside {
		if c.Type != discordgo.MessageApplicationCommand {
			owner[c.Name] = nil
			if c.NameLocalizations != nil {
				for _, name := range *c.NameLocalizations {
					owner[name] = nil
				}
			}
			slash++
		}
	}
	for i := range articles {
		a := &articles[i]
		for _, c := range a.Commands {
			fault := commandFault(c)
			taken, clash := owner[c.Name]
			switch {
			case fault != "":
			case clash && taken == nil:
				fault = fmt.Sprintf("rename the command %q; the bot has one of that name", c.Name)
			case clash:
				fault = fmt.Sprintf("rename the command %q; the article %s has one of that name", c.Name, taken.ID)
			case slash+len(found) == maxSlashCommands:
				fault = fmt.Sprintf("take the command %q away; Discord takes %d commands of a bot", c.Name, maxSlashCommands)
			default:
				owner[c.Name] = a
				found = append(found, declared{a, c})
				continue
			}
			problems = append(problems, corpus.Problem{File: a.ID, Text: fault})
		}
	}
	return found, problems
}

// declaredCommand returns the command that an article declares under the name.
func declaredCommand(articles []corpus.Header, name string) (*corpus.Header, corpus.Command, bool) {
	found, _ := declaredCommands(articles, builtinFor(articles))
	for _, d := range found {
		if d.command.Name == name {
			return d.article, d.command, true
		}
	}
	return nil, corpus.Command{}, false
}

// commandFault says why Discord would refuse a command and what to do, "" if
// it would not.
func commandFault(c corpus.Command) string {
	size := runes(c.Name) + runes(c.Description)
	switch {
	case !validName(c.Name):
		return fmt.Sprintf("rename the command %q; Discord takes 1 to 32 small letters, digits, - and _", c.Name)
	case !fits(c.Description, maxDescription):
		return fmt.Sprintf("give the command %q a description of 1 to %d characters", c.Name, maxDescription)
	case len(c.Options) > maxOptions:
		return fmt.Sprintf("give the command %q at most %d options", c.Name, maxOptions)
	}
	options := map[string]bool{}
	for _, o := range c.Options {
		size += runes(o.Name) + runes(o.Description)
		switch {
		case !validName(o.Name):
			return fmt.Sprintf("rename the option %q of the command %q; Discord takes 1 to 32 small letters, digits, - and _", o.Name, c.Name)
		case options[o.Name]:
			return fmt.Sprintf("rename one option %q of the command %q; it has two", o.Name, c.Name)
		case !fits(o.Description, maxDescription):
			return fmt.Sprintf("give the option %q of the command %q a description of 1 to %d characters", o.Name, c.Name, maxDescription)
		case len(o.Choices) == 0 || len(o.Choices) > maxChoices:
			return fmt.Sprintf("give the option %q of the command %q 1 to %d choices", o.Name, c.Name, maxChoices)
		}
		options[o.Name] = true
		names, values := map[string]bool{}, map[string]bool{}
		for _, choice := range o.Choices {
			size += runes(choice.Name) + runes(choice.Value)
			switch {
			case !fits(choice.Name, maxChoice) || !fits(choice.Value, maxChoice):
				return fmt.Sprintf("shorten the choice %q of the command %q; Discord takes 1 to %d characters", choice.Name, c.Name, maxChoice)
			case names[choice.Name] || values[choice.Value]:
				return fmt.Sprintf("rename or take away the choice %q of the command %q; there are two", choice.Name, c.Name)
			}
			names[choice.Name], values[choice.Value] = true, true
		}
	}
	if size > maxCommandSize {
		return fmt.Sprintf("shorten the texts of the command %q; it has %d characters and Discord takes %d", c.Name, size, maxCommandSize)
	}
	return ""
}

func validName(s string) bool { return commandName.MatchString(s) && strings.ToLower(s) == s }

// fits reports whether a text has 1 to limit characters as Discord counts them.
func fits(s string, limit int) bool {
	n := runes(strings.TrimSpace(s))
	return n >= 1 && n <= limit
}
