package answer

import (
	"slices"
	"strings"

	"footnote/answer/words"
)

// entityKind is what a name names.
type entityKind uint8

const (
	otherEntity entityKind = iota
	person
	place
	organisation
)

// entity is somebody or something that the article names, with all the names
// it goes by there.
type entity struct {
	Name    string     // the fullest form, as the article writes it
	Kind    entityKind //
	Terms   []int      // terms of the fullest form, function words left out
	Roles   []int      // terms of titles and appositions: "prime", "minister", "envoy"
	Counted int        // how often it is named
}

// connectors may stand inside a name, between words with capitals.
var connectors = map[string]bool{
	"of": true, "the": true, "for": true, "de": true, "del": true, "la": true, "le": true, "al": true, "el": true, "bin": true,
	"ibn": true, "ben": true, "van": true, "von": true, "der": true, "den": true, "di": true, "da": true, "dos": true, "du": true,
}

// arabicArticle are the particles that begin a name with a hyphen: al-Sarraj.
var arabicArticle = map[string]bool{"al": true, "el": true, "ad": true, "as": true, "ash": true, "ar": true, "an": true, "az": true}

// bodies are words that make a name that of an organisation.
var bodies = set(`academy administration agency alliance army assembly association authority bank board brigade
		broadcaster bureau cabinet chamber charity church club coalition college command commission committee company
		confederation congress consortium coroner corporation council court department directorate federation fleet force
		forces foundation front fund government group guard hospital inc institute institution laboratory league legion
		limited ltd ministry mission movement museum navy network observatory office organisation organization parliament
		party police press school secretariat senate service society squad staff team treasury tribunal trust union unit
		university watch plc gmbh corp`)

// nameSpan is a run of tokens that makes a name.
type nameSpan struct{ first, last, title int } // title: number of leading tokens that are a title

// findNames finds the names of one sentence. known tells whether a word
// stands with a capital in the middle of some sentence of the article, which
// decides about words that begin a sentence.
func findNames(p *prepared, s *sentence, w *words.Words, known map[int]bool) []nameSpan {
	var spans []nameSpan
	toks := s.Tokens
	for i := 0; i < len(toks); i++ {
		if !startsName(p, s, i, w, known) {
			continue
		}
		last := i
		for last+1 < len(toks) && !strings.HasSuffix(foldQuote(p.text(toks[last])), "'s") {
			next := last + 1
			if !joined(p, toks[last], toks[next]) {
				break
			}
			if toks[next].Class.is(capital) || toks[next].Class.is(number) && toks[last].Class.is(capital) && p.gap(toks[last], toks[next]) == "-" {
				last = next
				continue
			}
			// Connectors count only when a capital follows them.
			k := next
			for k < len(toks) && k < next+2 && connectors[p.word(toks[k])] && !toks[k].Class.is(capital) && joined(p, toks[k-1], toks[k]) {
				k++
			}
			if k > next && k < len(toks) && toks[k].Class.is(capital) && joined(p, toks[k-1], toks[k]) {
				last = k
				continue
			}
			break
		}
		n := nameSpan{first: i, last: last}
		n.title = titleLength(p, toks[i:last+1], w)
		if !(n.title > last-i && n.first == n.last && toks[i].Class.is(opening)) {
			spans = append(spans, n)
		}
		i = last
	}
	return spans
}

// startsName reports whether a name may begin at token i.
func startsName(p *prepared, s *sentence, i int, w *words.Words, known map[int]bool) bool {
	t := s.Tokens[i]
	if !t.Class.is(capital) {
		// al-Sarraj
		return arabicArticle[p.word(t)] && i+1 < len(s.Tokens) && s.Tokens[i+1].Class.is(capital) && p.gap(t, s.Tokens[i+1]) == "-"
	}
	word := p.word(t)
	if arabicArticle[word] && i+1 < len(s.Tokens) && p.gap(t, s.Tokens[i+1]) == "-" {
		return true
	}
	if t.Class.is(stop) || word == "i" {
		return t.Class.is(acronym) && len(word) > 1
	}
	if t.Class.is(month) || t.Class.is(weekday) {
		return false
	}
	if !t.Class.is(opening) || t.Class.is(acronym) || !w.Common(word) {
		return true
	}
	// An everyday word at the head of a sentence: a name only where the article
	// or the world knows it as one ("Turkey"), or where more capitals follow.
	raw := p.text(t)
	if len(w.Places(raw)) > 0 || len(w.Organisations(raw)) > 0 {
		return true
	}
	return known[t.Word] && i+1 < len(s.Tokens) && s.Tokens[i+1].Class.is(capital) && joined(p, t, s.Tokens[i+1])
}

// joined reports whether two tokens may belong to one name: only a space, a
// hyphen, or the full stop of an initial stands between them.
func joined(p *prepared, a, b token) bool {
	switch p.gap(a, b) {
	case " ", "-", "’", "'":
		return true
	case ". ":
		return a.End-a.Start <= 2 || a.Class.is(capital) && a.End-a.Start <= 4
	case ".":
		return true
	}
	return false
}

// gap returns the text between two tokens.
func (p *prepared) gap(a, b token) string {
	return p.Article.Text[a.End:max(a.End, b.Start)]
}

