// Package annotate prepares an article for questions, once, when a library is
// built: it splits sentences into tokens, gathers names into entities, finds who
// speaks and what pronouns and roles stand for, what is counted, when things
// happened, and who stands how with whom.
//
// Start with [Prepare], which returns a [Doc]. The package knows nothing of
// questions and nothing of other articles; what it finds depends on the article
// and the word lists alone.
package annotate

import (
	"strings"

	"footnote/answer/words"
	"footnote/corpus"
)

// Token is one word of a sentence. Term and Word are positions in the
// article's table of strings: the analysed form and the lower-case word.
type Token struct {
	Start, End int // bytes of the article's text
	Term, Word int
	Class      Class
}

// Implied is a term that a sentence does not hold but means: the name behind
// a pronoun, the long form of an acronym, the phrase that several words make.
type Implied struct {
	Term   int     // position in the table of strings
	Weight float64 // how surely it is meant, 0 to 1
	At     int     // the token that means it
	Last   int     // the last such token
}

// Sentence is a sentence with all that is known of it before any question.
type Sentence struct {
	corpus.Span
	Passage  int // position in the article's passages
	Role     corpus.Role
	Label    string // number of the clause or item that begins here
	Tokens   []Token
	Implied  []Implied
	Mentions []Mention
	Subject  int  // entity that the sentence is about, in Entities; -1 when unknown
	Speaker  int  // entity whose words these are, in Entities; -1 when the article speaks
	Cue      int  // token of the verb of saying; -1 when there is none
	Direct   bool // the words stand in quotation marks
	Vouched  bool // what the sentence tells is the speaker's: he said that …, and did not only dismiss or ask
	Unclosed bool // ends inside a quotation
	Leans    bool // begins with a pronoun or the like and needs the sentence before it
}

// Mention is a place where a sentence names an entity: tokens First to Last.
type Mention struct {
	Entity, First, Last int
}

// Doc is an article made ready for questions. It is not changed
// afterwards, and holds nothing that depends on other articles.
type Doc struct {
	Article   *corpus.Article
	Strings   []string // every term and word of the article, once
	Sentences []Sentence
	First     []int // first sentence of each passage, and the number of sentences at the end
	Entities  []Entity
	Full      []int       // of each named entity the one of its fullest name; see FullName
	Heading   [][]int     // terms of what each passage stands under: its headings, and the question that it answers
	Topic     [][]Topical // words of the nearest of these alone
	Columns   [][][]int   // terms of the names of each passage's columns, where it is a table
	Title     []int       // terms of the title
	Events    []Event     // words of date that can be put on a calendar, in reading order
	Figures   []Figure
	// Statements are the sentences in which somebody is shown to speak, in reading order.
	Statements []Statement
	Relations  []Relation // in reading order

	hashes []uint32 // of Strings
}

// Topical is a word of a heading: positions in the table of strings. The term is
// that of the base form, where the word has one.
type Topical struct {
	Term, Word int
}

// Prepare makes an article ready for questions.
func Prepare(a *corpus.Article, w *words.Words) *Doc {
	p := &Doc{Article: a}
	t := newTable(&p.Strings)
	p.Title = t.terms(a.Language, a.Title)
	for i := range a.Passages {
		passage := &a.Passages[i]
		p.First = append(p.First, len(p.Sentences))
		p.Heading = append(p.Heading, t.terms(a.Language, a.Under(passage)))
		p.Topic = append(p.Topic, t.topic(a.Language, a.Topic(passage), w))
		columns := make([][]int, len(passage.Columns))
		for k, name := range passage.Columns {
			columns[k] = t.terms(a.Language, a.Quote(name))
		}
		p.Columns = append(p.Columns, columns)
		var m marks
		for k, s := range passage.Sentences {
			sent := Sentence{Span: s.Span, Passage: i, Subject: -1, Speaker: -1, Cue: -1}
			said := s.Span
			if k == 0 && a.Asks(passage) {
				said.Start += corpus.AnswerMark(a.Quote(said))
			}
			sent.Tokens = tokens(t, a, said, passage.End, &m, w)
			unnumber(sent.Tokens, a, s.Label)
			sent.Unclosed = m.open()
			sent.Role, sent.Label = s.Role, s.Label
			sent.columns(s.Cells, columns)
			p.Sentences = append(p.Sentences, sent)
		}
	}
	p.First = append(p.First, len(p.Sentences))
	if a.Language == "en" {
		annotate(p, t, w)
		p.Events = p.events(w)
		p.Figures = p.figures(w)
		p.impliesUnits(t)
	}
	p.Hash()
	return p
}

// unnumber takes the number that a clause begins with for no figure, and the word
// behind it for the first of its sentence.
func unnumber(toks []Token, a *corpus.Article, label string) {
	if label == "" || len(toks) < 2 {
		return
	}
	k := 0
	for k+1 < len(toks) && strings.Contains(label, a.Text[toks[k].Start:toks[k].End]) && (k == 0 || !strings.Contains(a.Text[toks[k-1].End:toks[k].Start], " ")) {
		toks[k].Class &^= Number | Year | Capital
		k++
	}
	if k > 0 {
		toks[k].Class |= Opening
	}
}

// byColumn is how surely a cell of a table is what the name of its column says.
const byColumn = 0.95

// columns lets each cell of a row mean the name of its column.
func (s *Sentence) columns(cells []corpus.Span, names [][]int) {
	at := 0
	for i, cell := range cells[:min(len(cells), len(names))] {
		for at < len(s.Tokens) && s.Tokens[at].Start < cell.Start {
			at++
		}
		if at == len(s.Tokens) || s.Tokens[at].Start >= cell.End || s.Role != corpus.Statement {
			continue
		}
		for _, term := range names[i] {
			s.Implied = append(s.Implied, Implied{Term: term, Weight: byColumn, At: at, Last: at})
		}
	}
}

// SentencesOf returns the sentences of the passage, counted from 0.
func (p *Doc) SentencesOf(passage int) []Sentence {
	return p.Sentences[p.First[passage]:p.First[passage+1]]
}

// Word returns the lower-case word of a token.
func (p *Doc) Word(t Token) string { return p.Strings[t.Word] }

// Raw returns the token as it stands in the article.
func (p *Doc) Raw(t Token) string { return p.Article.Text[t.Start:t.End] }

// WordsOf returns the span of tokens first to last, without the ending of a
// possessive.
func (p *Doc) WordsOf(s *Sentence, first, last int) corpus.Span {
	span := corpus.Span{Start: s.Tokens[first].Start, End: s.Tokens[last].End}
	for _, ending := range []string{"'s", "’s"} {
		if text := p.Article.Quote(span); len(text) > len(ending) && strings.HasSuffix(text, ending) {
			span.End -= len(ending)
		}
	}
	return span
}

// Source returns the entity that what the sentence tells comes from; -1 where
// the article tells it itself, be it of somebody's words.
func (s *Sentence) Source() int {
	if s.Vouched {
		return s.Speaker
	}
	return -1
}
