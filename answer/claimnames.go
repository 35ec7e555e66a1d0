package answer

import (
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
	var links []link
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
			if i >= len(s.Tokens) || !c.means(s.Tokens[i], c.p.Strings[t]) {
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
		return matches(e.Terms[len(e.Terms)-1:])
	}
	return -1
}

// means reports whether a token of the claim is the term of a name, or what it
// stands for: Korean for Korea.
func (c *comparison) means(t annotate.Token, term string) bool {
	if c.claim.Strings[t.Term] == term {
		return true
	}
	word := c.claim.Word(t)
	k := slices.IndexFunc(c.q.Concepts, func(k concept) bool { return k.Word == word })
	return k >= 0 && c.q.Concepts[k].Name && c.q.Concepts[k].Terms[term] >= 0.9
}

// names compares the names of the claim with those that the sentence names or
// means. Where one is missing and the sentence has another of its sort in its
// stead, the two are different.
func (c *comparison) names() {
	links := c.links()
	mine := map[int]bool{}
	for _, k := range links {
		mine[k.entity] = true
	}
	for _, k := range links {
		s := &c.claim.Sentences[k.sentence]
		claimed := c.claim.Article.Quote(c.claim.WordsOf(s, k.first, k.last))
		if at, ok := c.mentioned(k.entity); ok {
			c.add(NameItem, claimed, Same, c.s, at)
			continue
		}
		if c.nearby(k.entity) {
			continue
		}
		if other, ok := c.stead(k.entity, mine); ok && c.p.Entities[k.entity].Kind != annotate.Place {
			c.add(NameItem, claimed, Different, c.s, other)
			continue
		}
		c.add(NameItem, claimed, NotThere, nil, corpus.Span{})
	}
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
		if !claimed[m.Entity] && c.p.Entities[m.Entity].Kind == kind {
			return c.p.WordsOf(c.s, m.First, m.Last), true
		}
	}
	return corpus.Span{}, false
}

// direction compares who did it to whom: where the claim has the two the other
// way round, or somebody else as the doer, it is different.
func (c *comparison) direction() {
	links := c.links()
	linked := func(entity int) bool {
		return slices.ContainsFunc(links, func(k link) bool { return k.entity == entity })
	}
	for i := range c.q.Concepts {
		k := &c.q.Concepts[i]
		if k.Name || k.Number {
			continue
		}
		for n := range c.claim.Sentences {
			s := &c.claim.Sentences[n]
			at := slices.IndexFunc(s.Tokens, func(t annotate.Token) bool { return c.claim.Word(t) == k.Word })
			if at < 0 {
				continue
			}
			act, upon := c.claimEnds(s, n, at, links)
			turned, agreed := -1, false
			for v, t := range c.s.Tokens {
				if t.Class.Is(annotate.Named) || k.Terms[c.p.Strings[t.Term]] < 0.7 {
					continue
				}
				act2, upon2 := ends(c.p, c.s, v)
				switch {
				case act < 0 || act2 < 0:
				case act == act2:
					agreed = true
				case upon == act2 || act == upon2 && linked(act2):
					turned = v
				}
			}
			if turned >= 0 && !agreed {
				c.add(RelationItem, strings.TrimSpace(c.claim.Article.Quote(s.Span)), Different, c.s, c.s.Span)
				return
			}
		}
	}
}

// claimEnds is ends for a claim, whose names are those of the article.
func (c *comparison) claimEnds(s *annotate.Sentence, n, v int, links []link) (act, upon int) {
	nearest := func(from, way int) int {
		for k := from + way; k >= 0 && k < len(s.Tokens) && k >= from-reach && k <= from+reach; k += way {
			for _, l := range links {
				if l.sentence == n && l.first <= k && k <= l.last {
					return l.entity
				}
			}
		}
		return -1
	}
	before, after := nearest(v, -1), nearest(v, 1)
	for k := v + 1; k < len(s.Tokens) && k <= v+6; k++ {
		if word := c.claim.Word(s.Tokens[k]); word == "by" || word == "from" {
			if by := nearest(k, 1); by >= 0 {
				return by, before
			}
		}
		if s.Tokens[k].Class.Is(annotate.Named) {
			break
		}
	}
	return before, after
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
