package handlers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// listedArticles is how many articles the front page names.
const listedArticles = 10

// tryQuestions is how many questions the front page offers to press.
const tryQuestions = 3

// article returns the article that a person named: by its id, its hash where
// the id is too long for Discord, its title, or a part of the title that only
// one has. Nil with ok means that none was named.
func (p *page) article(typed string) (a *corpus.Header, ok bool) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return nil, true
	}
	if a := p.lib.Header(typed); a != nil {
		return a, true
	}
	if hash, isHash := strings.CutPrefix(typed, "#"); isHash && hash != "-" {
		return articleByHash(p.lib, hash)
	}
	var titled, containing []*corpus.Header
	lower := strings.ToLower(typed)
	for i := range p.lib.Headers() {
		a := &p.lib.Headers()[i]
		switch title := strings.ToLower(a.Title); {
		case title == lower:
			titled = append(titled, a)
		case strings.Contains(title, lower):
			containing = append(containing, a)
		}
	}
	if len(titled) == 1 {
		return titled[0], true
	}
	if len(titled) == 0 && len(containing) == 1 {
		return containing[0], true
	}
	return nil, false
}

// articleChoices offers the articles whose title or id holds every word typed.
func (p *page) articleChoices(typed string) []*discordgo.ApplicationCommandOptionChoice {
	var list []*discordgo.ApplicationCommandOptionChoice
	words := strings.Fields(strings.ToLower(tidy(typed)))
	for _, a := range p.lib.Headers() {
		if len(list) == maxChoices {
			break
		}
		hay := strings.ToLower(a.Title + " " + a.ID)
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(hay, w) }) {
			continue
		}
		label := a.Title
		if !a.Published.IsZero() {
			label = p.join([]string{limited(label, maxChoice-30), p.day(a.Published)})
		}
		value := a.ID
		if runes(value) > maxChoice {
			value = "#" + articleHash(a.ID)
		}
		list = append(list, &discordgo.ApplicationCommandOptionChoice{Name: limited(label, maxChoice-1), Value: value})
	}
	return list
}

// articleCommand answers /article: a view of one article or of all, or the front page.
func (c *call) articleCommand(ctx context.Context, d discordgo.ApplicationCommandInteractionData) (*discordgo.InteractionResponse, error) {
	article, ok := c.article(text(d.Options, optName))
	view := text(d.Options, optView)
	if all := c.lib.Headers(); article == nil && view != "" && len(all) == 1 {
		article = &all[0]
	}
	if view == "" {
		view = actOutline
	}
	switch {
	case !ok:
		return c.noArticle(text(d.Options, optName)), nil
	case !isView(view):
		return c.refuse(c.UnknownCommand), nil
	case article == nil && view == actOutline:
		return responding(c.frontPage(ctx, c.Stored))
	}
	return responding(c.view(ctx, view, article, "1"))
}

// frontPage says what this is, what it holds and how old that is, more that
// somebody wants to know, and offers questions to press.
func (p *page) frontPage(ctx context.Context, more string) (reply, error) {
	articles := p.lib.Headers()
	newest := newestDay(articles) // of no article, perhaps: the last may have been taken away
	lines := []string{p.FrontPage}
	if newest.IsZero() {
		lines = append(lines, fmt.Sprintf(p.HoldsUndated, p.articles(len(articles))))
	} else {
		lines = append(lines, fmt.Sprintf(p.Holds, p.articles(len(articles)), p.dayAndAge(newest, p.now)))
	}
	// A title can be long and need a backslash before every letter.
	size := 0
	listed := 0
	for i := range articles {
		line := p.about(&articles[i])
		if size += runes(line) + 1; listed == listedArticles || size > maxContent/2 {
			break
		}
		lines = append(lines, line)
		listed++
	}
	if more := len(articles) - listed; more > 0 {
		lines = append(lines, fmt.Sprintf(p.AndMore, more))
	}

	var row []discordgo.MessageComponent
	questions, err := p.lib.Suggest(ctx, "", "", maxChoices)
	if err != nil {
		return reply{}, err
	}
	for _, q := range questions {
		if len(row) < tryQuestions && runes(q) <= maxLabel {
			row = append(row, button(q, customID(actTry, strconv.Itoa(len(row)))))
		}
	}
	rows := [][]discordgo.MessageComponent{row}
	if listed < len(articles) {
		rows = append(rows, []discordgo.MessageComponent{button(p.ButtonLibrary, customID(actArticles, firstArticles, "1"))})
	}
	line, err := p.disagreeLine(ctx)
	if err != nil {
		return reply{}, err
	}
	if line != "" {
		lines = append(lines, line)
		rows = append(rows, []discordgo.MessageComponent{button(p.ButtonDisagreements, viewID(actDisagreements, nil, 1))})
	}
	lines = append(lines, more, either(len(row) > 0, p.PressOrAsk, p.JustAsk))
	return reply{Content: strings.Join(lines, "\n"), Rows: rows}, nil
}

// outline lists the paragraphs of an article by their first words, under their
// headings, in pages.
func (p *page) outline(of *corpus.Header, number string, under [][]discordgo.MessageComponent) (reply, error) {
	a, err := p.lib.Article(of.ID)
	if err != nil {
		return reply{}, err
	}
	head := fmt.Sprintf(p.Outline, p.about(of)+p.link(of), of.Language, p.paragraphs(of.Passages))
	var rows []string
	var heading, last corpus.Span // the last passage may be the heading itself
	for _, passage := range a.Passages {
		row := ""
		if passage.Heading != heading && passage.Heading != last && passage.Heading.Len() > 0 {
			row = fmt.Sprintf(p.UnderHeading, escapeInline(limited(a.Quote(passage.Heading), maxTitle))) + "\n"
		}
		heading, last = passage.Heading, passage.Span
		row += fmt.Sprintf(p.OutlineRow, passage.Number, escapeInline(limited(a.Quote(passage.Span), 60)))
		rows = append(rows, row)
	}
	pages := paginate(rows, p.room()-runes(head)-1)
	n := pageNumber(number, len(pages))
	return reply{
		Content: head + "\n" + pages[n-1],
		Rows: append([][]discordgo.MessageComponent{p.pageButtons(n, n < len(pages), strconv.Itoa(len(pages)), func(n int) string {
			return viewID(actOutline, of, n)
		})}, under...),
	}, nil
}

// paginate joins blocks to pages of at most room runes, with line breaks
// between. There is always a page, and a block is never divided.
func paginate(blocks []string, room int) []string {
	var pages []string
	var b strings.Builder
	size := 0
	for _, block := range blocks {
		n := runes(block) + 1
		if size > 0 && size+n > room {
			pages = append(pages, b.String())
			b.Reset()
			size = 0
		}
		if size > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(block)
		size += n
	}
	return append(pages, b.String())
}
