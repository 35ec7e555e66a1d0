package handlers

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
)

// reply answers what a person typed: an id by the answer that it names, and
// anything else as a question. sentence says instead why it cannot be answered.
func (p *page) reply(ctx context.Context, q question, private bool) (r reply, sentence string, o outcome, err error) {
	id := p.typedID(q.Text)
	if looksLikeAnswerID(id) {
		r, sentence, err = p.again(ctx, q.Who, id, private)
		return r, sentence, refused, err
	}
	short := answer.IsShortID(id)
	if short && answer.NoWord(id) {
		if r, ok, err := p.againShort(ctx, q, id, private); ok || err != nil {
			return r, "", answered, err
		}
		if len(id) == 8 {
			return reply{}, p.ShortGone, refused, nil
		}
	}
	if r, o, err = p.ask(ctx, q, private); o == refused {
		return reply{}, r.Content, o, err
	}
	if short && o == abstained && err == nil {
		if by, ok, err := p.againShort(ctx, q, id, private); ok || err != nil {
			return by, "", answered, err
		}
	}
	return r, "", o, err
}

// typedID returns what may be an id: the text, in small letters where it is
// short, and without the word that stands before the id in a citation.
func (p *page) typedID(text string) string {
	id := tidy(text)
	before, _, _ := strings.Cut(p.ShortID, "%s")
	for _, before := range []string{before, "id "} {
		if rest, ok := cutPrefixFold(id, before); ok {
			id = rest
			break
		}
	}
	if low := strings.ToLower(id); answer.IsShortID(low) {
		return low
	}
	return id
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// again shows an answer by its id.
func (p *page) again(ctx context.Context, who, id string, private bool) (r reply, sentence string, err error) {
	a, err := p.lib.Find(ctx, id)
	if isGone(err) {
		return reply{}, p.gone(err), nil
	}
	if err == nil {
		r, err = p.shownAgain(echo{Who: who, Question: id}, a, private)
	}
	return r, "", err
}

func (p *page) shownAgain(e echo, a answer.Answer, private bool) (reply, error) {
	named := ref(a.Citation.Article, a.Citation.Start, a.Citation.End, a.Quote)
	content, err := p.answered(e, a)
	return reply{
		Content: content,
		Rows:    [][]discordgo.MessageComponent{p.answerButtons(named, "", "", false, private)},
	}, err
}

// againShort shows the answer of a short id, or of the beginning of one. Where
// there are several they are listed; an article that was named chooses.
func (p *page) againShort(ctx context.Context, q question, id string, private bool) (r reply, ok bool, err error) {
	found, all, err := p.lib.FindShort(ctx, id, q.Article, maxButtons)
	if err != nil {
		return reply{}, false, err
	}
	e := echo{Who: q.Who, Question: id}
	switch len(found) {
	case 0:
		return reply{}, false, nil
	case 1:
		r, err := p.shownAgain(e, found[0], private)
		return r, true, err
	}
	head := e.asked(p.words) + "\n" + fmt.Sprintf(p.SeveralIDs, p.passages(all))
	blocks, row, err := p.numbered(found, maxOther, p.room()-runes(head)-runes(p.SeveralCut)-2)
	content := head + "\n" + strings.Join(blocks, "\n")
	if all > len(blocks) {
		content += "\n" + p.SeveralCut
	}
	return reply{Content: content, Rows: [][]discordgo.MessageComponent{row}}, true, err
}

// numbered writes passages one below the other, with a button for each that
// shows its context, as many as there is room for; each is quoted in at most each runes.
func (p *page) numbered(list []answer.Answer, each, room int) (blocks []string, row []discordgo.MessageComponent, err error) {
	for _, a := range list[:min(len(list), maxButtons)] {
		n := len(row) + 1
		passage, err := p.passage(a, each)
		if err != nil {
			return nil, nil, err
		}
		block := fmt.Sprintf(p.OtherOne, n, passage)
		if room -= runes(block) + 1; room < 0 {
			break
		}
		blocks = append(blocks, block)
		named := ref(a.Citation.Article, a.Citation.Start, a.Citation.End, a.Quote)
		row = append(row, button(fmt.Sprintf(p.ButtonContextOf, n), customID(actContext, named)))
	}
	return blocks, row, nil
}

// gone says in one sentence why an answer cannot be brought back.
func (p *page) gone(err error) string {
	if errors.Is(err, answer.ErrChanged) {
		return p.AnswerChanged
	}
	return p.AnswerGone
}
