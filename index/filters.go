package index

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"golang.org/x/text/unicode/norm"
)

// spaceJoiners puts spaces in place of zero-width non-joiners, which part
// words in Persian. bleve's own filter puts one byte for three and so shifts
// every offset behind it.
type spaceJoiners struct{}

func (spaceJoiners) Filter(in []byte) []byte {
	return bytes.ReplaceAll(in, []byte("\u200c"), []byte("   "))
}

// lower puts terms in lower case. bleve's own filter garbles what follows a
// letter whose small form takes fewer bytes, such as İ.
type lower struct {
	special unicode.SpecialCase // nil for the common rules
}

func (l lower) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		if l.special != nil {
			t.Term = bytes.ToLowerSpecial(l.special, t.Term)
		} else {
			t.Term = bytes.ToLower(t.Term)
		}
		if end, ok := bytes.CutSuffix(t.Term, []byte("σ")); ok && len(end) > 0 {
			t.Term = append(end, "ς"...)
		}
	}
	return in
}

// unaccent takes accents off letters, and gives ı its dot.
type unaccent struct{}

func (unaccent) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		if !ascii(t.Term) {
			plain := make([]byte, 0, len(t.Term))
			for _, r := range norm.NFD.String(string(t.Term)) {
				if r == 'ı' {
					r = 'i'
				}
				if !unicode.Is(unicode.Mn, r) {
					plain = utf8.AppendRune(plain, r)
				}
			}
			t.Term = plain
		}
	}
	return in
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// truncate cuts terms to a number of letters, which does much of what a
// stemmer does in languages that have none here.
type truncate int

func (n truncate) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		if len(t.Term) <= int(n) {
			continue
		}
		seen := 0
		for i := range string(t.Term) {
			if seen == int(n) {
				t.Term = t.Term[:i:i]
				break
			}
			seen++
		}
	}
	return in
}

// runs takes every run of letters, marks and digits for one token. bleve's
// word boundaries drop Thai and its like altogether.
type runs struct{}

func (runs) Tokenize(text []byte) analysis.TokenStream {
	var out analysis.TokenStream
	start := -1
	add := func(end int) {
		if start >= 0 {
			out = append(out, &analysis.Token{Term: text[start:end:end], Start: start, End: end, Position: len(out) + 1})
			start = -1
		}
	}
	for i, r := range string(text) {
		if unicode.In(r, unicode.L, unicode.M, unicode.N) {
			if start < 0 {
				start = i
			}
			continue
		}
		add(i)
	}
	add(len(text))
	return out
}

// grams cuts tokens into overlapping pieces of n letters, each with its own
// place in the text.
type grams int

func (n grams) Filter(in analysis.TokenStream) analysis.TokenStream {
	var out analysis.TokenStream
	for _, t := range in {
		var at []int
		for i := range string(t.Term) {
			at = append(at, i)
		}
		at = append(at, len(t.Term))
		if len(at) <= int(n) || len(t.Term) != t.End-t.Start {
			t.Position = len(out) + 1
			out = append(out, t)
			continue
		}
		for i := 0; i+int(n) < len(at); i++ {
			a, b := at[i], at[i+int(n)]
			out = append(out, &analysis.Token{Term: t.Term[a:b:b], Start: t.Start + a, End: t.Start + b, Position: len(out) + 1})
		}
	}
	return out
}

// hangulPairs cuts words in Korean letters into pairs of syllables.
type hangulPairs struct{}

func (hangulPairs) Filter(in analysis.TokenStream) analysis.TokenStream {
	var out analysis.TokenStream
	for _, t := range in {
		cut := analysis.TokenStream{t}
		if r, _ := utf8.DecodeRune(t.Term); unicode.Is(unicode.Hangul, r) {
			cut = grams(2).Filter(cut)
		}
		for _, t := range cut {
			t.Position = len(out) + 1
			out = append(out, t)
		}
	}
	return out
}
