package answer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"footnote/answer/annotate"
)

// named reports whether a concept names somebody or something, be it in
// several words.
func (c *concept) named() bool { return c.Name || c.Proper }

// concept is one thing that a question is about: a word or a phrase, with the
// terms that mean it.
type concept struct {
	Text     string             // as typed, for telling what was looked for
	Word     string             // in lower case, spelling repaired
	Terms    map[string]float64 // analysed term or phrase → how nearly it means the concept, 0 to 1
	Weight   float64            // how much it tells: rare words more
	Name     bool               // names somebody or something
	Proper   bool               // a phrase that names a place or an organisation
	Focus    bool               // the noun asked for: "how many *children*"
	Kind     bool               // only names the kind of thing asked for: "which *countries*"
	Number   bool               //
	Position int                // token in the question
}

// concepts gathers what a question is about.
func (l *Library) concepts(p *parsed, toks []qtoken, language string) {
	lower := make([]string, len(toks))
	for i, t := range toks {
		lower[i] = t.lower
	}
	taken := make([]bool, len(toks))
	if language == "en" {
		for _, m := range l.words.Phrases(lower) {
			var raw []string
			useful := false
			for i := m.Start; i < m.End; i++ {
				raw = append(raw, toks[i].raw)
				useful = useful || !toks[i].stop && !light[toks[i].lower]
			}
			if !useful || taken[m.Start] {
				continue
			}
			c := concept{Text: strings.Join(raw, " "), Word: m.Phrase, Terms: map[string]float64{}, Position: m.Start}
			l.expand(&c, m.Phrase, language)
			c.Proper = len(l.words.Places(m.Phrase)) > 0 || len(l.words.Organisations(m.Phrase)) > 0
			c.add(m.Phrase, 1)
			if !l.known(&c) {
				continue // nothing here means the phrase as a whole: its words count alone
			}
			c.Name = l.namedPhrase(toks[m.Start:m.End])
			// The words of the phrase mean it too, each only in part.
			parts := 0
			for i := m.Start; i < m.End; i++ {
				taken[i] = true
				if !toks[i].stop {
					parts++
				}
			}
			for i := m.Start; i < m.End; i++ {
				if !toks[i].stop {
					c.add(toks[i].term, 1/float64(max(parts, 1))*0.9)
				}
			}
			c.Weight = l.rarity(p, &c, language)
			p.Concepts = append(p.Concepts, c)
		}
	}
	for i, t := range toks {
		if taken[i] || t.stop && !strings.HasPrefix(t.term, "=") || light[t.lower] && !l.vocabulary.Name(t.lower) {
			continue
		}
		c := concept{Text: t.raw, Word: t.lower, Terms: map[string]float64{}, Position: i}
		c.add(t.term, 1)
		c.Name = l.vocabulary.Name(t.lower) || i > 0 && unicode.IsUpper([]rune(t.raw)[0])
		_, c.Number = l.words.Number(t.lower)
		c.Number = c.Number || unicode.IsDigit([]rune(t.lower)[0])
		if language == "en" {
			l.expand(&c, t.lower, language)
		}
		c.Weight = l.rarity(p, &c, language)
		if c.Name {
			c.Weight = max(c.Weight, nameWeight)
		}
		p.Concepts = append(p.Concepts, c)
	}
	p.Concepts = rarest(p.Concepts)
	slices.SortStableFunc(p.Concepts, func(a, b concept) int { return a.Position - b.Position })
	if len(p.Concepts) == 0 { // only function words: look for what there is
		for i, t := range toks[:min(len(toks), maxConcepts)] {
			if !annotate.Auxiliary[t.lower] && len(t.lower) > 2 {
				c := concept{Text: t.raw, Word: t.lower, Terms: map[string]float64{t.term: 1}, Position: i, Weight: 0.5}
				p.Concepts = append(p.Concepts, c)
			}
		}
	}
	for i := range p.Concepts {
		c := &p.Concepts[i]
		if c.Position == 0 && !c.Name && language != "de" { // a capital that only begins the question
			c.Text = strings.ToLower(c.Text)
		}
		if t := toks[c.Position]; !t.stop && !annotate.Auxiliary[t.lower] && !whWords[t.lower] && !light[t.lower] || c.Name {
			p.Looked = append(p.Looked, c.Text)
		}
	}
	l.focus(p, toks)
}

// namedPhrase reports whether a phrase is a name in the library: "General
// Assembly", not "air raid".
func (l *Library) namedPhrase(toks []qtoken) bool {
	capital := false
	for _, t := range toks {
		if t.stop {
			continue
		}
		if !l.vocabulary.Name(t.lower) {
			return false
		}
		capital = capital || unicode.IsUpper([]rune(t.raw)[0])
	}
	return capital
}

// rarest returns at most maxConcepts concepts, those that tell most, each
// word once.
func rarest(all []concept) []concept {
	seen := map[string]bool{}
	var kept []concept
	for _, c := range all {
		if !seen[c.Word] {
			seen[c.Word] = true
			kept = append(kept, c)
		}
	}
	slices.SortStableFunc(kept, func(a, b concept) int { return cmp.Compare(b.Weight, a.Weight) })
	return kept[:min(len(kept), maxConcepts)]
}

// nameWeight is the least that a name tells: in an article about one man his
// name is no rare word, and still it decides who is asked about.
const nameWeight = 1.0

// add lets a term mean the concept at least as surely as weight.
func (c *concept) add(term string, weight float64) {
	if weight > c.Terms[term] {
		c.Terms[term] = weight
	}
}

// focus marks the noun that is asked for and the speaker that is asked about.
func (l *Library) focus(p *parsed, toks []qtoken) {
	after := -1
	for i, t := range toks {
		switch t.lower {
		case "which", "what", "whose", "many", "much":
			after = i
		}
		if after >= 0 {
			break
		}
	}
	if after >= 0 && after+1 < len(toks) && !annotate.Auxiliary[toks[after+1].lower] {
		// "which mobile phone company did …": the head is the word before the
		// helping verb. Without one it is the first: "which countries support …".
		end := after + 1
		for end < len(toks) && end < after+5 && !toks[end].stop && !annotate.Auxiliary[toks[end].lower] {
			end++
		}
		head := after + 1
		if end < len(toks) && annotate.Auxiliary[toks[end].lower] && end > head {
			head = end - 1
		}
		for i := range p.Concepts {
			c := &p.Concepts[i]
			if c.Position != head && c.Position != after+1 {
				continue
			}
			if c.Focus = c.Position == head; c.Focus {
				p.Focus = i
			}
			if k, ok := focusKinds[c.Word]; ok && k == p.Asked {
				c.Kind = true
			}
		}
	}
	if p.Asked == aQuote || p.Asked == anything {
		l.saidBy(p, toks)
	}
}

// saidBy finds the speaker that is asked about: the name or title nearest
// before the first verb of saying, "what did *Haftar* say".
func (l *Library) saidBy(p *parsed, toks []qtoken) {
	verb := slices.IndexFunc(toks, func(t qtoken) bool { return annotate.Speaks(t.lower, l.words) })
	for i := range p.Concepts {
		c := &p.Concepts[i]
		if c.Position < verb && (c.Name || annotate.IsTitle(c.Word, l.words)) {
			p.SaidBy = i
		}
	}
}
