package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
)

// heldQuestions are texts of the training that the networks did not learn from.
const heldQuestions = "../../training/questions/held"

// readHeld reads a file of questions as the training has them: sentence, kind,
// question and short answer, tab separated.
func readHeld(path string) (*Set, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	set := &Set{Name: strings.TrimSuffix(filepath.Base(path), ".tsv")}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		row := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(row) != 4 {
			return nil, fmt.Errorf("%s line %d: write sentence, kind, question and answer with tabs between", path, n)
		}
		c := Case{ID: fmt.Sprint(n), Kind: row[1], Question: row[2], Article: set.Name, None: row[1] == "none"}
		if !c.None {
			words := strings.FieldsFunc(row[0], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			for i := range words {
				words[i] = regexp.QuoteMeta(words[i])
			}
			if row[1] != "yesno" {
				c.Short = []string{row[3]}
			}
			c.Pattern = regexp.MustCompile(`(?i)` + strings.Join(words, `[^\pL\pN]+`))
		}
		set.Cases = append(set.Cases, c)
	}
	return set, nil
}
