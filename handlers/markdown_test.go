package handlers

import (
	"strings"
	"testing"
	"unicode/utf8"

	"footnote/corpus"
)

func TestEscape(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"words", "At least 12 people, it said.", "At least 12 people, it said."},
		{"emphasis", "a *b* _c_ ~~d~~ ||e|| `f`", "a \\*b\\* \\_c\\_ \\~\\~d\\~\\~ \\|\\|e\\|\\| \\`f\\`"},
		{"backslash", `a\*b`, `a\\\*b`},
		{"masked link", "[a](https://b.example)", `\[a\](https\://b.example)`},
		{"mentions", "<@1> <#2> <t:3> @everyone", `\<\@1> \<#2> \<t\:3> \@everyone`},
		{"heading", "# a", `\# a`},
		{"quote", "> a", `\> a`},
		{"list", "- a", `\- a`},
		{"numbered list", "1. a", `1\. a`},
		{"small print", "-# a", `\-# a`},
		{"second line", "a\n- b", "a\n\\- b"},
		{"not at the start", "a - b > c # d 1. e", "a - b > c # d 1. e"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := escape(c.text)
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if s := shown(got); s != c.text {
				t.Errorf("Discord shows %q, want %q", s, c.text)
			}
		})
	}
}

func TestBlockquote(t *testing.T) {
	cases := []struct {
		name, text string
		at         corpus.Span
		bold       []corpus.Span
		want       string
	}{
		{"plain", "one two", corpus.Span{Start: 0, End: 7}, nil, "> one two\n"},
		{"a slice", "one two", corpus.Span{Start: 4, End: 7}, nil, "> two\n"},
		{"bold", "one two three", corpus.Span{Start: 0, End: 13}, []corpus.Span{{Start: 4, End: 7}}, "> one **two** three\n"},
		{"all bold", "one", corpus.Span{Start: 0, End: 3}, []corpus.Span{{Start: 0, End: 3}}, "> **one**\n"},
		{"bold with space round it", "one two three", corpus.Span{Start: 0, End: 13}, []corpus.Span{{Start: 3, End: 8}}, "> one **two** three\n"},
		{"bold reaching out", "one two three", corpus.Span{Start: 4, End: 7}, []corpus.Span{{Start: 0, End: 13}}, "> **two**\n"},
		{"bold elsewhere", "one two three", corpus.Span{Start: 0, End: 3}, []corpus.Span{{Start: 8, End: 13}}, "> one\n"},
		{"two lines", "one\ntwo", corpus.Span{Start: 0, End: 7}, []corpus.Span{{Start: 1, End: 6}}, "> o**ne**\n> **tw**o\n"},
		{"a star in bold", "a*b", corpus.Span{Start: 0, End: 3}, []corpus.Span{{Start: 1, End: 2}}, "> a**\\***b\n"},
		{"bold that touches", "C# and C++", corpus.Span{Start: 0, End: 10}, []corpus.Span{{Start: 0, End: 1}, {Start: 1, End: 2}}, "> **C#** and C++\n"},
		{"bold that overlaps", "one two three", corpus.Span{Start: 0, End: 13}, []corpus.Span{{Start: 4, End: 10}, {Start: 0, End: 7}}, "> **one two th**ree\n"},
		{"pairs of letters", "交换机是", corpus.Span{Start: 0, End: 12}, []corpus.Span{{Start: 0, End: 3}, {Start: 0, End: 6}, {Start: 3, End: 9}, {Start: 6, End: 9}}, "> **交换机**是\n"},
		{"triples of letters", "ข้าวสาร", corpus.Span{Start: 0, End: 21}, []corpus.Span{{Start: 0, End: 9}, {Start: 3, End: 12}, {Start: 12, End: 21}}, "> **ข้าวสาร**\n"},
		{"touching across a line", "one\ntwo", corpus.Span{Start: 0, End: 7}, []corpus.Span{{Start: 0, End: 3}, {Start: 3, End: 7}}, "> **one**\n> **two**\n"},
		{"two bold", "one two three", corpus.Span{Start: 0, End: 13}, []corpus.Span{{Start: 0, End: 3}, {Start: 8, End: 13}}, "> **one** two **three**\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := blockquote(c.text, c.at, c.bold...); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// FuzzBlockquote holds the first promise: what Discord shows of a quotation is
// the slice of the article, byte for byte, whatever is in bold.
func FuzzBlockquote(f *testing.F) {
	f.Add("At least 12 people were hurt.", 0, 29, 0, 18, 20)
	f.Add("1. one\n- **two**\n# three\n> four", 0, 31, 3, 20, 25)
	f.Add(`a\*b*c**d***e_f~g|h<@1>`, 1, 20, 4, 9, 4)
	f.Add("\n\n", 0, 2, 0, 2, 1)
	f.Add("  - ä\u00a0b", 0, 8, 1, 4, 6)
	f.Add("交换机", 0, 9, 0, 3, 6)
	f.Fuzz(func(t *testing.T, text string, start, end, from, to, second int) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) {
			return // package corpus lets no such text through
		}
		at, bold := spanOf(text, start, end), spanOf(text, from, to)
		out := blockquote(text, at, bold, spanOf(text, to, second))
		if got := unquoted(t, out); got != at.Of(text) {
			t.Errorf("Discord shows %q of %q, want %q", got, out, at.Of(text))
		}
	})
}

// unquoted is what Discord shows of a block quote.
func unquoted(t *testing.T, block string) string {
	t.Helper()
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSuffix(block, "\n"), "\n") {
		text, ok := strings.CutPrefix(line, "> ")
		if !ok {
			t.Errorf("line %q of the quotation is not marked", line)
		}
		lines = append(lines, shown(text))
	}
	return strings.Join(lines, "\n")
}

