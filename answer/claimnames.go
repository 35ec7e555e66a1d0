package answer

import (
	"context"
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// link is a name in a claim that the article knows.
type link struct {
	entity      int // in the article's entities
	first, last int // tokens of the claim's sentence
	sentence    int // of the claim
}

// links finds the names of the article in the claim, however they are written
// there: in small letters, by surname, by acronym.
func (c *comparison) links() []link {
	if c.linked != nil {
		return c.linked
	}
	links := []link{}
	for n := range c.claim.Sentences {
		s := &c.claim.Sentences[n]
		for k := 0; k < len(s.Tokens); k++ {
			best := link{entity: -1}
			for e := range c.p.Entities {
				if last := c.named(s, k, e); last >= 0 && (best.entity < 0 || last > best.last) {
					best = link{e, k, last, n}
				}
			}
			if best.entity >= 0 {
				links = append(links, best)
				k = best.last
			}
		}
	}
	c.linked = links
	return links
}

// named returns the last token of the name of an entity that begins at token k
// of the claim: all of its words, or for persons the surname; -1 where it does
// not begin there.
func (c *comparison) named(s *annotate.Sentence, k, entity int) int {
	e := &c.p.Entities[entity]
	if e.Counted == 0 || len(e.Terms) == 0 {
		return -1
	}
	matches := func(terms []int) int {
		i := k
		for n, t := range terms {
			for n > 0 && i < len(s.Tokens) && (s.Tokens[i].Class.Is(annotate.Stop) || annotate.ArabicArticle[c.claim.Word(s.Tokens[i])]) {
				i++
			}
			if i >= len(s.Tokens) || !c.means(s.Tokens[i], c.p.Strings[t]) || len(terms) == 1 && c.plain(s.Tokens[i]) {
				return -1
			}
			i++
		}
		return i - 1
	}
	if last := matches(e.Terms); last >= 0 {
		return last
	}
	if e.Kind == annotate.Person && len(e.Terms) > 1 {
		if last := matches(e.Terms[len(e.Terms)-1:]); last >= 0 {
			return last
		}
	}
	return c.role(s, k, e)
}

// plain reports whether a word of the claim is an everyday word in small
// letters, which names nobody by itself.
func (c *comparison) plain(t annotate.Token) bool {
	return !t.Class.Is(annotate.Capital) && c.l.words.Common(c.claim.Word(t)) && len(c.l.words.Places(c.claim.Word(t))) == 0
}

// role returns the last token of what the article calls an entity besides its
// name, "the prime minister"; -1 where token k begins nothing of the kind.
func (c *comparison) role(s *annotate.Sentence, k int, e *annotate.Entity) int {
	const least = 2 // one word, "minister", is too little
	n := 0
	for k+n < len(s.Tokens) && slices.ContainsFunc(e.Roles, func(t int) bool { return c.p.Strings[t] == c.claim.Strings[s.Tokens[k+n].Term] }) {
		n++
	}
	if n < least {
		return -1
	}
	return k + n - 1
}

// means reports whether a token of the claim is the term of a name, or what it
// stands for: Korean for Korea.
func (c *comparison) means(t annotate.Token, term string) bool {
	const stem, ending = 4, 3 // letters: Korea, Korean
	own := c.claim.Strings[t.Term]
	if own == term || len(term) >= stem && len(own) <= len(term)+ending && strings.HasPrefix(own, term) {
		return true
	}
	word := c.claim.Word(t)
	k := slices.IndexFunc(c.q.Concepts, func(k concept) bool { return k.Word == word })
	return k >= 0 && c.q.Concepts[k].Name && c.q.Concepts[k].Terms[term] >= 0.9
}

// names compares the names of the claim with those that the sentence names or
// means. Where one is missing and the sentence has another of its sort in its
// stead, the two are different.
func (c *comparison) names(ctx context.Context) {
	links := c.links()
	mine := map[int]bool{}
	for _, k := range links {
		mine[k.entity] = true
	}
	for _, k := range links {
		s := &c.claim.Sentences[k.sentence]
		claimed := c.claim.Article.Quote(c.claim.WordsOf(s, k.first, k.last))
		if at, ok := c.mentioned(k.entity); ok {
			v := Same
			if c.otherFirstName(s, k) {
				v = Different
			}
			c.add(NameItem, claimed, v, c.s, at)
			continue
		}
		if c.nearby(k.entity) {
			// The passage names him, the sentence somebody else in his place.
			if other, ok := c.stead(k.entity, mine); ok && c.p.Entities[k.entity].Kind == annotate.Person && !c.s.Leans {
				c.add(NameItem, claimed, Different, c.s, other)
			}
			continue
		}
		other, ok := c.sameNoun(s, annotate.Mention{First: k.first, Last: k.last}, mine)
		if !ok && c.p.Entities[k.entity].Kind != annotate.Place {
			other, ok = c.stead(k.entity, mine)
		}
		if ok {
			c.add(NameItem, claimed, Different, c.s, other)
			continue
		}
		if e := &c.p.Entities[k.entity]; e.Kind != annotate.Place && e.Counted < c.mostNamed() { // whom the whole story is about, and where, need not be said again
			c.add(NameItem, claimed, Elsewhere, nil, corpus.Span{})
		}
	}
	c.strangers(ctx, links, mine)
	c.unknownWords()
}

// unknownWords notes the words of the claim that stand nowhere in the library,
// where names cannot be told from other words: in languages other than English.
func (c *comparison) unknownWords() {
	if c.p.Article.Language == "en" {
		return
	}
	for i := range c.q.Concepts {
		if k := &c.q.Concepts[i]; !k.Number && !c.l.known(k) {
			c.add(NameItem, k.Text, NotThere, nil, corpus.Span{})
		}
	}
}

// otherFirstName reports whether the claim has a first name before a surname
// that is not this person's: Bill Holm is not Ida Holm.
func (c *comparison) otherFirstName(s *annotate.Sentence, k link) bool {
	e := &c.p.Entities[k.entity]
	if e.Kind != annotate.Person || k.first == 0 || len(e.Terms) < 2 || k.last-k.first+1 >= len(e.Terms) {
		return false
	}
	t := s.Tokens[k.first-1]
	if !t.Class.Is(annotate.Capital) || t.Class.Is(annotate.Stop|annotate.Opening) || annotate.IsTitle(c.claim.Word(t), c.l.words) || c.claim.Gap(t, s.Tokens[k.first]) != " " {
		return false
	}
	term := c.claim.Strings[t.Term]
	return !slices.ContainsFunc(slices.Concat(e.Terms, e.Roles), func(own int) bool { return c.p.Strings[own] == term })
}

// strangers compares the names of the claim that the article does not know:
// where the sentence has another name with the same noun, "the Thai navy" for
// "the Indonesian Navy", the two are different.
func (c *comparison) strangers(ctx context.Context, links []link, mine map[int]bool) {
	for n := range c.claim.Sentences {
		s := &c.claim.Sentences[n]
		for _, m := range s.Mentions {
			if slices.ContainsFunc(links, func(k link) bool { return k.sentence == n && k.first <= m.Last && m.First <= k.last }) {
				continue
			}
			claimed := c.claim.Article.Quote(c.claim.WordsOf(s, m.First, m.Last))
			if at, ok := c.sameNoun(s, m, mine); ok {
				c.add(NameItem, claimed, Different, c.s, at)
			} else if !c.holds(s, m) && !c.known(s, m) {
				elsewhere, err := c.namedElsewhere(ctx, s, m)
				c.lacking(NameItem, claimed, elsewhere, err)
			}
		}
	}
}

// namedElsewhere reports whether any article holds the words of a name of the claim,
// one after the other.
func (c *comparison) namedElsewhere(ctx context.Context, s *annotate.Sentence, m annotate.Mention) (bool, error) {
	var passages []int
	for _, language := range c.l.languages {
		var terms []string
		for _, t := range s.Tokens[m.First : m.Last+1] {
			if term := c.claim.Strings[t.Term]; !t.Class.Is(annotate.Stop) && !leftOut(language, term) {
				terms = append(terms, term)
			}
		}
		var with []int
		var err error
		if len(terms) > 0 {
			with, err = c.l.withTerms(ctx, language, terms, true)
		} else { // a name of function words alone, which are everywhere
			for doc, h := range c.l.Headers() {
				if h.Language == language {
					with = append(with, c.l.first(doc))
				}
			}
		}
		if err != nil {
			return false, err
		}
		passages = append(passages, with...)
	}
	slices.Sort(passages)
	return c.l.anyOf(ctx, passages, func(p *annotate.Doc) bool { return c.inVocabulary(p, s, m) })
}

// inVocabulary reports whether an article holds the words of a name of the
// claim, one after the other.
func (c *comparison) inVocabulary(p *annotate.Doc, s *annotate.Sentence, m annotate.Mention) bool {
	var terms []string
	for _, t := range s.Tokens[m.First : m.Last+1] {
		terms = append(terms, c.claim.Strings[t.Term])
	}
	for i := range p.Sentences {
		toks := p.Sentences[i].Tokens
		for k := 0; k+len(terms) <= len(toks); k++ {
			n := 0
			for n < len(terms) && p.Strings[toks[k+n].Term] == terms[n] {
				n++
			}
			if n == len(terms) {
				return true
			}
		}
	}
	return false
}

// mostNamed returns how often the most named entity of the article is named, at
// least three times.
func (c *comparison) mostNamed() int {
	const least = 3
	most := least
	for i := range c.p.Entities {
		most = max(most, c.p.Entities[i].Counted)
	}
	return most
}

// sameNoun returns the name of the sentence, unnamed by the claim, that ends
// with the noun of a name of the claim.
func (c *comparison) sameNoun(s *annotate.Sentence, m annotate.Mention, mine map[int]bool) (corpus.Span, bool) {
	for _, k := range []int{m.Last + 1, m.Last} {
		if k >= len(s.Tokens) || k == m.First || s.Tokens[k].Class.Is(annotate.Stop) {
			continue
		}
		for _, o := range c.s.Mentions {
			terms := c.p.Entities[o.Entity].Terms
			if len(terms) > 1 && !mine[o.Entity] && c.p.Strings[terms[len(terms)-1]] == c.claim.Strings[s.Tokens[k].Term] {
				return c.p.WordsOf(c.s, o.First, o.Last), true
			}
		}
	}
	return corpus.Span{}, false
}

// holds reports whether the sentence holds the words of a name of the claim
// without taking them for a name.
func (c *comparison) holds(s *annotate.Sentence, m annotate.Mention) bool {
	for _, t := range s.Tokens[m.First : m.Last+1] {
		word := c.claim.Word(t)
		k := slices.IndexFunc(c.q.Concepts, func(k concept) bool { return k.Word == word })
		if t.Class.Is(annotate.Stop) || k >= 0 && c.sc.match.strength[k] >= 0.5 {
			continue
		}
		if !slices.ContainsFunc(c.s.Tokens, func(u annotate.Token) bool { return c.means(t, c.p.Strings[u.Term]) }) {
			return false
		}
	}
	return true
}

// known reports whether the article has names with all the words of this one:
// "both Koreas" of North and South Korea, but not Lake Como of Lake Varn.
func (c *comparison) known(s *annotate.Sentence, m annotate.Mention) bool {
	for _, t := range s.Tokens[m.First : m.Last+1] {
		if !t.Class.Is(annotate.Stop) && !slices.ContainsFunc(c.p.Entities, func(e annotate.Entity) bool {
			return slices.ContainsFunc(e.Terms, func(term int) bool { return c.means(t, c.p.Strings[term]) })
		}) {
			return false
		}
	}
	return true
}

// mentioned returns where the sentence names an entity or means it by a
// pronoun or a role.
func (c *comparison) mentioned(entity int) (corpus.Span, bool) {
	for _, m := range c.s.Mentions {
		if m.Entity == entity {
			return c.p.WordsOf(c.s, m.First, m.Last), true
		}
	}
	terms := c.p.Entities[entity].Terms
	for _, im := range c.s.Implied {
		if slices.Contains(terms, im.Term) {
			return c.p.WordsOf(c.s, im.At, im.Last), true
		}
	}
	if c.s.Speaker == entity || c.s.Subject == entity {
		return c.s.Span, true
	}
	return corpus.Span{}, false
}

// nearby reports whether the passage or the title names an entity.
func (c *comparison) nearby(entity int) bool {
	for i := range c.p.SentencesOf(c.s.Passage) {
		if slices.ContainsFunc(c.p.SentencesOf(c.s.Passage)[i].Mentions, func(m annotate.Mention) bool { return m.Entity == entity }) {
			return true
		}
	}
	return slices.ContainsFunc(c.p.Entities[entity].Terms, func(t int) bool { return slices.Contains(c.p.Title, t) })
}

// stead returns the name that the sentence has in place of an entity: one of
// the same sort that the claim does not name.
func (c *comparison) stead(entity int, claimed map[int]bool) (corpus.Span, bool) {
	kind := c.p.Entities[entity].Kind
	for _, m := range c.s.Mentions {
		if !claimed[m.Entity] && !c.speaks(m.Entity) && c.p.Entities[m.Entity].Kind == kind {
			return c.p.WordsOf(c.s, m.First, m.Last), true
		}
	}
	return corpus.Span{}, false
}

// speaker compares who the claim says said it with who says it in the article.
func (c *comparison) speaker() {
	if c.s.Speaker < 0 {
		return
	}
	for n := range c.claim.Sentences {
		who := c.claim.Sentences[n].Speaker
		if who < 0 {
			continue
		}
		claimed := c.claim.Entities[who]
		speaker := &c.p.Entities[c.s.Speaker]
		known := map[string]bool{}
		for _, t := range slices.Concat(speaker.Terms, speaker.Roles) {
			known[c.p.Strings[t]] = true
		}
		strange := false
		for _, t := range claimed.Terms {
			strange = strange || !known[c.claim.Strings[t]]
		}
		if at, ok := c.mentioned(c.s.Speaker); strange && ok {
			c.add(NameItem, claimed.Name, Different, c.s, at)
		}
	}
}
