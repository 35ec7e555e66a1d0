package words

import (
	"fmt"
	"strings"
)

// addChat reads "because: cuz, bc": the plain word first.
func (w *Words) addChat(text string) error {
	plain, written, err := headed(text)
	if err != nil {
		return err
	}
	if len(written) == 0 {
		return fmt.Errorf("%q has no chat spelling", plain)
	}
	for _, c := range written {
		c = strings.ToLower(stripped(c))
		if old, taken := w.chat[c]; taken {
			return fmt.Errorf("%q already stands for %q", c, old)
		}
		w.chat[c] = plain
	}
	return nil
}

// Chat returns the plain words for a word in the spelling of chats ("u" is "you")
// or in a common misspelling ("wich" is "which"); false where it is neither.
func (w *Words) Chat(word string) (string, bool) {
	plain, ok := w.chat[strings.ToLower(stripped(word))]
	return plain, ok
}
