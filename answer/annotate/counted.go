package annotate

import (
	"strings"

	"footnote/answer/words"
	"footnote/corpus"
)

// counted returns what a figure counts or measures: the noun phrase behind it,
// for shares the whole that "of" names, and where nothing stands behind it the
// words before: "wounded 5,752", "a turnout rate of 58%". Token from is the
// first that no figure before it has taken, token behind the first after the
// number and its unit.
func (f *figurer) counted(s *Sentence, g *Figure, from, behind int) corpus.Span {
	share := strings.HasSuffix(f.p.Article.Text[g.Span.Start:g.Span.End], "%") || strings.HasSuffix(f.p.Article.Text[g.Span.Start:g.Span.End], "cent") || (f.word(s, g.Last) == "half" || f.fraction(s, g.Last)) && f.word(s, g.Last-2) != "and"
	if f.word(s, behind) == "of" && f.adjacent(s, behind) && (share || g.Vague) {
		if span := f.phrase(s, behind+1); span.Len() > 0 {
			return span
		}
	}
	if next := f.word(s, behind); !share || next == "a" || next == "an" || next == "the" || next == "its" { // "half a biscuit"
		if span := f.phrase(s, behind); span.Len() > 0 {
			return span
		}
	}
	if f.word(s, behind) == "of" && f.adjacent(s, behind) { // "six of the boys"
		if span := f.phrase(s, behind+1); span.Len() > 0 && !share {
			return span
		}
	}
	if span := f.before(s, g, from); span.Len() > 0 {
		return span
	}
	if behind > g.Last+1 && !share { // "for 995 dollars"
		return corpus.Span{Start: s.Tokens[behind-1].Start, End: s.Tokens[behind-1].End}
	}
	return corpus.Span{}
}

// adjacent reports whether nothing but space stands before token k.
func (f *figurer) adjacent(s *Sentence, k int) bool {
	return k > 0 && k < len(s.Tokens) && strings.TrimLeft(f.p.Gap(s.Tokens[k-1], s.Tokens[k]), "%+)\"” \u00a0-") == ""
}

// phrase returns the noun phrase that begins at token k, up to its head: words
// of at most four, ending with a plural or before what cannot belong to it.
func (f *figurer) phrase(s *Sentence, k int) corpus.Span {
	for k < len(s.Tokens) && f.adjacent(s, k) && skipped[f.word(s, k)] {
		k++
	}
	first, last := k, -1
	for ; k < len(s.Tokens) && k < first+5; k++ {
		t := s.Tokens[k]
		word := f.p.Word(t)
		if !f.adjacent(s, k) || t.Class.Is(Number|Year|Month|Weekday) || k > first && t.Class.Is(Named) && !s.Tokens[k-1].Class.Is(Named|Capital) {
			break
		}
		if t.Class.Is(Stop) && word != "other" && word != "others" || f.verbs(s, k, first) {
			break
		}
		last = k
		if others[word] || Plural(word) && !f.qualifies(s, k) {
			break
		}
	}
	if last < 0 {
		return corpus.Span{}
	}
	return corpus.Span{Start: s.Tokens[first].Start, End: s.Tokens[last].End}
}

// skipped are words between a number and what it counts.
var skipped = words.Set(`of the a an these those its their his her my our your`)

var others = words.Set(`others other`)

// qualifies reports whether a plural at token k is followed by another plural
// that it only qualifies: "sports clubs".
func (f *figurer) qualifies(s *Sentence, k int) bool {
	return k+1 < len(s.Tokens) && f.p.Gap(s.Tokens[k], s.Tokens[k+1]) == " " && !s.Tokens[k+1].Class.Is(Stop) && Plural(f.word(s, k+1)) && !f.verbs(s, k+1, k)
}

// verbs reports whether token k, not the first of its phrase, looks like a verb
// form that ends it: "120,000 displaced", "two people drowned".
func (f *figurer) verbs(s *Sentence, k, first int) bool {
	word := f.word(s, k)
	if k > first {
		return f.p.PastForm(s.Tokens[k]) || strings.HasSuffix(word, "ing") && f.w.Lemma(word) != word && Plural(f.word(s, k-1))
	}
	return f.p.PastForm(s.Tokens[k]) && (k+1 >= len(s.Tokens) || s.Tokens[k+1].Class.Is(Stop) || f.p.Gap(s.Tokens[k], s.Tokens[k+1]) != " ")
}

// before returns the words before a number that tell what it
// is: the noun of "a rate of 58%", the subject of "the rate is above 95%", the
// verb or noun right before it.
func (f *figurer) before(s *Sentence, g *Figure, from int) corpus.Span {
	k := g.First - 1
	for k >= from && s.Tokens[k].Start >= g.Span.Start { // EUR
		k--
	}
	for k >= from && measuring[f.word(s, k)] {
		k--
	}
	for k >= from && (strings.HasSuffix(f.word(s, k), "ly") || f.word(s, k) == "already") {
		k--
	}
	for k >= from && measuring[f.word(s, k)] {
		k--
	}
	if k < from || s.Tokens[k].Class.Is(Stop) && !Auxiliary[f.word(s, k)] || s.Tokens[k].Class.Is(Number|Month|Weekday) {
		return corpus.Span{}
	}
	last := k
	for k-1 >= from && k > last-2 && f.p.Gap(s.Tokens[k-1], s.Tokens[k]) == " " && !s.Tokens[k-1].Class.Is(Stop|Number|Year|Month|Weekday) && !strings.HasSuffix(f.word(s, last), "ed") {
		k--
	}
	return corpus.Span{Start: s.Tokens[k].Start, End: s.Tokens[last].End}
}

// measuring are words between what is measured and its number.
var measuring = words.Set(`of is was are were at to by from with reached hit totalled totaled stood stands be been has have had now still about`)

// more returns what the figure before counts where this one goes on with it:
// "200 more", "and 12 since then".
func (f *figurer) more(s *Sentence, behind int, before corpus.Span) corpus.Span {
	if w := f.word(s, behind); behind >= len(s.Tokens) || s.Tokens[behind].Class.Is(Stop) || w == "more" {
		return before
	}
	return corpus.Span{}
}

// impliesUnits adds to sentences that give degrees what those measure: "225 °C" is
// a temperature.
func (p *Doc) impliesUnits(t *table) {
	terms := t.terms(p.Article.Language, "temperature") // one term
	for _, f := range p.Figures {
		if text := p.Article.Quote(f.Span); len(terms) == 1 && (strings.HasSuffix(text, "°C") || strings.HasSuffix(text, "°F") || strings.HasSuffix(text, "° C") || strings.HasSuffix(text, "° F")) {
			s := &p.Sentences[f.Sentence]
			s.Implied = append(s.Implied, Implied{terms[0], 1, f.First, f.Last})
		}
	}
}
