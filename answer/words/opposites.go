package words

import (
	"fmt"
	"strings"
)

// addOpposites reads "rise, grow: fall, drop".
func (w *Words) addOpposites(text string) error {
	one, other, ok := strings.Cut(text, ":")
	if !ok {
		return fmt.Errorf("want words, a colon and their opposites, got %q", text)
	}
	for _, side := range [][2]string{{one, other}, {other, one}} {
		for _, a := range strings.Split(side[0], ",") {
			for _, b := range strings.Split(side[1], ",") {
				k, o := w.key(strings.TrimSpace(a)), w.key(strings.TrimSpace(b))
				if w.opposites[k] == nil {
					w.opposites[k] = map[string]struct{}{}
				}
				w.opposites[k][o] = struct{}{}
			}
		}
	}
	return nil
}

// Opposite reports whether two words, in any inflection, say the opposite of one
// another: arrested and released.
func (w *Words) Opposite(a, b string) bool {
	for _, x := range w.keysOf(a) {
		for _, y := range w.keysOf(b) {
			if _, ok := w.opposites[x][y]; ok {
				return true
			}
		}
	}
	return false
}
