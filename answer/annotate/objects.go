package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
)

// objects returns the parties that begin at token k, nounLeads and
// adjectives left out, as what a verb or a preposition takes.
func (r *relater) objects(k int, kind string) []party {
	from := k
	for n := 0; k < len(r.s.Tokens) && n < 4; n++ {
		if k > 0 && strings.ContainsAny(r.gap(k-1), ".;:,") && n > 0 {
			return nil
		}
		if at := r.at[k]; at >= 0 {
			return r.objectAt(at, kind, true)
		}
		word := r.word(k)
		if !nounLeads[word] && word != "not" && word != "only" && word != "up" && word != "between" && (r.s.Tokens[k].Class.Is(Stop) || r.verbal(k) && !strings.HasSuffix(word, "ed")) {
			break
		}
		k++
	}
	if kind == "backs" || kind == "accuses" || kind == "fights" {
		return r.owner(from, kind)
	}
	return nil
}

// objectAt returns the list that party at begins, where it is one that can be
// acted upon and not part of the name of a thing. With clauses a new clause may
// begin behind "and".
func (r *relater) objectAt(at int, kind string, clauses bool) []party {
	head := r.headOf(at)
	if len(head) == 0 {
		if named := r.introduced(at); len(named) > 0 {
			return named
		}
		if kind == "backs" || kind == "accuses" || kind == "fights" { // "the government's record"
			return r.meant([]party{r.all[at]}, r.subjectOf(at))
		}
		return nil
	}
	list := head
	for at = r.indexOf(head[0]); r.joins(at); at++ {
		next := r.all[at+1]
		if after := next.Last + 1; after < len(r.s.Tokens) && clauses && r.conjoined(next) && !strings.Contains(r.gap(next.Last), ",") && (r.finite(after)) {
			break // "attacked Misrata and Egypt said"
		}
		h := r.headOf(at + 1)
		if len(h) == 0 {
			break
		}
		list = append(list, h...)
	}
	list = r.apposed(list)
	return r.meant(list, r.subjectOf(r.indexOf(head[0])))
}

// conjoined reports whether "and" stands before a party.
func (r *relater) conjoined(p party) bool {
	k := p.First - 1
	for k > 0 && linking[r.word(k)] && r.word(k) != "and" {
		k--
	}
	return k > 0 && r.word(k) == "and"
}

// subjectOf returns the subject of the verb that stands before party at, which
// a pronoun there cannot mean.
func (r *relater) subjectOf(at int) []party {
	if p := r.all[at]; p.pronoun == "" || p.First == 0 {
		return nil
	}
	for k := r.all[at].First - 1; k >= 0 && k >= r.all[at].First-4; k-- {
		if r.verbal(k) || len(r.w.Deeds(r.word(k))) > 0 {
			return r.subjects(k, "")
		}
	}
	return nil
}

// finite reports whether the word at token k is a verb with a subject before it.
func (r *relater) finite(k int) bool {
	word := r.word(k)
	return Auxiliary[word] || r.past(k) && !r.s.Tokens[k].Class.Is(Stop|Named) && !(k+1 < len(r.s.Tokens) && r.word(k+1) == "by") || Speaks(word, r.w) && r.w.Lemma(word) != word
}

// headOf returns the party that the noun phrase beginning with party at is
// about: the forces in "Haftar's forces"; nothing where that is no party.
func (r *relater) headOf(at int) []party {
	p := r.all[at]
	next := p.Last + 1
	if !p.possessive {
		if p.pronoun == "" && p.named && next < len(r.s.Tokens) && r.space(p.Last) && r.thingAt(next) {
			return nil
		}
		if i := next; !p.named && p.pronoun == "" && i < len(r.s.Tokens) && r.at[i] >= 0 && r.gap(p.Last) == " " && r.all[r.at[i]].named {
			return r.headOf(r.at[i]) // "its neighbour Sweden"
		}
		return []party{p}
	}
	for k := next; k < len(r.s.Tokens) && k <= next+4 && (k == next || r.space(k-1)); k++ {
		if i := r.at[k]; i >= 0 {
			if r.all[i].possessive {
				return nil
			}
			return []party{r.all[i]}
		}
		if r.s.Tokens[k].Class.Is(Stop) {
			break
		}
	}
	return nil
}

// introduced returns the person whom the noun behind party at introduces: "his
// Swedish counterpart, Sven Dahl".
func (r *relater) introduced(at int) []party {
	k := r.all[at].Last
	for n := 0; n < 3 && r.space(k) && r.at[k+1] < 0 && !r.s.Tokens[k+1].Class.Is(Stop); n++ {
		k++
	}
	if strings.TrimSpace(r.gap(k)) != "," || r.at[k+1] < 0 {
		return nil
	}
	if p := r.all[r.at[k+1]]; p.First == k+1 && p.named && r.isPerson(p) && !p.possessive {
		return []party{p}
	}
	return nil
}

// thingAt reports whether the word at token k goes on with the noun phrase
// of the name before it: "UN support".
func (r *relater) thingAt(k int) bool {
	t := r.s.Tokens[k]
	word := r.word(k)
	if t.Class.Is(Stop|Named|Number|Weekday|Month|Capital) || strings.HasSuffix(word, "ly") || r.verbal(k) || fillers[word] || Prepositions[word] || !r.w.Common(word) || adverbs[word] {
		return false
	}
	return r.gap(k-1) == " " || r.gap(k-1) == "-"
}

