package eval

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"footnote/encoder"
)

// multilingual is the variable that names the file of weights that
// training/multilingual.py writes, which is too large to lie here.
const multilingual = "FOOTNOTE_MULTILINGUAL"

// TestMultilingual says what weights for many languages gain over words alone, on
// languages that nothing about vectors was fitted to.
func TestMultilingual(t *testing.T) {
	oneGoroutine(t)
	file := os.Getenv(multilingual)
	if file == "" {
		t.Skipf("skipped: %s names no file of weights for many languages; training/multilingual.py writes one", multilingual)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m, err := encoder.Load(b)
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	for _, language := range []string{"de", "es", "ru", "ar", "zh"} {
		var scores [2]Score
		for i, m := range []*encoder.Model{nil, m} {
			var outcomes []Outcome
			for _, a := range askedBy(t, by{m, "xquad-" + language}) {
				outcomes = append(outcomes, a.Outcome)
			}
			s := score(language, outcomes)
			scores[i] = s
			fmt.Fprintf(&table, "%s  passage@1 %.3f  sentence@1 %.3f  right shown %d  wrong %d\n", s.Kind, s.PassageAt1, s.ForcedAt1, s.Right, s.Wrong)
		}
		if words, both := scores[0], scores[1]; both.PassageAt1 < words.PassageAt1 || both.ForcedAt1 < words.ForcedAt1+0.02 {
			t.Errorf("%s: the weights gain too little", language)
		}
	}
	t.Logf("by words alone, and with %s\n%s", m.Notice, &table)
}
