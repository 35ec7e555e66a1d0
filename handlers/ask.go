package handlers

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
)

// maxQuestion is the longest question that is taken, in runes.
const maxQuestion = 500

// question is what a person asks.
type question struct {
	Who      string
	Text     string
	Previous string // question that this one follows up
	Earlier  string // question that Previous followed up
	Article  string // id of the only article to look in, "" for all
	On       string // id of the article of the reply that this one follows up, "" where there is none
	Channel  string // where it is asked
}

// problem returns the sentence that says why a question cannot be asked, "" if it can.
func (p *page) problem(text string) string {
	switch {
	case tidy(text) == "":
		return p.EmptyQuestion
	case runes(text) > maxQuestion:
		return fmt.Sprintf(p.LongQuestion, maxQuestion)
	}
	return ""
}

// ask answers a question and says how it went.
func (p *page) ask(ctx context.Context, q question, private bool) (reply, outcome, error) {
	f := readFirst(p.lib, q.Text)
	if f.leans {
		f.perhaps = q.Previous != "" && readFirst(p.lib, q.Previous).kind == ""
	}
	if f.kind != "" && !f.perhaps {
		r, err := p.first(ctx, q, f)
		return r, answered, err
	}
	talked := cmp.Or(q.On, p.talk.about(q.Channel, p.now))
	a := p.lib.Ask(ctx, answer.Question{Text: tidy(q.Text), Article: q.Article, Talked: talked, Previous: tidy(q.Previous), Earlier: tidy(q.Earlier)})
	if a.Err != nil {
		return plain(p.failure(a.Err)), refused, nil
	}
	if f.kind != "" && a.Status != answer.Answered {
		r, err := p.first(ctx, q, f)
		return r, answered, err
	}
	e := echo{Who: q.Who, Question: q.Text, Previous: q.Previous, Article: q.Article}
	if a.Status == answer.Answered {
		if !private { // nobody learns from later answers what was asked in private
			p.talk.goesOn(q.Channel, a.Citation.Article, p.now)
		}
		named := ref(a.Citation.Article, a.Citation.Start, a.Citation.End, a.Quote)
		content, err := p.answered(e, a)
		return reply{
			Content: content,
			Rows:    [][]discordgo.MessageComponent{p.answerButtons(named, q.Article, talked, len(a.Others) > 0, private)},
		}, answered, err
	}
	named := ""
	if len(a.Hints) > 0 {
		h := a.Hints[0]
		named = ref(h.Citation.Article, h.Citation.Start, h.Citation.End, h.Quote)
	}
	content, contexts, err := p.abstained(e, a)
	return reply{
		Content: content,
		Rows:    contextsOver(contexts, p.answerButtons(named, q.Article, talked, len(a.Others) > len(a.Hints), private)),
	}, abstained, err
}

// failure is the sentence for an error of the library.
func (p *page) failure(err error) string {
	if errors.Is(err, answer.ErrBusy) {
		return p.Busy
	}
	return p.Failed
}

// askCommand answers /ask.
func (c *call) askCommand(ctx context.Context, d discordgo.ApplicationCommandInteractionData) (*discordgo.InteractionResponse, error) {
	article, ok := c.article(text(d.Options, optArticle))
	if !ok {
		return c.noArticle(text(d.Options, optArticle)), nil
	}
	return c.question(ctx, question{Text: text(d.Options, optQuestion), Article: articleOf(article)}, isPrivate(d))
}

// question answers a question, or says why not.
func (c *call) question(ctx context.Context, q question, private bool) (*discordgo.InteractionResponse, error) {
	if sentence := c.problem(q.Text); sentence != "" {
		return c.refuse(sentence), nil
	}
	var user, guild string
	q.Who, user, guild = c.person()
	q.Channel = c.ChannelID
	if sentence := c.tooMany(user, guild); sentence != "" {
		return c.refuse(sentence), nil
	}
	r, sentence, o, err := c.reply(ctx, q, private)
	if err != nil {
		return nil, err
	}
	if sentence != "" {
		return c.refuse(sentence), nil
	}
	if o == abstained && !private && !c.far.going() {
		c.opt.keepAbstained(guild, q.Text)
	}
	if o != refused && q.Previous == "" && c.looksLikeStatement(q.Text) && readFirst(c.lib, q.Text).kind == "" {
		// A row of an answer has room for one more.
		last := len(r.Rows) - 1
		r.Rows[last] = append(r.Rows[last], button(c.ButtonCheck, customID(actCheck, articleHash(q.Article))))
	}
	return respond(r, private), nil
}

// tooMany counts a question and returns the sentence that refuses it, "" if it
// may be asked.
func (c *call) tooMany(user, guild string) string {
	v, _ := c.limits.ask(user, guild, c.now)
	return c.words.tooMany(v, c.limits)
}

// tooMany is the sentence for a verdict, "" where the question is allowed.
func (w *words) tooMany(v verdict, l *limits) string {
	switch v {
	case tooManyMember:
		return w.count(w.TooManyMember, l.member)
	case tooManyServer:
		return w.count(w.TooManyServer, l.server)
	}
	return ""
}

// noArticle says that there is no article of that name.
func (c *call) noArticle(name string) *discordgo.InteractionResponse {
	return c.refuse(c.soFar(fmt.Sprintf(c.NoArticle, quoted(name))))
}