var adverbs = words.Set(`abroad overseas openly here there ago away back home tonight tomorrow instead hard next last early late twice forever together than
	because although though unless when where while if whether`)

// owner looks behind a thing for whose it is: "an offensive by Haftar", "the
// positions of the rebels", "a village in Lebanon".
func (r *relater) owner(k int, kind string) []party {
	if k+3 < len(r.s.Tokens) && r.word(k) == "what" { // "what he called a coup"
		k += 3
	}
	for n := 0; n < 9 && k < len(r.s.Tokens); n, k = n+1, k+1 {
		word := r.word(k)
		if n > 0 && strings.ContainsAny(r.gap(k-1), ",.;:") {
			return nil
		}
		if at := r.at[k]; at >= 0 {
			prep := ""
			if k > 0 {
				prep = r.word(k - 1)
			}
			if nounLeads[prep] && k > 1 {
				prep = r.word(k - 2)
			}
			switch {
			case prep == "by", prep == "of" && kind != "backs", prep == "in" && kind == "fights":
				return r.objectAt(at, kind, true)
			case r.all[at].possessive && kind != "fights":
				return r.meant([]party{r.all[at]}, nil)
			}
			return nil
		}
		if n == 0 && (Prepositions[word] || r.s.Tokens[k].Class.Is(Stop) && !nounLeads[word]) || openers[word] || word == "and" || word == "to" || word == "for" || word == "with" || word == "against" {
			return nil
		}
	}
	return nil
}

// joins reports whether party at and the next belong to one list.
func (r *relater) joins(at int) bool {
	if at < 0 || at+1 >= len(r.all) {
		return false
	}
	a, b := r.all[at], r.all[at+1]
	if a.possessive {
		return false
	}
	for k := a.Last; k < b.First; k++ {
		if k > a.Last && !linking[r.word(k)] || strings.ContainsAny(r.gap(k), ".;:()[]-–—") {
			return false
		}
	}
	between := r.p.Article.Text[r.s.Tokens[a.Last].End:r.s.Tokens[b.First].Start]
	if strings.ContainsAny(between, ",&") {
		return true
	}
	for w := range strings.FieldsSeq(between) {
		if w == "and" || w == "or" || w == "well" {
			return true
		}
	}
	return false
}

// linking are the words that may stand between two parties of a list.
var linking = words.Set(`and or the a an both also as well its his their`)

// listBefore returns the list that ends with party at.
func (r *relater) listBefore(at int) []party {
	first := at
	for first > 0 && r.joins(first-1) {
		first--
	}
	list := slices.Clone(r.all[first : at+1])
	// "according to AFP, Egypt and Qatar": what hangs on a preposition is not of the list.
	for len(list) > 1 && list[0].First > 0 && Prepositions[r.word(r.before(list[0].First-1))] && strings.Contains(r.gap(list[0].Last), ",") {
		list = list[1:]
	}
	last := list[len(list)-1]
	if len(list) > 1 && !r.coordinated(list) && !strings.Contains(r.gap(last.Last), ",") {
		return []party{last} // "On Monday, at the council, Haftar said"
	}
	return r.apposed(list)
}

// coordinated reports whether "and" or "or" stands before the last of a list.
func (r *relater) coordinated(list []party) bool {
	last := len(list) - 1
	between := r.p.Article.Text[r.s.Tokens[list[last-1].Last].End:r.s.Tokens[list[last].First].Start]
	return slices.ContainsFunc(strings.Fields(between), func(w string) bool { return w == "and" || w == "or" || w == "&" || w == "well" })
}

// apposed takes out of a list what only says who another of it is: "two
// countries, Egypt and Qatar", "Haftar, the commander". Without "and" a list
// is one party with its appositions.
func (r *relater) apposed(list []party) []party {
	if len(list) < 2 {
		return list
	}
	if !r.coordinated(list) {
		for _, p := range list {
			if p.named {
				return []party{p}
			}
		}
		return list[:1]
	}
	if len(list) > 2 && list[0].plural && !list[0].named && list[0].pronoun == "" && list[1].named {
		return list[1:]
	}
	return list
}

func (r *relater) indexOf(p party) int { return r.at[p.First] }

// blamedOwner returns whose thing it is that the verb at token v speaks of
// behind "which": "Egypt kept to a policy which the UN criticised".
func (r *relater) blamedOwner(v int) []party {
	k := r.relativeBefore(v)
	if k < 0 {
		return nil
	}
	if at := r.at[k-1]; at >= 0 && (r.all[at].First == 0 || !hangs[r.word(r.all[at].First-1)]) {
		return r.antecedentOf(k)
	}
	return r.clauseSubject(k)
}

// relativeSubject is the subject of the verb at token v behind "which".
func (r *relater) relativeSubject(v int) []party {
	return r.subjects(v, "accuses")
}

// relativeBefore returns the token of the relative pronoun that is the object
// of the verb at token v: a party stands between the two.
func (r *relater) relativeBefore(v int) int {
	for k := v - 1; k > 0 && k >= v-farBack; k-- {
		if strings.ContainsAny(r.gap(k), ";:") {
			return -1
		}
		if w := r.word(k); (w == "which" || w == "whom" || w == "that") && k+1 < v && (!r.verbal(k+1) || strings.Contains(r.gap(k), ",")) {
			if c, ok := r.w.Cue(r.word(k - 1)); ok && w == "that" && c.Word != "" {
				return -1
			}
			return k
		}
	}
	return -1
}
