package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
)

// How surely an implied term is meant, from reading the news articles of the
// development sets: a name stands for itself in full, a pronoun may not.
const (
	byFullName = 0.95 // "Haftar" means "Khalifa Haftar"
	byAcronym  = 0.95 // "LNA" means "Libyan National Army"
	byRole     = 0.8  // "the prime minister" means his name, and the other way round
	ByPronoun  = 0.75 // "he" means the one last spoken of
	byDefinite = 0.8  // "the attack" means the air raid of the sentence before
	bySpeaker  = 0.75 // a quotation that goes on means its speaker
)

// annotate finds names, speakers and what words stand for. English only: it
// rests on capitals, word order and word lists.
func annotate(p *Doc, t *table, w *words.Words) {
	entities(p, t, w)
	turn := labelTurns(p, w)
	acr, long := acronyms(p, t)
	for i := range p.Entities {
		p.Entities[i].Also = acr[i]
	}
	p.Full = fullNames(p, long, w)
	d := discourse{p: p, t: t, w: w, genders: genders(p), named: map[int]int{}, holders: holders(p), latest: map[int]int{}, called: map[string]int{}, referents: referents{-1, -1, -1, -1}, speaker: -1, turn: turn}
	for i := len(p.Entities) - 1; i >= 0; i-- {
		d.called[p.Entities[i].Name] = i
	}
	for i := range p.Sentences {
		s := &p.Sentences[i]
		d.phrases(s)
		d.roles(s)
		for _, m := range s.Mentions {
			d.implyEntity(s, m.Entity, byFullName, m.First, m.Last)
			for _, r := range p.Entities[m.Entity].Roles {
				s.Implied = append(s.Implied, Implied{r, byRole, m.First, m.Last})
			}
			for _, a := range acr[m.Entity] {
				s.Implied = append(s.Implied, Implied{a, byAcronym, m.First, m.Last})
			}
		}
		d.follow(i)
		for _, m := range s.Mentions {
			d.name(m.Entity, i)
		}
	}
	relations(p, w)
}

// discourse walks through an article and remembers who is being spoken of.
type discourse struct {
	p       *Doc
	t       *table
	w       *words.Words
	genders map[int]gender
	named   map[int]int    // when each entity was last named: the sentence, counted from 1
	holders map[int][]int  // of each term of a role: the persons who go by it, in order
	latest  map[int]int    // of each term of a role: who of them was named last, of one sentence the first
	called  map[string]int // the first entity of each name
	referents
	speaker int   // who spoke in the sentence before; -1 when nobody
	turn    []int // who speaks in each sentence by the label of its line; see labelTurns
}

// phrases adds a term for every phrase of several words that the thesaurus
// knows, so that a single word can match it.
func (d *discourse) phrases(s *Sentence) {
	ws := make([]string, len(s.Tokens))
	for i, t := range s.Tokens {
		ws[i] = d.p.Word(t)
	}
	for _, m := range d.w.Phrases(ws) {
		s.Implied = append(s.Implied, Implied{d.t.add(m.Phrase), 1, m.Start, m.End - 1})
	}
	for i, t := range s.Tokens {
		if base := BaseTerm(d.w, ws[i], d.p.Strings[t.Term]); base != "" && !t.Class.Is(Stop|Named) {
			s.Implied = append(s.Implied, Implied{d.t.add(base), 1, i, i})
		}
		if t.Class.Is(Acronym) {
			if plain := strings.ReplaceAll(d.p.Word(t), ".", ""); plain != d.p.Word(t) {
				s.Implied = append(s.Implied, Implied{d.t.add(plain), 1, i, i})
			}
			if t.Class.Is(Stop) {
				s.Implied = append(s.Implied, Implied{d.t.add(AcronymKey(d.p.Word(t))), 1, i, i})
			}
		}
	}
}

// roles finds "the prime minister", "the envoy" and the like, and gives the
// Sentence the names of those who hold the role.
func (d *discourse) roles(s *Sentence) {
	for i := 1; i < len(s.Tokens); i++ {
		t := s.Tokens[i]
		if t.Class.Is(Stop) || t.Class.Is(Named) {
			continue
		}
		if before := d.p.Word(s.Tokens[i-1]); before != "the" && before != "his" && before != "her" && !IsTitle(before, d.w) {
			continue
		}
		holder := d.holder(t.Term)
		if holder < 0 || !IsTitle(d.p.Word(t), d.w) && !(i+1 < len(s.Tokens) && slices.Contains(d.p.Entities[holder].Roles, s.Tokens[i+1].Term)) {
			continue
		}
		last := i
		for last+1 < len(s.Tokens) && slices.Contains(d.p.Entities[holder].Roles, s.Tokens[last+1].Term) {
			last++
		}
		d.implyEntity(s, holder, byRole, i, last)
		s.Mentions = append(s.Mentions, Mention{holder, i, last})
		i = last
	}
	slices.SortStableFunc(s.Mentions, func(a, b Mention) int { return a.First - b.First })
}

// holders returns of each term of a role the persons who go by it.
func holders(p *Doc) map[int][]int {
	out := map[int][]int{}
	for e := range p.Entities {
		if p.Entities[e].Kind == Person {
			for _, role := range p.Entities[e].Roles {
				out[role] = append(out[role], e)
			}
		}
	}
	return out
}

// name notes that an entity is named in sentence i.
func (d *discourse) name(entity, i int) {
	d.named[entity] = i + 1
	if d.p.Entities[entity].Kind != Person {
		return
	}
	for _, role := range d.p.Entities[entity].Roles {
		if last, ok := d.latest[role]; !ok || d.named[last] <= i || entity < last {
			d.latest[role] = entity
		}
	}
}

