package answer

import (
	"regexp"
	"slices"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// shortAnswer returns what of the best sentence answers by itself, and how sure that
// is, 0 to 1: what the way that the article is laid out gives, or a relation,
// or else what the reader finds. A question for a yes or no is answered by the
// whole sentence.
func (l *Library) shortAnswer(q *parsed, best *scored) (corpus.Span, float64) {
	told, counted := l.toldSpan(q, best.p, best.sentence), l.countedSpan(q, best)
	switch {
	case q.Whether:
		return best.in.Span, 0
	case best.sure && best.span.Len() > 0:
		return best.span, byRelation
	case told.Len() > 0:
		return told, byRelation
	case best.read.done && q.Asked == aDefinition:
		return best.read.span, 0 // who somebody is takes more than a few words beside his name
	case best.read.done && best.read.sure < spanAt && counted.Len() > 0:
		return counted, byRelation
	case best.read.done && best.read.span.Len() > 0 && !l.inName(q, best, best.read.span):
		return l.uncut(q, best.p, best.in, best.sentence, best.read.span), best.read.sure
	}
	return best.in.Span, 0
}

// countedSpan returns the number of a sentence that holds no other, where it counts what
// the question wants counted: "It sold 1,550,000 shares."
func (l *Library) countedSpan(q *parsed, s *scored) corpus.Span {
	figures := figuresOf(s.p, s.sentence)
	if !q.Many || q.Focus < 0 || s.match.strength[q.Focus] < 1 || len(figures) != 1 {
		return corpus.Span{}
	}
	word := s.in.Tokens[s.match.at[q.Focus]]
	if !figures[0].Counts.Contains(corpus.Span{Start: word.Start, End: word.End}) {
		return corpus.Span{}
	}
	return l.extent(s.p, &figures[0])
}

// inName reports whether a span is part of a name that the question holds: to
// "who was Ida" it is no answer that she was Ida Marlow.
func (l *Library) inName(q *parsed, best *scored, span corpus.Span) bool {
	return slices.ContainsFunc(best.in.Mentions, func(m annotate.Mention) bool {
		name := best.p.WordsOf(best.in, m.First, m.Last)
		return name.Start <= span.Start && span.End <= name.End && l.inQuestion(q, best.p, m.Entity)
	})
}

// uncut takes in what a span holds only part of: a date, or a number with its hedge
// and unit. Of what something came from and what became of it the second is left.
func (l *Library) uncut(q *parsed, p *annotate.Doc, s *annotate.Sentence, sentence int, span corpus.Span) corpus.Span {
	var units []corpus.Span
	if !asksYear.MatchString(q.Text) {
		for _, date := range p.Dates(l.words, s) {
			if slices.ContainsFunc(s.Tokens, func(t annotate.Token) bool {
				return t.Class.Is(annotate.Month|annotate.Weekday) && date.Contains(corpus.Span{Start: t.Start, End: t.End})
			}) {
				units = append(units, date)
			}
		}
	}
	figures := figuresOf(p, sentence)
	for n, f := range figures {
		unit := f.Span
		if q.Many {
			unit = l.extent(p, &figures[n]) // "41 oars"
		}
		if units = append(units, unit); n > 0 && figures[n-1].Aside && !f.Aside && span.Overlaps(figures[n-1].Span) && span.Overlaps(f.Span) {
			span = l.extent(p, &figures[n])
		}
	}
	for i := 1; i < len(s.Tokens); i++ {
		hedge, word := s.Tokens[i-1], s.Tokens[i]
		if word.Start == span.Start && l.words.Hedge(p.Word(hedge)) != "" && p.Gap(hedge, word) == " " {
			units = append(units, corpus.Span{Start: hedge.Start, End: word.End}) // "mostly tourists"
		}
	}
	for _, u := range units {
		if u.Overlaps(span) {
			span.Start, span.End = min(span.Start, u.Start), max(span.End, u.End)
		}
	}
	return span
}

// asksYear matches questions that want the year of a date alone.
var asksYear = regexp.MustCompile(`(?i)\b(?:what|which) year\b`)
