package answer

import (
	"context"
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
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
func (l *Library) sameEntity(p *annotate.Doc, a, b int) bool { return sameEntity(l.words, p, a, b) }

func sameEntity(w *words.Words, p *annotate.Doc, a, b int) bool {
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
	for _, place := range w.Places(x.Name) {
		if slices.Contains(w.Places(y.Name), place) {
			return true
		}
	}
	for _, org := range w.Organisations(x.Name) {
		if slices.Contains(w.Organisations(y.Name), org) {
			return true
		}
	}
	return false
}

// isInitials reports whether short is what the words with capitals of long
// begin with: GNA, Government of National Accord.
func isInitials(short, long string) bool {
	short = strings.ReplaceAll(short, ".", "")
	return len(short) > 1 && short == strings.ToUpper(short) && initials(long) == short && len(long) > len(short)
}

// initials returns what the words with capitals of a name begin with.
func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		if w[0] >= 'A' && w[0] <= 'Z' {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// partyKeys returns what a party of a relation is looked up by: every name and role of
// its, so that whatever [partyQuery.means] takes for it bears them.
func partyKeys(p *annotate.Doc, w *words.Words, party annotate.Party) []string {
	if party.Entity < 0 {
		return unique(nameWords(p.Article.Quote(party.Described)))
	}
	var keys []string
	for i := range p.Entities {
		if !sameEntity(w, p, party.Entity, i) {
			continue
		}
		e := &p.Entities[i]
		keys = append(keys, nameWords(e.Name)...)
		for _, t := range e.Roles {
			keys = append(keys, p.Strings[t])
		}
		keys = append(keys, nameKey([]string{strings.ToLower(initials(e.Name))}))
		for _, place := range w.Places(e.Name) {
			for _, n := range slices.Concat([]string{place.Name}, place.Others, place.People) {
				keys = append(keys, nameKey(nameWords(n)))
			}
		}
		for _, org := range w.Organisations(e.Name) {
			for _, n := range append([]string{org.Name}, org.Others...) {
				keys = append(keys, nameKey(nameWords(n)))
			}
		}
	}
	return unique(keys)
}

func nameKey(words []string) string { return "name " + strings.Join(words, " ") }

// relatedBy returns the passages with a relation of the kind in which the party may
// stand: all where it does.
func (l *Library) relatedBy(ctx context.Context, kind RelationKind, q partyQuery) ([]int, error) {
	if q.any {
		return l.bearing(ctx, markRelation, string(kind))
	}
	var all []int
	for i, w := range q.words {
		keys := []string{string(kind) + " " + w}
		for _, t := range index.Analyze("en", w) {
			keys = append(keys, string(kind)+" "+t.Term)
		}
		with, err := l.bearing(ctx, markRelation, keys...)
		if err != nil {
			return nil, err
		}
		if all = both(all, with); i == 0 {
			all = with
		}
	}
	also, err := l.bearing(ctx, markRelation, string(kind)+" "+nameKey(q.words))
	return either(all, also), err
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
