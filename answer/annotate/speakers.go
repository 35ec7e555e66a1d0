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
	if strings.ContainsAny(gap, ";:.!?") {
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

// beforeGerund are words that a verb in -ing may follow whose subject is that
// of the sentence: "while promising more".
var beforeGerund = words.Set(`while whilst when after before by on in without and then besides`)

// inverted returns who stands behind the verb: "…," said the mayor.
func (d *discourse) inverted(s *Sentence, v cueVerb) []int {
	if v.group != v.first {
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
	first, who := -1, -1
	if n := d.mentionTo(s, j); n >= 0 {
		first, who = s.Mentions[n].First, s.Mentions[n].Entity
	} else if who = d.described(s, j, anyNoun); who >= 0 {
		for first = j; first > 0 && d.adjectival(s, first-1); first-- {
		}
	}
	if who < 0 {
		return nil
	}
	for first > 0 && determiners[d.p.Word(s.Tokens[first-1])] {
		first--
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
	if n := d.mentionTo(s, j); n >= 0 && (prep == "from" || prep == "by") && (word == "statement" || word == "message" || word == "comment") {
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
	n := d.mentionTo(s, j)
	if n < 0 {
		return nil
	}
	m := s.Mentions[n]
	first := m.First
	for first > 0 && determiners[d.p.Word(s.Tokens[first-1])] {
		first--
	}
	if first == 0 {
		return []int{m.Entity}
	}
	before := s.Tokens[first-1]
	if strings.Contains(d.p.Gap(before, s.Tokens[first]), ",") {
		return append(d.coordinated(s, first-1), m.Entity)
	}
	if word := d.p.Word(before); word == "both" || word == "that" || word == "which" || word == "while" || word == "but" {
		return []int{m.Entity}
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
	if t.Class.Is(Named) && !d.p.possessive(t) {
		return false
	}
	return determiners[word] || word == "who" || word == "which" || word == "whose" || IsTitle(d.w.Lemma(word), d.w) || Prepositions[word] ||
		subordinate[word] || betweens[word] || t.Class.Is(Number) || strings.HasSuffix(word, "ing") || strings.HasSuffix(word, "ly") ||
		d.p.possessive(t) || word == "himself" || word == "herself"
}

// right returns those whose name or description begins at token k, and the
// last token of it.
func (d *discourse) right(s *Sentence, k int) (who []int, end int) {
	const most = 6
	found, title := -1, -1
	for i := k; i < len(s.Tokens) && i < k+most; i++ {
		t := s.Tokens[i]
		word := d.p.Word(t)
		if t.Class.Is(Quoted) || i > k && strings.ContainsAny(d.p.Gap(s.Tokens[i-1], t), ",.;:()“\"") {
			break
		}
		if i == k {
			if who, ok := d.pronoun(t); ok {
				return who, k
			}
		}
		if n := d.mentionFrom(s, i); n >= 0 {
			m := s.Mentions[n]
			i = m.Last
			if d.p.possessive(s.Tokens[m.Last]) {
				continue
			}
			// "Reuters news agency": the noun behind the name is its head.
			if head := d.headBehind(s, m.Last); head >= 0 {
				return []int{d.described(s, head, false)}, head
			}
			return d.more(s, []int{m.Entity}, m.Last)
		}
		if t.Class.Is(Stop) && !determiners[word] {
			break
		}
		if who := d.described(s, i, false); who >= 0 {
			found, title = who, i
		} else if found >= 0 {
			break
		}
	}
	if found < 0 {
		return nil, k
	}
	if named := d.suchAs(s, title+1); len(named) > 0 {
		return named, title
	}
	return d.more(s, []int{found}, title)
}

// suchAs returns those who are named as examples from token k on: "critics
// *like* Anna Kessler".
func (d *discourse) suchAs(s *Sentence, k int) []int {
	const most = 5 // words up to the name
	if k+1 >= len(s.Tokens) || d.p.Word(s.Tokens[k]) != "like" && d.p.Word(s.Tokens[k]) != "including" && d.p.Word(s.Tokens[k]) != "such" {
		return nil
	}
	for i := k + 1; i < len(s.Tokens) && i < k+most; i++ {
		if n := d.mentionFrom(s, i); n >= 0 && !d.p.possessive(s.Tokens[s.Mentions[n].Last]) {
			who, _ := d.more(s, []int{s.Mentions[n].Entity}, s.Mentions[n].Last)
			return who
		}
	}
	return nil
}

// headBehind returns the token of a noun for a body right behind a name, -1
// where there is none.
func (d *discourse) headBehind(s *Sentence, last int) int {
	head := -1
	for i := last + 1; i < len(s.Tokens) && i <= last+3; i++ {
		if d.p.Gap(s.Tokens[i-1], s.Tokens[i]) != " " || s.Tokens[i].Class.Is(Stop|Named|Quoted|Number) {
			break
		}
		if word := d.w.Lemma(d.p.Word(s.Tokens[i])); bodies[word] || speakers[word] {
			head = i
		}
	}
	return head
}

// more adds those who are named together with others: "France and Italy".
func (d *discourse) more(s *Sentence, who []int, end int) ([]int, int) {
	if end+2 < len(s.Tokens) && d.p.Word(s.Tokens[end+1]) == "and" && d.p.Gap(s.Tokens[end], s.Tokens[end+1]) == " " {
		k := end + 2
		if determiners[d.p.Word(s.Tokens[k])] && k+1 < len(s.Tokens) {
			k++
		}
		if n := d.mentionFrom(s, k); n >= 0 && !d.p.possessive(s.Tokens[s.Mentions[n].Last]) {
			return append(who, s.Mentions[n].Entity), s.Mentions[n].Last
		}
	}
	return who, end
}

// mentionFrom returns the position of the mention that begins at token i, or -1.
func (d *discourse) mentionFrom(s *Sentence, i int) int {
	for n, m := range s.Mentions {
		if m.First == i {
			return n
		}
	}
	return -1
}

// possessive reports whether the token ends in 's: it owns what follows.
func (p *Doc) possessive(t Token) bool {
	raw := FoldQuote(p.Raw(t))
	return strings.HasSuffix(raw, "'s") || strings.HasSuffix(raw, "s") && strings.HasPrefix(FoldQuote(p.Article.Text[t.End:]), "' ")
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
