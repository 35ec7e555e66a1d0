package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// frame is what a question with a helping verb takes for granted: in "why did
// Norway attack Sweden" that Norway did it, and to Sweden. Positions are
// concepts.
type frame struct {
	Verb    int   // -1 where the question takes no deed for granted
	Subject []int // who did it
	Object  []int // to whom, or what was done to
	Named   bool  // names say who did it
	Order   bool  // it asks which of two did it to the other: "did A attack B or B attack A"
}

// named reports whether a concept names somebody or something, be it in
// several words.
func (c *concept) named() bool { return c.Name || c.Proper }

// helpers begin what a question says somebody did.
var helpers = map[string]bool{"did": true, "does": true, "do": true, "has": true, "have": true, "had": true}

// weak are verbs that take nothing for granted which a sentence would have to
// say with a verb.
var weak = words.Set(`become belong receive get have be remain stay mean want need like look seem cost last own contain include think believe expect
	consider call know take hold exist come go happen live feel`)

// reports reports whether a word is a verb of saying or thinking: of what
// somebody said the sentence tells in his words.
func (l *Library) reports(word string) bool {
	c, ok := l.words.Cue(word)
	switch c.Force {
	case words.Accuses, words.Asks, words.Denies, words.Promises, words.Praises, words.Shows, words.Source:
		return false
	}
	return ok
}

// findFrame reads who is said to have done what to whom.
func (l *Library) findFrame(p *parsed, toks []qtoken) frame {
	f := frame{Verb: -1}
	h := slices.IndexFunc(toks, func(t qtoken) bool { return helpers[t.lower] })
	if h < 0 {
		return f
	}
	at := make([]int, len(toks)) // of each token its concept
	for i := range at {
		at[i] = -1
	}
	for c := range p.Concepts {
		for n := range strings.Fields(p.Concepts[c].Text) {
			if i := p.Concepts[c].Position + n; i < len(at) {
				at[i] = c
			}
		}
	}
	verb := -1
	for i := h + 1; i < len(toks) && verb < 0; i++ {
		if i > h+1 && helpers[toks[i].lower] || weak[l.words.Lemma(toks[i].lower)] || i > h+1 && l.reports(toks[i].lower) {
			return f // "what does Norway do", "what did Norway say"
		}
		if l.startsVerb(p, toks, at, h, i) {
			verb = i
		}
	}
	if verb < 0 || at[verb] < 0 {
		return f
	}
	f.Verb = at[verb]
	for i := h + 1; i < len(toks); i++ {
		switch {
		case toks[i].lower == "or":
			f.Order = f.Order || p.Asked == yesNo
		case at[i] < 0 || at[i] == at[verb] || i > h+1 && at[i] == at[i-1]:
		case i < verb:
			f.Subject = append(f.Subject, at[i])
			f.Named = f.Named || p.Concepts[at[i]].named()
		default:
			f.Object = append(f.Object, at[i])
		}
	}
	if len(f.Subject) == 0 {
		f.Verb = -1
	}
	return f
}

// startsVerb reports whether the main verb stands at token i of a question whose
// helping verb stands at token h: the first word, behind whoever does it, that
// something follows which a verb takes.
func (l *Library) startsVerb(p *parsed, toks []qtoken, at []int, h, i int) bool {
	word := toks[i].lower
	name := at[i] >= 0 && p.Concepts[at[i]].named()
	before := toks[i-1].raw
	if strings.HasSuffix(annotate.FoldQuote(before), "'s") || strings.Contains(p.Text, before+"-"+toks[i].raw) {
		return false // "did Norway's navy", "did Lee Cheuk-yan"
	}
	if h := toks[h].lower; (h == "did" || h == "does" || h == "do") && strings.HasSuffix(word, "ed") && l.words.Lemma(word) != word {
		return false // "did the groups supported by Norway win"
	}
	if name || toks[i].stop && !light[word] || i == h+1 || articles[toks[i-1].lower] || annotate.Plural(word) && l.words.Lemma(word) != word {
		return false
	}
	if at[i-1] >= 0 && p.Concepts[at[i-1]].named() && !annotate.Prepositions[word] {
		named := true
		for k := h + 1; k < i; k++ {
			named = named && (articles[toks[k].lower] || at[k] >= 0 && p.Concepts[at[k]].named())
		}
		if named && !(articles[toks[h+1].lower] && l.goesOn(p, toks, at, i+1)) {
			return true // "did Norway attack", but not "did the Norway camp win"
		}
	}
	if i+1 >= len(toks) {
		return true
	}
	next := toks[i+1]
	return articles[next.lower] || annotate.Prepositions[next.lower] || next.lower == "that" || next.lower == "to" || annotate.ThirdPerson[next.lower] ||
		strings.HasSuffix(next.lower, "ing") || at[i+1] >= 0 && (p.Concepts[at[i+1]].named() || p.Concepts[at[i+1]].Number)
}

// goesOn reports whether the word at token i may be the verb instead of the
// one before: it is no name, no plural and none of the function words.
func (l *Library) goesOn(p *parsed, toks []qtoken, at []int, i int) bool {
	return i < len(toks) && !toks[i].stop && at[i] >= 0 && !p.Concepts[at[i]].named() && !p.Concepts[at[i]].Number && !annotate.Plural(toks[i].lower)
}

var articles = map[string]bool{"the": true, "a": true, "an": true, "his": true, "her": true, "its": true, "their": true, "this": true, "that": true, "these": true, "those": true}
