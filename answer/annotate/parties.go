package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
	"footnote/corpus"
)

// party is somebody whom a sentence names or describes, as the finder of
// relations sees him: a run of tokens with what is known of it.
type party struct {
	Party
	head       int  // token of the name's or the description's last word
	named      bool // a name stands for it, not a description or a pronoun
	plural     bool
	armed      bool   // fighters, troops
	possessive bool   // "Egypt's"
	role       bool   // described by what he is: the president
	pronoun    string // the pronoun, where it is one
}

// parties finds the parties of a sentence, in order. No two overlap.
func (r *relater) parties() {
	s := r.s
	r.all, r.at = r.all[:0], r.at[:0]
	for range s.Tokens {
		r.at = append(r.at, -1)
	}
	for k := 0; k < len(s.Tokens); k++ {
		p, ok := r.partyFrom(k)
		if !ok {
			continue
		}
		if n := len(r.all); n > 0 && p.First <= r.all[n-1].Last {
			p.First = r.all[n-1].Last + 1
		}
		for i := p.First; i <= p.Last; i++ {
			r.at[i] = len(r.all)
		}
		r.all = append(r.all, p)
		k = p.Last
	}
}

// partyFrom returns the party whose name, head or pronoun stands at token k.
func (r *relater) partyFrom(k int) (party, bool) {
	t, word := r.s.Tokens[k], r.word(k)
	if n := r.s.mentionFrom(k); n >= 0 {
		return r.namedParty(r.s.Mentions[n]), true
	}
	switch word {
	case "he", "she", "him", "it", "they", "them":
		if !t.Class.Is(Acronym) {
			return party{Party: Party{Entity: -1, First: k, Last: k}, head: k, pronoun: word, plural: word[0] == 't'}, true
		}
	case "those": // "those of Haftar"
		if m, ok := r.mentionAfter(k, "of"); ok {
			return party{Party: Party{Entity: m.Entity, First: k, Last: m.Last}, head: k, plural: true, armed: true}, true
		}
	}
	if t.Class.Is(Named) || t.Class.Is(Stop) {
		return party{}, false
	}
	if !r.isGroup(k) && !r.isRole(k) || !r.looksNoun(k) {
		return party{}, false
	}
	head := k
	for head+1 < len(r.s.Tokens) && r.space(head) && !r.possessive(head) && !r.s.Tokens[head+1].Class.Is(Stop|Named|Number) && (r.isGroup(head+1) || r.isRole(head+1)) && r.looksNoun(head+1) {
		head++ // government forces
	}
	if head == k && r.space(k) && !r.possessive(k) && k+1 < len(r.s.Tokens) && !r.s.Tokens[k+1].Class.Is(Stop|Named|Quoted|Number) && !r.verbal(k+1) && !strings.HasSuffix(r.word(k+1), "ly") && !r.lists("armed", k+1) && !r.w.Negation(r.word(k+1)) && !loyal[r.word(k+1)] {
		if _, date := r.w.Date(r.word(k + 1)); !date && len(r.w.Deeds(r.word(k+1))) == 0 && r.w.Common(r.word(k+1)) && Plural(r.word(k)) == Plural(r.word(k+1)) && !Plural(r.word(k)) {
			return party{}, false // "party leadership", "state television": the second word is the head
		}
	}
	return r.described(head, k), true
}

// loyal are the adjectives behind which follows whose troops they are.
var loyal = words.Set(`loyal belonging allied`)

// namedParty makes a party of a mention, with the noun that it belongs to:
// "US forces".
func (r *relater) namedParty(m Mention) party {
	e := &r.p.Entities[m.Entity]
	p := party{Party: Party{Entity: m.Entity, First: m.First, Last: m.Last}, head: m.Last, named: true, possessive: r.possessive(m.Last)}
	if !r.s.Tokens[m.First].Class.Is(Named) { // "the prime minister", who was named before
		p.named, p.role = false, true
	}
	if p.possessive || p.role || e.Kind == Person {
		return p
	}
	for k := m.Last + 1; k <= m.Last+3 && k < len(r.s.Tokens) && r.space(k-1); k++ {
		if r.s.Tokens[k].Class.Is(Stop|Named|Number) || r.verbal(k) && !r.isGroup(k) {
			break
		}
		if !r.isGroup(k) && !r.isRole(k) {
			continue
		}
		if k+1 < len(r.s.Tokens) && r.space(k) && r.isGroup(k+1) && !r.s.Tokens[k+1].Class.Is(Named) {
			continue
		}
		own := r.lists("own", k) || e.Kind != Place && r.lists("armed", k)
		p.Last, p.head, p.plural, p.armed, p.named = k, k, Plural(r.word(k)) || r.word(k) == "police", r.lists("armed", k), false
		if !own { // "the Libyan commander" is not Libya
			p.Entity, p.role = -1, r.isRole(k)
		}
		if r.possessive(k) {
			p.possessive = true
		}
		break
	}
	if p.Entity < 0 {
		p.Described = r.span(p.First, p.Last)
	}
	return p
}

