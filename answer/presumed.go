package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// presumes reports whether a sentence tells something else than the question
// takes for granted, so that it does not answer: somebody else did the deed,
// the two are the other way round, the deed asked about is none of the
// sentence's, something else is counted, or what is asked about has ended.
// Where the deed stands in another sentence of its passage, one of the others,
// that one decides.
func (l *Library) presumes(q *parsed, p *annotate.Doc, best *scored, others []*scored) bool {
	m := &best.match
	if q.Asked == aNumber && q.Many && l.countsOther(q, p, best) {
		return true
	}
	if l.fitsTold(q, p, best.sentence) < 0 {
		return true // "who does Norway back" of those who back Norway
	}
	if q.Asked == yesNo && l.otherPair(q, p, best) || l.ended(q, p, best) {
		return true
	}
	f := q.Frame
	if f.Verb < 0 || f.Order {
		return false
	}
	switch {
	case l.turnedRound(q, p, best):
		return true
	case m.at[f.Verb] < 0 || m.strength[f.Verb] < 0.5:
		for _, o := range others {
			if o.passage == best.passage && o.match.strength[f.Verb] >= surelyDeed && l.othersDeed(q, p, o) {
				return true
			}
		}
		return f.Named && best.cover[f.Verb] < noDeed && q.Asked != aQuote && q.Asked != yesNo && (l.onlyNames(q, m) || l.refused(q, p, best))
	}
	return l.othersDeed(q, p, best)
}

// otherPair reports whether the sentence tells the relation that the question
// asks about of others than the two that it names: "is Norway allied with
// Sweden" of Norway's alliance with Denmark.
func (l *Library) otherPair(q *parsed, p *annotate.Doc, best *scored) bool {
	var names []int
	for c := range q.Concepts {
		if q.Concepts[c].named() {
			names = append(names, c)
		}
	}
	found := false
	for _, r := range p.RelationsOf(best.sentence) {
		for c := range q.Concepts {
			found = found || !q.Concepts[c].named() && l.tells(q, c, r.Kind)
		}
	}
	return found && len(names) > 1 && slices.ContainsFunc(names, func(c int) bool { return best.match.strength[c] < 0.5 })
}

// noDeed is how nearly the deed asked about must be meant at or beside the
// sentence, where somebody is named who is said to have done it.
const noDeed = 0.3

// surelyDeed is how nearly another sentence must mean the deed.
const surelyDeed = 0.9

// onlyNames reports whether a sentence means nothing of the question but the
// one who is said to have done the deed, and what is asked for.
func (l *Library) onlyNames(q *parsed, m *match) bool {
	for c := range q.Concepts {
		if m.strength[c] >= 0.5 && c != q.Focus && !q.Concepts[c].Focus && !q.Concepts[c].named() {
			return false
		}
	}
	return true
}

// refused reports whether the one who is said to have done the deed rejects or
// denies something by the sentence.
func (l *Library) refused(q *parsed, p *annotate.Doc, best *scored) bool {
	s := l.sentence(best)
	for k, t := range s.Tokens {
		c, ok := l.words.Cue(p.Word(t))
		if !ok || c.Force != words.Denies || t.Class.Is(annotate.Named) {
			continue
		}
		for _, doer := range p.DeedAt(l.words, best.sentence, k).Doers {
			if l.namedIn(q, p, best, doer, q.Frame.Subject) {
				return true
			}
		}
	}
	return false
}

// turnedRound reports whether the sentence tells the relation that the
// question takes for granted only the other way round.
func (l *Library) turnedRound(q *parsed, p *annotate.Doc, best *scored) bool {
	f := q.Frame
	if len(f.Object) == 0 {
		return false
	}
	turned := false
	for _, r := range p.RelationsOf(best.sentence) {
		if RelationKind(r.Kind).mutual() || !l.tells(q, f.Verb, r.Kind) {
			continue
		}
		if l.namedIn(q, p, best, r.Actor, f.Subject) {
			return false
		}
		turned = turned || l.namedIn(q, p, best, r.Target, f.Subject) && l.namedIn(q, p, best, r.Actor, f.Object)
	}
	return turned
}

// verdict is what a deed of a sentence says of the one who did it by the question.
type verdict uint8

const (
	unsure verdict = iota
	his            // he did it
	others         // somebody else did, or it was done to him
)

// othersDeed reports whether the sentence gives the deed to somebody else than
// the question does, wherever it tells of such a deed.
func (l *Library) othersDeed(q *parsed, p *annotate.Doc, best *scored) bool {
	s := l.sentence(best)
	found := false
	terms, least := q.Concepts[q.Frame.Verb].Terms, best.match.strength[q.Frame.Verb]*0.9
	for k, n := 0, 0; k < len(s.Tokens) && n < mostDeeds; k++ {
		if k != best.match.at[q.Frame.Verb] && terms[p.Strings[s.Tokens[k].Term]] < least {
			continue
		}
		n++
		switch l.whose(q, p, best, k) {
		case his:
			return false
		case others:
			found = true
		}
	}
	return found
}

