package answer

import (
	"crypto/sha256"
	_ "embed"
	"encoding/json"

	"footnote/corpus"
	"footnote/index"
)

// preparedSum is the digest of what is prepared of the articles under testdata.
// It stands for the code that prepares: TestPrepared fails when that makes
// something else of them, and -update then writes this file anew, so that
// indexes built before are built again.
//
//go:embed prepared.sum
var preparedSum []byte

// keyOf returns the key of an index of these articles. It changes with every
// field of an article, with the word lists and with the code that prepares, and
// is the same on every machine. JSON is written one way only; of gob, in which
// the articles are stored, the bytes depend on what the process encoded before.
func keyOf(articles []*corpus.Article, lists []byte) (string, error) {
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, a := range articles {
		if err := enc.Encode(a); err != nil {
			return "", err
		}
	}
	return index.Key(preparedSum, lists, h.Sum(nil)), nil
}
