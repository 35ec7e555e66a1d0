package index

import (
	"slices"
	"sync"
	"unicode"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/stop"
	"github.com/blevesearch/bleve/v2/registry"
)

// full are the languages for which bleve has stop words and a stemmer, or what
// their script needs instead; the value is bleve's name.
var full = map[string]string{
	"ar": "ar", "ckb": "ckb", "da": "da", "de": "de", "en": "en", "es": "es", "fa": "fa", "fi": "fi", "fr": "fr", "hi": "hi",
	"hr": "hr", "hu": "hu", "it": "it", "ja": "cjk", "nl": "nl", "nb": "no", "nn": "no", "no": "no", "pl": "pl",
	"pt": "pt", "ro": "ro", "ru": "ru", "sv": "sv", "tr": "tr",
}

// analyzerFor returns the name of the analyzer of a language.
func analyzerFor(language string) string {
	if name, ok := full[language]; ok {
		return name
	}
	switch language {
	case "el", "ko", "vi", "zh":
		return language
	case "th", "lo", "km", "my":
		return "syllabic"
	}
	return "other"
}

// pipelines holds every analyzer by its name. Each is made when it is first
// used: bleve's constructors parse lists of words, and the table of the Polish
// stemmer alone takes megabytes.
var pipelines = func() map[string]func() *pipeline {
	all := map[string]func() *pipeline{"el": greek, "ko": korean, "other": other, "syllabic": syllabic, "vi": vietnamese, "zh": chinese}
	for _, name := range full {
		all[name] = func() *pipeline { return fromBleve(name) }
	}
	for name, build := range all {
		all[name] = sync.OnceValue(build)
	}
	return all
}()

// longest is the number of letters after which a word is cut.
const longest = 60

// fromBleve takes one of bleve's analyzers apart at its stop words, and mends
// what measuring or a case showed to be wrong with it.
func fromBleve(name string) *pipeline {
	cache := registry.NewCache()
	a := must(cache.AnalyzerNamed(name)).(*analysis.DefaultAnalyzer)
	filters := slices.Clone(a.TokenFilters)
	for i, f := range filters {
		if _, ok := f.(*lowercase.LowerCaseFilter); ok {
			filters[i] = lower{}
			if name == "tr" {
				filters[i] = lower{unicode.TurkishCase}
			}
		}
	}
	p := &pipeline{char: a.CharFilters, tokenizer: a.Tokenizer, before: filters}
	for i, f := range filters {
		if _, ok := f.(*stop.StopTokensFilter); ok {
			p.before, p.after = filters[:i:i], filters[i+1:]
			p.stops = must(cache.TokenMapNamed("stop_" + name))
		}
	}
	if name != "cjk" {
		// Some stemmers take a minute for a word of 100,000 letters.
		p.before = slices.Insert(p.before, 0, analysis.TokenFilter(truncate(longest)))
	}
	switch name {
	case "en":
		// Negations carry meaning: "dialogue was not possible".
		for _, w := range []string{"no", "not", "nor"} {
			delete(p.stops, w)
		}
		p.before = append(p.before, unaccent{}) // "salamé" is typed "salame"
		p.formed = newForms()
	case "de":
		// Compounds meet their first part (XQuAD: .943 of passages first
		// against .936, .995 among five against .990).
		p.after = append(p.after, truncate(7))
	case "ru":
		// Derived words meet (XQuAD: .939 against .934, .998 against .995).
		p.after = append(p.after, truncate(6))
	case "es", "fr", "it", "pt", "ro":
		// People leave out accents when they type. Behind the stemmer, which
		// needs them, folding costs nothing that could be measured.
		p.after = append(p.after, unaccent{})
	case "fa":
		p.char = []analysis.CharFilter{spaceJoiners{}}
	case "tr":
		// The stemmer leaves many of the endings that pile up. The first five
		// letters do better (Can and others, "Information retrieval on Turkish
		// texts", 2008; XQuAD: .946 of passages first against .926).
		p.after = append(p.after, unaccent{}, truncate(5))
	}
	return p
}

// greek has stop words but no stemmer in bleve.
func greek() *pipeline {
	cache := registry.NewCache()
	return &pipeline{
		tokenizer: must(cache.TokenizerNamed("unicode")),
		before:    []analysis.TokenFilter{lower{}},
		stops:     must(cache.TokenMapNamed("stop_el")),
		after:     []analysis.TokenFilter{unaccent{}, truncate(5)},
	}
}

// vietnamese has words that do not change, and tones that matter.
func vietnamese() *pipeline {
	return &pipeline{
		tokenizer: must(registry.NewCache().TokenizerNamed("unicode")),
		before:    []analysis.TokenFilter{lower{}},
	}
}

// korean has spaces, but hangs particles on words: "in Seoul" is one. Pairs of
// syllables find the word in it.
func korean() *pipeline {
	p := vietnamese()
	p.after = []analysis.TokenFilter{hangulPairs{}}
	return p
}

// syllabic is for scripts that write no spaces between words.
func syllabic() *pipeline {
	return &pipeline{
		tokenizer: runs{},
		before:    []analysis.TokenFilter{lower{}},
		after:     []analysis.TokenFilter{grams(3)},
	}
}

// other is for languages that bleve knows nothing of.
func other() *pipeline {
	p := vietnamese()
	p.after = []analysis.TokenFilter{truncate(5)}
	return p
}

// must returns a part of bleve whose name is a constant of this package.
func must[T any](part T, err error) T {
	if err != nil {
		panic(err) // unreachable: languages.go imports all that is named
	}
	return part
}
