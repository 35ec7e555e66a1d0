package eval

import (
	"cmp"
	"slices"

	"footnote/corpus"
)

// Count is how labels and what was found go together.
type Count struct {
	Labels    int     `json:"labels"`
	Found     int     `json:"found"`
	Right     int     `json:"right"` // found and labelled
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

// add adds numbers; sums of counts make the micro-average.
func (c *Count) add(labels, found, right int) {
	c.Labels += labels
	c.Found += found
	c.Right += right
	c.Precision, c.Recall = share(c.Right, c.Found), share(c.Right, c.Labels)
}

// share returns n of all, 0 of none.
func share(n, all int) float64 { return float64(n) / float64(max(all, 1)) }

// pairing says which label goes with which finding.
type pairing struct {
	of    []int  // of each label the finding, or -1
	taken []bool // of each finding whether a label goes with it
}

// pair matches labels with findings, each with one at most: those that fit
// best first, then in their order. What fits by 0 does not match.
func pair(labels, found int, fit func(label, found int) int) pairing {
	type candidate struct{ label, found, fit int }
	var candidates []candidate
	p := pairing{of: make([]int, labels), taken: make([]bool, found)}
	for i := range labels {
		p.of[i] = -1
		for k := range found {
			if f := fit(i, k); f > 0 {
				candidates = append(candidates, candidate{i, k, f})
			}
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.fit, a.fit) })
	for _, c := range candidates {
		if p.of[c.label] < 0 && !p.taken[c.found] {
			p.of[c.label], p.taken[c.found] = c.found, true
		}
	}
	return p
}

// overlap returns how many bytes two spans share.
func overlap(a, b corpus.Span) int {
	return max(0, min(a.End, b.End)-max(a.Start, b.Start))
}

// mostly reports whether two spans share more than half of the shorter: the
// same sentence, though its ends may be seen differently.
func mostly(a, b corpus.Span) bool {
	return 2*overlap(a, b) > min(a.Len(), b.Len())
}

// alike reports whether two spans overlap or neither is there.
func alike(a, b corpus.Span) bool {
	return a.Overlaps(b) || a.Len() == 0 && b.Len() == 0
}

// bit is 1 where ok.
func bit(ok bool) int {
	if ok {
		return 1
	}
	return 0
}
