package answer

import (
	"slices"

	"footnote/answer/annotate"
)

// relations compares who stands with whom: the claim's relations with those of
// the article of the same kind. The same pair is the same; the pair the other
// way round, or the same doer with somebody else only, is different.
func (c *comparison) relations() {
	links := c.links()
	entity := func(n int, p annotate.Party) int {
		i := slices.IndexFunc(links, func(k link) bool { return k.sentence == n && k.first <= p.Last && p.First <= k.last })
		if i < 0 {
			return -1
		}
		return links[i].entity
	}
	for _, r := range c.claim.Relations {
		actor, target := entity(r.Sentence, r.Actor), entity(r.Sentence, r.Target)
		if actor < 0 || target < 0 {
			continue
		}
		claimed := c.claim.Article.Quote(c.claim.Sentences[r.Sentence].Span)
		var same, other *annotate.Relation
		for i := range c.p.Relations {
			g := &c.p.Relations[i]
			if g.Kind != r.Kind {
				continue
			}
			mutual := RelationKind(g.Kind).mutual()
			switch {
			case g.Actor.Entity == actor && g.Target.Entity == target, mutual && g.Actor.Entity == target && g.Target.Entity == actor:
				if same == nil || same.SaidBy.Unknown() == g.SaidBy.Unknown() || g.SaidBy.Unknown() { // rather in the article's own voice
					same = g
				}
			case g.Actor.Entity == target && g.Target.Entity == actor,
				g.Actor.Entity == actor && RelationKind(g.Kind) == Backs && c.opposed(target, g.Target.Entity):
				other = g
			}
		}
		if same == nil {
			same = other
		}
		if same == nil {
			continue
		}
		verdict := Same
		if same == other {
			verdict = Different
		}
		s := &c.p.Sentences[same.Sentence]
		c.add(RelationItem, claimed, verdict, s, s.Span)
	}
}

// opposed reports whether two parties stand against one another by the article:
// who backs one of them is not on the side of the other.
func (c *comparison) opposed(a, b int) bool {
	return a >= 0 && b >= 0 && slices.ContainsFunc(c.p.Relations, func(r annotate.Relation) bool {
		kind := RelationKind(r.Kind)
		return (kind == Fights || kind == Accuses) && (r.Actor.Entity == a && r.Target.Entity == b || r.Actor.Entity == b && r.Target.Entity == a)
	})
}
