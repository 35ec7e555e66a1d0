package index

import (
	"hash/maphash"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/segment"
)

// form is what the filters of a pipeline make of a word.
type form struct {
	word string
	text string // the term, twice, since bleve wants bytes; neither may be changed
	term []byte
	stop bool
}

// forms keeps the forms of words, of which a text has few different ones: stemming is
// most of the work. A word has one place, which it shares with others; the last one
// has it, so that they never grow.
type forms struct {
	seed   maphash.Seed
	places []atomic.Pointer[form]
}

const (
	formPlaces = 1 << 15
	formLength = 40 // letters of a word that is kept
)

func newForms() *forms {
	return &forms{seed: maphash.MakeSeed(), places: make([]atomic.Pointer[form], formPlaces)}
}

// of returns the form of a word as the tokenizer cut it.
func (f *forms) of(p *pipeline, word []byte) *form {
	if len(word) > formLength {
		return p.form(word)
	}
	place := &f.places[maphash.Bytes(f.seed, word)%formPlaces]
	if known := place.Load(); known != nil && known.word == string(word) {
		return known
	}
	made := p.form(word)
	place.Store(made)
	return made
}

// form works out the form of a word.
func (p *pipeline) form(word []byte) *form {
	made := &form{word: string(word)}
	for _, out := range p.filter(analysis.TokenStream{{Term: []byte(made.word)}}) { // one, as none of the filters drops or adds any
		made.text, made.stop = string(out.Term), out.Type == stopWord
		made.term = []byte(made.text)
	}
	return made
}

// tokens is [Analyze] for pipelines whose forms are kept. They cut at Unicode's borders
// of words, as bleve's tokenizer does.
func (p *pipeline) tokens(text []byte) []Token {
	size := len(text)
	text, places := compatible(blanked(text))
	tokens := make([]Token, 0, size/5)
	cut := segment.NewWordSegmenterDirect(text)
	for from := 0; cut.Segment(); {
		word := cut.Bytes()
		start, end := from, from+len(word)
		from = end
		if cut.Type() == segment.None {
			continue
		}
		f := p.formed.of(p, word)
		if places != nil && 0 <= start && start < end && end <= len(places) {
			start, end = places[start].start, places[end-1].end
		}
		if f.text == "" || start < 0 || end > size || start >= end {
			continue
		}
		tokens = append(tokens, Token{Term: f.text, Start: start, End: end, Stop: f.stop})
	}
	return tokens
}
