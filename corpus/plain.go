package corpus

import (
	"cmp"
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
		end := i + 1
		for end < len(lines) && strings.TrimSpace(lines[end]) != "" {
			end++
		}
		chunk := lines[i:end]
		// A headline, a date and an author may stand right above the paragraph.
		start := 0
		for start < min(maxHead, len(chunk)-2) && !wrapped(chunk[start:]) {
			start++
		}
		if start > 0 && !wrapped(chunk[start:]) {
			start = 0
		}
		for j, line := range chunk[:start] {
			p.blocks = append(p.blocks, block{line: first + i + j, text: strings.TrimSpace(line)})
		}
		if wrapped(chunk[start:]) {
			text := strings.TrimSpace(strings.Join(chunk[start:], "\n"))
			p.blocks = append(p.blocks, block{line: first + i + start, text: text})
		} else {
			for j, line := range chunk {
				p.blocks = append(p.blocks, block{line: first + i + j, text: strings.TrimSpace(line)})
			}
		}
		i = end
	}
	return p
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
		if utf8.RuneCountInString(word)+1 <= room || isItem(line) {
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
		follows := i+1 < len(blocks) && (endsSentence(blocks[i+1].text) || isItem(blocks[i+1].text))
		tight := i > 0 && b.under(blocks[i-1])
		if looksLikeHeading(b.text) && (follows || !tight && headingChain(blocks[i+1:])) {
			b.level = 2
			out = append(out, b)
			continue
		}
		last := len(out) - 1
		if tight && last >= 0 && len(out[last].breaks) < maxItems-1 && out[last].level == 0 && isShort(out[last].lastLine()) && isShort(b.text) {
			out[last].breaks = append(out[last].breaks, len(out[last].text)+1)
			out[last].text += "\n" + b.text
			continue
		}
		out = append(out, b)
	}
	return out
}

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
	if utf8.RuneCountInString(s) > maxHeading || strings.Contains(s, "\n") || endsSentence(s) || isItem(s) {
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

// endsSentence reports whether s ends with a full stop or its like, quotation
// marks and brackets aside.
func endsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, isCloser))
	return strings.ContainsRune(".!?…。！？؟۔।॥՞។", last) && last != utf8.RuneError
}

// isItem reports whether a line begins like the item of a list.
func isItem(line string) bool {
	return itemMark.MatchString(line)
}

// headline takes the first line of a plain text away where it is the title: a date
// or an author stands right below or above it, or it is the only line in the text
// that may be a heading. It returns "" where it is not.
func headline(p *page) string {
	if len(p.blocks) < 2 || !looksLikeHeading(p.blocks[0].text) {
		return ""
	}
	b, next := p.blocks[0], p.blocks[1]
	signed := slices.ContainsFunc(p.dropped, func(d Dropped) bool {
		return (d.Reason == "dateline" || d.Reason == "byline") && d.Line < next.line
	})
	alone := strings.Count(b.text, " ") >= 2 && !next.under(b) && !slices.ContainsFunc(p.blocks[1:], func(other block) bool { return !endsSentence(other.text) })
	if !signed && !alone {
		return ""
	}
	p.dropped = append(p.dropped, Dropped{b.line, "title", b.text})
	p.blocks = p.blocks[1:]
	slices.SortStableFunc(p.dropped, func(a, b Dropped) int { return cmp.Compare(a.Line, b.Line) })
	return strings.Join(strings.Fields(b.text), " ")
}
