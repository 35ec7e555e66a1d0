package annotate

import (
	"encoding/binary"
	"slices"
	"strings"

	"footnote/answer/words"
)

// EntityKind is what a name names.
type EntityKind uint8

// The kinds of entity.
const (
	OtherEntity EntityKind = iota
	Person
	Place
	Organisation
)

// Entity is somebody or something that the article names, with all the names
// it goes by there.
type Entity struct {
	Name    string     // the fullest form, as the article writes it; a transcript's VALE is Vale
	Kind    EntityKind //
	Terms   []int      // terms of the fullest form, function words left out
	Roles   []int      // terms of titles and appositions: "prime", "minister", "envoy"
	Also    []int      // terms of its other forms: the acronym of a long name and the long name of an acronym
	Counted int        // how often it is named
}

// entities gathers the names of an article into entities, and gives each
// sentence its mentions.
func entities(p *Doc, t *table, w *words.Words) {
	known := map[int]bool{}
	for i := range p.Sentences {
		for _, tok := range p.Sentences[i].Tokens {
			if tok.Class.Is(Capital) && !tok.Class.Is(Opening) {
				known[tok.Word] = true
			}
		}
	}
	type place struct {
		sentence int
		span     nameSpan
	}
	var places []place
	for i := range p.Sentences {
		for _, n := range findNames(p, &p.Sentences[i], w, known) {
			places = append(places, place{i, n})
		}
	}
	// The fullest forms first, so that short forms find them; ties in order of reading.
	order := make([]int, len(places))
	for i := range order {
		order[i] = i
	}
	length := func(i int) int { return places[i].span.last - places[i].span.first - places[i].span.title }
	slices.SortStableFunc(order, func(a, b int) int { return length(b) - length(a) })
	chosen := make([]int, len(places))
	found := namesakes{map[string]int{}, map[string]int{}, nil}
	for _, i := range order {
		pl := places[i]
		s := &p.Sentences[pl.sentence]
		chosen[i] = p.entityFor(s, pl.span, &found, w)
	}
	for i, pl := range places {
		s := &p.Sentences[pl.sentence]
		for k := pl.span.first; k <= pl.span.last; k++ {
			s.Tokens[k].Class |= Named
		}
		if chosen[i] < 0 {
			continue
		}
		e := &p.Entities[chosen[i]]
		e.Counted++
		s.Mentions = append(s.Mentions, Mention{chosen[i], pl.span.first, pl.span.last})
		for k := pl.span.first; k < pl.span.first+pl.span.title && pl.span.title <= pl.span.last-pl.span.first; k++ {
			e.addRole(s.Tokens[k])
			e.Kind = Person
		}
		p.appositions(s, pl.span, e)
		p.roleBefore(s, pl.span, e, w)
	}
}

// maxRoles bounds the terms of an entity's roles: each of its mentions implies
// them all.
const maxRoles = 100

func (e *Entity) addRole(t Token) {
	if len(e.Roles) < maxRoles && !t.Class.Is(Stop) && !slices.Contains(e.Roles, t.Term) && !slices.Contains(e.Terms, t.Term) {
		e.Roles = append(e.Roles, t.Term)
	}
}

// appositions reads what a name is called beside it: "Ghassan Salame, the
// UN's envoy for Libya, …" and "the Libyan commander Khalifa Haftar".
func (p *Doc) appositions(s *Sentence, n nameSpan, e *Entity) {
	if e.Kind == Place {
		return
	}
	toks := s.Tokens
	next := n.last + 1
	if next+1 >= len(toks) || strings.TrimSpace(p.Gap(toks[n.last], toks[next])) != "," {
		return
	}
	switch p.Word(toks[next]) {
	case "the", "a", "an":
	default:
		return
	}
	if first := toks[next+1]; first.Class.Is(Capital) && !strings.HasSuffix(FoldQuote(p.Raw(first)), "'s") {
		return // the next of a list of names
	}
	for k := next + 1; k < len(toks) && k < next+6; k++ {
		if strings.ContainsAny(p.Gap(toks[k-1], toks[k]), ",;:") {
			return
		}
		if toks[k].Class.Is(Stop) {
			if k > next+1 {
				return
			}
			continue
		}
		e.addRole(toks[k])
	}
}

