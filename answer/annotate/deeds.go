package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
)

// longest returns the way of telling a relation, of one of the forms, that
// begins at token k and takes in most words, with its last token and the
// token of whom it is done to where that stands in between (-1 elsewhere).
func (r *relater) longest(k int, forms ...string) (best *words.Deed, last, star int) {
	last, star = -1, -1
	for _, d := range r.w.Deeds(r.word(k)) {
		if !slices.Contains(forms, d.Form) {
			continue
		}
		end, at, ok := r.matches(d.Words[1:], k+1)
		if ok && (best == nil || len(d.Words) > len(best.Words)) {
			best, last, star = d, end, at
		}
	}
	return best, last, star
}

// gapWords is how many words "~" may stand for.
const gapWords = 5

// matches reports whether a pattern stands in the tokens from k on.
func (r *relater) matches(pattern []string, k int) (last, star int, ok bool) {
	star, last = -1, k-1
	for n := 0; n < len(pattern); n++ {
		if last+1 >= len(r.s.Tokens) || strings.ContainsAny(r.gap(last), ".;:") {
			return 0, 0, false
		}
		switch pattern[n] {
		case "~", "*":
			if n+1 >= len(pattern) {
				return 0, 0, false
			}
			at, limit := last+1, gapWords
			if pattern[n] == "*" {
				star, limit = at, gapWords+4
			}
			for at < len(r.s.Tokens) && at <= last+1+limit && !r.is(at, pattern[n+1]) && !strings.ContainsAny(r.gap(at-1), ".;:") {
				at++
			}
			if at >= len(r.s.Tokens) || !r.is(at, pattern[n+1]) || star == at {
				return 0, 0, false
			}
			last = at - 1
		default:
			at := last + 1
			if strings.HasSuffix(r.word(at), "ly") && at+1 < len(r.s.Tokens) {
				at++ // sided openly with
			}
			if !r.is(at, pattern[n]) {
				return 0, 0, false
			}
			last = at
		}
	}
	return last, star, true
}

// is reports whether token k is a form of the word.
func (r *relater) is(k int, word string) bool {
	w := r.word(k)
	return w == word || r.w.Lemma(w) == word || nounLeads[word] && nounLeads[w] && word != "each" && word != "all"
}

// verbal reports whether the word at token k has the form of a verb in use:
// attacked, fought, attacking, "is".
func (r *relater) verbal(k int) bool {
	word := r.word(k)
	if Auxiliary[word] {
		return true
	}
	if r.s.Tokens[k].Class.Is(Named|Number) || r.s.Tokens[k].Class.Is(Stop) {
		return false
	}
	return r.past(k) || strings.HasSuffix(word, "ing") && r.w.Lemma(word) != word
}

// past reports whether the word at token k is a past form.
func (r *relater) past(k int) bool {
	word := r.word(k)
	base := r.w.Lemma(word)
	if base == word {
		return word == "hit" || word == "beat"
	}
	return strings.HasSuffix(word, "ed") || !strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ing") && !strings.HasSuffix(word, "er") && !strings.HasSuffix(word, "est") && !Plural(word)
}

// verbAt reports whether the word at token k, the first of a pattern that ends
// at token last, is used as a verb.
func (r *relater) verbAt(k, last int) bool {
	word := r.word(k)
	before, j := "", r.back(k-1)
	if j >= 0 {
		before = r.word(j)
	}
	next := ""
	if last+1 < len(r.s.Tokens) {
		next = r.word(last + 1)
	}
	switch {
	case k == 0 && !strings.HasSuffix(word, "ing"):
		return false
	case Auxiliary[word]:
		return true
	case strings.HasSuffix(word, "ing"):
		// "the fighting between", "a bombing of"
		return !(nounLeads[before] && before != "that" || next == "between" || next == "of")
	case r.past(k):
		return true
	}
	if last == k && (next == "of" || next == "on" || next == "by" || next == "from" || next == "between" || next == "against") {
		return false
	}
	if j < 0 {
		return false
	}
	third := word != r.w.Lemma(word)
	if relatives[before] {
		return true
	}
	if at := r.at[j]; at >= 0 {
		p := r.all[at]
		if p.possessive || r.gap(j) == "-" {
			return false
		}
		several := p.plural || p.Last == j && len(r.listBefore(at)) > 1
		if third {
			return !several || p.named
		}
		return several
	}
	if third {
		return strings.TrimSpace(r.gap(j)) == "," && len(r.aroundCommas(j)) > 0 // "Sven Dahl, 45, heads"
	}
	return before == "to" || Auxiliary[before] || r.s.Tokens[j].Class.Is(Negation)
}

