package eval

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"footnote/answer"
)

// answersGolden holds a line for every question of the development sets: what
// is shown, where the quotation and the short answer stand, and how sure it is.
// A change to answering shows in it what it did to which question. It holds no
// text, since some of the articles are not ours.
const answersGolden = "testdata/answers.golden"

func TestAnswers(t *testing.T) {
	names := []string{"dev"}
	if !testing.Short() {
		names = append(names, "held")
		if _, err := os.Stat(shared); err == nil || os.Getenv("CI") == "true" {
			names = append(names, "libya", "news", "xquad-en")
		}
	}
	var got []string
	for _, name := range names {
		for _, o := range outcomes(t, name) {
			if o.Case.Kind == "yesno" && o.Answer.Answer != o.Answer.Quote {
				t.Errorf("%s: a question for a yes or no is answered by %q", o.Case.ID, o.Answer.Answer)
			}
			got = append(got, name+" "+answerLine(o))
		}
	}
	if *update {
		if len(names) < 5 {
			t.Fatalf("%s, and no -short, are needed to write %s: sets would be lost", shared, answersGolden)
		}
		if err := os.WriteFile(answersGolden, []byte(strings.Join(got, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(answersGolden)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for line := range strings.Lines(string(b)) {
		if set, _, _ := strings.Cut(line, " "); slices.Contains(names, set) {
			want = append(want, strings.TrimSuffix(line, "\n"))
		}
	}
	changed := 0
	for i := range max(len(got), len(want)) {
		var g, w string
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			if changed++; changed <= 20 {
				t.Errorf("got  %s\nwant %s", g, w)
			}
		}
	}
	if changed > 0 {
		t.Errorf("%d answers changed; if they are meant to, run with -update", changed)
	}
}

// answerLine is an outcome in a line: the question's id, right or wrong, what
// was shown, the best sentence and the short answer in it, the confidence.
func answerLine(o Outcome) string {
	a := o.Answer
	judged := "wrong"
	switch {
	case o.Case.None:
		judged = "none"
	case o.Sentence == 1:
		judged = "right"
	}
	at := "-"
	switch {
	case a.Status == answer.Answered:
		at = fmt.Sprintf("%s %d-%d %d-%d", a.Citation.Article, a.Citation.Start, a.Citation.End, a.Citation.Span[0], a.Citation.Span[1])
	case len(a.Others) > 0:
		at = fmt.Sprintf("%s %d-%d", a.Others[0].Article, a.Others[0].Start, a.Others[0].End)
	}
	return fmt.Sprintf("%s %s %s %.2f %s", o.Case.ID, judged, a.Band, a.Confidence, at)
}
