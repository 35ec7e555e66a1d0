package corpus

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxWrap    = 120 // longest line, in runes, that a program wraps text to
	minWrap    = 40  // below it, lines are short for another reason
	maxHeading = 100 // longest heading guessed from its looks, in runes
	maxHead    = 3   // lines above a paragraph that are not its own
	shortLine  = 80  // lines up to this long, without blank lines between, make one passage
)

// readPlain reads plain text: a block for each paragraph, or for each line
// where the lines between two blank ones are not one wrapped paragraph.
// Headings are guessed later, by [guess], when the rubbish is gone.
func readPlain(lines []string, first int) page {
	p := page{flat: true}
	for i := 0; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) == "" {
			continue
		}
		if ruled(lines[i]) {
			p.dropped = append(p.dropped, Dropped{first + i, "ruled line", strings.TrimSpace(lines[i])})
			continue
		}
		end := i + 1
		for end < len(lines) && strings.TrimSpace(lines[end]) != "" && !ruled(lines[end]) {
			end++
		}
		chunk := lines[i:end]
		if t, ok := tabbed(chunk, first+i); ok {
			p.blocks = append(p.blocks, t...)
			i = end - 1
			continue
		}
		chunk, at := unwrapped(chunk)
		// A headline, a date and an author may stand right above the paragraph.
		start := 0
		for start < min(maxHead, len(chunk)-2) && !wrapped(chunk[start:]) {
			start++
		}
		if start > 0 && !wrapped(chunk[start:]) {
			start = 0
		}
		for j, line := range chunk[:start] {
			p.blocks = append(p.blocks, block{line: first + i + at[j], text: strings.TrimSpace(line)})
		}
		if wrapped(chunk[start:]) {
			text := strings.TrimSpace(strings.Join(chunk[start:], "\n"))
			p.blocks = append(p.blocks, block{line: first + i + at[start], text: text})
		} else {
			for j, line := range chunk {
				p.blocks = append(p.blocks, block{line: first + i + at[j], text: strings.TrimSpace(line)})
			}
		}
		// A line under a line makes a heading of it.
		if last := &p.blocks[len(p.blocks)-1]; end < len(lines) && ruled(lines[end]) && last.line == first+end-1 && looksLikeHeading(last.text) {
			last.level = 2
		}
		i = end - 1
	}
	return p
}

// ruled reports whether a line is nothing but a stroke from side to side.
func ruled(line string) bool {
	line = strings.TrimSpace(line)
	return len(line) >= 3 && strings.Contains("=-_~*#", line[:1]) && strings.Trim(line, line[:1]) == ""
}

// wrapped reports whether the lines are one paragraph that a program broke:
// no line has room for the first word of the next.
func wrapped(lines []string) bool {
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(strings.TrimSpace(line)))
	}
	if len(lines) < 2 || width < minWrap || width > maxWrap {
		return false
	}
	for i, line := range lines[1:] {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		room := width - utf8.RuneCountInString(strings.TrimSpace(lines[i]))
		if utf8.RuneCountInString(word)+1 <= room || beginsItem(line) {
			return false
		}
	}
	return true
}

// guess finds the headings among the blocks of a plain text and puts short
// lines that stand together into one passage, as the items of a list.
func guess(blocks []block) []block {
	var out []block
	for i, b := range blocks {
		if b.table || b.level > 0 {
			out = append(out, b)
			continue
		}
		follows := i+1 < len(blocks) && (endsSentence(blocks[i+1].text) || isItem(blocks[i+1].text))
		tight := i > 0 && b.under(blocks[i-1])
		below := i+1 < len(blocks) && blocks[i+1].under(b)
		if looksLikeHeading(b.text) && !((tight || below) && glossed.MatchString(b.text)) && (follows || !tight && headingChain(blocks[i+1:])) {
			b.level = 2
			out = append(out, b)
			continue
		}
		last := len(out) - 1
		if tight && last >= 0 && len(out[last].breaks) < maxItems-1 && out[last].level == 0 && !out[last].table && isShort(out[last].lastLine()) && isShort(b.text) {
			out[last].breaks = append(out[last].breaks, len(out[last].text)+1)
			out[last].text += "\n" + b.text
			continue
		}
		out = append(out, b)
	}
	return out
}

// glossed matches a line that says what a term means, such as stand together in
// a list of them: "Thwart - a seat across a boat".
var glossed = regexp.MustCompile(`^\S.{0,60}? [–—-] \p{Ll}`)

// headingChain reports whether the next block is a heading too, with a
// paragraph under it: a section that begins with its subsection.
func headingChain(next []block) bool {
	return len(next) > 1 && !next[1].under(next[0]) && looksLikeHeading(next[0].text) && endsSentence(next[1].text) && !isShort(next[1].text)
}

// lastLine returns the last item of the block.
func (b block) lastLine() string {
	if n := len(b.breaks); n > 0 {
		return b.text[b.breaks[n-1]:]
	}
	return b.text
}

