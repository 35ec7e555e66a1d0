package corpus

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FromParagraphs returns an article with one passage for each paragraph, taken
// as they are: nothing is cleaned or left out, not even an empty paragraph, so
// offsets into a paragraph hold in its passage. The title serves as the ID.
func FromParagraphs(title, language string, paragraphs []string) *Article {
	a := &Article{ID: title, Title: title, Language: language}
	blocks := make([]block, len(paragraphs))
	for i, p := range paragraphs {
		blocks[i].text = p
	}
	lay(a, blocks)
	return a
}

// layer is what is known of the text above the block that is laid.
type layer struct {
	*Article
	text    strings.Builder
	above   []Span   // headings, outermost first
	levels  []int    // of them
	columns []Span   // of the table before
	asked   Span     // question that what follows answers; empty when there is none
	asker   string   // label of who asked it; "" where it has none
	clause  string   // number of the last clause
	clauses []string // numbers of the headings, or of those above them
}

// lay writes the blocks into the article's text and sets its passages.
func lay(a *Article, blocks []block) {
	l := &layer{Article: a}
	for i, b := range blocks {
		if i > 0 {
			l.text.WriteString("\n\n")
		}
		at := l.text.Len()
		l.text.WriteString(b.text)
		if b.level > 0 {
			l.heading(b, Span{at, at + len(b.text)})
		} else {
			l.passage(b, at)
		}
	}
	a.Text = l.text.String()
}

// heading begins a section. One that says when something came out, as a list
// of changes has them, is a passage too, since nothing else tells it.
func (l *layer) heading(b block, span Span) {
	n := len(l.levels)
	for n > 0 && l.levels[n-1] >= b.level {
		n--
	}
	l.above, l.levels = append(l.above[:n:n], span), append(l.levels[:n], b.level)
	l.asked, l.asker, l.clause = Span{}, "", ""
	if n > 0 {
		l.clause = l.clauses[n-1]
	}
	if m := numbered.FindStringSubmatch(b.text); m != nil {
		l.clause = m[1]
	}
	l.clauses = append(l.clauses[:n], l.clause)
	if versionDate.MatchString(b.text) {
		p := Passage{Span: span, Number: len(l.Passages) + 1, Sentences: []Sentence{{Span: span, Role: DatedLine, Label: l.clause}}}
		l.under(&p, l.above[:n])
		l.Passages = append(l.Passages, p)
	}
}

// versionDate matches the heading of a version that has a date.
var versionDate = regexp.MustCompile(`\bv?\d+\.\d+(?:\.\d+)*\S*\s.*\b(?:19|20)\d\d\b`)

// under sets the headings that a passage stands under.
func (l *layer) under(p *Passage, headings []Span) {
	if n := len(headings); n > 0 {
		p.Heading, p.Above = headings[n-1], headings[:n-1:n-1]
	}
}

func (l *layer) passage(b block, at int) {
	p := Passage{Span: Span{at, at + len(b.text)}, Number: len(l.Passages) + 1}
	if b.table { // its first cell may be empty, and so may its last
		inner := strings.TrimSpace(b.text)
		p.Start += strings.Index(b.text, inner)
		p.End = p.Start + len(inner)
	}
	l.under(&p, l.above)
	from := 0
	for n, to := range append(b.breaks[:len(b.breaks):len(b.breaks)], len(b.text)) {
		first := len(p.Sentences)
		if b.table {
			if s := row(b.text[from:to], at+from); s.Len() > 0 {
				p.Sentences = append(p.Sentences, s)
			}
		} else {
			for _, s := range sentences(b.text[from:to], l.Language) {
				sent := Sentence{Span: Span{at + from + s.Start, at + from + s.End}}
				if isQuestion(s.Of(b.text[from:to]), l.Language) {
					sent.Role = Question
				}
				p.Sentences = append(p.Sentences, sent)
			}
		}
		from = to
		if !b.table && first < len(p.Sentences) {
			label := ""
			if n < len(b.labels) {
				label = b.labels[n]
			}
			l.label(p.Sentences[first:], at, b.text, label, n == 0)
		}
	}
	l.tabled(&p, b)
	l.answers(&p, at, b.text)
	l.Passages = append(l.Passages, p)
}

// tabled sets the columns of a passage that is a table.
func (l *layer) tabled(p *Passage, b block) {
	switch {
	case !b.table:
		l.columns = nil
	case b.head && len(p.Sentences) > 1:
		p.Sentences[0].Role = HeaderRow
		l.columns = p.Sentences[0].Cells
	case !b.more:
		l.columns = nil
	}
	p.Columns = l.columns
}

