package eval

import (
	"fmt"

	"footnote/answer"
	"footnote/corpus"
)

// scoreRelations compares the relations found in an article with the labels.
func scoreRelations(a *corpus.Article, labels []RelationLabel, got []answer.Relation) (Count, []Miss) {
	p := pair(len(labels), len(got), func(i, k int) int { return bit(sameRelation(labels[i], got[k])) })

	label := func(i int) string {
		return fmt.Sprintf("%s %s %s", oneLine(a, labels[i].Actor), labels[i].Kind, oneLine(a, labels[i].Target))
	}
	found := func(k int) string {
		g := got[k]
		return fmt.Sprintf("%s %s %s", named(a, g.ActorAt, g.Actor), g.Kind, named(a, g.TargetAt, g.Target))
	}
	var c Count
	var misses []Miss
	right := 0
	for i, l := range labels {
		if p.of[i] >= 0 {
			right++
			continue
		}
		sentence := sentenceAt(a, l.Actor.Start)
		near := listed(len(got), func(k int) bool { return got[k].Sentence.Overlaps(sentence) }, found)
		misses = append(misses, miss("relation", "missed", label(i), near, a, sentence, l.Actor, l.Target))
	}
	for k, g := range got {
		if !p.taken[k] {
			near := listed(len(labels), func(i int) bool { return g.Sentence.Overlaps(labels[i].Actor) }, label)
			misses = append(misses, miss("relation", "false", near, found(k), a, g.Sentence, g.ActorAt, g.TargetAt))
		}
	}
	c.add(len(labels), len(got), right)
	return c, misses
}

// sameRelation reports whether a relation is the labelled one: of its kind,
// between what stands at the same two places of its sentence. What is mutual
// may be told either way round.
func sameRelation(l RelationLabel, r answer.Relation) bool {
	if l.Kind != r.Kind || !r.Sentence.Overlaps(l.Actor) || !r.Sentence.Overlaps(l.Target) {
		return false
	}
	mutual := l.Kind == answer.Allied || l.Kind == answer.Meets
	return l.Actor.Overlaps(r.ActorAt) && l.Target.Overlaps(r.TargetAt) ||
		mutual && l.Actor.Overlaps(r.TargetAt) && l.Target.Overlaps(r.ActorAt)
}

// named writes a party as the sentence has it and, where that differs, who it
// was taken for: "He (Fayez al-Sarraj)".
func named(a *corpus.Article, at corpus.Span, name string) string {
	text := oneLine(a, at)
	if text == name {
		return text
	}
	return fmt.Sprintf("%s (%s)", text, name)
}
