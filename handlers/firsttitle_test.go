package handlers

import (
	"strings"
	"testing"
)

// A title that stands in a question is never left out before it is looked for.
func TestMayHold(t *testing.T) {
	for _, title := range []string{"The Harbour", "Harbour, the (old) one!", "O'Brien's Law", "Straße 7 b", "Café at Ⅳ", "U.S. aid", "e\u0301tat second", "ＡＢ 12", "42", "\u212aelvin scale", "well-known names", "مدينة 7", "a \u0308 b"} {
		for _, question := range []string{title, "What is " + title + " about?", "who wrote “" + strings.ToUpper(title) + "”"} {
			plain := plainWords(question)
			if held := strings.Contains(" "+plain+" ", " "+plainWords(title)+" "); held && !mayHold(strings.Fields(plain), title) {
				t.Errorf("%q holds %q", question, title)
			}
		}
	}
	if mayHold(strings.Fields("what is the river about"), "The Harbour") {
		t.Error("a title of other words may be held")
	}
}
