package words

import (
	"compress/gzip"
	"fmt"
	"hash/maphash"
	"io"
	"math/bits"
	"strings"
)

// readCommon reads the list of English words. It is made from Debian's package
// scowl by TestCommonIsMadeFromScowl -update.
func (w *Words) readCommon() error {
	f, err := data.Open("data/common.txt.gz")
	if err != nil {
		return err // unreachable: the file is embedded
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("common.txt.gz: %w", err)
	}
	var all strings.Builder
	all.Grow(1 << 20)
	if _, err := io.Copy(&all, z); err != nil {
		return fmt.Errorf("common.txt.gz: %w", err)
	}
	w.common = newWordList(all.String())
	return nil
}

// wordList is a set of words that stand in a text, one a line. It is made in a third of
// the time that a map of them takes, and holds nothing for the collector to follow.
type wordList struct {
	text   string
	n      int
	seed   maphash.Seed
	places []uint32 // by hash, or the next that is free: where a word ends in the text; 0 for none
}

func newWordList(text string) *wordList {
	l := &wordList{text: text, seed: maphash.MakeSeed()}
	l.places = make([]uint32, 1<<bits.Len(uint(2*strings.Count(text, "\n")+2)))
	end := 0
	for line := range strings.Lines(text) {
		word := strings.TrimSuffix(line, "\n")
		end += len(word)
		if place := l.place(word); word != "" && l.places[place] == 0 {
			l.places[place] = uint32(end)
			l.n++
		}
		end += len(line) - len(word)
	}
	return l
}

// place returns where a word is in places, or would be.
func (l *wordList) place(word string) int {
	for at := int(maphash.String(l.seed, word) % uint64(len(l.places))); ; at = (at + 1) % len(l.places) {
		switch end := int(l.places[at]); {
		case end == 0:
			return at
		case end >= len(word) && l.text[end-len(word):end] == word && (end == len(word) || l.text[end-len(word)-1] == '\n'):
			return at
		}
	}
}

func (l *wordList) has(word string) bool { return l.places[l.place(word)] != 0 }

// Common reports whether a word is an everyday English word or stands in this
// package's data, so that it is no misspelling of another. Apostrophes and case
// do not count.
func (w *Words) Common(word string) bool {
	word = strings.ToLower(stripped(word))
	if w.common.has(word) {
		return true
	}
	_, ok := w.learned[word]
	return ok
}
