package corpus

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	autolink    = regexp.MustCompile(`^<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>`)
	tag         = regexp.MustCompile(`^</?[A-Za-z][^<>]*>`)
	entity      = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
	destination = regexp.MustCompile(`^\(\s*(?:<[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*)(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)`)
)

// maxMark bounds a tag, an entity, and the address and title of a link, in
// bytes: looking for the end of each must not take long where there is none.
const maxMark = 1000

const asciiPunctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

// inline drops the marks of emphasis, links, code and tags from the text of
// one block. Images are dropped as captions.
func (m *markdown) inline(line int, s string) string {
	if !strings.ContainsAny(s, "\\`<&![]*_~") {
		return s
	}
	closing := brackets(s)
	skip := map[int]int{} // offset of a link's closing bracket to the end of its destination
	noTick := map[int]bool{}
	var out pieces
	for i := 0; i < len(s); {
		rest := s[i:]
		near := rest[:min(len(rest), maxMark)]
		switch c := s[i]; {
		case skip[i] > 0:
			i = skip[i]
		case c == '\\' && len(rest) > 1 && rest[1] == '\n':
			i++
		case c == '\\' && len(rest) > 1 && strings.IndexByte(asciiPunctuation, rest[1]) >= 0:
			out.add(rest[1:2])
			i += 2
		case c == '`':
			n := len(rest) - len(strings.TrimLeft(rest, "`"))
			end := -1
			if !noTick[n] {
				end = closingTicks(rest, n)
			}
			if end < 0 {
				noTick[n] = true
				out.add(rest[:n])
				i += n
				break
			}
			out.add(strings.TrimSpace(rest[n:end]))
			i += end + n
		case c == '<' && autolink.MatchString(near):
			match := autolink.FindStringSubmatch(near)
			out.add(match[1])
			i += len(match[0])
		case c == '<' && tag.MatchString(near):
			i += len(tag.FindString(near))
		case c == '&' && entity.MatchString(near):
			match := entity.FindString(near)
			out.add(html.UnescapeString(match))
			i += len(match)
		case c == '!' && len(rest) > 1 && rest[1] == '[' && m.linkEnd(s, i+1, closing) > 0:
			if alt := strings.TrimSpace(s[i+2 : closing[i+1]]); alt != "" {
				m.dropped = append(m.dropped, Dropped{line + strings.Count(s[:i], "\n"), "caption", alt})
			}
			i = m.linkEnd(s, i+1, closing)
		case c == '[' && len(rest) > 1 && rest[1] == '^' && closing[i] > 0:
			i = closing[i] + 1
		case c == '[' && m.linkEnd(s, i, closing) > 0:
			skip[closing[i]] = m.linkEnd(s, i, closing)
			i++
		case c == '*' || c == '_' || c == '~':
			n := len(rest) - len(strings.TrimLeft(rest, string(c)))
			out.delimiter(s, i, n)
			i += n
		default:
			next := strings.IndexAny(rest[1:], "\\`<&![]*_~") + 1
			if next == 0 {
				next = len(rest)
			}
			out.add(rest[:next])
			i += next
		}
	}
	return strings.Join(out.text, "")
}

// brackets maps the offset of every opening square bracket that is closed to
// the offset of its closing one.
func brackets(s string) map[int]int {
	closing := map[int]int{}
	var open []int
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			open = append(open, i)
		case ']':
			if n := len(open); n > 0 {
				closing[open[n-1]] = i
				open = open[:n-1]
			}
		}
	}
	return closing
}

// linkEnd returns where the link or image ends whose text opens at the
// bracket, or 0 where the bracket is only a bracket.
func (m *markdown) linkEnd(s string, bracket int, closing map[int]int) int {
	end := closing[bracket]
	if end == 0 {
		return 0
	}
	after := s[end+1:]
	if d := destination.FindString(after[:min(len(after), maxMark)]); d != "" {
		return end + 1 + len(d)
	}
	if strings.HasPrefix(after, "[") && closing[end+1] > 0 {
		label := s[end+2 : closing[end+1]]
		if label == "" {
			label = s[bracket+1 : end]
		}
		if m.links[strings.ToLower(label)] {
			return closing[end+1] + 1
		}
	}
	if m.links[strings.ToLower(s[bracket+1:end])] {
		return end + 1
	}
	return 0
}

// closingTicks returns where the run of exactly n backticks stands that closes
// the one that s begins with, or -1.
func closingTicks(s string, n int) int {
	for i := n; i < len(s); {
		j := strings.IndexByte(s[i:], '`')
		if j < 0 {
			return -1
		}
		i += j
		run := len(s[i:]) - len(strings.TrimLeft(s[i:], "`"))
		if run == n {
			return i
		}
		i += run
	}
	return -1
}

// pieces is the text of a block, with the marks that may turn out to be
// emphasis as pieces of their own.
type pieces struct {
	text []string
	open []int // indexes of marks in text that may open emphasis
}

func (p *pieces) add(s string) { p.text = append(p.text, s) }

// delimiter adds a run of n marks and drops what it closes. Whether a run may
// open or close follows CommonMark: "5 * 3" and "snake_case" stay.
func (p *pieces) delimiter(s string, at, n int) {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at+n:])
	spaceBefore, spaceAfter := at == 0 || unicode.IsSpace(before), at+n == len(s) || unicode.IsSpace(after)
	markBefore, markAfter := isMark(before), isMark(after)
	left := !spaceAfter && (!markAfter || spaceBefore || markBefore)
	right := !spaceBefore && (!markBefore || spaceAfter || markAfter)
	opens, closes := left, right
	if s[at] == '_' {
		opens, closes = left && (!right || markBefore), right && (!left || markAfter)
	}
	if s[at] == '~' && n != 2 {
		opens, closes = false, false
	}
	p.add(s[at : at+n])
	last := len(p.text) - 1
	for closes && p.text[last] != "" {
		k := len(p.open) - 1
		for k >= 0 && k >= len(p.open)-16 && p.text[p.open[k]][0] != s[at] {
			k--
		}
		if k < 0 || p.text[p.open[k]][0] != s[at] {
			break
		}
		opener := &p.text[p.open[k]]
		used := min(len(*opener), len(p.text[last]))
		*opener, p.text[last] = (*opener)[used:], p.text[last][used:]
		if p.open = p.open[:k+1]; *opener == "" {
			p.open = p.open[:k]
		}
	}
	if opens && p.text[last] != "" {
		p.open = append(p.open, last)
	}
}

func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
