package handlers

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"footnote/corpus"
)

// special are the characters that Discord's markdown takes as its own wherever
// they stand.
const special = "\\*_~|`[]<@"

// lineStart is what has a meaning at the start of a line only: headings,
// quotes, lists and small print.
var lineStart = regexp.MustCompile(`^([ \t]*)(#|>|-|\+|\d+\.)`)

// escape returns text so that Discord shows it as it stands: no markup, no
// mention, no link, no emoji. [unescape] takes it back.
func escape(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = escapeLine(line)
	}
	return strings.Join(lines, "\n")
}

func escapeLine(line string) string {
	var b strings.Builder
	if m := lineStart.FindStringSubmatch(line); m != nil {
		// The mark that makes it a list or a heading is the last of the match.
		mark := m[2]
		b.WriteString(m[1] + mark[:len(mark)-1] + `\` + mark[len(mark)-1:])
		line = line[len(m[0]):]
	}
	b.WriteString(escapeInline(line))
	return b.String()
}

// escapeInline escapes text that does not begin a line.
func escapeInline(text string) string {
	var b strings.Builder
	for i, r := range text {
		// A colon makes web addresses and emoji; a colon before a space makes neither.
		colon := r == ':' && i+1 < len(text) && text[i+1] != ' ' && text[i+1] != '\n'
		if colon || r < utf8.RuneSelf && strings.ContainsRune(special, r) {
			b.WriteByte('\\')
		}
		if r == utf8.RuneError {
			// Not valid UTF-8, which no article holds but a message may.
			b.WriteRune(utf8.RuneError)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// unescape is the reverse of [escape].
func unescape(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && isMark(text[i+1]) {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// isMark reports whether Discord takes a backslash before c away.
func isMark(c byte) bool {
	return c > ' ' && c < utf8.RuneSelf && !('0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z')
}

// blockquote writes a slice of an article's text as a block quote, with the
// parts that lie in the bold spans in bold. Spans count bytes of the whole text.
func blockquote(text string, at corpus.Span, bold ...corpus.Span) string {
	var b strings.Builder
	for start := at.Start; start <= at.End; {
		end := at.End
		if n := strings.IndexByte(text[start:at.End], '\n'); n >= 0 {
			end = start + n
		}
		b.WriteString("> ")
		b.WriteString(boldLine(text, corpus.Span{Start: start, End: end}, bold))
		b.WriteByte('\n')
		start = end + 1
	}
	return b.String()
}

// boldLine escapes one line. Bold begins and ends within it, for Discord ends
// it with the line.
func boldLine(text string, line corpus.Span, bold []corpus.Span) string {
	var b strings.Builder
	at := line.Start
	write := func(end int) {
		if at == line.Start {
			b.WriteString(escapeLine(text[at:end]))
		} else {
			b.WriteString(escapeInline(text[at:end]))
		}
		at = end
	}
	var within []corpus.Span
	for _, s := range bold {
		within = append(within, trimSpan(text, corpus.Span{Start: max(s.Start, line.Start), End: min(s.End, line.End)}))
	}
	for _, s := range joined(within) {
		if first := lineStart.FindString(text[line.Start:line.End]); s.Start < line.Start+len(first) {
			// Inside the mark of a list: the whole mark comes into the bold part.
			s.Start = line.Start
		} else {
			write(s.Start)
		}
		b.WriteString("**")
		write(s.End)
		b.WriteString("**")
	}
	write(line.End)
	return b.String()
}

// joined sorts spans and makes one of those that touch or overlap: Discord shows
// the four stars between two runs of bold as text.
func joined(spans []corpus.Span) []corpus.Span {
	var runs []corpus.Span
	for _, s := range slices.SortedFunc(slices.Values(spans), func(a, b corpus.Span) int { return a.Start - b.Start }) {
		switch n := len(runs); {
		case s.Len() <= 0:
		case n > 0 && s.Start <= runs[n-1].End:
			runs[n-1].End = max(runs[n-1].End, s.End)
		default:
			runs = append(runs, s)
		}
	}
	return runs
}

// trimSpan leaves out the space at both ends.
func trimSpan(text string, s corpus.Span) corpus.Span {
	if s.Len() <= 0 {
		return s
	}
	t := text[s.Start:s.End]
	s.Start += len(t) - len(strings.TrimLeftFunc(t, unicode.IsSpace))
	s.End -= len(t) - len(strings.TrimRightFunc(t, unicode.IsSpace))
	return s
}

// tidy makes one line of what a person wrote: no line breaks, no control
// characters, none that turn the direction of the text round them.
func tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError, '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// cut returns at most limit runes of text, cut at the last space if there is
// one in its second half, and whether anything was cut.
func cut(text string, limit int) (string, bool) {
	if utf8.RuneCountInString(text) <= limit {
		return text, false
	}
	end := 0
	for range limit {
		_, n := utf8.DecodeRuneInString(text[end:])
		end += n
	}
	if i := strings.LastIndexByte(text[:end], ' '); i > end/2 {
		end = i
	}
	return strings.TrimRightFunc(text[:end], unicode.IsSpace), true
}
