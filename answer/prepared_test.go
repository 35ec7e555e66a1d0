package answer

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

var update = flag.Bool("update", false, "write the goldens anew")

// What is prepared of the articles under testdata, as one digest. Where it
// changes, articles that were prepared before must not be taken for what they are.
func TestPrepared(t *testing.T) {
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, folder := range []string{"../corpus/articles", "../testdata/questions/dev", "../testdata/questions/fresh", "testdata/laidout", "testdata/prepared"} {
		lib, err := corpus.Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range lib.Articles {
			d := annotate.Prepare(a, words.Load())
			if err := errors.Join(enc.Encode(d), enc.Encode(preparing.Passages(d))); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := fmt.Sprintf("%x\n", h.Sum(nil))
	if *update {
		if err := os.WriteFile("prepared.sum", []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if got != string(preparedSum) {
		t.Errorf("something else is prepared of the articles: run `go test ./answer -run TestPrepared -update`, so that old indexes are built again\ngot %swant %s", got, preparedSum)
	}
}
