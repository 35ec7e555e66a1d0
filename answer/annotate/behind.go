package annotate

import "strings"

// right returns those whose name or description begins at token k, and the
// last token of it.
func (d *discourse) right(s *Sentence, k int) (who []int, end int) {
	const most = 6
	found, title := -1, -1
	for i := k; i < len(s.Tokens) && i < k+most; i++ {
		t := s.Tokens[i]
		word := d.p.Word(t)
		if t.Class.Is(Quoted) || i > k && strings.ContainsAny(d.p.Gap(s.Tokens[i-1], t), ",.;:()“\"") {
			// "said the baker, Anna Kessler, 41"
			if found < 0 && i > k+1 && determiners[d.p.Word(s.Tokens[k])] && strings.TrimSpace(d.p.Gap(s.Tokens[i-1], t)) == "," && d.person(s, i) {
				n := s.mentionFrom(i)
				return []int{s.Mentions[n].Entity}, s.Mentions[n].Last
			}
			break
		}
		if i == k {
			if who, ok := d.pronoun(t); ok {
				return who, k
			}
		}
		if n := s.mentionFrom(i); n >= 0 {
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
		if n := s.mentionFrom(i); n >= 0 && !d.p.possessive(s.Tokens[s.Mentions[n].Last]) {
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
		if n := s.mentionFrom(k); n >= 0 && !d.p.possessive(s.Tokens[s.Mentions[n].Last]) {
			return append(who, s.Mentions[n].Entity), s.Mentions[n].Last
		}
	}
	return who, end
}
