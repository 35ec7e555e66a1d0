package answer

import (
	"strings"
	"testing"

	"footnote/corpus"
)

// What a search marks in a text, with a stroke between.
func TestSearchForms(t *testing.T) {
	const names = "It was written in C++ and C, later in C#, F# and C++17; “.NET” runs it, and so does the net at example.net."
	const firms = "AT&T and R & D met at T Street. The R and D teams of A&E stayed."
	const words = "A well-known, well known and well–known boat is known well. Send e-mails to info@example.org or info at example.org."
	for _, c := range []struct{ language, text, typed, marked string }{
		{"en", "The ﬁsh died; ﬁve ﬁshes, one ﬂoor.", "fish", "ﬁsh|ﬁshes"},
		{"en", "The ﬁsh died; ﬁve ﬁshes, one ﬂoor.", "FLOOR", "ﬂoor"},
		{"en", "The fish died.", "ﬁsh", "fish"},
		{"en", "ＡＢＣ sold １２ boats.", "abc 12", "ＡＢＣ|１２"},
		{"en", "Abc sold 12 boats.", "ＡＢＣ １２", "Abc|12"},
		{"en", "The ad\u00adven\u00adture of cafe\u0301s.", "adventures cafés", "ad\u00adven\u00adture|cafe\u0301s"},
		{"en", "O’Brien met O'Neill.", "o'brien o’neill", "O’Brien|O'Neill"},
		{"ar", "ﻻ يوجد ﺟﺴﺮ هناك.", "جسر", "ﺟﺴﺮ"},
		{"en", names, "C#", "C#"},
		{"en", names, "c＃", "C#"},
		{"en", names, "C++", "C++|C++"},
		{"en", names, "C", "C"},
		{"en", names, "F#", "F#"},
		{"en", names, "C++17", "C++17"},
		{"en", names, ".NET", ".NET"},
		{"en", names, "G++", ""},
		{"en", names, "C# or C++", "C++|C#|C++"},
		{"fr", "Écrit en C#, pas en C++.", "C#", "C#"},
		{"de", "In C# geschrieben, nicht in C++.", "C#", "C#"},
		{"en", firms, "AT&T", "AT&T"},
		{"en", firms, "R&D", "R & D"},
		{"en", firms, "A&E", "A&E"},
		{"en", firms, "T", "T|T"},
		{"en", words, "well-known", "well-known|well known|well–known"},
		{"en", words, "e-mail", "e-mails"},
		{"en", words, "info@example.org", "info@example.org"},
		{"en", words, "boat, known", "known|known|known|boat|known"},
		{"zh", "上海的交换机有八个口。", "交换机", "交换机"},
		{"th", "ข้าวสารราคาแพง", "ข้าวสาร", "ข้าวสาร"},
	} {
		a := corpus.FromParagraphs("a", c.language, []string{c.text})
		found, err := inMemory(t, []*corpus.Article{a}).Search(t.Context(), c.typed, "")
		if err != nil {
			t.Fatal(err)
		}
		var marked []string
		for _, m := range found.Mentions {
			for _, s := range m.Marks {
				marked = append(marked, a.Quote(s))
			}
		}
		if got := strings.Join(marked, "|"); got != c.marked {
			t.Errorf("%s, %q: %q is marked, want %q", c.language, c.typed, got, c.marked)
		}
	}
}
