package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// ended reports whether the question asks who leads somebody at present and
// the sentence only tells how a lead came to its end: "who leads Libya" of the
// uprising that overthrew Gaddafi, its leader.
func (l *Library) ended(q *parsed, p *annotate.Doc, best *scored) bool {
	told := p.RelationsOf(best.sentence)
	leads := func(r annotate.Relation) bool { return RelationKind(r.Kind) == Leads }
	if !slices.ContainsFunc(told, func(r annotate.Relation) bool { return leads(r) && r.Ended }) ||
		slices.ContainsFunc(told, func(r annotate.Relation) bool { return leads(r) && !r.Ended }) {
		return false
	}
	return l.asksLeader(q) && !l.asksPast(q)
}

// asksLeader reports whether the question asks who leads somebody, be it with
// a verb or a title.
func (l *Library) asksLeader(q *parsed) bool {
	return q.Asked == aPerson && slices.ContainsFunc(q.Concepts, func(c concept) bool {
		return !c.named() && slices.ContainsFunc(l.words.Deeds(c.Word), func(d *words.Deed) bool {
			return RelationKind(d.Kind) == Leads && (d.Form == "verb" || d.Form == "role" || d.Form == "state")
		})
	})
}

// pastWords put a question about who leads into the past.
var pastWords = words.Set(`was were did had been once before longtime`)

// asksPast reports whether a question about who leads asks who did before:
// "who was the leader", "who led", "who is the former leader".
func (l *Library) asksPast(q *parsed) bool {
	for word := range strings.FieldsFuncSeq(strings.ToLower(q.Text), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if pastWords[word] || slices.ContainsFunc(l.words.Deeds(word), func(d *words.Deed) bool {
			return RelationKind(d.Kind) == Leads && (d.Form == "not" || d.Form == "verb" && strings.HasSuffix(word, "ed"))
		}) {
			return true
		}
	}
	return false
}
