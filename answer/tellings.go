package answer

import (
	"slices"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// told is a figure or a date with the words around it.
type told struct {
	doc, sentence int
	figure        *annotate.Figure
	event         *annotate.Event
	names         []string
	terms         []string // other words of the clause, analysed
	counts        []string // what is counted
	deeds         []string // the words nearest before and behind a figure and what it counts
}

// tell returns the figures and dates of an article that may be compared with those of
// others.
func tell(p *annotate.Doc) []told {
	var all []told
	for k := range p.Figures {
		f := &p.Figures[k]
		if f.Vague || f.Aside || isTable(p, f.Sentence) {
			continue
		}
		t := wordsAround(p, f.Sentence, f.First, f.Last)
		t.figure, t.counts, t.deeds = f, termsIn(p, f.Sentence, f.Counts), deedsAround(p, f)
		all = append(all, t)
	}
	for k := range p.Events {
		e := &p.Events[k]
		if isTable(p, e.Sentence) {
			continue
		}
		t := wordsAround(p, e.Sentence, e.First, e.Last)
		t.event = e
		all = append(all, t)
	}
	return all
}

// termsIn returns the terms of a sentence within a span, each once.
func termsIn(p *annotate.Doc, sentence int, span corpus.Span) []string {
	var terms []string
	for _, t := range tokensIn(p, sentence, span) {
		terms = append(terms, p.Strings[t.Term])
	}
	return unique(terms)
}

// near is how far from a figure the words stand that tell what it is about, in
// tokens.
const near = 8

// wordsAround gathers the words around tokens first to last of a sentence: near them for
// figures, all of the sentence's for dates.
func wordsAround(p *annotate.Doc, sentence, first, last int) told {
	s := &p.Sentences[sentence]
	t := told{sentence: sentence}
	for k, tok := range s.Tokens {
		if k >= first && k <= last || tok.Class.Is(annotate.Stop|annotate.Number|annotate.Year|annotate.Month|annotate.Weekday) {
			continue
		}
		term := p.Strings[tok.Term]
		switch {
		case tok.Class.Is(annotate.Named):
			if !slices.Contains(t.names, term) {
				t.names = append(t.names, term)
			}
		case (k < first-near || k > last+near) && len(s.Tokens) > 3*near:
		case !slices.Contains(t.terms, term):
			t.terms = append(t.terms, term)
		}
	}
	return t
}

// entityKey is the same of entities that are named alike; "" for what is not named.
func entityKey(p *annotate.Doc, entity int) string {
	e := &p.Entities[entity]
	if e.Counted == 0 {
		return ""
	}
	key := "by"
	for _, t := range e.Terms {
		key += " " + p.Strings[t]
	}
	return key
}

// deedsAround returns the words next to a figure and what it counts: the one
// before it, the one behind it.
func deedsAround(p *annotate.Doc, f *annotate.Figure) []string {
	var deeds []string
	s := &p.Sentences[f.Sentence]
	take := func(k, way int) {
		for ; k >= 0 && k < len(s.Tokens); k += way {
			t := s.Tokens[k]
			if f.Counts.Contains(corpus.Span{Start: t.Start, End: t.End}) && f.Counts.Start > f.Span.Start || t.Class.Is(annotate.Stop|annotate.Hedge) {
				continue
			}
			if !t.Class.Is(annotate.Named | annotate.Number | annotate.Year | annotate.Month | annotate.Weekday) {
				deeds = append(deeds, p.Strings[t.Term])
			}
			return
		}
	}
	take(f.First-1, -1)
	take(f.Last+1, 1)
	return deeds
}

// isTable reports whether a sentence holds so much that it is a table or a list,
// in which figures stand beside too many words to tell what they count.
func isTable(p *annotate.Doc, sentence int) bool {
	const most, longest = 12, 150 // figures, tokens
	return len(figuresOf(p, sentence)) > most || len(p.Sentences[sentence].Tokens) > longest
}
