package encoder

import (
	"strings"
	"testing"
)

// tinyUnigram is a tokenizer for tests, with a table of letters.
func tinyUnigram(t testing.TB) *unigram {
	t.Helper()
	pieces := strings.Split("<s> <pad> </s> <unk> ▁the ▁boat s ▁boats ▁ b o a t k . f i ▁fi sh", " ")
	score := make([]float32, len(pieces))
	for i, p := range pieces[4:] {
		score[4+i] = -12 + 2*float32(len([]rune(p))) - float32(i)/100
	}
	tok, err := newUnigram(pieces, score, "a0\t \nfb01\tfi\nad\t\n")
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

func TestUnigram(t *testing.T) {
	tok := tinyUnigram(t)
	for _, c := range []struct{ text, want string }{
		{"the boats", "the|boats"},
		{" the \u00a0 boat ", "the|boat"},
		{"boat.s", "boat|.|s"},
		{"ﬁsh bo\u00adat", "ﬁ|sh|bo\u00adat"},
		{"xyz boat", "x|[xyz]|boat"}, // the mark is a piece and stands where the word begins
		{"kkx", "k|k|k|[x]"},
		{"", ""},
	} {
		if got := cut(tok, tok.unknown, c.text); got != c.want {
			t.Errorf("%q: %q, not %q", c.text, got, c.want)
		}
	}
	for table, want := range map[string]string{"zz\tx": "table of letters", "": "<unk>"} {
		pieces := []string{"<s>", "</s>", "<unk>"}
		if table == "" {
			pieces = pieces[:2]
		}
		if _, err := newUnigram(pieces, make([]float32, 3), table); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, not %q", table, err, want)
		}
	}
}

func FuzzUnigram(f *testing.F) {
	for _, text := range []string{"the boats sank.", "ﬁsh \u00a0 x", "\xff\xfe", strings.Repeat("a", 300)} {
		f.Add(text)
	}
	tok := tinyUnigram(f)
	f.Fuzz(func(t *testing.T, text string) { checkPieces(t, text, tok.Pieces(text), len(tok.score)) })
}
