package corpus

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Library is a set of articles, sorted by ID.
type Library struct {
	Articles []*Article
	Problems []Problem // files that could not be used, or only in part
}

// Problem is something wrong with one file. It never stops other files.
type Problem struct {
	File string // path under the library
	Line int    // line in the file, counted from 1; 0 when the whole file is meant
	Text string // one sentence: what is wrong and the way out
}

// String returns "libya.md line 2: put the title in quotes, …".
func (p Problem) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", Shown(p.File), p.Text)
	}
	return fmt.Sprintf("%s line %d: %s", Shown(p.File), p.Line, p.Text)
}

// Shown returns the name of a file as it can be printed: as it is or, where it
// holds what a terminal would obey or could not show, quoted as Go does.
func Shown(name string) string {
	if utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return name
	}
	return strconv.Quote(name)
}
