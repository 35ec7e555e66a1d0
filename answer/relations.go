package answer

import (
	"context"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// RelationKind says how two parties stand with one another.
type RelationKind string

// The kinds of relation.
const (
	Backs   RelationKind = "backs"   // supports, arms, funds, endorses, defends
	Allied  RelationKind = "allied"  // is allied with; both ways
	Fights  RelationKind = "fights"  // attacks, shells, is at war with
	Accuses RelationKind = "accuses" // blames, condemns, criticises, mocks, sues
	Leads   RelationKind = "leads"   // heads, commands, is president of
	Hosts   RelationKind = "hosts"   // receives
	Meets   RelationKind = "meets"   // holds talks with; both ways
)

// Relation is what a sentence tells of two parties, from Actor to Target. Both
// are named as fully as the article names them anywhere.
type Relation struct {
	Where
	Kind     RelationKind
	Actor    string
	Target   string
	ActorAt  corpus.Span // where the sentence names them, or the pronoun or description that stands for them
	TargetAt corpus.Span
	SaidBy   string // who says so; "" where the article says it in its own voice
}

// RelationQuery asks for relations. Empty fields match everything; parties are
// known by any of the names and roles that the article gives.
type RelationQuery struct {
	Article string
	Kind    RelationKind
	Actor   string
	Target  string
}

// relationKinds are all kinds of relation.
var relationKinds = []RelationKind{Backs, Allied, Fights, Accuses, Leads, Hosts, Meets}

// Relations lists relations in reading order. Of those that are the same both
// ways, actor and target of the query may stand at either end.
func (l *Library) Relations(ctx context.Context, q RelationQuery) ([]Relation, error) {
	actor, target := l.partyKnown(q.Actor), l.partyKnown(q.Target)
	of := func(p *annotate.Doc) []Relation { return l.relationsIn(p, q.Kind, actor, target) }
	if q.Article != "" {
		list, err := ofArticle(l, q.Article, 0, of)
		return list.Entries, err
	}
	kinds := relationKinds
	if q.Kind != "" {
		kinds = []RelationKind{q.Kind}
	}
	var passages []int
	for _, kind := range kinds {
		acts, err := l.relatedBy(ctx, kind, actor)
		if err != nil {
			return nil, err
		}
		suffers, err := l.relatedBy(ctx, kind, target)
		if err != nil {
			return nil, err
		}
		passages = either(passages, both(acts, suffers))
	}
	c := collector[Relation]{}
	err := c.gather(ctx, l, passages, false, of)
	return c.list.Entries, err
}

// relationsIn lists the relations of an article.
func (l *Library) relationsIn(p *annotate.Doc, asked RelationKind, actor, target partyQuery) []Relation {
	var found []Relation
	for i := range p.Relations {
		r := &p.Relations[i]
		kind := RelationKind(r.Kind)
		if asked != "" && asked != kind {
			continue
		}
		if actor.means(l, p, r.Actor) && target.means(l, p, r.Target) ||
			kind.mutual() && actor.means(l, p, r.Target) && target.means(l, p, r.Actor) {
			found = append(found, l.relation(p, r))
		}
	}
	return found
}

// mutual reports whether a relation is the same both ways.
func (k RelationKind) mutual() bool { return k == Allied || k == Meets }

// relation makes the public form of a relation of an article.
func (l *Library) relation(p *annotate.Doc, r *annotate.Relation) Relation {
	s := &p.Sentences[r.Sentence]
	at := func(party annotate.Party) corpus.Span {
		return corpus.Span{Start: s.Tokens[party.First].Start, End: s.Tokens[party.Last].End}
	}
	rel := Relation{
		Where:    Where{Article: p.Article.ID, Paragraph: s.Passage + 1, Sentence: s.Span},
		Kind:     RelationKind(r.Kind),
		Actor:    l.partyName(p, r.Actor),
		Target:   l.partyName(p, r.Target),
		ActorAt:  at(r.Actor),
		TargetAt: at(r.Target),
	}
	if !r.SaidBy.Unknown() {
		rel.SaidBy = l.partyName(p, r.SaidBy)
	}
	return rel
}
