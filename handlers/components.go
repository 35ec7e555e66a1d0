package handlers

import (
	"context"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// modalQuestion is the text field of the modal.
const modalQuestion = "question"

// component answers a press of a button.
func (c *call) component(ctx context.Context, d discordgo.MessageComponentInteractionData) (*discordgo.InteractionResponse, error) {
	action, args, ok := parseID(d.CustomID)
	if !ok {
		return c.refuse(c.OldButton), nil
	}
	if action == actDelete { // a paused bot's replies can go, too
		return c.remove(args[0]), nil
	}
	if c.GuildID != "" && c.opt.Store.Paused(c.GuildID) {
		return c.refuse(c.PausedHere), nil
	}
	if c.far.nothing() {
		return c.refuse(c.stillReading()), nil
	}
	switch action {
	case actContext:
		return c.context(ctx, args[0])
	case actOthers:
		return c.others(ctx, fromDash(args[0]), args[1])
	case actNone:
		return update(plain(c.NoneThanks)), nil
	case actNoneOf:
		return c.noneOf(args[0], args[1]), nil
	case actFollow:
		return c.followUp(d.CustomID, args[0]), nil
	case actShare:
		return c.share(fromDash(args[0]), args[1], args[2] == "1")
	case actSearch:
		return c.searchPage(ctx, args[0], args[1])
	case actOutline, actFigures, actTimeline, actSaid, actDisagreements:
		return c.viewPage(ctx, action, args[0], args[1])
	case actSpeaker:
		return c.saidPage(ctx, args[0], args[1], args[2], args[3])
	case actDeclared:
		return c.declaredTurn(ctx, args[0], args[1], args[2], args[3])
	case actCheck:
		return c.checkAsked(ctx, args[0])
	case actShareClaim:
		return c.shareClaim(), nil
	case actAbout:
		return c.firstOf(ctx, args[0], args[1])
	case actArticles:
		return c.articlesPage(args[0], args[1]), nil
	case actTry:
		return c.try(ctx, d.CustomID)
	}
	return c.refuse(c.OldButton), nil // unreachable: parseID knows the same actions
}

// context shows a quotation in its paragraph, between the paragraphs around it.
func (c *call) context(ctx context.Context, ref string) (*discordgo.InteractionResponse, error) {
	ref, _, _ = strings.Cut(ref, anotherOf)
	a, err := resolve(ctx, c.lib, ref)
	if isGone(err) {
		return c.refuse(c.gone(err)), nil
	}
	if err != nil {
		return nil, err
	}
	content, err := c.inContext(a)
	return respond(plain(content), true), err
}

// Lengths of the paragraphs in the context view, in runes.
const (
	maxCited  = 900
	maxBeside = 300
)

// maxShownID is how much of an id is shown, in runes. Paths are rarely longer.
const maxShownID = 150

// inContext writes the context view. What is in bold is text[start:end] of the
// last line: the quotation, no more and no less.
func (p *page) inContext(a answer.Answer) (string, error) {
	article, err := p.lib.Article(a.Citation.Article)
	if err != nil {
		return "", err
	}
	quote := corpus.Span{Start: a.Citation.Start, End: a.Citation.End}
	head := fmt.Sprintf(p.Context, p.citation(article.ID, a.Citation.Paragraph))
	tail := fmt.Sprintf(p.ContextOffsets, quote.Start, quote.End, escapeInline(limited(article.ID, maxShownID)), digest(a.Quote), escapeInline(limited(a.ID, maxShownID)))
	tail = strings.Join(append(p.relativeDates(article.Quote(quote), article), tail), "\n")
	cited := a.Citation.Paragraph - 1
	room := maxContent - runes(head) - runes(tail) - 2

	label := fmt.Sprintf(p.ContextCited, cited+1) + "\n"
	paragraph := label + p.fit(article.Text, article.Passages[cited].Span, quote, []corpus.Span{quote}, min(maxCited, room-runes(label)))
	room -= runes(paragraph)
	before, after := "", ""
	beside := func(i, room int) string {
		if i < 0 || i >= len(article.Passages) {
			return ""
		}
		label := fmt.Sprintf(p.ContextBeside, i+1) + "\n"
		if room -= runes(label); room < maxBeside/3 {
			return ""
		}
		at := article.Passages[i].Span
		must := corpus.Span{}
		if i < cited { // what matters of the paragraph before is its end
			must = corpus.Span{Start: at.End - lastRunes(article.Quote(at), maxBeside/2), End: at.End}
		}
		return label + p.fit(article.Text, at, must, nil, min(maxBeside, room))
	}
	before = beside(cited-1, room)
	after = beside(cited+1, room-runes(before))
	return head + "\n" + before + paragraph + after + tail, nil
}

// lastRunes returns how many bytes the last n runes of text take, from a word
// border on.
func lastRunes(text string, n int) int {
	all := []rune(text)
	if len(all) <= n {
		return len(text)
	}
	last := string(all[len(all)-n:])
	if i := strings.IndexByte(last, ' '); i >= 0 {
		last = last[i+1:]
	}
	return len(last)
}

// maxOther is how much of each other passage is shown, in runes.
const maxOther = 330

// others lists what came near besides the sentences that are shown.
func (c *call) others(ctx context.Context, shown, hash string) (*discordgo.InteractionResponse, error) {
	hash, talked := askedOf(c.lib, hash)
	e, article, ok := c.asked(hash)
	if !ok {
		return c.refuse(c.NothingToShare), nil
	}
	a := c.lib.Ask(ctx, answer.Question{Text: e.Question, Previous: e.Previous, Article: articleOf(article), Talked: talked})
	if a.Err != nil {
		return c.refuse(c.failure(a.Err)), nil
	}
	near := a.Others
	if a.Citation != nil {
		// The library may have changed since, and the answer with it.
		first := answer.Other{Article: a.Citation.Article, Paragraph: a.Citation.Paragraph, Start: a.Citation.Start, End: a.Citation.End, Quote: a.Quote}
		near = append([]answer.Other{first}, near...)
	}
	var passages []answer.Answer
	for _, o := range near {
		if o.MayHelp || ref(o.Article, o.Start, o.End, o.Quote) == shown {
			continue
		}
		switch a, err := find(ctx, c.lib, o); {
		case err == nil:
			passages = append(passages, a)
		case !isGone(err):
			return nil, err
		}
	}
	head := fmt.Sprintf(c.Others, quoted(e.Question))
	blocks, row, err := c.numbered(passages, maxOther, c.room()-runes(head))
	if err != nil {
		return nil, err
	}
	if len(row) == 0 {
		return c.refuse(c.NoOthers), nil
	}
	none := []discordgo.MessageComponent{button(c.ButtonNone, c.noneID(a, shown))}
	return respond(reply{Content: head + "\n" + strings.Join(blocks, "\n"), Rows: [][]discordgo.MessageComponent{row, none}}, true), nil
}

// asked reads back from the message what was asked, and of which article.
func (c *call) asked(hash string) (e echo, article *corpus.Header, ok bool) {
	if c.Message == nil {
		return e, nil, false
	}
	e, ok = readEcho(c.Message.Content)
	article, found := articleByHash(c.lib, hash)
	return e, article, ok && found
}

// followUp opens the modal. Its custom id is the button's: what is asked there
// needs the same state.
func (c *call) followUp(id, hash string) *discordgo.InteractionResponse {
	if _, ok := articleByHash(c.lib, hash); !ok {
		return c.refuse(c.AnswerGone)
	}
	input := discordgo.TextInput{
		CustomID: modalQuestion, Label: c.ModalLabel, Style: discordgo.TextInputShort,
		Required: true, MinLength: 1, MaxLength: maxQuestion,
	}
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseModal,
		Data: &discordgo.InteractionResponseData{
			CustomID: id, Title: c.ModalTitle,
			Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{input}}},
		},
	}
}

