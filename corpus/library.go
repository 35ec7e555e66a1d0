package corpus

import "fmt"

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
		return fmt.Sprintf("%s: %s", p.File, p.Text)
	}
	return fmt.Sprintf("%s line %d: %s", p.File, p.Line, p.Text)
}
