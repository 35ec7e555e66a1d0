package sandbox_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"footnote/sandbox"
)

func TestPlainText(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"plain", "plain"},
		{"**bold** and *italic*", "*bold* and _italic_"},
		{"__under__ ~~gone~~ ||hidden||", "_under_ ~gone~ |hidden|"},
		{"***both***", "*both*"},
		{"**bold *and* italic**", "*bold _and_ italic*"},
		{"*italic **and** bold*", "_italic *and* bold_"},
		{"> quoted **here**\nnot", "  | quoted *here*\nnot"},
		{">>> all\nof it", "  | all\n  | of it"},
		{`\*not italic\* 5 \> 4 \<@1\>`, "*not italic* 5 > 4 <@1>"},
		{"**at least 1\\*093**", "*at least 1*093*"},
		{"snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"},
		{"`code *as is*`", "code *as is*"},
		{"```\na *b*\n```", "    a *b*"},
		{"# Title\n-# small", "Title\nsmall"},
		{"[the ferry](https://example.org/a)", "the ferry (https://example.org/a)"},
		{"[not](here)", "[not](here)"},
		{"unclosed **bold", "unclosed **bold"},
		{`ends with \`, `ends with \`},
		{"**عاجل** 日本*語*", "*عاجل* 日本_語_"},
		{"", ""},
	} {
		if got := sandbox.PlainText(test.in); got != test.want {
			t.Errorf("PlainText(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// FuzzPlainText: text that is escaped comes out as it was, and nothing breaks.
func FuzzPlainText(f *testing.F) {
	for _, s := range []string{"**a** _b_", "> x\n>>> y", "`a` ```b", "[a](https://b)", "***||~~__"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > 4000 { // Discord shows no more in one piece
			return
		}
		if got := sandbox.PlainText(s); !utf8.ValidString(got) {
			t.Errorf("PlainText(%q) = %q breaks a character", s, got)
		}
		var escaped strings.Builder
		for _, r := range s {
			if strings.ContainsRune("\\*_~|`[]()<>#-+.!:@\"'", r) {
				escaped.WriteByte('\\')
			}
			escaped.WriteRune(r)
		}
		if got := sandbox.PlainText(escaped.String()); got != s {
			t.Errorf("escaped %q comes out as %q", s, got)
		}
	})
}
