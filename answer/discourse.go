package answer

import (
	"slices"
	"strings"

	"footnote/answer/words"
	"footnote/index"
)

// How surely an implied term is meant, from reading the news articles of the
// development sets: a name stands for itself in full, a pronoun may not.
const (
	byFullName = 0.95 // "Haftar" means "Khalifa Haftar"
	byAcronym  = 0.95 // "LNA" means "Libyan National Army"
	byRole     = 0.8  // "the prime minister" means his name, and the other way round
	byPronoun  = 0.75 // "he" means the one last spoken of
	byDefinite = 0.8  // "the attack" means the air raid of the sentence before
	bySpeaker  = 0.75 // a quotation that goes on means its speaker
)

// annotate finds names, speakers and what words stand for. English only: it
// rests on capitals, word order and word lists.
func annotate(p *prepared, t *table, w *words.Words) {
	entities(p, t, w)
	acr := acronyms(p, t)
	d := discourse{p: p, t: t, w: w, last: -1, speaker: -1}
	for i := range p.Sentences {
		s := &p.Sentences[i]
		d.phrases(s)
		d.roles(s)
		for _, m := range s.Mentions {
			d.implyEntity(s, m.Entity, byFullName, m.First, m.Last)
			for _, r := range p.Entities[m.Entity].Roles {
				s.Implied = append(s.Implied, implied{r, byRole, m.First, m.Last})
			}
			for _, a := range acr[m.Entity] {
				s.Implied = append(s.Implied, implied{a, byAcronym, m.First, m.Last})
			}
		}
		d.follow(i)
	}
}

// discourse walks through an article and remembers who is being spoken of.
type discourse struct {
	p       *prepared
	t       *table
	w       *words.Words
	last    int  // the person last spoken of; -1 before the first
	speaker int  // who spoke in the sentence before; -1 when nobody
	direct  bool // whether that was in quotation marks
}

// phrases adds a term for every phrase of several words that the thesaurus
// knows, so that a single word can match it.
func (d *discourse) phrases(s *sentence) {
	ws := make([]string, len(s.Tokens))
	for i, t := range s.Tokens {
		ws[i] = d.p.word(t)
	}
	for _, m := range d.w.Phrases(ws) {
		s.Implied = append(s.Implied, implied{d.t.add(m.Phrase), 1, m.Start, m.End - 1})
	}
	for i, t := range s.Tokens {
		if base := baseTerm(d.w, ws[i], d.p.Strings[t.Term]); base != "" && !t.Class.is(stop|named) {
			s.Implied = append(s.Implied, implied{d.t.add(base), 1, i, i})
		}
		if t.Class.is(acronym) {
			if plain := strings.ReplaceAll(d.p.word(t), ".", ""); plain != d.p.word(t) {
				s.Implied = append(s.Implied, implied{d.t.add(plain), 1, i, i})
			}
			if t.Class.is(stop) {
				s.Implied = append(s.Implied, implied{d.t.add(acronymKey(d.p.word(t))), 1, i, i})
			}
		}
	}
}

// baseTerm returns the term of a word's base form where the stemmer does not
// lead there: sink for sank, child for children; "" otherwise.
func baseTerm(w *words.Words, word, term string) string {
	base := w.Lemma(word)
	if base == word {
		return ""
	}
	toks := index.Analyze("en", base)
	if len(toks) != 1 || toks[0].Stop || toks[0].Term == term {
		return ""
	}
	return toks[0].Term
}

// acronymKey is the term of an acronym that is spelt like a function word:
// the WHO, the US, IT.
func acronymKey(lower string) string { return "=" + strings.ReplaceAll(lower, ".", "") }

