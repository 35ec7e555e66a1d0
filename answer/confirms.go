package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
)

// confirms reports whether relations of the sentence, told by the article itself, settle a
// question for a yes or no: all whom it names stand on the side that it gives them, or
// their leader does, and the sentence means all else.
func (l *Library) confirms(q *parsed, p *annotate.Doc, s *scored) bool {
	if !q.Whether || q.Denies || q.Another {
		return false
	}
	told := p.RelationsOf(s.sentence)
	deed := slices.IndexFunc(q.Concepts, func(c concept) bool {
		return !c.named() && slices.ContainsFunc(told, func(r annotate.Relation) bool { return l.tells(&c, r.Kind) })
	})
	if deed < 0 {
		return false
	}
	doers, targets := l.partiesAsked(q, q.Concepts[deed].Position)
	for c := range q.Concepts {
		does, suffers := slices.Contains(doers, c), slices.Contains(targets, c)
		switch {
		case c == deed:
		case does || suffers:
			if !slices.ContainsFunc(told, func(r annotate.Relation) bool {
				party := r.Target
				if does {
					party = r.Actor
				}
				return l.tells(&q.Concepts[deed], r.Kind) && r.SaidBy.Unknown() && !r.Ended &&
					(l.meantBy(&q.Concepts[c], p, s.in, party) || l.ledBy(q, c, s, r.Kind, party))
			}) {
				return false
			}
		case s.match.strength[c] < 0.5:
			return false
		}
	}
	return len(doers) > 0 && len(targets) > 0
}

// ledBy reports whether a party leads what a concept names, so that who backs or fights
// the one does so to the other: by a relation of the article, or since it is called his,
// "Ilse Varga's Border Guard".
func (l *Library) ledBy(q *parsed, concept int, of *scored, kind string, party annotate.Party) bool {
	switch RelationKind(kind) {
	case Backs, Allied, Fights:
	default:
		return false
	}
	if party.Entity < 0 || of.p.Entities[party.Entity].Kind == annotate.Place {
		return false
	}
	c := &q.Concepts[concept]
	p, err := l.doc(of.doc) // all of it
	if err != nil {
		q.err = err
		return false
	}
	for _, r := range p.Relations {
		if RelationKind(r.Kind) == Leads && !r.Ended && r.Actor.Entity == party.Entity && l.meantBy(c, p, &p.Sentences[r.Sentence], r.Target) {
			return true
		}
	}
	for i := range p.Sentences {
		s := &p.Sentences[i]
		for n := 1; n < len(s.Mentions); n++ {
			his, body := s.Mentions[n-1], s.Mentions[n]
			if his.Entity == party.Entity && body.First == his.Last+1 && strings.HasSuffix(p.Raw(s.Tokens[his.Last]), "s") && p.Gap(s.Tokens[his.Last], s.Tokens[body.First]) == " " &&
				p.Entities[body.Entity].Kind == annotate.Organisation && l.meantBy(c, p, s, annotate.Party{Entity: body.Entity, First: body.First, Last: body.Last}) {
				return true
			}
		}
	}
	return false
}
