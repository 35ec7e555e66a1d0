package words

import (
	"fmt"
	"slices"
	"strings"
)

// Deed is one way of telling how two parties stand with one another: a verb
// with its particles, a noun with the prepositions that may follow.
type Deed struct {
	Kind  string   // "backs"
	Form  string   // "verb", "noun", "mutual", …: how it is built into a sentence
	Words []string // base forms; "~" stands for a few words, "*" for whom it is done to
	Preps []string // of a noun: behind which of them stands whom it is done to
}

// addRelation reads "backs verb: support, side with" and "backs noun for, to:
// support".
func (w *Words) addRelation(text string) error {
	head, items, err := headed(text)
	if err != nil {
		return err
	}
	kind, rest, found := strings.Cut(head, " ")
	if !found || len(items) == 0 {
		return fmt.Errorf("want a kind, a form and words, got %q", text)
	}
	form, preps, _ := strings.Cut(rest, " ")
	for _, item := range items {
		d := &Deed{Kind: kind, Form: form, Words: strings.FieldsFunc(item, func(r rune) bool { return r == ' ' || r == '-' }), Preps: list(preps, ",")}
		first := w.spell(d.Words[0])
		if slices.ContainsFunc(w.deeds[first], func(o *Deed) bool {
			return o.Kind == kind && o.Form == form && slices.Equal(o.Words, d.Words)
		}) {
			return fmt.Errorf("%q stands twice under %s %s", item, kind, form)
		}
		w.deeds[first] = append(w.deeds[first], d)
	}
	return nil
}

// Deeds returns the ways of telling a relation that begin with a word, in any
// inflection. The caller must not change them.
func (w *Words) Deeds(word string) []*Deed {
	if k := w.of(word); k != nil {
		return k.deeds
	}
	return w.findDeeds(word)
}

func (w *Words) findDeeds(word string) []*Deed {
	var all []*Deed
	for _, base := range w.bases(word) {
		all = append(all, w.deeds[w.spell(base)]...)
	}
	return all
}
