package answer

import (
	"strings"

	"footnote/corpus"
)

// span returns the part of a sentence that answers the question, as short as
// it answers; the whole sentence where none is sure. Numbers and lists follow
// rules, since a figure goes with its hedge and a list is given whole; the
// rest is chosen by the span model.
// The second result is how sure the choice is, 0 to 1.
func (l *Library) span(q *parsed, p *prepared, s *sentence, m *match) (corpus.Span, float64) {
	if p.Article.Language != "en" || q.Asked == yesNo {
		return s.Span, 0
	}
	var found corpus.Span
	switch {
	case q.Asked == aNumber:
		found = l.numberSpan(q, p, s, m)
	case q.List > 0 && enumerates(p, s) > 0:
		found = l.nameSpan(q, p, s, m)
	case q.Asked == aQuote:
		found = quoteSpan(p, s)
	case q.Asked == aName:
		found = l.nameSpan(q, p, s, m)
	}
	if found.Len() > 0 {
		return found, byRule
	}
	if found, sure := l.spanContext(q, p, s).bestSpan(); found.Len() > 0 {
		return found, sure
	}
	return s.Span, 0
}

// byRule is how sure a span is that a rule chose.
const byRule = 0.6

// numberSpan returns the number that goes best with the matched words, with
// its hedge and the word that it counts.
func (l *Library) numberSpan(q *parsed, p *prepared, s *sentence, m *match) corpus.Span {
	best, bestCost := -1, 0.0
	previous := -1
	for i, t := range s.Tokens {
		if !t.Class.is(number) {
			continue
		}
		cost := 0.0
		for c := range q.Concepts {
			if m.at[c] < 0 || m.strength[c] < 0.5 || q.Concepts[c].Name {
				continue
			}
			weight := 1.0
			if q.Concepts[c].Focus {
				weight = 0.5 // "people" stands beside many a number, the deed beside one
			}
			cost += weight * float64(min(wayTo(p, s, i, i, previous, m.at[c]), counted))
		}
		if best < 0 || cost < bestCost {
			best, bestCost = i, cost
		}
		previous = i
	}
	if best < 0 {
		return corpus.Span{}
	}
	first, last := best, best
	for last+1 < len(s.Tokens) && (s.Tokens[last+1].Class.is(number) || strings.HasPrefix(p.gap(s.Tokens[last], s.Tokens[last+1]), "%")) && len(p.gap(s.Tokens[last], s.Tokens[last+1])) <= 2 {
		last++
	}
	for first > 0 && hedges(p, s.Tokens[first-1]) {
		first--
	}
	if last+1 < len(s.Tokens) && p.gap(s.Tokens[last], s.Tokens[last+1]) == " " && !s.Tokens[last+1].Class.is(stop|number) && !speaksOrActs(p, s.Tokens[last+1]) {
		last++
	}
	return widenSigns(p, s, corpus.Span{Start: s.Tokens[first].Start, End: s.Tokens[last].End})
}

// hedges reports whether a word belongs to the hedge before a number.
func hedges(p *prepared, t token) bool {
	return t.Class.is(hedge) || hedgeWords[p.word(t)]
}

var hedgeWords = set(`at least some about around nearly almost over than more less fewer up roughly approximately only estimated most just under`)

// widenSigns takes in the currency sign before and the per cent sign behind.
func widenSigns(p *prepared, s *sentence, span corpus.Span) corpus.Span {
	text := p.Article.Text
	for _, sign := range []string{"$", "€", "£", "¥"} {
		if strings.HasSuffix(text[s.Start:span.Start], sign) {
			span.Start -= len(sign)
		}
	}
	if strings.HasPrefix(text[span.End:s.End], "%") {
		span.End++
	}
	return span
}

// nameSpan returns the name nearest to the matched words that the question
// does not hold itself, with those it is listed with.
func (l *Library) nameSpan(q *parsed, p *prepared, s *sentence, m *match) corpus.Span {
	best, bestCost := -1, 1<<30
	for i, mn := range s.Mentions {
		if l.inQuestion(q, p, mn.Entity) {
			continue
		}
		cost := 50
		for c := range q.Concepts {
			if m.at[c] < 0 || q.Concepts[c].Name {
				continue
			}
			d := mn.First - m.at[c]
			if d < 0 {
				d = m.at[c] - mn.Last
			}
			cost = min(cost, d)
		}
		k := p.Entities[mn.Entity].Kind
		if q.Asked == aPlace && k != place || q.Asked == aPerson && k == place {
			cost += 5
		}
		if cost < bestCost {
			best, bestCost = i, cost
		}
	}
	if best < 0 {
		return corpus.Span{}
	}
	first, last := best, best
	for first > 0 && listed(p, s, s.Mentions[first-1], s.Mentions[first]) {
		first--
	}
	for last+1 < len(s.Mentions) && listed(p, s, s.Mentions[last], s.Mentions[last+1]) {
		last++
	}
	span := corpus.Span{Start: s.Tokens[s.Mentions[first].First].Start, End: s.Tokens[s.Mentions[last].Last].End}
	if strings.HasSuffix(p.Article.Quote(span), "'s") || strings.HasSuffix(p.Article.Quote(span), "’s") {
		span.End -= len(p.Article.Quote(span)) - len(strings.TrimSuffix(strings.TrimSuffix(p.Article.Quote(span), "'s"), "’s"))
	}
	return span
}

// listed reports whether two names are neighbours in an enumeration.
func listed(p *prepared, s *sentence, a, b mention) bool {
	if b.First <= a.Last {
		return false
	}
	gap := strings.TrimSpace(p.Article.Text[s.Tokens[a.Last].End:s.Tokens[b.First].Start])
	switch gap {
	case ",", "and", ", and", "or", ", or", "&", ", the", "and the", ", and the":
		return true
	}
	return false
}

// quoteSpan returns what stands in quotation marks, without the marks.
func quoteSpan(p *prepared, s *sentence) corpus.Span {
	first, last := -1, -1
	for i, t := range s.Tokens {
		if t.Class.is(quoted) {
			if first < 0 {
				first = i
			}
			last = i
		} else if first >= 0 {
			break
		}
	}
	if first < 0 {
		return corpus.Span{}
	}
	return corpus.Span{Start: s.Tokens[first].Start, End: s.Tokens[last].End}
}

// emphasis returns what to show in bold: the clause around the span, and the
// whole sentence where a negation or an unproven hedge stands outside it.
func emphasis(p *prepared, s *sentence, span corpus.Span) corpus.Span {
	clause := corpus.Span{Start: s.Start, End: s.End}
	for i := 1; i < len(s.Tokens); i++ {
		a, b := s.Tokens[i-1], s.Tokens[i]
		gap := p.gap(a, b)
		border := strings.ContainsAny(gap, ";:–—") || strings.Contains(gap, ",") && clauseWords[p.word(b)]
		if !border {
			continue
		}
		if b.Start <= span.Start {
			clause.Start = b.Start
		} else if a.End >= span.End {
			clause.End = a.End
			break
		}
	}
	for _, t := range s.Tokens {
		outside := t.Start < clause.Start || t.End > clause.End
		if outside && t.Class.is(negation) || outside && unproven[p.word(t)] {
			return s.Span
		}
	}
	return clause
}

var (
	clauseWords = set(`while and but or which who whose although though because so as according after before when where since`)
	unproven    = set(`reportedly allegedly alleged suspected claimed claims accused denied denies deny supposedly apparently`)
)
