package annotate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// marks are the quotation marks that are open at a place of a passage.
type marks struct{ double, single bool }

func (m marks) open() bool { return m.double || m.single }

// read takes in the marks of text[from:to], where the passage ends at end; it
// reports whether one opened last.
func (m *marks) read(text string, from, to, end int) bool {
	opened := false
	for i, r := range text[from:to] {
		at := from + i
		switch r {
		case '“', '«', '„':
			m.double, opened = true, true
		case '”', '»':
			m.double, opened = false, false
		case '"':
			m.double = !m.double
			opened = m.double
		case '‘', '\'', '’':
			if !m.single && opensSingle(text, at, end) {
				m.single, opened = true, true
			} else if m.single && closesSingle(text, at, end) {
				m.single, opened = false, false
			}
		}
	}
	return opened
}

// farthest is how many bytes behind a single mark its closing one is looked for.
const farthest = 2000

// opensSingle reports whether the mark at a byte opens a quotation: no letter
// stands before it, one stands behind, and another mark closes what it opened.
// So 'tis and the '90s open none.
func opensSingle(text string, at, end int) bool {
	r, size := utf8.DecodeRuneInString(text[at:])
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	behind, _ := utf8.DecodeRuneInString(text[at+size:])
	if r == '’' || at > 0 && !unicode.IsSpace(before) && !strings.ContainsRune("([{–—-“\"", before) || !unicode.IsLetter(behind) && !unicode.IsDigit(behind) && behind != '…' && behind != '$' {
		return false
	}
	end = min(end, at+farthest)
	for i := at + size; i < end; i++ {
		if next, n := utf8.DecodeRuneInString(text[i:]); (next == '\'' || next == '’') && (r == '‘') == (next == '’') {
			if closesSingle(text, i, end) {
				return true
			}
			i += n - 1
		}
	}
	return false
}

// closesSingle reports whether the mark at a byte may close a quotation: it
// stands behind a word and not within one. The one of "the workers' demands" is
// none where a surer one follows.
func closesSingle(text string, at, end int) bool {
	const sure = ",.?!…"
	r, size := utf8.DecodeRuneInString(text[at:])
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	behind, _ := utf8.DecodeRuneInString(text[at+size:])
	if r == '‘' || unicode.IsSpace(before) || at+size < end && (unicode.IsLetter(behind) || unicode.IsDigit(behind)) {
		return false
	}
	if before != 's' || behind != ' ' {
		return true
	}
	rest := text[at+size : min(end, at+farthest)]
	if next, _ := utf8.DecodeRuneInString(strings.TrimSpace(rest)); !unicode.IsLower(next) {
		return true
	}
	for i, c := range rest {
		switch {
		case (c == '‘' || c == '\'') && strings.HasSuffix(rest[:i], " "):
			return true // another opens before
		case c == r:
			if last, _ := utf8.DecodeLastRuneInString(rest[:i]); strings.ContainsRune(sure, last) {
				return false
			}
			if after, _ := utf8.DecodeRuneInString(rest[i+len(string(c)):]); strings.ContainsRune(",.;:!?)", after) {
				return false
			}
		}
	}
	return true
}
