package eval

import (
	"context"
	"path/filepath"
	"testing"

	"footnote/answer"
)

// naturalSets are the sets of natural questions that weights are chosen by, with
// their articles.
func naturalSets(t *testing.T) []struct{ articles, questions string } {
	dir := sharedData(t)
	return []struct{ articles, questions string }{
		{devQuestions, devQuestions + "/*.tsv"},
		{filepath.Join(dir, "libya.txt"), filepath.Join(dir, "libya.tsv")},
		{filepath.Join(dir, "news"), filepath.Join(dir, "news", "*.tsv")},
	}
}

// eachNatural asks all natural questions.
func eachNatural(t *testing.T, use func(Outcome, answer.Trace)) {
	t.Helper()
	for _, s := range naturalSets(t) {
		lib := library(t, s.articles)
		files, err := filepath.Glob(s.questions)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			set, err := ReadTSV(f)
			if err != nil {
				t.Fatal(err)
			}
			if err := each(context.Background(), lib, set, Options{}, use); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestHints says how right what may help is by each of its thresholds in
// weights.go, on the natural questions; -fit prints it for others.
func TestHints(t *testing.T) {
	if !*fitConfidence {
		t.Skip("skipped: the line of each golden tells what is shown; -fit looks for better thresholds")
	}
	type abstained struct {
		outcome Outcome
		scores  []float64
	}
	var all []abstained
	eachNatural(t, func(o Outcome, trace answer.Trace) {
		if o.Shown {
			return
		}
		a := abstained{outcome: o}
		for _, s := range trace.Sentences[:min(len(trace.Sentences), 3)] {
			a.scores = append(a.scores, s.Score)
		}
		all = append(all, a)
	})
	for _, from := range []float64{0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4} {
		for _, lead := range []float64{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1} {
			var h Hinted
			for _, a := range all {
				n := 0
				for n < len(a.scores) && a.outcome.Confidence >= from && (n == 0 || a.scores[0]-a.scores[n] < lead) {
					n++
				}
				h.count(a.outcome, n)
			}
			t.Logf("from %.2f, lead %.1f: %v", from, lead, h)
		}
	}
}
