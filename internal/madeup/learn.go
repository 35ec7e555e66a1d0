package madeup

import (
	"hash/fnv"
	"maps"
	"slices"
	"strings"
)

// seen counts how a word is written in all texts.
type seen struct{ small, within, all int }

// vocabulary is what is known of the words of all texts.
type vocabulary struct {
	seen  map[string]*seen
	nouns map[string]int // noun → its class
	now   *people        // of the text at hand
}

// people are who and what a text names.
type people struct {
	slots map[string]piece // by the word in small letters
}

// learn looks through all texts for what is a name and what a noun.
func (t *Texts) learn(all []*rawText) *vocabulary {
	v := &vocabulary{seen: map[string]*seen{}, nouns: map[string]int{}}
	isNoun := map[string]int{}
	for _, r := range all {
		r.each(func(s string) {
			toks := tokens(s)
			first := true
			for i, w := range toks {
				if !isWord(w) {
					if strings.ContainsAny(w, ".!?:\"“*|") {
						first = true
					}
					continue
				}
				f := strings.ToLower(w)
				c := v.seen[f]
				if c == nil {
					c = &seen{}
					v.seen[f] = c
				}
				c.all++
				switch {
				case shapeOf(w) == lower:
					c.small++
				case !first:
					c.within++
				}
				first = false
				if nounAt(toks, i) {
					isNoun[w]++
				}
			}
		})
	}
	const often = 60 // such words make no article different
	classes := map[string]int{}
	for _, w := range slices.Sorted(maps.Keys(isNoun)) {
		if c := v.seen[w]; c.small > often || len(w) < 4 || isNoun[w]*4 < c.small || slices.Contains(cardinals, w) || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed") {
			continue
		}
		class := "one"
		if strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
			class = "many"
		} else if len(w) < 8 {
			t.single = append(t.single, w)
		}
		if strings.ContainsAny(w[:1], "aeiou") {
			class += " vowel"
		}
		if _, ok := classes[class]; !ok {
			classes[class] = len(classes)
			t.nouns = append(t.nouns, nil)
		}
		k := classes[class]
		v.nouns[w] = k
		for range min(v.seen[w].small, 12) { // frequent ones are frequent in what is made
			t.nouns[k] = append(t.nouns[k], w)
		}
	}
	names := map[string]bool{}
	for _, r := range all {
		for w, p := range v.people(r).slots {
			if p.slot == given {
				names[strings.ToUpper(w[:1])+w[1:]] = true
			}
		}
	}
	t.given = slices.Sorted(maps.Keys(names))
	return v
}

// each calls f with all sentences, headings and the title.
func (r *rawText) each(f func(string)) {
	f(r.title)
	for _, s := range r.sections {
		f(s.heading)
		for _, b := range s.blocks {
			for _, x := range b.sentences {
				f(x)
			}
		}
	}
}

// isName reports whether a word in small letters names somebody or something.
func (v *vocabulary) isName(w string) bool {
	c := v.seen[w]
	return c != nil && c.within > 0 && c.small*3 < c.within && len(w) > 2 && !kept[w] && !slices.Contains(months, w) && !slices.Contains(weekdays, w)
}

// people finds who and what a text names, each counted in the order of the text.
func (v *vocabulary) people(r *rawText) *people {
	p := &people{slots: map[string]piece{}}
	type pair struct{ first, second string }
	pairs, placed, at := map[pair]int{}, map[string]int{}, map[string]int{}
	var order []pair
	var words []string
	r.each(func(s string) {
		toks := tokens(s)
		for i := 0; i < len(toks); i++ {
			w := strings.ToLower(toks[i])
			if !isWord(w) || shapeOf(toks[i]) == lower || !v.isName(w) {
				continue
			}
			if at[w]++; at[w] == 1 {
				words = append(words, w)
			}
			if i > 1 && toks[i-1] == " " && before[toks[i-2]] {
				placed[w]++
			}
			second := ""
			if i+2 < len(toks) && toks[i+1] == " " && isWord(toks[i+2]) {
				second = strings.ToLower(toks[i+2])
			}
			third := i+4 < len(toks) && toks[i+3] == " " && isWord(toks[i+4]) && shapeOf(toks[i+4]) != lower
			if second == "" || shapeOf(toks[i+2]) == lower || !v.isName(second) || third {
				continue
			}
			k := pair{w, second}
			if pairs[k]++; pairs[k] == 1 {
				order = append(order, k)
			}
		}
	})
	persons, places, things := uint32(0), uint32(0), uint32(0)
	for _, k := range order {
		if placed[k.first] > 0 || p.slots[k.first].slot == family {
			continue
		}
		which := persons
		if f, ok := p.slots[k.second]; ok && f.slot == family {
			which = f.which // a family
		} else {
			persons++
		}
		if _, ok := p.slots[k.first]; !ok {
			p.slots[k.first] = piece{slot: given, which: which}
		}
		p.slots[k.second] = piece{slot: family, which: which}
	}
	for _, w := range words {
		if _, ok := p.slots[w]; ok {
			continue
		}
		if placed[w] > 0 {
			p.slots[w] = piece{slot: place, which: places}
			places++
		} else {
			p.slots[w] = piece{slot: thing, which: things}
			things++
		}
	}
	return p
}

// text takes a text apart.
func (v *vocabulary) text(r *rawText) *text {
	v.now = v.people(r)
	x := &text{title: v.sentence(r.title)}
	for _, s := range r.sections {
		out := section{}
		if s.heading != "" {
			h := v.sentence(s.heading)
			out.heading = &h
		}
		for _, b := range s.blocks {
			made := block{whole: b.whole}
			for _, sent := range b.sentences {
				m := v.sentence(sent)
				for _, q := range r.questions[strings.TrimSpace(sent)] {
					m.questions = append(m.questions, question{v.like(m.pieces, q[0]), v.like(m.pieces, q[1])})
				}
				made.sentences = append(made.sentences, m)
			}
			// Paragraphs are cut anew, so that one begins where another is at its end.
			if n := len(out.blocks); n > 0 && !made.whole && !out.blocks[n-1].whole {
				last := &out.blocks[n-1]
				end := &last.sentences[len(last.sentences)-1]
				end.pieces = append(end.pieces, piece{text: " "})
				last.sentences = append(last.sentences, made.sentences...)
				continue
			}
			out.blocks = append(out.blocks, made)
		}
		x.sections = append(x.sections, out)
	}
	return x
}

// sentence takes a sentence apart.
func (v *vocabulary) sentence(s string) sentence {
	toks := tokens(s)
	pieces := make([]piece, 0, len(toks))
	for i, w := range toks {
		p := v.piece(w)
		switch {
		case isWord(w) && p.slot == plain && nounAt(toks, i):
			if class, ok := v.nouns[w]; ok {
				p.slot, p.which = noun, uint32(class)
			}
		case isWord(w) && p.slot == plain && v.labelAt(toks, i):
			p.slot = label
		case isNumber(w):
			p.slot = numberAt(toks, i)
		}
		if n := len(pieces); p.slot == plain && n > 0 && pieces[n-1].slot == plain {
			pieces[n-1].text += p.text
			continue
		}
		pieces = append(pieces, p)
	}
	made := sentence{pieces: pieces}
	for i := range pieces {
		switch pieces[i].slot {
		case digits, cardinal:
			made.numbers++
		case year, month, weekday:
			made.dates++
		}
	}
	return made
}

// sum tells strings apart.
func sum(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}
