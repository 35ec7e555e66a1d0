package handlers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// first answers what everybody asks first.
func (p *page) first(ctx context.Context, q question, f first) (reply, error) {
	e := echo{Who: q.Who, Question: q.Text, Previous: q.Previous}
	article := f.article
	for _, id := range []string{q.Article, q.On} {
		if article == nil {
			article = p.lib.Header(id)
		}
	}
	if all := p.lib.Headers(); article == nil && len(all) == 1 && f.kind != firstArticles {
		article = &all[0]
	}
	switch {
	case f.kind == firstHelp:
		r, err := p.frontPage(ctx, p.HelpMore)
		r.Content = e.asked(p.words) + "\n" + r.Content
		return r, err
	case f.kind == firstArticles, article == nil:
		return p.articlesHeld(e.asked(p.words), f.kind, "1"), nil
	}
	return p.firstAbout(ctx, e.asked(p.words), f.kind, article)
}

// firstAbout tells of an article itself: what it begins with, its date, whose
// it is.
func (p *page) firstAbout(ctx context.Context, asked, kind string, of *corpus.Header) (reply, error) {
	rows := [][]discordgo.MessageComponent{p.viewButtons("", of)}
	if told := p.firstTold(kind, of); told != "" {
		return reply{Content: asked + "\n" + told, Rows: rows}, nil
	}
	article, err := p.lib.Article(of.ID)
	if err != nil {
		return reply{}, err
	}
	lead, err := p.lib.Lead(ctx, of.ID)
	if err != nil {
		return reply{}, err
	}
	l := listing{head: asked + "\n" + fmt.Sprintf(p.BeginsSo, "*"+escape(limited(of.Title, maxTitle))+"*"), rows: rows}
	groups := bySpeaker(lead)
	var entries []entry
	room := p.roomUnder(l.head)
	for i, g := range groups {
		lead := p.numberedLead(i+1, len(groups), p.lead(g[0], article))
		at := corpus.Span{Start: g[0].Citation.Start, End: g[len(g)-1].Citation.End}
		text := p.quote(article, lead, at, corpus.Span{}, nil, p.citation(of.ID, g[0].Citation.Paragraph), p.roomUnder(l.head))
		if room -= runes(text) + 1; room < 0 && i > 0 {
			break // one page is enough to begin with
		}
		named := ref(of.ID, g[0].Citation.Start, g[0].Citation.End, g[0].Quote)
		entries = append(entries, entry{text: text, first: i + 1, refs: []string{named}})
	}
	l.size, l.entry = len(entries), these(entries)
	return p.list(l, "1")
}

// firstTold tells in the bot's words what stands in an article's header; "" for
// what the article tells in its own.
func (p *page) firstTold(kind string, article *corpus.Header) string {
	title := "*" + escape(limited(article.Title, maxTitle)) + "*"
	source, link := escape(limited(article.Source, maxSource)), ""
	if p.link(article) != "" {
		link = strings.TrimPrefix(p.link(article), p.Comma)
	}
	switch {
	case kind == firstAuthor:
		told := fmt.Sprintf(p.NoAuthor, title)
		if article.Author != "" {
			told = fmt.Sprintf(p.WrittenBy, title, escape(limited(article.Author, maxSource)))
		}
		if source != "" {
			told += " " + fmt.Sprintf(p.ItsSource, source)
		}
		return told + link
	case kind == firstSource && source == "":
		return fmt.Sprintf(p.NoSource, title) + link
	case kind == firstSource:
		return fmt.Sprintf(p.ComesFrom, title, source) + link
	case kind == firstWritten && article.Published.IsZero():
		return fmt.Sprintf(p.NoDate, title)
	case kind == firstWritten:
		return fmt.Sprintf(p.DatedSo, title, p.dayAndAge(article.Published, p.now))
	}
	return ""
}

// bySpeaker parts sentences where the paragraph or the speaker changes.
func bySpeaker(sentences []answer.Answer) [][]answer.Answer {
	var groups [][]answer.Answer
	for i, a := range sentences {
		if i > 0 {
			b := sentences[i-1]
			if a.Citation.Paragraph == b.Citation.Paragraph && a.SaidBy == b.SaidBy && a.Reported == b.Reported {
				groups[len(groups)-1] = append(groups[len(groups)-1], a)
				continue
			}
		}
		groups = append(groups, []answer.Answer{a})
	}
	return groups
}

