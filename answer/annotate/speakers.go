package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
)

// findSpeaker finds who says what the sentence tells, and reports whether it
// holds a verb of saying with a speaker.
func (d *discourse) findSpeaker(s *Sentence) bool {
	hasQuote := slices.ContainsFunc(s.Tokens, func(t Token) bool { return t.Class.Is(Quoted) })
	for k, t := range s.Tokens {
		if t.Class.Is(Quoted) || t.Class.Is(Named) {
			continue
		}
		word := d.p.Word(t)
		if word == "according" && k+2 < len(s.Tokens) && d.p.Word(s.Tokens[k+1]) == "to" {
			m := d.mentionFrom(s, k+2, 4)
			if m < 0 {
				m = d.unnamedFrom(s, k+2)
			}
			if m >= 0 {
				s.Speaker, s.Cue = m, k
				return true
			}
		}
		if k+1 < len(s.Tokens) && !Speaks(word, d.w) { // "went on", "pointed out"
			word += " " + d.p.Word(s.Tokens[k+1])
		}
		if !Speaks(word, d.w) || !d.inflected(s, k) {
			continue
		}
		if who := d.before(s, k); who >= 0 {
			s.Speaker, s.Cue, s.Direct = who, k, hasQuote
			return true
		}
		// "…," said X — the verb stands first only after a quotation.
		if hasQuote && (k == 0 || s.Tokens[k-1].Class.Is(Quoted)) {
			m := d.mentionFrom(s, k+1, 4)
			if m < 0 {
				m = d.unnamedFrom(s, k+1)
			}
			if m >= 0 {
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
func (d *discourse) inflected(s *Sentence, k int) bool {
	word := d.p.Word(s.Tokens[k])
	if d.w.Lemma(word) != word && !(strings.HasSuffix(word, "s") && k > 0 && !s.Tokens[k-1].Class.Is(Stop|Named)) {
		return true
	}
	if k == 0 {
		return false
	}
	before := d.p.Word(s.Tokens[k-1])
	return Auxiliary[before] || before == "they" || before == "we" || before == "to" || Plural(before) && !s.Tokens[k-1].Class.Is(Named)
}

// before returns the entity that stands right before the verb at token k,
// helping words left out; a pronoun stands for the person last spoken of.
func (d *discourse) before(s *Sentence, k int) int {
	for i := k - 1; i >= 0 && i >= k-4; i-- {
		t := s.Tokens[i]
		if ThirdPerson[d.p.Word(t)] && d.p.Word(t) != "him" {
			return d.last
		}
		for n, m := range s.Mentions {
			if m.Last != i {
				continue
			}
			if n > 0 && strings.Contains(d.p.Gap(t, s.Tokens[i+1]), ",") {
				return d.beforeApposition(s, n)
			}
			return m.Entity
		}
		switch d.p.Word(t) {
		case "has", "had", "have", "also", "later", "then", "who", "repeatedly", "earlier", "was", "is", "specifically", "meanwhile", "went":
			continue
		}
		if strings.HasSuffix(d.p.Word(t), "ly") {
			continue
		}
		return d.unnamed(s, i)
	}
	return -1
}

// beforeApposition returns who speaks in "Ghassan Salame, the envoy for Libya,
// said", where mention n is Libya: the nearest name before it that an
// apposition follows; mention n itself where there is none.
func (d *discourse) beforeApposition(s *Sentence, n int) int {
	for k := n - 1; k >= 0; k-- {
		m := s.Mentions[k]
		if m.Last+1 >= len(s.Tokens) || strings.TrimSpace(d.p.Gap(s.Tokens[m.Last], s.Tokens[m.Last+1])) != "," {
			continue
		}
		switch d.p.Word(s.Tokens[m.Last+1]) {
		case "the", "a", "an", "who", "which", "whose":
			if m.First == 0 || !Prepositions[d.p.Word(s.Tokens[m.First-1])] {
				return m.Entity
			}
		}
	}
	return s.Mentions[n].Entity
}

// speakers are words for those who speak without being named, besides titles
// and words for bodies.
var speakers = words.Set(`police officials authorities government army military witnesses residents doctors scientists researchers experts
	analysts lawyers prosecutors organisers organizers investigators rescuers firefighters critics supporters opponents activists
	locals neighbours relatives journalists media newspaper magazine report study survey statement company firm organisation
	organization charity airline operator museum university judges judge astronomers engineers economists historians`)

// unnamed returns the entity of somebody without a name whose noun stands at
// token last: "the island council", "police officials"; -1 when it is no noun
// for those who speak.
func (d *discourse) unnamed(s *Sentence, last int) int {
	t := s.Tokens[last]
	word := d.p.Word(t)
	base := d.w.Lemma(word)
	if t.Class.Is(Stop|Quoted|Named) || !speakers[word] && !speakers[base] && !bodies[base] && !IsTitle(base, d.w) {
		return -1
	}
	first := last
	for first > 0 && first > last-2 && d.p.Gap(s.Tokens[first-1], s.Tokens[first]) == " " && !s.Tokens[first-1].Class.Is(Stop|Quoted|Number) {
		first--
	}
	name := d.p.Article.Text[s.Tokens[first].Start:t.End]
	article := ""
	if first > 0 {
		article = d.p.Word(s.Tokens[first-1])
	}
	switch {
	case article == "a" || article == "an":
		name = article + " " + name
	case article == "the" || !Plural(word) && word != "police":
		name = "the " + name
	}
	for i := range d.p.Entities {
		if d.p.Entities[i].Name == name {
			return i
		}
	}
	e := Entity{Name: name}
	for _, t := range s.Tokens[first : last+1] {
		e.Terms = append(e.Terms, t.Term)
	}
	d.p.Entities = append(d.p.Entities, e)
	return len(d.p.Entities) - 1
}

// unnamedFrom returns the entity of somebody without a name whom the words
// from token k on speak of, up to the next comma.
func (d *discourse) unnamedFrom(s *Sentence, k int) int {
	for i := k; i < len(s.Tokens) && i < k+5; i++ {
		if i > k && strings.ContainsAny(d.p.Gap(s.Tokens[i-1], s.Tokens[i]), ",.;") {
			return -1
		}
		if who := d.unnamed(s, i); who >= 0 {
			return who
		}
	}
	return -1
}

// mentionFrom returns the entity mentioned at token k or up to n tokens
// later, before the next comma; -1 when there is none.
func (d *discourse) mentionFrom(s *Sentence, k, n int) int {
	for i := k; i < len(s.Tokens) && i < k+n; i++ {
		if i > k && strings.ContainsAny(d.p.Gap(s.Tokens[i-1], s.Tokens[i]), ",.;") {
			return -1
		}
		for _, m := range s.Mentions {
			if m.First == i {
				return m.Entity
			}
		}
		if i == k && ThirdPerson[d.p.Word(s.Tokens[i])] {
			return d.last
		}
	}
	return -1
}

// Speaks reports whether a word is a verb of saying.
func Speaks(word string, w *words.Words) bool {
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

// IsTitle reports whether a word is a title or a role: minister, general.
func IsTitle(word string, w *words.Words) bool {
	_, ok := w.Title(word)
	return ok
}
