package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/index"
)

// partyName returns the fullest name that an article gives a party; of one
// without a name how it is described.
func (l *Library) partyName(p *annotate.Doc, party annotate.Party) string {
	if party.Entity < 0 {
		return p.Article.Quote(party.Described)
	}
	name := p.Entities[party.Entity].Name
	people := func(name string) string { // "Turkish" troops are Turkey's
		for _, place := range l.words.Places(name) {
			if slices.Contains(place.People, name) {
				return place.Name
			}
		}
		return ""
	}
	if place := people(name); place != "" {
		return place
	}
	for i := range p.Entities {
		if other := p.Entities[i].Name; len(other) > len(name) && people(other) == "" && l.sameEntity(p, party.Entity, i) {
			name = other
		}
	}
	return name
}

// sameEntity reports whether two names of an article name the same: the one is
// the acronym of the other, or both are names of one place or organisation.
func (l *Library) sameEntity(p *annotate.Doc, a, b int) bool {
	if a == b {
		return true
	}
	x, y := &p.Entities[a], &p.Entities[b]
	if x.Kind == annotate.Person || y.Kind == annotate.Person {
		return false
	}
	if isInitials(x.Name, y.Name) || isInitials(y.Name, x.Name) {
		return true
	}
	for _, place := range l.words.Places(x.Name) {
		if slices.Contains(l.words.Places(y.Name), place) {
			return true
		}
	}
	for _, org := range l.words.Organisations(x.Name) {
		if slices.Contains(l.words.Organisations(y.Name), org) {
			return true
		}
	}
	return false
}

// isInitials reports whether short is what the words with capitals of long
// begin with: GNA, Government of National Accord.
func isInitials(short, long string) bool {
	short = strings.ReplaceAll(short, ".", "")
	var b strings.Builder
	for _, w := range strings.FieldsFunc(long, func(r rune) bool { return r == ' ' || r == '-' }) {
		if w[0] >= 'A' && w[0] <= 'Z' {
			b.WriteByte(w[0])
		}
	}
	return len(short) > 1 && short == strings.ToUpper(short) && b.String() == short && len(long) > len(short)
}

// partyQuery is a party as somebody asks for it.
type partyQuery struct {
	any   bool
	words []string // folded, without "the"
}

// partyKnown reads the name of a party; an empty one means everybody.
func (l *Library) partyKnown(name string) partyQuery {
	q := partyQuery{words: nameWords(name)}
	q.any = len(q.words) == 0
	return q
}

// nameWords returns the words of a name in lower case, without accents,
// possessive endings, full stops and "the".
func nameWords(name string) []string {
	var all []string
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" -,()\"“”\n\t", r) }) {
		if w = strings.ReplaceAll(annotate.Fold(w), ".", ""); w != "" && w != "the" {
			all = append(all, w)
		}
	}
	return all
}

// means reports whether the party of an article is the one that is asked for:
// by its name, a part of a person's name, its acronym, another name of the
// same place or organisation, or a role that the article gives it.
func (q partyQuery) means(l *Library, p *annotate.Doc, party annotate.Party) bool {
	if q.any {
		return true
	}
	if party.Entity < 0 {
		described := nameWords(p.Article.Quote(party.Described))
		return !slices.ContainsFunc(q.words, func(w string) bool { return !slices.Contains(described, w) })
	}
	for i := range p.Entities {
		if !l.sameEntity(p, party.Entity, i) {
			continue
		}
		e := &p.Entities[i]
		name := nameWords(e.Name)
		if slices.Equal(name, q.words) || e.Kind == annotate.Person && q.within(p, e, name) {
			return true
		}
		if q.another(l, e.Name) {
			return true
		}
	}
	return false
}

// within reports whether the words asked for are a part of a person's name,
// his roles before it.
func (q partyQuery) within(p *annotate.Doc, e *annotate.Entity, name []string) bool {
	for _, w := range q.words {
		if slices.Contains(name, w) {
			continue
		}
		role := slices.ContainsFunc(e.Roles, func(t int) bool {
			return p.Strings[t] == w || slices.ContainsFunc(index.Analyze("en", w), func(a index.Token) bool { return a.Term == p.Strings[t] })
		})
		if !role {
			return false
		}
	}
	return true
}

// another reports whether the words asked for are another name that the word
// lists have for it, or its initials.
func (q partyQuery) another(l *Library, name string) bool {
	asked := strings.Join(q.words, " ")
	if len(q.words) == 1 && isInitials(strings.ToUpper(asked), name) {
		return true
	}
	same := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return slices.Equal(nameWords(n), q.words) })
	}
	for _, place := range l.words.Places(name) {
		if same(place.Name) || same(place.Others...) || same(place.People...) {
			return true
		}
	}
	for _, org := range l.words.Organisations(name) {
		if same(org.Name) || same(org.Others...) {
			return true
		}
	}
	return false
}
