package words

import (
	"compress/gzip"
	"fmt"
	"io"
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
	w.common = make(map[string]struct{}, strings.Count(all.String(), "\n"))
	for word := range strings.SplitSeq(all.String(), "\n") {
		w.common[word] = struct{}{}
	}
	delete(w.common, "")
	return nil
}

// Common reports whether a word is an everyday English word or stands in this
// package's data, so that it is no misspelling of another. Apostrophes and case
// do not count.
func (w *Words) Common(word string) bool {
	word = strings.ToLower(stripped(word))
	if _, ok := w.common[word]; ok {
		return true
	}
	_, ok := w.learned[word]
	return ok
}
