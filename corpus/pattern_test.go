package corpus

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A pattern matches what its expression does.
func TestPattern(t *testing.T) {
	texts := []string{"", "\n", " "}
	for c := rune(0); c < 0x250; c++ {
		texts = append(texts, string(c), string(c)+"a", string(c)+"1", string(c)+" b")
	}
	for _, expression := range []string{
		`^a`, `^(?i:k|s)`, `^(?is:.*b)$`, `^.*b$`, `^$`, `^a?$`, `^(?:a|(b)|)c`, `^\s*a`, `^\b1`, `^[^a-z]`, `^\p{Lu}`, `^(?:§+\s*)?\d`, `^(?:ſ|é)`, `^(?i:ſ|straße)`,
	} {
		p, want := mustPattern(expression), regexp.MustCompile(expression)
		for _, s := range texts {
			if p.MatchString(s) != want.MatchString(s) || (p.FindStringSubmatch(s) == nil) != (want.FindStringSubmatch(s) == nil) {
				t.Errorf("%s: %q matches otherwise", expression, s)
			}
		}
	}
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases (%v)", err)
	}
	for _, name := range append(cases, "pages_test.go", "clean.go") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			texts = append(texts, line)
			texts = append(texts, strings.Split(line, `"`)...)
		}
	}
	texts = append(texts, "A view. PHOTO: x y", "ВИД. Фото: Анна", "DELIVERED TO YOUR INBOX", "© 2019 A. All Rights Reserved", "The bridge (Reuters)", "The bridge [FILE]", "It fell; from file, 2019", "Ann Somebody Contributed to this report")
	for _, r := range append(rules, rule{pattern: contributed}) {
		for _, s := range texts {
			if r.pattern.MatchString(s) != r.pattern.compiled().MatchString(s) {
				t.Errorf("%s: %q matches otherwise", r.pattern.compiled(), s)
			}
		}
	}
}