func isShort(s string) bool { return utf8.RuneCountInString(s) <= shortLine }

// looksLikeHeading reports whether s is a short line that begins like a title
// and does not end like a sentence.
func looksLikeHeading(s string) bool {
	if utf8.RuneCountInString(s) > maxHeading || strings.Contains(s, "\n") || endsSentence(s) || isItem(s) || quotes.MatchString(s) {
		return false
	}
	if last, _ := utf8.DecodeLastRuneInString(s); strings.ContainsRune(",;:：،؛、", last) {
		return false
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return !unicode.IsLower(r)
		}
	}
	return false
}

// quotes matches a line that begins with what somebody said, whoever signs it.
var quotes = regexp.MustCompile(`^["“„«][^"”»]*[.!?…,]["”»]`)

// endsSentence reports whether s ends with a full stop or its like, quotation
// marks and brackets aside.
func endsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, isCloser))
	return strings.ContainsRune(".!?…。！？؟۔।॥՞។", last) && last != utf8.RuneError
}

// beginsItem reports whether a line begins like the item of a list, a numbered
// clause, a question or its answer.
func beginsItem(line string) bool {
	return isItem(line) || clauseMark.MatchString(line) || questionMark.MatchString(line) || answerMark.MatchString(line)
}

// unwrapped puts the lines together that a program broke inside the items of a
// list. The second result holds the position of each item's first line.
func unwrapped(lines []string) (items []string, at []int) {
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(strings.TrimSpace(line)))
	}
	for i, line := range lines {
		last := len(items) - 1
		if last >= 0 && beginsItem(items[last]) && !beginsItem(line) {
			word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			room := width - utf8.RuneCountInString(strings.TrimSpace(lines[i-1]))
			first, _ := utf8.DecodeRuneInString(word)
			full := width >= minWrap && utf8.RuneCountInString(word)+1 > room && !endsSentence(items[last])
			indented := line[0] == ' ' && items[last][0] != ' ' || line[0] == '\t'
			if indented || full || unicode.IsLower(first) {
				items[last] += "\n" + strings.TrimSpace(line)
				continue
			}
		}
		items, at = append(items, line), append(at, i)
	}
	return items, at
}

// tabbed returns the lines as the rows of a table, where each has as many cells
// as the others, a tab apart.
func tabbed(lines []string, first int) ([]block, bool) {
	cells := strings.Count(lines[0], "\t")
	if len(lines) < 2 || cells == 0 || cells == 1 && len(lines) < 3 {
		return nil, false
	}
	for _, line := range lines {
		if strings.Count(line, "\t") != cells {
			return nil, false
		}
	}
	return listed(block{line: first, table: true, head: names(lines)}, lines), true
}

// names reports whether the first of a table's rows names its columns, as far
// as can be told where nothing marks it: it holds no figure, and a column of
// the others does throughout.
func names(rows []string) bool {
	head := strings.Split(rows[0], "\t")
	if len(rows) < 2 || strings.ContainsFunc(rows[0], unicode.IsDigit) {
		return false
	}
	for column, name := range head {
		figures := strings.TrimSpace(name) != ""
		for _, row := range rows[1:] {
			cells := strings.Split(row, "\t")
			figures = figures && (column >= len(cells) || strings.TrimSpace(cells[column]) == "" || strings.ContainsFunc(cells[column], unicode.IsDigit))
		}
		if figures {
			return true
		}
	}
	return false
}

// isItem reports whether a line begins like the item of a list.
func isItem(line string) bool {
	return itemMark.MatchString(line)
}

// headline takes the first line of a plain text away where it is the title: a date
// or an author stands right below or above it, a stroke or a label makes it one, or it is the only line in the text
// that may be a heading. It returns "" where it is not.
func headline(p *page) string {
	if len(p.blocks) < 2 || !looksLikeHeading(p.blocks[0].text) {
		return ""
	}
	b, next := p.blocks[0], p.blocks[1]
	signed := slices.ContainsFunc(p.dropped, func(d Dropped) bool {
		return (d.Reason == "dateline" || d.Reason == "byline" || d.Reason == "ruled line") && d.Line < next.line
	})
	alone := strings.Count(b.text, " ") >= 2 && !next.under(b) && !slices.ContainsFunc(p.blocks[1:], func(other block) bool { return !endsSentence(other.text) })
	if !signed && !alone && !titleLabel.MatchString(b.text) {
		return ""
	}
	p.dropped = append(p.dropped, Dropped{b.line, "title", b.text})
	p.blocks = p.blocks[1:]
	slices.SortStableFunc(p.dropped, func(a, b Dropped) int { return cmp.Compare(a.Line, b.Line) })
	return strings.Join(strings.Fields(titleLabel.ReplaceAllString(b.text, "")), " ")
}

// titleLabel matches what some write before a title.
var titleLabel = regexp.MustCompile(`(?i)^(?:title|headline|titel|titre|título|titolo|название|заголовок|العنوان)\s*:\s*`)
