package handlers

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// maxHit is how much of a passage a search shows, in runes. A passage that is
// longer is cut round the first word found.
const maxHit = 420

// searchCommand answers /search.
func (c *call) searchCommand(ctx context.Context, d discordgo.ApplicationCommandInteractionData) (*discordgo.InteractionResponse, error) {
	words := tidy(text(d.Options, optWords))
	article, ok := c.article(text(d.Options, optArticle))
	switch {
	case !ok:
		return c.noArticle(text(d.Options, optArticle)), nil
	case words == "":
		return c.refuse(c.EmptySearch), nil
	case runes(words) > maxSearchWords:
		return c.refuse(fmt.Sprintf(c.LongQuestion, maxSearchWords)), nil
	}
	who, user, guild := c.person()
	if sentence := c.tooMany(user, guild); sentence != "" {
		return c.refuse(sentence), nil
	}
	head := echo{Who: who, Question: words}.line(c.Searched)
	return responding(c.found(ctx, head, words, article, "1"))
}

// found writes one page of the passages that hold all the words.
func (p *page) found(ctx context.Context, head, words string, article *corpus.Header, number string) (reply, error) {
	all, err := p.lib.Search(ctx, words, articleOf(article))
	if err != nil {
		return reply{}, err
	}
	searched := p.lib.Size()
	if article != nil {
		searched = 1
	}
	if len(all.Mentions) == 0 {
		return plain(head + "\n" + p.noMention(words, all.Common, searched)), nil
	}
	sentence := p.Found
	if all.More {
		sentence = p.FoundFirst
	}
	head += "\n" + fmt.Sprintf(sentence, p.passages(len(all.Mentions)), escapeInline(words), p.inArticles(searched))
	if len(all.Forms) > 0 {
		head += " " + fmt.Sprintf(p.FoundForms, p.listUpTo(all.Forms, 8))
	}

	turn := func(n int) string { return customID(actSearch, articleHash(articleOf(article)), strconv.Itoa(n)) }
	hits := listing{head: head, size: len(all.Mentions), entry: func(i int) (entry, error) {
		text, err := p.hit(all.Mentions[i])
		return entry{text: text}, err
	}}
	starts, err := p.starts.get(p.lib, p.keptAs(turn(0)+"\n"+words, head, hits.size), func() ([]int, error) { return hits.starts(p.room() - runes(head) - 1) })
	if err != nil {
		return reply{}, err
	}
	n := pageNumber(number, len(starts))
	end := hits.size
	if n < len(starts) {
		end = starts[n]
	}
	lines := []string{head}
	for i := starts[n-1]; i < end; i++ {
		e, err := hits.entry(i)
		if err != nil {
			return reply{}, err
		}
		lines = append(lines, e.text)
	}
	return reply{Content: strings.Join(lines, "\n"), Rows: [][]discordgo.MessageComponent{p.pageButtons(n, n < len(starts), strconv.Itoa(len(starts)), turn)}}, nil
}

// noMention says outright that nothing holds the words, for the search is
// literal and complete. It is so but for words like "the", which the index leaves out:
// of those it says that they cannot be looked for.
func (p *page) noMention(typed string, common bool, searched int) string {
	wanted := wordsOf(typed)
	switch {
	case len(wanted) == 0:
		return p.EmptySearch
	case common:
		return fmt.Sprintf(p.TooCommon, p.listUpTo(wanted, 10))
	case len(wanted) > 1:
		return fmt.Sprintf(p.NoneWithAll, escapeInline(typed), p.inArticles(searched))
	}
	return fmt.Sprintf(p.NotInAny, escapeInline(typed), p.inArticles(searched))
}

// wordsOf returns the words of a text in small letters.
func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// hit writes one passage that was found, with the words in bold.
func (p *page) hit(m answer.Mention) (string, error) {
	article, err := p.lib.Article(m.Article)
	if err != nil {
		return "", err
	}
	var first corpus.Span
	if len(m.Marks) > 0 {
		first = m.Marks[0]
	}
	title := fmt.Sprintf(p.Hit, p.citation(m.Article, m.Paragraph))
	return title + "\n" + strings.TrimSuffix(p.fit(article.Text, m.Span, first, m.Marks, maxHit), "\n"), nil
}

// searchPage turns a page of a search. The words stand in the message.
func (c *call) searchPage(ctx context.Context, hash, number string) (*discordgo.InteractionResponse, error) {
	article, ok := articleByHash(c.lib, hash)
	if !ok {
		return c.refuse(c.AnswerGone), nil
	}
	if c.Message == nil {
		return c.refuse(c.OldButton), nil
	}
	head, _, _ := strings.Cut(c.Message.Content, "\n")
	e, ok := readEcho(head)
	if !ok {
		return c.refuse(c.OldButton), nil
	}
	return updating(c.found(ctx, head, e.Question, article, number))
}