// acronyms returns the terms of the short forms of each entity: the ones that
// the article writes in parentheses behind the name, or that its initials make.
func acronyms(p *prepared, t *table) map[int][]int {
	short := map[int][]int{}
	add := func(entity int, s string) {
		for _, key := range []string{s, acronymKey(s)} {
			if id := t.add(key); !slices.Contains(short[entity], id) {
				short[entity] = append(short[entity], id)
			}
		}
	}
	byInitials := map[string]int{}
	for i := range p.Entities {
		e := &p.Entities[i]
		if e.Kind != person && e.Kind != place || len(e.Terms) >= 3 {
			if in := initials(e.Name); len(in) >= 2 {
				add(i, in)
				if _, taken := byInitials[in]; !taken {
					byInitials[in] = i
				}
			}
		}
	}
	for i := range p.Sentences {
		s := &p.Sentences[i]
		for k, m := range s.Mentions {
			first := s.Tokens[m.First]
			if m.First != m.Last || !first.Class.is(acronym) {
				continue
			}
			word := strings.ReplaceAll(p.word(first), ".", "")
			long := -1
			if k > 0 && s.Mentions[k-1].Last+1 == m.First && strings.TrimSpace(p.gap(s.Tokens[m.First-1], first)) == "(" {
				long = s.Mentions[k-1].Entity
			} else if e, ok := byInitials[word]; ok && e != m.Entity {
				long = e
			}
			if long >= 0 && long != m.Entity {
				add(long, word)
				short[m.Entity] = append(short[m.Entity], p.Entities[long].Terms...)
			}
		}
	}
	return short
}

// initials returns the first letters of a name's capitalised words, in lower case.
func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		if w[0] >= 'A' && w[0] <= 'Z' {
			b.WriteByte(w[0] + 'a' - 'A')
		}
	}
	return b.String()
}

// roles finds "the prime minister", "the envoy" and the like, and gives the
// sentence the names of those who hold the role.
func (d *discourse) roles(s *sentence) {
	for i := 1; i < len(s.Tokens); i++ {
		t := s.Tokens[i]
		if t.Class.is(stop) || t.Class.is(named) {
			continue
		}
		if before := d.p.word(s.Tokens[i-1]); before != "the" && before != "his" && before != "her" && !isTitle(before, d.w) {
			continue
		}
		holder, many := -1, false
		for e := range d.p.Entities {
			if d.p.Entities[e].Kind == person && slices.Contains(d.p.Entities[e].Roles, t.Term) {
				many = many || holder >= 0
				holder = e
			}
		}
		if holder < 0 || many || !isTitle(d.p.word(t), d.w) && !(i+1 < len(s.Tokens) && slices.Contains(d.p.Entities[holder].Roles, s.Tokens[i+1].Term)) {
			continue
		}
		last := i
		for last+1 < len(s.Tokens) && slices.Contains(d.p.Entities[holder].Roles, s.Tokens[last+1].Term) {
			last++
		}
		d.implyEntity(s, holder, byRole, i, last)
		s.Mentions = append(s.Mentions, mention{holder, i, last})
		i = last
	}
	slices.SortStableFunc(s.Mentions, func(a, b mention) int { return a.First - b.First })
}

// implyEntity adds the terms of an entity's full name to a sentence.
func (d *discourse) implyEntity(s *sentence, entity int, weight float64, first, last int) {
	for _, term := range d.p.Entities[entity].Terms {
		s.Implied = append(s.Implied, implied{term, weight, first, last})
	}
}

var subordinate = set(`when while as after before although though if because since once until unlike besides despite`)

var he = map[string]bool{"he": true, "him": true, "his": true, "himself": true, "she": true, "her": true, "hers": true, "herself": true}

// leaning are the words at the head of a sentence that lean on the one before.
var leaning = map[string]bool{
	"he": true, "she": true, "it": true, "they": true, "his": true, "her": true, "its": true, "their": true, "this": true,
	"these": true, "those": true, "that": true, "such": true, "both": true, "there": true, "others": true, "another": true,
}

