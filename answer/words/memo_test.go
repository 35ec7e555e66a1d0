package words

import (
	"reflect"
	"strings"
	"testing"
)

// What is kept of words is what is found without.
func TestMemo(t *testing.T) {
	w := Load()
	plain := *w
	plain.memo = nil
	all := strings.Fields(`said SAID Said's killed WHO who US us u.s. Germany German Germans München twenty twenty-five Jan jan. may May organised
		centre cease-fire well-known buildings carried stopped generals Gen. spokeswoman km kilometres denied without n't nearly at-least
		backed backs supporting UN Haftar zozorrow Éire naïve ’ ' - -- 1,200 5th x`)
	all = append(all, "", "prime minister", "at least", "according to", "put to death", "march into", "World Health Organization", "said that", "failed to", strings.Repeat("long", 20))
	n := 0
	for word := range strings.FieldsSeq(w.common.text) {
		if n++; n%23 != 0 {
			continue
		}
		all = append(all, word, strings.ToUpper(word))
	}
	for round := range 2 { // found, then kept
		for _, word := range all {
			what := func(w *Words) []any {
				number, isNumber := w.Number(word)
				unit, isUnit := w.Unit(word)
				cue, isCue := w.Cue(word)
				title, isTitle := w.Title(word)
				date, isDate := w.Date(word)
				key, longest := w.begins(word)
				return []any{number, isNumber, unit, isUnit, cue, isCue, title, isTitle, date, isDate, key, longest, w.LongestPhrase(word), w.Lemma(word),
					w.key(word), strings.Join(w.keysOf(word), "|"), w.Hedge(word), w.Negation(word), w.Look(word), len(w.Deeds(word)), len(w.Places(word)), len(w.Organisations(word)), w.Kinds(word)}
			}
			if got, want := what(w), what(&plain); !reflect.DeepEqual(got, want) {
				t.Errorf("round %d, %q: %v, without memo %v", round, word, got, want)
			}
		}
	}
	for _, word := range all[:60] {
		if got, want := w.Synonyms(word), plain.Synonyms(word); len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("synonyms of %q: %v, without memo %v", word, got, want)
		}
	}
	words := strings.Fields("the council put him to death and marched into the city at least twice as soon as possible")
	if got, want := w.Phrases(words), plain.Phrases(words); len(got) == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("phrases %v, without memo %v", got, want)
	}
}
