package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// span returns the part of a sentence that answers the question, as short as
// it answers; the whole sentence where none is sure. Numbers and lists follow
// rules, since a figure goes with its hedge and a list is given whole; the
// rest is chosen by the span model.
// The second result is how sure the choice is, 0 to 1.
func (l *Library) span(q *parsed, p *annotate.Doc, sentence int, m *match) (corpus.Span, float64) {
	s := &p.Sentences[sentence]
	if p.Article.Language != "en" || q.Asked == yesNo || q.Asked == anything && happens.MatchString(q.Text) {
		return s.Span, 0
	}
	var found corpus.Span
	switch {
	case q.Asked == aNumber, q.Asked == aDuration && q.measured(p, sentence):
		found = l.numberSpan(q, p, s, m, sentence)
	case q.List > 0 && q.Asked != aDefinition && namesListed(p, s) > 1:
		found = l.nameSpan(q, p, s, m)
	case q.Asked == aQuote:
		if found = quoteSpan(p, s); found.Len() == 0 {
			return s.Span, 0 // what somebody said in reported speech is the sentence
		}
	case q.Asked == aName:
		found = l.nameSpan(q, p, s, m)
	case q.Asked == aDefinition:
		found = l.describedSpan(q, p, s)
	}
	if found.Len() > 0 && !labelOf(p, s).Overlaps(found) {
		return found, byRule
	}
	if found, sure := l.spanContext(q, p, s).bestSpan(); found.Len() > 0 {
		found = l.uncut(q, p, s, sentence, found)
		if !l.kindFits(q, p, s, m, found) {
			sure = 0
		}
		return found, sure
	}
	return s.Span, 0
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
		if units = append(units, f.Span); n > 0 && figures[n-1].Aside && !f.Aside && span.Overlaps(figures[n-1].Span) && span.Overlaps(f.Span) {
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

// happens matches questions that the sentence as a whole answers.
var happens = regexp.MustCompile(`(?i)\bhappen(?:s|ed|ing)?\b`)

// byRule is how sure a span is that a rule chose.
const byRule = 0.6

// numberSpan returns the figure of the sentence that goes best with the matched
// words, with its hedge and its unit or the word that it counts.
func (l *Library) numberSpan(q *parsed, p *annotate.Doc, s *annotate.Sentence, m *match, sentence int) corpus.Span {
	var best *annotate.Figure
	bestCost := 0.0
	previous := -1
	figures := figuresOf(p, sentence)
	for n := range figures {
		f := &figures[n]
		if sum := moneyIn(p, s, f); f.Aside || q.otherPart(p, f, m, true) || q.otherWay(p, f) || q.holdsAny(p, s, f.First, f.Last) || q.Money && !sum || q.Many && sum {
			continue
		}
		cost := 0.0
		switch {
		case q.counts(p, f):
			cost = -1
		case q.Many && f.Share && f.Whole == 0: // "20,000, or one in three"
			cost = 4
		}
		for c := range q.Concepts {
			if m.at[c] < 0 || m.strength[c] < 0.5 || q.Concepts[c].Name {
				continue
			}
			weight := 1.0
			if q.Concepts[c].Focus {
				weight = 0.25 // "people" stands beside many a number, the deed beside one
			}
			cost += float64(weight * float64(min(wayTo(p, s, f.First, f.Last, previous, m.at[c]), counted)))
		}
		if best == nil || cost < bestCost {
			best, bestCost = f, cost
		}
		previous = f.Last
	}
	if best == nil {
		return corpus.Span{}
	}
	return l.extent(p, best)
}

// otherWay reports whether a figure measures another way than the question asks
// for, how wide and not how long, or is not by how much something changed where the
// sentence tells that too.
func (q *parsed) otherWay(p *annotate.Doc, f *annotate.Figure) bool {
	by := func(g annotate.Figure) bool {
		return g.First > 0 && p.Word(p.Sentences[g.Sentence].Tokens[g.First-1]) == "by"
	}
	if byHowMuch.MatchString(q.Text) {
		return !by(*f) && slices.ContainsFunc(figuresOf(p, f.Sentence), by)
	}
	way := p.Measures(f)
	return q.Dimension != "" && way != "" && way != q.Dimension
}

// measured reports whether a sentence gives the measure that the question asks for,
// which for "how long" need not be a time.
func (q *parsed) measured(p *annotate.Doc, sentence int) bool {
	return q.Dimension != "" && slices.ContainsFunc(figuresOf(p, sentence), func(f annotate.Figure) bool { return p.Measures(&f) == q.Dimension })
}

// counts reports whether a figure measures the noun that the question asks the
// amount of.
func (q *parsed) counts(p *annotate.Doc, f *annotate.Figure) bool {
	return q.Focus >= 0 && !q.Many && f.Counts.Start >= f.Span.Start && slices.ContainsFunc(tokensIn(p, f.Sentence, f.Counts), func(t annotate.Token) bool {
		return q.Concepts[q.Focus].Terms[p.Strings[t.Term]] >= 0.8
	})
}

// holdsAny reports whether the question itself holds a number of tokens first to
// last.
func (q *parsed) holdsAny(p *annotate.Doc, s *annotate.Sentence, first, last int) bool {
	return slices.ContainsFunc(s.Tokens[first:last+1], func(t annotate.Token) bool { return t.Class.Is(annotate.Number) && q.holds(p, t) })
}

// moneyIn reports whether a figure is a sum of money.
func moneyIn(p *annotate.Doc, s *annotate.Sentence, f *annotate.Figure) bool {
	for k := f.First; k <= f.Last; k++ {
		if s.Tokens[k].Class.Is(annotate.Number) && money(p, s, k) {
			return true
		}
	}
	return false
}

// nameSpan returns the name nearest to the matched words that the question
// does not hold itself, with those it is listed with.
func (l *Library) nameSpan(q *parsed, p *annotate.Doc, s *annotate.Sentence, m *match) corpus.Span {
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
		if q.Asked == aPlace && k != annotate.Place || q.Asked == aPerson && k == annotate.Place {
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
func listed(p *annotate.Doc, s *annotate.Sentence, a, b annotate.Mention) bool {
	if b.First <= a.Last || strings.HasSuffix(annotate.FoldQuote(p.Raw(s.Tokens[b.Last])), "'s") {
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
func quoteSpan(p *annotate.Doc, s *annotate.Sentence) corpus.Span {
	first, last := -1, -1
	for i, t := range s.Tokens {
		if t.Class.Is(annotate.Quoted) {
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
