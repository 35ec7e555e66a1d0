package annotate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"footnote/answer/words"
	"footnote/corpus"
	"footnote/index"
)

// Class says what kind of word a token is. A token may be several at once.
type Class uint16

// The kinds of word.
const (
	Stop     Class = 1 << iota // function word
	Capital                    // begins with a capital letter
	Opening                    // first word of its sentence or of a quotation
	Acronym                    // two or more letters, all capitals
	Number                     // a number in digits or words, years left out
	Year                       // a year in digits
	Month                      // name of a month
	Weekday                    // name of a day of the week, today, yesterday
	Quoted                     // stands within quotation marks
	Named                      // part of a name
	Negation                   // not, never, denied, …
	Hedge                      // at least, some, reportedly, …
)

// Is reports whether a token is of the kind, or of one of several.
func (c Class) Is(k Class) bool { return c&k != 0 }

// tokens analyses one sentence of a passage that ends at end. m holds the marks
// that were open before it, and afterwards those that are open behind it.
func tokens(t *table, a *corpus.Article, s corpus.Span, end int, m *marks, w *words.Words) []Token {
	text := a.Quote(s)
	analyzed := index.Analyze(a.Language, text)
	if len(analyzed) == 0 {
		m.read(a.Text, s.Start, s.End, end)
		return nil
	}
	toks := make([]Token, 0, len(analyzed))
	at, open := 0, true
	for _, tok := range analyzed {
		if m.read(a.Text, s.Start+at, s.Start+max(at, tok.Start), end) {
			open = true
		}
		at = tok.End
		raw := text[tok.Start:tok.End]
		lower := Fold(raw)
		k := Token{Start: s.Start + tok.Start, End: s.Start + tok.End, Term: t.add(tok.Term), Class: classOf(raw, lower, w)}
		if k.Word = k.Term; lower != tok.Term {
			k.Word = t.add(lower)
		}
		if tok.Stop {
			k.Class |= Stop
		}
		if open {
			k.Class |= Opening
		}
		if m.open() {
			k.Class |= Quoted
		}
		open = false
		toks = append(toks, k)
	}
	for i := range toks {
		if toks[i].Class.Is(Year) && counts(t, toks, i, a.Text) {
			toks[i].Class = toks[i].Class&^Year | Number
		}
	}
	m.read(a.Text, s.Start+min(at, len(text)), s.End, end)
	return toks
}

// classOf says what can be told of a word by itself; lower is the word folded.
func classOf(raw, lower string, w *words.Words) Class {
	var c Class
	first, size := utf8.DecodeRuneInString(raw)
	if unicode.IsUpper(first) {
		c |= Capital
		rest := strings.ReplaceAll(strings.TrimSuffix(raw[size:], "'s"), ".", "")
		if rest != "" && rest == strings.ToUpper(rest) && strings.ToLower(rest) != rest {
			c |= Acronym
		}
	}
	look := w.Look(lower)
	switch {
	case IsYear(lower):
		c |= Year
	case unicode.IsDigit(first):
		c |= Number
	default:
		if look.IsNumber && look.Number.Kind != words.Ordinal && look.Number.Kind != words.Vague {
			c |= Number
		}
	}
	if look.IsDate {
		switch {
		case look.Date.Month == 0:
			c |= Weekday
		case c.Is(Capital) || lower != "may" && lower != "march":
			c |= Month
		}
	}
	if look.Negation {
		c |= Negation
	}
	if look.Hedge != "" {
		c |= Hedge
	}
	return c
}

// counts reports whether a number that looks like a year counts something:
// "killed 1500 people", not "in 1500".
func counts(t *table, toks []Token, i int, text string) bool {
	if i+1 >= len(toks) || text[toks[i].End:toks[i+1].Start] != " " || toks[i+1].Class.Is(Stop|Capital|Number|Year) {
		return false
	}
	word := func(k int) string { return (*t.strings)[toks[k].Word] }
	if i > 0 && (Prepositions[word(i-1)] || toks[i-1].Class.Is(Month|Number)) {
		return false
	}
	switch word(i + 1) {
	case "people", "men", "women", "children":
		return true
	}
	return Plural(word(i+1)) && !(i > 0 && word(i-1) == "the") // "the 2014 protests"
}

// IsYear reports whether a word is a year between 1000 and 2099, or a decade
// such as 1990s.
func IsYear(s string) bool {
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

// Fold returns a word in lower case, with straight apostrophes, without
// accents and without the ending of the possessive.
func Fold(s string) string {
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

// table gives every string one position.
type table struct {
	strings *[]string
	at      map[string]int
}

// newTable returns a table for a text of so many bytes.
func newTable(strings *[]string, size int) *table {
	n := min(size/10, 1<<16) // twice as many words as a short text has, and they are told in two forms
	*strings = make([]string, 0, n)
	return &table{strings: strings, at: make(map[string]int, n)}
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

// topic returns the words of a heading, function words left out.
func (t *table) topic(language, text string, w *words.Words) []Topical {
	var topic []Topical
	for _, tok := range index.Analyze(language, text) {
		if tok.Stop {
			continue
		}
		word := Fold(text[tok.Start:tok.End])
		term := tok.Term
		if language == "en" {
			if base := BaseTerm(w, word, term); base != "" {
				term = base
			}
		}
		topic = append(topic, Topical{t.add(term), t.add(word)})
	}
	return topic
}
