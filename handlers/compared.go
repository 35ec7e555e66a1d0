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

// Lengths of what a comparison says, in runes. With every part at its longest
// and a backslash before each sign there is still room for one item.
const (
	maxClaimQuote = 450
	minClaimQuote = 150
	maxItem       = 80
	maxFound      = 100
)

// leftOut is what of a text was not compared.
type leftOut struct {
	rest      bool // what stands behind the compared part
	questions bool // those within it
}

// compared writes what the library has of a text: the items of the text in
// words above each sentence that they were compared with, then those of which it has
// nothing. It says nowhere that something is true or false. article is the only
// one that was looked in, "" for all.
func (p *page) compared(ctx context.Context, claim answer.Claim, article string, left leftOut) (reply, error) {
	lines := []string{fmt.Sprintf(p.Compared, quoted(claim.Text))}
	if left.rest {
		lines = append(lines, fmt.Sprintf(p.ClaimCut, runes(claim.Text)))
	}
	if left.questions {
		lines = append(lines, p.ClaimQuestions)
	}
	groups, absent, err := p.groupItems(ctx, claim.Items)
	if err != nil {
		return reply{}, err
	}
	if len(groups) == 0 {
		return p.nothingCompared(ctx, lines, claim, article)
	}
	lines = append(lines, p.ClaimNote)
	room := p.room() - runes(strings.Join(lines, "\n")) - runes(p.ClaimGoesOn) - 2
	var row []discordgo.MessageComponent
	whole := true
	for i, g := range groups {
		block, all := p.claimBlock(g, i+1, len(groups), room)
		whole = whole && all
		if block == "" || len(row) == maxButtons {
			whole = false
			break
		}
		room -= runes(block) + 1
		lines = append(lines, block)
		at := g.at.Citation
		label := p.ButtonContext
		if len(groups) > 1 {
			label = fmt.Sprintf(p.ButtonContextOf, i+1)
		}
		row = append(row, button(label, customID(actContext, ref(at.Article, at.Start, at.End, g.at.Quote))))
	}
	for _, item := range absent {
		line := p.claimItem(item, nil)
		if runes(line)+1 > room {
			whole = false
			break
		}
		room -= runes(line) + 1
		lines = append(lines, line)
	}
	if !whole {
		lines = append(lines, p.ClaimGoesOn)
	}
	return reply{Content: strings.Join(lines, "\n"), Rows: [][]discordgo.MessageComponent{row}}, nil
}

// nothingCompared says that there was nothing to compare, how old the texts are,
// and what came nearest, as what it is.
func (p *page) nothingCompared(ctx context.Context, lines []string, claim answer.Claim, article string) (reply, error) {
	lines = append(lines, fmt.Sprintf(p.ClaimNothing, p.inArticles(claim.Searched)), p.newestLine(article))
	var near []answer.Answer
	for _, o := range claim.Near {
		switch a, err := find(ctx, p.lib, o); {
		case err == nil:
			near = append(near, a)
		case !isGone(err):
			return reply{}, err
		}
	}
	room := p.room() - runes(strings.Join(lines, "\n")) - runes(p.ClaimNear) - 2
	blocks, row, err := p.numbered(near, maxOther, room)
	if len(blocks) > 0 {
		lines = append(append(lines, p.ClaimNear), blocks...)
	}
	return reply{Content: strings.Join(lines, "\n"), Rows: [][]discordgo.MessageComponent{row}}, err
}

// itemGroup is the items that were compared with one sentence.
type itemGroup struct {
	at      answer.Answer // the sentence
	article *corpus.Article
	items   []answer.ClaimItem
}

