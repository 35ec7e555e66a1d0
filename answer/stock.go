package answer

import (
	"regexp"
	"slices"
	"strings"

	"footnote/answer/annotate"
)

// asksStock matches questions for how many there are, or somebody has.
var asksStock = regexp.MustCompile(`(?i)\bhow many\b.*(?:\b(?:(?:do|does|did)\b.*\b(?:have|own|command|lead|employ)|(?:are|were) there)\b|\bha(?:s|ve)\W*$)`)

// losses are kinds of figures that tell how many are no more, or no longer there.
var losses = []string{"killed", "wounded", "injured", "displaced", "lost"}

// stock tells, of a question for how many there are, which sentences count losses alone.
type stock struct {
	losses *matcher
	terms  map[int]*localTerms // of the articles so far
}

// stock returns nil where a question asks for something else, or for losses itself:
// "how many dead are there".
func (l *Library) stock(q *parsed) *stock {
	if !q.Many || !asksStock.MatchString(q.Text) {
		return nil
	}
	lost := l.countOf(losses)
	for _, c := range q.Concepts {
		for _, k := range lost.Concepts {
			for t, weight := range k.Terms {
				if min(weight, c.Terms[t]) >= 0.5 {
					return nil
				}
			}
		}
	}
	return &stock{l.newMatcher(lost), map[int]*localTerms{}}
}

// onlyLosses reports whether each figure of a sentence counts a loss: "killed 12
// people", "12 people were killed".
func (s *stock) onlyLosses(doc int, p *annotate.Doc, sentence int) bool {
	if s == nil {
		return false
	}
	if s.terms[doc] == nil {
		s.terms[doc] = s.losses.local(p)
	}
	in, found := &p.Sentences[sentence], false
	loss := func(k int) bool {
		return k >= 0 && slices.ContainsFunc(s.terms[doc].of(in.Tokens[k].Term).terms, func(t termMatch) bool { return t.weight >= 0.8 })
	}
	for _, f := range figuresOf(p, sentence) {
		found = loss(f.First - 1)
		for k := f.Last + 1; k < len(in.Tokens) && k <= f.Last+counted && !found; k++ {
			if p.Word(in.Tokens[k]) == "and" || in.Tokens[k].Class.Is(annotate.Number) || strings.ContainsAny(p.Gap(in.Tokens[k-1], in.Tokens[k]), ",;:") {
				break
			}
			found = loss(k)
		}
		if !found {
			return false
		}
	}
	return found
}
