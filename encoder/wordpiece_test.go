package encoder

import (
	"strings"
	"testing"
	"unicode/utf8"

	"footnote/encoder/encodertest"
)

// cut returns the pieces of a text with bars between, unknown ones in brackets.
func cut(tok Tokenizer, unknown int32, text string) string {
	var pieces []string
	for _, p := range tok.Pieces(text) {
		s := text[p.Start:p.End]
		if p.ID == unknown {
			s = "[" + s + "]"
		}
		pieces = append(pieces, s)
	}
	return strings.Join(pieces, "|")
}

func TestWordPiece(t *testing.T) {
	tok, err := newWordPiece(encodertest.Pieces)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"The boats sank.", "The|boat|s|sank|."},
		{"the BOAT, off-Krag", "the|BOAT|,|off|-|Krag"},
		{"Café cafe\u0301", "Café|cafe\u0301"}, // an accent of its own belongs to its letter
		{"sang\tsan\n", "sa|n|g|sa|n"},
		{"30 3.0", "3|0|3|.|[0]"},
		{"東京boat", "東|京|boat"},
		{"  \u00a0\u200b ", ""},
		{"bo\u00adat b\x00oat \xffboat", "bo\u00adat|b\x00oat|boat"},
		{"xyz boat", "[xyz]|boat"},
		{"ABLAUF", "AB|LAU|F"},
		{strings.Repeat("sa", 51) + " boat", "[" + strings.Repeat("sa", 51) + "]|boat"},
	} {
		if got := cut(tok, tok.unknown, c.text); got != c.want {
			t.Errorf("%q: %q, not %q", c.text, got, c.want)
		}
	}
	if _, err := newWordPiece([]string{"[UNK]", "[CLS]", "a"}); err == nil || !strings.Contains(err.Error(), "[SEP]") {
		t.Errorf("a vocabulary without marks: %v", err)
	}
}

// checkPieces fails where pieces do not lie one after the other in the text.
func checkPieces(t *testing.T, text string, pieces []Piece, size int) {
	t.Helper()
	last := Piece{}
	for _, p := range pieces {
		if p.ID < 0 || int(p.ID) >= size {
			t.Fatalf("%q: there is no piece %d", text, p.ID)
		}
		// Two pieces of one rune, such as the halves of a ligature, share its place.
		if p.Start >= p.End || p.End > len(text) || p.Start < last.End && (p.Start < last.Start || p.End < last.End) {
			t.Fatalf("%q: a piece stands at %d to %d behind one at %d to %d", text, p.Start, p.End, last.Start, last.End)
		}
		if utf8.ValidString(text) && (!utf8.RuneStart(text[p.Start]) || p.End < len(text) && !utf8.RuneStart(text[p.End])) {
			t.Fatalf("%q: a piece at %d to %d cuts a letter", text, p.Start, p.End)
		}
		last = p
	}
}

func FuzzWordPiece(f *testing.F) {
	for _, text := range []string{"The boats sank off Krag.", "cafe\u0301 東京", "\xff\xfe", "한국어 ﬁsh İstanbul", strings.Repeat("a", 300)} {
		f.Add(text)
	}
	tok, err := newWordPiece(encodertest.Pieces)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) { checkPieces(t, text, tok.Pieces(text), len(encodertest.Pieces)) })
}
