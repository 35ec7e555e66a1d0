package handlers

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// saidCommand answers /said.
func (c *call) saidCommand(ctx context.Context, d discordgo.ApplicationCommandInteractionData) (*discordgo.InteractionResponse, error) {
	s := sayings{speaker: tidy(text(d.Options, optSpeaker)), about: tidy(text(d.Options, optAbout))}
	var ok bool
	s.article, ok = c.article(text(d.Options, optArticle))
	switch {
	case !ok:
		return c.noArticle(text(d.Options, optArticle)), nil
	case s.speaker == "":
		return c.refuse(c.EmptySpeaker), nil
	case runes(s.speaker) > maxSearchWords || runes(s.about) > maxSearchWords:
		return c.refuse(fmt.Sprintf(c.LongQuestion, maxSearchWords)), nil
	}
	who, user, guild := c.person()
	if sentence := c.tooMany(user, guild); sentence != "" {
		return c.refuse(sentence), nil
	}
	head := echo{Who: who, Question: s.speaker}.line(c.SaidBy)
	if s.about != "" {
		head = fmt.Sprintf(c.SaidByAbout, name(who), quoted(s.about), quoted(s.speaker))
	}
	r, sentence, err := c.said(ctx, head, s, "1")
	if sentence != "" {
		return c.refuse(sentence), nil
	}
	return responding(r, err)
}

// sayings is what somebody says, of something, in an article: what /said asks for.
type sayings struct {
	speaker string
	about   string         // "" for everything
	article *corpus.Header // nil for all
}

// said writes one page of what somebody says, or the sentence that tells why not.
func (p *page) said(ctx context.Context, head string, s sayings, number string) (r reply, sentence string, err error) {
	found, err := p.facts.Said(ctx, s.speaker, s.about, articleOf(s.article), asked(number))
	if err != nil {
		return r, "", err
	}
	if len(found.Entries) == 0 {
		sentence, err := p.saysNothing(ctx, s)
		return plain(head + "\n" + sentence), "", err
	}
	first := found.Entries[:min(len(found.Entries), asked("1"))] // so that every page has the same head
	told := fmt.Sprintf(p.SaidFound, p.count(p.Statements, found.Total), p.names(speakersOf(first), 4), p.inArticles(found.Articles))
	head += "\n" + p.goesOn(told, found.More)
	turn, fits, err := p.saidTurn(ctx, s)
	if err != nil {
		return r, "", err
	}
	turned := false // there are other pages
	l := p.statements(found, p.roomUnder(head)).upTo(asked(number))
	l.what, l.head, l.turn = turn(0), head, func(n int) string {
		turned = true
		return turn(n)
	}
	if r, err = p.list(l, number); turned && !fits {
		return reply{}, p.LongSaid, err
	}
	return r, "", err
}

// statements lists what was said, by article: source and age stand first.
func (p *page) statements(found answer.List[answer.Statement], room int) listing {
	return listing{size: len(found.Entries), more: found.More, entry: func(i int) (entry, error) {
		f := found.Entries[i]
		article, err := p.lib.Article(f.Article)
		if err != nil {
			return entry{}, err
		}
		group := fmt.Sprintf(p.SaidIn, p.origin(p.lib.Header(f.Article)), p.when(article.Published, p.now))
		lead := p.Indirect
		if f.Direct {
			lead = p.Quoted
		}
		lead = fmt.Sprintf(lead, i+1, escapeInline(limited(f.Speaker, maxSource)))
		text := p.quote(article, lead, f.Sentence, corpus.Span{}, nil, p.citation(f.Article, f.Paragraph), room-runes(group)-1)
		return entry{group: group, text: text, first: i + 1, refs: []string{refOf(f.Where, article)}}, nil
	}}
}

// origin is who published an article, or its title where nobody knows.
func (p *page) origin(a *corpus.Header) string {
	if a.Source != "" {
		return escape(limited(a.Source, maxSource))
	}
	return "*" + escape(limited(a.Title, maxSource)) + "*"
}

