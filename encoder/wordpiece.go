package encoder

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// wordPiece cuts a text as BERT's uncased models want it: into words and
// punctuation, in lower case and without accents, and these into the longest
// pieces that the vocabulary has, from the left (Devlin et al. 2019; the
// reference is the tokenizers library's BertNormalizer, BertPreTokenizer and
// WordPiece).
type wordPiece struct {
	first               map[string]int32 // pieces that begin a word
	inner               map[string]int32 // pieces that go on with one, without their ##
	unknown, begin, end int32
}

func newWordPiece(vocabulary []string) (*wordPiece, error) {
	t := &wordPiece{first: make(map[string]int32, len(vocabulary)), inner: map[string]int32{}}
	for i, p := range vocabulary {
		if rest, ok := strings.CutPrefix(p, "##"); ok && rest != "" {
			t.inner[rest] = int32(i)
		} else {
			t.first[p] = int32(i)
		}
	}
	for name, id := range map[string]*int32{"[UNK]": &t.unknown, "[CLS]": &t.begin, "[SEP]": &t.end} {
		var ok bool
		if *id, ok = t.first[name]; !ok {
			return nil, fmt.Errorf("the vocabulary lacks %s", name)
		}
	}
	return t, nil
}

func (t *wordPiece) Marks() (begin, end int32) { return t.begin, t.end }

// longestWord is how many runes a word may have; a longer one is unknown.
const longestWord = 100

func (t *wordPiece) Pieces(text string) []Piece {
	pieces := make([]Piece, 0, len(text)/4+4)
	var w word
	var scratch [64]byte
	for at, r := range text {
		end := at + utf8.RuneLen(r)
		switch {
		case r == utf8.RuneError: // the text's own, or bytes that are no UTF-8
		case r < utf8.RuneSelf:
			switch {
			case 'A' <= r && r <= 'Z':
				w.add(r+'a'-'A', at, end)
			case r == ' ' || '\t' <= r && r <= '\r' && r != '\v' && r != '\f':
				pieces = t.flush(pieces, &w)
			case r < ' ' || r == 0x7F:
			case isPunctuation(r):
				pieces = t.alone(pieces, &w, r, at, end)
			default:
				w.add(r, at, end)
			}
		case isRemoved(r):
		case unicode.IsSpace(r):
			pieces = t.flush(pieces, &w)
		default:
			han := isHan(r)
			if han {
				pieces = t.flush(pieces, &w)
			}
			for _, d := range string(norm.NFD.AppendString(scratch[:0], text[at:end])) {
				pieces = t.letter(pieces, &w, d, at, end)
			}
			if han {
				pieces = t.flush(pieces, &w)
			}
		}
	}
	return t.flush(pieces, &w)
}

// letter takes one rune of a decomposed one.
func (t *wordPiece) letter(pieces []Piece, w *word, r rune, at, end int) []Piece {
	switch {
	case unicode.Is(unicode.Mn, r): // an accent, which goes with its letter
		if n := len(w.end); n > 0 {
			w.end[n-1] = end
		}
	case isPunctuation(r):
		return t.alone(pieces, w, r, at, end)
	default:
		w.add(unicode.ToLower(r), at, end)
	}
	return pieces
}

// alone takes a rune that is a word of its own.
func (t *wordPiece) alone(pieces []Piece, w *word, r rune, at, end int) []Piece {
	pieces = t.flush(pieces, w)
	w.add(r, at, end)
	return t.flush(pieces, w)
}

// word is a word on its way, as the vocabulary writes it, with where its bytes
// come from.
type word struct {
	text       []byte
	runes      int
	start, end []int // of the text's rune, for each byte
}

func (w *word) add(r rune, start, end int) {
	n := len(w.text)
	w.text = utf8.AppendRune(w.text, r)
	w.runes++
	for range len(w.text) - n {
		w.start, w.end = append(w.start, start), append(w.end, end)
	}
}

// reset begins a new word.
func (w *word) reset() {
	w.text, w.start, w.end, w.runes = w.text[:0], w.start[:0], w.end[:0], 0
}

// flush appends the pieces of the word, each time the longest that fits, and
// begins a new one.
func (t *wordPiece) flush(pieces []Piece, w *word) []Piece {
	n, table := len(pieces), t.first
	if len(w.text) == 0 {
		return pieces
	}
	known := w.runes <= longestWord
	for at := 0; known && at < len(w.text); table = t.inner {
		end := len(w.text)
		for ; end > at; end-- {
			if end < len(w.text) && !utf8.RuneStart(w.text[end]) {
				continue
			}
			if id, ok := table[string(w.text[at:end])]; ok {
				pieces = append(pieces, Piece{id, w.start[at], w.end[end-1]})
				break
			}
		}
		known = end > at
		at = end
	}
	if !known {
		pieces = append(pieces[:n], Piece{t.unknown, w.start[0], w.end[len(w.end)-1]})
	}
	w.reset()
	return pieces
}

// isRemoved reports whether a rune is one that the model never sees: control and
// format characters, private and unassigned ones.
func isRemoved(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs)
}

func isPunctuation(r rune) bool {
	if r < utf8.RuneSelf {
		return '!' <= r && r <= '/' || ':' <= r && r <= '@' || '[' <= r && r <= '`' || '{' <= r && r <= '~'
	}
	return unicode.IsPunct(r)
}

// isHan reports whether a rune is one of the ideographs that BERT takes for a
// word each.
func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x2A6DF ||
		r >= 0x2A700 && r <= 0x2B73F || r >= 0x2B740 && r <= 0x2B81F || r >= 0x2B820 && r <= 0x2CEAF ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F
}
