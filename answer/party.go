package answer

import (
	"context"
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

// speakerKeys returns what a speaker of an article is looked up by: every name and
// role of his, so that whoever [party.in] takes for him bears them.
func speakerKeys(p *annotate.Doc, w *words.Words, speaker int) []string {
	var keys []string
	for i := range p.Entities {
		if p.FullName(i) != speaker {
			continue
		}
		e := &p.Entities[i]
		for _, t := range index.Analyze("en", e.Name) {
			keys = append(keys, plainWord(e.Name[t.Start:t.End]))
		}
		for _, terms := range [][]int{e.Terms, e.Roles, e.Also} {
			for _, t := range terms {
				keys = append(keys, p.Strings[t])
			}
		}
		keys = append(keys, wholeKey(strings.TrimPrefix(e.Name, "the ")))
		for _, place := range w.Places(e.Name) {
			keys = append(keys, placeKey(place))
		}
		for _, body := range w.Organisations(e.Name) {
			keys = append(keys, bodyKey(body))
		}
	}
	return unique(keys)
}

func wholeKey(name string) string             { return "name " + foldKey(name) }
func placeKey(place *words.Place) string      { return "place " + place.Name }
func bodyKey(body *words.Organisation) string { return "body " + body.Name }

// maySpeak returns the passages where the party may speak: all where it does. Nil is
// everybody.
func (l *Library) maySpeak(ctx context.Context, who *party) ([]int, error) {
	if who == nil {
		return l.bearing(ctx, markSaid, anyMark)
	}
	if len(who.words) == 0 {
		return nil, nil
	}
	var all []int
	for i, w := range who.words {
		with, err := l.bearing(ctx, markSaid, w, who.terms[i])
		if err != nil {
			return nil, err
		}
		if all = both(all, with); i == 0 {
			all = with
		}
	}
	keys := []string{wholeKey(who.raw)}
	if len(who.words) == 1 {
		keys = append(keys, annotate.AcronymKey(who.words[0]))
	}
	for _, place := range who.places {
		keys = append(keys, placeKey(place))
	}
	for _, body := range who.bodies {
		keys = append(keys, bodyKey(body))
	}
	also, err := l.bearing(ctx, markSaid, keys...)
	return either(all, also), err
}

// is reports whether an entity goes by exactly the party's name, and whether
// it may be meant: all the words are among its names and roles.
func (who *party) is(l *Library, p *annotate.Doc, e *annotate.Entity) (exact, may bool) {
	if len(who.words) == 0 {
		return false, false
	}
	if strings.EqualFold(strings.TrimPrefix(e.Name, "the "), who.raw) {
		return true, true
	}
	var name []string
	if plain := plainWord(e.Name); slices.ContainsFunc(who.words, func(w string) bool { return strings.Contains(plain, w) }) {
		for _, t := range index.Analyze("en", e.Name) {
			name = append(name, plainWord(e.Name[t.Start:t.End]))
		}
		if len(name) > 1 && name[0] == "the" {
			name = name[1:]
		}
	}
	if slices.Equal(name, who.words) {
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
