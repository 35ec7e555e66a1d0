package words

import "strings"

// Match is a phrase found in a sequence of tokens.
type Match struct {
	Start, End int    // the tokens it covers: tokens[Start:End]
	Phrase     string // as the data have it: "put to death" for "puts to death"
}

// enter returns how the tables hold a word or phrase of the data and its key. A
// phrase will be found by [Words.Phrases].
func (w *Words) enter(s string) (folded, key string) {
	s = w.fold(s)
	if !several(s) {
		return s, w.spell(s)
	}
	k := w.phraseKey(s)
	if _, ok := w.phrases[k]; !ok {
		w.phrases[k] = s
		first, rest, _ := strings.Cut(k, " ")
		w.longest[first] = max(w.longest[first], 2+strings.Count(rest, " "))
	}
	if closed, ok := w.american[strings.ReplaceAll(s, " ", "-")]; ok {
		return s, closed
	}
	return s, k
}

// phraseKey returns what the words of a phrase are compared by, with a space between.
func (w *Words) phraseKey(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 4)
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '-' }) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.inPhrase(word))
	}
	return b.String()
}

// inPhrase returns how a word is compared within a phrase: by its lemma, and any
// possessive pronoun as "their", so that "lost his life" is "lose their lives".
func (w *Words) inPhrase(word string) string {
	switch word {
	case "my", "your", "his", "her", "its", "our":
		return "their"
	}
	return w.lemmaKey(word)
}

// LongestPhrase returns how many words the longest entry has that begins with a
// word, in any inflection; 1 where none of several words does.
func (w *Words) LongestPhrase(word string) int {
	return max(w.longest[w.inPhrase(strings.ToLower(w.fold(word)))], 1)
}

// Phrases returns the entries of several words, of any data file, that stand in
// a sequence of words, in any inflection. Matches are in order of their start, at
// the same start the longest first; they may overlap. The phrase of a match can
// be given to every lookup of [Words]. Hyphens and other punctuation must not be
// among the tokens.
func (w *Words) Phrases(tokens []string) []Match {
	keys := make([]string, len(tokens))
	for i, t := range tokens {
		keys[i] = w.inPhrase(strings.ToLower(w.fold(t)))
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
