package answer

import "footnote/corpus"

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

// Relations lists relations in reading order.
func (l *Library) Relations(q RelationQuery) []Relation { return nil }