// listedRows is how many rows of buttons a page of articles has.
const listedRows = 2

// articlesHeld lists the articles, in pages, each with a button that tells of
// it what was asked.
func (p *page) articlesHeld(asked, kind, number string) reply {
	all := p.lib.Headers()
	ask := kind
	head := p.WhichArticle
	if kind == firstArticles {
		ask, head = firstAbout, fmt.Sprintf(p.ArticlesHeld, p.articles(len(all)))
	}
	head = strings.TrimPrefix(asked+"\n"+head, "\n")
	// A page ends where the buttons or the letters do.
	var pages [][]string
	size := p.room()
	firsts := []int{}
	for i := range all {
		row := fmt.Sprintf(p.ArticleRow, i+1, p.about(&all[i]))
		if size += runes(row) + 1; size > p.room() || len(pages[len(pages)-1]) == listedRows*maxButtons {
			pages, firsts, size = append(pages, nil), append(firsts, i), runes(head)+runes(row)+1
		}
		pages[len(pages)-1] = append(pages[len(pages)-1], row)
	}
	r := reply{Content: head}
	if len(pages) == 0 {
		return r
	}
	n := pageNumber(number, len(pages))
	for i, row := range pages[n-1] {
		if i%maxButtons == 0 {
			r.Rows = append(r.Rows, nil)
		}
		at := firsts[n-1] + i
		last := &r.Rows[len(r.Rows)-1]
		*last = append(*last, button(fmt.Sprintf(p.ButtonAbout, at+1), customID(actAbout, ask, articleHash(all[at].ID))))
		r.Content += "\n" + row
	}
	r.Rows = append(r.Rows, p.pageButtons(n, n < len(pages), strconv.Itoa(len(pages)), func(n int) string { return customID(actArticles, kind, strconv.Itoa(n)) }))
	return r
}

// articlesPage turns a page of the list of articles.
func (c *call) articlesPage(kind, number string) *discordgo.InteractionResponse {
	asked := ""
	if !slices.Contains(firstKinds, kind) {
		return c.refuse(c.OldButton)
	}
	if c.Message != nil {
		if line, _, _ := strings.Cut(c.Message.Content, "\n"); quotedIn(line) != nil {
			asked = line
		}
	}
	return update(c.articlesHeld(asked, kind, number))
}

// firstOf answers for the article that was chosen.
func (c *call) firstOf(ctx context.Context, kind, hash string) (*discordgo.InteractionResponse, error) {
	article, ok := articleByHash(c.lib, hash)
	if !ok || article == nil {
		return c.refuse(c.AnswerGone), nil
	}
	if !slices.Contains(firstKinds, kind) {
		return c.refuse(c.OldButton), nil
	}
	who, user, guild := c.person()
	if sentence := c.tooMany(user, guild); sentence != "" {
		return c.refuse(sentence), nil
	}
	e := echo{Question: article.Title}
	if c.Message != nil {
		if was, ok := readEcho(c.Message.Content); ok && readFirst(c.lib, was.Question).kind == kind {
			e = was
		}
	}
	e.Who = who
	r, err := c.firstAbout(ctx, e.asked(c.words), kind, article)
	return respond(r, onPrivate(c.Interaction)), err
}

// articleOn returns the id of the article that a message of the bot quotes, by
// its buttons that lead there; "" where it quotes none, or several.
func articleOn(lib *answer.Library, m *discordgo.Message) (on string) {
	for _, b := range buttonsOn(m) {
		action, args, ok := parseID(b.CustomID)
		if !ok {
			continue
		}
		hash := ""
		switch action {
		case actContext:
			hash, _, _ = strings.Cut(args[0], ".")
		case actFollow, actOutline, actFigures, actTimeline, actSaid:
			hash = args[0]
		}
		a, ok := articleByHash(lib, hash)
		switch {
		case !ok || a == nil:
		case on == "":
			on = a.ID
		case on != a.ID:
			return ""
		}
	}
	return on
}
