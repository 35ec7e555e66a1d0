package handlers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/store"
)

// Message answers a message, or returns nil to stay silent. A direct message, a
// mention and a reply to the bot are answered; other text only in a channel that
// is switched on, where it is a question and only if the library answers it.
func (b *Bot) Message(ctx context.Context, m *discordgo.Message, self string) *discordgo.MessageSend {
	lib, done := b.opt.Live.Use()
	defer done()
	p := b.page(lib)
	r, err := b.message(ctx, p, m, self)
	if err != nil {
		tellFailed(b.log, err)
		r = send(plain(p.Failed))
	}
	if r != nil {
		r.Components = p.deletable(r.Components, m.Author.ID)
	}
	return r
}

func (b *Bot) message(ctx context.Context, p *page, m *discordgo.Message, self string) (*discordgo.MessageSend, error) {
	if m.Author == nil || m.Author.Bot || m.WebhookID != "" || m.Author.ID == self {
		return nil, nil
	}
	if m.GuildID != "" && b.opt.Store.Paused(m.GuildID) {
		if !addressed(m, self) || !b.hint(ctx, m, store.HintPaused, p.now) {
			return nil, nil
		}
		return send(plain(p.PausedHere)), nil
	}
	if !b.limits.begin(m.Author.ID) {
		if addressed(m, self) {
			return send(plain(p.Busy)), nil
		}
		return nil, nil
	}
	defer b.limits.end(m.Author.ID)
	q := question{Who: displayName(p.words, m.Author, m.Member), Text: withoutMention(m.Content, self), Channel: m.ChannelID}
	if replyTo(m, self) {
		if e, ok := readEcho(m.ReferencedMessage.Content); ok {
			q.Previous, q.Earlier = e.Question, e.Previous
		}
		q.On = articleOn(p.lib, m.ReferencedMessage)
	}
	if !addressed(m, self) {
		return b.overheard(ctx, p, q, m)
	}
	if tidy(q.Text) == "" {
		return b.wordless(ctx, p, m, self)
	}
	if sentence := p.problem(q.Text); sentence != "" {
		return send(plain(sentence)), nil
	}
	if p.far.nothing() {
		return send(plain(p.stillReading())), nil
	}
	if v, told := b.limits.ask(m.Author.ID, m.GuildID, p.now); v != allowed {
		if told {
			return nil, nil
		}
		return send(plain(p.tooMany(v, b.limits))), nil
	}
	r, sentence, o, err := p.reply(ctx, q, false)
	if err != nil {
		return nil, err
	}
	if sentence != "" {
		return send(plain(p.orReading(sentence))), nil
	}
	r.Content = p.soFar(r.Content)
	if o == abstained && !p.far.going() {
		b.opt.keepAbstained(m.GuildID, q.Text)
	}
	return send(r), nil
}

// hint reports whether the channel of a message, or the one that its thread
// belongs to, is to be told a hint now.
func (b *Bot) hint(ctx context.Context, m *discordgo.Message, kind store.Hint, now time.Time) bool {
	return b.opt.Store.Hint(m.GuildID, cmp.Or(b.opt.Parent(ctx, m.GuildID, m.ChannelID), m.ChannelID), kind, now)
}

// listens reports whether free text is answered in a channel: it or, of a
// thread, the channel that it belongs to is switched on.
func (o Options) listens(ctx context.Context, guild, channel string) bool {
	on := o.Store.Channels(guild)
	return slices.Contains(on, channel) || len(on) > 0 && slices.Contains(on, o.Parent(ctx, guild, channel))
}

// overheard answers free text that nobody addressed to the bot. The first
// question of a day that it has no answer to is told what silence means here.
func (b *Bot) overheard(ctx context.Context, p *page, q question, m *discordgo.Message) (*discordgo.MessageSend, error) {
	if m.ReferencedMessage != nil || !p.looksLikeQuestion(q.Text) && readFirst(p.lib, q.Text).kind == "" ||
		p.far.nothing() || !b.opt.listens(ctx, m.GuildID, m.ChannelID) {
		return nil, nil
	}
	if v, _ := b.limits.ask(m.Author.ID, m.GuildID, p.now); v != allowed {
		return nil, nil
	}
	r, o, err := p.ask(ctx, q, false)
	switch {
	case err != nil:
		return nil, err
	case o == answered, o == refused: // silence would say that there is no answer
		r.Content = p.soFar(r.Content)
		return send(r), nil
	case o == abstained && !p.far.going() && b.hint(ctx, m, store.HintSilent, p.now):
		return send(plain(p.SilenceHint)), nil
	}
	return nil, nil
}

// wordless answers a message to the bot in which it sees no text. Without the
// message-content intent Discord blanks the text of a reply that does not
// mention the bot; then a hint is given, once a channel and day.
func (b *Bot) wordless(ctx context.Context, p *page, m *discordgo.Message, self string) (*discordgo.MessageSend, error) {
	if m.GuildID != "" && m.Content == "" {
		if b.opt.Status().MessageContent || !b.hint(ctx, m, store.HintReply, p.now) {
			return nil, nil
		}
		return send(plain(p.ReplyHint)), nil
	}
	example := ""
	questions, err := p.lib.Suggest(ctx, "", "", 1)
	if err != nil {
		return nil, err
	}
	if len(questions) > 0 {
		example = "\n" + fmt.Sprintf(p.TryThis, quoted(questions[0]))
	}
	return send(plain(fmt.Sprintf(p.Greeting, example))), nil
}

// addressed reports whether a message is meant for the bot.
func addressed(m *discordgo.Message, self string) bool {
	if m.GuildID == "" || replyTo(m, self) {
		return true
	}
	for _, u := range m.Mentions {
		if u.ID == self {
			return true
		}
	}
	return false
}

// replyTo reports whether a message replies to one of the bot's.
func replyTo(m *discordgo.Message, self string) bool {
	r := m.ReferencedMessage
	return r != nil && r.Author != nil && r.Author.ID == self
}

// withoutMention takes mentions of the bot out of a text. Those of other
// people stay: they are part of what was asked.
func withoutMention(content, self string) string {
	return strings.NewReplacer("<@"+self+">", " ", "<@!"+self+">", " ").Replace(content)
}

// maxOverheard is the longest text, in runes, that is taken for a question
// where nobody addressed the bot.
const maxOverheard = 300

// looksLikeQuestion reports whether free text asks something: it ends in a
// question mark or begins with a question word, and has some words.
func (w *words) looksLikeQuestion(s string) bool {
	s = strings.TrimLeft(strings.ToLower(tidy(s)), `¿¡"'«„“( `)
	fields := strings.Fields(s)
	if len(fields) < 2 || runes(s) > maxOverheard {
		return false
	}
	for _, mark := range []string{"?", "؟", "？"} {
		if strings.HasSuffix(strings.TrimRight(s, `"')!.»“” `), mark) {
			return true
		}
	}
	return len(fields) > 2 && w.QuestionWords[fields[0]]
}
