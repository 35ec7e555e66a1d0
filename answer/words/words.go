// Package words knows English words: which mean nearly the same, which are
// forms of one another, which name a kind of thing, a place, an
// organisation, a number, a unit, a title, and which attribute, hedge or deny.
// Package answer uses it to find a passage that answers a question in other
// words than the question's.
//
// Start with [Load] and [Words.Synonyms]. The knowledge stands in the text files
// under data/, one group a line; README.md there says how to add to them. The
// package does not know which sense of a word is meant, does not rank, and
// holds nothing about any article.
package words

import (
	"embed"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"
)

//go:embed data/*.txt data/common.txt.gz
var data embed.FS

// Words is the knowledge of all the data files. It never changes after it was
// loaded, so it may be used by many goroutines at once.
type Words struct {
	common    *wordList                      // the list of English words
	opposites map[string]map[string]struct{} // of opposites.txt
	learned   map[string]struct{}            // further words that the data files have
	irregular map[string]string              // inflected form to lemma
	american  map[string]string              // British spelling to American
	british   map[string]string              // and back
	groups    []group
	byKey     map[string][]int32 // key of a word to the groups it is in
	words     taxonomy           // of kinds.txt
	names     taxonomy           // of places and organisations
	places    map[string][]*Place
	orgs      map[string][]*Organisation
	numbers   map[string]Number
	units     map[string]*Unit
	dates     map[string]Date
	chat      map[string]string
	titles    map[string]*Title
	cues      map[string]*Cue
	hedges    map[string]Hedge
	negations map[string]struct{}
	deeds     map[string][]*Deed // by the first word
	phrases   map[string]string  // key of a phrase of several words to the phrase
	longest   map[string]int     // first word of a phrase's key to the most words such a phrase has
	memo      *memo              // nil while the data files are read
}

// Load returns the knowledge in the embedded data files. The first call reads
// them, all later calls return the same value. It panics where a file is
// malformed, which the package's tests rule out.
func Load() *Words { return load() }

var load = sync.OnceValue(func() *Words {
	w, err := parse()
	if err != nil {
		panic("words: " + err.Error())
	}
	return w
})

// parse reads all data files; its error holds one for every bad line.
func parse() (*Words, error) {
	w := &Words{
		learned:   make(map[string]struct{}),
		irregular: make(map[string]string),
		american:  make(map[string]string),
		british:   make(map[string]string),
		byKey:     make(map[string][]int32, 14000),
		words:     newTaxonomy(),
		names:     newTaxonomy(),
		places:    make(map[string][]*Place),
		orgs:      make(map[string][]*Organisation),
		numbers:   make(map[string]Number),
		units:     make(map[string]*Unit),
		dates:     make(map[string]Date),
		chat:      make(map[string]string),
		titles:    make(map[string]*Title),
		cues:      make(map[string]*Cue),
		hedges:    make(map[string]Hedge),
		negations: make(map[string]struct{}),
		deeds:     make(map[string][]*Deed),
		phrases:   make(map[string]string),
		longest:   make(map[string]int),
		opposites: make(map[string]map[string]struct{}),
	}
	if err := w.readCommon(); err != nil {
		return nil, err
	}
	// Inflections and spellings come before all others, whose keys are made with them.
	files := []struct {
		name string
		add  func(text string) error
	}{
		{"spelling.txt", w.addSpelling},
		{"inflections.txt", w.addInflections},
		{"synonyms.txt", w.addSynonyms},
		{"kinds.txt", w.addKind},
		{"places.txt", w.addPlace},
		{"organisations.txt", w.addOrganisation},
		{"numbers.txt", w.addNumber},
		{"chat.txt", w.addChat},
		{"titles.txt", w.addTitle},
		{"cues.txt", w.addCue},
		{"relations.txt", w.addRelation},
		{"opposites.txt", w.addOpposites},
	}
	// Keys also depend on which words are English, so all words of the data come first.
	for _, f := range files {
		if f.name != "chat.txt" && f.name != "relations.txt" && f.name != "opposites.txt" {
			for _, text := range lines(f.name) {
				w.learn(text)
			}
		}
	}
	var bad []error
	for _, f := range files {
		for n, text := range lines(f.name) {
			if err := f.add(text); err != nil {
				bad = append(bad, fmt.Errorf("%s line %d: %w", f.name, n, err))
			}
		}
	}
	w.indexGroups()
	w.memo = newMemo()
	return w, errors.Join(bad...)
}

// lines yields the number and the text of each line of a data file, without
// comments and empty lines.
func lines(name string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		b, err := data.ReadFile("data/" + name)
		if err != nil {
			panic("words: " + err.Error()) // unreachable: the files are embedded
		}
		n := 0
		for text := range strings.Lines(string(b)) {
			n++
			if i := strings.IndexByte(text, '#'); i >= 0 {
				text = text[:i]
			}
			if text = strings.TrimSpace(text); text != "" && !yield(n, text) {
				return
			}
		}
	}
}

// list splits a list at sep and trims its items, leaving empty ones out.
func list(s, sep string) []string {
	var items []string
	for item := range strings.SplitSeq(s, sep) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// learn counts the single words of a line among the English ones; what has a
// capital is a name and is left out.
func (w *Words) learn(text string) {
	for item := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' || r == ':' || r == '~' }) {
		item = strings.TrimSpace(item)
		if item != "" && item == strings.ToLower(item) && !several(item) && !strings.Contains(item, ".") {
			if !w.common.has(item) {
				w.learned[item] = struct{}{}
			}
		}
	}
}

// headed splits "head: a, b" into its head and its list.
func headed(text string) (head string, items []string, err error) {
	head, rest, found := strings.Cut(text, ":")
	if head = strings.TrimSpace(head); !found || head == "" {
		return "", nil, fmt.Errorf("want a head, a colon and a list, got %q", text)
	}
	return head, list(rest, ","), nil
}
