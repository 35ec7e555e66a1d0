package corpus

import (
	"regexp"
	"strings"
)

var (
	itemMark   = regexp.MustCompile(`^\s*(?:[-*+•‣–]|\d{1,9}[.)])[ \t]+`)
	itemFirst  = regexp.MustCompile(`^\s*(?:[-*+•‣–]|1[.)])[ \t]+`) // may interrupt a paragraph
	itemNumber = regexp.MustCompile(`^\s*\d{1,9}[.)]`)
	taskMark   = regexp.MustCompile(`^\[[ xX]\][ \t]+`)
	atxMark    = regexp.MustCompile(`^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)
	underline  = regexp.MustCompile(`^ {0,3}(=+|-+)[ \t]*$`)
	ruleLine   = regexp.MustCompile(`^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	fenceMark  = regexp.MustCompile("^ {0,3}(`{3,}[^`]*|~{3,}.*)$")
	quoteMark  = regexp.MustCompile(`^ {0,3}(?:>[ \t]?)+`)
	reference  = regexp.MustCompile(`^ {0,3}\[([^\[\]^][^\[\]]*)\]:[ \t]*\S+.*$`)
	footnote   = regexp.MustCompile(`^ {0,3}\[\^[^\[\]]+\]:[ \t]*`)
	tableRule  = regexp.MustCompile(`^[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|?[ \t]*$`)
	comment    = regexp.MustCompile(`(?s)<!--.*?-->`)
	codeBlock  = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)>`)
)

// markdown collects the blocks of a Markdown text.
type markdown struct {
	page
	links    map[string]bool // names that link references define
	lines    []string        // of the block being read, markers dropped
	starts   []int           // indexes in lines where items begin, the first included; nil in a paragraph
	first    int             // line number of the block being read
	labels   []string        // numbers of the items
	table    bool            // the block being read is a table
	head     bool            // its first row names the columns
	verbatim bool            // the block being read is code
}

// readMarkdown reads the blocks that articles are written in: paragraphs,
// headings, lists, block quotes, tables and code. A list or a table is one
// block with an item or a row a line. Line ends inside a paragraph stay.
func readMarkdown(lines []string, first int) page {
	m := &markdown{links: map[string]bool{}}
	lines = strings.Split(dropHidden(strings.Join(lines, "\n")), "\n")
	for _, line := range lines {
		if match := reference.FindStringSubmatch(line); match != nil {
			m.links[strings.ToLower(match[1])] = true
		}
	}
	fence, blank, quoted := "", true, false
	for i, line := range lines {
		number := first + i
		if fence != "" {
			if strings.HasPrefix(strings.TrimSpace(line), fence) {
				fence = ""
				m.flush()
			} else if strings.TrimSpace(line) == "" {
				m.flush()
			} else {
				m.code(number, line)
			}
			continue
		}
		inQuote := quoteMark.MatchString(line)
		if inQuote != quoted {
			m.flush()
		}
		quoted = inQuote
		line = strings.TrimRight(quoteMark.ReplaceAllString(line, ""), " \t")
		fresh := len(m.lines) == 0
		inList := m.starts != nil && !m.table
		switch {
		case strings.TrimSpace(line) == "":
			if !inList {
				m.flush()
			}
			blank = true
			continue
		case fenceMark.MatchString(line):
			m.flush()
			trimmed := strings.TrimSpace(line)
			fence = strings.Repeat(trimmed[:1], len(trimmed)-len(strings.TrimLeft(trimmed, trimmed[:1])))
		case atxMark.MatchString(line):
			m.flush()
			match := atxMark.FindStringSubmatch(line)
			m.heading(number, len(match[1]), match[2])
		case !fresh && !blank && m.starts == nil && underline.MatchString(line):
			level := 1
			if strings.Contains(line, "-") {
				level = 2
			}
			text, number := strings.Join(m.lines, "\n"), m.first
			m.lines = nil
			m.heading(number, level, text)
		case ruleLine.MatchString(line):
			m.flush()
		case itemFirst.MatchString(line), (fresh || inList || blank) && itemMark.MatchString(line):
			if !inList {
				m.flush()
			}
			m.labels = append(m.labels, strings.Trim(itemNumber.FindString(line), " \t.)"))
			m.item(number, taskMark.ReplaceAllString(itemMark.ReplaceAllString(line, ""), ""))
		case strings.HasPrefix(strings.TrimSpace(line), "|"), m.table && strings.Contains(line, "|"):
			if !m.table {
				m.flush()
			}
			m.row(number, line)
		case len(m.lines) == 1 && m.starts == nil && strings.Contains(m.lines[0], "|") && strings.Contains(line, "|") && tableRule.MatchString(line):
			names := m.lines[0] // a table without bars at its sides
			m.lines = nil
			m.row(number-1, names)
			m.row(number, line)
		case reference.MatchString(line):
			m.flush()
		default:
			if inList && blank && line[0] != ' ' && line[0] != '\t' || m.table {
				m.flush()
			}
			if footnote.MatchString(line) {
				m.flush()
				line = footnote.ReplaceAllString(line, "")
			}
			if defined := strings.TrimSpace(line); len(m.lines) > 0 && !m.table && strings.HasPrefix(defined, ": ") {
				line = defined[2:] // a definition of the term above
			}
			m.add(number, line)
		}
		blank = false
	}
	m.flush()
	return m.page
}

// dropHidden blanks out comments, scripts and styles, but for their line ends.
func dropHidden(text string) string {
	lineEnds := func(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) }
	return codeBlock.ReplaceAllStringFunc(comment.ReplaceAllStringFunc(text, lineEnds), lineEnds)
}

func (m *markdown) add(number int, line string) {
	if len(m.lines) == 0 {
		m.first = number
	}
	m.lines = append(m.lines, strings.TrimSpace(line))
}

func (m *markdown) item(number int, line string) {
	m.starts = append(m.starts, len(m.lines))
	m.add(number, line)
}

// row adds a table row, its cells a tab apart. A line of dashes below the first
// row makes it the names of the columns.
func (m *markdown) row(number int, line string) {
	m.table = true
	if tableRule.MatchString(line) && (len(m.lines) < 2 || strings.Contains(line, "--")) {
		m.head = m.head || len(m.lines) == 1 && strings.TrimSpace(m.lines[0]) != ""
		return
	}
	line = strings.TrimPrefix(strings.TrimSpace(line), "|")
	if !strings.HasSuffix(line, `\|`) {
		line = strings.TrimSuffix(line, "|")
	}
	cells := strings.Split(strings.ReplaceAll(line, `\|`, "\x00"), "|")
	for i := range cells {
		cells[i] = strings.ReplaceAll(strings.TrimSpace(cells[i]), "\x00", `\|`)
	}
	m.starts = append(m.starts, len(m.lines))
	if len(m.lines) == 0 {
		m.first = number
	}
	m.lines = append(m.lines, strings.Join(cells, "\t"))
}

// code adds a line of a code block as it is.
func (m *markdown) code(number int, line string) {
	m.verbatim = true
	m.item(number, line)
}

func (m *markdown) heading(number, level int, text string) {
	if text = strings.TrimSpace(m.inline(number, text)); text != "" {
		m.blocks = append(m.blocks, block{line: number, level: level, text: text})
	}
}

// flush ends the block being read.
func (m *markdown) flush() {
	var items []string
	from := 0
	for _, to := range append(m.starts, len(m.lines)) {
		text := strings.Join(m.lines[from:to], "\n")
		switch {
		case m.table:
			text = m.inline(m.first+from, text) // an empty cell at the side stays
		case !m.verbatim:
			text = strings.TrimSpace(m.inline(m.first+from, text))
		}
		items = append(items, text)
		from = to
	}
	m.blocks = append(m.blocks, listed(block{line: m.first, table: m.table, head: m.head, code: m.verbatim}, items, append([]string{""}, m.labels...)...)...)
	m.lines, m.starts, m.labels, m.table, m.head, m.verbatim = nil, nil, nil, false, false, false
}
