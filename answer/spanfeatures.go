package answer

import (
	"math"
	"strconv"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// spanContext is what the features of all candidates in a sentence share.
type spanContext struct {
	l       *Library
	q       *parsed
	p       *annotate.Doc
	s       *annotate.Sentence
	kind    []string  // what sort of word each token is
	hit     []int     // the concept that each token means, -1 for none
	weight  []float64 // how much that concept tells
	mention []int     // which mention each token belongs to, -1 for none
	total   float64
	label   corpus.Span // who speaks, at the start of the line
	verb    int         // token that means the last other word of the question than names and focus, -1 for none
}

func (l *Library) spanContext(q *parsed, p *annotate.Doc, s *annotate.Sentence) *spanContext {
	c := &spanContext{l: l, q: q, p: p, s: s, label: labelOf(p, s), verb: -1}
	n := len(s.Tokens)
	c.kind, c.hit, c.weight, c.mention = make([]string, n), make([]int, n), make([]float64, n), make([]int, n)
	for i, t := range s.Tokens {
		c.kind[i] = wordKind(p.Word(t), t.Class)
		if c.kind[i] == "year" && p.ModelYear(l.words, s, i) {
			c.kind[i] = "cap" // the 2020 Sentra
		}
		c.hit[i], c.mention[i] = -1, -1
		best := 0.45
		for k := range q.Concepts {
			if w := q.Concepts[k].Terms[p.Strings[t.Term]]; w > best {
				best, c.hit[i], c.weight[i] = w, k, w*q.Concepts[k].Weight
			}
		}
		c.total += c.weight[i]
	}
	if q.Main >= 0 {
		for i := range c.hit {
			if c.hit[i] == q.Main {
				c.verb = i
				break
			}
		}
	}
	for i, m := range s.Mentions {
		for k := m.First; k <= m.Last; k++ {
			c.mention[k] = i
		}
	}
	return c
}

// wordKind sorts words into a few kinds by closed lists and endings.
func wordKind(w string, c annotate.Class) string {
	switch {
	case c.Is(annotate.Year):
		return "year"
	case c.Is(annotate.Number):
		return "number"
	case c.Is(annotate.Month | annotate.Weekday):
		return "date"
	case w == "the" || w == "a" || w == "an":
		return w
	case w == "and" || w == "or":
		return "and"
	case annotate.Prepositions[w]:
		return "prep"
	case annotate.Auxiliary[w]:
		return "aux"
	case pronouns[w]:
		return "pron"
	case whWords[w]:
		return "wh"
	case c.Is(annotate.Named):
		return "name"
	case c.Is(annotate.Stop):
		return "stop"
	case c.Is(annotate.Capital) && !c.Is(annotate.Opening):
		return "cap"
	case strings.HasSuffix(w, "ly"):
		return "ly"
	case strings.HasSuffix(w, "ed"):
		return "ed"
	case strings.HasSuffix(w, "ing"):
		return "ing"
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return "s"
	}
	return "word"
}

var (
	pronouns = words.Set(`he she it they him her them his its their this that these those we i you our my your`)
	whWords  = words.Set(`who which what when where why how whose whom while because although though if whether`)
)

// border returns the sort of word or punctuation beyond one end of a span:
// between tokens a and b, of which the one beyond is at token i.
func (c *spanContext) border(i, inner int) string {
	if i < 0 || i >= len(c.s.Tokens) {
		return "end"
	}
	a, b := min(i, inner), max(i, inner)
	gap := c.p.Gap(c.s.Tokens[a], c.s.Tokens[b])
	switch {
	case strings.ContainsAny(gap, "(["):
		return "("
	case strings.ContainsAny(gap, ")]"):
		return ")"
	case strings.ContainsAny(gap, "\"“”«»"):
		return "quote"
	case strings.Contains(gap, ","):
		return ","
	case strings.ContainsAny(gap, ";:–—."):
		return ";"
	case gap == "-":
		return "-"
	}
	return c.kind[i]
}

// shape says what a span looks like as a whole.
func (c *spanContext) shape(i, j int) string {
	var names, numbers, dates, years int
	for k := i; k <= j; k++ {
		switch c.kind[k] {
		case "name", "cap":
			names++
		case "number":
			numbers++
		case "year":
			years++
		case "date":
			dates++
		}
	}
	n := j - i + 1
	switch {
	case dates > 0 || years > 0 && n <= 3 && names == 0:
		if n == 1 && years == 1 {
			return "year"
		}
		return "date"
	case numbers > 0:
		unit := c.p.Word(c.s.Tokens[j])
		switch {
		case strings.HasPrefix(c.p.Article.Text[c.s.Tokens[j].End:c.s.End], "%") || strings.HasPrefix(unit, "percent") || unit == "cent":
			return "percent"
		case n == numbers:
			return "number"
		case durationUnits[unit]:
			return "duration"
		}
		return "counted"
	case names > 0:
		if m := c.mention[i]; m >= 0 && m == c.mention[j] && c.s.Mentions[m].First == i && c.s.Mentions[m].Last == j {
			switch c.p.Entities[c.s.Mentions[m].Entity].Kind {
			case annotate.Person:
				return "person"
			case annotate.Place:
				return "place"
			case annotate.Organisation:
				return "body"
			}
			return "named"
		}
		if n <= 2*names+1 {
			return "names"
		}
		return "mixed"
	case n == 1:
		return "one"
	case n <= 4:
		return "few"
	}
	return "many"
}

// features calls f with the name of every feature of tokens i to j.
func (c *spanContext) features(i, j int, f func(group, name string)) {
	asked := c.q.Asked.String()
	n := j - i + 1
	shape := c.shape(i, j)
	f("shape", shape)
	f(asked, shape)
	if c.q.List == 1 {
		f("list", shape)
	}
	before, after := c.border(i-1, i), c.border(j+1, j)
	f("before", before)
	f("first", c.kind[i])
	f("last", c.kind[j])
	f("after", after)
	if before == "prep" && i > 0 {
		f(asked+" behind", c.p.Word(c.s.Tokens[i-1]))
	}
	f("ends", c.kind[i]+"-"+c.kind[j])
	f(asked+" after", before)
	f(asked+" first", c.kind[i])
	f(asked+" last", c.kind[j])
	f("shape "+shape, before)
	if c.q.Focus >= 0 {
		word := c.p.Word(c.s.Tokens[j])
		for _, kind := range c.l.words.Kinds(word) {
			if kind == c.q.Concepts[c.q.Focus].Word {
				f("focus", "kind")
				break
			}
		}
	}
	length := "10-14"
	switch {
	case n <= 4:
		length = strconv.Itoa(n)
	case n <= 6:
		length = "5-6"
	case n <= 9:
		length = "7-9"
	}
	f("length", length)
	f(asked+" length", length)
	var inside, left, right float64
	hits, open := 0, false
	for k := i; k <= j; k++ {
		if c.hit[k] >= 0 {
			hits++
			inside += c.weight[k]
		}
		if k > i {
			gap := c.p.Gap(c.s.Tokens[k-1], c.s.Tokens[k])
			if strings.ContainsAny(gap, ";:–—") {
				open = true
			}
			if strings.Contains(gap, ",") {
				f("holds", "comma")
			}
		}
	}
	if open {
		f("holds", "break")
	}
	if hits > 0 {
		f("overlap", strconv.Itoa(min(hits, 3)))
		if c.total > 0 && inside/c.total > 0.5 {
			f("overlap", "most")
		}
	}
	if c.hit[i] >= 0 {
		f("overlap", "first")
	}
	if c.hit[j] >= 0 {
		f("overlap", "last")
		if c.q.Concepts[c.hit[j]].Focus {
			f("focus", "last")
		}
	}
	// How near the matched words stand on both sides.
	nearBy := func(k, step int) (int, bool) {
		for d := 1; d <= 8; d, k = d+1, k+step {
			if k < 0 || k >= len(c.hit) {
				return d, false
			}
			if c.hit[k] >= 0 {
				return d, true
			}
		}
		return 9, false
	}
	for _, side := range []struct {
		name     string
		at, step int
	}{{"left", i - 1, -1}, {"right", j + 1, 1}} {
		d, ok := nearBy(side.at, side.step)
		if !ok {
			f(side.name, "none")
			continue
		}
		f(side.name, []string{"1", "2", "3", "4", "5+", "5+", "5+", "5+"}[d-1])
		k := side.at + side.step*(d-1)
		switch concept := &c.q.Concepts[c.hit[k]]; {
		case concept.Focus:
			f(side.name+" focus", strconv.Itoa(min(d, 4)))
		case concept.Name:
			f(side.name+" name", strconv.Itoa(min(d, 3)))
		default:
			f(side.name+" deed", strconv.Itoa(min(d, 3)))
		}
	}
	for k := range c.hit {
		switch {
		case k < i:
			left += c.weight[k]
		case k > j:
			right += c.weight[k]
		}
	}
	if c.total > 0 {
		f("mass left", strconv.Itoa(int(math.Min(3, 4*left/c.total))))
		f("mass right", strconv.Itoa(int(math.Min(3, 4*right/c.total))))
	}
	if c.verb >= 0 {
		where := "inside"
		switch {
		case j < c.verb:
			where = "before"
		case i > c.verb:
			where = "behind"
		}
		f("verb "+c.q.Order, where)
		if where == "behind" && i-c.verb <= 2 {
			f("verb "+c.q.Order, "right behind")
		}
		if where == "before" && c.verb-j <= 2 {
			f("verb "+c.q.Order, "right before")
		}
	}
	// Whether names and numbers are cut.
	if m := c.mention[i]; m >= 0 && c.s.Mentions[m].First < i {
		f("cuts", "name")
	}
	if m := c.mention[j]; m >= 0 && c.s.Mentions[m].Last > j {
		f("cuts", "name")
	}
	if i > 0 && c.kind[i-1] == "number" && c.kind[i] == "number" || j+1 < len(c.kind) && c.kind[j+1] == "number" && c.kind[j] == "number" {
		f("cuts", "number")
	}
	if i > 0 && before == "-" || after == "-" {
		f("cuts", "hyphen")
	}
	if i > 0 && listedTokens(c, i-1, i) || j+1 < len(c.s.Tokens) && listedTokens(c, j, j+1) {
		f("cuts", "list")
	}
}

// listedTokens reports whether neighbouring tokens are names in one list.
func listedTokens(c *spanContext, a, b int) bool {
	if c.kind[a] == "and" && a > 0 {
		a--
	}
	if c.kind[b] == "and" && b+1 < len(c.kind) {
		b++
	}
	ma, mb := c.mention[a], c.mention[b]
	return ma >= 0 && mb >= 0 && ma != mb && listed(c.p, c.s, c.s.Mentions[ma], c.s.Mentions[mb])
}
