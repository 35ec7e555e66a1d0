package words

import (
	"fmt"
	"slices"
	"strings"
)

// taxonomy holds what is a kind of what, both ways.
type taxonomy struct {
	kinds   map[string][]string // key of a member to its kinds
	members map[string][]string // key of a kind to its members
}

func newTaxonomy() taxonomy {
	return taxonomy{kinds: make(map[string][]string), members: make(map[string][]string)}
}

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
	kinds := list(head, ",")
	for _, m := range members {
		w.addMember(w.words, kinds, m)
	}
	return nil
}

// addMember enters a member of one or more kinds.
func (w *Words) addMember(t taxonomy, kinds []string, member string) {
	member, m := w.enter(member)
	for _, kind := range kinds {
		kind, k := w.enter(kind)
		if !slices.Contains(t.kinds[m], kind) {
			t.kinds[m] = append(t.kinds[m], kind)
			t.members[k] = append(t.members[k], member)
		}
	}
}

// Kinds returns what a word names a kind of, the nearest first: of "corvette",
// warship, ship, vessel; of "Germany", country. It is empty where nothing is known.
func (w *Words) Kinds(word string) []string {
	var kinds []string
	queue := w.keysOf(word)
	for len(queue) > 0 {
		k := queue[0]
		queue = queue[1:]
		for _, t := range []taxonomy{w.words, w.names} {
			for _, kind := range t.kinds[k] {
				if !slices.Contains(kinds, kind) && !strings.EqualFold(kind, word) {
					kinds = append(kinds, kind)
					queue = append(queue, w.key(kind))
				}
			}
		}
	}
	return kinds
}

// Members returns what is known to be of a kind, in the order of the data: of
// "ship", ferry, tanker and so on; of "country", the countries. Members of members
// are not among them. It is empty for a word that names no kind.
func (w *Words) Members(kind string) []string {
	for _, k := range w.keysOf(kind) {
		if m := slices.Concat(w.words.members[k], w.names.members[k]); len(m) > 0 {
			return m
		}
	}
	return nil
}
