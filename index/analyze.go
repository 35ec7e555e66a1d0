package index

import (
	"bytes"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// Token is one word of a text: its analysed form, where it stands in bytes,
// and whether it is a function word, which the index leaves out.
type Token struct {
	Term       string
	Start, End int
	Stop       bool
}

// Analyze splits a text into tokens as its language asks, in the order of the
// text. The terms of those that are no stop words are what the index holds.
// Offsets lie on rune borders where the text is UTF-8. For scripts without
// spaces between words tokens overlap (pairs or triples of letters).
func Analyze(language, text string) []Token {
	p := pipelines[analyzerFor(language)]()
	if p.formed != nil {
		return p.tokens([]byte(text))
	}
	stream := p.run([]byte(text))
	tokens := make([]Token, 0, len(stream))
	for _, t := range stream {
		if len(t.Term) == 0 || t.Start < 0 || t.End > len(text) || t.Start >= t.End {
			continue
		}
		tokens = append(tokens, Token{Term: string(t.Term), Start: t.Start, End: t.End, Stop: t.Type == stopWord})
	}
	return tokens
}

// stopWord marks function words between the filters of a pipeline. bleve's own
// types are small numbers from zero.
const stopWord analysis.TokenType = 99

// pipeline is a bleve analyzer with the stop words marked in place of removed.
type pipeline struct {
	char      []analysis.CharFilter
	tokenizer analysis.Tokenizer
	before    []analysis.TokenFilter // they make the form that stop words are known by
	stops     analysis.TokenMap
	after     []analysis.TokenFilter
	formed    *forms // what the filters make of words, where each looks at one alone; else nil
}

func (p *pipeline) run(text []byte) analysis.TokenStream {
	text, places := compatible(blanked(text))
	for _, c := range p.char {
		text = c.Filter(text)
	}
	stream := p.tokenizer.Tokenize(text)
	if p.formed != nil {
		for _, t := range stream {
			if f := p.formed.of(p, t.Term); f.stop {
				t.Term, t.Type = f.term, stopWord
			} else {
				t.Term = f.term
			}
		}
	} else {
		stream = p.filter(stream)
	}
	if places != nil {
		for _, t := range stream {
			if 0 <= t.Start && t.Start < t.End && t.End <= len(places) {
				t.Start, t.End = places[t.Start].start, places[t.End-1].end
			}
		}
	}
	return stream
}

// filter turns words into terms.
func (p *pipeline) filter(stream analysis.TokenStream) analysis.TokenStream {
	for _, f := range p.before {
		stream = f.Filter(stream)
	}
	if p.stops != nil {
		for _, t := range stream {
			if p.stops[string(t.Term)] {
				t.Type = stopWord
			}
		}
	}
	for _, f := range p.after {
		stream = f.Filter(stream)
	}
	return stream
}

// Analyze makes a pipeline a bleve analyzer: stop words are left out.
func (p *pipeline) Analyze(text []byte) analysis.TokenStream {
	stream := p.run(text)
	kept := stream[:0]
	for _, t := range stream {
		if t.Type != stopWord && len(t.Term) > 0 {
			kept = append(kept, t)
		}
	}
	return kept
}

// blanked returns the text with spaces for the bytes that are no UTF-8, over
// which bleve's tokenizers lose their place. Offsets stay as they are.
func blanked(text []byte) []byte {
	if utf8.Valid(text) {
		return text
	}
	out := bytes.Clone(text)
	for i := 0; i < len(out); {
		r, size := utf8.DecodeRune(out[i:])
		if r == utf8.RuneError && size == 1 {
			out[i] = ' '
		}
		i += size
	}
	return out
}
