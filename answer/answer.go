// Package answer goes from a question to a cited answer: it understands the
// question, ranks sentences, chooses the span that answers, says who said it,
// and decides to abstain. What it returns as an answer is always a slice of an
// article.
//
// Start with [Live], which holds the current [Library], and [Library.Ask].
// The package prepares and owns the whole build of an index directory; bleve
// itself is hidden behind package index.
package answer

import "footnote/corpus"

// Status says whether a question was answered.
type Status string

// Band says how near the library came to an answer.
type Band string

// The values of Status and Band.
const (
	Answered  Status = "answered"
	Abstained Status = "abstained"

	BandAnswered Band = "answered" // shown as an answer
	BandClosest  Band = "closest"  // abstained, but a passage is near
	BandNone     Band = "none"     // nothing near
)

// Question is what a person asked.
type Question struct {
	Text     string
	Article  string // id of the only article to look in; "" for the whole library
	Previous string // the question that this one follows up; "" when there is none
	Earlier  string // the question that Previous followed up; "" when there is none
	Talked   string // id of the article that was talked about before: it leads where the question names none; "" when there is none
}

// Answer is the result of a question. Its JSON is what `bot -ask … -json`
// prints; scripts depend on it. Fields without JSON are for rendering.
type Answer struct {
	Question   string            `json:"question"`
	Status     Status            `json:"status"`
	Band       Band              `json:"band"`
	Answer     string            `json:"answer"`            // the span, verbatim; the whole sentence where no short span is sure; "" when abstained
	Quote      string            `json:"quote"`             // exactly one sentence, verbatim; "" when abstained
	Context    string            `json:"context"`           // neighbouring sentences that a pronoun or quotation needs, verbatim
	Columns    []Column          `json:"columns,omitempty"` // of a row of a table: its cells, which lie in the quote, under the names of their columns; the key is left out for others
	SaidBy     string            `json:"said_by"`           // "" where the article speaks in its own voice
	Confidence float64           `json:"confidence"`        // calibrated probability of being right, also when abstained
	Citation   *Citation         `json:"citation"`          // nil when abstained
	Others     []Other           `json:"others"`            // next best sentences, best first, at most 5
	Corrected  map[string]string `json:"corrected"`         // spelling the question was taken to mean
	ID         string            `json:"id"`                // "" when abstained
	TookUS     int64             `json:"took_us"`           // time taken in microseconds

	Emphasis  corpus.Span `json:"-"` // what to show in bold: the span with its hedge, negation and attribution
	ContextAt corpus.Span `json:"-"` // where Context stands in the article's text; empty when there is none
	Reported  bool        `json:"-"` // SaidBy is the source of a report ("according to"), not a speaker in quotation marks
	Named     bool        `json:"-"` // Quote itself names who says it
	Hints     []Answer    `json:"-"` // those of Others that may help, cited as answers are; their Answer is the sentence
	Looked    []string    `json:"-"` // the question's words that were looked for, as typed
	Unfound   []string    `json:"-"` // those of Looked that nothing in the searched articles matches
	Searched  int         `json:"-"` // number of articles searched
	Err       error       `json:"-"` // why nothing could be looked for: the index failed or the context ended; nil otherwise
	Taken     Taken       `json:"-"` // how a follow-up was taken
	Language  string      `json:"-"` // language of the question where it is none of the library's; "" otherwise
}

// Taken says how a follow-up was completed by the question before. All fields
// are empty where it was taken as it stands.
type Taken struct {
	Word   string // a pronoun of the follow-up, as typed; "" where it had none
	As     string // what the pronoun, or the whole follow-up, was taken to be about
	Before string // the question before, where the follow-up asks the same of something else
}

// Citation says where an answer stands. Offsets count bytes of the article's text.
type Citation struct {
	Article   string `json:"article"`
	Title     string `json:"title"`
	Source    string `json:"source"`
	Author    string `json:"author,omitempty"`
	Published string `json:"published"` // "2019-09-26"; "" when undated
	URL       string `json:"url"`
	Paragraph int    `json:"paragraph"` // counted from 1
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Span      [2]int `json:"span"` // where Answer stands
}

// Other is a sentence that came near.
type Other struct {
	Article   string `json:"article"`
	Paragraph int    `json:"paragraph"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Quote     string `json:"quote"`
	MayHelp   bool   `json:"may_help,omitempty"` // shown where the question was not answered, as what does not clearly answer
}

// Column is one cell of a row that is quoted: what the table calls its column,
// and where in the article's text its value stands.
type Column struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Columns returns the cells of the row of a table that a quotation is, in order;
// none where it is no row, or the table names no columns.
func Columns(a *corpus.Article, quote corpus.Span) []Column {
	var cells []Column
	for _, c := range a.Row(quote) {
		cells = append(cells, Column{Name: a.Quote(c.Name), Value: a.Quote(c.Value), Start: c.Value.Start, End: c.Value.End})
	}
	return cells
}

// Part is one named part of a sentence's score, for `-debug`.
type Part struct {
	Name   string
	Value  float64 // the feature
	Weight float64 // what it is multiplied by
}

// Literal is what a literal search found.
type Literal struct {
	Mentions []Mention // in reading order
	Forms    []string  // of the words, as the articles write them where that is not as typed
	More     bool      // further passages hold the words
	Common   bool      // in a language of the library the words are all such as "the", which the index leaves out
}

// Mention is one passage found by a literal search.
type Mention struct {
	Article   string
	Paragraph int
	Span      corpus.Span   // the passage
	Marks     []corpus.Span // the words found, for bold
}

// Where says which sentence of which article something stands in.
type Where struct {
	Article   string
	Paragraph int // counted from 1
	Sentence  corpus.Span
}
