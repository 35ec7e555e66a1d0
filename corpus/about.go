package corpus

import (
	"regexp"
	"strings"
)

// About returns what a passage is about, which it need not say itself: the
// article's title, the headings above it from the outermost on, and the question
// that it answers.
func (a *Article) About(p *Passage) string {
	about := []string{a.Title}
	for _, s := range a.over(p) {
		about = append(about, a.Quote(s))
	}
	return strings.Join(about, " > ")
}

// Topic returns the question that a passage answers, or else the heading right
// above it, without numbers, marks and names of speakers at its start; "" where
// there is neither.
func (a *Article) Topic(p *Passage) string {
	s := a.TopicAt(p)
	topic := strings.TrimSpace(a.Quote(s))
	for _, mark := range []*regexp.Regexp{questionMark, itemMark} {
		topic = topic[len(mark.FindString(topic)):]
	}
	if n := TurnMark(topic); n > 0 && p.Question.Len() > 0 {
		topic = topic[n:]
		topic = topic[len(spokenTo.FindString(topic)):]
	}
	if m := numbered.FindStringIndex(topic); m != nil && m[1] < len(topic) && !versionDate.MatchString(topic) {
		topic = topic[m[1]:]
	}
	return strings.TrimSpace(topic)
}

// spokenTo matches whom a speaker turns to: "Mr Roe, who paid?".
var spokenTo = regexp.MustCompile(`^(?:(?:And|So|Now|Well),?\s+)?(?:\p{Lu}[\p{L}.'’-]*\s+){0,3}\p{Lu}[\p{L}.'’-]*,\s+`)

// TopicAt returns where [Article.Topic] stands.
func (a *Article) TopicAt(p *Passage) Span {
	if p.Question.Len() > 0 {
		return p.Question
	}
	return p.Heading
}

// Asks reports whether what the passage stands under is a question.
func (a *Article) Asks(p *Passage) bool {
	return p.Question.Len() > 0 || isQuestion(a.Quote(p.Heading), a.Language)
}

// over returns the headings above a passage, outermost first, and the question
// that it answers where that stands outside it.
func (a *Article) over(p *Passage) []Span {
	over := p.Above[:len(p.Above):len(p.Above)]
	if p.Heading.Len() > 0 {
		over = append(over, p.Heading)
	}
	if p.Question.Len() > 0 && !p.Contains(p.Question) {
		over = append(over, p.Question)
	}
	return over
}

// Under returns [Article.About] without the title.
func (a *Article) Under(p *Passage) string {
	var b strings.Builder
	for _, s := range a.over(p) {
		b.WriteString(a.Quote(s))
		b.WriteByte('\n')
	}
	return b.String()
}

// Cell is one cell of a row: the name of its column, empty where it has none,
// and what stands in it.
type Cell struct {
	Name, Value Span
}

// Row returns the cells of the row of a table that stands at s, those left out
// in which nothing stands; nil where s is no row or its table names no columns.
func (a *Article) Row(s Span) []Cell {
	p := a.PassageAt(s.Start)
	if p == nil || len(p.Columns) == 0 {
		return nil
	}
	for _, sent := range p.Sentences {
		if sent.Span != s || sent.Role != Statement {
			continue
		}
		var cells []Cell
		for i, value := range sent.Cells {
			c := Cell{Value: value}
			if i < len(p.Columns) {
				c.Name = p.Columns[i]
			}
			if value.Len() > 0 {
				cells = append(cells, c)
			}
		}
		return cells
	}
	return nil
}
