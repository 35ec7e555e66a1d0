package index

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// compatible returns a text with letters and digits as they are typed: no
// ligatures, no full-width forms, accents on their letters, ’ as the
// apostrophe, nothing that only says where a line may break. Numbers such as ½
// stay, which would run into the digits before them. places tells where the
// bytes come from, nil where they stand as they stood.
func compatible(text []byte) (folded []byte, places []place) {
	if ascii(text) || norm.NFKC.QuickSpan(text) == len(text) && !bytes.ContainsFunc(text, typedOtherwise) {
		return text, nil
	}
	folded = make([]byte, 0, len(text))
	places = make([]place, 0, len(text))
	for start, end := 0, 0; start < len(text); start = end {
		end = start + norm.NFKC.NextBoundary(text[start:], true)
		from := text[start:end]
		form := norm.NFKC.Bytes(from)
		r, size := utf8.DecodeRune(from)
		switch {
		case typedOtherwise(r):
			form = append([]byte(typed[r]), from[size:]...)
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !fullWidth(r), bytes.IndexFunc(form, unicode.IsMark) == 0:
			form = from // the vowel of Thai and Lao that is written round a letter stays whole
		}
		same := bytes.Equal(form, from)
		for i := range form {
			at := place{start, end}
			if same {
				at = place{start + i, start + i + 1}
			}
			places = append(places, at)
		}
		folded = append(folded, form...)
	}
	return folded, places
}

// place is where the bytes stood that a byte was made of.
type place struct{ start, end int }

// typed are signs that stand for others, or for nothing.
var typed = map[rune]string{'’': "'", '\u00ad': "", '\u2060': "", '\ufeff': ""}

func typedOtherwise(r rune) bool {
	_, ok := typed[r]
	return ok
}

func fullWidth(r rune) bool { return '\uff01' <= r && r <= '\uff5e' }
