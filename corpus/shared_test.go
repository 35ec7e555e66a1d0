package corpus

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"footnote/internal/squad"
)

// shared returns the path of a development file that is not part of the
// repository. Where the folder is there on CI, the file must be too.
func shared(t *testing.T, name string) string {
	t.Helper()
	folder := filepath.Join("..", "..", "shared")
	path := filepath.Join(folder, "data", name)
	if _, err := os.Stat(path); err != nil {
		if _, err := os.Stat(folder); err == nil && os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing", path)
		}
		t.Skipf("needs the development file %s", path)
	}
	return path
}

// paragraphs returns those of a set of questions.
func paragraphs(t *testing.T, set string) []squad.Paragraph {
	t.Helper()
	var all []squad.Paragraph
	for _, a := range squad.Read(t, set) {
		all = append(all, a.Paragraphs...)
	}
	return all
}

// byteOffset turns an offset in runes into one in bytes.
func byteOffset(s string, runes int) int {
	at := 0
	for range runes {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}
