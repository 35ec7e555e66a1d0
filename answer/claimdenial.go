package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// denial compares whether something is denied: where one of the claim and the
// sentence says that a deed is not so and the other does not, they are different,
// whatever else agrees.
func (c *comparison) denial() {
	if c.opposite() {
		c.differ()
		return
	}
	for i := range c.q.Concepts {
		k := &c.q.Concepts[i]
		at := c.sc.match.at[i]
		if at < 0 || c.sc.match.strength[i] < 0.7 || k.Name || k.Number || c.s.Tokens[at].Class.Is(annotate.Named) {
			continue
		}
		for n := range c.claim.Sentences {
			s := &c.claim.Sentences[n]
			mine := slices.IndexFunc(s.Tokens, func(t annotate.Token) bool {
				return !t.Class.Is(annotate.Stop) && (c.claim.Word(t) == k.Word || k.Terms[c.claim.Strings[t.Term]] >= 0.9)
			})
			if mine < 0 {
				continue
			}
			// Where both deny something, one may deny it in other words: "no deaths",
			// "nobody died", "unhurt".
			one, other := c.denied(c.claim, s, mine), c.denied(c.p, c.s, at)
			if one && !other && !c.negative(c.p, c.s) || other && !one && !c.negative(c.claim, s) {
				c.differ()
				return
			}
		}
	}
}

// opposite reports whether a word of the claim that the sentence does not mean
// stands against its opposite there, with nothing denied: released, arrested.
func (c *comparison) opposite() bool {
	for n := range c.claim.Sentences {
		s := &c.claim.Sentences[n]
		for k, t := range s.Tokens {
			word := c.claim.Word(t)
			if t.Class.Is(annotate.Stop|annotate.Named|annotate.Number) || slices.ContainsFunc(c.s.Tokens, func(u annotate.Token) bool { return c.p.Strings[u.Term] == c.claim.Strings[t.Term] }) {
				continue
			}
			for at, u := range c.s.Tokens {
				if !u.Class.Is(annotate.Stop|annotate.Named|annotate.Number) && c.l.words.Opposite(word, c.p.Word(u)) && c.denied(c.claim, s, k) == c.denied(c.p, c.s, at) {
					return true
				}
			}
		}
	}
	return false
}

// differ takes what agrees of a claim's matter for different.
func (c *comparison) differ() {
	for i := range c.items {
		item := &c.items[i]
		if (item.Kind == RelationItem || item.Kind == MatterItem) && (item.Verdict == Same || item.Verdict == OnlySaid) {
			item.Verdict = Different
			return
		}
	}
	c.add(MatterItem, strings.TrimSpace(c.claim.Article.Text), Different, c.s, c.s.Span)
}

// denied reports whether the word at token k is denied: a word that denies stands
// shortly before it in its clause, or nobody does it, or somebody denies it.
func (c *comparison) denied(p *annotate.Doc, s *annotate.Sentence, k int) bool {
	const before = 3
	for i := k - 1; i >= 0 && i >= k-before; i-- {
		word := p.Word(s.Tokens[i])
		if strings.ContainsAny(p.Gap(s.Tokens[i], s.Tokens[i+1]), ",;:.") || word == "but" {
			break
		}
		if negators[word] || strings.HasSuffix(word, "n't") {
			return true
		}
	}
	if s.Cue >= 0 && s.Cue < k {
		cue, ok := c.l.words.Cue(p.Word(s.Tokens[s.Cue]))
		return ok && cue.Force == words.Denies && s.Vouched
	}
	return false
}

// negative reports whether a sentence denies anything in any way.
func (c *comparison) negative(p *annotate.Doc, s *annotate.Sentence) bool {
	return slices.ContainsFunc(s.Tokens, func(t annotate.Token) bool {
		word := p.Word(t)
		rest, un := strings.CutPrefix(word, "un")
		return t.Class.Is(annotate.Negation) || strings.HasSuffix(word, "n't") || un && len(rest) > 3 && c.l.words.Common(rest)
	})
}

// negators are the words that deny what they stand with.
var negators = words.Set(`not no never nobody none nothing neither nor cannot`)