// titleLength returns how many of the leading tokens are a title, such as
// "Prime Minister"; at least one token is left for the name if there are more.
func titleLength(p *prepared, toks []token, w *words.Words) int {
	for _, t := range toks {
		if bodies[p.word(t)] {
			return 0 // the General Assembly is no general
		}
	}
	for n := min(len(toks), 5); n > 0; n-- {
		var parts []string
		for _, t := range toks[:n] {
			parts = append(parts, p.word(t))
		}
		if _, ok := w.Title(strings.Join(parts, " ")); ok {
			return n
		}
	}
	return 0
}

// entities gathers the names of an article into entities, and gives each
// sentence its mentions.
func entities(p *prepared, t *table, w *words.Words) {
	known := map[int]bool{}
	for i := range p.Sentences {
		for _, tok := range p.Sentences[i].Tokens {
			if tok.Class.is(capital) && !tok.Class.is(opening) {
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
	for _, i := range order {
		pl := places[i]
		s := &p.Sentences[pl.sentence]
		chosen[i] = p.entityFor(s, pl.span, w)
	}
	for i, pl := range places {
		s := &p.Sentences[pl.sentence]
		for k := pl.span.first; k <= pl.span.last; k++ {
			s.Tokens[k].Class |= named
		}
		if chosen[i] < 0 {
			continue
		}
		e := &p.Entities[chosen[i]]
		e.Counted++
		s.Mentions = append(s.Mentions, mention{chosen[i], pl.span.first, pl.span.last})
		for k := pl.span.first; k < pl.span.first+pl.span.title && pl.span.title <= pl.span.last-pl.span.first; k++ {
			e.addRole(s.Tokens[k])
			e.Kind = person
		}
		p.appositions(s, pl.span, e)
	}
}

func (e *entity) addRole(t token) {
	if !t.Class.is(stop) && !slices.Contains(e.Roles, t.Term) && !slices.Contains(e.Terms, t.Term) {
		e.Roles = append(e.Roles, t.Term)
	}
}

// appositions reads what a name is called beside it: "Ghassan Salame, the
// UN's envoy for Libya, …" and "the Libyan commander Khalifa Haftar".
func (p *prepared) appositions(s *sentence, n nameSpan, e *entity) {
	if e.Kind == place {
		return
	}
	toks := s.Tokens
	next := n.last + 1
	if next+1 >= len(toks) || strings.TrimSpace(p.gap(toks[n.last], toks[next])) != "," {
		return
	}
	switch p.word(toks[next]) {
	case "the", "a", "an":
	default:
		return
	}
	if first := toks[next+1]; first.Class.is(capital) && !strings.HasSuffix(foldQuote(p.text(first)), "'s") {
		return // the next of a list of names
	}
	for k := next + 1; k < len(toks) && k < next+6; k++ {
		if strings.ContainsAny(p.gap(toks[k-1], toks[k]), ",;:") {
			return
		}
		if toks[k].Class.is(stop) {
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
func (p *prepared) entityFor(s *sentence, n nameSpan, w *words.Words) int {
	first := n.first + n.title
	if first > n.last {
		return -1
	}
	var terms []int
	for _, t := range s.Tokens[first : n.last+1] {
		if !t.Class.is(stop) && !arabicArticle[p.word(t)] {
			terms = append(terms, t.Term)
		}
	}
	if len(terms) == 0 {
		if !s.Tokens[first].Class.is(acronym) {
			return -1
		}
		terms = append(terms, s.Tokens[first].Term)
	}
	name := p.Article.Text[s.Tokens[first].Start:s.Tokens[n.last].End]
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
	for i := range p.Entities {
		e := &p.Entities[i]
		if slices.Equal(e.Terms, terms) {
			return i
		}
		// A surname or a first name alone stands for the person of the full
		// name; so does the last word of an organisation only when it is rare.
		if len(terms) < len(e.Terms) && e.Kind == person && (slices.Equal(e.Terms[len(e.Terms)-len(terms):], terms) || len(terms) == 1 && e.Terms[0] == terms[0]) {
			return i
		}
	}
	e := entity{Name: name, Terms: terms, Kind: p.kindOf(s, n, name, w)}
	p.Entities = append(p.Entities, e)
	return len(p.Entities) - 1
}

// kindOf tells persons, places and organisations apart by what the name holds
// and what stands around it.
func (p *prepared) kindOf(s *sentence, n nameSpan, name string, w *words.Words) entityKind {
	toks := s.Tokens
	if n.title > 0 {
		return person
	}
	if len(w.Organisations(name)) > 0 {
		return organisation
	}
	if len(w.Places(name)) > 0 {
		return place
	}
	for k := n.first; k <= n.last; k++ {
		if bodies[p.word(toks[k])] {
			return organisation
		}
	}
	if n.first == n.last && toks[n.first].Class.is(acronym) {
		return organisation
	}
	if n.first > 0 {
		switch p.word(toks[n.first-1]) {
		case "in", "at", "near", "from", "to", "into", "outside", "around", "towards", "across":
			return place
		}
	}
	if size := n.last - n.first + 1; size >= 2 && size <= 4 {
		capitals := 0
		for k := n.first; k <= n.last; k++ {
			if word := p.word(toks[k]); toks[k].Class.is(capital) && !w.Common(word) {
				capitals++
			}
		}
		if capitals > 0 {
			return person
		}
	}
	if n.last+1 < len(toks) && speaks(p.word(toks[n.last+1]), w) {
		return person
	}
	return otherEntity
}

// foldQuote makes curly apostrophes straight.
func foldQuote(s string) string { return strings.ReplaceAll(s, "’", "'") }