// row returns the sentence of a line whose cells stand a tab apart.
func row(line string, at int) Sentence {
	var s Sentence
	line = strings.TrimRight(line, "\n")
	inner := strings.TrimSpace(line)
	s.Start = at + strings.Index(line, inner)
	s.End = s.Start + len(inner)
	for cell := range strings.SplitSeq(line, "\t") {
		value := strings.TrimSpace(cell)
		start := at + strings.Index(cell, value)
		s.Cells = append(s.Cells, Span{start, start + len(value)})
		at += len(cell) + 1
	}
	return s
}

var (
	// numbered matches the number that a clause begins with: "5.3", "§ 4", "Article 7:", "(a)".
	numbered = mustPattern(`^(?:(?i:clause|section|article|rule|step|chapter|part|version|release|art\.|sec\.|artikel|abschnitt|artículo|cláusula|статья|пункт|المادة)\s+|§+\s*)?` +
		`(?:\[?v?(\d{1,3}(?:\.\d{1,3})*(?:\s?\([a-z]{1,4}\))?)\]?|(\([a-z]{1,4}\)|[a-z]\)))(?:[.,:)]?\s|$)`)
	// figure matches a number that a sentence begins with as one may count by it.
	figure = mustPattern(`^(?:\d+|\d+(?:\.\d+)+)\s+[\p{Ll}\d]|^\d+\s`)
	// clauseMark matches it where several lines begin with one.
	clauseMark = mustPattern(`^\s*(?:\d{1,3}(?:\.\d{1,3})+[.)]?|§+\s*\d{1,3}[.)]?|\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|[a-z]\))\s+\S`)
)

// label sets the number of the clause that the sentences of a paragraph or an
// item begin with. A letter counts within the number before.
func (l *layer) label(sents []Sentence, at int, text, label string, first bool) {
	if label == "" {
		if s := text[sents[0].Start-at:]; figure.MatchString(s) {
			// "214 passengers", "5.3 million": no number of a clause
		} else if m := numbered.FindStringSubmatch(s); m != nil {
			label = strings.ReplaceAll(m[1]+m[2], " ", "")
		}
	}
	if letter := strings.Trim(label, "()"); letter != "" && letter[0] >= 'a' {
		label = l.clause + "(" + letter + ")"
	} else if label != "" {
		l.clause = label
	} else if first && l.clause != "" && len(l.Passages) > 0 && l.Passages[len(l.Passages)-1].Heading != l.top() {
		label = l.clause // the heading's
	}
	sents[0].Label = label
}

func (l *layer) top() Span {
	if n := len(l.above); n > 0 {
		return l.above[n-1]
	}
	return Span{}
}

// turn matches who speaks at the start of a line of a talk that was written down.
var turn = mustPattern(`^(?:\[[\d:.]+\]\s*|\(?\d\d:\d\d(?::\d\d)?\)?\s+)?(\p{Lu}[\p{L}\d.'’-]*(?: \p{Lu}[\p{L}\d.'’-]*){0,3})(?:\s?[(\[][^()\[\]\n]{1,40}[)\]])?\s?:\s+\S`)

// TurnMark returns the length of what stands before the words of a speaker at the
// start of a line of a talk, "[00:15] HOST: "; 0 where nobody is shown to speak.
func TurnMark(s string) int {
	if m := turn.FindStringIndex(s); m != nil {
		_, last := utf8.DecodeLastRuneInString(s[:m[1]])
		return m[1] - last
	}
	return 0
}

// answers sets the question that a passage answers: its own first sentence, or
// what another speaker asked last.
func (l *layer) answers(p *Passage, at int, text string) {
	who := ""
	if m := turn.FindStringSubmatch(text); m != nil {
		who = m[1]
	}
	if who != "" && who == l.asker {
		l.asked, l.asker = Span{}, ""
	}
	n := len(p.Sentences)
	if n == 0 {
		return
	}
	p.Question = l.asked
	if p.Sentences[0].Role == Question && n > 1 && p.Sentences[1].Role == Statement {
		p.Question = p.Sentences[0].Span
	}
	if last := p.Sentences[n-1]; who != "" && last.Role == Question {
		l.asked, l.asker = last.Span, who
	}
}

// isQuestion reports whether a sentence asks.
func isQuestion(s, language string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool { return isCloser(r) || r == '!' || unicode.IsSpace(r) })
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("?؟？՞", last) && last != utf8.RuneError || language == "el" && (last == ';' || last == '\u037E')
}