// entityFor returns the entity that a name belongs to, a new one when none
// fits; -1 for a bare title.
func (p *Doc) entityFor(s *Sentence, n nameSpan, found *namesakes, w *words.Words) int {
	first := n.first + n.title
	if first > n.last {
		return -1
	}
	var terms []int
	for _, t := range s.Tokens[first : n.last+1] {
		if word := p.Word(t); !t.Class.Is(Stop) && !ArabicArticle[word] && (word != "jr" && word != "sr" || len(terms) == 0) {
			terms = append(terms, t.Term)
		}
	}
	if len(terms) == 0 {
		if !s.Tokens[first].Class.Is(Acronym) {
			return -1
		}
		terms = append(terms, s.Tokens[first].Term)
	}
	name := p.Article.Text[s.Tokens[first].Start:s.Tokens[n.last].End]
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
	if i := found.find(p, terms); i >= 0 {
		return i
	}
	p.Entities = append(p.Entities, Entity{Name: name, Terms: terms, Kind: p.kindOf(s, n, name, w)})
	found.add(p, len(p.Entities)-1)
	return len(p.Entities) - 1
}

// namesakes finds the first entity that a name may be short for without looking
// at each: an article may name as many as it is long.
type namesakes struct {
	whole map[string]int // by all their terms
	part  map[string]int // persons by what a part of their name is
	long  []int          // persons of so many terms that they are not in part
}

// maxParts is how many terms a name has that is found by its parts.
const maxParts = 8

func (n *namesakes) add(p *Doc, i int) {
	e := &p.Entities[i]
	first := func(m map[string]int, terms []int) {
		if key := termsKey(terms); m[key] == 0 {
			m[key] = i + 1
		}
	}
	first(n.whole, e.Terms)
	switch {
	case e.Kind != Person:
	case len(e.Terms) > maxParts:
		n.long = append(n.long, i)
	default:
		for k := 1; k < len(e.Terms); k++ {
			first(n.part, e.Terms[k:])
		}
		if len(e.Terms) > 1 {
			first(n.part, e.Terms[:1])
		}
	}
}

// find returns the first entity of the same terms, or of more where a surname or
// a first name alone stands for the person of the full name; -1 where there is
// none. The last word of an organisation does so only when it is rare.
func (n *namesakes) find(p *Doc, terms []int) int {
	key := termsKey(terms)
	at := n.whole[key]
	if part := n.part[key]; part > 0 && (at == 0 || part < at) {
		at = part
	}
	for _, i := range n.long {
		e := &p.Entities[i]
		if at > 0 && i+1 >= at {
			break
		}
		if len(terms) < len(e.Terms) && (slices.Equal(e.Terms[len(e.Terms)-len(terms):], terms) || len(terms) == 1 && e.Terms[0] == terms[0]) {
			return i
		}
	}
	return at - 1
}

func termsKey(terms []int) string {
	var b []byte
	for _, t := range terms {
		b = binary.AppendVarint(b, int64(t))
	}
	return string(b)
}

// kindOf tells persons, places and organisations apart by what the name holds
// and what stands around it.
func (p *Doc) kindOf(s *Sentence, n nameSpan, name string, w *words.Words) EntityKind {
	toks := s.Tokens
	if n.title > 0 {
		return Person
	}
	if len(w.Organisations(name)) > 0 {
		return Organisation
	}
	if len(w.Places(name)) > 0 {
		return Place
	}
	for k := n.first; k <= n.last; k++ {
		if bodies[p.Word(toks[k])] {
			return Organisation
		}
	}
	if n.first == n.last && toks[n.first].Class.Is(Acronym) {
		return Organisation
	}
	if n.first > 0 {
		switch p.Word(toks[n.first-1]) {
		case "in", "at", "near", "from", "to", "into", "outside", "around", "towards", "across":
			return Place
		}
	}
	if size := n.last - n.first + 1; size >= 2 && size <= 4 {
		capitals := 0
		for k := n.first; k <= n.last; k++ {
			if word := p.Word(toks[k]); toks[k].Class.Is(Capital) && !w.Common(word) {
				capitals++
			}
		}
		if capitals > 0 {
			return Person
		}
	}
	if n.last+1 < len(toks) && !strings.Contains(p.Gap(toks[n.last], toks[n.last+1]), ",") && Speaks(p.Word(toks[n.last+1]), w) {
		return Person
	}
	return OtherEntity
}

// FoldQuote makes curly apostrophes straight.
func FoldQuote(s string) string { return strings.ReplaceAll(s, "’", "'") }