// mostDeeds bounds how many words of a sentence are looked at for one deed.
const mostDeeds = 8

// whose tells whether the deed at token k is that of the one who did it by
// the question.
func (l *Library) whose(q *parsed, p *annotate.Doc, best *scored, k int) verdict {
	f, s := q.Frame, l.sentence(best)
	d := p.DeedAt(l.words, best.sentence, k)
	if !d.Verb {
		return unsure
	}
	if len(d.Doers) == 0 {
		for _, to := range d.Upon { // "beat" of one who was beaten
			if f.Named && l.namedIn(q, p, best, to, f.Subject) && !l.namedIn(q, p, best, to, f.Object) {
				return others
			}
		}
		if !d.Near || d.Passive {
			return unsure
		}
		// "why did they sink the boat" of a boat that sank
		reduced := d.Subject == k-1 && strings.HasSuffix(p.Word(s.Tokens[k]), "ed") // "a law passed in 1999"
		if !reduced && l.meansAt(q, p, s, d.Subject, f.Object) && !l.meansAt(q, p, s, d.Subject, f.Subject) {
			return others
		}
		return unsure
	}
	if !f.Named {
		return unsure
	}
	for _, doer := range d.Doers {
		if l.namedIn(q, p, best, doer, f.Subject) {
			return his
		}
		if !d.Passive && (!d.Near || doer.Last < d.Subject) || !l.surelyOther(q, p, best, doer, k) {
			return unsure
		}
	}
	return others
}

// surelyOther reports whether a doer who is not the one of the question is
// surely another: the sentence names him and not the other, or has the other
// where those stand that the deed at token verb is done to.
func (l *Library) surelyOther(q *parsed, p *annotate.Doc, best *scored, doer annotate.Party, verb int) bool {
	for _, c := range q.Frame.Subject {
		if q.Concepts[c].named() && !l.known(&q.Concepts[c]) {
			return false // it may be spelt in another way
		}
	}
	s, in := l.sentence(best), false
	for _, c := range q.Frame.Subject {
		if !q.Concepts[c].named() || best.match.strength[c] < 0.8 {
			continue
		}
		in = in || best.match.at[c] < doer.First || best.match.at[c] > doer.Last
		// "gained a seat from the one who gained it by the question"
		for k := verb + 1; k < len(s.Tokens) && k <= verb+mostBehind && !strings.ContainsAny(p.Gap(s.Tokens[k-1], s.Tokens[k]), ",;:()"); k++ {
			if l.meansAt(q, p, s, k, []int{c}) {
				return doer.First < doer.Last || doer.Entity >= 0
			}
		}
	}
	return !in && doer.Entity >= 0 && s.Tokens[doer.Last].Class.Is(annotate.Named)
}

// mostBehind is how many words behind a verb somebody may stand who has part in
// the deed.
const mostBehind = 8

// meansAt reports whether the token means one of the concepts.
func (l *Library) meansAt(q *parsed, p *annotate.Doc, s *annotate.Sentence, k int, concepts []int) bool {
	return slices.ContainsFunc(concepts, func(c int) bool { return q.Concepts[c].Terms[p.Strings[s.Tokens[k].Term]] >= 0.8 })
}

// namedIn reports whether a party of a sentence may be the one whom the
// concepts name: at least half the names among them are meant by it.
func (l *Library) namedIn(q *parsed, p *annotate.Doc, best *scored, party annotate.Party, concepts []int) bool {
	s := l.sentence(best)
	names, meant := 0, 0
	for _, c := range concepts {
		if !q.Concepts[c].named() {
			continue
		}
		names++
		if l.meantBy(&q.Concepts[c], p, s, party) {
			meant++
		}
	}
	return names > 0 && 2*meant >= names
}

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

// countsOther reports whether the sentence counts something else than the
// question asks the number of: fighters, not civilians.
func (l *Library) countsOther(q *parsed, p *annotate.Doc, best *scored) bool {
	if q.Focus < 0 || everybody[q.Concepts[q.Focus].Word] || best.match.strength[q.Focus] >= 0.4 || best.cover[q.Focus] >= 0.8 {
		return false
	}
	s := l.sentence(best)
	counted := false
	for k := 0; k < len(s.Tokens); k++ {
		if !s.Tokens[k].Class.Is(annotate.Number) || p.Clock(s, k) || q.holds(p, s.Tokens[k]) {
			continue
		}
		last := p.CountedTo(s, k, l.words)
		if last == k {
			return false // the sentence leaves open what it counts
		}
		counted = true
		k = last
	}
	return counted
}

// everybody are words that count whom else a sentence may count by another word.
var everybody = map[string]bool{"people": true, "persons": true, "person": true, "ppl": true, "men": true, "women": true, "others": true, "times": true,
	"points": true, "per": true, "percent": true, "percentage": true, "money": true}