// saysNothing says whom it looked for in vain, under which names, and who
// speaks there.
func (p *page) saysNothing(ctx context.Context, s sayings) (string, error) {
	searched := p.lib.Size()
	if s.article != nil {
		searched = 1
	}
	tried := []string{s.speaker}
	found, err := p.facts.Said(ctx, s.speaker, "", articleOf(s.article), maxEntries)
	if err != nil {
		return "", err
	}
	otherwise := speakersOf(found.Entries) // whoever speaks, but not of this
	for _, name := range otherwise {
		if !slices.ContainsFunc(tried, func(t string) bool { return strings.EqualFold(t, name) }) {
			tried = append(tried, name)
		}
	}
	who := excerpt(s.speaker, maxSource)
	sentence := fmt.Sprintf(p.SaysNothing, who, p.inArticles(searched), p.names(tried, 6))
	if s.about != "" {
		sentence = fmt.Sprintf(p.SaysNothingAbout, who, excerpt(s.about, maxSource), p.inArticles(searched), p.names(tried, 6))
	}
	if len(otherwise) > 0 {
		return sentence, nil
	}
	speakers, err := p.facts.Speakers(ctx, articleOf(s.article))
	if err != nil {
		return "", err
	}
	const named = 8
	var there []string
	for _, s := range speakers[:min(len(speakers), named+1)] {
		there = append(there, s.Name)
	}
	if len(there) == 0 {
		return sentence + " " + p.NobodySpeaks, nil
	}
	return sentence + " " + fmt.Sprintf(p.SpeakThere, p.names(there, named)), nil
}

// speakersOf returns who speaks in statements, each once.
func speakersOf(found []answer.Statement) []string {
	var names []string
	for _, f := range found {
		if !slices.Contains(names, f.Speaker) {
			names = append(names, f.Speaker)
		}
	}
	return names
}

// speakerChoices offers those who speak and whose name holds every word typed.
func (p *page) speakerChoices(ctx context.Context, typed, article string) ([]*discordgo.ApplicationCommandOptionChoice, error) {
	var list []*discordgo.ApplicationCommandOptionChoice
	words := strings.Fields(strings.ToLower(tidy(typed)))
	speakers, err := p.facts.LikelySpeakers(ctx, article)
	for _, s := range speakers {
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(s.Lower, w) }) {
			continue
		}
		name := tidy(s.Name)
		if name == "" || runes(name) > maxChoice {
			continue
		}
		label := p.join([]string{limited(name, maxChoice-40), p.count(p.Statements, s.Statements)})
		list = append(list, &discordgo.ApplicationCommandOptionChoice{Name: limited(label, maxChoice-1), Value: name})
		if len(list) == maxChoices {
			break
		}
	}
	return list, err
}

// saidTurn writes the custom ids that lead to the pages of what somebody says. They
// hold the name, or where that is too long a hash of it, which serves for those who
// are known to speak. fits is false where what was asked is too long for them.
func (p *page) saidTurn(ctx context.Context, s sayings) (turn func(number int) string, fits bool, err error) {
	about := noStroke(s.about)
	write := func(speaker string) func(int) string {
		return func(number int) string {
			return customID(actSpeaker, articleHash(articleOf(s.article)), speaker, about, strconv.Itoa(number))
		}
	}
	if turn = write(strings.TrimLeft(noStroke(s.speaker), "#")); len(turn(maxEntries)) <= maxCustomID {
		return turn, true, nil
	}
	speakers, err := p.facts.Speakers(ctx, articleOf(s.article))
	known := slices.ContainsFunc(speakers, func(k answer.Speaker) bool { return tidy(k.Name) == s.speaker })
	turn = write("#" + shortHash(s.speaker))
	return turn, known && len(turn(maxEntries)) <= maxCustomID, err
}

// noStroke leaves out what divides the parts of a custom id.
func noStroke(text string) string { return tidy(strings.ReplaceAll(text, "|", " ")) }

// shortHash names a text in a custom id that is short of room.
func shortHash(text string) string {
	h := fnv.New32a()
	h.Write([]byte(text))
	return fmt.Sprintf("%08x", h.Sum32())
}

// saidPage turns a page of /said. Who asked stands in the message.
func (c *call) saidPage(ctx context.Context, hash, speaker, about, number string) (*discordgo.InteractionResponse, error) {
	article, ok := articleByHash(c.lib, hash)
	if !ok {
		return c.refuse(c.AnswerGone), nil
	}
	if hash, hashed := strings.CutPrefix(speaker, "#"); hashed {
		speakers, err := c.facts.Speakers(ctx, articleOf(article))
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(speakers, func(s answer.Speaker) bool { return shortHash(tidy(s.Name)) == hash })
		if i < 0 {
			return c.refuse(c.AnswerGone), nil
		}
		speaker = tidy(speakers[i].Name)
	}
	if c.Message == nil {
		return c.refuse(c.OldButton), nil
	}
	head, _, _ := strings.Cut(c.Message.Content, "\n")
	r, sentence, err := c.said(ctx, head, sayings{speaker, about, article}, number)
	if sentence != "" {
		return c.refuse(sentence), nil
	}
	return updating(r, err)
}
