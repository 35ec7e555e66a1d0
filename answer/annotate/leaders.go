package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
)

// leaders tells who leads whom by title: "Egypt's president Sisi", "Barack
// Obama, president of the United States", "Gaddafi, its longtime leader"; and
// whose ally, backer or critic somebody is called.
func (r *relater) leaders() {
	for k := 0; k < len(r.s.Tokens); k++ {
		kind, last, state := r.titleAt(k)
		if last < 0 {
			continue
		}
		if !r.deputy(k) {
			r.leader(kind, k, last, state)
		}
		k = last
	}
}

// run parts a name that is two: "chief executive of the *Northern Water Board
// Olaf Berg*". Names that are one give nobody.
func (r *relater) run(p party) (who, of party) {
	for k := p.First; k < p.Last-1 && p.named; k++ {
		if !bodies[r.word(k)] || connectors[r.word(k+1)] {
			continue
		}
		part := func(first, last int) party {
			at := r.span(first, last)
			entity := slices.IndexFunc(r.p.Entities, func(e Entity) bool { return e.Name == r.p.Article.Quote(at) })
			one := party{Party: Party{Entity: entity, First: first, Last: last}, head: last, named: true}
			if entity < 0 {
				one.Described = at
			}
			return one
		}
		if _, title := r.w.Title(r.word(k + 1)); !title && !bodies[r.word(k+1)] && !bodies[r.word(p.Last)] {
			return part(k+1, p.Last), part(p.First, k)
		}
	}
	return party{}, party{}
}

// titleAt returns the last token of the title of one who leads that begins at
// token k, -1 where none does, and which relation it tells; state says that it
// is that of a country.
func (r *relater) titleAt(k int) (kind string, last int, state bool) {
	last = -1
	for _, d := range r.w.Deeds(r.word(k)) {
		if d.Form != "role" && d.Form != "state" || Plural(r.word(k)) {
			continue
		}
		end, _, ok := r.matches(d.Words[1:], k+1)
		for j := k; j < end && ok; j++ {
			ok = !r.possessive(j) // "the party's leader" is no party leader
		}
		if !ok || strings.HasSuffix(r.word(end), "ing") || strings.HasSuffix(r.word(end), "ed") {
			continue
		}
		if end > last {
			kind, last, state = d.Kind, end, false
		}
		if end == last && d.Form == "state" {
			state = true
		}
	}
	return kind, last, state
}

// deputy reports whether the title at token k is that of somebody who does not
// lead: a deputy, one who led before.
func (r *relater) deputy(k int) bool {
	for j := k - 1; j >= 0 && j >= k-2; j-- {
		if r.at[j] >= 0 && r.possessive(j) {
			return false
		}
		if slices.ContainsFunc(r.w.Deeds(r.word(j)), func(d *words.Deed) bool { return d.Kind == "leads" && d.Form == "not" }) {
			return true
		}
	}
	return k > 1 && r.s.Tokens[k-1].Class.Is(Capital|Named) && r.at[k-1] < 0 // "Shadow Home Secretary"
}

// leader tells who holds the title of tokens k to last and what he leads.
func (r *relater) leader(kind string, k, last int, state bool) {
	if at := r.at[k]; at >= 0 && r.all[at].named && k > r.all[at].First && last < r.all[at].Last {
		r.titled(r.all[at], k)
		return
	}
	body, start := r.ledBefore(kind, k, state)
	end := last
	if len(body) == 0 {
		body, end = r.ledBehind(kind, last)
		start = k
	}
	if len(body) == 0 {
		return
	}
	if who, of := r.run(body[0]); kind == "leads" && end > last && len(body) == 1 && who.Last > 0 {
		r.emit(kind, k, []party{who}, []party{of})
		return
	}
	if who := r.holder(kind, start, k, end); len(who) > 0 && (kind != "leads" || r.isPerson(who[0])) {
		before := len(r.found)
		r.emit(kind, k, who, body)
		for i := before; i < len(r.found); i++ {
			r.found[i].Ended = r.ended(who[0], end)
		}
	}
}

// ended reports whether the sentence tells how the lead of somebody, whose
// title ends at token end, came to its end: "an uprising *overthrew* Gaddafi,
// its leader", "Kabila, the country's president, was *assassinated*".
func (r *relater) ended(p party, end int) bool {
	ends := func(k int) bool {
		return slices.ContainsFunc(r.w.Deeds(r.word(k)), func(d *words.Deed) bool { return d.Kind == "leads" && d.Form == "ended" })
	}
	before := p.First - 1
	for before > 0 && determiners[r.word(before)] {
		before--
	}
	if before > 0 && ends(before) {
		return true
	}
	behind := max(p.Last, end) + 1
	return behind+1 < len(r.s.Tokens) && isBeForm(r.word(behind)) && ends(behind+1)
}

