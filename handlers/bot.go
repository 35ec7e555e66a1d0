// Package handlers decides what to reply: an interaction or a message comes in,
// a value that package discord sends goes out. It never touches the network.
//
// Start with [New] and [Bot], whose methods are what package discord calls, and
// [Commands], which lists the slash commands to register. All words that a
// person reads stand in the files under text, one a language. How a reply is put together stands in
// render.go; what may stand in one in markdown.go.
//
// What a button or a reply needs stands in its custom id or in the message that
// it sits on. Of a conversation nothing is kept but, for some minutes, which
// article a channel was last answered from (talk.go).
package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
	"footnote/store"
)

// Options are what a [Bot] needs. Log, Live and Store are required.
type Options struct {
	Log   *slog.Logger
	Live  *answer.Live
	Store *store.Store

	Now     func() time.Time                          // default time.Now
	Status  func() Connection                         // default: not connected
	Rebuild func(ctx context.Context) (string, error) // rebuilds the library and says what changed; nil: it cannot be rebuilt from Discord
	Owner   func() string                             // user id of the application's owner; default: nobody is
	// Reading returns how many articles of how many are read while a library is being
	// prepared and what is there of it answers; zeros while that is not so, the default.
	Reading func() (done, total int)
	// Parent returns the channel or forum that a thread of a server belongs to, ""
	// for a channel that is no thread. It may ask Discord. Default: there are no threads.
	Parent func(ctx context.Context, guild, channel string) string

	MemberLimit int // questions a minute of one member; default 5
	ServerLimit int // questions a minute of one server; default 30
}

// Connection is what `/footnote status` tells of the wire and the index.
type Connection struct {
	Connected      bool
	MessageContent bool   // Discord shows the bot messages that do not address it
	ContentRefused bool   // that was asked for and Discord refused it
	HTTP           bool   // interactions come over HTTP, and no message at all
	Index          string // version of the index
	InMemory       bool   // the index is not written to disk
	Read, ToRead   int    // passages, while they are read for what they mean; else 0

	Prepared, ToPrepare int // articles, while a library is being prepared; else 0
}

// Bot decides what to reply. It is safe for concurrent use.
type Bot struct {
	opt    Options
	log    *slog.Logger
	limits *limits
	talk   talk
	starts pageStarts
	facts  facts // of the tests; nil: the library's
}

// New returns a Bot.
func New(o Options) *Bot {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Status == nil {
		o.Status = func() Connection { return Connection{} }
	}
	if o.Owner == nil {
		o.Owner = func() string { return "" }
	}
	if o.Reading == nil {
		o.Reading = func() (done, total int) { return 0, 0 }
	}
	if o.Parent == nil {
		o.Parent = func(context.Context, string, string) string { return "" }
	}
	if o.MemberLimit == 0 {
		o.MemberLimit = 5
	}
	if o.ServerLimit == 0 {
		o.ServerLimit = 30
	}
	return &Bot{opt: o, log: o.Log, limits: newLimits(o.MemberLimit, o.ServerLimit)}
}

// Interaction answers a slash command, a press of a button, a modal or an
// autocomplete. It never returns nil.
func (b *Bot) Interaction(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
	lib, done := b.opt.Live.Use()
	defer done()
	p := b.page(lib)
	if p.far.nothing() { // no article tells what language the library is in
		p.words = settingOf(i)
	}
	p.words = p.seenIn(i.Locale)
	c := &call{page: p, Interaction: i, opt: b.opt, log: b.log, limits: b.limits}
	if data, ok := i.Data.(discordgo.ApplicationCommandInteractionData); ok && i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return c.autocomplete(ctx, data)
	}
	_, user, _ := c.person()
	if !b.limits.begin(user) {
		return c.refuse(c.Busy)
	}
	defer b.limits.end(user)
	switch data := i.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		return c.keepDeletable(c.withSoFar(c.orFailed(c.command(ctx, data))))
	case discordgo.MessageComponentInteractionData:
		return c.keepDeletable(c.withSoFar(c.orFailed(c.component(ctx, data))))
	case discordgo.ModalSubmitInteractionData:
		return c.keepDeletable(c.withSoFar(c.orFailed(c.modal(ctx, data))))
	}
	return c.refuse(c.UnknownCommand)
}

// orFailed is the response, or where it could not be made the sentence that says
// so, and a line in the log that says why.
func (c *call) orFailed(r *discordgo.InteractionResponse, err error) *discordgo.InteractionResponse {
	if err == nil {
		return r
	}
	tellFailed(c.log, err)
	return c.refuse(c.Failed)
}

