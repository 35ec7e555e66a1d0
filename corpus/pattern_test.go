package corpus

import (
	"regexp"
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
	for _, r := range rules {
		for _, s := range texts {
			if r.pattern.MatchString(s) != r.pattern.Regexp.MatchString(s) {
				t.Errorf("%s: %q matches otherwise", r.pattern, s)
			}
		}
	}
}
