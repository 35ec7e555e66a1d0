package words

import (
	"fmt"
	"strings"
)

// Title is a title or a role of a person.
type Title struct {
	Name   string   // in full, lower case: "general"
	Others []string // short and other forms: "gen"
	Field  string   // where it belongs: "military", "politics", …
	Before bool     // stands before a name ("General Smith"); a role that does not ("spokesman") is false
}

// addTitle reads "before military: general, gen" or "role media: spokesman".
// Several titles with their forms are separated by semicolons.
func (w *Words) addTitle(text string) error {
	head, rest, found := strings.Cut(text, ":")
	sort, field, split := strings.Cut(strings.TrimSpace(head), " ")
	if !found || !split || sort != "before" && sort != "role" {
		return fmt.Errorf(`want "before" or "role", a field and a colon, got %q`, text)
	}
	for _, forms := range list(rest, ";") {
		f := list(forms, ",")
		t := &Title{Name: f[0], Others: f[1:], Field: field, Before: sort == "before"}
		for _, form := range f {
			_, k := w.enter(form)
			if _, taken := w.titles[k]; taken {
				return fmt.Errorf("%q stands twice", form)
			}
			w.titles[k] = t
		}
		if len(f) > 1 {
			w.groups = append(w.groups, group{relation: Same, words: f})
		}
	}
	return nil
}

// Title returns the title or role that a word or phrase is; false if it is none.
func (w *Words) Title(word string) (Title, bool) {
	if k := w.of(word); k != nil {
		if k.title == nil {
			return Title{}, false
		}
		return *k.title, true
	}
	for _, k := range w.keysOf(word) {
		if t, ok := w.titles[k]; ok {
			return *t, true
		}
	}
	return Title{}, false
}
