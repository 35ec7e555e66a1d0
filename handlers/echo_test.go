package handlers

import (
	"strings"
	"testing"
)

func TestEcho(t *testing.T) {
	w := english()
	long := strings.Repeat("word ", 40)
	cases := []struct {
		name string
		echo echo
		line string
		back echo
	}{
		{"question", echo{Who: "Ann", Question: "how many?"}, `Ann asked: "how many?"`, echo{Question: "how many?"}},
		{"follow-up", echo{Who: "Ann", Question: "and he?", Previous: "who?"}, `Ann asked, after "who?": "and he?"`, echo{Question: "and he?", Previous: "who?"}},
		{"quotes", echo{Who: `A"nn`, Question: `who said "no"?`}, `A\"nn asked: "who said \"no\"?"`, echo{Question: `who said "no"?`}},
		{"lines", echo{Who: "Ann\n> B", Question: "a\nb"}, `Ann > B asked: "a b"`, echo{Question: "a b"}},
		{"cut", echo{Who: strings.Repeat("n", 50), Question: long}, strings.Repeat("n", 32) + ` asked: "` + strings.TrimSpace(long[:100]) + `…"`, echo{Question: strings.TrimSpace(long[:100])}},
		{"mention", echo{Who: "@everyone", Question: "<@1>"}, `\@everyone asked: "\<\@1>"`, echo{Question: "<@1>"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			line := c.echo.asked(w)
			if line != c.line {
				t.Errorf("got %q, want %q", line, c.line)
			}
			if back, ok := readEcho(line + "\n> more \"text\""); !ok || back != c.back {
				t.Errorf("read back %+v, %v, want %+v", back, ok, c.back)
			}
		})
	}
	for _, foreign := range []string{"", "hello", `a "b`, `a "b" "c" "d"`, "\n\"a\""} {
		if e, ok := readEcho(foreign); ok {
			t.Errorf("%q is read as %+v", foreign, e)
		}
	}
}

// FuzzEcho writes what anybody may type and reads it back: the same but for
// what is tidied and cut, on one line, and never with another's words in it.
func FuzzEcho(f *testing.F) {
	f.Add("Ann", "how many?", "")
	f.Add(`A" asked: "x`, `"`, `…"`)
	f.Add("\\", "\\", "\\\"")
	f.Add("", "…", "a\n\"b\"")
	f.Add("", "h", "……")
	f.Fuzz(func(t *testing.T, who, question, previous string) {
		want := echo{Question: readBack(question)}
		if previous != "" {
			want.Previous = readBack(previous)
		}
		line := echo{Who: who, Question: question, Previous: previous}.asked(english())
		if strings.Contains(line, "\n") {
			t.Fatalf("%q is more than a line", line)
		}
		if got, ok := readEcho(line); !ok || got != want {
			t.Errorf("%q is read back as %+v, want %+v", line, got, want)
		}
	})
}

// readBack is what comes back of a text: without the dots that it ends in, as if they were those of a cut.
func readBack(s string) string {
	s, cut := cut(tidy(s), maxEcho)
	if cut {
		return s
	}
	return strings.TrimSuffix(s, "…")
}
