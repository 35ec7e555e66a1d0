package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"footnote/answer/annotate"
)

// named reports whether an entity is surely somebody, or a place or body: what
// a question that nobody asked may name. A capital alone makes no name: licences
// and manuals write Work, Licensee and Quick Start Guide so.
func (l *Library) named(p *annotate.Doc, entity int) bool {
	e := &p.Entities[entity]
	words := strings.Fields(e.Name)
	if e.Counted == 0 || len(words) == 0 || annotate.Connects(words[0]) {
		return false
	}
	switch e.Kind {
	case annotate.Person:
		return len(words) > 1 && len(words) <= longestName && !slices.Contains(words, "of") && !slices.ContainsFunc(words, shouted) && slices.ContainsFunc(words, l.noWord)
	case annotate.Organisation:
		return len(l.words.Organisations(e.Name)) > 0 || len(words) > 1 && !slices.ContainsFunc(words, shouted)
	}
	return e.Kind == annotate.Place && len(l.words.Places(e.Name)) > 0
}

// longestName is how many words a person's name has: a longer one is a name
// with all that the person is.
const longestName = 5

// noWord reports whether no word of the language is written so, nor a letter
// that counts appendices.
func (l *Library) noWord(s string) bool {
	return utf8.RuneCountInString(s) > 2 && !l.words.Common(strings.ToLower(s)) && !strings.ContainsFunc(s, unicode.IsDigit)
}

// shouted reports whether a word is all capitals, as in headings and acronyms.
func shouted(s string) bool { return len(s) > 1 && s == strings.ToUpper(s) }

// leastSaid is how many words a statement has besides who makes it.
const leastSaid = 5

// speaks reports whether a statement shows somebody speak whom a question may
// name, and whether the name stands behind "the".
func (l *Library) speaks(p *annotate.Doc, st annotate.Statement) (the string, ok bool) {
	e, s := &p.Entities[st.Speaker], &p.Sentences[st.Sentence]
	if !l.named(p, st.Speaker) || e.Kind == annotate.Place || s.Source() < 0 {
		return "", false
	}
	for _, m := range s.Mentions {
		if p.Article.Quote(p.WordsOf(s, m.First, m.Last)) != e.Name && !strings.HasSuffix(p.Article.Quote(p.WordsOf(s, m.First, m.Last)), " "+e.Name) {
			continue
		}
		if len(s.Tokens)-(m.Last-m.First+1) < leastSaid {
			return "", false
		}
		if m.First == 0 || strings.TrimSpace(p.Gap(s.Tokens[m.First-1], s.Tokens[m.First])) != "" {
			return "", true
		}
		before := s.Tokens[m.First-1]
		switch p.Word(before) {
		case "the":
			return "the ", e.Kind == annotate.Organisation
		case "a", "an", "any", "each", "every", "no", "this", "that", "such", "your", "our", "my", "his", "her", "its", "their":
			return "", false
		}
		// A capital before it: the name is longer than it was taken for.
		return "", !before.Class.Is(annotate.Capital) || slices.Contains(e.Roles, before.Term)
	}
	return "", false
}

// theBefore returns "the " where a text mostly writes it before a name, or where
// the name is of the kind that takes it: a body that is "of" something.
func theBefore(text string, e *annotate.Entity) string {
	with := strings.Count(text, "the "+e.Name) + strings.Count(text, "The "+e.Name)
	if 2*with > strings.Count(text, e.Name) || e.Kind == annotate.Organisation && strings.Contains(e.Name, " of ") {
		return "the "
	}
	return ""
}
