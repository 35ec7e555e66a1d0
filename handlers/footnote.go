package handlers

import (
	"context"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// footnote answers /footnote, which is for those who manage the server. Discord
// hides it from others, but a server can show it to them, so it is checked here.
func (c *call) footnote(ctx context.Context, d discordgo.ApplicationCommandInteractionData) *discordgo.InteractionResponse {
	switch {
	case c.GuildID == "" || c.Member == nil:
		return c.refuse(c.NeedServer)
	case len(d.Options) == 0:
		return c.refuse(c.UnknownCommand)
	}
	sub := d.Options[0]
	if sub.Name == subRebuild {
		return c.rebuild(ctx)
	}
	if c.Member.Permissions&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) == 0 {
		return c.refuse(c.NeedManage)
	}
	switch sub.Name {
	case subStatus:
		return respond(plain(c.status()), true)
	case subChannel:
		return c.switchChannel(sub)
	case subPause:
		return c.pause(text(sub.Options, optSwitch) == switchOn)
	case subUnanswered:
		return c.unanswered(text(sub.Options, optAction))
	}
	return c.refuse(c.UnknownCommand)
}

// switchChannel switches free text on or off in a channel, by default in the
// one where the command is given.
func (c *call) switchChannel(sub *discordgo.ApplicationCommandInteractionDataOption) *discordgo.InteractionResponse {
	channel := c.ChannelID
	if named := text(sub.Options, optChannel); named != "" {
		channel = named
	}
	on := text(sub.Options, optSwitch) == switchOn
	if !checkID(channel) {
		return c.refuse(c.UnknownCommand)
	}
	if err := c.opt.Store.SetChannel(c.GuildID, channel, on); err != nil {
		c.log.Error("a channel could not be switched", "err", err)
		return c.refuse(c.NotSaved)
	}
	if !on {
		return c.refuse(fmt.Sprintf(c.ChannelOff, channel))
	}
	sentence := fmt.Sprintf(c.ChannelOn, channel)
	if s := c.opt.Status(); s.HTTP || !s.MessageContent {
		sentence += "\n" + c.content(s)
	}
	return c.refuse(sentence)
}

func (c *call) pause(on bool) *discordgo.InteractionResponse {
	if err := c.opt.Store.SetPaused(c.GuildID, on); err != nil {
		c.log.Error("a pause could not be saved", "err", err)
		return c.refuse(c.NotSaved)
	}
	if on {
		return c.refuse(c.PauseOn)
	}
	return c.refuse(c.PauseOff)
}

// rebuild rebuilds the library, for the application's owner alone: it is one
// library for all servers.
func (c *call) rebuild(ctx context.Context) *discordgo.InteractionResponse {
	_, user, _ := c.person()
	switch {
	case user == "" || user != c.opt.Owner():
		return c.refuse(c.NeedOwner)
	case c.opt.Rebuild == nil:
		return c.refuse(c.NoRebuild)
	}
	changed, err := c.opt.Rebuild(ctx)
	if err != nil {
		c.log.Error("the library could not be rebuilt", "err", err)
		return c.refuse(c.RebuildFailed)
	}
	return c.refuse(fmt.Sprintf(c.Rebuilt, escapeInline(limited(changed, maxContent/4))))
}

// maxListed bounds the commands and channels that status names.
const maxListed = 30

// status lists what works, one line each.
func (c *call) status() string {
	connection := c.opt.Status()
	articles := c.lib.Articles()
	commands, problems := Commands(articles)
	var names []string
	for _, command := range commands {
		name := command.Name
		if n := command.NameLocalizations; n != nil && (*n)[c.Locale] != "" {
			name = (*n)[c.Locale]
		}
		if command.Type != discordgo.MessageApplicationCommand {
			name = "/" + name
		}
		names = append(names, name)
	}
	lines := []string{c.StatusConnected, fmt.Sprintf(c.StatusCommands, escapeInline(c.some(names)))}
	if !connection.Connected {
		lines[0] = c.StatusNotConnected
	}
	for _, p := range problems[:min(len(problems), 3)] {
		lines = append(lines, fmt.Sprintf(c.StatusProblem, escapeInline(limited(p.String(), 150))))
	}
	lines = append(lines,
		c.content(connection),
		either(c.mayWrite(), c.StatusWrite, c.StatusNoWrite),
		fmt.Sprintf(c.StatusLibrary, c.articles(len(articles)), c.newest(articles), escapeInline(limited(connection.Index, 80))),
	)
	if connection.InMemory {
		lines = append(lines, c.StatusIndexMemory)
	}
	var channels []string
	for _, id := range c.opt.Store.Channels(c.GuildID) {
		channels = append(channels, "<#"+id+">")
	}
	lines = append(lines,
		either(len(channels) > 0, fmt.Sprintf(c.StatusChannels, c.some(channels)), c.StatusNoChan),
		either(c.opt.Store.Paused(c.GuildID), c.StatusPaused, c.StatusRunning),
		either(c.opt.Store.KeepsUnanswered(c.GuildID), c.StatusKept, c.StatusNotKept),
	)
	if c.opt.Store.InMemory() {
		lines = append(lines, c.StatusMemory)
	}
	return strings.Join(lines, "\n")
}

// content says whether the bot can read messages that are not meant for it.
func (w *words) content(s Connection) string {
	switch {
	case s.HTTP:
		return w.StatusTextHTTP
	case s.MessageContent:
		return w.StatusText
	case s.ContentRefused:
		return w.StatusNoText
	}
	return w.StatusTextOff
}

// mayWrite reports whether the bot may write where the interaction came from.
// What threads need besides is not told apart: the interaction does not say
// that it comes from one.
func (c *call) mayWrite() bool {
	const need = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages
	return c.AppPermissions&discordgo.PermissionAdministrator != 0 || c.AppPermissions&need == need
}

// newest is the day of the newest article and its age.
func (c *call) newest(articles []*corpus.Article) string {
	newest := newestDay(articles)
	if newest.IsZero() {
		return c.Undated
	}
	return c.dayAndAge(newest, c.now)
}

// some joins a list and cuts it where it is long.
func (w *words) some(list []string) string {
	if len(list) > maxListed {
		list = append(list[:maxListed:maxListed], "…")
	}
	return w.join(list)
}

func either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}
