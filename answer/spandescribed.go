package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// maxDescription is how long an apposition may be that answers who somebody
// is, in tokens.
const maxDescription = 12

// describedSpan returns what a sentence calls the person whom the question
// asks about: "Olaf Berg, *the mayor of Vessa*, …", or else "*Prime Minister*
// Olaf Berg"; an empty span where it calls him nothing.
func (l *Library) describedSpan(q *parsed, p *annotate.Doc, s *annotate.Sentence) corpus.Span {
	if !asksWho.MatchString(q.Text) {
		return corpus.Span{}
	}
	for _, mn := range s.Mentions {
		if p.Entities[mn.Entity].Kind != annotate.Person || !l.inQuestion(q, p, mn.Entity) {
			continue
		}
		if found := l.apposition(p, s, mn); found.Len() > 0 {
			return found
		}
		if mn.Last+1 < len(s.Tokens) && isBe(p.Word(s.Tokens[mn.Last+1])) {
			return corpus.Span{} // what comes tells more
		}
		if found := l.titleOf(p, s, mn); found.Len() > 0 {
			return found
		}
	}
	return corpus.Span{}
}

// describes reports whether a part of a sentence can say who somebody is: it
// stands behind "is", in commas behind the name or before it, or is a title.
func (l *Library) describes(q *parsed, p *annotate.Doc, s *annotate.Sentence, span corpus.Span) bool {
	if !strings.ContainsFunc(p.Article.Quote(span), unicode.IsLetter) {
		return false
	}
	title, described := false, false
	for i, t := range s.Tokens {
		word := p.Word(t)
		inside := span.Contains(corpus.Span{Start: t.Start, End: t.End})
		title = title || inside && annotate.IsTitle(word, l.words)
		described = described || t.Start == span.Start && describers[word]
		if t.End <= span.Start && (i+1 == len(s.Tokens) || s.Tokens[i+1].End > span.Start) && (isBe(word) || word == "as") {
			return true
		}
	}
	gap := func(from, to int) string { return strings.TrimSpace(p.Article.Text[min(from, to):max(from, to)]) }
	for _, mn := range s.Mentions {
		at := corpus.Span{Start: s.Tokens[mn.First].Start, End: s.Tokens[mn.Last].End}
		if !l.inQuestion(q, p, mn.Entity) {
			continue
		}
		before, behind := gap(span.End, at.Start), gap(at.End, span.Start)
		if span.Overlaps(at) && title || span.End <= at.Start && (before == "" || before == ",") && (title || described) ||
			at.End <= span.Start && (behind == "," || behind == "(") {
			return true
		}
	}
	return false
}

// asksWho matches questions for a person: "what is" asks for things.
var asksWho = regexp.MustCompile(`(?i)\bwho\b`)

// describers begin an apposition.
var describers = words.Set(`the a an its their his her one`)

// apposition returns what a name is called behind it, between commas.
func (l *Library) apposition(p *annotate.Doc, s *annotate.Sentence, mn annotate.Mention) corpus.Span {
	gap := func(k int) string { return strings.TrimSpace(p.Gap(s.Tokens[k], s.Tokens[k+1])) }
	first := mn.Last + 1
	if first >= len(s.Tokens) || gap(mn.Last) != "," || !describers[p.Word(s.Tokens[first])] {
		return corpus.Span{}
	}
	role := false
	for k := first; k < len(s.Tokens) && k < first+maxDescription; k++ {
		role = role || annotate.IsTitle(p.Word(s.Tokens[k]), l.words) || slices.Contains(p.Entities[mn.Entity].Roles, s.Tokens[k].Term)
		if k+1 == len(s.Tokens) || gap(k) != "" {
			if !role {
				break // the next of a list of names
			}
			return corpus.Span{Start: s.Tokens[first].Start, End: s.Tokens[k].End}
		}
	}
	return corpus.Span{}
}

// titleOf returns the title that a name begins with; that of an address, "Mr",
// tells nothing.
func (l *Library) titleOf(p *annotate.Doc, s *annotate.Sentence, mn annotate.Mention) corpus.Span {
	last := mn.First
	for last < mn.Last && slices.Contains(p.Entities[mn.Entity].Roles, s.Tokens[last].Term) {
		last++
	}
	if last == mn.First {
		return corpus.Span{}
	}
	title := corpus.Span{Start: s.Tokens[mn.First].Start, End: s.Tokens[last-1].End}
	if t, ok := l.words.Title(p.Article.Quote(title)); !ok || t.Field == "address" {
		return corpus.Span{}
	}
	return title
}
