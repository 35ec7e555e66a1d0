package answer

import (
	"footnote/answer/annotate"
	"footnote/answer/reading"
	"footnote/answer/shelf"
	"footnote/corpus"
)

// How much is read closely: so many passages, and of each so much around the
// sentence that came first, in bytes.
const (
	readPassages = 3
	readBytes    = 320
	// settledBy is by how much of the score a sentence leads those of other passages
	// where words and vectors have settled the matter: then it alone is read.
	settledBy = 2.0
)

// read is what the reader makes of one sentence.
type read struct {
	done    bool
	score   float64     // log of how much likelier its span is than that nothing answers
	answers float64     // log-odds that the sentences read together answer
	span    corpus.Span // of the article
	sure    float64     // how sure the span is, 0 to 1
}

// found is how surely something of the sentence answers, -1 to 1.
func (r *read) found() float64 {
	if !r.done {
		return -1
	}
	return max(min(r.score/10, 1), -1)
}

// answered is how surely the sentences read together answer, -1 to 1.
func (r *read) answered() float64 {
	if !r.done {
		return -1
	}
	return max(min(r.answers/10, 1), -1)
}

// reread reads the sentences that stand first in a ranking, with what stands
// around them.
func (l *Library) reread(q *parsed, sentences []*scored) {
	if l.readers == nil {
		return
	}
	r := l.readers.Get().(*reading.Reader)
	defer l.readers.Put(r)
	at := map[[2]int]*scored{}
	for _, s := range sentences {
		at[[2]int{s.passage, s.sentence}] = s
	}
	text, windows, most := q.meaning(), 0, toRead(sentences)
	if most == 1 { // no other instead, where it is in a language that is not read
		sentences = sentences[:1]
	}
	for _, s := range sentences {
		if s.read.done || windows == most {
			continue
		}
		p := s.p
		if !l.model.Covers(p.Article.Language) {
			continue
		}
		windows++
		first, last := around(p, s.sentence)
		texts := make([]string, last-first)
		for i := range texts {
			texts[i] = shelf.Readable(p.Article, p.Sentences[first+i].Span)
		}
		got := r.Read(text, p.Article.About(&p.Article.Passages[p.Sentences[s.sentence].Passage]), texts)
		for i, span := range got.Spans {
			if s := at[[2]int{s.passage, first + i}]; s != nil && !s.read.done && span.End > 0 {
				s.read = read{done: true, score: span.Score, answers: got.Answers, span: unread(p.Article, p.Sentences[first+i].Span, span), sure: span.Sure}
			}
		}
	}
}

// toRead returns how many passages are read of a ranking: none where the way that the
// article is laid out gives the answer, and one where its best sentence clearly leads.
func toRead(sentences []*scored) int {
	if len(sentences) == 0 || sentences[0].sure && sentences[0].span.Len() > 0 {
		return 0
	}
	best := sentences[0]
	if best.sure {
		return 1
	}
	for _, s := range sentences {
		if s.passage != best.passage && best.score-s.score < settledBy {
			return readPassages
		}
	}
	return 1
}

// around returns the sentences to read with one of them: as much of its passage
// as there is room for, before and after it in turn.
func around(p *annotate.Doc, sentence int) (first, last int) {
	passage := p.Sentences[sentence].Passage
	begin := p.First[passage]
	end := begin + len(p.SentencesOf(passage))
	first, last = sentence, sentence+1
	for {
		before := first > begin && p.Sentences[last-1].End-p.Sentences[first-1].Start <= readBytes
		if before {
			first--
		}
		after := last < end && p.Sentences[last].End-p.Sentences[first].Start <= readBytes
		if after {
			last++
		}
		if !before && !after {
			return first, last
		}
	}
}

// unread returns where in the article a span stands that the reader found in a
// sentence as it was given: in a row of a table that is the cells which it
// touches.
func unread(a *corpus.Article, s corpus.Span, span reading.Span) corpus.Span {
	cells := a.Row(s)
	if cells == nil {
		return corpus.Span{Start: s.Start + span.Start, End: s.Start + span.End}
	}
	var out corpus.Span
	at := 0
	for _, c := range cells {
		name := 0
		if c.Name.Len() > 0 {
			name = c.Name.Len() + len(": ")
		}
		value := corpus.Span{Start: at + name, End: at + name + c.Value.Len()}
		if from, to := max(span.Start, value.Start), min(span.End, value.End); from < to {
			if out.Len() == 0 {
				out.Start = c.Value.Start + from - value.Start
			}
			out.End = c.Value.Start + to - value.Start
		}
		at = value.End + len("; ")
	}
	return out
}
