package answer

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	"footnote/answer/annotate"
	"footnote/corpus"
	"footnote/internal/exact"
)

// The span model chooses the short answer inside a sentence: a linear model
// over named features of every candidate, in the manner of the logistic
// regression baseline of Rajpurkar et al. (SQuAD, 2016), without a parser.
// Its weights stand in spans.weights, a weight and its name a line.

//go:embed spans.weights
var spanWeightsFile string

// maxSpan is how long a short answer may be, in tokens.
const maxSpan = 14

// spanWeights returns the weights by name of feature.
var spanWeights = sync.OnceValue(func() map[string]float64 {
	w := map[string]float64{}
	for line := range strings.Lines(spanWeightsFile) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		value, name, ok := strings.Cut(line, " ")
		v, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil {
			panic(fmt.Sprintf("spans.weights: %q is not a number and a name", line)) // unreachable: a test reads the file
		}
		w[name] = v
	}
	return w
})

// legal reports whether tokens i to j can be an answer: no function words at
// the end, brackets and quotation marks paired.
func (c *spanContext) legal(i, j int) bool {
	switch c.kind[j] {
	case "the", "a", "an", "and", "aux", "wh":
		return false
	}
	switch c.kind[i] {
	case "and", "aux":
		return false
	}
	if c.s.Tokens[i].Start < c.label.End {
		return false // who speaks is not what he says
	}
	if word := c.p.Word(c.s.Tokens[i]); c.q.Asked == aPerson && (word == "not" || word == "never" || i == j && c.l.words.Hedge(word) != "") {
		return false // "the board, not the mayor", "mostly tourists"
	}
	text := c.p.Article.Text[c.s.Tokens[i].Start:c.s.Tokens[j].End]
	return strings.Count(text, "(") == strings.Count(text, ")") && strings.Count(text, "“") == strings.Count(text, "”") && strings.Count(text, "\"")%2 == 0
}

// repeats reports whether tokens i to j say no more than the question does: "the
// tower" to "Who painted the tower?". They take their share of what is likely.
func (c *spanContext) repeats(i, j int) bool {
	for k := i; k <= j; k++ {
		if !c.s.Tokens[k].Class.Is(annotate.Stop) && (c.hit[k] < 0 || c.q.Concepts[c.hit[k]].Terms[c.p.Strings[c.s.Tokens[k].Term]] < 0.9) {
			return false
		}
	}
	return true
}

// bestSpan returns the candidate with the highest score, the first of equal
// ones, and the probability that the model gives to it and to those that
// differ from it by no more than a word at each end.
func (c *spanContext) bestSpan() (corpus.Span, float64) {
	weights := spanWeights()
	bestI, bestJ, best := -1, -1, math.Inf(-1)
	type candidate struct {
		i, j  int
		score float64
	}
	var all []candidate
	var key []byte
	for i := range c.s.Tokens {
		for j := i; j < len(c.s.Tokens) && j < i+maxSpan; j++ {
			if !c.legal(i, j) {
				continue
			}
			score := 0.0
			c.features(i, j, func(group, name string) {
				key = append(append(append(key[:0], group...), '='), name...)
				score += weights[string(key)]
			})
			all = append(all, candidate{i, j, score})
			if score > best && !c.repeats(i, j) {
				bestI, bestJ, best = i, j, score
			}
		}
	}
	if bestI < 0 {
		return corpus.Span{}, 0
	}
	sum, like := 0.0, 0.0
	for _, k := range all {
		p := exact.Exp(k.score - best)
		sum += p
		if max(k.i-bestI, bestI-k.i) <= 1 && max(k.j-bestJ, bestJ-k.j) <= 1 {
			like += p
		}
	}
	return corpus.Span{Start: c.s.Tokens[bestI].Start, End: c.s.Tokens[bestJ].End}, like / sum
}
