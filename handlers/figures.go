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

// figuresOf lists figures of an article that a command asks for by their kinds.
// Nothing is added up.
func (p *page) figuresOf(ctx context.Context, head string, article *corpus.Article, kinds []string) listing {
	found := p.facts.Figures(ctx, article.ID, kinds)
	var none []string
	for _, k := range kinds {
		if !slices.ContainsFunc(found, func(f answer.Figure) bool { return f.Kind == k }) {
			none = append(none, k)
		}
	}
	l := listing{head: head}
	if len(none) > 0 {
		l.tail = fmt.Sprintf(p.NoFigure, p.listUpTo(none, 10))
	}
	l.entries = p.figureEntries(found, p.roomUnder(head)-runes(l.tail)-1)
	return l
}

// figuresView lists every figure of an article, or of all for nil.
func (p *page) figuresView(article *corpus.Article, turn func(int) string, rows [][]discordgo.MessageComponent) listing {
	found := p.facts.AllFigures(articleOf(article))
	if len(found) == 0 {
		return listing{head: fmt.Sprintf(p.NoFigures, p.scope(article)), turn: turn, rows: rows}
	}
	head := fmt.Sprintf(p.FiguresHead, p.scope(article), p.count(p.FiguresCounted, len(found)))
	return listing{head: head, entries: p.figureEntries(found, p.roomUnder(head)), turn: turn, rows: rows}
}

// figureEntries makes an entry of each sentence that has figures.
func (p *page) figureEntries(found []answer.Figure, room int) []entry {
	var sentences [][]answer.Figure
	for i, f := range found {
		if i == 0 || f.Where != found[i-1].Where {
			if len(sentences) > maxEntries {
				break
			}
			sentences = append(sentences, nil)
		}
		last := len(sentences) - 1
		sentences[last] = append(sentences[last], f)
	}
	var entries []entry
	for i, figures := range sentences {
		entries = append(entries, entry{
			text:  p.figureBlock(figures, i+1, len(sentences), room),
			first: i + 1, refs: []string{p.refOf(figures[0].Where)},
		})
	}
	return entries
}

// figureBlock writes one sentence with the figures in bold, and under it what
// each of them counts, who counted and when.
func (p *page) figureBlock(figures []answer.Figure, n, of, room int) string {
	at := figures[0].Where
	article := p.lib.Article(at.Article)
	said := answer.Answer{SaidBy: figures[0].SaidBy, Reported: true}
	if a := p.speaking(at); a.ID != "" {
		said = a // it knows whether the speaker is quoted or reported
	}
	lead := p.numberedLead(n, of, p.lead(said, article))
	citation := p.citation(article, at.Paragraph)
	var bold []corpus.Span
	for _, f := range figures {
		if f.Kind == "" && f.Number.Len() > 0 {
			bold = append(bold, f.Number)
		} else {
			bold = append(bold, f.Span)
		}
	}
	bold = joined(bold)
	must := corpus.Span{}
	if len(bold) > 0 {
		must = bold[0]
	}
	words := upTo(p.figureWords(article, figures), "\n", room-runes(lead)-runes(citation)-minListQuote-2)
	return p.quote(article, lead, at.Sentence, must, bold, words+"\n"+citation, room)
}

// figureWords names each figure in words, in lines: what it counts, the figure,
// and at the end of those that have it in common who counted and when.
func (p *page) figureWords(article *corpus.Article, figures []answer.Figure) []string {
	var lines []string
	var line []string
	for i, f := range figures {
		line = append(line, p.figure(article, f))
		if i+1 < len(figures) && figures[i+1].SaidBy == f.SaidBy && figures[i+1].AsOf == f.AsOf {
			continue
		}
		if f.SaidBy != "" {
			line = append(line, fmt.Sprintf(p.CountedBy, escapeInline(limited(p.speaker(f.SaidBy, article), maxSource))))
		}
		if f.AsOf != "" {
			line = append(line, fmt.Sprintf(p.AsOf, p.dated(f.AsOf)))
		}
		lines, line = append(lines, strings.Join(line, p.Semicolon+" ")), nil
	}
	return lines
}

// figure names one figure: its kind where one was asked for, else what it counts.
func (p *page) figure(article *corpus.Article, f answer.Figure) string {
	counts := article.Quote(f.Counts)
	switch {
	case f.Kind != "":
		return fmt.Sprintf(p.Figure, short(f.Kind), excerpt(article.Quote(f.Span), maxTitle))
	case f.Number.Len() == 0 || counts == "":
		return fmt.Sprintf(p.FigureAlone, excerpt(article.Quote(f.Span), maxTitle))
	}
	return fmt.Sprintf(p.Figure, excerpt(counts, maxPhrase), excerpt(article.Quote(f.Number), maxTitle))
}