// follow works out the subject and the speaker of sentence i and what its
// pronouns stand for, and remembers them for the next sentence.
func (d *discourse) follow(i int) {
	s := &d.p.Sentences[i]
	for k, t := range s.Tokens {
		if k < 3 && leaning[d.p.word(t)] && !t.Class.is(quoted) {
			s.Leans = true
		}
	}
	said := d.findSpeaker(s)
	s.Subject = d.subject(s)
	if s.Subject >= 0 && d.p.Entities[s.Subject].Kind == person {
		d.last = s.Subject
	}
	d.definite(i)
	antecedent := d.last
	for k, t := range s.Tokens {
		if !he[d.p.word(t)] || antecedent < 0 {
			continue
		}
		// Inside a quotation "he" is rarely the one who speaks.
		if t.Class.is(quoted) && antecedent == s.Speaker {
			continue
		}
		d.implyEntity(s, antecedent, byPronoun, k, k)
		for _, r := range d.p.Entities[antecedent].Roles {
			s.Implied = append(s.Implied, implied{r, byPronoun * byRole, k, k})
		}
		if s.Subject < 0 && k < 3 && !t.Class.is(quoted) {
			s.Subject = antecedent
		}
	}
	switch {
	case said:
		if s.Speaker >= 0 && d.p.Entities[s.Speaker].Kind == person {
			d.last = s.Speaker
		}
	case allQuoted(s) && d.direct && d.speaker >= 0:
		s.Speaker, s.Direct = d.speaker, true // the quotation goes on
		d.implyEntity(s, s.Speaker, bySpeaker, 0, 0)
	case s.Subject < 0:
		for _, m := range s.Mentions {
			if d.p.Entities[m.Entity].Kind == person && !s.Tokens[m.First].Class.is(quoted) {
				d.last = m.Entity
				break
			}
		}
	}
	d.speaker, d.direct = s.Speaker, s.Direct || slices.ContainsFunc(s.Tokens, func(t token) bool { return t.Class.is(quoted) })
}

// definite ties "The attack …" at the head of a sentence to the word of the
// sentence before that means the same, such as "raid".
func (d *discourse) definite(i int) {
	s := &d.p.Sentences[i]
	if i == 0 || len(s.Tokens) < 3 {
		return
	}
	if first := d.p.word(s.Tokens[0]); first != "the" && first != "this" && first != "that" && first != "these" && first != "those" {
		return
	}
	before := &d.p.Sentences[i-1]
	for k := 1; k < 3 && k < len(s.Tokens); k++ {
		t := s.Tokens[k]
		if t.Class.is(named) || t.Class.is(stop) {
			continue
		}
		like := map[string]bool{}
		for _, e := range d.w.Synonyms(d.p.word(t)) {
			if e.Weight >= 0.5 {
				like[e.Word] = true
			}
		}
		for _, b := range before.Tokens {
			if !b.Class.is(stop) && (like[d.p.word(b)] || like[d.w.Lemma(d.p.word(b))] || b.Term == t.Term) {
				s.Leans = true
				s.Implied = append(s.Implied, implied{b.Term, byDefinite, k, k})
			}
		}
		for _, im := range before.Implied {
			if like[d.p.Strings[im.Term]] && im.Weight == 1 {
				s.Leans = true
				s.Implied = append(s.Implied, implied{im.Term, byDefinite, k, k})
			}
		}
	}
}

// subject returns the entity that opens the sentence outside quotations, or -1.
func (d *discourse) subject(s *sentence) int {
	if s.Speaker >= 0 && s.Direct {
		return s.Speaker
	}
	from := 0
	if len(s.Tokens) > 0 && subordinate[d.p.word(s.Tokens[0])] { // "When he spoke, the minister …"
		for k := 1; k < len(s.Tokens); k++ {
			if strings.Contains(d.p.gap(s.Tokens[k-1], s.Tokens[k]), ",") {
				from = k
				break
			}
		}
	}
	for _, m := range s.Mentions {
		if m.First < from {
			continue
		}
		if m.First > from+7 {
			break
		}
		if s.Tokens[m.First].Class.is(quoted) {
			continue
		}
		if m.First > 0 {
			switch d.p.word(s.Tokens[m.First-1]) {
			case "in", "at", "on", "of", "from", "by", "with", "near", "to", "for", "against", "during", "after", "before":
				continue
			}
		}
		return m.Entity
	}
	return -1
}

func allQuoted(s *sentence) bool {
	if len(s.Tokens) == 0 {
		return false
	}
	for _, t := range s.Tokens {
		if !t.Class.is(quoted) {
			return false
		}
	}
	return true
}