// spanOf makes a span of text of any two numbers.
func spanOf(text string, a, b int) corpus.Span {
	border := func(n int) int {
		n = min(max(n, 0), len(text))
		for n < len(text) && !utf8.RuneStart(text[n]) {
			n++
		}
		return n
	}
	a, b = border(a), border(b)
	return corpus.Span{Start: min(a, b), End: max(a, b)}
}

// FuzzFit cuts quotations to any room: they fit, and what is shown is still a
// slice of the article that lies within the quotation.
func FuzzFit(f *testing.F) {
	f.Add("At least 12 people were hurt when the ferry ran on a sandbank.", 0, 62, 9, 18, 100)
	f.Add(strings.Repeat("*_~ ", 200), 0, 800, 400, 420, 300)
	f.Add(strings.Repeat("long", 300), 0, 1200, 0, 0, 200)
	f.Add("one\ntwo\n\n"+strings.Repeat("three ", 99), 0, 500, 5, 9, 150)
	f.Fuzz(func(t *testing.T, text string, start, end, from, to, room int) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) || len(text) > 10_000 {
			return
		}
		p := &page{words: english(), now: today}
		room = 150 + max(room, 0)%2000
		at, must := spanOf(text, start, end), spanOf(text, from, to)
		out := p.fit(text, at, must, []corpus.Span{must}, room)
		if n := runes(out); n > room {
			t.Errorf("%d characters in a room of %d", n, room)
		}
		var quoted []string
		for line := range strings.SplitSeq(strings.TrimSuffix(out, "\n"), "\n") {
			if line != p.BeginsEarlier && line != p.GoesOn {
				quoted = append(quoted, line)
			}
		}
		got := unquoted(t, strings.Join(quoted, "\n"))
		if !strings.Contains(at.Of(text), got) {
			t.Errorf("%q is no slice of %q", got, at.Of(text))
		}
	})
}

func TestTidyAndCut(t *testing.T) {
	cases := []struct {
		text  string
		limit int
		want  string
	}{
		{"a  b\n\tc ", 10, "a b c"},
		{"a\x00b\u202ec", 10, "abc"},
		{"one two three", 9, "one two…"},
		{"abcdefghij", 4, "abcd…"},
		{"ääää", 4, "ääää"},
		{"", 4, ""},
	}
	for _, c := range cases {
		if got := limited(c.text, c.limit); got != c.want {
			t.Errorf("%q to %d: got %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}
