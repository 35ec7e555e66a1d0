package annotate

import (
	"strings"

	"footnote/answer/words"
	"footnote/corpus"
)

// relate tells of the figures of a sentence which counts a part of what another
// does: "five boats, two of which sank", "of the 300 volunteers, 45 fell ill",
// "all 14 judges, bar two".
func (f *figurer) relate(s *Sentence, figures []Figure) {
	for n := range figures {
		g := &figures[n]
		if n > 0 {
			f.partOf(s, &figures[n-1], g)
		}
		if !f.outOf(s, g) {
			continue
		}
		for i := n + 1; i < len(figures); i++ {
			h := &figures[i]
			behind := h.Last + 1
			if h.Counts.Len() == 0 || h.Counts == g.Counts || behind < len(s.Tokens) && h.Counts.Start == s.Tokens[behind].Start && f.p.PastBehind(s, behind, f.w) {
				g.Aside = true // "of the 300 volunteers" tells of none of the deeds
				h.Counts, h.Whole = g.Counts, g.Low
			}
		}
	}
}

// partOf relates a figure to the one before it where it counts some of the same:
// what follows tells of those alone.
func (f *figurer) partOf(s *Sentence, whole, g *Figure) {
	before, behind := f.word(s, g.First-1), f.word(s, g.Last+2)
	switch {
	case exempts[before] || before == "for" && exempts[f.word(s, g.First-2)]:
		if gap := f.p.Gap(s.Tokens[g.First-1], s.Tokens[g.First]); gap != " " || whole.Vague || g.Vague || g.Low >= whole.Low || g.Counts.Len() > 0 && g.Counts.Start > g.Span.Start {
			return
		}
		whole.Low, whole.High = whole.Low-g.High, whole.High-g.Low
		whole.Last, whole.Span.End = g.Last, g.Span.End
		g.Aside = true
		return
	case f.word(s, g.Last+1) == "of" && (behind == "which" || behind == "whom" || behind == "them"):
		if g.Vague = g.Vague || whole.Vague; !whole.Vague {
			g.Whole = whole.Low
		}
		g.Counts = whole.Counts
	case before == "including" && (f.word(s, g.Last+1) == "that" || f.word(s, g.Last+1) == "who" || f.word(s, g.Last+1) == "which"):
		g.Counts = whole.Counts
	default:
		return
	}
	last := g.Last + 2
	for last+1 < len(s.Tokens) && !strings.ContainsAny(f.p.Gap(s.Tokens[last], s.Tokens[last+1]), ",;)—–") {
		last++
	}
	whole.Apart = corpus.Span{Start: s.Tokens[g.First].Start, End: s.Tokens[min(last, len(s.Tokens)-1)].End}
}

// exempts are words before how many are left out.
var exempts = words.Set(`bar barring except excepting save but excluding`)

// outOf reports whether a figure only tells what the others are counted out of:
// "Of the 300 volunteers, …".
func (f *figurer) outOf(s *Sentence, g *Figure) bool {
	k := g.First - 1
	for k > 0 && (leadsWhole[f.word(s, k)] || f.word(s, k) == "some") {
		k--
	}
	if f.word(s, k) != "of" || g.Vague || g.Whole > 0 {
		return false
	}
	if f.word(s, k-1) == "out" {
		k--
	}
	return k == 0 || strings.ContainsAny(f.p.Gap(s.Tokens[k-1], s.Tokens[k]), ",;:—–")
}

// PastBehind reports whether the word at token k is a past form that ends what a
// number counts, "45 fell ill", and none that describes it: "12 stolen boats".
func (p *Doc) PastBehind(s *Sentence, k int, w *words.Words) bool {
	const most = 2 // words of what is described
	d := dater{p: p, w: w}
	if p.PastForm(s.Tokens[k]) || !d.past(s, k) {
		return p.PastForm(s.Tokens[k])
	}
	for i := k + 1; i < len(s.Tokens) && i <= k+most && p.Gap(s.Tokens[i-1], s.Tokens[i]) == " " && !s.Tokens[i].Class.Is(Stop); i++ {
		if Plural(p.Word(s.Tokens[i])) {
			return false
		}
	}
	return true
}
