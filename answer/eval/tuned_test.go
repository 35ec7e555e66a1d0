package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"footnote/answer"
)

// tunedSet is a set of questions that ranking and confidence are fitted to, with
// the library that it is asked of.
type tunedSet struct {
	name string
	lib  *answer.Library
	set  *Set
}

// tunedSets are all of them: a set for each file of questions. Nothing else may
// be fitted to.
func tunedSets(t *testing.T) []tunedSet {
	t.Helper()
	dir := sharedData(t)
	var all []tunedSet
	for _, s := range []struct {
		name, articles, questions string
		read                      func(string) (*Set, error)
	}{
		{"dev", devQuestions, devQuestions + "/*.tsv", ReadTSV},
		{"libya", filepath.Join(dir, "libya.txt"), filepath.Join(dir, "libya.tsv"), ReadTSV},
		{"news", filepath.Join(dir, "news"), filepath.Join(dir, "news", "*.tsv"), ReadTSV},
		{"held", heldQuestions, heldQuestions + "/*.tsv", readHeld},
	} {
		lib := library(t, s.articles)
		files, err := filepath.Glob(s.questions)
		if err != nil || len(files) == 0 {
			t.Fatalf("no questions at %s: %v", s.questions, err)
		}
		for _, f := range files {
			set, err := s.read(f)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, tunedSet{s.name, lib, set})
		}
	}
	return all
}

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
			c.Pattern = regexp.MustCompile(`(?i)` + strings.Join(words, `[^\pL\pN]+`))
		}
		set.Cases = append(set.Cases, c)
	}
	return set, nil
}