// titled tells of a name that holds a title at token k with what is led before
// it: "French President Emmanuel Macron".
func (r *relater) titled(p party, k int) {
	text := r.p.Article.Quote(r.span(p.First, k-1))
	if !r.isPerson(p) {
		return // "the United Nations High Commissioner for Refugees" is an office
	}
	if len(r.w.Places(text)) == 0 && len(r.w.Organisations(text)) == 0 {
		return
	}
	body := party{Party: Party{Entity: -1, First: p.First, Last: k - 1, Described: r.span(p.First, k-1)}, head: k - 1}
	if e, ok := r.called[text]; ok {
		body.Entity = e
	}
	p.First = k
	r.emit("leads", k, []party{p}, []party{body})
}

// ledBefore returns what is led by the words before a title: "Egypt's
// president", "the French president", "its leader", "the company's chief", and
// the first token of them.
func (r *relater) ledBefore(kind string, k int, state bool) ([]party, int) {
	for _, m := range r.s.Mentions { // "Nordbank boss" is one party, whose name stands first
		if m.Last == k-1 && r.at[k] >= 0 && r.at[m.First] == r.at[k] && r.space(m.Last) {
			if r.leadable(m.Entity, k, state) {
				return []party{{Party: Party{Entity: m.Entity, First: m.First, Last: m.Last}, head: m.Last, named: true}}, m.First
			}
			return nil, k
		}
	}
	if at := r.at[k]; at >= 0 && r.all[at].role { // "the party's leader" is one party, and the party another
		for j := k - 1; j >= r.all[at].First; j-- {
			if !r.possessive(j) {
				continue
			}
			first := r.all[at].First
			for first > 0 && determiners[r.word(first-1)] && !owners[r.word(first-1)] {
				first--
			}
			return []party{{Party: Party{Entity: -1, First: first, Last: j, Described: r.span(first, j)}, head: j, possessive: true}}, first
		}
	}
	j := k - 1
	for j >= 0 && j >= k-3 && (r.at[j] < 0 || r.at[j] == r.at[k]) && r.space(j) && !r.s.Tokens[j].Class.Is(Stop|Number) && !r.verbal(j) {
		j--
	}
	if j < 0 {
		return nil, k
	}
	if owners[r.word(j)] && r.word(j) != "his" && r.word(j) != "her" {
		return r.antecedents(j, r.word(j), nil), j
	}
	if r.at[j] < 0 {
		return nil, k
	}
	p := r.all[r.at[j]]
	if kind == "leads" && r.isPerson(p) || p.pronoun != "" {
		return nil, k
	}
	if p.possessive && p.Last == j {
		return []party{p}, p.First
	}
	if j != k-1 || !p.named || !r.space(j) || p.Entity < 0 {
		return nil, k
	}
	if r.leadable(p.Entity, k, state) {
		return []party{p}, p.First
	}
	return nil, k
}

// leadable reports whether a name right before the title at token k says what
// is led: "the French president", "Nordbank boss", but not "the Libyan
// commander" or "the Muslim leader".
func (r *relater) leadable(entity, k int, state bool) bool {
	kind := r.p.Entities[entity].Kind
	return kind == Organisation || kind == Place && state || kind == OtherEntity && r.word(k) != "leader"
}

// ledBehind returns what is led by the words behind a title, "of the United
// States", and the last token of them.
func (r *relater) ledBehind(kind string, last int) ([]party, int) {
	if last+2 >= len(r.s.Tokens) || r.word(last+1) != "of" && r.word(last+1) != "at" || strings.TrimSpace(r.gap(last)) != "" {
		return nil, last
	}
	list := r.behind(last+1, "")
	if len(list) == 0 || kind == "leads" && r.isPerson(list[0]) {
		return nil, last
	}
	return list, list[len(list)-1].Last
}

// holder returns who holds the title that stands, with what is led, in tokens
// start to end; the title itself begins at token k.
func (r *relater) holder(kind string, start, k, end int) []party {
	// "president of Egypt Sisi", "Egypt's president, Sisi"
	for at := range r.all {
		p := r.all[at]
		if p.First <= end && p.Last > end && p.named && r.isPerson(p) && r.at[k] == at || p.First == end+1 && p.named && (kind != "leads" || r.isPerson(p)) && (r.space(end) || strings.TrimSpace(r.gap(end)) == ",") {
			return []party{p}
		}
	}
	j := start - 1
	for j >= 0 && (nounLeads[r.word(j)] || r.at[j] < 0 && r.space(j) && !r.s.Tokens[j].Class.Is(Stop) && !r.verbal(j) && start-j < 4) && !strings.Contains(r.gap(j), ",") {
		j--
	}
	if j < 0 {
		return nil
	}
	if strings.TrimSpace(r.gap(j)) == "," && r.at[j] >= 0 && r.all[r.at[j]].Last == j {
		return r.meant([]party{r.all[r.at[j]]}, nil)
	}
	switch word := r.word(j); {
	case isBeForm(word) || word == "became" || word == "as" || word == "becomes" || word == "remains" || word == "remained":
		if word == "as" {
			return nil
		}
		if r.real(j+1, "leads") {
			return r.subjects(j, "leads")
		}
	}
	return nil
}
