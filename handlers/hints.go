package handlers

import (
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// maxHint is how much is shown of each of several passages that may help, in runes.
const maxHint = 240

// abstained writes the reply to a question that was not answered. It says what
// was looked for and where and, under a line that takes it for no answer, the
// passages that may help: quoted and cited as an answer is, with nothing in bold.
// Of several, as many as there is room for, each has a button that shows its context.
func (p *page) abstained(e echo, a answer.Answer) (content string, contexts []discordgo.MessageComponent, err error) {
	asked, outcome := p.opening(e), p.NothingToUse
	if len(a.Looked) > 0 {
		outcome = fmt.Sprintf(p.NotFound, p.listUpTo(a.Looked, 8), p.articles(a.Searched))
		if p.toRead > 0 {
			outcome += "\n" + fmt.Sprintf(p.ReadsOn, p.group(p.read), p.group(p.toRead))
		}
	}
	room := p.room() - runes(asked) - runes(outcome) - 2
	var above, citation string
	if len(a.Hints) > 0 {
		first := a.Hints[0]
		article, err := p.lib.Article(first.Citation.Article)
		if err != nil {
			return "", nil, err
		}
		above, citation = p.Closest+"\n"+p.lead(first, article)+"\n", p.citation(article.ID, first.Citation.Paragraph)
		room -= runes(above) + runes(citation)
	}
	lines := append([]string{asked}, spare(&room, p.reading(a)...)...)
	lines = append(lines, outcome)
	if n := len(a.Unfound); n > 0 && n < len(a.Looked) {
		lines = append(lines, spare(&room, fmt.Sprintf(p.Unmatched, p.listUpTo(a.Unfound, 4)))...)
	}
	if len(a.Hints) == 0 {
		return strings.Join(append(lines, p.TryOther), "\n"), nil, nil
	}
	head := strings.Join(lines, "\n") + "\n"
	if len(a.Hints) > 1 {
		blocks, contexts, err := p.numbered(a.Hints, maxHint, p.room()-runes(head)-runes(p.ClosestFew)-1)
		if err != nil || len(blocks) > 1 {
			return head + p.ClosestFew + "\n" + strings.Join(blocks, "\n"), contexts, err
		}
	}
	hint, err := p.hint(a.Hints[0], room)
	return head + above + hint + citation, nil, err
}

// hint quotes the one passage that may help, in at most room runes, with what its
// reader needs beside it.
func (p *page) hint(a answer.Answer, room int) (string, error) {
	article, err := p.lib.Article(a.Citation.Article)
	if err != nil {
		return "", err
	}
	quote, shown := sentence(a, article)
	notes := spare(&room, append(row(a.Columns), p.relativeDates(article.Quote(shown), article)...)...)
	if runes(blockquote(article.Text, shown)) > room {
		shown = quote
	}
	return p.fit(article.Text, shown, corpus.Span{}, nil, room) + strings.Join(append(notes, ""), "\n"), nil
}
