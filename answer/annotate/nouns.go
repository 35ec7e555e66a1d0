package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
)

// noun tells of a noun of doing, tokens k to last, by the phrases around it:
// "support from X for Y", "fighting between X and Y", "X's attack on Y".
func (r *relater) noun(d *words.Deed, k, last int) {
	if r.nounDenied(k) {
		return
	}
	var actors, targets, of []party
	start := k // of the noun phrase
	for start > 0 && r.space(start-1) && r.at[start-1] < 0 && !r.s.Tokens[start-1].Class.Is(Stop) && !r.verbal(start-1) {
		start--
	}
	for pos, n := last+1, 0; pos < len(r.s.Tokens) && n < 4; n++ {
		if strings.ContainsAny(r.gap(pos-1), ".;:") || strings.Contains(r.gap(pos-1), ",") && n == 0 {
			break
		}
		if n == 0 { // "clashes broke out between"
			for j := pos; j < len(r.s.Tokens) && j <= pos+3 && r.gap(j-1) == " " && r.at[j] < 0; j++ {
				if r.word(j) == "between" {
					pos = j
				}
			}
		}
		prep := r.word(pos)
		list := r.behind(pos, d.Kind)
		switch {
		case prep == "between" && len(list) > 1:
			r.pairs(d.Kind, k, list)
			return
		case prep == "by" || prep == "from":
			actors = append(actors, list...)
		case prep == "of":
			of = list
		case slices.Contains(d.Preps, prep):
			targets = append(targets, list...)
		case !Prepositions[prep]:
			n = 4
		}
		if n >= 4 {
			break
		}
		pos = r.phraseEnd(pos) + 1
	}
	owner := r.nounOwner(start)
	verb := r.lightVerb(start)
	gives, gets := verb >= 0 && r.lightly(verb, "gives"), verb >= 0 && r.lightly(verb, "gets")
	inSupport := start > 0 && (r.word(start-1) == "in" || r.word(start-1) == "for")
	switch {
	case len(of) == 0:
	case slices.Contains(d.Preps, "of") && len(targets) == 0 && (d.Kind != "backs" || inSupport):
		targets = of
	case len(actors) == 0:
		actors = of
	}
	if len(actors) == 0 {
		actors = owner
	}
	if verb >= 0 && !r.real(verb, d.Kind) {
		return
	}
	switch {
	case len(targets) == 0 && gets:
		targets = r.subjects(verb, d.Kind)
	case len(actors) == 0 && gives:
		actors = r.subjects(verb, d.Kind)
	case len(actors) == 0 && inSupport && d.Kind == "backs":
		actors = r.clauseSubject(k)
	case len(targets) == 0 && d.Kind == "backs" && start > 1 && r.word(start-1) == "the" && r.word(start-2) == "with":
		targets = r.clauseSubject(k)
	}
	r.emit(d.Kind, k, actors, targets)
}

// nounDenied reports whether a noun of doing tells of what is not: "no
// support", "calls for talks".
func (r *relater) nounDenied(k int) bool {
	for j := k - 1; j >= 0 && j >= k-5; j-- {
		word := r.word(j)
		if r.s.Tokens[j].Class.Is(Negation) || word == "no" || word == "without" || word == "any" || unreal[r.w.Lemma(word)] || word == "if" || word == "would" || word == "could" || word == "may" || word == "might" {
			return true
		}
		if r.at[j] >= 0 && r.all[r.at[j]].possessive {
			return false
		}
	}
	return false
}

// unreal are words that put a deed off: it is wanted, feared or over.
var unreal = words.Set(`call threat possibility prospect hope plan risk lack end prevent avoid rule chance fear danger need want propose urge demand deny
	refuse reject stop halt denial refusal absence cessation against`)

// behind returns the parties that the preposition at token pos takes.
func (r *relater) behind(pos int, kind string) []party {
	for k := pos + 1; k < len(r.s.Tokens) && k <= pos+3; k++ {
		if strings.ContainsAny(r.gap(k-1), ",.;:") {
			return nil
		}
		if at := r.at[k]; at >= 0 {
			return r.objectAt(at, kind, r.word(pos) != "between")
		}
		if r.s.Tokens[k].Class.Is(Stop) && !nounLeads[r.word(k)] {
			return nil
		}
	}
	return nil
}

// phraseEnd returns the last token of the phrase that the preposition at token
// pos begins.
func (r *relater) phraseEnd(pos int) int {
	k := pos + 1
	for k < len(r.s.Tokens)-1 && k < pos+14 {
		if at := r.at[k]; at >= 0 {
			k = r.all[at].Last
			for at+1 < len(r.all) && r.joins(at) {
				at++
				k = r.all[at].Last
			}
		}
		if k+1 >= len(r.s.Tokens) {
			break
		}
		if Prepositions[r.word(k+1)] || strings.ContainsAny(r.gap(k), ",.;:") || r.verbal(k+1) {
			return k
		}
		k++
	}
	return min(k, len(r.s.Tokens)-1)
}

// nounOwner returns whose deed it is by what stands before the noun phrase:
// "Egypt's attack", "the Turkish attack".
func (r *relater) nounOwner(start int) []party {
	if start == 0 || r.at[start-1] < 0 || !r.space(start-1) && !r.possessive(start-1) {
		if start > 0 && owners[r.word(start-1)] {
			return r.antecedents(start-1, r.word(start-1), nil)
		}
		return nil
	}
	p := r.all[r.at[start-1]]
	if p.pronoun != "" || !p.possessive && !p.named {
		return nil
	}
	if p.possessive {
		return r.listBefore(r.at[start-1])
	}
	return []party{p}
}

// lightVerb returns the verb of which the noun phrase that begins at token
// start is the object; -1 where there is none.
func (r *relater) lightVerb(start int) int {
	k := start - 1
	for k >= 0 && (nounLeads[r.word(k)] || r.s.Tokens[k].Class.Is(Number) || r.at[k] >= 0 && r.all[r.at[k]].possessive) {
		k--
	}
	if k < 0 || !r.space(k) {
		return -1
	}
	if r.lightly(k, "gives") || r.lightly(k, "gets") {
		return k
	}
	return -1
}

// lightly reports whether the word at token k makes a deed of the noun behind.
func (r *relater) lightly(k int, form string) bool {
	return slices.ContainsFunc(r.w.Deeds(r.word(k)), func(d *words.Deed) bool { return d.Kind == "light" && d.Form == form && len(d.Words) == 1 })
}