// findSpeaker finds who says what the sentence tells, and reports whether it
// holds a verb of saying with a speaker.
func (d *discourse) findSpeaker(s *sentence) bool {
	hasQuote := slices.ContainsFunc(s.Tokens, func(t token) bool { return t.Class.is(quoted) })
	for k, t := range s.Tokens {
		if t.Class.is(quoted) || t.Class.is(named) {
			continue
		}
		word := d.p.word(t)
		if word == "according" && k+2 < len(s.Tokens) && d.p.word(s.Tokens[k+1]) == "to" {
			if m := d.mentionFrom(s, k+2, 4); m >= 0 {
				s.Speaker, s.Cue = m, k
				return true
			}
		}
		if k+1 < len(s.Tokens) && !speaks(word, d.w) { // "went on", "pointed out"
			word += " " + d.p.word(s.Tokens[k+1])
		}
		if !speaks(word, d.w) || !d.inflected(s, k) {
			continue
		}
		if who := d.before(s, k); who >= 0 {
			s.Speaker, s.Cue, s.Direct = who, k, hasQuote
			return true
		}
		// "…," said X — the verb stands first only after a quotation.
		if hasQuote && (k == 0 || s.Tokens[k-1].Class.is(quoted)) {
			if m := d.mentionFrom(s, k+1, 4); m >= 0 {
				s.Speaker, s.Cue, s.Direct = m, k, true
				return true
			}
		}
	}
	return false
}

// inflected reports whether the word at token k is a verb form, not the noun
// that looks alike ("a UN call"): it differs from its base form, or a helping
// word or "they" stands before it.
func (d *discourse) inflected(s *sentence, k int) bool {
	word := d.p.word(s.Tokens[k])
	if d.w.Lemma(word) != word && !(strings.HasSuffix(word, "s") && k > 0 && !s.Tokens[k-1].Class.is(stop|named)) {
		return true
	}
	if k == 0 {
		return false
	}
	before := d.p.word(s.Tokens[k-1])
	return auxiliary[before] || before == "they" || before == "we" || before == "to" || plural(before) && !s.Tokens[k-1].Class.is(named)
}

// before returns the entity that stands right before the verb at token k,
// helping words left out; a pronoun stands for the person last spoken of.
func (d *discourse) before(s *sentence, k int) int {
	for i := k - 1; i >= 0 && i >= k-4; i-- {
		t := s.Tokens[i]
		if he[d.p.word(t)] && d.p.word(t) != "him" {
			return d.last
		}
		for n, m := range s.Mentions {
			if m.Last != i {
				continue
			}
			// "Ghassan Salame, the envoy for Libya, said": who speaks is the one
			// before the apposition.
			if n > 0 && strings.Contains(d.p.gap(t, s.Tokens[i+1]), ",") {
				return s.Mentions[0].Entity
			}
			return m.Entity
		}
		switch d.p.word(t) {
		case "has", "had", "have", "also", "later", "then", "who", "repeatedly", "earlier", "was", "is", "specifically", "meanwhile", "went":
			continue
		}
		if strings.HasSuffix(d.p.word(t), "ly") {
			continue
		}
		return -1
	}
	return -1
}

// mentionFrom returns the entity mentioned at token k or up to n tokens
// later, before the next comma; -1 when there is none.
func (d *discourse) mentionFrom(s *sentence, k, n int) int {
	for i := k; i < len(s.Tokens) && i < k+n; i++ {
		if i > k && strings.ContainsAny(d.p.gap(s.Tokens[i-1], s.Tokens[i]), ",.;") {
			return -1
		}
		for _, m := range s.Mentions {
			if m.First == i {
				return m.Entity
			}
		}
		if i == k && he[d.p.word(s.Tokens[i])] {
			return d.last
		}
	}
	return -1
}

// speaks reports whether a word is a verb of saying.
func speaks(word string, w *words.Words) bool {
	c, ok := w.Cue(word)
	if !ok {
		return false
	}
	switch c.Force {
	case words.Thinks, words.Feels, words.Source, words.Praises, words.Shows:
		return false
	}
	return true
}

func isTitle(word string, w *words.Words) bool {
	_, ok := w.Title(word)
	return ok
}
