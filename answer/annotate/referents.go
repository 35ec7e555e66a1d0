package annotate

import "slices"

// referents are those last spoken of, for whom pronouns stand; -1 before the first.
type referents struct {
	he, she int
	it      int // a body or a state
	they    int // several together: "officials"
}

// pronoun returns whom a pronoun stands for; false where the word is none.
func (d *discourse) pronoun(t Token) ([]int, bool) {
	if t.Class.Is(Named | Acronym) { // the US
		return nil, false
	}
	who := -1
	switch d.p.Word(t) {
	case "he", "him":
		who = d.he
	case "she", "her":
		who = d.she
	case "it":
		who = d.it
	case "they", "them":
		who = d.they
	case "i", "we", "you", "me", "us":
	default:
		return nil, false
	}
	if who < 0 {
		return nil, true
	}
	return []int{who}, true
}

// remember keeps whom a sentence was about and who spoke, for the pronouns
// and the quotations of the next one.
func (d *discourse) remember(s *Sentence, said []utterance) {
	d.speaker = -1
	for _, u := range said {
		d.speaker = u.speaker
	}
	if d.speaker >= 0 {
		d.refer(d.speaker)
		return
	}
	if d.speaker = d.introduced(s); d.speaker >= 0 {
		d.refer(d.speaker)
		return
	}
	if s.Subject >= 0 {
		if d.p.Entities[s.Subject].Kind != OtherEntity {
			d.refer(s.Subject)
		}
		return
	}
	for _, m := range s.Mentions {
		if d.p.Entities[m.Entity].Kind == Person && !s.Tokens[m.First].Class.Is(Quoted) {
			d.refer(m.Entity)
			break
		}
	}
}

// refer makes an entity the one that "he", "it" or "they" stand for next.
func (d *discourse) refer(entity int) {
	e := &d.p.Entities[entity]
	switch {
	case e.Kind == Person:
		if d.genders[entity] != female {
			d.he = entity
		}
		if d.genders[entity] != male {
			d.she = entity
		}
	case e.Counted == 0 && Plural(e.Name), d.people(e.Name):
		d.they = entity
	default:
		d.it, d.they = entity, entity
	}
}

// people reports whether a name is that of a people: Greeks.
func (d *discourse) people(name string) bool {
	for _, p := range d.w.Places(name) {
		if slices.Contains(p.People, name) {
			return true
		}
	}
	return false
}
