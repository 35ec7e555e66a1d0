package answer

import "footnote/corpus"

// maxHelp is how many sentences are shown at most as what may help.
const maxHelp = 3

// What is shown as what may help where nothing is shown as an answer.
// A line of each of answer/eval's goldens says how often it is right;
//
//	go test ./answer/eval -run TestHints -fit -v
//
// prints it for other thresholds.
const (
	closestAt  = 0.15 // from this confidence on something is shown
	leadBy     = 1.5  // a sentence whose score leads by so much is shown alone
	leadByWord = 0.5  // the same where nothing is read
)

// mayHelp returns how many of the best sentences are shown where none is shown
// as an answer: none where nothing is near, one where it clearly leads, and up to
// three that are near one another, within lead. score is that of the i-th of n.
func mayHelp(confidence, lead float64, n int, score func(i int) float64) int {
	if n == 0 || confidence < closestAt {
		return 0
	}
	near := 1
	for near < min(n, maxHelp) && score(0)-score(near) < lead {
		near++
	}
	return near
}

// help sets what is shown where the answer is abstained. Where the deed asked
// about is somebody else's, that is the nearest sentence alone, with nothing
// beside it: what stands together seems to confirm one another.
func (l *Library) help(a *Answer, best []*scored, turned bool) {
	lead := leadBy
	if len(best) > 0 && !best[0].reads {
		lead = leadByWord
	}
	n := mayHelp(a.Confidence, lead, len(best), func(i int) float64 { return best[i].score })
	if n == 0 {
		return
	}
	a.Band = BandClosest
	if turned {
		n = 1
	}
	for i, s := range best[:n] {
		h := l.again(s.p, s.sentence)
		if turned {
			h.Context, h.ContextAt = "", corpus.Span{}
		}
		a.Hints = append(a.Hints, h)
		a.Others[i].MayHelp = true
	}
}
