package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
)

func FuzzMarkdown(f *testing.F) { fuzzFormat(f, "a.md") }
func FuzzPlain(f *testing.F)    { fuzzFormat(f, "a.txt") }
func FuzzHTML(f *testing.F)     { fuzzFormat(f, "a.html") }

// fuzzFormat reads any bytes as a file of that name: nothing panics, and what
// comes out keeps the promises of [Article].
func fuzzFormat(f *testing.F, name string) {
	cases, _ := filepath.Glob("testdata/*.txtar")
	for _, c := range cases {
		data, err := os.ReadFile(c)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			if filepath.Ext(file.Name) == filepath.Ext(name) {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, problems := parse(name, data)
		for _, p := range problems {
			if p.Text == "" || strings.Contains(p.Text, "\n") || p.Line < 0 || p.Line > strings.Count(string(data), "\n")+strings.Count(string(data), "\r")+1 {
				t.Errorf("problem %+v does not say what and where", p)
			}
		}
		if a == nil {
			if len(problems) == 0 {
				t.Error("got neither article nor problem")
			}
			return
		}
		check(t, a)
		if strings.HasSuffix(name, ".txt") {
			source, _ := decode(name, data)
			for _, p := range a.Passages {
				for line := range strings.SplitSeq(a.Quote(p.Span), "\n") {
					if !strings.Contains(source, line) {
						t.Errorf("%q is not in the file", line)
					}
				}
			}
		}
	})
}

// check tests what everything else relies on: spans in order, on rune borders,
// and sentences that cover their passages but for space.
func check(t *testing.T, a *Article) {
	t.Helper()
	if a.Title == "" || len(a.Language) != 2 || len(a.Passages) == 0 || !utf8.ValidString(a.Text) {
		t.Errorf("incomplete article %+v", a)
	}
	at := 0
	for i, p := range a.Passages {
		if p.Number != i+1 || p.Start < at || p.End > len(a.Text) || p.Len() == 0 || p.Heading.End > p.Start {
			t.Fatalf("passage %d at %v after %d", p.Number, p.Span, at)
		}
		for _, over := range append(p.Above[:len(p.Above):len(p.Above)], p.Heading, p.Question) {
			if over.Start < 0 || over.End < over.Start || over.End > p.End || !utf8.ValidString(a.Quote(over)) {
				t.Errorf("passage %d stands under %v", p.Number, over)
			}
		}
		if about := a.About(&a.Passages[i]); !strings.HasPrefix(about, a.Title) || !utf8.ValidString(about) {
			t.Errorf("passage %d is about %q", p.Number, about)
		}
		a.Topic(&a.Passages[i])
		for _, name := range p.Columns {
			if name.End > len(a.Text) || !utf8.ValidString(a.Quote(name)) || strings.Contains(a.Quote(name), "\t") {
				t.Errorf("column %v", name)
			}
		}
		at = p.Start
		for _, s := range p.Sentences {
			last := s.Start
			for _, cell := range s.Cells {
				if text := a.Quote(cell); cell.Start < last && cell.Len() > 0 || cell.End < cell.Start || cell.Len() > 0 && !s.Contains(cell) || strings.TrimSpace(text) != text {
					t.Errorf("cell %v of %v after %d", cell, s.Span, last)
				}
				last = max(last, cell.End)
			}
			if s.Start < at || s.Len() == 0 || s.End > p.End {
				t.Fatalf("sentence %v of %v after %d", s.Span, p.Span, at)
			}
			if gap := a.Text[at:s.Start]; strings.TrimSpace(gap) != "" {
				t.Errorf("no sentence covers %q", gap)
			}
			text := a.Quote(s.Span)
			if strings.TrimSpace(text) != text || !utf8.ValidString(text) {
				t.Errorf("sentence %q begins or ends with space or inside a character", text)
			}
			at = s.End
		}
		if gap := a.Text[at:p.End]; strings.TrimSpace(gap) != "" {
			t.Errorf("no sentence covers %q", gap)
		}
		at = p.End
	}
}

// FuzzSentences splits any text in any language: the spans cover all but space.
func FuzzSentences(f *testing.F) {
	for _, tt := range sentenceTests {
		f.Add(strings.ReplaceAll(tt.text, "|", " "), tt.language)
	}
	f.Add("It ends in half a letter\xe2", "en")
	f.Add(strings.Repeat("เรือไม่แล่น ", 40)+"\xe0", "th")
	f.Fuzz(func(t *testing.T, text, language string) {
		valid := utf8.ValidString(text) // what is typed need not be, and must not panic
		at := 0
		for _, s := range sentences(text, language) {
			if s.Start < at || s.Len() <= 0 || strings.ContainsFunc(text[at:s.Start], isText) || strings.TrimSpace(s.Of(text)) != s.Of(text) || valid && !utf8.ValidString(s.Of(text)) {
				t.Fatalf("sentence %v after %d of %q", s, at, text)
			}
			at = s.End
		}
		if strings.ContainsFunc(text[at:], isText) {
			t.Errorf("nothing covers %q", text[at:])
		}
	})
}

func isText(r rune) bool { return !unicode.IsSpace(r) }
