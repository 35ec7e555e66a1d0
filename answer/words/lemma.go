package words

import (
	"fmt"
	"strings"
)

// addInflections reads "go: goes, went, gone". A head with no forms, "news:",
// says that the word is not an inflection of another.
func (w *Words) addInflections(text string) error {
	head, forms, err := headed(text)
	if err != nil {
		return err
	}
	if _, taken := w.irregular[head]; !taken {
		w.irregular[head] = head
	}
	for _, f := range forms {
		if old, taken := w.irregular[f]; taken && old != f {
			return fmt.Errorf("%q is already a form of %q", f, old)
		}
		w.irregular[f] = head
	}
	return nil
}

// Lemma returns the base form of an English word in lower case: the singular of
// a plural, the infinitive of a verb form. A word whose base form is not an
// English word it knows, as in most names, comes back as it is.
func (w *Words) Lemma(word string) string {
	if k := w.of(word); k != nil {
		return k.lemma
	}
	return w.findLemma(word)
}

func (w *Words) findLemma(word string) string {
	word = strings.ToLower(word)
	if base, ok := w.irregular[word]; ok {
		return base
	}
	if base := w.singular(word); base != "" {
		// "buildings" is a form of "building", and so of "build".
		if b, ok := w.irregular[base]; ok {
			return b
		}
		if b := w.infinitive(base); b != "" {
			return b
		}
		return base
	}
	if base := w.infinitive(word); base != "" {
		return base
	}
	return word
}

// bases returns the word and all that it is a form of, nearest first:
// buildings, building, build.
func (w *Words) bases(word string) []string {
	word = strings.ToLower(word)
	all := []string{word}
	if base, ok := w.irregular[word]; ok {
		if base != word {
			all = append(all, base)
		}
		return all
	}
	if base := w.singular(word); base != "" {
		all = append(all, base)
		word = base
	}
	if base := w.findLemma(word); base != word {
		all = append(all, base)
	}
	return all
}

// shortest is the number of letters under which a word is taken to be no regular inflection.
const shortest = 4

// singular returns the word without the ending of a plural or of a third
// person; "" if it has none.
func (w *Words) singular(word string) string {
	if len(word) < shortest || !strings.HasSuffix(word, "s") || strings.HasSuffix(word, "ss") {
		return ""
	}
	if base := word[:len(word)-1]; w.known(base) {
		return base
	}
	if stem, ok := strings.CutSuffix(word, "ies"); ok && w.known(stem+"y") {
		return stem + "y"
	}
	if stem, ok := strings.CutSuffix(word, "es"); ok && w.known(stem) {
		return stem
	}
	return ""
}

// infinitive returns the word without -ed or -ing; "" if it has neither.
func (w *Words) infinitive(word string) string {
	stem, ok := strings.CutSuffix(word, "ing")
	if !ok {
		if strings.HasSuffix(word, "eed") { // need, speed, feed; agreed and its like are listed as irregular
			return ""
		}
		stem, ok = strings.CutSuffix(word, "ed")
	}
	if !ok || len(word) < shortest || len(stem) < 2 || !strings.ContainsAny(stem, "aeiouy") {
		return ""
	}
	last, before := stem[len(stem)-1], stem[len(stem)-2]
	if i := len(stem) - 1; last == 'i' && w.known(stem[:i]+"y") && !w.known(stem+"e") {
		return stem[:i] + "y" // carried
	}
	// "hoped" is of hope, not of hop; "passed" of pass, not of passe; "cursed" of curse, not of curs.
	plain := w.known(stem)
	if plain && !vowel(last) && !vowel(before) && (last != 's' || before == 's') {
		return stem
	}
	if w.known(stem + "e") {
		return stem + "e"
	}
	if plain {
		return stem
	}
	if last == before && !vowel(last) && len(stem) > 3 && w.known(stem[:len(stem)-1]) {
		return stem[:len(stem)-1] // stopped
	}
	return ""
}

// known reports whether the word can be a base form: it is an English word and
// no form of another, as "rang" is.
func (w *Words) known(word string) bool {
	if base, ok := w.irregular[word]; ok && base != word {
		return false
	}
	ok := w.common.has(word)
	if !ok {
		_, ok = w.learned[word]
	}
	return ok && len(word) > 1
}

func vowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// several reports whether s is a phrase or a compound.
func several(s string) bool { return strings.IndexByte(s, ' ') >= 0 || strings.IndexByte(s, '-') >= 0 }

// strip removes what differs between writings of one word: full stops of
// abbreviations and apostrophes.
var strip = strings.NewReplacer(".", "", "'", "", "’", "", "‘", "")

// marked reports whether strip may remove r.
func marked(r rune) bool { return r == '.' || r == '\'' || r > 0x7f }

// fold brings a word or phrase as it is written into the form the tables hold:
// lower case, no full stops, no apostrophes. An abbreviation that would become an
// everyday word, as WHO, US or ICE would, keeps its capitals.
func (w *Words) fold(s string) string {
	s = stripped(s)
	low := strings.ToLower(s)
	if low != s && s == strings.ToUpper(s) && len(s) > 1 {
		if w.common.has(low) {
			return s
		}
	}
	return low
}

// key is what the tables are indexed by: a single word as folded, in American
// spelling; of a phrase the lemmas of its words; of a compound its closed form.
func (w *Words) key(s string) string {
	if k := w.of(s); k != nil {
		return k.key
	}
	return w.findKey(s)
}

func (w *Words) findKey(s string) string {
	s = w.fold(s)
	if !several(s) {
		return w.spell(s)
	}
	if closed, ok := w.american[strings.ReplaceAll(s, " ", "-")]; ok {
		return closed
	}
	return w.phraseKey(s)
}

// lemmaKey is the form of a word within the key of a phrase.
func (w *Words) lemmaKey(word string) string { return w.spell(w.findLemma(word)) }
