package madeup

import (
	"hash/fnv"
	"maps"
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

var months = list("january february march april may june july august september october november december")

var weekdays = list("monday tuesday wednesday thursday friday saturday sunday")

var cardinals = list("two three four five six seven eight nine ten eleven twelve fifteen sixteen eighteen twenty thirty forty fifty")

var determiners = set("the a an his her their its this that every each another our")

var before = set("in at from near to off towards outside around across")

var behindNoun = set("of in on at for with from to by and or is was were are had has have will would that which who as but until after before since when where")

// kept are words that are written with a capital and yet name nothing that could be exchanged.
var kept = set("i mr mrs ms dr cllr prof sir dame lord lady saint st no monday pm am utc gmt ceo faq pdf url api usb wifi gps " +
	"interior prime foreign defence vice deputy sergeant colonel lieutenant general captain christmas easter god internet europe european english british french german")

// bodies are words that names of organisations end in, by which they are known for such.
var bodies = set("council ministry party union league university club group court agency committee police army bank office service association society trust institute school hospital company board front movement commission guard force forces")

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

// sum tells strings apart.
func sum(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}