// holder returns who goes by the term of a role: of several the one last
// named; -1 where nobody does, or none of several has been named yet.
func (d *discourse) holder(role int) int {
	if list := d.holders[role]; len(list) == 1 {
		return list[0]
	}
	if last, ok := d.latest[role]; ok {
		return last
	}
	return -1
}

// implyEntity adds the terms of an entity's full name to a sentence.
func (d *discourse) implyEntity(s *Sentence, entity int, weight float64, first, last int) {
	for _, term := range d.p.Entities[entity].Terms {
		s.Implied = append(s.Implied, Implied{term, weight, first, last})
	}
}

var subordinate = words.Set(`when while as after before although though if because since once until unlike besides despite`)

// ThirdPerson are the pronouns that stand for one person.
var ThirdPerson = map[string]bool{"he": true, "him": true, "his": true, "himself": true, "she": true, "her": true, "hers": true, "herself": true}

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
		if k < 3 && leaning[d.p.Word(t)] && !t.Class.Is(Quoted) {
			s.Leans = true
		}
	}
	said := d.utterances(s)
	if who := d.turn[i]; who >= 0 {
		said = once(slices.Insert(said, 0, utterance{speaker: who, cue: -1, direct: true}))
		d.implyEntity(s, who, bySpeaker, 0, 0)
	}
	if len(said) > 0 {
		s.Speaker, s.Cue, s.Direct = said[0].speaker, said[0].cue, said[0].direct
		s.Vouched = s.Direct || d.vouches(s, s.Cue)
	}
	s.Subject = d.subject(s)
	if s.Subject >= 0 && d.p.Entities[s.Subject].Kind == Person {
		d.refer(s.Subject)
	}
	d.definite(i)
	spokenOf := d.referents
	for k, t := range s.Tokens {
		antecedent := spokenOf.he
		if genderOf(d.p.Word(t)) == female {
			antecedent = spokenOf.she
		}
		if !ThirdPerson[d.p.Word(t)] || antecedent < 0 {
			continue
		}
		// Inside a quotation "he" is rarely the one who speaks.
		if t.Class.Is(Quoted) && antecedent == s.Speaker {
			continue
		}
		d.implyEntity(s, antecedent, ByPronoun, k, k)
		for _, r := range d.p.Entities[antecedent].Roles {
			s.Implied = append(s.Implied, Implied{r, ByPronoun * byRole, k, k})
		}
		if s.Subject < 0 && k < 3 && !t.Class.Is(Quoted) {
			s.Subject = antecedent
		}
	}
	if len(said) == 0 {
		if who := d.carriedOn(i); who >= 0 {
			s.Speaker, s.Direct, s.Vouched = who, true, true
			d.implyEntity(s, who, bySpeaker, 0, 0)
			said = []utterance{{speaker: who, direct: true}}
		} else if who := d.quoted(s); who >= 0 {
			s.Speaker, s.Direct, s.Vouched = who, true, true
			said = []utterance{{speaker: who, direct: true}}
		}
	}
	d.state(i, said)
	d.remember(s, said)
}

// definite ties "The attack …" at the head of a sentence to the word of the
// sentence before that means the same, such as "raid".
func (d *discourse) definite(i int) {
	s := &d.p.Sentences[i]
	if i == 0 || len(s.Tokens) < 3 {
		return
	}
	if first := d.p.Word(s.Tokens[0]); first != "the" && first != "this" && first != "that" && first != "these" && first != "those" {
		return
	}
	before := &d.p.Sentences[i-1]
	for k := 1; k < 3 && k < len(s.Tokens); k++ {
		t := s.Tokens[k]
		if t.Class.Is(Named) || t.Class.Is(Stop) {
			continue
		}
		like := map[string]bool{}
		for _, e := range d.w.Synonyms(d.p.Word(t)) {
			if e.Weight >= 0.5 {
				like[e.Word] = true
			}
		}
		for _, b := range before.Tokens {
			if !b.Class.Is(Stop) && (like[d.p.Word(b)] || like[d.w.Lemma(d.p.Word(b))] || b.Term == t.Term) {
				s.Leans = true
				s.Implied = append(s.Implied, Implied{b.Term, byDefinite, k, k})
			}
		}
		for _, im := range before.Implied {
			if like[d.p.Strings[im.Term]] && im.Weight == 1 {
				s.Leans = true
				s.Implied = append(s.Implied, Implied{im.Term, byDefinite, k, k})
			}
		}
	}
}

// subject returns the entity that opens the sentence outside quotations, or -1.
func (d *discourse) subject(s *Sentence) int {
	if s.Speaker >= 0 && s.Direct {
		return s.Speaker
	}
	from := 0
	if len(s.Tokens) > 0 && subordinate[d.p.Word(s.Tokens[0])] { // "When he spoke, the minister …"
		for k := 1; k < len(s.Tokens); k++ {
			if strings.Contains(d.p.Gap(s.Tokens[k-1], s.Tokens[k]), ",") {
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
		if s.Tokens[m.First].Class.Is(Quoted) {
			continue
		}
		if m.First > 0 {
			switch d.p.Word(s.Tokens[m.First-1]) {
			case "in", "at", "on", "of", "from", "by", "with", "near", "to", "for", "against", "during", "after", "before":
				continue
			}
		}
		return m.Entity
	}
	return -1
}

func allQuoted(s *Sentence) bool {
	if len(s.Tokens) == 0 {
		return false
	}
	for _, t := range s.Tokens {
		if !t.Class.Is(Quoted) {
			return false
		}
	}
	return true
}
