package sandbox

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// PlainText renders Discord's markdown for a terminal: **bold** becomes *bold*,
// *italic* becomes _italic_, a block quote is indented behind a bar, backslash
// escapes are resolved, mentions and links stay readable. It covers what bots
// write in plain text, not tables of contents, lists within lists or code colours.
func PlainText(markdown string) string {
	var out []string
	fence, all := false, false // inside ``` and after >>>
	for line := range strings.SplitSeq(markdown, "\n") {
		if strings.HasPrefix(line, "```") {
			fence = !fence
			continue
		}
		if fence {
			out = append(out, "    "+line)
			continue
		}
		prefix := ""
		switch {
		case all:
			prefix = "  | "
		case strings.HasPrefix(line, ">>> "):
			all, prefix, line = true, "  | ", line[4:]
		case strings.HasPrefix(line, "> "):
			prefix, line = "  | ", line[2:]
		case line == ">":
			prefix, line = "  | ", ""
		}
		line = strings.TrimPrefix(line, "-# ") // small print
		for _, h := range []string{"### ", "## ", "# "} {
			if t, ok := strings.CutPrefix(line, h); ok {
				line = t
				break
			}
		}
		out = append(out, prefix+plainLine(line))
	}
	return strings.Join(out, "\n")
}

// markers are the inline marks and what stands for them, longest first. The
// marks that have no plain form vanish.
var markers = []struct{ mark, plain string }{
	{"***", "*"}, {"**", "*"}, {"__", "_"}, {"~~", "~"}, {"||", "|"}, {"*", "_"}, {"_", "_"},
}

// plainLine renders the inline marks of one line.
func plainLine(line string) string {
	var b strings.Builder
	for n := 0; n < len(line); {
		rest := line[n:]
		if rest[0] == '\\' && len(rest) > 1 && isPunct(rest[1]) {
			b.WriteByte(rest[1])
			n += 2
			continue
		}
		if rest[0] == '`' {
			if end := strings.IndexByte(rest[1:], '`'); end >= 0 {
				b.WriteString(rest[1 : 1+end])
				n += end + 2
				continue
			}
		}
		if label, address, size, ok := inlineLink(rest); ok {
			b.WriteString(plainLine(label) + " (" + address + ")")
			n += size
			continue
		}
		if inner, plain, size, ok := marked(line, n); ok {
			b.WriteString(plain + plainLine(inner) + plain)
			n += size
			continue
		}
		_, size := utf8.DecodeRuneInString(rest)
		b.WriteString(rest[:size])
		n += size
	}
	return b.String()
}

func isPunct(c byte) bool {
	return c < utf8.RuneSelf && (unicode.IsPunct(rune(c)) || unicode.IsSymbol(rune(c)))
}

// marked finds a pair of marks that opens at n and returns what it encloses.
func marked(line string, n int) (inner, plain string, size int, ok bool) {
	rest := line[n:]
	for _, m := range markers {
		if !strings.HasPrefix(rest, m.mark) {
			continue
		}
		body := rest[len(m.mark):]
		// An opening mark touches a word; one inside a word is a letter (snake_case).
		if body == "" || body[0] == ' ' || m.mark == "_" && n > 0 && wordByte(line[n-1]) {
			continue
		}
		end := closing(body, m.mark)
		if end <= 0 || body[end-1] == ' ' && m.mark != "||" {
			continue
		}
		return body[:end], m.plain, end + 2*len(m.mark), true
	}
	return "", "", 0, false
}

func wordByte(c byte) bool {
	return c == '_' || c >= utf8.RuneSelf || unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c))
}

// closing finds the mark that closes, escapes skipped; -1 if there is none.
func closing(body, mark string) int {
	for n := 0; n < len(body); n++ {
		if body[n] == '\\' {
			n++
			continue
		}
		if !strings.HasPrefix(body[n:], mark) {
			continue
		}
		// "**" within "*…*" opens or closes bold, not this.
		if len(mark) == 1 && strings.HasPrefix(body[n:], mark+mark) {
			n++
			continue
		}
		return n
	}
	return -1
}

// inlineLink reads [label](address).
func inlineLink(rest string) (label, address string, size int, ok bool) {
	if rest[0] != '[' {
		return
	}
	mid := strings.Index(rest, "](")
	if mid < 1 {
		return
	}
	end := strings.IndexByte(rest[mid:], ')')
	if end < 0 {
		return
	}
	address = strings.Trim(rest[mid+2:mid+end], "<>")
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		return
	}
	return rest[1:mid], address, mid + end + 1, true
}
