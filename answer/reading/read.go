package reading

import (
	"math"

	"footnote/encoder"
	"footnote/internal/exact"
)

// Network is the name of the network that is taught to read; its heads are
// [headSpan] and [headAnswers].
const Network = "read"

const (
	headSpan    = "span"    // two numbers a piece: an answer begins here, ends here
	headAnswers = "answers" // one number of the mark before the text: the log-odds that it answers
)

// Limits in pieces, as the network was taught; a model may take fewer.
const (
	maxQuestion = 48
	maxAbout    = 48
	maxPassage  = 200
	maxSpan     = 40
)

// A Reader holds memory for one text at a time and is not to be shared; a
// [encoder.Model] may be.
type Reader struct {
	model    *encoder.Model
	network  *encoder.Network
	runner   *encoder.Runner
	ids      []int32
	types    []uint8
	at       []encoder.Piece // of the passage
	sentence []int           // of each of them

	begin, end, likeBegin, likeEnd []float64 // of each of them
}

// Reads reports whether a model has a network that reads.
func Reads(m *encoder.Model) bool {
	n := m.Network(Network)
	return n != nil && n.Outputs(headSpan) == 2 && n.Outputs(headAnswers) == 1 && m.Types > 1
}

// NewReader returns a Reader of the model, which must have the [Network].
func NewReader(m *encoder.Model) *Reader {
	n := m.Network(Network)
	return &Reader{model: m, network: n, runner: n.NewRunner()}
}

// Reading is what a passage says to a question.
type Reading struct {
	Answers float64 // log-odds that the passage answers
	Spans   []Span  // of each of its sentences, the likeliest
}

// Span is what of a sentence may be the answer.
type Span struct {
	Start, End int     // bytes of the sentence; empty where it was beyond what the network takes
	Score      float64 // log of how much likelier it is than that nothing answers
	Sure       float64 // its share, with those that begin and end near it, of all that is likely, 0 to 1
}

// Read reads a passage: about is what it stands under, its title and headings.
// Of a passage that is longer than the network takes the end is left out.
func (r *Reader) Read(question, about string, sentences []string) Reading {
	begin, end := r.model.Marks()
	r.ids, r.types = append(r.ids[:0], begin), append(r.types[:0], 0)
	r.add(r.model.Pieces(question), min(maxQuestion, r.model.Positions/4), 0)
	r.ids, r.types = append(r.ids, end), append(r.types, 0)
	if about != "" {
		r.add(r.model.Pieces(about+". "), min(maxAbout, r.model.Positions/4), 1)
	}
	head := len(r.ids)
	r.sentence, r.at = r.sentence[:0], r.at[:0]
	most := min(maxPassage, r.model.Positions-head-1)
	for i, s := range sentences {
		pieces := r.model.Pieces(s)
		pieces = pieces[:max(min(len(pieces), most-len(r.at)), 0)]
		r.add(pieces, len(pieces), 1)
		r.at = append(r.at, pieces...)
		for range pieces {
			r.sentence = append(r.sentence, i)
		}
	}
	r.ids, r.types = append(r.ids, end), append(r.types, 1)
	vectors := r.runner.Run(r.ids, r.types)
	size := r.model.Size
	first := vectors[:size]
	out := Reading{Answers: float64(r.network.Head(headAnswers, first)[0]), Spans: make([]Span, len(sentences))}
	none := r.network.Head(headSpan, first)
	r.begin, r.end = r.begin[:0], r.end[:0]
	for k := range r.at {
		v := r.network.Head(headSpan, vectors[(head+k)*size:][:size])
		r.begin, r.end = append(r.begin, float64(v[0])), append(r.end, float64(v[1]))
	}
	r.spans(out.Spans, float64(none[0]), float64(none[1]))
	return out
}

func (r *Reader) add(pieces []encoder.Piece, most int, kind uint8) {
	for _, p := range pieces[:min(len(pieces), most)] {
		r.ids, r.types = append(r.ids, p.ID), append(r.types, kind)
	}
}

// nearEnough is by how many pieces a span may begin or end elsewhere to count as the
// same answer: with its hedge or without, "at least 31".
const nearEnough = 2

// spans finds the likeliest span of each sentence. Sums run in one order and
// products are rounded, so that every machine finds the same.
func (r *Reader) spans(out []Span, noneBegin, noneEnd float64) {
	for i := range out {
		out[i].Score = math.Inf(-1)
	}
	type pair struct{ i, j int }
	best := make([]pair, len(out))
	r.likeBegin, r.likeEnd = r.likeBegin[:0], r.likeEnd[:0]
	for i := range r.at {
		r.likeBegin = append(r.likeBegin, exact.Exp(r.begin[i]-noneBegin))
		r.likeEnd = append(r.likeEnd, exact.Exp(r.end[i]-noneEnd))
	}
	total := 1.0 // that nothing answers
	for i, s := range r.sentence {
		for j := i; j < len(r.at) && j < i+maxSpan && r.sentence[j] == s; j++ {
			total += float64(r.likeBegin[i] * r.likeEnd[j])
			if v := r.begin[i] - noneBegin + r.end[j] - noneEnd; v > out[s].Score {
				out[s].Score, best[s] = v, pair{i, j}
			}
		}
	}
	for s := range out {
		if math.IsInf(out[s].Score, -1) {
			continue
		}
		b := best[s]
		out[s].Start, out[s].End = r.at[b.i].Start, r.at[b.j].End
		like := 0.0
		for i := max(b.i-nearEnough, 0); i <= min(b.i+nearEnough, len(r.at)-1); i++ {
			for j := max(b.j-nearEnough, i); j <= min(b.j+nearEnough, len(r.at)-1); j++ {
				if r.sentence[i] == s && r.sentence[j] == s {
					like += float64(r.likeBegin[i] * r.likeEnd[j])
				}
			}
		}
		out[s].Sure = like / total
	}
}
