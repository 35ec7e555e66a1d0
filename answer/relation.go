package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// side is the end of a relation that a question asks for: in "who backs
// Haftar" the one who acts, in "who does Haftar back" the one acted upon.
type side uint8

const (
	noSide side = iota
	actor
	target
)

// relation is the deed that a question is about and which end it asks for.
type relation struct {
	Asked side
	Deed  int // concept of the verb
	Given int // concept of the name at the other end; -1 in "who fights whom"
}

// findRelation finds the relation of a question that asks with who, whom,
// which or what for one end of it.
func findRelation(p *parsed, toks []qtoken) relation {
	none := relation{Deed: -1, Given: -1}
	at := slices.IndexFunc(toks, func(t qtoken) bool {
		return t.lower == "who" || t.lower == "whom" || t.lower == "which" || t.lower == "what"
	})
	if at < 0 || len(toks) < at+3 {
		return none
	}
	r := none
	for i := range p.Concepts {
		c := &p.Concepts[i]
		switch {
		case c.Position <= at || c.Focus || c.Kind:
		case c.named() && annotate.ArabicArticle[c.Word]: // al-Sarraj is known by the rest
		case c.named() && r.Given < 0:
			r.Given = i
		case !c.named() && !c.Number && r.Deed < 0:
			r.Deed = i
		}
	}
	if r.Deed >= 0 && r.Given < 0 && len(toks) <= at+3 && (toks[len(toks)-1].lower == "whom" || toks[len(toks)-1].lower == "who") {
		r.Asked = actor // who fights whom
		return r
	}
	if r.Deed < 0 || r.Given < 0 {
		return none
	}
	// What is taken over from the question before stands where the pronoun does.
	place := func(concept int) int {
		if at := p.Concepts[concept].Position; at < len(toks) {
			return at
		}
		if i := slices.IndexFunc(toks, func(t qtoken) bool { return leaningOn[t.lower] }); i >= 0 {
			return i
		}
		return len(toks) - 1
	}
	deed, given := place(r.Deed), place(r.Given)
	helped := slices.ContainsFunc(toks[at+1:max(min(deed, given), at+1)], func(t qtoken) bool {
		return t.lower == "did" || t.lower == "does" || t.lower == "do" || t.lower == "has" || t.lower == "have" || t.lower == "had"
	})
	first := given
	for first > 0 && (toks[first-1].lower == "the" || annotate.ArabicArticle[toks[first-1].lower]) {
		first--
	}
	before := toks[max(first-1, 0)].lower
	switch {
	case before == "by" && deed < given:
		r.Asked = target // who was attacked by Haftar
	case given < deed && isBe(toks[at+1].lower) && toks[len(toks)-1].lower == "by":
		r.Asked = actor // who is Haftar backed by
	case given < deed && isBe(toks[at+1].lower) && (toks[len(toks)-1].lower == "with" || toks[len(toks)-1].lower == "to"):
		r.Asked = target // who is the LNA allied to
	case annotate.Prepositions[before]:
		return none // what religion is followed in Myanmar
	case helped && given < deed:
		r.Asked = target // who did Haftar attack
	case deed < given:
		r.Asked = actor // who attacked Haftar
	default:
		return none
	}
	return r
}

// findDoer returns the concept of the name that a question other than who or
// which says did the deed: "how many did *Haftar* kill", "… were killed by
// *Haftar*"; -1 where it says so of nobody.
func findDoer(p *parsed, toks []qtoken) (doer, deed int) {
	for i := range p.Concepts {
		name := &p.Concepts[i]
		if !name.Name || name.Position == 0 {
			continue
		}
		at := min(name.Position, len(toks)) - 1
		for at > 0 && (toks[at].lower == "the" || annotate.ArabicArticle[toks[at].lower]) {
			at--
		}
		before := toks[at].lower
		for k := range p.Concepts {
			verb := &p.Concepts[k]
			switch {
			case verb.Name || verb.Focus || verb.Number:
			case before == "by" && verb.Position < name.Position:
				return i, k
			case (before == "did" || before == "does" || before == "has" || before == "have") && verb.Position == name.Position+1:
				return i, k
			}
		}
	}
	return -1, -1
}

