package madeup

import (
	"slices"
	"strings"
)

// slot says what stands in a piece of a sentence and what may take its place.
type slot uint8

const (
	plain  slot = iota // stays as it is
	given              // first name of a person
	family             // surname
	place              // a place
	thing              // any other name
	noun
	label // first word of what has a name of common words: Gorge Road
	digits
	year
	day
	cardinal // a small number in words
	month
	weekday
)

// shape is how a word is written.
type shape uint8

const (
	lower shape = iota
	capital
	shouted
)

// piece is a word, a number, or what stands between.
type piece struct {
	text  string // as it stands in the text
	slot  slot
	shape shape
	which uint32 // of the text's people or places; the class of a noun; the number of a month or day
	sum   uint64 // of the text in small letters
}

// labelAt reports whether a word within a sentence begins a name of common words,
// or ends one of a name that is exchanged: Gorge Road, Helhaven Flat.
func (v *vocabulary) labelAt(toks []string, i int) bool {
	written := func(k int) bool {
		return k >= 0 && k < len(toks) && isWord(toks[k]) && shapeOf(toks[k]) == capital && len(toks[k]) > 2
	}
	isName := func(k int) bool { return v.isName(strings.ToLower(toks[k])) }
	w := strings.ToLower(toks[i])
	if i < 2 || toks[i-1] != " " || !written(i) || isName(i) || kept[w] || bodies[w] {
		return false
	}
	beside := i+2 < len(toks) && toks[i+1] == " " && written(i+2)
	if written(i - 2) {
		return isName(i-2) && !beside
	}
	return beside && !isName(i+2) && isWord(toks[i-2])
}

// piece tells what a word is by itself.
func (v *vocabulary) piece(w string) piece {
	f := strings.ToLower(w)
	p := piece{text: w, sum: sum(f)}
	if !isWord(w) {
		return p
	}
	p.shape = shapeOf(w)
	if n, ok := v.now.slots[f]; ok && p.shape != lower {
		p.slot, p.which = n.slot, n.which
		return p
	}
	switch {
	case slices.Contains(cardinals, f):
		p.slot = cardinal
	case p.shape != lower && slices.Contains(months, f):
		p.slot, p.which = month, uint32(slices.Index(months, f))
	case p.shape != lower && slices.Contains(weekdays, f):
		p.slot, p.which = weekday, uint32(slices.Index(weekdays, f))
	}
	return p
}

// like takes apart a question or an answer on a sentence: what is exchanged there
// is exchanged here, be it written with a capital or not.
func (v *vocabulary) like(of []piece, s string) []piece {
	toks := tokens(s)
	pieces := make([]piece, 0, len(toks))
	for _, w := range toks {
		p := v.piece(w)
		if isWord(w) {
			f := strings.ToLower(w)
			if n, ok := v.now.slots[f]; ok {
				p.slot, p.which = n.slot, n.which
			}
		}
		for _, o := range of {
			if o.slot != plain && strings.EqualFold(o.text, w) && p.slot == plain {
				p.slot, p.which = o.slot, o.which
			}
		}
		pieces = append(pieces, p)
	}
	return pieces
}
