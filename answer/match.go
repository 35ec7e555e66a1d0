package answer

import (
	"footnote/answer/annotate"
	"footnote/index"
)

// maxConcepts bounds the work that one question can cause. A question with
// more is cut to its rarest concepts.
const maxConcepts = 24

// termMatch says that a term means a concept, and how nearly.
type termMatch struct {
	concept int
	weight  float64
}

// matcher finds the concepts of a question in the sentences of articles.
type matcher struct {
	q     *parsed
	terms map[string][]termMatch
	exact map[string]int // lower-case word → concept
}

func newMatcher(q *parsed) *matcher {
	m := &matcher{q: q, terms: map[string][]termMatch{}, exact: map[string]int{}}
	for i := range q.Concepts {
		c := &q.Concepts[i]
		for term, weight := range c.Terms {
			m.terms[term] = append(m.terms[term], termMatch{i, weight})
		}
		m.exact[c.Word] = i
	}
	return m
}

// localTerms is what the strings of one article mean for a question.
type localTerms struct {
	terms [][]termMatch
	exact []int                // concept whose word the string is; -1 for none
	best  [maxConcepts]float64 // how nearly the article as a whole means each concept
}

func (m *matcher) local(p *annotate.Doc) *localTerms {
	lt := &localTerms{terms: make([][]termMatch, len(p.Strings)), exact: make([]int, len(p.Strings))}
	for i, s := range p.Strings {
		lt.terms[i] = m.terms[s]
		lt.exact[i] = -1
		for _, tm := range lt.terms[i] {
			lt.best[tm.concept] = max(lt.best[tm.concept], tm.weight)
		}
		if c, ok := m.exact[s]; ok {
			lt.exact[i] = c
		}
	}
	return lt
}

// insideName is what a match counts inside a name when the question does not
// mean a name: nothing is built in "Empire State Building".
const insideName = 0.6

// match is how nearly one sentence means each concept, and where.
type match struct {
	strength [maxConcepts]float64
	at       [maxConcepts]int  // the token; -1 for none
	exact    [maxConcepts]bool // the very word stands there
}

func (m *matcher) sentence(lt *localTerms, s *annotate.Sentence, out *match) {
	*out = match{}
	for i := range out.at {
		out.at[i] = -1
	}
	for k := range s.Tokens {
		t := &s.Tokens[k]
		for _, tm := range lt.terms[t.Term] {
			w := tm.weight
			if t.Class.Is(annotate.Named) && !m.q.Concepts[tm.concept].Name {
				w *= insideName
			}
			if w > out.strength[tm.concept] {
				out.strength[tm.concept], out.at[tm.concept] = w, k
			}
		}
		if c := lt.exact[t.Word]; c >= 0 {
			out.exact[c] = true
		}
	}
	for _, im := range s.Implied {
		for _, tm := range lt.terms[im.Term] {
			w := tm.weight * im.Weight
			if im.Weight == 1 && s.Tokens[im.At].Class.Is(annotate.Named) && !m.q.Concepts[tm.concept].Name {
				w *= insideName // another form of the word itself
			}
			if w > out.strength[tm.concept] {
				out.strength[tm.concept], out.at[tm.concept] = w, im.At
			}
		}
	}
}

// terms adds what a list of terms, such as a heading, means to strength.
func (lt *localTerms) add(terms []int, strength *[maxConcepts]float64) {
	for _, t := range terms {
		for _, tm := range lt.terms[t] {
			strength[tm.concept] = max(strength[tm.concept], tm.weight)
		}
	}
}

// indexTerms returns the terms to look for in the index. With wide the words
// that may stand for a concept are looked for too.
func (q *parsed) indexTerms(v *vocabulary, language string, wide bool) []index.Term {
	var terms []index.Term
	for i := range q.Concepts {
		for t, w := range q.Concepts[i].Terms {
			if (w >= 0.99 || wide) && v.terms[t] {
				terms = append(terms, index.Term{Language: language, Text: t, Weight: w})
			}
		}
	}
	return terms
}
