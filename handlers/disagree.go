package handlers

import (
	"context"
	"fmt"

	"footnote/answer"
	"footnote/corpus"
)

// Two versions stand in one block, so each has half the room: titles and
// names are cut shorter than elsewhere.
const (
	maxTitleBeside  = 50
	maxSourceBeside = 30
	maxVersion      = 40
)

// disagreement writes two versions one under the other: who counts what, and
// the sentence of each with its place. i counts from 0; the passages are
// numbered through, for the buttons.
func (p *page) disagreement(ctx context.Context, i int, d answer.Disagreement, room int) (entry, error) {
	first, err := p.lib.Article(d.A.Article)
	if err != nil {
		return entry{}, err
	}
	second, err := p.lib.Article(d.B.Article)
	if err != nil {
		return entry{}, err
	}
	a, b := p.version(d.A, first, d.Dates), p.version(d.B, second, d.Dates)
	text := fmt.Sprintf(p.CountedDifferently, i+1, excerpt(d.About, maxVersion), a.who, a.what, b.who, b.what)
	if d.Dates {
		text = fmt.Sprintf(p.DatedDifferently, i+1, a.who, a.what, b.who, b.what)
	}
	n := 2*i + 1
	room -= runes(text) + 2
	half, err := p.sideBySide(ctx, d.A, first, n, room/2)
	if err != nil {
		return entry{}, err
	}
	other, err := p.sideBySide(ctx, d.B, second, n+1, room-runes(half))
	return entry{text: text + "\n" + half + "\n" + other, first: n, refs: []string{refOf(d.A.Where, first), refOf(d.B.Where, second)}}, err
}

// version is one side of a disagreement in words.
type version struct{ who, what string }

func (p *page) version(v answer.Version, article *corpus.Article, dates bool) version {
	what := `"` + excerpt(article.Quote(v.Span), maxVersion) + `"`
	if dates {
		what = fmt.Sprintf(p.DayAndAge, escape(p.dated(v.Dated)), what)
	}
	return version{p.beside(p.lib.Header(v.Article)), what}
}

// beside names an article where two stand side by side: source and date, and
// the title where the source is not known.
func (p *page) beside(article *corpus.Header) string {
	who := escape(limited(article.Source, maxSourceBeside))
	if article.Source == "" {
		who = "*" + escape(limited(article.Title, maxSourceBeside)) + "*"
	}
	when := p.Undated
	if !article.Published.IsZero() {
		when = p.day(article.Published)
	}
	return fmt.Sprintf(p.DayAndAge, who, when)
}

// sideBySide writes the sentence of one version.
func (p *page) sideBySide(ctx context.Context, v answer.Version, article *corpus.Article, number, room int) (string, error) {
	said, err := p.speaking(ctx, v.Where, article)
	if err != nil {
		return "", err
	}
	if v.SaidBy != "" && v.SaidBy != said.SaidBy {
		said = answer.Answer{SaidBy: v.SaidBy, Reported: true}
	}
	said.SaidBy = limited(said.SaidBy, maxSourceBeside)
	lead := fmt.Sprintf(p.OtherOne, number, p.lead(said, article))
	citation := p.citation(v.Article, v.Paragraph)
	if short := p.shortCitation(p.lib.Header(v.Article), v.Paragraph); runes(citation) > runes(short) && runes(lead)+runes(citation)+minListQuote > room {
		citation = short
	}
	return p.quote(article, lead, v.Sentence, v.Span, []corpus.Span{v.Span}, citation, room), nil
}

// shortCitation is a citation for where there is little room: all that
// [page.citation] tells but the link, the title cut.
func (p *page) shortCitation(article *corpus.Header, paragraph int) string {
	title := "*" + escape(limited(article.Title, maxTitleBeside)) + "*"
	return p.join([]string{title, p.beside(article), fmt.Sprintf(p.Paragraph, paragraph)})
}
