package eval

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"footnote/answer"
)

// shortDev holds the right short answers of questions of the development set.
const shortDev = "testdata/short-dev.tsv"

// shortAnswers returns them by the questions' ids.
func shortAnswers(t *testing.T) map[string][]string {
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
	dir := sharedData(t)
	xquad, err := ReadSQuAD(filepath.Join(dir, "xquad-dev-en.json.gz"), "en")
	if err != nil {
		t.Fatal(err)
	}
	squad, err := ReadSQuAD(filepath.Join(dir, "squad2-dev.json.gz"), "en")
	if err != nil {
		t.Fatal(err)
	}
	dev := &Set{Name: "dev"}
	for _, f := range files(t, devQuestions, ".tsv") {
		set, err := ReadTSV(f)
		if err != nil {
			t.Fatal(err)
		}
		dev.Cases = append(dev.Cases, set.Cases...)
	}
	for i := range dev.Cases {
		dev.Cases[i].Short = shortAnswers(t)[dev.Cases[i].ID]
	}
	for _, s := range []struct {
		set  *Set
		lib  *answer.Library
		opts Options
	}{{dev, library(t, devQuestions), Options{}}, {xquad, open(t, xquad.Library), Options{}}, {squad, open(t, squad.Library), Options{OwnPassage: true}}} {
		from := []float64{0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}
		counts := make([]Shorts, len(from))
		err := each(context.Background(), s.lib, s.set, s.opts, func(o Outcome, trace answer.Trace) {
			for i, sure := range from {
				if o.Shown && trace.ForcedSure >= sure && trace.Forced != o.Answer.Quote {
					counts[i].count(o, trace.Forced)
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		for i := range from {
			t.Logf("%s from %.2f: %v", s.set.Name, from[i], counts[i])
		}
	}
}
