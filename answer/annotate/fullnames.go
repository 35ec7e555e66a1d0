package annotate

import (
	"slices"

	"footnote/answer/words"
)

// fullNames returns for each entity the one that the article names more fully,
// or itself, so that all that somebody says comes together: the LNA is the
// Libyan National Army, the US is the United States, the Home Office is the UK
// Home Office. acronym holds the long name of each acronym. (To give the
// mentions to one entity as well was tried, and fewer questions found their answer.)
func fullNames(p *Doc, acronym map[int]int, w *words.Words) []int {
	full := make([]int, len(p.Entities))
	ends := endings(p)
	for i := range p.Entities {
		full[i] = longName(p, i, acronym, ends, w)
	}
	for i := range full {
		for n := 0; n < 3 && full[full[i]] != full[i]; n++ {
			full[i] = full[full[i]]
		}
		if long := &p.Entities[full[i]]; full[i] != i {
			long.Also = append(long.Also, p.Entities[i].Also...)
		}
	}
	return full
}

// FullName returns the entity of the fullest name that the article gives an entity.
func (p *Doc) FullName(entity int) int {
	if entity < len(p.Full) {
		return p.Full[entity]
	}
	return entity
}

// longName returns the entity of the long name of entity i, or i.
func longName(p *Doc, i int, acronym map[int]int, ends map[string][]int, w *words.Words) int {
	e := &p.Entities[i]
	if long, ok := acronym[i]; ok && p.Entities[long].Kind != Person {
		return long
	}
	switch {
	case e.Kind == Place && len(e.Terms) == 1 && len(e.Name) <= 4:
		if places := w.Places(e.Name); len(places) > 0 {
			for k := range p.Entities {
				if o := &p.Entities[k]; o.Kind == Place && len(o.Terms) > 1 && slices.Contains(w.Places(o.Name), places[0]) {
					return k
				}
			}
		}
	case e.Kind == Organisation && len(e.Terms) > 1:
		// Only where there is no doubt which of the longer ones is meant.
		if longer := ends[termsKey(e.Terms)]; len(longer) == 1 {
			return longer[0]
		}
	}
	return i
}

// endings returns of each end of an organisation's name the first two that have it.
func endings(p *Doc) map[string][]int {
	out := map[string][]int{}
	for i := range p.Entities {
		if e := &p.Entities[i]; e.Kind == Organisation {
			for k := max(1, len(e.Terms)-maxEnd); k < len(e.Terms); k++ {
				if key := termsKey(e.Terms[k:]); len(out[key]) < 2 {
					out[key] = append(out[key], i)
				}
			}
		}
	}
	return out
}

// maxEnd is how many terms an organisation's name has at most that is the end of
// another's.
const maxEnd = 16
