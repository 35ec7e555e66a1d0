package words

import "strings"

// Match is a phrase found in a sequence of tokens.
type Match struct {
	Start, End int    // the tokens it covers: tokens[Start:End]
	Phrase     string // as the data have it: "put to death" for "puts to death"
}

// addPhrase enters an entry of several words, to be found by [Words.Phrases].
func (w *Words) addPhrase(s string) {
	if !strings.ContainsAny(s, " -") {
		return
	}
	s = w.fold(s)
	k := w.phraseKey(s)
	first, _, _ := strings.Cut(k, " ")
	if _, ok := w.phrases[k]; !ok {
		w.phrases[k] = s
	}
	w.longest[first] = max(w.longest[first], 1+strings.Count(k, " "))
}

// phraseKey returns the lemmas of a phrase's words.
func (w *Words) phraseKey(s string) string {
	words := tokens(s)
	for i, t := range words {
		words[i] = w.lemmaKey(t)
	}
	return strings.Join(words, " ")
}

// Phrases returns the entries of several words, of any data file, that stand in
// a sequence of words, in any inflection. Matches are in order of their start, at
// the same start the longest first; they may overlap. The phrase of a match can
// be given to every lookup of [Words]. Hyphens and other punctuation must not be
// among the tokens.
func (w *Words) Phrases(tokens []string) []Match {
	keys := make([]string, len(tokens))
	for i, t := range tokens {
		keys[i] = w.lemmaKey(w.fold(t))
	}
	var found []Match
	for i, first := range keys {
		for n := min(w.longest[first], len(keys)-i); n > 1; n-- {
			if p, ok := w.phrases[strings.Join(keys[i:i+n], " ")]; ok {
				found = append(found, Match{i, i + n, p})
			}
		}
	}
	return found
}
