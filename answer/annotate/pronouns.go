package annotate

import "slices"

// meant puts in the place of pronouns whom they stand for; those that cannot
// be told are left out. not are parties that a pronoun cannot mean, since they
// do the deed themselves.
func (r *relater) meant(list, not []party) []party {
	var all []party
	for _, p := range list {
		if p.pronoun == "" {
			all = append(all, p)
			continue
		}
		all = append(all, r.antecedents(p.First, p.pronoun, not)...)
	}
	return all
}

// antecedents returns whom the pronoun at token k stands for. Where the same
// sentence names them before, that is the place; else it is the pronoun.
func (r *relater) antecedents(k int, pronoun string, not []party) []party {
	switch pronoun {
	case "they", "them", "their":
		return r.together(k, not)
	case "it", "its":
		for at := range r.all { // the first that hangs on nothing
			p := r.all[at]
			if p.Last < k && !r.isPerson(p) && p.pronoun == "" && !p.possessive && !p.plural && !r.same(p, not) &&
				(pronoun == "its" || p.First == 0 || !hangs[r.word(p.First-1)]) {
				return []party{p}
			}
		}
		return r.standing(k, r.thing, not)
	}
	implied := r.implied(k)
	object := pronoun == "him" || pronoun == "her"
	for at := len(r.all) - 1; at >= 0; at-- {
		p := r.all[at]
		if p.Last >= k || p.pronoun != "" || !r.isPerson(p) || r.same(p, not) {
			continue
		}
		if object && !p.possessive || p.Entity == implied && implied >= 0 {
			return []party{p}
		}
	}
	if implied < 0 {
		return nil
	}
	found := party{Party: Party{Entity: implied, First: k, Last: k}, head: k, pronoun: ""}
	if r.same(found, not) {
		return nil
	}
	return []party{found}
}

// together returns the parties named together last, whom "they" means.
func (r *relater) together(k int, not []party) []party {
	for at := len(r.all) - 1; at >= 0; at-- {
		p := r.all[at]
		if p.Last >= k || p.pronoun != "" || p.possessive {
			continue
		}
		list := r.listBefore(at)
		if (len(list) > 1 || p.plural) && !r.same(list[0], not) {
			return list
		}
	}
	return r.standing(k, r.group, not)
}

// standing returns parties of an earlier sentence at the place of a pronoun.
func (r *relater) standing(k int, list, not []party) []party {
	var all []party
	for _, p := range list {
		if !r.same(p, not) {
			p.First, p.Last, p.head, p.possessive = k, k, k, false
			all = append(all, p)
		}
	}
	return all
}

// implied returns the person that the annotation found behind a pronoun, or -1.
func (r *relater) implied(k int) int {
	for _, im := range r.s.Implied {
		if im.At != k || im.Weight != ByPronoun {
			continue
		}
		if e := slices.IndexFunc(r.p.Entities, func(e Entity) bool {
			return e.Kind == Person && len(e.Terms) > 0 && e.Terms[0] == im.Term
		}); e >= 0 {
			return e
		}
	}
	return -1
}

// isPerson reports whether a party is a single person.
func (r *relater) isPerson(p party) bool {
	return p.Entity >= 0 && (p.named || p.role || p.First == p.Last) && r.p.Entities[p.Entity].Kind == Person || p.Entity < 0 && p.role && !p.plural
}

// same reports whether a party is one of a list.
func (r *relater) same(p party, list []party) bool {
	return slices.ContainsFunc(list, func(o party) bool {
		return p.Entity >= 0 && p.Entity == o.Entity || p.First == o.First && p.Last == o.Last
	})
}

// remember keeps what "it" and "they" may mean in the next sentence.
func (r *relater) remember() {
	if r.i+1 < len(r.p.Sentences) && r.p.Sentences[r.i+1].Passage > r.s.Passage+1 {
		r.thing, r.group = nil, nil
	}
	first := true
	for at := range r.all {
		p := r.all[at]
		if p.pronoun != "" || p.possessive {
			continue
		}
		hung := p.First > 0 && hangs[r.word(p.First-1)]
		if first && !hung && !r.isPerson(p) && !p.plural {
			r.thing, first = []party{p}, false
		}
		if at+1 < len(r.all) && r.joins(at) {
			continue
		}
		if list := r.listBefore(at); len(list) > 1 || p.plural {
			r.group = list
		}
	}
}