// tellFailed logs why a reply could not be made. That somebody has gone, or the bot
// is being ended, is no failure.
func tellFailed(log *slog.Logger, err error) {
	if !errors.Is(err, context.Canceled) {
		log.Error("the library could not be read", "reason", err)
	}
}

// Private reports, without searching, whether the response to i will be
// ephemeral where it goes well.
func (b *Bot) Private(i *discordgo.Interaction) bool {
	switch data := i.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		return data.Name == cmdFootnote || data.CommandType == discordgo.MessageApplicationCommand || isPrivate(data)
	case discordgo.MessageComponentInteractionData:
		action, _, _ := parseID(data.CustomID)
		return action == actContext || action == actOthers || action == actCheck ||
			action != actShare && action != actShareClaim && onPrivate(i)
	case discordgo.ModalSubmitInteractionData:
		return onPrivate(i)
	}
	return false
}

// Updates reports whether the response to i changes the message that i sits on.
func (b *Bot) Updates(i *discordgo.Interaction) bool {
	data, ok := i.Data.(discordgo.MessageComponentInteractionData)
	if !ok {
		return false
	}
	action, _, _ := parseID(data.CustomID)
	switch action {
	case actSearch, actSpeaker, actDeclared, actArticles, actNone, actNoneOf, actDelete:
		return true
	}
	return isView(action)
}

// GuildDelete forgets a server that the bot has left.
func (b *Bot) GuildDelete(guildID string) {
	if err := b.opt.Store.Forget(guildID); err != nil {
		b.log.Error("the settings of a server that the bot left could not be deleted", "server", guildID, "err", err)
	}
}

// Denied returns what to tell the author of m where the bot may not write in
// m's channel.
func (b *Bot) Denied(m *discordgo.Message, _ int) *discordgo.MessageSend {
	if !checkID(m.ChannelID) {
		return nil
	}
	lib, done := b.opt.Live.Use()
	defer done()
	return send(plain(fmt.Sprintf(b.page(lib).MayNotWrite, m.ChannelID)))
}

// WireWords returns the sentences for package discord to say where no handler
// can: all workers are taken, a handler failed, a modal came too late.
func (b *Bot) WireWords() struct{ Busy, Failed, Slow string } {
	lib, done := b.opt.Live.Use()
	defer done()
	w := b.page(lib).words
	return struct{ Busy, Failed, Slow string }{w.Busy, w.Failed, w.Slow}
}

// page begins a reply about a library, in its language: the next library may
// have another.
func (b *Bot) page(lib *answer.Library) *page {
	p := &page{words: speaking(lib.Languages()), lib: lib, facts: lib, talk: &b.talk, starts: &b.starts, far: b.opt.farOf(lib), now: b.opt.Now()}
	to := b.opt.Status()
	p.read, p.toRead = to.Read, to.ToRead
	if b.facts != nil {
		p.facts, p.starts = b.facts, nil
	}
	return p
}

// call is one interaction being answered.
type call struct {
	*page
	*discordgo.Interaction
	opt    Options
	log    *slog.Logger
	limits *limits

	refused bool // a sentence was told instead of what was wanted
}

// person returns who interacts, and in how large a place: the name to show, the
// user's id, and the server's id, "" in a direct message.
func (c *call) person() (name, user, guild string) {
	u := c.User
	if c.Member != nil {
		u = c.Member.User
	}
	return displayName(c.words, u, c.Member), userID(u), c.GuildID
}

// displayName returns the name that people see in a server.
func displayName(w *words, u *discordgo.User, m *discordgo.Member) string {
	names := []string{}
	if m != nil {
		names = append(names, m.Nick)
	}
	if u != nil {
		names = append(names, u.GlobalName, u.Username)
	}
	for _, n := range names {
		if tidy(n) != "" {
			return n
		}
	}
	return w.Someone
}

func userID(u *discordgo.User) string {
	if u == nil {
		return ""
	}
	return u.ID
}

// onPrivate reports whether i sits on a message that only one person sees.
func onPrivate(i *discordgo.Interaction) bool {
	return i.Message != nil && i.Message.Flags&discordgo.MessageFlagsEphemeral != 0
}

// articleOf returns the id of an article, "" for nil.
func articleOf(a *corpus.Header) string {
	if a == nil {
		return ""
	}
	return a.ID
}

// checkID reports whether a text is an id of Discord's.
func checkID(id string) bool {
	for _, r := range id {
		if r < '0' || r > '9' {
			return false
		}
	}
	return id != "" && len(id) <= 20
}
