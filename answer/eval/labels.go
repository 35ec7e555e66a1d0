package eval

import (
	"footnote/answer"
	"footnote/corpus"
)

// Labels is what one label file holds: what people found in an article by
// reading it, or claims and questions to try a library with.
// testdata/labels/README.md says what is labelled and how.
type Labels struct {
	Name      string          // the file's stem
	Article   *corpus.Article // which the next four are about; nil for claims and loaded questions
	Said      []SaidLabel
	Figures   []FigureLabel
	Events    []EventLabel
	Relations []RelationLabel
	Claims    []ClaimLabel
	Loaded    []Case // kind is the sort of trap; fair twins among them have an answer
}

// count returns the number of labels.
func (l *Labels) count() int {
	return len(l.Said) + len(l.Figures) + len(l.Events) + len(l.Relations) + len(l.Claims) + len(l.Loaded)
}

// SaidLabel is a sentence in which somebody is shown to speak.
type SaidLabel struct {
	Sentence corpus.Span
	Speaker  corpus.Span // where the article names the speaker most fully
	Direct   bool
}

// FigureLabel is a number that counts or measures something.
type FigureLabel struct {
	Number corpus.Span // with hedge and sign
	Counts corpus.Span // what is counted; empty where the sentence does not tell
	By     corpus.Span // who counted; empty where nobody is named
	Vague  bool        // dozens, hundreds
}

// EventLabel is the words that date something which happened or is planned.
type EventLabel struct {
	Words corpus.Span
	Dated string // as answer.Event.Dated
}

// RelationLabel says how two parties stand, each where the sentence names it.
type RelationLabel struct {
	Kind   answer.RelationKind
	Actor  corpus.Span
	Target corpus.Span
}

// ClaimLabel is a claim and what comparing it with the article should give.
type ClaimLabel struct {
	ID      string
	Article string
	Verdict answer.Verdict
	Text    string
}
