package corpus

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
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

// squadParagraph is one paragraph of a file in SQuAD's format.
type squadParagraph struct {
	Context string
	QAs     []struct {
		Question string
		Answers  []struct {
			Text  string
			Start int `json:"answer_start"` // in runes
		}
	}
}

func readSquad(t *testing.T, name string) []squadParagraph {
	t.Helper()
	file, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var data struct {
		Data []struct{ Paragraphs []squadParagraph }
	}
	if err := json.NewDecoder(unzipped).Decode(&data); err != nil {
		t.Fatal(err)
	}
	var out []squadParagraph
	for _, d := range data.Data {
		out = append(out, d.Paragraphs...)
	}
	return out
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
