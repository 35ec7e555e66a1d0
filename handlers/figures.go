package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"footnote/answer"
	"footnote/corpus"
)

// figuresOf lists figures of an article that a command asks for by their kinds.
// Nothing is added up.
func (p *page) figuresOf(ctx context.Context, head string, article *corpus.Header, kinds []string) (listing, error) {
	found, err := p.facts.Figures(ctx, article.ID, kinds)
	if err != nil {
		return listing{}, err
	}
	var none []string
	for _, k := range kinds {
		if !slices.ContainsFunc(found, func(f answer.Figure) bool { return f.Kind == k }) {
			none = append(none, k)
		}
	}
	tail := ""
	if len(none) > 0 {
		tail = fmt.Sprintf(p.NoFigure, p.listUpTo(none, 10))
	}
	l := p.figures(ctx, found, p.roomUnder(head)-runes(tail)-1)
	l.head, l.tail = head, tail
	return l, nil
}

// figuresView lists every figure of an article, or of all for nil.
func (p *page) figuresView(ctx context.Context, article *corpus.Header, asked int) (listing, error) {
	found, err := p.facts.AllFigures(ctx, articleOf(article), asked)
	if err != nil {
		return listing{}, err
	}
	if len(found.Entries) == 0 {
		return listing{head: fmt.Sprintf(p.NoFigures, p.scope(article))}, nil
	}
	head := fmt.Sprintf(p.FiguresHead, p.scope(article), p.count(p.FiguresCounted, found.Total))
	l := p.figures(ctx, found.Entries, p.roomUnder(head))
	l.head = head
	return l, nil
}

// figures lists each sentence that has figures.
func (p *page) figures(ctx context.Context, found []answer.Figure, room int) listing {
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
	return listing{size: len(sentences), entry: func(i int) (entry, error) {
		at := sentences[i][0].Where
		article, err := p.lib.Article(at.Article)
		if err != nil {
			return entry{}, err
		}
		text, err := p.figureBlock(ctx, article, sentences[i], i+1, len(sentences), room)
		return entry{text: text, first: i + 1, refs: []string{refOf(at, article)}}, err
	}}
}

// figureBlock writes one sentence with the figures in bold, and under it what
// each of them counts, who counted and when.
func (p *page) figureBlock(ctx context.Context, article *corpus.Article, figures []answer.Figure, n, of, room int) (string, error) {
	at := figures[0].Where
	said := answer.Answer{SaidBy: figures[0].SaidBy, Reported: true}
	a, err := p.speaking(ctx, at, article)
	if err != nil {
		return "", err
	}
	if a.ID != "" {
		said = a // it knows whether the speaker is quoted or reported
	}
	lead := p.numberedLead(n, of, p.lead(said, article))
	citation := p.citation(at.Article, at.Paragraph)
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
	return p.quote(article, lead, at.Sentence, must, bold, words+"\n"+citation, room), nil
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
