package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// figuresCommand answers a command that lists figures of its article.
func (c *call) figuresCommand(ctx context.Context, article *corpus.Article, command corpus.Command) *discordgo.InteractionResponse {
	who, user, guild := c.person()
	if sentence := c.tooMany(user, guild); sentence != "" {
		return c.refuse(sentence)
	}
	head := echo{Who: who, Question: "/" + command.Name}.line(c.Listed)
	return respond(c.figures(ctx, head, article, command.Figures), false)
}

// maxFigureQuote is how much of one sentence a list of figures shows, in runes.
const maxFigureQuote = 500

// figures lists each figure under the sentence that it stands in, with who
// counted and where that is. Nothing is added up.
func (p *page) figures(ctx context.Context, head string, article *corpus.Article, kinds []string) reply {
	found := p.lib.Figures(ctx, article.ID, kinds)
	var sentences [][]answer.Figure
	for i, f := range found {
		if i == 0 || f.Sentence != found[i-1].Sentence {
			sentences = append(sentences, nil)
		}
		last := len(sentences) - 1
		sentences[last] = append(sentences[last], f)
	}
	var none []string
	for _, k := range kinds {
		if !slices.ContainsFunc(found, func(f answer.Figure) bool { return f.Kind == k }) {
			none = append(none, k)
		}
	}
	tail := ""
	if len(none) > 0 {
		tail = "\n" + fmt.Sprintf(p.NoFigure, p.listUpTo(none, 10))
	}
	room := maxContent - runes(head) - runes(tail) - runes(p.SomeFiguresCut) - 1
	content := head
	var row []discordgo.MessageComponent
	for i, s := range sentences {
		block, label := p.figureBlock(article, s), p.ButtonContext
		if len(sentences) > 1 {
			block, label = fmt.Sprintf(p.OtherOne, i+1, block), fmt.Sprintf(p.ButtonContextOf, i+1)
		}
		if room -= runes(block) + 1; room < 0 || len(row) == maxButtons {
			content += "\n" + p.SomeFiguresCut
			break
		}
		content += "\n" + block
		at := s[0].Sentence
		row = append(row, button(label, customID(actContext, ref(article.ID, at.Start, at.End, article.Quote(at)))))
	}
	return reply{Content: content + tail, Rows: [][]discordgo.MessageComponent{row}}
}

// figureBlock writes one sentence with the figures in bold, and under it what
// each of them counts.
func (p *page) figureBlock(article *corpus.Article, figures []answer.Figure) string {
	at := figures[0].Sentence
	said := answer.Answer{SaidBy: figures[0].SaidBy, Reported: true}
	if a, err := find(p.lib, answer.Other{Article: article.ID, Start: at.Start, End: at.End, Quote: article.Quote(at)}); err == nil {
		said = a // it knows whether the speaker is quoted or reported
	}
	var bold []corpus.Span
	var counts []string
	for _, f := range figures {
		bold = append(bold, f.Span)
		counts = append(counts, fmt.Sprintf(p.Figure, short(f.Kind), escapeInline(limited(article.Quote(f.Span), maxTitle))))
	}
	slices.SortFunc(bold, func(a, b corpus.Span) int { return a.Start - b.Start })
	return p.lead(said, article) + "\n" +
		p.fit(article.Text, at, bold[0], bold, maxFigureQuote) +
		strings.Join(counts, "; ") + "\n" +
		p.citation(article, figures[0].Paragraph)
}
