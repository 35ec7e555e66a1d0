package eval

import "testing"

// TestHints says how right what may help is by each of its thresholds in
// package answer, on the natural questions; -fit prints it for others.
func TestHints(t *testing.T) {
	if !*fitConfidence {
		t.Skip("skipped: the line of each golden tells what is shown; -fit looks for better thresholds")
	}
	for _, from := range []float64{0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4} {
		for _, lead := range []float64{0, 0.2, 0.5, 1, 1.5, 2, 3} {
			var h Hinted
			for _, name := range tunedSets {
				for _, a := range asked(t, name) {
					best := a.trace.Sentences
					n := 0
					for n < min(len(best), 3) && a.Confidence >= from && (n == 0 || best[0].Score-best[n].Score < lead) {
						n++
					}
					if !a.Shown {
						h.count(a.Outcome, n)
					}
				}
			}
			t.Logf("from %.2f, lead %.1f: %v", from, lead, h)
		}
	}
}
