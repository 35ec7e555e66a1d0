package answer

import (
	"strings"
	"unicode/utf8"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// emphasis returns what to show in bold: the clause around the span, and the
// whole sentence where a negation, a doubt, a condition, or a speaker who
// stands in no line of its own would be left outside.
func (l *Library) emphasis(p *annotate.Doc, s *annotate.Sentence, span corpus.Span) corpus.Span {
	if len(p.Columns[s.Passage]) > 0 {
		return span // a cell stands by itself
	}
	clause := s.Span
	for i := 1; i < len(s.Tokens); i++ {
		a, b := s.Tokens[i-1], s.Tokens[i]
		if !clauseBorder(p, a, b) {
			continue
		}
		if b.Start <= span.Start {
			clause.Start = b.Start
		} else if a.End >= span.End {
			clause.End = a.End
			break
		}
	}
	clause = withQuotes(p.Article.Text, s.Span, p.WidenSigns(s, clause))
	for i, t := range s.Tokens {
		if t.Start >= clause.Start && t.End <= clause.End {
			continue
		}
		word := p.Word(t)
		if t.Class.Is(annotate.Negation) || conditions[word] || l.doubts(word) || s.Source() < 0 && (word == "according" || annotate.Speaks(word, l.words)) {
			return s.Span
		}
		if i+1 < len(s.Tokens) && l.doubts(word+" "+p.Word(s.Tokens[i+1])) {
			return s.Span
		}
	}
	return clause
}

// withQuotes takes the quotation marks into a part of a sentence that stand
// directly before and behind it, where it holds their fellows.
func withQuotes(text string, sentence, part corpus.Span) corpus.Span {
	const opening, closing = "\"“«„‘", "\"”»“’"
	before, size := utf8.DecodeLastRuneInString(text[sentence.Start:part.Start])
	if size > 0 && strings.ContainsRune(opening, before) && strings.ContainsAny(text[part.Start:part.End], closing) {
		part.Start -= size
	}
	behind, size := utf8.DecodeRuneInString(text[part.End:sentence.End])
	if size > 0 && strings.ContainsRune(closing, behind) && strings.ContainsAny(text[part.Start:part.End], opening) {
		part.End += size
	}
	return part
}

// clauseBorder reports whether one clause ends and another begins between two
// tokens. A bare colon or dash stands in times and ranges: 22:30, 10–12.
func clauseBorder(p *annotate.Doc, a, b annotate.Token) bool {
	gap := p.Gap(a, b)
	switch {
	case strings.Contains(gap, ";"):
		return true
	case strings.ContainsAny(gap, ":–—") && strings.Contains(gap, " "):
		return true
	}
	return strings.Contains(gap, ",") && clauseWords[p.Word(b)]
}

// doubts reports whether a word or phrase says that something is not certain,
// or denies it.
func (l *Library) doubts(phrase string) bool {
	switch l.words.Hedge(phrase) {
	case words.Unproven, words.Possible, words.NotYet:
		return true
	}
	c, ok := l.words.Cue(phrase)
	return ok && c.Force == words.Denies || unproven[phrase] || l.words.Negation(phrase)
}

var (
	clauseWords = words.Set(`while and but or which who whose although though because so as according after before when where since`)
	conditions  = words.Set(`if unless`)
	unproven    = words.Set(`reportedly allegedly alleged suspected claimed claims accused unconfirmed rumoured rumored supposedly apparently`)
)
