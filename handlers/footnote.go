package handlers

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// footnote answers /footnote, which is for those who manage the server. Discord
// hides it from others, but a server can show it to them, so it is checked here.
func (c *call) footnote(ctx context.Context, d discordgo.ApplicationCommandInteractionData) (*discordgo.InteractionResponse, error) {
	switch {
	case c.GuildID == "" || c.Member == nil:
		return c.refuse(c.NeedServer), nil
	case len(d.Options) == 0:
		return c.refuse(c.UnknownCommand), nil
	}
	sub := d.Options[0]
	if sub.Name == subRebuild {
		return c.rebuild(ctx), nil
	}
	if c.Member.Permissions&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) == 0 {
		return c.refuse(c.NeedManage), nil
	}
	switch sub.Name {
	case subStatus:
		return respond(plain(c.status(ctx)), true), nil
	case subChannel:
		return c.switchChannel(ctx, sub), nil
	case subPause:
		return c.pause(text(sub.Options, optSwitch) == switchOn), nil
	case subUnanswered:
		return c.unanswered(ctx, text(sub.Options, optAction))
	}
	return c.refuse(c.UnknownCommand), nil
}

// switchChannel switches free text on or off in a channel and its threads, by
// default where the command is given: in a thread that is its channel. A thread
// that is named is switched alone.
func (c *call) switchChannel(ctx context.Context, sub *discordgo.ApplicationCommandInteractionDataOption) *discordgo.InteractionResponse {
	named := text(sub.Options, optChannel)
	channel := cmp.Or(named, c.ChannelID)
	on := text(sub.Options, optSwitch) == switchOn
	if !checkID(channel) {
		return c.refuse(c.UnknownCommand)
	}
	thread, parent := "", c.opt.Parent(ctx, c.GuildID, channel)
	switch {
	case parent == "":
	case named == "":
		thread, channel, parent = channel, parent, ""
	case !on && c.opt.Store.ChannelOn(c.GuildID, parent):
		return c.refuse(fmt.Sprintf(c.ThreadCovered, channel, parent))
	}
	err := c.opt.Store.SetChannel(c.GuildID, channel, on)
	if err == nil && c.opt.Store.ChannelOn(c.GuildID, thread) {
		err = c.opt.Store.SetChannel(c.GuildID, thread, false) // it goes with its channel now
	}
	if err != nil {
		c.log.Error("a channel could not be switched", "err", err)
		return c.refuse(c.NotSaved)
	}
	if !on {
		return c.refuse(fmt.Sprintf(c.ChannelOff, channel))
	}
	sentence := fmt.Sprintf(c.ChannelOn, channel)
	if parent == "" {
		sentence += "\n" + c.ChannelThreads
	}
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
	case c.far.going():
		return c.refuse(c.stillReading())
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
func (c *call) status(ctx context.Context) string {
	parent := c.opt.Parent(ctx, c.GuildID, c.ChannelID)
	connection := c.opt.Status()
	articles := c.lib.Headers()
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
		either(c.mayWrite(parent != ""), c.StatusWrite, c.StatusNoWrite),
		fmt.Sprintf(c.StatusLibrary, c.articles(len(articles)), c.newest(articles), escapeInline(limited(connection.Index, 80))),
	)
	if connection.InMemory {
		lines = append(lines, c.StatusIndexMemory)
	}
	if connection.ToPrepare > 0 {
		lines = append(lines, fmt.Sprintf(c.StatusPreparing, c.group(connection.Prepared), c.group(connection.ToPrepare)))
	}
	if connection.ToRead > 0 {
		lines = append(lines, fmt.Sprintf(c.StatusReading, connection.Read, connection.ToRead))
	}
	load := c.opt.Live.Load()
	lines = append(lines, fmt.Sprintf(c.StatusLoad, load.Fresh, load.Again, load.Refused, load.Working, load.Waiting))
	var channels []string
	for _, id := range c.opt.Store.Channels(c.GuildID) {
		channels = append(channels, "<#"+id+">")
	}
	lines = append(lines,
		either(len(channels) > 0, fmt.Sprintf(c.StatusChannels, c.some(channels)), c.StatusNoChan),
	)
	if c.opt.Store.ChannelOn(c.GuildID, parent) {
		lines = append(lines, fmt.Sprintf(c.ThreadCovered, c.ChannelID, parent))
	}
	lines = append(lines,
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

// mayWrite reports whether the bot may write where the interaction came from,
// which may be a thread.
func (c *call) mayWrite(thread bool) bool {
	need := int64(discordgo.PermissionViewChannel | discordgo.PermissionSendMessages)
	if thread {
		need = discordgo.PermissionViewChannel | discordgo.PermissionSendMessagesInThreads
	}
	return c.AppPermissions&discordgo.PermissionAdministrator != 0 || c.AppPermissions&need == need
}

// newest is the day of the newest article and its age.
func (c *call) newest(articles []corpus.Header) string {
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
