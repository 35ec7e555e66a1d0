package annotate

import "strings"

// opener returns whom the sentence is about where that stands first, for a
// verb at token k whose subject does not stand right before it: "*He* picked
// out two states and accused them".
func (d *discourse) opener(s *Sentence, k int) []int {
	from := d.afterIntroduction(s, k)
	found := -1
	for i := from; i < k && i < from+8; i++ {
		t := s.Tokens[i]
		word := d.p.Word(t)
		if t.Class.Is(Quoted) || i > from && strings.ContainsAny(d.p.Gap(s.Tokens[i-1], t), ",.;:()“\"") {
			break
		}
		if i == from {
			if who, ok := d.pronoun(t); ok {
				return who
			}
		}
		if n := s.mentionFrom(i); n >= 0 {
			m := s.Mentions[n]
			i = m.Last
			if d.p.possessive(s.Tokens[m.Last]) {
				continue
			}
			who, _ := d.more(s, []int{m.Entity}, m.Last)
			return who
		}
		if t.Class.Is(Stop) && !determiners[word] {
			break
		}
		if who := d.described(s, i, false); who >= 0 {
			found = who
		}
	}
	if found < 0 {
		return nil
	}
	return []int{found}
}

// afterIntroduction returns the token at which the main clause begins: behind
// the first comma where the sentence opens with "In a speech, …" or "When he
// came, …".
func (d *discourse) afterIntroduction(s *Sentence, k int) int {
	if len(s.Tokens) == 0 {
		return 0
	}
	word := d.p.Word(s.Tokens[0])
	if !Prepositions[word] && !subordinate[word] && !strings.HasSuffix(word, "ing") && word != "but" && word != "and" && !strings.HasSuffix(word, "ly") {
		return 0
	}
	for i := 1; i <= k && i < len(s.Tokens); i++ {
		if strings.Contains(d.p.Gap(s.Tokens[i-1], s.Tokens[i]), ",") {
			return i
		}
	}
	if word == "but" || word == "and" {
		return 1
	}
	return 0
}
