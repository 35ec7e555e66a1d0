package answer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"footnote/answer/vectors"
	"footnote/corpus"
)

// nearestCount is how many passages are looked at because they mean much the same
// as the question, whatever words they use.
const nearestCount = 20

// readable is a sentence as the networks get it: a row of a table with the names
// of its columns.
func readable(a *corpus.Article, s corpus.Span) string {
	cells := a.Row(s)
	if cells == nil {
		return a.Quote(s)
	}
	parts := make([]string, len(cells))
	for i, c := range cells {
		parts[i] = a.Quote(c.Value)
		if c.Name.Len() > 0 {
			parts[i] = a.Quote(c.Name) + ": " + parts[i]
		}
	}
	return strings.Join(parts, "; ")
}

// meant is a question as vectors, with memory for one passage.
type meant struct {
	*vectors.Question
	similar []float32
}

// meant turns a question into vectors; nil where the library has none.
func (l *Library) meant(q *parsed) *meant {
	if l.model == nil || !slices.ContainsFunc(l.languages, l.model.Covers) {
		return nil
	}
	if len(l.languages) > 1 && utf8.RuneCountInString(q.Text) >= leastForLanguage {
		// A question in one of the other languages would find those of the model alone.
		if asked := corpus.DetectLanguage(q.Text); !l.model.Covers(asked) && slices.Contains(l.languages, asked) {
			return nil
		}
	}
	e := l.encoders.Get().(*vectors.Encoder)
	defer l.encoders.Put(e)
	return &meant{Question: e.Question(q.meaning())}
}

// meaning is the question as the networks get it.
func (q *parsed) meaning() string {
	if q.Taken.As != "" { // "him" says little
		return q.Text + " " + q.Taken.As
	}
	return q.Text
}

// passage returns how nearly a passage as a whole, and each of its sentences,
// means what the question does; zeros where there are no vectors. Counting rare
// words for more, or what stands beside a sentence, gained nothing.
func (m *meant) passage(p *vectors.Passage, sentences int) (whole float64, each []float64) {
	each = make([]float64, sentences)
	if m == nil || len(p.Ends) != sentences || len(m.Pieces) == 0 {
		return 0, each
	}
	m.similar = m.Similar(m.similar, p)
	n := len(m.Pieces)
	for i := range each {
		for _, s := range m.similar[i*n:][:n] {
			each[i] += float64(s)
		}
		each[i] /= float64(n)
	}
	return float64(m.Near(p)), each
}

// nearestPassages returns the numbers of the passages whose vectors are nearest to
// the question's.
func (l *Library) nearestPassages(m *meant, article string) []int {
	type near struct {
		passage int
		cosine  float32
	}
	var best []near
	for i := range l.meaning {
		if len(l.meaning[i].Ends) == 0 {
			continue
		}
		if article != "" {
			if doc, _ := l.passageAt(i); l.idOf(doc) != article {
				continue
			}
		}
		n := near{i, m.Near(&l.meaning[i])}
		at, _ := slices.BinarySearchFunc(best, n, func(a, b near) int {
			if a.cosine >= b.cosine { // of equals the first stays first
				return -1
			}
			return 1
		})
		if best = slices.Insert(best, at, n); len(best) > nearestCount {
			best = best[:nearestCount]
		}
	}
	numbers := make([]int, len(best))
	for i, n := range best {
		numbers[i] = n.passage
	}
	return numbers
}
