package handlers

import (
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
func (c *call) saidCommand(d discordgo.ApplicationCommandInteractionData) *discordgo.InteractionResponse {
	s := sayings{speaker: tidy(text(d.Options, optSpeaker)), about: tidy(text(d.Options, optAbout))}
	var ok bool
	s.article, ok = c.article(text(d.Options, optArticle))
	switch {
	case !ok:
		return c.noArticle(text(d.Options, optArticle))
	case s.speaker == "":
		return c.refuse(c.EmptySpeaker)
	case runes(s.speaker) > maxSearchWords || runes(s.about) > maxSearchWords:
		return c.refuse(fmt.Sprintf(c.LongQuestion, maxSearchWords))
	}
	who, user, guild := c.person()
	if sentence := c.tooMany(user, guild); sentence != "" {
		return c.refuse(sentence)
	}
	head := echo{Who: who, Question: s.speaker}.line(c.SaidBy)
	if s.about != "" {
		head = fmt.Sprintf(c.SaidByAbout, name(who), quoted(s.about), quoted(s.speaker))
	}
	r, sentence := c.said(head, s, "1")
	if sentence != "" {
		return c.refuse(sentence)
	}
	return respond(r, false)
}

// sayings is what somebody says, of something, in an article: what /said asks for.
type sayings struct {
	speaker string
	about   string          // "" for everything
	article *corpus.Article // nil for all
}

// said writes one page of what somebody says, or the sentence that tells why not.
func (p *page) said(head string, s sayings, number string) (r reply, sentence string) {
	found := p.facts.Said(s.speaker, s.about, articleOf(s.article))
	if len(found) == 0 {
		return plain(head + "\n" + p.saysNothing(s)), ""
	}
	articles := map[string]bool{}
	for _, f := range found {
		articles[f.Article] = true
	}
	head += "\n" + fmt.Sprintf(p.SaidFound, p.count(p.Statements, len(found)), p.names(speakersOf(found), 4), p.inArticles(len(articles)))
	l := listing{head: head, entries: p.statements(found, p.roomUnder(head)), turn: func(n int) string {
		id, _ := p.saidID(s, n)
		return id
	}}
	if _, ok := p.saidID(s, maxEntries); !ok && len(l.pages(p.roomUnder(head))) > 1 {
		return r, p.LongSaid
	}
	return p.list(l, number), ""
}

// statements makes the entries of a list of what was said, by article: source
// and age stand first.
func (p *page) statements(found []answer.Statement, room int) []entry {
	found = found[:min(len(found), maxEntries+1)]
	entries := make([]entry, len(found))
	for i, f := range found {
		article := p.lib.Article(f.Article)
		group := fmt.Sprintf(p.SaidIn, p.origin(article), p.when(article.Published, p.now))
		lead := p.Indirect
		if f.Direct {
			lead = p.Quoted
		}
		lead = fmt.Sprintf(lead, i+1, escapeInline(limited(f.Speaker, maxSource)))
		entries[i] = entry{group: group, first: i + 1, refs: []string{p.refOf(f.Where)}}
		entries[i].text = p.quote(article, lead, f.Sentence, corpus.Span{}, nil, p.citation(article, f.Paragraph), room-runes(group)-1)
	}
	return entries
}

// origin is who published an article, or its title where nobody knows.
func (p *page) origin(a *corpus.Article) string {
	if a.Source != "" {
		return escape(limited(a.Source, maxSource))
	}
	return "*" + escape(limited(a.Title, maxSource)) + "*"
}

// saysNothing says whom it looked for in vain, under which names, and who
// speaks there.
func (p *page) saysNothing(s sayings) string {
	searched := len(p.lib.Articles())
	if s.article != nil {
		searched = 1
	}
	tried := []string{s.speaker}
	otherwise := speakersOf(p.facts.Said(s.speaker, "", articleOf(s.article))) // whoever speaks, but not of this
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
		return sentence
	}
	var there []string
	for _, s := range p.speakers(articleOf(s.article)) {
		there = append(there, s.Name)
	}
	if len(there) == 0 {
		return sentence + " " + p.NobodySpeaks
	}
	return sentence + " " + fmt.Sprintf(p.SpeakThere, p.names(there, 8))
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

// speakers lists who speaks in an article, or anywhere, each once, those who
// say most first.
func (p *page) speakers(article string) []answer.Speaker {
	var list []answer.Speaker
	at := map[string]int{}
	for _, s := range p.facts.Speakers(article) {
		if i, ok := at[s.Name]; ok {
			list[i].Statements += s.Statements
			continue
		}
		at[s.Name] = len(list)
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b answer.Speaker) int { return b.Statements - a.Statements })
	return list
}

// speakerChoices offers those who speak and whose name holds every word typed.
func (p *page) speakerChoices(typed, article string) []*discordgo.ApplicationCommandOptionChoice {
	var list []*discordgo.ApplicationCommandOptionChoice
	words := strings.Fields(strings.ToLower(tidy(typed)))
	for _, s := range p.speakers(article) {
		name := tidy(s.Name)
		lower := strings.ToLower(name)
		if name == "" || runes(name) > maxChoice || slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(lower, w) }) {
			continue
		}
		label := p.join([]string{limited(name, maxChoice-40), p.count(p.Statements, s.Statements)})
		list = append(list, &discordgo.ApplicationCommandOptionChoice{Name: limited(label, maxChoice-1), Value: name})
		if len(list) == maxChoices {
			break
		}
	}
	return list
}

// saidID is the custom id that leads to a page of what somebody says. It holds
// the name, or where that is too long a hash of it, which serves for those who
// are known to speak. ok is false where what was asked is too long for it.
func (p *page) saidID(s sayings, number int) (id string, ok bool) {
	speaker, about := strings.TrimLeft(noStroke(s.speaker), "#"), noStroke(s.about)
	write := func(speaker string) string {
		return customID(actSpeaker, articleHash(articleOf(s.article)), speaker, about, strconv.Itoa(number))
	}
	if id = write(speaker); len(id) <= maxCustomID {
		return id, true
	}
	known := slices.ContainsFunc(p.speakers(articleOf(s.article)), func(k answer.Speaker) bool { return tidy(k.Name) == s.speaker })
	id = write("#" + shortHash(s.speaker))
	return id, known && len(id) <= maxCustomID
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
func (c *call) saidPage(hash, speaker, about, number string) *discordgo.InteractionResponse {
	article, ok := articleByHash(c.lib, hash)
	if !ok {
		return c.refuse(c.AnswerGone)
	}
	if hash, hashed := strings.CutPrefix(speaker, "#"); hashed {
		i := slices.IndexFunc(c.speakers(articleOf(article)), func(s answer.Speaker) bool { return shortHash(tidy(s.Name)) == hash })
		if i < 0 {
			return c.refuse(c.AnswerGone)
		}
		speaker = tidy(c.speakers(articleOf(article))[i].Name)
	}
	if c.Message == nil {
		return c.refuse(c.OldButton)
	}
	head, _, _ := strings.Cut(c.Message.Content, "\n")
	r, sentence := c.said(head, sayings{speaker, about, article}, number)
	if sentence != "" {
		return c.refuse(sentence)
	}
	return update(r)
}
