package words

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Relation says what one word is to another.
type Relation uint8

// The relations between words.
const (
	Spelling Relation = iota + 1 // the same word, written as on the other side of the Atlantic
	Same                         // mean nearly the same: kill, slay
	Name                         // names of one place or organisation: Britain, British, UK
	Related                      // near, not the same: doctor, nurse
	KindOf                       // the word asked for is one of these: of "ferry", ship
	Member                       // one of what the word asked for names: of "ship", ferry
	Seat                         // stands for the other in the news: Berlin, Germany
)

// The weights of the relations: roughly how likely a sentence with the one word
// says what was asked with the other.
const (
	WeightSpelling = 1.0
	WeightSame     = 0.85
	WeightName     = 0.95
	WeightRelated  = 0.6
	WeightKindOf   = 0.5
	WeightMember   = 0.6
	WeightSeat     = 0.5
)

var weights = [...]float64{
	Spelling: WeightSpelling,
	Same:     WeightSame,
	Name:     WeightName,
	Related:  WeightRelated,
	KindOf:   WeightKindOf,
	Member:   WeightMember,
	Seat:     WeightSeat,
}

var relationNames = [...]string{"", "spelling", "same", "name", "related", "kind of", "member", "seat"}

// String returns the relation in a word or two.
func (r Relation) String() string {
	if int(r) < len(relationNames) {
		return relationNames[r]
	}
	return fmt.Sprintf("Relation(%d)", uint8(r))
}

// Entry is a word that may stand for another.
type Entry struct {
	Word     string  // lower case, save for abbreviations that would be everyday words (WHO); may be several words
	Weight   float64 // from 0 to 1
	Relation Relation
}

// group is a set of words, each of which may stand for each other.
type group struct {
	relation Relation
	words    []string
	keys     []string // of the words, in the same order
}

// addSynonyms reads "kill, slay, murder", or "~ doctor, nurse" for words that
// are merely related.
func (w *Words) addSynonyms(text string) error {
	relation := Same
	if rest, ok := strings.CutPrefix(text, "~"); ok {
		relation, text = Related, rest
	}
	members := list(text, ",")
	if len(members) < 2 {
		return fmt.Errorf("want at least two words, got %q", members)
	}
	w.groups = append(w.groups, group{relation: relation, words: members})
	return nil
}

// indexGroups makes the tables that find a group by its words.
func (w *Words) indexGroups() {
	for _, open := range slices.Sorted(maps.Keys(w.american)) {
		w.enter(open)
	}
	for i := range w.groups {
		g := &w.groups[i]
		g.keys = make([]string, len(g.words))
		for j, word := range g.words {
			g.words[j], g.keys[j] = w.enter(word)
			w.byKey[g.keys[j]] = append(w.byKey[g.keys[j]], int32(i))
		}
	}
}

// Synonyms returns the words and phrases that may stand for a word or phrase,
// the likeliest first, those of equal weight in alphabetical order. It looks up
// the word as written and its lemma; a name leads on from a country's other names
// to its seat, a little less surely, so that "US" finds "Washington".
func (w *Words) Synonyms(word string) []Entry {
	found := make(map[string]Entry)
	add := func(e Entry) {
		if old, ok := found[e.Word]; !ok || e.Weight > old.Weight {
			found[e.Word] = e
		}
	}
	asked := w.keysOf(word)
	for _, k := range asked {
		for _, e := range w.near(k) {
			add(e)
			then, ok := leads[e.Relation]
			if !ok {
				continue
			}
			for _, f := range w.near(w.key(e.Word)) {
				if f.Relation == then {
					add(Entry{f.Word, e.Weight * f.Weight, Seat})
				}
			}
		}
	}
	self := w.fold(word)
	if other := w.OtherSpelling(self); other != "" {
		add(Entry{other, WeightSpelling, Spelling})
	}
	entries := make([]Entry, 0, len(found)+8)
	for _, e := range found {
		entries = append(entries, e)
		if other := w.OtherSpelling(e.Word); other != "" && e.Relation != Spelling {
			if _, ok := found[other]; !ok {
				entries = append(entries, Entry{other, e.Weight, e.Relation})
			}
		}
	}
	entries = slices.DeleteFunc(entries, func(e Entry) bool {
		return e.Word == self || e.Relation != Spelling && slices.Contains(asked, e.Word)
	})
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Word, b.Word))
	})
	return entries
}

// leads says which relation may follow one in a second step. Two of the same
// sort drift.
var leads = map[Relation]Relation{Name: Seat, Seat: Name}

// keysOf returns the keys under which a word and what it is a form of are found.
func (w *Words) keysOf(word string) []string {
	k := w.key(word)
	if strings.Contains(k, " ") {
		return []string{k}
	}
	var keys []string
	if k != strings.ToLower(k) {
		keys = append(keys, k)
	}
	for _, b := range w.bases(k) {
		keys = append(keys, w.spell(b))
	}
	return keys
}

// near returns what is one step from a key, in the order of the data. The members
// of kinds of names, such as all countries, stand for nothing but themselves and
// are left out.
func (w *Words) near(key string) []Entry {
	var entries []Entry
	for _, i := range w.byKey[key] {
		g := w.groups[i]
		for j, word := range g.words {
			if g.keys[j] != key {
				entries = append(entries, Entry{word, weights[g.relation], g.relation})
			}
		}
	}
	for _, k := range w.words.kinds[key] {
		entries = append(entries, Entry{k, WeightKindOf, KindOf})
	}
	for _, m := range w.words.members[key] {
		entries = append(entries, Entry{m, WeightMember, Member})
	}
	return entries
}
