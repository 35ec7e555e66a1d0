package answer

import (
	"cmp"
	"slices"
	"strings"

	"footnote/answer/annotate"
)

// A follow-up carries over what it leaves out from the question before: a name
// for a pronoun, what was asked for "and the wounded?", what it was about for
// "why?". How it was taken is told with the answer.

// leaningOn are the words of a follow-up that stand for something before.
var leaningOn = map[string]bool{
	"he": true, "him": true, "his": true, "she": true, "her": true, "hers": true, "they": true, "them": true, "their": true,
	"it": true, "its": true, "this": true, "that": true, "these": true, "those": true, "there": true, "then": true,
}

// follow completes a question by the one before it, which may have been a
// follow-up itself.
func (l *Library) follow(p *parsed, toks []qtoken, previous Question, language string) {
	before := l.parse(previous, language)
	p.err = cmp.Or(p.err, before.err)
	if len(before.Concepts) == 0 {
		return
	}
	has := func(w string) bool {
		return slices.ContainsFunc(p.Concepts, func(c concept) bool { return c.Word == w })
	}
	var carried []string
	carry := func(take func(c *concept) bool) {
		for i := range before.Concepts {
			c := before.Concepts[i]
			if !take(&c) || has(c.Word) {
				continue
			}
			c.Focus, c.Kind, c.Position = false, false, len(toks)+i
			p.Concepts = append(p.Concepts, c)
			p.Looked = append(p.Looked, c.Text)
			carried = append(carried, c.Text)
		}
	}
	pronoun := ""
	for _, t := range toks {
		if leaningOn[t.lower] && pronoun == "" {
			pronoun = t.raw
		}
	}
	first := ""
	if len(toks) > 0 {
		first = toks[0].lower
	}
	switch {
	case bare(p, toks): // "why?", "when was that?"
		carry(func(*concept) bool { return true })
		if len(carried) > 0 {
			p.Taken.As = strings.Join(carried, " ")
		}
	case (first == "and" || first == "what" && len(toks) > 1 && toks[1].lower == "about" || first == "how" && len(toks) > 1 && toks[1].lower == "about") && !asksByItself(toks[1:]):
		// "and the wounded?": the same question of something else.
		// A name takes the place of the name, anything else that of the rest.
		p.Asked = before.Asked
		named := anyName(p)
		swapped := slices.ContainsFunc(p.Concepts, func(c concept) bool { return !c.Name })
		carry(func(c *concept) bool { return !c.Name && !swapped || c.Name && !named })
		p.Taken.Before = previous.Text
	case pronoun != "":
		carry(func(c *concept) bool { return c.Name })
		if len(carried) == 0 && !annotate.ThirdPerson[strings.ToLower(pronoun)] { // he is no deed
			carry(func(c *concept) bool { return !c.Kind })
		}
		if len(carried) > 0 {
			p.Taken = Taken{Word: pronoun, As: strings.Join(carried, " ")}
		}
	default:
		return
	}
	p.Concepts = p.Concepts[:min(len(p.Concepts), maxConcepts)]
	p.Relation = findRelation(p, toks)
	if r := before.Relation; p.Relation.Asked == noSide && r.Asked != noSide {
		deed := slices.IndexFunc(p.Concepts, func(c concept) bool { return c.Word == before.Concepts[r.Deed].Word })
		given := slices.IndexFunc(p.Concepts, func(c concept) bool { return c.Name })
		if deed >= 0 && given >= 0 {
			p.Relation = relation{Asked: r.Asked, Deed: deed, Given: given}
		}
	}
}

// bare reports whether a question holds a question word and nothing else to
// look for.
func bare(p *parsed, toks []qtoken) bool {
	asks := slices.ContainsFunc(toks, func(t qtoken) bool { return whWords[t.lower] })
	return asks && !slices.ContainsFunc(toks, func(t qtoken) bool {
		return !t.stop && !whWords[t.lower] && !leaningOn[t.lower] && !annotate.Auxiliary[t.lower] && !light[t.lower]
	})
}

// asksByItself reports whether words hold a question word.
func asksByItself(toks []qtoken) bool {
	return slices.ContainsFunc(toks, func(t qtoken) bool { return whWords[t.lower] && t.lower != "that" })
}

func anyName(p *parsed) bool {
	return slices.ContainsFunc(p.Concepts, func(c concept) bool { return c.Name })
}
