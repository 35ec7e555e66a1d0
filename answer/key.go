package answer

import (
	"crypto/sha256"
	"encoding/json"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/index"
)

// keyOf returns the key of an index of these articles. It changes with all that
// was prepared, names of fields included, and with the word lists, and is the
// same on every machine. JSON is written one way only; of gob, in which the
// articles are stored, the bytes depend on what the process encoded before.
func keyOf(docs []*annotate.Doc, passages []index.Document, lists []byte) (string, error) {
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, d := range docs {
		if err := enc.Encode(d); err != nil {
			return "", err
		}
	}
	return index.Key(passages, lists, h.Sum(nil)), nil
}

// key returns the key of the source's index.
func (s *Source) key() (string, error) { return keyOf(s.docs, s.documents(), words.Digest()) }
