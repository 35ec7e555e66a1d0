package vectors

import (
	"math"
	"slices"

	"footnote/encoder"
)

// An Encoder turns texts into vectors. It holds memory for one text at a time
// and is not to be shared; a [encoder.Model] may be.
type Encoder struct {
	model  *encoder.Model
	runner *encoder.Runner
	ids    []int32

	maxAbout, maxPassage, maxQuestion int // in pieces, marks left out but for the passage
}

// Network is the name of the network that is taught to compare.
const Network = "find"

// NewEncoder returns an Encoder of the model, which must have the [Network].
func NewEncoder(m *encoder.Model) *Encoder {
	return &Encoder{
		model: m, runner: m.Network(Network).NewRunner(),
		maxAbout: min(maxAbout, m.Positions/4), maxPassage: min(maxPassage, m.Positions), maxQuestion: min(maxQuestion, m.Positions-2),
	}
}

// Limits in pieces, as the network was taught; a model may take fewer.
const (
	maxAbout    = 48
	maxPassage  = 300
	maxQuestion = 48
)

// maxSentences is how many sentences of a passage are prepared together. A text
// without paragraphs is one passage, and several Encoders are to share the work.
const maxSentences = 64

// Parts returns how many parts a passage of that many sentences has.
func Parts(sentences int) int { return (sentences + maxSentences - 1) / maxSentences }

// A Part is a part of a passage.
type Part struct {
	Passage
	mean []float32 // not yet of length 1
}

// Passage prepares a passage: about is what it stands under, its title and
// headings, and sentences are its sentences.
func (e *Encoder) Passage(about string, sentences []string) Passage {
	parts := make([]Part, Parts(len(sentences)))
	for i := range parts {
		parts[i] = e.Part(about, sentences, i)
	}
	return Join(parts)
}

// Part prepares one of a passage's [Parts]. What is longer than the network takes
// is taken in several runs.
func (e *Encoder) Part(about string, sentences []string, part int) Part {
	sentences = sentences[part*maxSentences:]
	sentences = sentences[:min(len(sentences), maxSentences)]
	p := Part{Passage{Ends: make([]uint32, len(sentences))}, make([]float32, e.model.Size)}
	head := e.head(about)
	e.ids = append(e.ids[:0], head...)
	var owners []int // sentence of each piece behind the head
	for i, s := range sentences {
		pieces := e.model.Pieces(s)
		if len(owners) > 0 && len(head)+len(owners)+len(pieces)+1 > e.maxPassage {
			e.run(&p, len(head), owners)
			e.ids, owners = append(e.ids[:0], head...), owners[:0]
		}
		for _, piece := range pieces[:min(len(pieces), e.maxPassage-len(head)-1)] {
			e.ids = append(e.ids, piece.ID)
			owners = append(owners, i)
		}
	}
	e.run(&p, len(head), owners)
	for i := range p.Ends { // so far the number of each sentence's pieces
		if i > 0 {
			p.Ends[i] += p.Ends[i-1]
		}
	}
	return p
}

// Join puts the parts of a passage together, all of them and in their order.
func Join(parts []Part) Passage {
	if len(parts) == 0 {
		return Passage{}
	}
	whole, mean := parts[0].Passage, parts[0].mean
	for _, p := range parts[1:] {
		before := whole.Ends[len(whole.Ends)-1]
		for _, end := range p.Ends {
			whole.Ends = append(whole.Ends, before+end)
		}
		whole.Signs = append(whole.Signs, p.Signs...)
		for i, x := range p.mean {
			mean[i] += x
		}
	}
	whole.Mean = quantise(mean)
	return whole
}

// head returns the pieces that stand before a passage's own.
func (e *Encoder) head(about string) []int32 {
	begin, end := e.model.Marks()
	ids := []int32{begin}
	pieces := e.model.Pieces(about)
	for _, p := range pieces[:min(len(pieces), e.maxAbout)] {
		ids = append(ids, p.ID)
	}
	if len(pieces) > 0 {
		ids = append(ids, end)
	}
	return ids
}

// run works through the pieces gathered so far and adds their vectors to the
// part.
func (e *Encoder) run(p *Part, head int, owners []int) {
	if len(owners) == 0 {
		return
	}
	_, end := e.model.Marks()
	e.ids = append(e.ids, end)
	size := e.model.Size
	vectors := e.runner.Run(e.ids, nil)
	for k, owner := range owners {
		v := vectors[(head+k)*size:][:size]
		p.Signs = appendSigns(p.Signs, v)
		p.Ends[owner]++
		inverse := 1 / length(v)
		for i, x := range v {
			p.mean[i] += float32(x * inverse)
		}
	}
}

// length returns the length of a vector, 1 for one of zeros.
func length(v []float32) float32 {
	sum := float32(0)
	for _, x := range v {
		sum += float32(x * x)
	}
	if sum == 0 {
		return 1
	}
	return float32(math.Sqrt(float64(sum)))
}

// quantise writes a vector as int8, the largest number as 127: only its
// direction is kept.
func quantise(v []float32) []int8 {
	most := float32(0)
	for _, x := range v {
		most = max(most, x, -x)
	}
	out := make([]int8, len(v))
	if most == 0 {
		return out
	}
	for i, x := range v {
		out[i] = int8(math.RoundToEven(float64(float32(x * (127 / most)))))
	}
	return out
}

// Question prepares a question.
func (e *Encoder) Question(text string) *Question {
	begin, end := e.model.Marks()
	pieces := e.model.Pieces(text)
	pieces = pieces[:min(len(pieces), e.maxQuestion)]
	e.ids = append(e.ids[:0], begin)
	for _, p := range pieces {
		e.ids = append(e.ids, p.ID)
	}
	e.ids = append(e.ids, end)
	size := e.model.Size
	vectors := e.runner.Run(e.ids, nil)
	q := &Question{Pieces: slices.Clone(pieces)}
	mean := make([]float32, size)
	for i := range e.ids {
		v := vectors[i*size:][:size]
		inverse := 1 / length(v)
		for k, x := range v {
			mean[k] += float32(x * inverse)
		}
		if i > 0 && i < len(e.ids)-1 {
			q.tables = append(q.tables, table(v, inverse)...)
		}
	}
	q.mean = quantise(mean)
	return q
}