var relatives = words.Set(`who which that`)

// fillers may stand between a subject and its verb.
var fillers = words.Set(`also still now then once again ever both all each jointly once twice repeatedly already always often even just later long soon since
	not never n't militarily finally meanwhile instead therefore yesterday today together himself herself itself themselves`)

// back steps from token k to the left over helping words and adverbs.
func (r *relater) back(k int) int {
	for k >= 0 && (Auxiliary[r.word(k)] || fillers[r.word(k)] || strings.HasSuffix(r.word(k), "ly") && r.at[k] < 0 || r.s.Tokens[k].Class.Is(Weekday)) {
		k--
	}
	return k
}

// passive reports whether the verb at token k tells of what is done to its
// subject: "is backed", "backed by".
func (r *relater) passive(k, last int) bool {
	if !r.past(k) {
		return false
	}
	if last+1 < len(r.s.Tokens) && r.word(last+1) == "by" && !(last+2 < len(r.s.Tokens) && strings.HasSuffix(r.word(last+2), "ing")) {
		return true // but not "retaliated by firing"
	}
	if last > k { // "allied with", "is at war with"
		return false
	}
	for j := k - 1; j >= 0 && j >= k-4; j-- {
		word := r.word(j)
		switch r.w.Lemma(word) {
		case "be", "get":
			return true
		}
		if !Auxiliary[word] && !fillers[word] && !strings.HasSuffix(word, "ly") {
			break
		}
	}
	return false
}

// by returns the token of "by" that names who does what is told in the
// passive; -1 where none does.
func (r *relater) by(k int) int {
	for j := k + 1; j < len(r.s.Tokens) && j <= k+8; j++ {
		if strings.ContainsAny(r.gap(j-1), ".;:") {
			return -1
		}
		if r.word(j) == "by" {
			return j
		}
		if r.finite(j) || relatives[r.word(j)] || r.word(j) == "and" {
			return -1
		}
	}
	return -1
}

// real reports whether what the verb at token k tells is stated: neither
// denied nor only possible, wanted or asked about.
func (r *relater) real(k int, kind string) bool {
	for j := k - 1; j >= 0 && j >= k-5; j-- {
		word := r.word(j)
		switch {
		case r.s.Tokens[j].Class.Is(Negation) && r.at[j] < 0:
			return false
		case word == "would" || word == "could" || word == "should" || word == "may" || word == "might" || word == "must" || word == "can" || word == "ought":
			return false
		case (word == "will" || word == "shall") && (kind == "fights" || kind == "accuses"):
			return false
		case word == "to" && j > 0 && !r.done(j-1, kind):
			return false
		}
		if word != "to" && !Auxiliary[word] && !fillers[word] && !strings.HasSuffix(word, "ly") {
			break
		}
	}
	for j := k - 1; j >= 0 && j >= k-farBack && !strings.Contains(r.gap(j), ";"); j-- {
		word := r.word(j)
		if word == "if" || word == "unless" || word == "whether" {
			return false
		}
		if word == "but" || word == "while" || word == "and" && !strings.HasSuffix(r.word(k), "ing") {
			return true
		}
		if c, ok := r.w.Cue(word); ok && c.Force == words.Denies && r.at[j] < 0 && (r.verbal(j) || r.w.Lemma(word) != word) {
			return false
		}
		if stops[r.w.Lemma(word)] && j >= k-3 {
			return false
		}
	}
	return true
}

// farBack bounds how many words back a clause is read.
const farBack = 40

// stops are the verbs and nouns behind which a deed is not done, or no more.
var stops = words.Set(`stop cease avoid refuse decline consider threaten plan fail quit end prevent deter dissuade mull halt call talk`)

// done reports whether the word at token k, before "to", leads to a deed that
// is done: "continued to", not "wants to".
func (r *relater) done(k int, kind string) bool {
	if isBeForm(r.word(k)) {
		return kind == "allied" || kind == "meets" || kind == "hosts" // "were to co-chair"
	}
	deeds := r.w.Deeds(r.word(k))
	return slices.ContainsFunc(deeds, func(d *words.Deed) bool { return d.Kind == "done" && (d.Form == "all" || d.Form == kind) })
}

func isBeForm(word string) bool {
	return word == "was" || word == "were" || word == "is" || word == "are"
}
