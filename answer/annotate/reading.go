package annotate

import (
	"math"
	"strings"

	"footnote/answer/words"
)

// reading is what the words of a number have told so far: "two million three
// hundred" is a total of two million and a group of three hundred.
type reading struct {
	values       []float64 // the numbers that are read to their end
	total, group float64
	inNumber     bool
	scale        float64 // what was multiplied with last
	dashed       bool    // a dash or "to" joins two of the values
	grouped      bool    // group is digits that a group of three more may go on with
	unclear      bool    // something cannot be read, or is a list
}

// end ends the number at hand.
func (r *reading) end() {
	if r.inNumber {
		r.values = append(r.values, r.total+r.group)
	}
	r.total, r.group, r.inNumber, r.scale = 0, 0, false, 1
	r.grouped = false
}

// begin begins a number. Right behind another it is the end of a range where a
// dash stands between, and of a list elsewhere.
func (r *reading) begin(value float64, gap string) {
	if r.inNumber {
		dash := strings.Trim(gap, "-–—") == ""
		r.dashed, r.unclear = r.dashed || dash, r.unclear || !dash
	}
	r.end()
	r.group, r.inNumber = value, true
}

// times multiplies the number at hand; a thousand and more ends a group.
func (r *reading) times(value float64) {
	const thousand = 1000
	switch {
	case !r.inNumber, r.group == 0 && r.total == 0:
		r.group = value
	case r.group == 0 && value >= thousand: // "a thousand million"
		r.total *= value
	default:
		r.group *= value
	}
	if value >= thousand {
		r.total, r.group = r.total+r.group, 0
	}
	r.inNumber, r.scale = true, value
}

// joins reports whether a cardinal goes on with the number at hand: "twenty-five",
// "two hundred ten", "two thousand three".
func (r *reading) joins(value float64) bool {
	switch {
	case !r.inNumber:
		return false
	case r.group == 0:
		return value < r.scale
	case math.Mod(r.group, 100) == 0:
		return value < 100
	}
	return value < 10 && math.Mod(r.group, 10) == 0 && math.Mod(r.group, 100) >= 20
}

// evaluate fills in what tokens first to last of a figure stand for: both ends
// of a range, or both sides of a score.
func (f *figurer) evaluate(s *Sentence, g *Figure, first, last int) {
	r := reading{scale: 1}
	for k := first; k <= last; k++ {
		f.read(s, k, &r)
	}
	r.end()
	if len(r.values) == 0 || len(r.values) > 2 || r.unclear {
		g.Vague = true
		return
	}
	g.Low, g.High = r.values[0], r.values[len(r.values)-1]
	for k := last; k > first && len(r.values) > 1; k-- { // "between 10 and 20 million", "two or three dozen"
		n, ok := f.w.Number(f.word(s, k))
		if ok && n.Kind == words.Multiplier && g.Low < n.Value {
			g.Low *= n.Value
		}
		if ok || f.hedges(s, k) {
			continue
		}
		break
	}
	switch {
	case math.IsInf(g.Low+g.High, 0) || math.IsNaN(g.Low+g.High):
		g.Low, g.High, g.Vague = 0, 0, true
	case len(r.values) == 2 && r.dashed && (g.Low >= g.High || f.scored(s, first, last)):
		g.Score, g.Vague = true, true
	case g.Low > g.High:
		g.Low, g.High = g.High, g.Low
	}
}

// hedges reports whether token k is a word of a hedge behind a number.
func (f *figurer) hedges(s *Sentence, k int) bool {
	return k > 0 && f.hedgeBehind(s, k-1) > 0 || k > 1 && f.hedgeBehind(s, k-2) > 1
}

// read reads token k of a number.
func (f *figurer) read(s *Sentence, k int, r *reading) {
	word, gap := f.word(s, k), ""
	if k > 0 {
		gap = f.p.Gap(s.Tokens[k-1], s.Tokens[k])
	}
	word = strings.TrimSuffix(word, "fold")
	if startsWithDigit(word) {
		const size = 3 // of a group: "1 093"
		switch value, ok := f.digits(s, k); {
		case !ok:
			r.unclear = true
		case r.grouped && thousands[gap] && len(word) == size && onlyDigits(word):
			r.group = float64(1000*r.group) + value
		default:
			r.begin(value, gap)
			r.grouped = len(word) <= size && onlyDigits(word)
		}
		return
	}
	r.grouped = false
	n, ok := f.w.Number(word)
	switch {
	case n.Kind == words.Vague, word == "a", word == "of" && r.inNumber && f.word(s, k+1) == "a":
	case r.inNumber && (parts[word] || parts[word+"s"] && f.word(s, k-1) == "one"):
		r.portion(denominator(f.w, word))
	case r.inNumber && parts[word+"s"] && f.word(s, k-1) == "a": // "three and a quarter"
		r.add(1 / denominator(f.w, word))
	case r.inNumber && word == "and" && k > 0 && f.andMore(s, k-1) > 0:
	case !ok || n.Kind == words.Ordinal && !f.fraction(s, k):
		r.dashed = r.dashed || word == "to"
		r.end()
	case r.inNumber && n.Kind == words.Fraction && f.word(s, k-1) == "a":
		r.add(n.Value) // three and a half, a million and a half
	case r.inNumber && n.Kind == words.Fraction:
		r.portion(1 / n.Value) // one half
	case n.Kind == words.Multiplier:
		r.times(n.Value)
	case f.fraction(s, k) && n.Kind == words.Ordinal:
		r.times(1 / n.Value)
	case r.inNumber && parts[f.word(s, k+1)] && f.word(s, k-1) == "and": // "two and three quarters"
		r.add(n.Value / denominator(f.w, f.word(s, k+1)))
	case r.joins(n.Value):
		r.group += n.Value
	default:
		r.begin(n.Value, gap)
	}
}

// add adds part of one, or of the million before it, to the number at hand.
func (r *reading) add(part float64) { r.group += float64(part * r.scale) }

// portion divides the number at hand.
func (r *reading) portion(by float64) {
	if math.Mod(r.group, 1) == 0 { // what is broken was added already
		r.total, r.group = r.total/by, r.group/by
	}
}
