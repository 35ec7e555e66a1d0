package handlers

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// A view is one way to look at an article, or at all of them. Its name is what
// the option of /article holds and what stands in a button's custom id.

// viewPage turns a page of a view, or changes the view.
func (c *call) viewPage(view, hash, number string) *discordgo.InteractionResponse {
	article, ok := articleByHash(c.lib, hash)
	if !ok || article == nil && view == actOutline {
		return c.refuse(c.AnswerGone)
	}
	return update(c.view(view, article, number))
}

// isView reports whether there is a view of that name.
func isView(name string) bool {
	switch name {
	case actOutline, actFigures, actTimeline, actSaid, actDisagreements:
		return true
	}
	return false
}

// view writes one page of a view of an article, or of all articles for nil.
func (p *page) view(view string, article *corpus.Article, number string) reply {
	rows := [][]discordgo.MessageComponent{p.viewButtons(view, article)}
	turn := func(n int) string { return viewID(view, article, n) }
	switch view {
	case actFigures:
		return p.list(p.figuresView(article, turn, rows), number)
	case actTimeline:
		return p.list(p.timelineView(article, turn, rows), number)
	case actSaid:
		return p.list(p.saidView(article, turn, rows), number)
	case actDisagreements:
		return p.list(p.disagreementsView(article, turn, rows), number)
	}
	return p.outline(article, pageNumber(number, len(article.Passages)), rows)
}

func viewID(view string, article *corpus.Article, number int) string {
	return customID(view, articleHash(articleOf(article)), strconv.Itoa(number))
}

// viewButtons lead to the other views. Only one article has an outline, and it
// takes two to disagree.
func (p *page) viewButtons(current string, article *corpus.Article) []discordgo.MessageComponent {
	var row []discordgo.MessageComponent
	for _, v := range []struct {
		name, label string
		there       bool
	}{
		{actOutline, p.ButtonOutline, article != nil},
		{actFigures, p.ButtonFigures, true},
		{actTimeline, p.ButtonTimeline, true},
		{actSaid, p.ButtonSaid, true},
		{actDisagreements, p.ButtonDisagreements, len(p.lib.Articles()) > 1},
	} {
		if v.there && v.name != current {
			row = append(row, button(v.label, viewID(v.name, article, 1)))
		}
	}
	return row
}

// scope says what a view shows: an article, or how many.
func (p *page) scope(article *corpus.Article) string {
	if article == nil {
		return p.articles(len(p.lib.Articles()))
	}
	return p.about(article)
}

// saidView lists all that is said in an article.
func (p *page) saidView(article *corpus.Article, turn func(int) string, rows [][]discordgo.MessageComponent) listing {
	found := p.facts.Said("", "", articleOf(article))
	if len(found) == 0 {
		return listing{head: p.scope(article) + ". " + p.NobodySpeaks, turn: turn, rows: rows}
	}
	head := fmt.Sprintf(p.SaidHead, p.scope(article), p.count(p.Statements, len(found)))
	return listing{head: head, entries: p.statements(found, p.roomUnder(head)), turn: turn, rows: rows}
}

// timelineView lists what happened when, the earliest first, each with the date
// on the calendar and the article's own words for it.
func (p *page) timelineView(article *corpus.Article, turn func(int) string, rows [][]discordgo.MessageComponent) listing {
	found := p.facts.Timeline(articleOf(article))
	if len(found) == 0 {
		return listing{head: fmt.Sprintf(p.NoTimeline, p.scope(article)), turn: turn, rows: rows}
	}
	l := listing{head: fmt.Sprintf(p.TimelineHead, p.scope(article), p.count(p.Events, len(found))), turn: turn, rows: rows}
	room := p.roomUnder(l.head)
	for i, e := range found[:min(len(found), maxEntries+1)] {
		of := p.lib.Article(e.Article)
		words := excerpt(of.Quote(e.Words), maxPhrase)
		lead := fmt.Sprintf(p.Event, escape(p.dates(e.From, e.To)), words, i+1, p.lead(p.speaking(e.Where), of))
		l.entries = append(l.entries, entry{
			text:  p.quote(of, lead, e.Sentence, e.Words, []corpus.Span{e.Words}, p.citation(of, e.Paragraph), room),
			first: i + 1, refs: []string{p.refOf(e.Where)},
		})
	}
	return l
}

// disagreementsView shows where articles count or date the same thing
// differently: both versions, and no word on which is right.
func (p *page) disagreementsView(article *corpus.Article, turn func(int) string, rows [][]discordgo.MessageComponent) listing {
	found := p.facts.Disagreements(articleOf(article))
	if len(found) == 0 {
		return listing{head: fmt.Sprintf(p.NoDisagreements, p.scope(article)), turn: turn, rows: rows}
	}
	l := listing{head: fmt.Sprintf(p.DisagreementsHead, p.scope(article), p.count(p.Disagreements, len(found))), turn: turn, rows: rows}
	room := p.roomUnder(l.head)
	for i, d := range found[:min(len(found), maxEntries+1)] {
		l.entries = append(l.entries, p.disagreement(i, d, room))
	}
	return l
}

// disagreeLine tells on the front page what the articles disagree on; "" where
// they do not.
func (p *page) disagreeLine() string {
	found := p.facts.Disagreements("")
	if len(found) == 0 {
		return ""
	}
	var about []string
	for _, d := range found {
		matter := d.About
		if d.Dates {
			matter = p.Dates
		}
		if !slices.Contains(about, matter) {
			about = append(about, matter)
		}
	}
	return fmt.Sprintf(p.ArticlesDisagree, p.count(p.Disagreements, len(found)), p.names(about, 3))
}
