package answer

import (
	"slices"
	"strings"
	"unicode"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// kindFits reports whether a span can be of the kind that is asked for at all:
// a time holds a date or the like, and who did something is neither the one
// who only reports it nor a place.
func (l *Library) kindFits(q *parsed, p *annotate.Doc, s *annotate.Sentence, m *match, span corpus.Span) bool {
	if q.apart(p, s, m, span) || q.Focus >= 0 && numbered[q.Concepts[q.Focus].Word] && !strings.ContainsFunc(p.Article.Quote(span), unicode.IsDigit) {
		return false
	}
	switch q.Asked {
	case aDefinition:
		return !asksWho.MatchString(q.Text) || l.describes(q, p, s, span)
	case aNumber:
		return !slices.ContainsFunc(p.Dates(l.words, s), span.Overlaps)
	case aTime:
		if q.otherDeed(p, s, m, span) {
			return false
		}
		for _, t := range s.Tokens {
			if span.Contains(corpus.Span{Start: t.Start, End: t.End}) && (t.Class.Is(annotate.Month|annotate.Year|annotate.Weekday|annotate.Number) || timeWords[p.Word(t)]) {
				return true
			}
		}
		return false
	case aPerson:
		asked := false // names somebody of the question
		for _, mn := range s.Mentions {
			if at := (corpus.Span{Start: s.Tokens[mn.First].Start, End: s.Tokens[mn.Last].End}); span.Contains(at) {
				if l.inQuestion(q, p, mn.Entity) {
					asked = true
					continue
				}
				return !q.reports(s, m, mn.Entity) && p.Entities[mn.Entity].Kind != annotate.Place
			}
		}
		return !asked && !anybody[strings.ToLower(p.Article.Quote(span))]
	}
	return true
}

// numbered are things that go by a number.
var numbered = words.Set(`version release clause section article chapter paragraph page`)

// otherDeed reports whether a time belongs to another deed than the one asked
// about, which has its own: "opened *in 1974* and was rebuilt four years ago".
func (q *parsed) otherDeed(p *annotate.Doc, s *annotate.Sentence, m *match, span corpus.Span) bool {
	if q.Main < 0 || m.at[q.Main] < 0 || m.strength[q.Main] < surelyDeed {
		return false
	}
	joins := func(k int) bool {
		word := p.Word(s.Tokens[k])
		return word == "and" || word == "but"
	}
	first := m.at[q.Main]
	last := first
	for first > 0 && !joins(first-1) {
		first--
	}
	for last+1 < len(s.Tokens) && !joins(last+1) {
		last++
	}
	if span.Overlaps(corpus.Span{Start: s.Tokens[first].Start, End: s.Tokens[last].End}) {
		return false
	}
	return slices.ContainsFunc(s.Tokens[first:last+1], func(t annotate.Token) bool {
		return t.Class.Is(annotate.Month|annotate.Year|annotate.Weekday) || timeWords[p.Word(t)]
	})
}

// apart reports whether a semicolon parts a span from all that the sentence means
// of the question.
func (q *parsed) apart(p *annotate.Doc, s *annotate.Sentence, m *match, span corpus.Span) bool {
	found := false
	for c := range q.Concepts {
		if m.at[c] < 0 || m.strength[c] < 0.7 {
			continue
		}
		t := s.Tokens[m.at[c]]
		from, to := min(t.Start, span.Start), max(t.End, span.End)
		if !strings.Contains(p.Article.Text[from:to], ";") {
			return false
		}
		found = true
	}
	return found
}

// anybody are words that answer who did something with nobody in particular.
var anybody = words.Set(`anybody anyone anything nobody everybody everyone somebody someone`)

// reports reports whether an entity only tells what the sentence is about: it
// is the speaker, and the question does not ask who spoke.
func (q *parsed) reports(s *annotate.Sentence, m *match, entity int) bool {
	if entity != s.Speaker || s.Cue < 0 {
		return false
	}
	for c := range q.Concepts {
		if m.at[c] == s.Cue {
			return false
		}
	}
	return true
}

// suffers reports whether a short answer to who does something stands behind the
// deed, and so is what it is done to: "A man pleaded guilty to threatening Ida
// Vale". Behind "by", and behind a verb of saying, the doer may stand.
func (q *parsed) suffers(p *annotate.Doc, s *annotate.Sentence, m *match, span corpus.Span) bool {
	if q.Asked != aPerson || q.Order != "acts" || q.Main < 0 || m.strength[q.Main] < surelyDeed {
		return false
	}
	deed := m.at[q.Main]
	if deed < 0 || deed >= len(s.Tokens) || deed == s.Cue || span.Start < s.Tokens[deed].End {
		return false
	}
	return !slices.ContainsFunc(s.Tokens[deed:], func(t annotate.Token) bool { return p.Word(t) == "by" && t.End <= span.Start })
}
