package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// speaks reports whether an entity is one of those who speak in the sentence.
func (c *comparison) speaks(entity int) bool {
	return slices.ContainsFunc(c.p.Statements, func(s annotate.Statement) bool { return s.Sentence == c.sc.sentence && s.Speaker == entity })
}

// direction compares who did it to whom: where the claim has the two the other
// way round, or somebody else as the doer, it is different.
func (c *comparison) direction() {
	links := c.links()
	linked := func(entity int) bool {
		return slices.ContainsFunc(links, func(k link) bool { return k.entity == entity })
	}
	for n := range c.claim.Sentences {
		s := &c.claim.Sentences[n]
		for at := range s.Tokens {
			if t := s.Tokens[at]; t.Class.Is(annotate.Stop|annotate.Named|annotate.Number) || at > 0 && determiners[c.claim.Word(s.Tokens[at-1])] {
				continue
			}
			act, upon, by := c.claimEnds(s, n, at, links)
			turned, agreed := false, false
			for v := range c.s.Tokens {
				if !c.verb(c.p, c.s, v) || !c.sameVerb(s.Tokens[at], c.s.Tokens[v]) {
					continue
				}
				act2, upon2 := ends(c.p, c.s, v)
				switch {
				case by && act == upon2 && act2 != act:
					turned = true
				case act2 < 0 && upon >= 0 && upon == upon2:
					agreed = true
				case act < 0 || act2 < 0:
				case act == act2:
					agreed = true
				case upon == act2 || act == upon2 && linked(act2):
					turned = true
				}
			}
			if turned && !agreed {
				c.add(RelationItem, strings.TrimSpace(c.claim.Article.Quote(s.Span)), Different, c.s, c.s.Span)
				return
			}
		}
	}
}

// verb reports whether token k looks like a verb form: inflected, and no noun in
// the plural.
func (c *comparison) verb(p *annotate.Doc, s *annotate.Sentence, k int) bool {
	t := s.Tokens[k]
	word := p.Word(t)
	if t.Class.Is(annotate.Stop|annotate.Named|annotate.Number) || c.l.words.Lemma(word) == word {
		return false
	}
	return !annotate.Plural(word) || k+1 < len(s.Tokens) && s.Tokens[k+1].Class.Is(annotate.Named|annotate.Stop)
}

// determiners are words that a noun follows.
var determiners = words.Set(`the a an of his her its their this that these those`)

// sameVerb reports whether a word of the claim and one of the sentence mean the
// same deed.
func (c *comparison) sameVerb(t, u annotate.Token) bool {
	term, word := c.p.Strings[u.Term], c.claim.Word(t)
	if c.claim.Strings[t.Term] == term {
		return true
	}
	k := slices.IndexFunc(c.q.Concepts, func(k concept) bool { return k.Word == word })
	return k >= 0 && c.q.Concepts[k].Terms[term] >= 0.7
}

// claimEnds is ends for a claim, whose names are those of the article; by tells
// that "by" names the doer.
func (c *comparison) claimEnds(s *annotate.Sentence, n, v int, links []link) (act, upon int, by bool) {
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
			if agent := nearest(k, 1); agent >= 0 {
				return agent, before, word == "by"
			}
		}
		if s.Tokens[k].Class.Is(annotate.Named) {
			break
		}
	}
	return before, after, false
}
