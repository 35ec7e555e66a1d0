package words

import (
	"fmt"
	"strings"
)

// Force says what somebody does who utters something.
type Force string

// The forces of a cue.
const (
	Says      Force = "says"      // say, tell, add
	Announces Force = "announces" // announce, declare, confirm
	Claims    Force = "claims"    // claim, allege: the report keeps its distance
	Denies    Force = "denies"    // deny, reject
	Admits    Force = "admits"    // admit, concede
	Accuses   Force = "accuses"   // accuse, blame, condemn
	Warns     Force = "warns"     // warn, threaten
	Promises  Force = "promises"  // promise, vow
	Asks      Force = "asks"      // ask, urge, demand, order
	Praises   Force = "praises"   // praise, welcome
	Suggests  Force = "suggests"  // suggest, hint, propose
	Thinks    Force = "thinks"    // think, believe, expect
	Feels     Force = "feels"     // hope, fear
	Shows     Force = "shows"     // show, find, reveal: of reports and studies
	Source    Force = "source"    // according to: who says it follows
)

// Cue is a word or phrase that gives what follows or precedes to somebody.
type Cue struct {
	Word  string // its base form: "say"
	Force Force
}

// Hedge says how an expression limits a statement or a figure.
type Hedge string

// The kinds of hedge.
const (
	AtLeast  Hedge = "at least" // at least, more than: the figure is a lower bound
	AtMost   Hedge = "at most"  // up to, fewer than: the figure is an upper bound
	About    Hedge = "about"    // about, some, nearly: the figure is not exact
	Focus    Hedge = "focus"    // only, just: the figure is exact, and thought small or large
	Unproven Hedge = "unproven" // reportedly, allegedly
	Possible Hedge = "possible" // may, probably, likely
	Partly   Hedge = "partly"   // partly, largely, in some cases
	NotYet   Hedge = "not yet"  // almost, on the verge of
)

// addCue reads "cue says: say, tell", "hedge about: about, some" and "negation:
// not, never".
func (w *Words) addCue(text string) error {
	head, items, err := headed(text)
	if err != nil {
		return err
	}
	if len(items) == 0 {
		return fmt.Errorf("%q has no words", head)
	}
	sort, which, _ := strings.Cut(head, " ")
	for _, item := range items {
		_, k := w.enter(item)
		switch sort {
		case "cue":
			if _, taken := w.cues[k]; taken {
				return fmt.Errorf("the cue %q stands twice", item)
			}
			w.cues[k] = &Cue{Word: item, Force: Force(which)}
		case "hedge":
			if old, taken := w.hedges[k]; taken {
				return fmt.Errorf("%q is already a hedge: %s", item, old)
			}
			w.hedges[k] = Hedge(which)
		case "negation":
			w.negations[k] = struct{}{}
		default:
			return fmt.Errorf(`want "cue", "hedge" or "negation", got %q`, sort)
		}
	}
	return nil
}

// Cue returns the cue that a word or phrase is, in any inflection; false if it
// is none.
func (w *Words) Cue(word string) (Cue, bool) {
	if k := w.of(word); k != nil {
		if k.cue == nil {
			return Cue{}, false
		}
		return *k.cue, true
	}
	for _, k := range w.keysOf(word) {
		if c, ok := w.cues[k]; ok {
			return *c, true
		}
	}
	return Cue{}, false
}

// Hedge returns how a word or phrase hedges; "" if it does not.
func (w *Words) Hedge(word string) Hedge {
	if k := w.of(word); k != nil {
		return k.hedge
	}
	return w.hedges[w.key(word)]
}

// Negation reports whether a word or phrase negates what it stands with: "not",
// "without", and verbs such as "failed to".
func (w *Words) Negation(word string) bool {
	if k := w.of(word); k != nil {
		return k.negation
	}
	for _, k := range w.keysOf(word) {
		if _, ok := w.negations[k]; ok {
			return true
		}
	}
	return false
}
