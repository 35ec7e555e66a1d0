package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"footnote/answer/words"
	"footnote/corpus"
	"footnote/index"
)

// class says what kind of word a token is. A token may be several at once.
type class uint16

const (
	stop     class = 1 << iota // function word
	capital                    // begins with a capital letter
	opening                    // first word of its sentence or of a quotation
	acronym                    // two or more letters, all capitals
	number                     // a number in digits or words, years left out
	year                       // a year in digits
	month                      // name of a month
	weekday                    // name of a day of the week, today, yesterday
	quoted                     // stands within quotation marks
	named                      // part of a name
	negation                   // not, never, denied, …
	hedge                      // at least, some, reportedly, …
)

func (c class) is(k class) bool { return c&k != 0 }

// token is one word of a sentence. Term and Word are positions in the
// article's table of strings: the analysed form and the lower-case word.
type token struct {
	Start, End int // bytes of the article's text
	Term, Word int
	Class      class
}

// implied is a term that a sentence does not hold but means: the name behind
// a pronoun, the long form of an acronym, the phrase that several words make.
type implied struct {
	Term   int     // position in the table of strings
	Weight float64 // how surely it is meant, 0 to 1
	At     int     // the token that means it
	Last   int     // the last such token
}

// sentence is a sentence with all that is known of it before any question.
type sentence struct {
	corpus.Span
	Passage  int // position in the article's passages
	Tokens   []token
	Implied  []implied
	Mentions []mention
	Subject  int  // entity that the sentence is about, in Entities; -1 when unknown
	Speaker  int  // entity whose words these are, in Entities; -1 when the article speaks
	Cue      int  // token of the verb of saying; -1 when there is none
	Direct   bool // the words stand in quotation marks
	Unclosed bool // ends inside a quotation
	Leans    bool // begins with a pronoun or the like and needs the sentence before it
}

// mention is a place where a sentence names an entity: tokens First to Last.
type mention struct {
	Entity, First, Last int
}

// prepared is an article made ready for questions. It is not changed
// afterwards, and holds nothing that depends on other articles.
type prepared struct {
	Article   *corpus.Article
	Strings   []string // every term and word of the article, once
	Sentences []sentence
	First     []int // first sentence of each passage, and the number of sentences at the end
	Entities  []entity
	Heading   [][]int // terms of each passage's heading
	Title     []int   // terms of the title
}

// prepare makes an article ready for questions.
func prepare(a *corpus.Article, w *words.Words) *prepared {
	p := &prepared{Article: a}
	t := newTable(&p.Strings)
	p.Title = t.terms(a.Language, a.Title)
	for i := range a.Passages {
		passage := &a.Passages[i]
		p.First = append(p.First, len(p.Sentences))
		p.Heading = append(p.Heading, t.terms(a.Language, a.Quote(passage.Heading)))
		inQuote := false
		for _, s := range passage.Sentences {
			sent := sentence{Span: s.Span, Passage: i, Subject: -1, Speaker: -1, Cue: -1}
			sent.Tokens, inQuote = tokens(t, a, s.Span, inQuote, w)
			sent.Unclosed = inQuote
			p.Sentences = append(p.Sentences, sent)
		}
	}
	p.First = append(p.First, len(p.Sentences))
	if a.Language == "en" {
		annotate(p, t, w)
	}
	return p
}

// sentencesOf returns the sentences of the passage, counted from 0.
func (p *prepared) sentencesOf(passage int) []sentence {
	return p.Sentences[p.First[passage]:p.First[passage+1]]
}

// word returns the lower-case word of a token.
func (p *prepared) word(t token) string { return p.Strings[t.Word] }

// text returns the token as it stands in the article.
func (p *prepared) text(t token) string { return p.Article.Text[t.Start:t.End] }

// table gives every string one position.
type table struct {
	strings *[]string
	at      map[string]int
}

func newTable(strings *[]string) *table {
	return &table{strings: strings, at: map[string]int{}}
}

// add returns the position of s, which is new or known.
func (t *table) add(s string) int {
	if i, ok := t.at[s]; ok {
		return i
	}
	i := len(*t.strings)
	*t.strings = append(*t.strings, s)
	t.at[s] = i
	return i
}

