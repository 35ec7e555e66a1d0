package answer

import (
	"slices"

	"footnote/answer/annotate"
	"footnote/answer/shelf"
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
	q       *parsed
	meaning []meaning      // what the strings that mean something mean
	at      map[string]int // such a string → its place in meaning
	// maybe has a bit for the end of the hash of every string that means something:
	// most strings of an article mean nothing, and one look tells.
	maybe [1 << 10]uint64
}

// meaning is what one string means for a question.
type meaning struct {
	terms []termMatch
	exact int // concept whose word the string is; -1 for none
}

func (l *Library) newMatcher(q *parsed) *matcher {
	m := &matcher{q: q, at: map[string]int{}}
	of := func(s string) *meaning {
		i, ok := m.at[s]
		if !ok {
			i = len(m.meaning)
			m.at[s], m.meaning = i, append(m.meaning, meaning{exact: -1})
			h := annotate.HashOf(s)
			m.maybe[h>>6&(1<<10-1)] |= 1 << (h & 63)
		}
		return &m.meaning[i]
	}
	for i := range q.Concepts {
		c := &q.Concepts[i]
		for term, weight := range c.Terms {
			e := of(term)
			e.terms = append(e.terms, termMatch{i, weight})
		}
		of(c.Word).exact = i
	}
	return m
}

// localTerms is what the strings of one article mean for a question. Few mean anything.
type localTerms struct {
	means   []uint64             // a bit for each string: it means something
	strings []int                // those that do, rising
	meaning []*meaning           // of these
	best    [maxConcepts]float64 // how nearly the article as a whole means each concept
}

// local returns what the strings of an article mean.
func (m *matcher) local(p *annotate.Doc) *localTerms {
	lt := &localTerms{means: make([]uint64, (len(p.Strings)+63)/64)}
	for i, h := range p.Hashes() {
		if m.maybe[h>>6&(1<<10-1)]&(1<<(h&63)) == 0 {
			continue
		}
		at, ok := m.at[p.Strings[i]]
		if !ok {
			continue
		}
		lt.means[i>>6] |= 1 << (i & 63)
		lt.strings, lt.meaning = append(lt.strings, i), append(lt.meaning, &m.meaning[at])
		for _, tm := range m.meaning[at].terms {
			lt.best[tm.concept] = max(lt.best[tm.concept], tm.weight)
		}
	}
	return lt
}

// nothing is what most strings mean.
var nothing = meaning{exact: -1}

// of returns what a string of the article means.
func (lt *localTerms) of(i int) *meaning {
	if lt.means[i>>6]&(1<<(i&63)) == 0 {
		return &nothing
	}
	at, _ := slices.BinarySearch(lt.strings, i)
	return lt.meaning[at]
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
		for _, tm := range lt.of(t.Term).terms {
			w := tm.weight
			if t.Class.Is(annotate.Named) && !m.q.Concepts[tm.concept].Name {
				w *= insideName
			}
			if w > out.strength[tm.concept] {
				out.strength[tm.concept], out.at[tm.concept] = w, k
			}
		}
		if c := lt.of(t.Word).exact; c >= 0 {
			out.exact[c] = true
		}
	}
	for _, im := range s.Implied {
		for _, tm := range lt.of(im.Term).terms {
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
		for _, tm := range lt.of(t).terms {
			strength[tm.concept] = max(strength[tm.concept], tm.weight)
		}
	}
}

// aboutWeight is what a term counts that stands over a passage, not in it.
const aboutWeight = 0.5

// indexTerms returns the terms to look for in the index. With wide the words
// that may stand for a concept are looked for too, and what passages stand under.
func (q *parsed) indexTerms(v *shelf.Vocabulary, language string, wide bool) []index.Term {
	var terms []index.Term
	for i := range q.Concepts {
		for t, w := range q.Concepts[i].Terms {
			if (w >= 0.99 || wide) && v.Means(t) {
				terms = append(terms, index.Term{Language: language, Text: t, Weight: w})
				if wide {
					terms = append(terms, index.Term{Language: language, Text: t, Weight: w * aboutWeight, About: true})
				}
			}
		}
	}
	return terms
}
