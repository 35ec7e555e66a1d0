package encoder

import (
	"fmt"
	"strings"
)

// A Piece is a part of a text with its number in the vocabulary.
type Piece struct {
	ID         int32
	Start, End int // bytes of the text
}

// A Tokenizer cuts texts into the pieces that a model knows. It may be shared.
type Tokenizer interface {
	// Pieces returns the pieces of a text in their order, without the marks that
	// stand around texts. They do not overlap, and what lies between them is what
	// the model does not see: spaces and control characters.
	Pieces(text string) []Piece
	// Marks returns the pieces that stand before and after a text.
	Marks() (begin, end int32)
}

// newTokenizer reads the tokenizer of a file of weights.
func newTokenizer(r *reader, kind string, size int) (Tokenizer, error) {
	vocabulary := strings.Split(r.text("pieces"), "\n")
	if r.err == nil && len(vocabulary) != size {
		return nil, fmt.Errorf("the vocabulary has %d pieces, not %d", len(vocabulary), size)
	}
	switch kind {
	case "wordpiece":
		if r.err != nil {
			return nil, r.err
		}
		return newWordPiece(vocabulary)
	case "unigram":
		score, table := r.floats("pieces.score", size), r.text("pieces.table")
		if r.err != nil {
			return nil, r.err
		}
		return newUnigram(vocabulary, score, table)
	}
	return nil, fmt.Errorf("the tokenizer %q is none that Footnote knows", kind)
}
