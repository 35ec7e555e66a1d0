package annotate

import (
	"strings"

	"footnote/answer/words"
)

// deepest is how far a subject is looked for through other verbs: "began to
// help to fight".
const deepest = 4

// subjects returns who does what the verb at token v tells, or in the passive
// to whom it is done.
func (r *relater) subjects(v int, kind string) []party {
	if r.inside > deepest {
		return nil
	}
	r.inside++
	defer func() { r.inside-- }()
	k := r.back(v - 1)
	if k < 0 {
		return nil
	}
	word := r.word(k)
	gerund := strings.HasSuffix(r.word(v), "ing") && k == v-1
	switch {
	case r.at[k] >= 0 && r.possessive(k):
		return nil
	case gerund && r.at[k] >= 0 && strings.Contains(r.gap(k), ","): // "he fled, accusing"
		return r.clauseSubject(v)
	case gerund && r.at[k] >= 0 && r.all[r.at[k]].First > 0 && r.word(r.all[r.at[k]].First-1) == "with": // "with Egypt backing"
		return r.meant([]party{r.all[r.at[k]]}, nil)
	case r.at[k] >= 0:
		return r.subjectAt(k)
	case relatives[word]:
		return r.antecedentOf(k)
	case word == "to":
		if k == 0 {
			return nil
		}
		if isBeForm(r.word(k - 1)) {
			return r.subjects(k-1, kind)
		}
		if r.done(k-1, kind) || r.done(r.back(k-1), kind) {
			return r.subjects(k-1, kind)
		}
		return nil
	case word == "and" || word == "or" || word == "but" || strings.TrimSpace(r.gap(k)) == "," && k == v-1 && r.past(v) && !Prepositions[word]:
		if k > 0 || word == "but" {
			return r.clauseSubject(v)
		}
	case gerund && (Prepositions[word] || word == "while" || word == "when"):
		if accuser, ok := r.accused(k); ok {
			return accuser
		}
		return r.clauseSubject(v)
	case gerund && r.verbal(k): // "began attacking"
		if r.done(k, kind) {
			return r.subjects(k, kind)
		}
	case strings.Contains(r.gap(k), ","): // "X, as it calls itself, attacked"
		return r.aroundCommas(k)
	}
	return r.climb(k)
}

// subjectAt returns the subject that ends at token k, which is a party or
// belongs to one that stands before: "the leader of Libya".
func (r *relater) subjectAt(k int) []party {
	at := r.at[k]
	p := r.all[at]
	if strings.Contains(r.gap(p.Last), ",") && p.Last == k {
		if found := r.aroundCommas(k); len(found) > 0 {
			if last := found[len(found)-1]; p.named && !last.named && last.pronoun == "" && last.Last+1 == p.First {
				return []party{p} // "the prime minister, Olaf Berg, met"
			}
			return found
		}
	}
	if up := r.climb(p.First - 1); up != nil && p.First > 0 && hangs[r.word(p.First-1)] {
		return up
	}
	if p.First > 0 && hangs[r.word(p.First-1)] && !r.opensWith(p.First-1) {
		return nil // "the policy of Egypt backs"
	}
	if at > 0 && r.gap(p.First-1) == " (" { // "the Libyan National Army (LNA)"
		return r.meant(r.listBefore(at-1), nil)
	}
	list := r.listBefore(at)
	if v := list[0].First - 1; len(list) > 1 && v > 0 && r.past(r.before(v)) && len(r.w.Deeds(r.word(r.before(v)))) > 0 {
		list = list[len(list)-1:] // "attacked Misrata and Egypt condemned"
	}
	return r.meant(list, nil)
}

// before steps from token k to the left over nounLeads.
func (r *relater) before(k int) int {
	for k > 0 && nounLeads[r.word(k)] {
		k--
	}
	return k
}

// opensWith reports whether the preposition at token k begins what leads to
// the subject of another clause ("for Egypt backs"): it does not hang on a noun.
func (r *relater) opensWith(k int) bool {
	return r.word(k) == "before" || r.word(k) == "after" || r.word(k) == "since" || r.word(k) == "until" || r.word(k) == "as"
}

// hangs are prepositions that tie what follows to the noun before.
var hangs = words.Set(`of in on at from near around inside within across with for between by against behind to into under over`)

// climb goes from token k to the left over phrases that hang on the noun
// before them and returns the party there: "the militias in the capital".
func (r *relater) climb(k int) []party {
	hung := false
	for n := 0; k >= 0 && n < 7; n++ {
		if at := r.at[k]; at >= 0 {
			p := r.all[at]
			if hung && p.Last == k && p.pronoun == "" && !p.possessive {
				if p.First > 0 && hangs[r.word(p.First-1)] && r.word(p.First-1) != "by" {
					if up := r.climb(p.First - 1); up != nil {
						return up
					}
				}
				return r.meant(r.listBefore(at), nil)
			}
			k, hung = p.First-1, false
			continue
		}
		if strings.ContainsAny(r.gap(k), ",;:.") || r.verbal(k) || relatives[r.word(k)] {
			return nil
		}
		hung = hangs[r.word(k)]
		k--
	}
	return nil
}

