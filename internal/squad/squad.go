// Package squad reads, for tests, the sets of questions in SQuAD's format that lie in
// ../shared/data beside the repository (its README says what they are).
package squad

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Article is some paragraphs with what is asked of each.
type Article struct {
	Title      string
	Paragraphs []Paragraph
}

// Paragraph is a text with the questions that were written for it.
type Paragraph struct {
	Context string
	QAs     []Question
}

// Question is a question with its answers.
type Question struct {
	Question string
	Answers  []struct {
		Text  string
		Start int `json:"answer_start"` // in runes
	}
}

// Read reads the set of that name, such as xquad-dev-en. Where no shared folder lies beside the repository
// the test is skipped; where with CI set only the set is missing, it fails.
func Read(t testing.TB, name string) []Article {
	t.Helper()
	dir := shared(t)
	f, err := os.Open(filepath.Join(dir, "data", name+".json.gz"))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(dir); err == nil && os.Getenv("CI") == "true" {
			t.Fatalf("%s.json.gz is not in ../shared/data", name)
		}
		t.Skip("skipped: it needs ../shared/data, which is not there")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Data []Article }
	if err := json.NewDecoder(z).Decode(&set); err != nil {
		t.Fatal(err)
	}
	return set.Data
}

// shared returns the folder shared beside the repository, whichever package is tested.
func shared(t testing.TB) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(filepath.Dir(dir), "shared")
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("the test does not run within the repository")
		}
		dir = filepath.Dir(dir)
	}
}