// described makes a party of a noun: "the many militias", "his troops", "the
// forces of the GNA". The noun phrase has its head at token head; first is the
// earliest token known to belong to it.
func (r *relater) described(head, first int) party {
	toks := r.s.Tokens
	p := party{Party: Party{Entity: -1, First: first, Last: head}, head: head, armed: r.lists("armed", head), role: r.isRole(head) && !r.isGroup(head), possessive: r.possessive(head)}
	p.plural = Plural(r.word(head)) || r.word(head) == "police"
	for p.First > 0 && (r.space(p.First-1) || r.possessive(p.First-1)) && r.at[p.First-1] < 0 && first-p.First < 4 {
		word := r.word(p.First - 1)
		c := toks[p.First-1].Class
		if nounLeads[word] || c.Is(Number) {
			p.First--
			if !c.Is(Number) && word != "other" && word != "many" {
				break
			}
			continue
		}
		if c.Is(Stop|Named) || r.verbal(p.First-1) && !strings.HasSuffix(word, "ed") || strings.HasSuffix(word, "ed") && !r.adjective(p.First-1) {
			break
		}
		p.First--
	}
	if owner := r.word(p.First); owners[owner] && (r.lists("own", head) || p.armed) {
		if found := r.antecedents(p.First, owner, nil); len(found) == 1 {
			p.Entity = found[0].Entity
		}
	}
	for _, prep := range []string{"of", "to", "from"} {
		at := head
		if prep == "to" {
			if at+1 >= len(toks) || r.word(at+1) != "loyal" && r.word(at+1) != "belonging" {
				continue
			}
			at++
		}
		m, ok := r.mentionAfter(at, prep)
		if !ok || r.possessive(m.Last) {
			continue
		}
		if r.lists("own", head) || p.armed {
			p.Entity, p.Last = m.Entity, m.Last
			break
		}
		if prep == "of" && !r.isRole(head) && !slices.ContainsFunc(r.w.Deeds(r.word(head)), func(d *words.Deed) bool { return d.Form == "role" }) { // "the miners' union of Torva"
			p.Last = m.Last
			break
		}
	}
	p.Described = corpus.Span{}
	if p.Entity < 0 {
		p.Described = r.span(p.First, p.Last)
	}
	return p
}

// adjective reports whether the participle at token k goes with the noun behind
// it, "the armed rebels", and is no verb that takes it, "shelled rebels".
func (r *relater) adjective(k int) bool {
	if k == 0 {
		return true
	}
	word := r.word(k - 1)
	return r.gap(k-1) == " " && (determiners[word] || r.s.Tokens[k-1].Class.Is(Number) || strings.HasSuffix(word, "ly") || Prepositions[word])
}

var (
	nounLeads = words.Set(`the a an his her its their this that these those other certain many several some all both two three most our my your any no every each more such`)
	owners    = words.Set(`his her its their`)
)

// mentionAfter returns the name behind a preposition that follows token k.
func (r *relater) mentionAfter(k int, prep string) (Mention, bool) {
	if k+2 >= len(r.s.Tokens) || r.word(k+1) != prep {
		return Mention{}, false
	}
	i := r.s.mentionFrom(k + 2)
	if i < 0 && r.word(k+2) == "the" {
		i = r.s.mentionFrom(k + 3)
	}
	if i < 0 {
		return Mention{}, false
	}
	return r.s.Mentions[i], true
}

// looksNoun reports whether the word at token k, which may be a verb as well,
// is used as a noun: "the forces", not "he forces".
func (r *relater) looksNoun(k int) bool {
	if r.isRole(k) && !r.isGroup(k) && Plural(r.word(k)) {
		return true
	}
	if k == 0 {
		return true
	}
	before := r.word(k - 1)
	if before == "to" || before == "will" || before == "would" || before == "can" || before == "could" || ThirdPerson[before] && !owners[before] || before == "they" || before == "it" || before == "who" {
		return false
	}
	return true
}

// isGroup reports whether the word at token k speaks of a party: troops.
func (r *relater) isGroup(k int) bool { return r.lists("group", k) }

// isRole reports whether the word at token k says what somebody is: president.
func (r *relater) isRole(k int) bool {
	_, ok := r.w.Title(r.word(k))
	return ok && !strings.HasSuffix(r.word(k), "ed") && !r.s.Tokens[k].Class.Is(Capital)
}

// lists reports whether one of the lists of parties has the word at token k.
func (r *relater) lists(form string, k int) bool {
	word := r.word(k)
	if strings.HasSuffix(word, "ed") || strings.HasSuffix(word, "ing") {
		return false
	}
	return slices.ContainsFunc(r.w.Deeds(word), func(d *words.Deed) bool { return d.Kind == "party" && d.Form == form && len(d.Words) == 1 })
}

// possessive reports whether the word at token k has the ending 's or s'.
func (r *relater) possessive(k int) bool {
	raw := FoldQuote(r.p.Raw(r.s.Tokens[k]))
	if strings.HasSuffix(raw, "'s") || strings.HasSuffix(raw, "'") {
		return true
	}
	end := r.s.Tokens[k].End
	return k+1 < len(r.s.Tokens) && strings.HasSuffix(raw, "s") && strings.HasPrefix(FoldQuote(r.p.Article.Text[end:r.s.Tokens[k+1].Start]), "' ")
}

func (r *relater) word(k int) string { return r.p.Word(r.s.Tokens[k]) }

// space reports whether nothing but a space or a hyphen stands behind token k.
func (r *relater) space(k int) bool {
	if k < 0 || k+1 >= len(r.s.Tokens) {
		return false
	}
	switch r.p.Gap(r.s.Tokens[k], r.s.Tokens[k+1]) {
	case " ", "-", "\n":
		return true
	}
	return false
}

// span returns the bytes of tokens first to last.
func (r *relater) span(first, last int) corpus.Span {
	return corpus.Span{Start: r.s.Tokens[first].Start, End: r.s.Tokens[last].End}
}
