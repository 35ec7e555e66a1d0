package eval

import (
	"fmt"

	"footnote/answer"
	"footnote/corpus"
)

// SaidScore is how well it is found who says what.
type SaidScore struct {
	Count
	Speaker int `json:"speaker_right"` // of those found and labelled
	Direct  int `json:"direct_right"`  // of the same, whether words of the speaker are quoted
}

func (s *SaidScore) sum(o SaidScore) {
	s.add(o.Labels, o.Found, o.Right)
	s.Speaker += o.Speaker
	s.Direct += o.Direct
}

// scoreSaid compares the statements found in an article with the labels. A
// sentence in which two speak has two labels, so among the statements of a
// sentence the one with the right speaker is preferred.
func scoreSaid(a *corpus.Article, labels []SaidLabel, got []answer.Statement) (SaidScore, []Miss) {
	speaker := func(i, k int) bool { return sameName(a.Quote(labels[i].Speaker), got[k].Speaker) }
	direct := func(i, k int) bool { return labels[i].Direct == got[k].Direct }
	same := func(i, k int) bool { return mostly(labels[i].Sentence, got[k].Sentence) }
	p := pair(len(labels), len(got), func(i, k int) int {
		if !same(i, k) {
			return 0
		}
		return 1 + 2*bit(speaker(i, k)) + bit(direct(i, k))
	})

	label := func(i int) string { return spoken(oneLine(a, labels[i].Speaker), labels[i].Direct) }
	found := func(k int) string { return spoken(got[k].Speaker, got[k].Direct) }
	var s SaidScore
	var misses []Miss
	right := 0
	for i, l := range labels {
		k := p.of[i]
		if k < 0 {
			near := listed(len(got), func(k int) bool { return same(i, k) }, found)
			misses = append(misses, miss("said", "missed", label(i), near, a, l.Sentence))
			continue
		}
		right++
		if speaker(i, k) {
			s.Speaker++
		} else {
			misses = append(misses, miss("said", "wrong speaker", label(i), found(k), a, l.Sentence))
		}
		if direct(i, k) {
			s.Direct++
		} else {
			misses = append(misses, miss("said", "wrongly direct or reported", label(i), found(k), a, l.Sentence))
		}
	}
	for k, g := range got {
		if !p.taken[k] {
			near := listed(len(labels), func(i int) bool { return same(i, k) }, label)
			misses = append(misses, miss("said", "false", near, found(k), a, g.Sentence))
		}
	}
	s.add(len(labels), len(got), right)
	return s, misses
}

func spoken(speaker string, direct bool) string {
	if direct {
		return fmt.Sprintf("%s, direct", speaker)
	}
	return fmt.Sprintf("%s, reported", speaker)
}
