package words

import (
	"fmt"
	"slices"
	"strings"
)

// PlaceKind says what sort of place a place is.
type PlaceKind string

// The kinds of place.
const (
	Country   PlaceKind = "country"
	Territory PlaceKind = "territory"
	State     PlaceKind = "state" // of a federation, or a province, canton or region
	City      PlaceKind = "city"
	Region    PlaceKind = "region"    // of the world or across borders
	Continent PlaceKind = "continent" //
	SeatPlace PlaceKind = "seat"      // a building, street or town that stands for who governs in it
)

// Place is a place as the news name it.
type Place struct {
	Kind    PlaceKind
	Name    string   // as written: "Germany"
	Others  []string // other names and abbreviations
	People  []string // adjectives and names of the people
	Capital string   // "" where there is none
	In      []string // where it lies, the nearest first; of a seat, for whom or what it stands
}

// addPlace reads "country: Germany; FRG; German, Germans; Berlin; Europe", or
// "cities of Germany: Hamburg; Munich, München".
func (w *Words) addPlace(text string) error {
	head, rest, found := strings.Cut(text, ":")
	if !found {
		return fmt.Errorf("want a kind of place and a colon, got %q", text)
	}
	if in, ok := strings.CutPrefix(head, "cities of "); ok {
		for _, names := range list(rest, ";") {
			n := list(names, ",")
			w.register(&Place{Kind: City, Name: n[0], Others: n[1:], In: list(in, ",")})
		}
		return nil
	}
	switch k := PlaceKind(head); k {
	case Country, Territory, State, City, Region, Continent, SeatPlace:
		f := strings.Split(rest, ";")
		if len(f) != 5 {
			return fmt.Errorf("want name; other names; people; capital; where, got %q", rest)
		}
		w.register(&Place{
			Kind:    k,
			Name:    strings.TrimSpace(f[0]),
			Others:  list(f[1], ","),
			People:  list(f[2], ","),
			Capital: strings.TrimSpace(f[3]),
			In:      list(f[4], ","),
		})
		return nil
	}
	return fmt.Errorf("%q is no kind of place", head)
}

// register enters a place in the tables. A capital is a city too, and needs no
// line of its own; where it has one, for its other names, the two are joined.
func (w *Words) register(p *Place) {
	if old := w.sameCity(p); old != nil {
		old.Others = append(old.Others, p.Others...)
		p = old
	}
	names := slices.Concat([]string{p.Name}, p.Others, p.People)
	for _, n := range names {
		w.addPlaceName(n, p)
	}
	if len(names) > 1 {
		w.groups = append(w.groups, group{relation: Name, words: names})
	}
	if p.Capital != "" && p.Capital != p.Name {
		w.register(&Place{Kind: City, Name: p.Capital, In: append([]string{p.Name}, p.In...)})
	}
	switch p.Kind {
	case Country: // the capital of a country stands for it, that of a state hardly ever does
		if p.Capital != "" && p.Capital != p.Name {
			w.groups = append(w.groups, group{relation: Seat, words: []string{p.Name, p.Capital}})
		}
	case SeatPlace:
		for _, in := range p.In {
			w.groups = append(w.groups, group{relation: Seat, words: []string{p.Name, in}})
		}
		return
	}
	w.addMember(w.names, []string{string(p.Kind)}, p.Name)
}

// sameCity returns the city that p is another entry of; nil if p is new.
func (w *Words) sameCity(p *Place) *Place {
	if p.Kind != City {
		return nil
	}
	for _, old := range w.places[w.key(p.Name)] {
		if old.Kind == City && slices.ContainsFunc(p.In, func(in string) bool { return slices.Contains(old.In, in) }) {
			return old
		}
	}
	return nil
}

func (w *Words) addPlaceName(name string, p *Place) {
	if _, k := w.enter(name); !slices.Contains(w.places[k], p) {
		w.places[k] = append(w.places[k], p)
	}
}

// Places returns the places that a name, an abbreviation, an adjective or the
// name of a people stands for, in the order of the data: "Georgia" is a country
// and a state. An abbreviation that would be an everyday word is found in capitals
// only ("US"). It is empty where nothing is known. The caller must not change it.
func (w *Words) Places(name string) []*Place {
	if k := w.of(name); k != nil {
		return k.places
	}
	for _, k := range w.keysOf(name) {
		if p := w.places[k]; len(p) > 0 {
			return p
		}
	}
	return nil
}
