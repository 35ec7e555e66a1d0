package answer

import (
	"slices"
	"strings"

	"footnote/answer/words"
)

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
			m := d.mentionFrom(s, k+2, 4)
			if m < 0 {
				m = d.unnamedFrom(s, k+2)
			}
			if m >= 0 {
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
			if n > 0 && strings.Contains(d.p.gap(t, s.Tokens[i+1]), ",") {
				return d.beforeApposition(s, n)
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
		return d.unnamed(s, i)
	}
	return -1
}

// beforeApposition returns who speaks in "Ghassan Salame, the envoy for Libya,
// said", where mention n is Libya: the nearest name before it that an
// apposition follows; mention n itself where there is none.
func (d *discourse) beforeApposition(s *sentence, n int) int {
	for k := n - 1; k >= 0; k-- {
		m := s.Mentions[k]
		if m.Last+1 >= len(s.Tokens) || strings.TrimSpace(d.p.gap(s.Tokens[m.Last], s.Tokens[m.Last+1])) != "," {
			continue
		}
		switch d.p.word(s.Tokens[m.Last+1]) {
		case "the", "a", "an", "who", "which", "whose":
			if m.First == 0 || !prepositions[d.p.word(s.Tokens[m.First-1])] {
				return m.Entity
			}
		}
	}
	return s.Mentions[n].Entity
}

// speakers are words for those who speak without being named, besides titles
// and words for bodies.
var speakers = set(`police officials authorities government army military witnesses residents doctors scientists researchers experts
	analysts lawyers prosecutors organisers organizers investigators rescuers firefighters critics supporters opponents activists
	locals neighbours relatives journalists media newspaper magazine report study survey statement company firm organisation
	organization charity airline operator museum university judges judge astronomers engineers economists historians`)

// unnamed returns the entity of somebody without a name whose noun stands at
// token last: "the island council", "police officials"; -1 when it is no noun
// for those who speak.
func (d *discourse) unnamed(s *sentence, last int) int {
	t := s.Tokens[last]
	word := d.p.word(t)
	base := d.w.Lemma(word)
	if t.Class.is(stop|quoted|named) || !speakers[word] && !speakers[base] && !bodies[base] && !isTitle(base, d.w) {
		return -1
	}
	first := last
	for first > 0 && first > last-2 && d.p.gap(s.Tokens[first-1], s.Tokens[first]) == " " && !s.Tokens[first-1].Class.is(stop|quoted|number) {
		first--
	}
	name := d.p.Article.Text[s.Tokens[first].Start:t.End]
	article := ""
	if first > 0 {
		article = d.p.word(s.Tokens[first-1])
	}
	switch {
	case article == "a" || article == "an":
		name = article + " " + name
	case article == "the" || !plural(word) && word != "police":
		name = "the " + name
	}
	for i := range d.p.Entities {
		if d.p.Entities[i].Name == name {
			return i
		}
	}
	e := entity{Name: name}
	for _, t := range s.Tokens[first : last+1] {
		e.Terms = append(e.Terms, t.Term)
	}
	d.p.Entities = append(d.p.Entities, e)
	return len(d.p.Entities) - 1
}

// unnamedFrom returns the entity of somebody without a name whom the words
// from token k on speak of, up to the next comma.
func (d *discourse) unnamedFrom(s *sentence, k int) int {
	for i := k; i < len(s.Tokens) && i < k+5; i++ {
		if i > k && strings.ContainsAny(d.p.gap(s.Tokens[i-1], s.Tokens[i]), ",.;") {
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
