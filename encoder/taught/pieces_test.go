package taught

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"strings"
	"testing"

	"footnote/internal/squad"
)

// The texts and questions of XQuAD, twelve languages, are cut into the pieces into which
// the tokenizer cuts them that the weights were taught with: training/reference.py wrote
// down how many, and the sum of their numbers.
func TestPiecesOfReference(t *testing.T) {
	golden, err := os.ReadFile("testdata/pieces.golden")
	if err != nil {
		t.Fatal(err)
	}
	for want := range strings.Lines(string(golden)) {
		language, _, _ := strings.Cut(want, " ")
		total, sum := 0, sha256.New()
		add := func(text string) {
			var b []byte
			for _, p := range Model().Pieces(text) {
				b = binary.LittleEndian.AppendUint32(b, uint32(p.ID))
				total++
			}
			sum.Write(b)
		}
		for _, a := range squad.Read(t, "xquad-dev-"+language) {
			for _, p := range a.Paragraphs {
				add(p.Context)
				for _, q := range p.QAs {
					add(q.Question)
				}
			}
		}
		if got := fmt.Sprintf("%s %d %x\n", language, total, sum.Sum(nil)); got != want {
			t.Errorf("got %swant %s", got, want)
		}
	}
}
