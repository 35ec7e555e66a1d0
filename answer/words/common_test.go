package words

import (
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite data/common.txt.gz from the installed Debian package scowl")

// scowl is where Debian's package scowl puts its lists.
const scowl = "/usr/share/dict/scowl"

// TestCommonIsMadeFromScowl documents how data/common.txt.gz is made, and with
// -update makes it. Lists up to size 50 hold the words that most dictionaries have.
func TestCommonIsMadeFromScowl(t *testing.T) {
	if _, err := os.Stat(scowl); err != nil {
		t.Skip("the list can be made only where Debian's package scowl is installed")
	}
	want := commonFromScowl(t)
	const file = "data/common.txt.gz"
	if *update {
		if err := os.WriteFile(file, compress(t, want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	packed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s differs from what %s gives; run go test -run Scowl -update ./answer/words", file, scowl)
	}
}

// commonFromScowl returns the words of the installed lists, one a line.
func commonFromScowl(t *testing.T) string {
	set := make(map[string]struct{})
	for _, language := range []string{"english", "american", "british", "british_z"} {
		for _, class := range []string{"words", "upper", "contractions"} {
			for _, size := range []string{"10", "20", "35", "40", "50"} {
				b, err := os.ReadFile(filepath.Join(scowl, language+"-"+class+"."+size))
				if os.IsNotExist(err) {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				for word := range strings.Lines(string(b)) {
					word = strings.TrimSpace(word)
					if class != "contractions" && strings.Contains(word, "'") {
						continue // a possessive
					}
					if class == "upper" && strings.ToLower(word[1:]) != word[1:] {
						continue // an abbreviation
					}
					word = strings.ToLower(strings.ReplaceAll(word, "'", ""))
					if len(word) > 1 && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") == "" {
						set[word] = struct{}{}
					}
				}
			}
		}
	}
	set["a"], set["i"] = struct{}{}, struct{}{}
	all := make([]string, 0, len(set))
	for word := range set {
		all = append(all, word)
	}
	slices.Sort(all)
	return strings.Join(all, "\n") + "\n"
}

func compress(t *testing.T, s string) []byte {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(z, s); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
