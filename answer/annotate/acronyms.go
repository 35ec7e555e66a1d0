package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
	"footnote/index"
)

// BaseTerm returns the term of a word's base form where the stemmer does not
// lead there: sink for sank, child for children; "" otherwise.
func BaseTerm(w *words.Words, word, term string) string {
	base := w.Lemma(word)
	if base == word {
		return ""
	}
	toks := index.Analyze("en", base)
	if len(toks) != 1 || toks[0].Stop || toks[0].Term == term {
		return ""
	}
	return toks[0].Term
}

// AcronymKey is the term of an acronym that is spelt like a function word:
// the WHO, the US, IT.
func AcronymKey(lower string) string { return "=" + strings.ReplaceAll(lower, ".", "") }

// acronyms returns the terms of the short forms of each entity: the ones that
// the article writes in parentheses behind the name, or that its initials make;
// and of each entity that is such a short form the one of the long name.
func acronyms(p *Doc, t *table) (short map[int][]int, full map[int]int) {
	short, full = map[int][]int{}, map[int]int{}
	add := func(entity int, s string) {
		for _, key := range []string{s, AcronymKey(s)} {
			if id := t.add(key); !slices.Contains(short[entity], id) {
				short[entity] = append(short[entity], id)
			}
		}
	}
	byInitials := map[string]int{}
	for i := range p.Entities {
		e := &p.Entities[i]
		if e.Kind != Person && e.Kind != Place || len(e.Terms) >= 3 {
			if in := initials(e.Name); len(in) >= 2 {
				add(i, in)
				if _, taken := byInitials[in]; !taken {
					byInitials[in] = i
				}
			}
		}
	}
	for i := range p.Sentences {
		s := &p.Sentences[i]
		for k, m := range s.Mentions {
			first := s.Tokens[m.First]
			if m.First != m.Last || !first.Class.Is(Acronym) {
				continue
			}
			word := strings.ReplaceAll(p.Word(first), ".", "")
			long := -1
			if k > 0 && s.Mentions[k-1].Last+1 == m.First && strings.TrimSpace(p.Gap(s.Tokens[m.First-1], first)) == "(" {
				long = s.Mentions[k-1].Entity
			} else if e, ok := byInitials[word]; ok && e != m.Entity {
				long = e
			}
			if long >= 0 && long != m.Entity {
				add(long, word)
				full[m.Entity] = long
				for _, term := range p.Entities[long].Terms {
					if !slices.Contains(short[m.Entity], term) {
						short[m.Entity] = append(short[m.Entity], term)
					}
				}
			}
		}
	}
	return short, full
}

// initials returns the first letters of a name's capitalised words, in lower case.
func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		if w[0] >= 'A' && w[0] <= 'Z' {
			b.WriteByte(w[0] + 'a' - 'A')
		}
	}
	return b.String()
}
