package eval

import (
	"fmt"

	"footnote/answer"
	"footnote/corpus"
)

// FigureScore is how well figures are found. Vague ones ("dozens") are neither
// missed nor false: they stand in no other number than their own two.
type FigureScore struct {
	Count
	Counts     int `json:"counts_right"` // of those found and labelled, what they count
	By         int `json:"by_right"`     // of the same, who counted
	Exact      int `json:"exact_number"` // of the same, the number with its hedge to the byte
	Vague      int `json:"vague"`        // labels of vague figures
	VagueFound int `json:"vague_found"`
}

func (s *FigureScore) sum(o FigureScore) {
	s.add(o.Labels, o.Found, o.Right)
	s.Counts += o.Counts
	s.By += o.By
	s.Exact += o.Exact
	s.Vague += o.Vague
	s.VagueFound += o.VagueFound
}

// scoreFigures compares the figures found in an article with the labels.
func scoreFigures(a *corpus.Article, labels []FigureLabel, got []answer.Figure) (FigureScore, []Miss) {
	p := pair(len(labels), len(got), func(i, k int) int {
		n := overlap(labels[i].Number, got[k].Number)
		return 2*n + bit(n > 0 && labels[i].Number == got[k].Number)
	})

	label := func(i int) string {
		return counted(oneLine(a, labels[i].Number), oneLine(a, labels[i].Counts), oneLine(a, labels[i].By))
	}
	found := func(k int) string {
		return counted(oneLine(a, got[k].Number), oneLine(a, got[k].Counts), got[k].SaidBy)
	}
	var s FigureScore
	var misses []Miss
	right, vague := 0, 0
	for i, l := range labels {
		k := p.of[i]
		sentence := sentenceAt(a, l.Number.Start)
		say := func(what, got string) {
			misses = append(misses, miss("figure", what, label(i), got, a, sentence, l.Number))
		}
		switch {
		case l.Vague:
			vague++
			s.VagueFound += bit(k >= 0)
			continue
		case k < 0:
			say("missed", listed(len(got), func(k int) bool { return sentence.Overlaps(got[k].Number) }, found))
			continue
		}
		right++
		if alike(l.Counts, got[k].Counts) {
			s.Counts++
		} else {
			say("wrong in what it counts", found(k))
		}
		if sameName(a.Quote(l.By), got[k].SaidBy) {
			s.By++
		} else {
			say("wrong in who counted", found(k))
		}
		if l.Number == got[k].Number {
			s.Exact++
		} else {
			say("number not exact", found(k))
		}
	}
	for k, g := range got {
		if !p.taken[k] {
			near := listed(len(labels), func(i int) bool { return g.Sentence.Overlaps(labels[i].Number) }, label)
			misses = append(misses, miss("figure", "false", near, found(k), a, g.Sentence, g.Number))
		}
	}
	s.Vague = vague
	s.add(len(labels)-vague, len(got)-s.VagueFound, right)
	return s, misses
}

func counted(number, counts, by string) string {
	text := fmt.Sprintf("%s (%s)", number, counts)
	if by != "" {
		text += " by " + by
	}
	return text
}
