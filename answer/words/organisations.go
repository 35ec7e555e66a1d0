package words

import (
	"fmt"
	"slices"
	"strings"
)

// Organisation is a body as the news name it.
type Organisation struct {
	Name   string   // in full: "World Health Organization"
	Others []string // abbreviations and other names: "WHO"
	Kinds  []string // what it is: "agency", "health agency"
}

// addOrganisation reads "World Health Organization; WHO; health agency, agency".
func (w *Words) addOrganisation(text string) error {
	f := strings.Split(text, ";")
	if len(f) != 3 {
		return fmt.Errorf("want name; other names; kinds, got %q", text)
	}
	o := &Organisation{Name: strings.TrimSpace(f[0]), Others: list(f[1], ","), Kinds: list(f[2], ",")}
	if o.Name == "" || len(o.Kinds) == 0 {
		return fmt.Errorf("want a name and at least one kind, got %q", text)
	}
	names := slices.Concat([]string{o.Name}, o.Others)
	for _, n := range names {
		if _, k := w.enter(n); !slices.Contains(w.orgs[k], o) {
			w.orgs[k] = append(w.orgs[k], o)
		}
	}
	if len(names) > 1 {
		w.groups = append(w.groups, group{relation: Name, words: names})
	}
	w.addMember(w.names, o.Kinds, o.Name)
	for _, kind := range o.Kinds {
		for _, n := range o.Others {
			// Found as one of its kind by every name, listed under the first only.
			if k, kind := w.key(n), w.fold(kind); !slices.Contains(w.names.kinds[k], kind) {
				w.names.kinds[k] = append(w.names.kinds[k], kind)
			}
		}
	}
	return nil
}

// Organisations returns the bodies that a name or an abbreviation stands for. An
// abbreviation that would be an everyday word is found in capitals only ("WHO").
// It is empty where nothing is known. The caller must not change it.
func (w *Words) Organisations(name string) []*Organisation {
	if k := w.of(name); k != nil {
		return k.orgs
	}
	for _, k := range w.keysOf(name) {
		if o := w.orgs[k]; len(o) > 0 {
			return o
		}
	}
	return nil
}
