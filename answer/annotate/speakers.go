package annotate

import (
	"strings"

	"footnote/answer/words"
)

// whoSpeaks returns those who speak by the verb; none where the verb tells of
// a deed, of what was not said, or where nobody is told.
func (d *discourse) whoSpeaks(s *Sentence, v cueVerb) []int {
	toks := s.Tokens
	if v.last+1 < len(toks) && d.p.Word(toks[v.last+1]) == "by" && v.form == pastForm {
		switch v.force {
		case words.Denies, words.Asks, words.Promises: // what was rejected or asked for by somebody is a deed
			return nil
		}
		if deeds[v.base] {
			return nil // "held by", "published by"
		}
		who, _ := d.right(s, v.last+2)
		return who
	}
	if v.passive {
		if v.base == "quote" && v.last+2 < len(toks) && d.p.Word(toks[v.last+1]) == "as" { // "was quoted as saying"
			return d.left(s, v.group-1, true)
		}
		return nil
	}
	if v.unsaid || !d.finite(s, v) || !d.spoken(s, v) {
		return nil
	}
	anyNoun := plainly[v.base] || v.last+1 < len(toks) && d.p.Word(toks[v.last+1]) == "that"
	if v.group == 0 {
		if v.form == ingForm { // "Speaking by video link, Salame …"
			return d.opener(s, v.first)
		}
		if v.last+1 < len(toks) && v.form != baseForm {
			who, _ := d.right(s, v.last+1)
			return who
		}
		return nil
	}
	left := v.group - 1
	gap, word := d.p.Gap(toks[left], toks[v.group]), d.p.Word(toks[left])
	if v.form == ingForm && (strings.Contains(gap, ",") || beforeGerund[word]) {
		return d.opener(s, v.first)
	}
	if toks[left].Class.Is(Quoted) || strings.Contains(gap, ",") {
		if who := d.inverted(s, v); len(who) > 0 {
			return who
		}
		if toks[left].Class.Is(Quoted) {
			return nil
		}
		return d.overAside(s, left, anyNoun)
	}
	if strings.ContainsAny(gap, ";:!?") || strings.Contains(gap, ".") && gap != ". " { // "Omar Haddad Jr. said"
		return nil
	}
	if word == "and" || word == "but" || word == "or" || word == "then" {
		return d.opener(s, v.first)
	}
	if who := d.left(s, left, false); len(who) > 0 || !anyNoun {
		return who
	}
	if who := d.relativeHead(s, left); len(who) > 0 {
		return who
	}
	return d.left(s, left, anyNoun)
}

// beforeGerund are words that a verb in -ing may follow whose subject is that
// of the sentence: "while promising more".
var beforeGerund = words.Set(`while whilst when after before by on in without and then besides`)

// toWhom are the verbs behind which stands who is spoken to or of, never who
// speaks: "…," a resident, Anna Kessler, told Reuters.
var toWhom = words.Set(`tell inform notify brief assure reassure accuse blame criticise criticize condemn urge thank praise welcome call name
	quote cite`)

// inverted returns who stands behind the verb: "…," said the mayor.
func (d *discourse) inverted(s *Sentence, v cueVerb) []int {
	if v.group != v.first || toWhom[v.base] {
		return nil
	}
	who, end := d.right(s, v.last+1)
	if len(who) == 0 {
		return nil
	}
	if s.Tokens[v.group-1].Class.Is(Quoted) || end+1 >= len(s.Tokens) || strings.ContainsAny(d.p.Gap(s.Tokens[end], s.Tokens[end+1]), ",.;:“\"") {
		return who
	}
	switch d.p.Word(s.Tokens[end+1]) {
	case "in", "on", "at", "after", "during", "who":
		return who
	}
	return nil
}

// possessive reports whether the token ends in 's: it owns what follows.
func (p *Doc) possessive(t Token) bool {
	raw := FoldQuote(p.Raw(t))
	return strings.HasSuffix(raw, "'s") || strings.HasSuffix(raw, "s") && strings.HasPrefix(FoldQuote(p.Article.Text[t.End:]), "' ")
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