// groupItems puts items that were compared with one sentence together, and
// those apart with which nothing was compared.
func (p *page) groupItems(ctx context.Context, items []answer.ClaimItem) (groups []itemGroup, absent []answer.ClaimItem, err error) {
	for _, item := range items {
		if item.Verdict == answer.NotThere || item.Verdict == answer.Elsewhere {
			if !p.tells(absent, item, nil) {
				absent = append(absent, item)
			}
			continue
		}
		i := slices.IndexFunc(groups, func(g itemGroup) bool {
			c := g.at.Citation
			return c.Article == item.Article && c.Start == item.Sentence.Start && c.End == item.Sentence.End
		})
		if i < 0 {
			article, err := p.lib.Article(item.Article)
			if err != nil {
				return nil, nil, err
			}
			at, err := find(ctx, p.lib, answer.Other{Article: item.Article, Start: item.Sentence.Start, End: item.Sentence.End, Quote: article.Quote(item.Sentence)})
			if err != nil {
				return nil, nil, err
			}
			i, groups = len(groups), append(groups, itemGroup{at: at, article: article})
		}
		if !p.tells(groups[i].items, item, groups[i].article) {
			groups[i].items = append(groups[i].items, item)
		}
	}
	return groups, absent, nil
}

// tells reports whether one of the items is told in the words of this one: a name
// that is repeated, or two parts of one, would stand there twice.
func (p *page) tells(items []answer.ClaimItem, item answer.ClaimItem, article *corpus.Article) bool {
	line := p.claimItem(item, article)
	return slices.ContainsFunc(items, func(other answer.ClaimItem) bool { return p.claimItem(other, article) == line })
}

// claimBlock writes the items compared with one sentence, and the sentence with
// who says it, how old it is and where it stands, "" where room runes do not hold
// one item. all reports that every item is in it.
func (p *page) claimBlock(g itemGroup, n, of, room int) (block string, all bool) {
	article := g.article
	lead, citation := p.lead(g.at, article), p.citation(article.ID, g.at.Citation.Paragraph)
	if of > 1 {
		lead = fmt.Sprintf(p.OtherOne, n, lead)
	}
	room -= runes(lead) + runes(citation) + 2
	var lines []string
	for _, item := range g.items {
		line := p.claimItem(item, article)
		if room-runes(line)-1 < minClaimQuote {
			break
		}
		room -= runes(line) + 1
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return "", false
	}
	var tail []string
	for _, line := range p.relativeDates(g.at.Quote, article) {
		if room-runes(line)-1 >= maxClaimQuote {
			room -= runes(line) + 1
			tail = append(tail, line)
		}
	}
	at := corpus.Span{Start: g.at.Citation.Start, End: g.at.Citation.End}
	quote := p.fit(article.Text, at, g.items[0].Found, nil, min(maxClaimQuote, room))
	return strings.Join(append(lines, lead), "\n") + "\n" + quote + strings.Join(append(tail, citation), "\n"), len(lines) == len(g.items)
}

// claimItem says in words what the library has in an item's place; article is the
// one that it was compared with, nil where nothing was.
func (p *page) claimItem(item answer.ClaimItem, article *corpus.Article) string {
	kind, is := p.claimKind(item.Kind), quotedUpTo(item.Claimed, maxItem)
	by := escape(limited(p.speaker(item.SaidBy, article), maxSource))
	switch item.Verdict {
	case answer.Same:
		return fmt.Sprintf(p.ClaimSame, kind, is)
	case answer.OnlySaid:
		return fmt.Sprintf(p.ClaimSaid, kind, is, by)
	case answer.Different:
		found := quotedUpTo(article.Quote(item.Found), maxFound)
		if item.SaidBy != "" {
			return fmt.Sprintf(p.ClaimDifferentSaid, kind, by, found, is)
		}
		return fmt.Sprintf(p.ClaimDifferent, kind, found, is)
	case answer.Elsewhere:
		return fmt.Sprintf(p.ClaimElsewhere, kind, is)
	}
	return fmt.Sprintf(p.ClaimAbsent, kind, is)
}

func (w *words) claimKind(k answer.ItemKind) string {
	switch k {
	case answer.FigureItem:
		return w.KindFigure
	case answer.NameItem:
		return w.KindName
	case answer.DateItem:
		return w.KindDate
	case answer.RelationItem:
		return w.KindRelation
	}
	return w.KindMatter
}
