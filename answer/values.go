package answer

import (
	"math"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// value is one way to compare a figure: what sort of number it is, and between
// what bounds.
type value struct {
	measure   string
	low, high float64
}

// values returns the ways to compare a figure, the one it is written in first. A
// third of the 90 is a share and 30; two of the five are two, and a share.
func values(p *annotate.Doc, f *annotate.Figure) []value {
	first := value{measure(p, f), f.Low, f.High}
	if first.measure == share && !f.Share {
		first.low, first.high = f.Low/100, f.High/100 // per cent
	}
	all := []value{first}
	switch {
	case f.Whole == 0 || f.Vague:
	case first.measure == share:
		all = append(all, value{count, first.low * f.Whole, first.high * f.Whole})
	case first.measure == count:
		all = append(all, value{share, f.Low / f.Whole, f.High / f.Whole})
	}
	return all
}

// alike returns two figures as they can be compared; false where they are of
// different sorts.
func alike(mine, its []value) (a, b value, ok bool) {
	for _, a := range mine {
		for _, b := range its {
			if a.measure == b.measure {
				return a, b, true
			}
		}
	}
	return value{}, value{}, false
}

// equal reports whether two figures are of one sort and stand for the same.
func equal(p *annotate.Doc, f *annotate.Figure, q *annotate.Doc, g *annotate.Figure) bool {
	a, b, ok := alike(values(p, f), values(q, g))
	return ok && a.same(b)
}

// same reports whether two values of one sort are the same, but for the last
// bits of a third of 90.
func (v value) same(o value) bool {
	near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Abs(a) }
	return near(v.low, o.low) && near(v.high, o.high)
}

// Sorts of number besides units and currencies.
const (
	count  = "count"
	share  = "share"  // of one
	factor = "factor" // 12-fold
)

// measure says what sort of number a figure is: a share, a factor, money in its
// currency, something measured in its unit, or a count.
func measure(p *annotate.Doc, f *annotate.Figure) string {
	switch {
	case f.Share:
		return share
	case f.Factor:
		return factor
	}
	number, counts := strings.ToLower(p.Article.Quote(f.Span)), ""
	if f.Counts.Len() > 0 {
		counts = strings.ToLower(p.Article.Quote(f.Counts))
	}
	for sign, currency := range signs {
		if strings.Contains(number, sign) {
			return "money " + currency
		}
	}
	if strings.ContainsAny(number, "°º") {
		return "unit degree"
	}
	for _, w := range strings.Fields(number + " " + counts) {
		switch {
		case strings.HasSuffix(w, "%") || w == "percent" || w == "cent":
			return share
		case annotate.Currencies[w]:
			if u, ok := words.Load().Unit(w); ok {
				return "money " + u.Name // "eur" and "euros"
			}
			return "money " + strings.TrimSuffix(w, "s")
		}
	}
	for _, w := range strings.Fields(counts) {
		if durationUnits[w] {
			return strings.TrimSuffix(w, "s")
		}
		if u, ok := words.Load().Unit(w); ok {
			return "unit " + u.Name
		}
	}
	return count
}

// signs are the currencies that signs stand for.
var signs = map[string]string{"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
