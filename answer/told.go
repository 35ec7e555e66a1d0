package answer

import (
	"regexp"
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// tells reports whether a concept of the question is a word for a relation of
// the kind.
func (l *Library) tells(c *concept, kind string) bool {
	return slices.ContainsFunc(l.words.Deeds(c.Word), func(d *words.Deed) bool {
		return d.Kind == kind && (d.Form == "verb" || d.Form == "noun" || d.Form == "kill" || d.Form == "call")
	})
}

// fitsTold is fitsRelation by the relations that were found when the article
// was prepared, which are surer than what stands near the deed: byName where
// one of them answers, less where only somebody says it or who it is has no
// name; -1 where they hold it the other way round only, 0 where they hold
// nothing of it.
func (l *Library) fitsTold(q *parsed, p *annotate.Doc, i int) float64 {
	r := q.Relation
	if r.Asked == noSide {
		return 0
	}
	fit := 0.0
	for _, told := range p.RelationsOf(i) {
		if !l.tells(&q.Concepts[r.Deed], told.Kind) {
			continue
		}
		wanted, right, wrong := l.given(q, p, i, told)
		switch {
		case right && !p.Sentences[i].Tokens[wanted.Last].Class.Is(annotate.Named):
			fit = max(fit, byDescription)
		case right && !told.SaidBy.Unknown():
			fit = max(fit, bySomebody)
		case right:
			return byName
		case wrong && fit == 0:
			fit = -1
		}
	}
	return fit
}

// toldAt is how sure an answer is at least that a relation gives: so many of
// the relations found are right on the labelled articles, and a few are not
// what was asked.
const toldAt = 0.8

// answersTold reports whether a relation of the sentence answers the question
// and the sentence means all else that the question names.
func (l *Library) answersTold(q *parsed, p *annotate.Doc, best *scored) bool {
	if l.fitsTold(q, p, best.sentence) < byName || q.Denies || q.Another {
		return false
	}
	for c := range q.Concepts {
		if c != q.Relation.Deed && c != q.Relation.Given && !q.Concepts[c].Focus && !q.Concepts[c].Kind && best.match.strength[c] < 0.5 {
			return false
		}
	}
	return true
}

// What a relation counts that names who is asked for, that only somebody in the
// article tells, or that does not name him.
const (
	byName        = 2.0
	bySomebody    = 0.6
	byDescription = 0.3
)

// byRelation is how sure the span is that a relation gives, or the layout.
const byRelation = 1.0

// given returns the party of a relation that the question asks for, and whether
// the other end is the one that it gives, or the party asked for is.
func (l *Library) given(q *parsed, p *annotate.Doc, i int, told annotate.Relation) (wanted annotate.Party, right, wrong bool) {
	r, s := q.Relation, &p.Sentences[i]
	wanted, other := told.Actor, told.Target
	if r.Asked == target {
		wanted, other = other, wanted
	}
	if r.Given < 0 {
		return wanted, true, false
	}
	c := &q.Concepts[r.Given]
	atWanted, atGiven := l.meantBy(c, p, s, wanted), l.meantBy(c, p, s, other)
	if RelationKind(told.Kind).mutual() && atWanted && !atGiven {
		return other, true, false
	}
	return wanted, atGiven && !atWanted, atWanted && !atGiven
}

// toldSpan returns the parties that answer a question for one end of a
// relation, from the first of them to the last; an empty span where the
// sentence tells no such relation, and the sentence where it has a pronoun there.
func (l *Library) toldSpan(q *parsed, p *annotate.Doc, i int) corpus.Span {
	r := q.Relation
	switch {
	case r.Asked == noSide:
		return corpus.Span{}
	case r.Given < 0 && l.fitsTold(q, p, i) > 0: // who fights whom
		return p.Sentences[i].Span
	case r.Given < 0:
		return corpus.Span{}
	}
	first, last, deed := -1, -1, -1
	for _, told := range p.RelationsOf(i) {
		if !l.tells(&q.Concepts[r.Deed], told.Kind) || deed >= 0 && told.At != deed {
			continue
		}
		wanted, right, _ := l.given(q, p, i, told)
		if !right {
			continue
		}
		if word := p.Word(p.Sentences[i].Tokens[wanted.First]); wanted.First == wanted.Last && (annotate.ThirdPerson[word] || standing[word]) {
			return p.Sentences[i].Span // "he" is no answer by itself
		}
		deed = told.At
		if first < 0 || wanted.First < first {
			first = wanted.First
		}
		last = max(last, wanted.Last)
	}
	if first < 0 {
		return corpus.Span{}
	}
	s := &p.Sentences[i]
	span := corpus.Span{Start: s.Tokens[first].Start, End: s.Tokens[last].End}
	for _, ending := range []string{"'s", "’s"} {
		if strings.HasSuffix(p.Article.Quote(span), ending) {
			span.End -= len(ending)
		}
	}
	return span
}

// standing are pronouns that stand for several, or for no person.
var standing = words.Set(`they them it its their`)

// meantBy reports whether a party may be what a concept names.
func (l *Library) meantBy(c *concept, p *annotate.Doc, s *annotate.Sentence, party annotate.Party) bool {
	means := func(term int) bool { return c.Terms[p.Strings[term]] >= 0.5 }
	first := party.First
	for first > 0 && s.Tokens[first-1].Class.Is(annotate.Named) {
		first-- // "Lloyd's List"
	}
	for k := first; k <= party.Last; k++ {
		if means(s.Tokens[k].Term) {
			return true
		}
	}
	for _, im := range s.Implied {
		if party.First <= im.At && im.At <= party.Last && means(im.Term) {
			return true
		}
	}
	if party.Entity < 0 {
		return false
	}
	for i := range p.Entities {
		if l.sameEntity(p, party.Entity, i) && slices.ContainsFunc(slices.Concat(p.Entities[i].Terms, p.Entities[i].Roles), means) {
			return true
		}
	}
	return false
}

// turnedRound reports whether a sentence tells a deed that the question names, but only
// with the two the other way round, or, where a yes or no on two is asked for, with
// somebody else: "when did Norway attack Sweden" of Sweden's attack on Norway.
func (l *Library) turnedRound(q *parsed, p *annotate.Doc, best *scored) bool {
	turned := false
	for _, told := range p.RelationsOf(best.sentence) {
		deed := slices.IndexFunc(q.Concepts, func(c concept) bool { return !c.named() && l.tells(&c, told.Kind) })
		if deed < 0 {
			continue
		}
		doers, targets := l.partiesAsked(q, q.Concepts[deed].Position)
		missing := func(c int) bool { return best.match.strength[c] < 0.5 }
		if q.Whether && len(doers)+len(targets) > 1 && (slices.ContainsFunc(doers, missing) || slices.ContainsFunc(targets, missing)) {
			return true // "does Norway back Sweden" of its support for Denmark
		}
		if RelationKind(told.Kind).mutual() {
			continue
		}
		are := func(concepts []int, party annotate.Party) bool {
			return slices.ContainsFunc(concepts, func(c int) bool { return l.meantBy(&q.Concepts[c], p, best.in, party) })
		}
		if are(doers, told.Actor) {
			return false
		}
		turned = turned || are(doers, told.Target) && are(targets, told.Actor)
	}
	return turned
}

// byWhom matches a question that leaves the doer open behind "by".
var byWhom = regexp.MustCompile(`(?i)^\W*by (?:whom|who|what|which)\b|\bby\W*$`)

// partiesAsked returns the concepts that name who did the deed at a position by the
// question and to whom: the ones before it, and the ones behind, or in the passive the
// other way round. Dates are no party.
func (l *Library) partiesAsked(q *parsed, deed int) (doers, targets []int) {
	text := strings.ToLower(q.Text)
	doneBy := func(k *concept) bool {
		name := strings.ToLower(k.Text)
		return strings.Contains(text, " by "+name) || strings.Contains(text, " by the "+name)
	}
	passive := byWhom.MatchString(q.Text) || slices.ContainsFunc(q.Concepts, func(k concept) bool { return k.named() && doneBy(&k) })
	for c := range q.Concepts {
		k := &q.Concepts[c]
		_, date := l.words.Date(k.Word)
		switch {
		case !k.named() || date:
		case doneBy(k), !passive && k.Position < deed:
			doers = append(doers, c)
		default:
			targets = append(targets, c)
		}
	}
	return doers, targets
}
