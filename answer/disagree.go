package answer

import "footnote/corpus"

// Version is what one article says of something that another tells otherwise.
type Version struct {
	Where
	Span   corpus.Span // the figure, or the words of date
	SaidBy string      // who says so; "" where the article says it in its own voice
	Dated  string      // for dates: the resolved date, as Event.Dated
}

// Disagreement is one thing that two articles count or date differently.
// Nothing is decided between them.
type Disagreement struct {
	About string // what is counted or what happened, in words of the first article
	Dates bool   // dated, not counted, differently
	A, B  Version
}

// Disagreements lists where the articles of the library disagree, of one
// article when article is not "".
func (l *Library) Disagreements(article string) []Disagreement { return nil }
