package words

import (
	"fmt"
	"strings"
)

// addSpelling reads "centre, center": British, then American; or "cease-fire,
// ceasefire": a compound in two writings, the closed one second.
func (w *Words) addSpelling(text string) error {
	pair := list(text, ",")
	if len(pair) != 2 {
		return fmt.Errorf("want a British and an American spelling, got %q", text)
	}
	if old, taken := w.american[pair[0]]; taken {
		return fmt.Errorf("%q already has the American spelling %q", pair[0], old)
	}
	w.american[pair[0]] = pair[1]
	if _, taken := w.british[pair[1]]; !taken {
		w.british[pair[1]] = pair[0]
	}
	return nil
}

// endings of words that are written with s in Britain and with z in America.
var endings = []string{"e", "ed", "es", "er", "ers", "ing", "ation", "ations"}

// spell returns the American spelling of a lower-case word.
func (w *Words) spell(word string) string {
	if a, ok := w.american[word]; ok {
		return a
	}
	if a := w.respell(word, "is", "iz"); a != "" {
		return a
	}
	return word
}

// respell changes organis- to organiz- or back where both are words; "" otherwise.
func (w *Words) respell(word, from, to string) string {
	if !strings.Contains(word, from) {
		return ""
	}
	for _, e := range endings {
		stem, ok := strings.CutSuffix(word, from+e)
		if ok && len(stem) > 2 && w.known(stem+from+"e") && w.known(stem+to+"e") {
			return stem + to + e
		}
	}
	return ""
}

// OtherSpelling returns the other of two writings of a word: "center" for
// "centre", "centre" for "center", "cease-fire" for "ceasefire"; "" if there is
// one writing only.
func (w *Words) OtherSpelling(word string) string {
	word = strings.ReplaceAll(strings.ToLower(word), " ", "-")
	if a := w.spell(word); a != word {
		return a
	}
	if b, ok := w.british[word]; ok {
		return b
	}
	return w.respell(word, "iz", "is")
}
