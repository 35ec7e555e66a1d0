package blocks

import (
	"slices"

	"footnote/answer/annotate"
)

// How the term of what is implied is told.
const (
	asBefore   = iota // it was implied behind the same term, or the same mention, before
	nextString        // it is the string behind the last that was told
	termTold
	termMask = 3
)

// What else is told of it.
const (
	spanTold   = 4 << iota // its tokens, which are not those of the one before
	ofMention              // with spanTold: they are those of a mention
	weightTold             // its weight, which is not that of the one before
)

// foretell lets an entity imply what it does most: its terms, and then those of
// its other forms.
func (f *form) foretell(d *annotate.Doc) {
	n := len(d.Strings) + len(d.Entities)
	f.after = slices.Grow(f.after[:0], n)[:n]
	clear(f.after)
	for i := range d.Entities {
		e := &d.Entities[i]
		last := len(d.Strings) + i
		for _, terms := range [2][]int{e.Terms, e.Also} {
			for _, t := range terms {
				last = f.follow(last, t)
			}
		}
	}
	f.undo = f.undo[:0]
}

// forget lets what is implied behind the terms be what was foretold, at the end of a
// passage.
func (f *form) forget() {
	for i := len(f.undo) - 1; i >= 0; i-- {
		f.after[f.undo[i][0]] = f.undo[i][1]
	}
	f.undo = f.undo[:0]
}

// follow takes in that a term is implied behind the last one, and returns what
// the next one is behind.
func (f *form) follow(last, term int) int {
	if uint(last) < uint(len(f.after)) {
		f.undo = append(f.undo, [2]int{last, f.after[last]})
		f.after[last] = term
	}
	return term
}

// behind returns the term that was implied behind the last one, or -1.
func (f *form) behind(last int) int {
	if uint(last) < uint(len(f.after)) {
		return f.after[last]
	}
	return -1
}

// impliedOf walks over what a sentence implies. Names imply much and the same
// each time: their terms and their other forms.
func (f *form) impliedOf(s *annotate.Sentence) {
	slice(f, &s.Implied, &f.implied)
	before := annotate.Implied{Weight: 1, At: -1}
	last, mention := -1, 0 // what the next term is behind, and the next mention
	for k := range s.Implied {
		m := &s.Implied[k]
		at, term, head := 0, 0, 0
		if f.reading {
			head = int(f.next())
		} else {
			at, head = spanOf(s, m, &before, mention)
			if head&ofMention != 0 {
				last = len(f.words) + s.Mentions[at].Entity
			}
			switch m.Term {
			case f.behind(last):
				head |= asBefore
			case f.phrase:
				head |= nextString
			default:
				head |= termTold
			}
			if m.Weight != before.Weight {
				head |= weightTold
			}
			f.put(uint64(head))
		}
		switch {
		case head&spanTold == 0:
			m.At, m.Last = before.At, before.Last
		case head&ofMention != 0:
			f.near(&at, mention)
			n := &s.Mentions[at]
			m.At, m.Last = n.First, n.Last
			last, mention = len(f.words)+n.Entity, at+1
		default:
			f.near(&m.At, before.At+1)
			f.near(&m.Last, m.At)
		}
		term = m.Term
		switch head & termMask {
		case asBefore:
			term = f.behind(last)
		case nextString:
			term = f.phrase
			f.phrase++
		default:
			f.int(&term)
			f.phrase = term + 1
		}
		m.Term = term
		if head&weightTold != 0 {
			f.float(&m.Weight)
		} else {
			m.Weight = before.Weight
		}
		last, before = f.follow(last, term), *m
	}
}

// spanOf says how the tokens of m are told, and of which mention they are. It
// looks at the mentions from the next one on and at the first ones.
func spanOf(s *annotate.Sentence, m, before *annotate.Implied, next int) (mention, head int) {
	const near = 8
	if m.At == before.At && m.Last == before.Last {
		return 0, 0
	}
	for _, from := range [2]int{next, 0} {
		for i := from; i < min(from+near, len(s.Mentions)); i++ {
			if n := &s.Mentions[i]; m.At == n.First && m.Last == n.Last {
				return i, spanTold | ofMention
			}
		}
	}
	return 0, spanTold
}