// modal answers the question typed into the modal. The question before is read
// from the message under which Follow up was pressed.
func (c *call) modal(ctx context.Context, d discordgo.ModalSubmitInteractionData) (*discordgo.InteractionResponse, error) {
	action, args, ok := parseID(d.CustomID)
	if !ok || action != actFollow {
		return c.refuse(c.OldButton), nil
	}
	if c.GuildID != "" && c.opt.Store.Paused(c.GuildID) {
		return c.refuse(c.PausedHere), nil
	}
	if c.far.nothing() {
		return c.refuse(c.stillReading()), nil
	}
	article, ok := articleByHash(c.lib, args[0])
	if !ok {
		return c.refuse(c.AnswerGone), nil
	}
	q := question{Text: typed(d.Components), Article: articleOf(article), On: articleOn(c.lib, c.Message)}
	if c.Message != nil {
		if e, ok := readEcho(c.Message.Content); ok {
			q.Previous, q.Earlier = e.Question, e.Previous
		}
	}
	return c.question(ctx, q, onPrivate(c.Interaction))
}

// typed returns what a person typed into a modal.
func typed(rows []discordgo.MessageComponent) string {
	for _, row := range rows {
		r, ok := row.(*discordgo.ActionsRow)
		if !ok {
			continue
		}
		for _, input := range r.Components {
			if t, ok := input.(*discordgo.TextInput); ok && t.CustomID == modalQuestion {
				return t.Value
			}
		}
	}
	return ""
}

// share posts a private answer for everybody. The message is the bot's own, so
// it goes out as it stands.
func (c *call) share(ref, hash string, others bool) (*discordgo.InteractionResponse, error) {
	hash, talked := askedOf(c.lib, hash)
	article, ok := articleByHash(c.lib, hash)
	if !ok {
		return c.refuse(c.AnswerGone), nil
	}
	if c.Message == nil || c.Message.Content == "" {
		return c.refuse(c.NothingToShare), nil
	}
	row := c.answerButtons(ref, articleOf(article), talked, others, false)
	var contexts []discordgo.MessageComponent
	for _, b := range buttonsOn(c.Message) {
		if action, _, _ := parseID(b.CustomID); action == actContext {
			contexts = append(contexts, button(b.Label, b.CustomID))
		}
	}
	return respond(reply{Content: c.Message.Content, Rows: contextsOver(contexts, row)}, false), nil
}

// try asks a question of the front page; it is the button's label.
func (c *call) try(ctx context.Context, id string) (*discordgo.InteractionResponse, error) {
	for _, b := range buttonsOn(c.Message) {
		if b.CustomID == id {
			return c.question(ctx, question{Text: b.Label}, onPrivate(c.Interaction))
		}
	}
	return c.refuse(c.OldButton), nil
}

// buttonsOn returns the buttons of a message that Discord sent back.
func buttonsOn(m *discordgo.Message) []*discordgo.Button {
	var list []*discordgo.Button
	if m == nil {
		return nil
	}
	for _, row := range m.Components {
		r, ok := row.(*discordgo.ActionsRow)
		if !ok {
			continue
		}
		for _, part := range r.Components {
			if b, ok := part.(*discordgo.Button); ok {
				list = append(list, b)
			}
		}
	}
	return list
}
