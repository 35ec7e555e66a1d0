package answer

import (
	"context"
	"slices"
	"unicode/utf8"

	"footnote/answer/vectors"
	"footnote/corpus"
	"footnote/index"
)

// nearestCount is how many passages are looked at because they mean much the same
// as the question, whatever words they use.
const nearestCount = 20

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

// vectorsAt returns the vectors of a passage; none where words alone are compared.
func (l *Library) vectorsAt(m *meant, number int) (vectors.Passage, error) {
	if m == nil {
		return vectors.Passage{}, nil
	}
	return l.vectors.Passage(number)
}

// nearestPassages returns the numbers of the passages whose vectors are nearest to
// the question's.
func (l *Library) nearestPassages(ctx context.Context, m *meant, article string) ([]int, error) {
	in := index.Range{From: 0, To: l.articles.Size()}
	if article != "" {
		in = l.numbers(article)
	}
	return l.vectors.Nearest(ctx, m.Question, nearestCount, in.From, in.To)
}
