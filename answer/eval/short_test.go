package eval

import (
	"strings"
	"testing"
)

// shortDev holds the right short answers of questions of the development set.
const shortDev = "testdata/short-dev.tsv"

// readDev reads a file of the development set with its short answers.
func readDev(t testing.TB, path string) (*Set, error) {
	set, err := ReadTSV(path)
	if err != nil {
		return nil, err
	}
	short := shortAnswers(t)
	for i := range set.Cases {
		set.Cases[i].Short = short[set.Cases[i].ID]
	}
	return set, nil
}

// shortAnswers returns them by the questions' ids.
func shortAnswers(t testing.TB) map[string][]string {
	t.Helper()
	labels := map[string][]string{}
	for line := range strings.Lines(read(t, shortDev)) {
		if id, short, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			labels[id] = strings.Split(short, "|")
		}
	}
	return labels
}

func TestShorts(t *testing.T) {
	right := Found{Sentence: 1}
	label := Case{Short: []string{"three hours", "about three hours a night"}}
	for _, c := range []struct {
		name  string
		o     Outcome
		short string
		want  Shorts
	}{
		{"exact", Outcome{Case: label, Found: right}, "three hours", Shorts{1, 1, 0}},
		{"nearly", Outcome{Case: label, Found: right}, "about three hours", Shorts{1, 1, 0}},
		{"half", Outcome{Case: label, Found: right}, "three", Shorts{1, 0, 0}},
		{"a wrong sentence", Outcome{Case: label}, "three hours", Shorts{1, 0, 1}},
		{"no answer", Outcome{Case: Case{None: true}}, "three hours", Shorts{1, 0, 1}},
		{"not labelled", Outcome{Found: right}, "three hours", Shorts{}},
	} {
		var s Shorts
		if s.count(c.o, c.short); s != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, s, c.want)
		}
	}
}

// TestShortAnswers prints, with -fit, how many of the short answers would be
// right that are shown from how sure on.
func TestShortAnswers(t *testing.T) {
	if !*fitConfidence {
		t.Skip("skipped: the line of each golden tells what is shown; -fit looks for a better threshold")
	}
	for _, name := range []string{"dev", "held", "xquad-en", "squad2"} {
		for _, from := range []float64{0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9} {
			var s Shorts
			for _, a := range asked(t, name) {
				if a.Shown && a.trace.ForcedSure >= from && a.trace.Forced != a.Answer.Quote {
					s.count(a.Outcome, a.trace.Forced)
				}
			}
			t.Logf("%s from %.2f: %v", name, from, s)
		}
	}
}
