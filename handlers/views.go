package handlers

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// A view is one way to look at an article, or at all of them. Its name is what
// the option of /article holds and what stands in a button's custom id.

// viewPage turns a page of a view, or changes the view.
func (c *call) viewPage(ctx context.Context, view, hash, number string) (*discordgo.InteractionResponse, error) {
	article, ok := articleByHash(c.lib, hash)
	if !ok || article == nil && view == actOutline {
		return c.refuse(c.AnswerGone), nil
	}
	return updating(c.view(ctx, view, article, number))
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
func (p *page) view(ctx context.Context, view string, article *corpus.Header, number string) (reply, error) {
	rows := [][]discordgo.MessageComponent{p.viewButtons(view, article)}
	var look func(ctx context.Context, article *corpus.Header, asked int) (listing, error)
	switch view {
	case actFigures:
		look = p.figuresView
	case actTimeline:
		look = p.timelineView
	case actSaid:
		look = p.saidView
	case actDisagreements:
		look = p.disagreementsView
	default:
		return p.outline(article, number, rows)
	}
	l, err := look(ctx, article, asked(number))
	if err != nil {
		return reply{}, err
	}
	l = l.upTo(asked(number))
	l.what, l.rows, l.turn = viewID(view, article, 0), rows, func(n int) string { return viewID(view, article, n) }
	return p.list(l, number)
}

func viewID(view string, article *corpus.Header, number int) string {
	return customID(view, articleHash(articleOf(article)), strconv.Itoa(number))
}

// viewButtons lead to the other views. Only one article has an outline, and it
// takes two to disagree.
func (p *page) viewButtons(current string, article *corpus.Header) []discordgo.MessageComponent {
	var row []discordgo.MessageComponent
	for _, v := range []struct {
		name, label string
		there       bool
	}{
		{actOutline, p.ButtonOutline, article != nil},
		{actFigures, p.ButtonFigures, true},
		{actTimeline, p.ButtonTimeline, true},
		{actSaid, p.ButtonSaid, true},
		{actDisagreements, p.ButtonDisagreements, p.lib.Size() > 1},
	} {
		if v.there && v.name != current {
			row = append(row, button(v.label, viewID(v.name, article, 1)))
		}
	}
	return row
}

// scope says what a view shows: an article, or how many.
func (p *page) scope(article *corpus.Header) string {
	if article == nil {
		return p.articles(p.lib.Size())
	}
	return p.about(article)
}

// saidView lists all that is said in an article.
func (p *page) saidView(ctx context.Context, article *corpus.Header, asked int) (listing, error) {
	found, err := p.facts.Said(ctx, "", "", articleOf(article), asked)
	if err != nil {
		return listing{}, err
	}
	if len(found.Entries) == 0 {
		return listing{head: p.scope(article) + ". " + p.NobodySpeaks}, nil
	}
	head := fmt.Sprintf(p.SaidHead, p.scope(article), p.count(p.Statements, found.Total))
	l := p.statements(found, p.roomUnder(head))
	l.head = head
	return l, nil
}

// timelineView lists what happened when, the earliest first, each with the date
// on the calendar and the article's own words for it.
func (p *page) timelineView(ctx context.Context, article *corpus.Header, asked int) (listing, error) {
	found, err := p.facts.Timeline(ctx, articleOf(article), asked)
	if err != nil {
		return listing{}, err
	}
	if len(found.Entries) == 0 {
		return listing{head: fmt.Sprintf(p.NoTimeline, p.scope(article))}, nil
	}
	l := listing{head: fmt.Sprintf(p.TimelineHead, p.scope(article), p.count(p.Events, found.Total)), size: len(found.Entries)}
	room := p.roomUnder(l.head)
	l.entry = func(i int) (entry, error) {
		e := found.Entries[i]
		of, err := p.lib.Article(e.Article)
		if err != nil {
			return entry{}, err
		}
		said, err := p.speaking(ctx, e.Where, of)
		if err != nil {
			return entry{}, err
		}
		words := excerpt(of.Quote(e.Words), maxPhrase)
		lead := fmt.Sprintf(p.Event, escape(p.dates(e.From, e.To)), words, i+1, p.lead(said, of))
		text := p.quote(of, lead, e.Sentence, e.Words, []corpus.Span{e.Words}, p.citation(e.Article, e.Paragraph), room)
		return entry{text: text, first: i + 1, refs: []string{refOf(e.Where, of)}}, nil
	}
	return l, nil
}

// disagreementsView shows where articles count or date the same thing
// differently: both versions, and no word on which is right.
func (p *page) disagreementsView(ctx context.Context, article *corpus.Header, asked int) (listing, error) {
	found, err := p.facts.Disagreements(ctx, articleOf(article), asked)
	if err != nil {
		return listing{}, err
	}
	looked := p.comparedSoFar(found.Left)
	switch {
	case len(found.Entries) == 0 && found.Left > 0:
		return listing{head: p.scope(article) + "." + looked}, nil
	case len(found.Entries) == 0:
		return listing{head: fmt.Sprintf(p.NoDisagreements, p.scope(article))}, nil
	}
	head := fmt.Sprintf(p.DisagreementsHead, p.scope(article), p.count(p.Disagreements, found.Total))
	l := listing{head: p.goesOn(head, found.More) + looked, size: len(found.Entries), more: found.More}
	room := p.roomUnder(l.head)
	l.entry = func(i int) (entry, error) { return p.disagreement(ctx, i, found.Entries[i], room) }
	return l, nil
}

// comparedSoFar is how many articles have been compared, behind another sentence; ""
// where none is left.
func (p *page) comparedSoFar(left int) string {
	if left == 0 {
		return ""
	}
	return " " + fmt.Sprintf(p.ComparedSoFar, p.group(p.lib.Size()-left), p.group(p.lib.Size()))
}

// disagreeLine tells on the front page what the articles disagree on, and how far
// that is known; "" where nothing is.
func (p *page) disagreeLine(ctx context.Context) (string, error) {
	found, err := p.facts.Disagreements(ctx, "", maxEntries+1)
	if err != nil || len(found.Entries) == 0 {
		return "", err
	}
	var about []string
	for _, d := range found.Entries {
		matter := d.About
		if d.Dates {
			matter = p.Dates
		}
		if !slices.Contains(about, matter) {
			about = append(about, matter)
		}
	}
	return p.goesOn(fmt.Sprintf(p.ArticlesDisagree, p.count(p.Disagreements, found.Total), p.names(about, 3)), found.More) + p.comparedSoFar(found.Left), nil
}
