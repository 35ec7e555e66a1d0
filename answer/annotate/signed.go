package annotate

import "strings"

// dashes may stand between a quotation and who said it.
const dashes = "-–—―"

// signature returns whose name the tokens of a sentence from k on are, -1 where
// they are more than a name and what he is: "— Anna Kessler, mayor of Brookfield".
func (d *discourse) signature(s *Sentence, k int) int {
	const most = 14
	if k >= len(s.Tokens) || len(s.Tokens)-k > most {
		return -1
	}
	for _, t := range s.Tokens[k:] {
		if word := d.p.Word(t); t.Class.Is(Quoted) || Auxiliary[word] || nominative[word] || word == "who" || word == "which" {
			return -1
		}
	}
	role := IsTitle(d.p.Word(s.Tokens[k]), d.w) || determiners[d.p.Word(s.Tokens[k])] && k+1 < len(s.Tokens) && IsTitle(d.p.Word(s.Tokens[k+1]), d.w)
	for _, m := range s.Mentions {
		if e := &d.p.Entities[m.Entity]; m.First == k && e.Kind != Place || m.First > k && role && e.Kind == Person {
			return m.Entity
		}
	}
	if who, _ := d.right(s, k); len(who) > 0 {
		return who[0]
	}
	return -1
}

// signed returns who signs the quotation that a sentence holds: "“…” — Anna
// Kessler"; -1 where nobody does. The second result is the name's first token.
func (d *discourse) signed(s *Sentence) (who, at int) {
	if len(s.Tokens) == 0 || !s.Tokens[0].Class.Is(Quoted) {
		return -1, 0
	}
	for k := 1; k < len(s.Tokens); k++ {
		if !s.Tokens[k].Class.Is(Quoted) {
			if !strings.ContainsAny(d.p.Gap(s.Tokens[k-1], s.Tokens[k]), dashes) {
				return -1, 0
			}
			return d.signature(s, k), k
		}
	}
	return -1, 0
}

// signedBelow returns who signs the quotation in which sentence i stands on the
// line below it, with or without a dash; -1 where nobody does.
func (d *discourse) signedBelow(i int) int {
	const most = 20
	all := d.p.Sentences
	below := i + 1
	for below < len(all) && below < i+most && len(all[below].Tokens) > 0 && (all[below-1].Unclosed && all[below].Passage == all[below-1].Passage || allQuoted(&all[below])) {
		if who, _ := d.signed(&all[below]); who >= 0 {
			return who
		}
		below++
	}
	if below >= len(all) || len(all[below].Tokens) == 0 || all[below].Passage > all[i].Passage+most {
		return -1
	}
	if who, _ := d.signed(&all[below]); who >= 0 {
		return who
	}
	s := &all[below]
	text := d.p.Article.Text
	switch lead := text[all[below-1].End:s.Tokens[0].Start]; {
	case strings.ContainsAny(lead, dashes):
		return d.signature(s, 0)
	case !strings.Contains(lead, "\n"), strings.ContainsAny(text[s.End-1:s.End], ".?!:;"):
		return -1
	}
	// Without a dash it is the full name of a person, and at most what he is.
	if n := s.mentionFrom(0); n < 0 || d.p.Entities[s.Mentions[n].Entity].Kind != Person ||
		s.Mentions[n].Last+1 < len(s.Tokens) && !strings.ContainsAny(d.p.Gap(s.Tokens[s.Mentions[n].Last], s.Tokens[s.Mentions[n].Last+1]), ",(") {
		return -1
	}
	return d.signature(s, 0)
}

// introduced returns whose words a line without a verb announces: "And from
// Chairwoman Anna Kessler:"; -1 where it announces nobody's.
func (d *discourse) introduced(s *Sentence) int {
	if len(s.Tokens) == 0 || !strings.Contains(d.p.Article.Text[s.Tokens[len(s.Tokens)-1].End:s.End], ":") {
		return -1
	}
	return d.announced(s, len(s.Tokens))
}

// announced returns whose words the tokens of a sentence before token end announce,
// -1 where they announce nobody's.
func (d *discourse) announced(s *Sentence, end int) int {
	const most = 12
	if end > most {
		return -1
	}
	for k, t := range s.Tokens[:end] {
		word := d.p.Word(t)
		switch {
		case t.Class.Is(Quoted):
			return -1
		case word == "from" || word == "by":
			if who, _ := d.right(s, k+1); len(who) > 0 {
				return who[0]
			}
			return -1
		}
	}
	for _, m := range s.Mentions {
		if m.First > 1 || m.First == 1 && d.p.Word(s.Tokens[0]) != "and" && d.p.Word(s.Tokens[0]) != "then" {
			break
		}
		if d.p.Entities[m.Entity].Kind == Person {
			return m.Entity
		}
	}
	return -1
}

// without returns those to whom a quotation belongs by the verb of the one
// before: "Vale called it “a joke”, *Dorn* “a start”".
func (d *discourse) without(s *Sentence, all []utterance) []utterance {
	if len(all) == 0 {
		return nil
	}
	var found []utterance
	for k := 1; k < len(s.Tokens); k++ {
		if !s.Tokens[k].Class.Is(Quoted) || s.Tokens[k-1].Class.Is(Quoted) || all[0].cue >= k-1 {
			continue
		}
		gap := d.p.Gap(s.Tokens[k-1], s.Tokens[k])
		if strings.ContainsAny(gap, ";:.") {
			continue
		}
		first, who := d.determined(s, k-1, false)
		if who < 0 || first < 2 {
			continue
		}
		before := d.p.Word(s.Tokens[first-1])
		apart := d.p.Gap(s.Tokens[first-1], s.Tokens[first])
		if strings.Contains(gap, ",") && !strings.Contains(apart, ";") {
			continue
		}
		if strings.ContainsAny(apart, ",;") || before == "and" || before == "while" || before == "but" {
			found = append(found, utterance{speaker: who, cue: k - 1})
		}
	}
	return found
}

// inquit returns who stands with any verb behind a quotation that ends with a
// comma or a mark of its own: "…," Anna Kessler sighed. -1 where nobody does.
func (d *discourse) inquit(s *Sentence) (who, verb int) {
	k, small := 0, 0
	for k < len(s.Tokens) && s.Tokens[k].Class.Is(Quoted) {
		if !s.Tokens[k].Class.Is(Capital | Stop) {
			small++
		}
		k++
	}
	if k == 0 || k+1 >= len(s.Tokens) || small == 0 {
		return -1, 0
	}
	if gap := d.p.Gap(s.Tokens[k-1], s.Tokens[k]); !strings.ContainsAny(gap, ",?!") {
		return -1, 0
	}
	past := func(i int) bool {
		word := d.p.Word(s.Tokens[i])
		return d.w.Lemma(word) != word && !s.Tokens[i].Class.Is(Stop|Capital) && !strings.HasSuffix(word, "ing") && !plurals[word]
	}
	ends := func(i int) bool {
		return i+1 == len(s.Tokens) || d.p.Gap(s.Tokens[i], s.Tokens[i+1]) != " " || s.Tokens[i+1].Class.Is(Stop)
	}
	if past(k) {
		if found, end := d.right(s, k+1); len(found) > 0 && ends(end) {
			return found[0], k
		}
		return -1, 0
	}
	if found, end := d.right(s, k); len(found) > 0 && end+1 < len(s.Tokens) && d.p.Gap(s.Tokens[end], s.Tokens[end+1]) == " " && past(end+1) && ends(end+1) {
		return found[0], end + 1
	}
	return -1, 0
}