// aroundCommas returns the party before the words between commas that end at
// token k: "the LNA, as it calls itself, attacked".
func (r *relater) aroundCommas(k int) []party {
	for j := k - 1; j >= 0 && j > k-25; j-- {
		if strings.ContainsAny(r.gap(j), ";:") {
			return nil
		}
		if !strings.Contains(r.gap(j), ",") {
			continue
		}
		if at := r.at[j]; at >= 0 && r.all[at].Last == j && !r.all[at].possessive {
			list := r.listBefore(at)
			if first := list[0].First; first > 0 && Prepositions[r.word(first-1)] && first > 1 {
				continue // "said Egypt, in a letter to Libya, had attacked"
			}
			return r.meant(list, nil)
		}
	}
	return nil
}

// antecedentOf returns what the relative pronoun at token k stands for.
func (r *relater) antecedentOf(k int) []party {
	j := k - 1
	for j >= 0 && (r.word(j) == "and" || r.word(j) == "but") {
		j--
	}
	if j < 0 {
		return nil
	}
	if at := r.at[j]; at >= 0 {
		p := r.all[at]
		if p.First > 0 && hangs[r.word(p.First-1)] && !p.named {
			if up := r.climb(p.First - 1); len(up) > 0 && up[0].plural && !p.plural && r.word(k+1) != r.w.Lemma(r.word(k+1))+"s" {
				return up
			}
		}
		if p.pronoun != "" {
			return r.meant([]party{p}, nil)
		}
		list := r.listBefore(at)
		if p.plural && !p.named { // "Haftar and the states that back him"
			return r.meant([]party{p}, nil)
		}
		return r.meant(list, nil)
	}
	return r.climb(j)
}

// clauseSubject returns the subject of the clause that token v stands in: the
// first party of the clause that hangs on nothing.
func (r *relater) clauseSubject(v int) []party {
	from := 0
	for j := v - 1; j > 0 && j >= v-2*farBack; j-- {
		word := r.word(j)
		if strings.ContainsAny(r.gap(j-1), ";:") || openers[word] && !(word == "as" && j+1 < len(r.s.Tokens) && strings.HasSuffix(r.word(j+1), "ing")) && !(word == "that" && r.at[j] >= 0) {
			if relatives[word] && r.at[j-1] >= 0 && word != "that" {
				return r.antecedentOf(j)
			}
			from = j + 1
			break
		}
	}
	if from == 0 && len(r.s.Tokens) > 0 && (subordinate[r.word(0)] || strings.HasSuffix(r.word(0), "ing")) {
		for j := 0; j < v; j++ {
			if strings.Contains(r.gap(j), ",") {
				from = j + 1
				break
			}
		}
	}
	for at := range r.all {
		p := r.all[at]
		if p.First < from || p.First >= v || p.possessive {
			continue
		}
		if p.First > 0 && p.First > from && Prepositions[r.word(p.First-1)] {
			continue
		}
		end := at
		for end+1 < len(r.all) && r.joins(end) {
			end++
		}
		return r.meant(r.listBefore(end), nil)
	}
	return nil
}

// openers begin a clause of their own.
var openers = words.Set(`that when while because although though if where since whether until who which as unless`)

// accuser returns who accuses somebody of what the verb at token v tells.
func (r *relater) accuser(v int) (party, bool) {
	if v < 2 || !strings.HasSuffix(r.word(v), "ing") {
		return party{}, false
	}
	for _, rel := range r.here() {
		if rel.Kind == "accuses" && rel.At < v && v-rel.At < 14 && rel.Actor.Entity >= 0 {
			if prep := r.word(r.back(v - 1)); prep == "of" || prep == "for" || prep == "and" {
				return party{Party: rel.Actor}, true
			}
		}
	}
	return party{}, false
}

// accused returns who is accused or blamed in front of the preposition at
// token k, "accused them of …", as the subject of what follows.
func (r *relater) accused(k int) ([]party, bool) {
	if word := r.word(k); word != "of" && word != "for" {
		return nil, false
	}
	at := -1
	for i := range r.all {
		if r.all[i].Last < k {
			at = i
		}
	}
	if at < 0 || r.all[at].Last < k-3 {
		return nil, false
	}
	list := r.listBefore(at)
	v := r.back(list[0].First - 1)
	if v >= 0 && r.at[v] >= 0 && !r.all[r.at[v]].named {
		v = r.back(r.all[r.at[v]].First - 1) // "its neighbour Sweden"
	}
	if v < 0 {
		return nil, false
	}
	if c, ok := r.w.Cue(r.word(v)); !ok || c.Force != words.Accuses && c.Force != words.Praises && r.w.Lemma(r.word(v)) != "suspect" {
		return nil, false
	}
	return r.meant(list, r.subjects(v, "accuses")), true
}
