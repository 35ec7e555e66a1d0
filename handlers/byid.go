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
func (p *page) reply(ctx context.Context, q question, private bool) (r reply, sentence string, o outcome) {
	id := p.typedID(q.Text)
	if looksLikeAnswerID(id) {
		r, sentence = p.again(q.Who, id, private)
		return r, sentence, refused
	}
	short := answer.IsShortID(id)
	if short && answer.NoWord(id) {
		if r, ok := p.againShort(q, id, private); ok {
			return r, "", answered
		}
		if len(id) == 8 {
			return reply{}, p.ShortGone, refused
		}
	}
	if r, o = p.ask(ctx, q, private); o == refused {
		return reply{}, r.Content, o
	}
	if short && o == abstained {
		if by, ok := p.againShort(q, id, private); ok {
			return by, "", answered
		}
	}
	return r, "", o
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
func (p *page) again(who, id string, private bool) (r reply, sentence string) {
	a, err := p.lib.Find(id)
	if err != nil {
		return reply{}, p.gone(err)
	}
	return p.shownAgain(echo{Who: who, Question: id}, a, private), ""
}

func (p *page) shownAgain(e echo, a answer.Answer, private bool) reply {
	named := ref(a.Citation.Article, a.Citation.Start, a.Citation.End, a.Quote)
	return reply{
		Content: p.answered(e, a),
		Rows:    [][]discordgo.MessageComponent{p.answerButtons(named, "", "", false, private)},
	}
}

// againShort shows the answer of a short id, or of the beginning of one. Where
// there are several they are listed; an article that was named chooses.
func (p *page) againShort(q question, id string, private bool) (r reply, ok bool) {
	// An article may be one of many that hold the same sentence.
	limit := maxButtons
	if q.Article != "" {
		limit = maxSame
	}
	found, all := p.lib.FindShort(id, limit)
	if q.Article != "" {
		var there []answer.Answer
		for _, a := range found {
			if a.Citation.Article == q.Article {
				there = append(there, a)
			}
		}
		found, all = there[:min(len(there), maxButtons)], len(there)
	}
	e := echo{Who: q.Who, Question: id}
	switch len(found) {
	case 0:
		return reply{}, false
	case 1:
		return p.shownAgain(e, found[0], private), true
	}
	head := e.asked(p.words) + "\n" + fmt.Sprintf(p.SeveralIDs, p.passages(all))
	blocks, row := p.numbered(found, maxOther, maxContent-runes(head)-runes(p.SeveralCut)-2)
	content := head + "\n" + strings.Join(blocks, "\n")
	if all > len(blocks) {
		content += "\n" + p.SeveralCut
	}
	return reply{Content: content, Rows: [][]discordgo.MessageComponent{row}}, true
}

// maxSame bounds the sentences of one id among which an article chooses.
const maxSame = 1000

// numbered writes passages one below the other, with a button for each that
// shows its context, as many as there is room for; each is quoted in at most each runes.
func (p *page) numbered(list []answer.Answer, each, room int) (blocks []string, row []discordgo.MessageComponent) {
	for _, a := range list[:min(len(list), maxButtons)] {
		n := len(row) + 1
		block := fmt.Sprintf(p.OtherOne, n, p.passage(a, each))
		if room -= runes(block) + 1; room < 0 {
			break
		}
		blocks = append(blocks, block)
		named := ref(a.Citation.Article, a.Citation.Start, a.Citation.End, a.Quote)
		row = append(row, button(fmt.Sprintf(p.ButtonContextOf, n), customID(actContext, named)))
	}
	return blocks, row
}

// gone says in one sentence why an answer cannot be brought back.
func (p *page) gone(err error) string {
	if errors.Is(err, answer.ErrChanged) {
		return p.AnswerChanged
	}
	return p.AnswerGone
}
