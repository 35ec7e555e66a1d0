// Package corpus holds articles as data: it loads them from Markdown, HTML and
// plain text, cleans them, and splits them into passages and sentences.
//
// Start with [Load], which reads a folder or a file into a [Library], and
// [Article], whose Text every offset in Footnote counts. Cleaning drops text
// but never changes a character of what it keeps, so a quotation cut from
// Text is what the article says. The package knows nothing of search.
//
// A file goes through four steps: a reader (markdown.go, plain.go, html.go) turns
// what charset.go decodes into blocks, the table of rules in clean.go and the
// looks at what stands around a block and at the foot in around.go and foot.go drop
// what is not the article's, and lay.go writes the text and marks the sentences
// that sentences.go finds. Of a web page, hidden.go takes away what nobody sees
// before, pagename.go, pagedate.go and author.go find title, source, day and author.
package corpus

import (
	"time"
)

// Span is a half-open range [Start, End) of bytes in an article's Text.
// Both ends lie on rune borders.
type Span struct {
	Start, End int
}

// Len returns the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Of returns the slice of text that the span covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Article is one cleaned article. It is not changed after loading.
type Article struct {
	ID        string    // path under the library without the ending, forward slashes
	Title     string    // from the header, the page or the file's name; never empty
	Source    string    // who published it; "" when unknown
	Author    string    `json:",omitempty"` // who wrote it, as the header or the page names them; "" when unknown
	URL       string    // link to the original; "" when there is none
	Published time.Time // day of publication at 00:00 UTC; zero when undated
	Language  string    // two-letter code, "en" where neither header nor text tells
	Text      string    // the cleaned text: headings and passages, a blank line between
	Passages  []Passage // in reading order
	Commands  []Command // slash commands that the header declares
	Dropped   []Dropped // what cleaning left out, for people to check
	Page      int       `json:",omitempty"` // bytes of text on the web page that the article stands on; 0 where there is none
}

// Passage is one paragraph of an article.
type Passage struct {
	Span
	Number    int        // position in the article, counted from 1
	Heading   Span       // heading it stands under; empty when there is none
	Above     []Span     // the headings that one stands under, outermost first
	Question  Span       // question of the text that it answers, its own first sentence or a speaker's above it; empty when there is none
	Columns   []Span     // names of a table's columns; nil where it is no table or names none
	Sentences []Sentence // they cover the passage but for the space between them
}

// Sentence is one sentence of a passage, without the space around it. A row of
// a table is one sentence.
type Sentence struct {
	Span
	Role  Role
	Label string // number of the clause or the item that begins here: "5.3", "5.3(a)"; "" when there is none
	Cells []Span // of a row of a table, in the order of the columns; they may be empty
}

// Role says what a sentence does in its article.
type Role uint8

// The roles. Only a statement tells something by itself.
const (
	Statement Role = iota
	Question       // asks
	HeaderRow      // names the columns of a table
	DatedLine      // a heading that says when: "2.3.1 (2024-05-01)"
)

// Dropped is a piece of the file that is not part of the article.
type Dropped struct {
	Line   int    // line in the file, counted from 1; in HTML the nearest that could be told
	Reason string // what it was taken for: "caption", "comment form", "source line", …
	Text   string // the text as it stood
}

// Command is a slash command that an article brings along.
type Command struct {
	Name        string
	Description string
	Question    string   // asked of the library; {option} stands for the name of the chosen value
	Figures     []string // or: the figures to list, such as "killed"
	Relation    Relation // or: the relations to list
	Options     []Option
}

// Option is one choice list of a [Command].
type Option struct {
	Name        string
	Description string
	Choices     []Choice
}

// Choice is one value of an [Option].
type Choice struct {
	Value string // what Discord sends, "haftar"
	Name  string // what people read and what goes into the question, "Haftar"
}

// Quote returns the slice of the article's text at s.
func (a *Article) Quote(s Span) string { return a.Text[s.Start:s.End] }

// PassageAt returns the passage that contains the byte offset, or nil where
// the offset lies outside every passage (in a heading or between passages).
func (a *Article) PassageAt(offset int) *Passage {
	for i := range a.Passages {
		if p := &a.Passages[i]; p.Start <= offset && offset < p.End {
			return p
		}
	}
	return nil
}
