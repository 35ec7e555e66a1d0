package index

import (
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/token/stop"
	"github.com/blevesearch/bleve/v2/registry"
	"golang.org/x/text/unicode/norm"
)

// Token is one word of a text: its analysed form, where it stands in bytes,
// and whether it is a function word, which the index leaves out.
type Token struct {
	Term       string
	Start, End int
	Stop       bool
}

// Analyze splits a text into tokens as its language asks. The terms of those
// that are no stop words are what the index holds. For scripts without spaces
// between words tokens overlap (pairs or triples of letters).
func Analyze(language, text string) []Token {
	stream := analyzers()[analyzerFor(language)].run([]byte(text))
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
}

func (p *pipeline) run(text []byte) analysis.TokenStream {
	for _, c := range p.char {
		text = c.Filter(text)
	}
	stream := p.tokenizer.Tokenize(text)
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

// full are the languages for which bleve has stop words and a stemmer, or what
// their script needs instead; the value is bleve's name.
var full = map[string]string{
	"ar": "ar", "ckb": "ckb", "da": "da", "de": "de", "en": "en", "es": "es", "fa": "fa", "fi": "fi", "fr": "fr", "hi": "hi",
	"hr": "hr", "hu": "hu", "it": "it", "ja": "cjk", "ko": "cjk", "nl": "nl", "nb": "no", "nn": "no", "no": "no", "pl": "pl",
	"pt": "pt", "ro": "ro", "ru": "ru", "sv": "sv", "tr": "tr", "zh": "cjk",
}

// analyzerFor returns the name of the analyzer of a language.
func analyzerFor(language string) string {
	if name, ok := full[language]; ok {
		return name
	}
	switch language {
	case "el", "vi":
		return language
	case "th", "lo", "km", "my":
		return "syllabic"
	}
	return "other"
}

// analyzerNames returns the names of all analyzers, sorted.
func analyzerNames() []string {
	names := []string{"el", "other", "syllabic", "vi"}
	for _, name := range full {
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// analyzers returns all pipelines by name. They are made once: bleve's
// constructors parse lists of words.
var analyzers = sync.OnceValue(func() map[string]*pipeline {
	cache := registry.NewCache()
	all := map[string]*pipeline{}
	for _, name := range full {
		if all[name] == nil {
			all[name] = fromBleve(cache, name)
		}
	}
	// Negations carry meaning: "dialogue was not possible".
	for _, w := range []string{"no", "not", "nor"} {
		delete(all["en"].stops, w)
	}
	// Names are typed without their accents: "salamé", "nino".
	all["en"].before = append(all["en"].before, unaccent{})
	words, lower := tokenizer(cache, "unicode"), filter(cache, "to_lower")
	all["vi"] = &pipeline{tokenizer: words, before: []analysis.TokenFilter{lower}}
	all["el"] = &pipeline{tokenizer: words, before: []analysis.TokenFilter{lower}, stops: stops(cache, "stop_el"), after: []analysis.TokenFilter{unaccent{}, truncate(5)}}
	all["other"] = &pipeline{tokenizer: words, before: []analysis.TokenFilter{lower}, after: []analysis.TokenFilter{truncate(5)}}
	all["syllabic"] = &pipeline{tokenizer: runs{}, before: []analysis.TokenFilter{lower}, after: []analysis.TokenFilter{grams(3)}}
	return all
})

// fromBleve takes one of bleve's analyzers apart at its stop words.
func fromBleve(cache *registry.Cache, name string) *pipeline {
	a, err := cache.AnalyzerNamed(name)
	if err != nil {
		panic(err) // unreachable: full names only analyzers that languages.go imports
	}
	d := a.(*analysis.DefaultAnalyzer)
	p := &pipeline{char: d.CharFilters, tokenizer: d.Tokenizer}
	for i, f := range d.TokenFilters {
		if _, ok := f.(*stop.StopTokensFilter); ok {
			p.before, p.after = d.TokenFilters[:i:i], d.TokenFilters[i+1:]
			p.stops = stops(cache, "stop_"+name)
			return p
		}
	}
	p.before = d.TokenFilters
	return p
}

func tokenizer(cache *registry.Cache, name string) analysis.Tokenizer {
	t, err := cache.TokenizerNamed(name)
	if err != nil {
		panic(err) // unreachable: the name is a constant
	}
	return t
}

func filter(cache *registry.Cache, name string) analysis.TokenFilter {
	f, err := cache.TokenFilterNamed(name)
	if err != nil {
		panic(err) // unreachable: the name is a constant
	}
	return f
}

func stops(cache *registry.Cache, name string) analysis.TokenMap {
	m, err := cache.TokenMapNamed(name)
	if err != nil {
		panic(err) // unreachable: the name is a constant
	}
	return m
}

// unaccent takes accents off letters.
type unaccent struct{}

func (unaccent) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		if !ascii(t.Term) {
			plain := make([]byte, 0, len(t.Term))
			for _, r := range norm.NFD.String(string(t.Term)) {
				if !unicode.Is(unicode.Mn, r) {
					plain = utf8.AppendRune(plain, r)
				}
			}
			t.Term = plain
		}
	}
	return in
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// truncate cuts terms to a number of letters, which does much of what a
// stemmer does in languages that have none here.
type truncate int

func (n truncate) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		seen := 0
		for i := range string(t.Term) {
			if seen == int(n) {
				t.Term = t.Term[:i]
				break
			}
			seen++
		}
	}
	return in
}

// runs takes every run of letters, marks and digits for one token. bleve's
// word boundaries drop Thai and its like altogether.
type runs struct{}

func (runs) Tokenize(text []byte) analysis.TokenStream {
	var out analysis.TokenStream
	start := -1
	add := func(end int) {
		if start >= 0 {
			out = append(out, &analysis.Token{Term: text[start:end:end], Start: start, End: end, Position: len(out) + 1})
			start = -1
		}
	}
	for i, r := range string(text) {
		if unicode.In(r, unicode.L, unicode.M, unicode.N) {
			if start < 0 {
				start = i
			}
			continue
		}
		add(i)
	}
	add(len(text))
	return out
}

// grams cuts tokens into overlapping pieces of n letters, each with its own
// place in the text.
type grams int

func (n grams) Filter(in analysis.TokenStream) analysis.TokenStream {
	var out analysis.TokenStream
	for _, t := range in {
		var at []int
		for i := range string(t.Term) {
			at = append(at, i)
		}
		at = append(at, len(t.Term))
		if len(at) <= int(n) || len(t.Term) != t.End-t.Start {
			t.Position = len(out) + 1
			out = append(out, t)
			continue
		}
		for i := 0; i+int(n) < len(at); i++ {
			a, b := at[i], at[i+int(n)]
			out = append(out, &analysis.Token{Term: t.Term[a:b:b], Start: t.Start + a, End: t.Start + b, Position: len(out) + 1})
		}
	}
	return out
}
