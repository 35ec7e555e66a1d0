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

// findInPhrase returns how a word is compared within a phrase: by its lemma, and any
// possessive pronoun as "their", so that "lost his life" is "lose their lives".
func (w *Words) findInPhrase(word string) string {
	switch word {
	case "my", "your", "his", "her", "its", "our":
		return "their"
	}
	return w.lemmaKey(word)
}

// inPhrase is [Words.findInPhrase] of a word as it is written.
func (w *Words) inPhrase(word string) string {
	if k := w.of(word); k != nil {
		return k.inPhrase
	}
	return w.findInPhrase(strings.ToLower(w.fold(word)))
}

// begins returns how a word is compared within a phrase, and how many words the
// longest phrase has that begins with it; 0 where none does.
func (w *Words) begins(word string) (key string, longest int) {
	if k := w.of(word); k != nil {
		return k.inPhrase, k.longest
	}
	key = w.findInPhrase(strings.ToLower(w.fold(word)))
	return key, w.longest[key]
}

// LongestPhrase returns how many words the longest entry has that begins with a
// word, in any inflection; 1 where none of several words does.
func (w *Words) LongestPhrase(word string) int {
	_, n := w.begins(word)
	return max(n, 1)
}

// Phrases returns the entries of several words, of any data file, that stand in
// a sequence of words, in any inflection. Matches are in order of their start, at
// the same start the longest first; they may overlap. The phrase of a match can
// be given to every lookup of [Words]. Hyphens and other punctuation must not be
// among the tokens.
func (w *Words) Phrases(tokens []string) []Match {
	keys, longest := make([]string, len(tokens)), make([]int, len(tokens))
	for i, t := range tokens {
		keys[i], longest[i] = w.begins(t)
	}
	var found []Match
	var key []byte
	for i := range keys {
		n := min(longest[i], len(keys)-i)
		if n < 2 {
			continue
		}
		key = append(key[:0], keys[i]...)
		for _, k := range keys[i+1 : i+n] {
			key = append(append(key, ' '), k...)
		}
		for ; n > 1; n-- {
			if p, ok := w.phrases[string(key)]; ok {
				found = append(found, Match{i, i + n, p})
			}
			key = key[:len(key)-len(keys[i+n-1])-1]
		}
	}
	return found
}
