package corpus

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// pattern is a regular expression that is tried on many texts and seldom
// matches: most are known not to match by the character that they begin with.
// It is compiled when it is tried first: a start that finds its library as it was
// reads no article.
type pattern struct {
	compiled func() *compiled
	one      []string // a match holds one of them, in capitals or small letters; none where that is not known
}

type compiled struct {
	*regexp.Regexp
	first [utf8.RuneSelf]bool // whether a match may begin with it; other characters always may
}

// mustPattern is for an expression that matches at the start of a text alone.
func mustPattern(expression string) *pattern {
	return &pattern{compiled: sync.OnceValue(func() *compiled { return compile(expression) })}
}

func compile(expression string) *compiled {
	p := &compiled{Regexp: regexp.MustCompile(expression)}
	tree, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		panic(err) // unreachable: it was compiled
	}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		panic(err) // unreachable: it was compiled
	}
	seen := make([]bool, len(prog.Inst))
	var follow func(pc uint32)
	follow = func(pc uint32) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch inst := &prog.Inst[pc]; inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			follow(inst.Out)
			follow(inst.Arg)
		case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
			follow(inst.Out)
		case syntax.InstMatch: // of nothing, before anything
			for c := range p.first {
				p.first[c] = true
			}
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			for c := range p.first {
				p.first[c] = p.first[c] || inst.MatchRune(rune(c))
			}
		}
	}
	follow(uint32(prog.Start))
	return p
}

// MatchString is that of the expression.
func (p *pattern) MatchString(s string) bool { return p.may(s) && p.compiled().MatchString(s) }

// FindStringSubmatch is that of the expression.
func (p *pattern) FindStringSubmatch(s string) []string {
	if !p.may(s) {
		return nil
	}
	return p.compiled().FindStringSubmatch(s)
}

// FindStringIndex is that of the expression.
func (p *pattern) FindStringIndex(s string) []int {
	if !p.may(s) {
		return nil
	}
	return p.compiled().FindStringIndex(s)
}

// with says what any match holds one of, and returns the pattern.
func (p *pattern) with(one ...string) *pattern {
	p.one = one
	return p
}

// may reports whether it is worth trying.
func (p *pattern) may(s string) bool {
	if s != "" && s[0] < utf8.RuneSelf && !p.compiled().first[s[0]] {
		return false
	}
	return p.one == nil || slices.ContainsFunc(p.one, func(word string) bool { return holds(s, word) })
}

// holds reports whether a text holds a word in capitals or small letters.
func holds(s, word string) bool {
	for i := 0; i+len(word) <= len(s); i++ {
		if (s[i] == word[0] || s[i]^' ' == word[0]) && strings.EqualFold(s[i:i+len(word)], word) {
			return true
		}
	}
	return false
}
