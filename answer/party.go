package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/index"
)

// party is somebody asked about by a name, a short form, a role, an acronym or
// a description.
type party struct {
	raw    string   // as typed, without "the"
	words  []string // in lower case, without accents, function words left out
	terms  []string // the analysed form of each word
	places []*words.Place
	bodies []*words.Organisation
}

// partyAsked reads a name as somebody types it; nil where it is empty, which
// stands for everybody.
func (l *Library) partyAsked(name string) *party {
	name = strings.TrimSpace(shorten(strings.TrimSpace(name), maxQuestion))
	if name == "" {
		return nil
	}
	if len(name) > 4 && strings.EqualFold(name[:4], "the ") {
		name = name[4:]
	}
	who := &party{raw: name, places: l.words.Places(name), bodies: l.words.Organisations(name)}
	all := index.Analyze("en", name)
	for _, t := range all {
		raw := name[t.Start:t.End]
		word := plainWord(raw)
		// "US" and "WHO" are spelt like function words; in capitals or alone they are names.
		little := t.Stop && raw != strings.ToUpper(raw) || annotate.ArabicArticle[word]
		if word == "" || little && len(all) > 1 {
			continue
		}
		term := t.Term
		if better := l.respell(word); better != "" {
			word = better
			if a := index.Analyze("en", better); len(a) == 1 {
				term = a[0].Term
			}
		}
		who.words, who.terms = append(who.words, word), append(who.terms, term)
	}
	return who
}

// plainWord returns a word as names are compared: folded, without full stops.
func plainWord(raw string) string { return strings.ReplaceAll(annotate.Fold(raw), ".", "") }

// in returns which entities of the article the party may be; nil where
// everybody is meant. An entity of exactly that name leaves no doubt, unless
// it is only a role, which somebody named may hold.
func (who *party) in(l *Library, p *annotate.Doc) map[int]bool {
	if who == nil {
		return nil
	}
	found, exactly := map[int]bool{}, map[int]bool{}
	for i := range p.Entities {
		e := &p.Entities[i]
		exact, may := who.is(l, p, e)
		if exact {
			exactly[p.FullName(i)] = true
		}
		if exact || may {
			found[p.FullName(i)] = true
		}
	}
	for i := range exactly {
		if p.Entities[i].Counted > 0 {
			return exactly
		}
	}
	return found
}

// is reports whether an entity goes by exactly the party's name, and whether
// it may be meant: all the words are among its names and roles.
func (who *party) is(l *Library, p *annotate.Doc, e *annotate.Entity) (exact, may bool) {
	if len(who.words) == 0 {
		return false, false
	}
	var name []string
	for _, t := range index.Analyze("en", e.Name) {
		name = append(name, plainWord(e.Name[t.Start:t.End]))
	}
	if len(name) > 1 && name[0] == "the" {
		name = name[1:]
	}
	if slices.Equal(name, who.words) || strings.EqualFold(strings.TrimPrefix(e.Name, "the "), who.raw) {
		return true, true
	}
	for _, place := range who.places {
		exact = exact || slices.Contains(l.words.Places(e.Name), place)
	}
	for _, body := range who.bodies {
		exact = exact || slices.Contains(l.words.Organisations(e.Name), body)
	}
	if exact {
		return true, true
	}
	if len(who.words) == 1 {
		for _, t := range e.Also {
			if form := p.Strings[t]; form == who.words[0] || form == annotate.AcronymKey(who.words[0]) {
				return true, true
			}
		}
	}
	for i, w := range who.words {
		has := slices.Contains(name, w)
		for _, terms := range [][]int{e.Terms, e.Roles} {
			has = has || slices.ContainsFunc(terms, func(t int) bool { return p.Strings[t] == who.terms[i] })
		}
		if !has {
			return false, false
		}
	}
	return false, true
}
