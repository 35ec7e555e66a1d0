package annotate

import (
	"strings"

	"footnote/answer/words"
)

// left returns those whose name or description ends at token j. With anyNoun
// any noun describes somebody.
func (d *discourse) left(s *Sentence, j int, anyNoun bool) []int {
	if j < 0 || s.Tokens[j].Class.Is(Quoted) {
		return nil
	}
	t := s.Tokens[j]
	word := d.p.Word(t)
	if who, ok := d.pronoun(t); ok {
		return who
	}
	if d.p.possessive(t) {
		return nil
	}
	switch word {
	case "itself", "himself", "herself", "themselves":
		return d.left(s, j-1, anyNoun)
	case "who", "that", "which":
		if j > 0 && word != "which" {
			return d.left(s, j-1, false)
		}
		return nil
	}
	first, who := d.determined(s, j, anyNoun)
	if who < 0 {
		return nil
	}
	if first == 0 {
		return []int{who}
	}
	before := d.p.Word(s.Tokens[first-1])
	gap := d.p.Gap(s.Tokens[first-1], s.Tokens[first])
	if attaching[before] && strings.TrimSpace(gap) == "" && first > 1 {
		return d.headOf(s, first-2, j, anyNoun)
	}
	if before == "and" && first > 1 {
		return append(d.coordinated(s, first-2), who)
	}
	return []int{who}
}

// determined is nounPhrase with the determiners before it taken in.
func (d *discourse) determined(s *Sentence, j int, anyNoun bool) (first, who int) {
	first, who = d.nounPhrase(s, j, anyNoun)
	for who >= 0 && first > 0 && determiners[d.p.Word(s.Tokens[first-1])] {
		first--
	}
	return first, who
}

// nounPhrase returns the entity whose name or description ends at token j, or
// -1, and its first token, determiners left out.
func (d *discourse) nounPhrase(s *Sentence, j int, anyNoun bool) (first, who int) {
	if n := s.mentionTo(j); n >= 0 {
		return s.Mentions[n].First, s.Mentions[n].Entity
	}
	first = j
	if who = d.described(s, j, anyNoun); who >= 0 {
		for first > 0 && d.adjectival(s, first-1) {
			first--
		}
	}
	return first, who
}

// attaching are the prepositions that hang a noun on the one before: "the head
// of the agency".
var attaching = words.Set(`of for from at in by on to near against behind`)

// headOf returns who speaks when the noun that ends at token j hangs on what
// ends at token head: "a spokesman | for the ministry", "a letter | seen by
// Sky News".
func (d *discourse) headOf(s *Sentence, head, j int, anyNoun bool) []int {
	if head >= 1 && d.p.Word(s.Tokens[head+1]) != "of" && strings.HasSuffix(d.p.Word(s.Tokens[head]), "ed") ||
		head >= 1 && (d.p.Word(s.Tokens[head]) == "seen" || d.p.Word(s.Tokens[head]) == "written") {
		head-- // a participle: "a letter seen by", "a report published in"
	}
	if d.p.possessive(s.Tokens[head]) || s.Tokens[head].Class.Is(Quoted) {
		return nil
	}
	word := d.p.Word(s.Tokens[head])
	prep := d.p.Word(s.Tokens[head+1])
	if n := s.mentionTo(j); n >= 0 && (prep == "from" || prep == "by") && (word == "statement" || word == "message" || word == "comment") {
		return []int{s.Mentions[n].Entity} // a statement from somebody is his
	}
	who := d.left(s, head, anyNoun)
	if len(who) != 1 || d.p.Entities[who[0]].Counted > 0 || prep != "of" && prep != "for" && prep != "at" || !IsTitle(d.w.Lemma(word), d.w) {
		return who
	}
	// "the head of the agency", in full
	e := d.p.Entities[who[0]]
	from := s.Tokens[head+1].Start
	return []int{d.entity(Entity{Name: e.Name + " " + oneLine(d.p.Article.Text[from:s.Tokens[j].End]), Kind: e.Kind, Terms: append(append([]int{}, e.Terms...), d.termsOf(s, head+2, j)...)})}
}

// termsOf returns the terms of tokens first to last that are no function words.
func (d *discourse) termsOf(s *Sentence, first, last int) []int {
	var terms []int
	for _, t := range s.Tokens[first : last+1] {
		if !t.Class.Is(Stop) {
			terms = append(terms, t.Term)
		}
	}
	return terms
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// coordinated returns the first of two who speak together: "*France* and Italy
// said", "both *France* and Italy". What the clause before ends with ("shelled
// Misrata and Salame said") is none.
func (d *discourse) coordinated(s *Sentence, j int) []int {
	first, who := d.determined(s, j, false)
	if who < 0 {
		return nil
	}
	if first == 0 {
		return []int{who}
	}
	before := s.Tokens[first-1]
	if strings.Contains(d.p.Gap(before, s.Tokens[first]), ",") {
		return append(d.coordinated(s, first-1), who)
	}
	if word := d.p.Word(before); word == "both" || word == "that" || word == "which" || word == "while" || word == "but" {
		return []int{who}
	}
	return nil
}

// overAside returns who speaks where a comma stands between subject and verb:
// "Ghassan Salame, the envoy for Libya, | said".
func (d *discourse) overAside(s *Sentence, j int, anyNoun bool) []int {
	const most = 40 // words of an apposition
	end := j
	for range 4 {
		c := end - 1
		for c >= 0 && c > end-most && !strings.ContainsAny(d.p.Gap(s.Tokens[c], s.Tokens[c+1]), ",(–—") {
			c--
		}
		if c < 0 || c == end-most || !d.opensAside(s, c+1) {
			break
		}
		if who := d.left(s, c, false); len(who) > 0 {
			return who
		}
		end = c
	}
	return d.left(s, j, anyNoun && end == j)
}

// opensAside reports whether an apposition or the like may begin at token k.
func (d *discourse) opensAside(s *Sentence, k int) bool {
	t := s.Tokens[k]
	word := d.p.Word(t)
	if d.p.postNominal(s.Tokens, k) {
		return true
	}
	if t.Class.Is(Named) && !d.p.possessive(t) {
		return false
	}
	return determiners[word] || word == "who" || word == "which" || word == "whose" || IsTitle(d.w.Lemma(word), d.w) || Prepositions[word] ||
		subordinate[word] || betweens[word] || t.Class.Is(Number) || strings.HasSuffix(word, "ing") || strings.HasSuffix(word, "ly") ||
		d.p.possessive(t) || word == "himself" || word == "herself"
}

// relativeHead returns whom the sentence opens with where a relative clause
// stands between that and the verb behind token left: "The firm that had put
// up the frame | said".
func (d *discourse) relativeHead(s *Sentence, left int) []int {
	from := d.afterIntroduction(s, left)
	for i := from + 1; i < left && i < from+8; i++ {
		if strings.ContainsAny(d.p.Gap(s.Tokens[i-1], s.Tokens[i]), ",;:") {
			return nil
		}
		switch d.p.Word(s.Tokens[i]) {
		case "that", "who", "which", "whose":
			return d.left(s, i-1, true)
		}
	}
	return nil
}
