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
