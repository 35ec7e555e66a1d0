package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What measures is not what was learned from: no question and no text under
// testdata stands under training/questions too.
func TestMeasuredApartFromLearned(t *testing.T) {
	const training = "../../training/questions"
	learned := map[string]string{}
	for _, file := range files(t, training, ".tsv") {
		for line := range strings.Lines(read(t, file)) {
			if f := strings.Split(strings.TrimRight(line, "\r\n"), "\t"); len(f) == 4 {
				learned[plain(f[2])] = file
			}
		}
	}
	for _, file := range files(t, training, ".md") {
		for line := range strings.Lines(read(t, file)) {
			if len(line) > 60 {
				learned[plain(line)] = file
			}
		}
	}
	if len(learned) < 8000 {
		t.Fatalf("only %d questions and paragraphs are known to be learned from", len(learned))
	}
	for _, file := range files(t, "../../testdata", "") {
		for line := range strings.Lines(read(t, file)) {
			for field := range strings.SplitSeq(line, "\t") {
				// A few words are nobody's: "who won".
				if from := learned[plain(field)]; from != "" && len(strings.Fields(field)) > 4 {
					t.Errorf("%s: %q stands in %s too", file, strings.TrimSpace(field), from)
				}
			}
		}
	}
}

// plain is a text in small letters, with nothing but letters and digits.
func plain(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r >= 0x80)
	}), " ")
}

// files returns the files under a folder whose names end so.
func files(t testing.TB, folder, ending string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ending) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func read(t testing.TB, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
