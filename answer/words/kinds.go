package words

import (
	"fmt"
	"slices"
	"strings"
)

// addKind reads "ship, vessel: ferry, tanker": every member is both a ship and
// a vessel.
func (w *Words) addKind(text string) error {
	head, members, err := headed(text)
	if err != nil {
		return err
	}
	if len(members) == 0 {
		return fmt.Errorf("the kind %q has no members", head)
	}
	for _, kind := range list(head, ",") {
		for _, m := range members {
			w.addMember(kind, m)
		}
	}
	return nil
}

func (w *Words) addMember(kind, member string) {
	kind, member = w.fold(kind), w.fold(member)
	k, m := w.key(kind), w.key(member)
	w.addPhrase(kind)
	w.addPhrase(member)
	if !slices.Contains(w.kinds[m], kind) {
		w.kinds[m] = append(w.kinds[m], kind)
		w.members[k] = append(w.members[k], member)
	}
}

// Kinds returns what a word names a kind of, the nearest first: of "corvette",
// warship, ship, vessel. It is empty where nothing is known.
func (w *Words) Kinds(word string) []string {
	var kinds []string
	queue := w.keysOf(word)
	for len(queue) > 0 {
		k := queue[0]
		queue = queue[1:]
		for _, kind := range w.kinds[k] {
			if !slices.Contains(kinds, kind) && !strings.EqualFold(kind, word) {
				kinds = append(kinds, kind)
				queue = append(queue, w.key(kind))
			}
		}
	}
	return kinds
}

// Members returns what is known to be of a kind, in the order of the data: of
// "ship", ferry, tanker and so on. Members of members are not among them. It is
// empty for a word that names no kind. The caller must not change it.
func (w *Words) Members(kind string) []string {
	for _, k := range w.keysOf(kind) {
		if m := w.members[k]; len(m) > 0 {
			return m
		}
	}
	return nil
}