// terms returns the positions of the terms of a heading or a title.
func (t *table) terms(language, text string) []int {
	var terms []int
	for _, tok := range index.Analyze(language, text) {
		if !tok.Stop {
			terms = append(terms, t.add(tok.Term))
		}
	}
	return terms
}

// tokens analyses one sentence. inQuote tells whether a quotation was open
// before it; the second result tells whether one is open after it.
func tokens(t *table, a *corpus.Article, s corpus.Span, inQuote bool, w *words.Words) ([]token, bool) {
	text := a.Quote(s)
	var toks []token
	at, open := 0, true
	for _, tok := range index.Analyze(a.Language, text) {
		between := text[at:max(at, tok.Start)]
		for _, r := range between {
			switch r {
			case '“', '«', '„':
				inQuote, open = true, true
			case '”', '»':
				inQuote = false
			case '"':
				inQuote = !inQuote
				open = inQuote
			}
		}
		at = tok.End
		raw := text[tok.Start:tok.End]
		k := token{Start: s.Start + tok.Start, End: s.Start + tok.End, Term: t.add(tok.Term), Word: t.add(fold(raw))}
		k.Class = classOf(raw, w)
		if tok.Stop {
			k.Class |= stop
		}
		if open {
			k.Class |= opening
		}
		if inQuote {
			k.Class |= quoted
		}
		open = false
		toks = append(toks, k)
	}
	for i := range toks {
		if toks[i].Class.is(year) && counts(t, toks, i, a.Text) {
			toks[i].Class = toks[i].Class&^year | number
		}
	}
	for _, r := range text[min(at, len(text)):] {
		switch r {
		case '“', '«', '„':
			inQuote = true
		case '”', '»':
			inQuote = false
		case '"':
			inQuote = !inQuote
		}
	}
	return toks, inQuote
}

// classOf says what can be told of a word by itself.
func classOf(raw string, w *words.Words) class {
	var c class
	first, size := utf8.DecodeRuneInString(raw)
	if unicode.IsUpper(first) {
		c |= capital
		rest := strings.ReplaceAll(strings.TrimSuffix(raw[size:], "'s"), ".", "")
		if rest != "" && rest == strings.ToUpper(rest) && strings.ToLower(rest) != rest {
			c |= acronym
		}
	}
	lower := fold(raw)
	switch {
	case isYear(lower):
		c |= year
	case unicode.IsDigit(first):
		c |= number
	default:
		if n, ok := w.Number(lower); ok && n.Kind != words.Ordinal && n.Kind != words.Vague {
			c |= number
		}
	}
	if d, ok := w.Date(lower); ok {
		switch {
		case d.Month == 0:
			c |= weekday
		case c.is(capital) || lower != "may" && lower != "march":
			c |= month
		}
	}
	if w.Negation(lower) {
		c |= negation
	}
	if w.Hedge(lower) != "" {
		c |= hedge
	}
	return c
}

// counts reports whether a number that looks like a year counts something:
// "killed 1500 people", not "in 1500".
func counts(t *table, toks []token, i int, text string) bool {
	if i+1 >= len(toks) || text[toks[i].End:toks[i+1].Start] != " " || toks[i+1].Class.is(stop|capital|number|year) {
		return false
	}
	word := func(k int) string { return (*t.strings)[toks[k].Word] }
	if i > 0 && (prepositions[word(i-1)] || toks[i-1].Class.is(month|number)) {
		return false
	}
	return plural(word(i+1)) || word(i+1) == "people" || word(i+1) == "men" || word(i+1) == "women" || word(i+1) == "children"
}

// isYear reports whether a word is a year between 1000 and 2099, or a decade
// such as 1990s.
func isYear(s string) bool {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "s"), "'")
	if len(s) != 4 || s[0] != '1' && s[:2] != "20" {
		return false
	}
	for i := range 4 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// fold returns a word in lower case, with straight apostrophes, without
// accents and without the ending of the possessive.
func fold(s string) string {
	s = strings.ToLower(s)
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			s = unaccented(strings.ReplaceAll(s, "’", "'"))
			break
		}
	}
	return strings.TrimSuffix(s, "'s")
}

// unaccented takes the accents off letters: é becomes e. Letters that carry
// none in Unicode's eyes, such as ø, stay.
func unaccented(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}