// does reports whether the one who did the deed by the question may have done
// it by the sentence. It says no where the sentence names him behind
// prepositions only ("the fighting between the forces of Haftar and …"), and
// where it neither names him nor holds a pronoun that could mean him.
func (l *Library) does(q *parsed, p *annotate.Doc, s *annotate.Sentence, m *match) bool {
	if q.Doer < 0 || m.at[q.Deed] < 0 {
		return true
	}
	terms := q.Concepts[q.Doer].Terms
	for _, mn := range s.Mentions {
		if !slices.ContainsFunc(p.Entities[mn.Entity].Terms, func(t int) bool { return terms[p.Strings[t]] >= 0.9 }) &&
			!(strings.Contains(q.Concepts[q.Doer].Word, " ") && l.meantBy(&q.Concepts[q.Doer], p, s, annotate.Party{Entity: mn.Entity, First: mn.First, Last: mn.Last})) { // "United States"
			continue
		}
		at := mn.First
		for at > 0 && (p.Word(s.Tokens[at-1]) == "the" || s.Tokens[at-1].Class.Is(annotate.Named)) {
			at--
		}
		relative := mn.Last+1 < len(s.Tokens) && whWords[p.Word(s.Tokens[mn.Last+1])]
		if at == 0 || relative || !belonging[p.Word(s.Tokens[at-1])] {
			return true
		}
	}
	return s.Leans || slices.ContainsFunc(s.Tokens[:m.at[q.Deed]], func(t annotate.Token) bool { return acting[p.Word(t)] })
}

// acting are pronouns that may stand for the one who acts.
var acting = words.Set(`he she it they his her its their who which`)

// belonging are prepositions behind which a name does not act. (Behind "by" it
// does, and "after" and the like begin clauses of their own.)
var belonging = words.Set(`of against for between with from on to near in at into`)

// ends returns the entities at both ends of the deed at token v of a
// sentence; -1 where an end is not there. In the passive, and for nouns of
// doing ("support from Egypt"), who acts stands behind "by" or "from".
func ends(p *annotate.Doc, s *annotate.Sentence, v int) (act, upon int) {
	act, upon = -1, -1
	before, after := nearest(p, s, v, -1), nearest(p, s, v, 1)
	for k := v + 1; k < len(s.Tokens) && k <= v+6; k++ {
		if word := p.Word(s.Tokens[k]); word == "by" || word == "from" {
			if by := nearest(p, s, k, 1); by >= 0 {
				return by, before
			}
		}
		if s.Tokens[k].Class.Is(annotate.Named) {
			break
		}
	}
	if passive(p, s, v) {
		return -1, before // who does it is not named
	}
	return before, after
}

// passive reports whether the verb at token v follows a form of to be: "was
// arrested", "were also seen".
func passive(p *annotate.Doc, s *annotate.Sentence, v int) bool {
	if word := p.Word(s.Tokens[v]); strings.HasSuffix(word, "ing") {
		return false
	}
	for k := v - 1; k >= 0 && k >= v-2; k-- {
		switch word := p.Word(s.Tokens[k]); {
		case isBe(word) || word == "been" || word == "being" || word == "be":
			return true
		case !strings.HasSuffix(word, "ly") && word != "also" && word != "not" && word != "later":
			return false
		}
	}
	return false
}

// reach is how far the ends of a deed may stand from it, in tokens.
const reach = 9

// nearest returns the entity named or meant nearest to token v in one
// direction, or -1. A relative pronoun in between does not matter.
func nearest(p *annotate.Doc, s *annotate.Sentence, v, direction int) int {
	for k := v + direction; k >= 0 && k < len(s.Tokens) && k >= v-reach && k <= v+reach; k += direction {
		for n, m := range s.Mentions {
			if m.First > k || k > m.Last {
				continue
			}
			if direction < 0 && n > 0 && m.First > 0 && p.Word(s.Tokens[m.First-1]) == "of" && s.Mentions[n-1].Last == m.First-2 {
				return s.Mentions[n-1].Entity // "Wong of the union was …"
			}
			return m.Entity
		}
		if !annotate.ThirdPerson[p.Word(s.Tokens[k])] {
			continue
		}
		for e := range p.Entities {
			terms := p.Entities[e].Terms
			if len(terms) > 0 && slices.ContainsFunc(s.Implied, func(im annotate.Implied) bool { return im.At == k && im.Term == terms[0] }) {
				return e
			}
		}
	}
	return -1
}

// fitsRelation returns 1 where a sentence holds the relation that is asked
// about the right way round with somebody new at the end asked for, -1 where
// the name given stands at that end itself, and 0 where it cannot be told.
func (l *Library) fitsRelation(q *parsed, p *annotate.Doc, i int, m *match) float64 {
	if fit := l.fitsTold(q, p, i); fit != 0 {
		return fit
	}
	r, s := q.Relation, &p.Sentences[i]
	if r.Asked == noSide || r.Given < 0 || m.at[r.Deed] < 0 || m.strength[r.Deed] < 0.5 {
		return 0
	}
	act, upon := ends(p, s, m.at[r.Deed])
	wanted, given := act, upon
	if r.Asked == target {
		wanted, given = upon, act
	}
	isGiven := func(e int) bool {
		return e >= 0 && slices.ContainsFunc(p.Entities[e].Terms, func(t int) bool { return q.Concepts[r.Given].Terms[p.Strings[t]] >= 0.9 })
	}
	switch {
	case isGiven(wanted) && !isGiven(given):
		return -1
	case isGiven(given) && wanted >= 0:
		return 1
	}
	return 0
}
