package eval

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// rankedCase is one question with the features of the sentences that stand first.
type rankedCase struct {
	set, group string
	features   [][]float64
	right      []bool
}

// TestWeights says how often the first sentence is right where the weights were
// fitted to questions on other articles, and with those that ship. With -fit it
// prints what the table of features should hold.
func TestWeights(t *testing.T) {
	var cases []rankedCase
	var names []string
	var shipped []float64
	questions := map[string]int{}
	for _, name := range tunedSets {
		for _, a := range asked(t, name) {
			if a.Case.None {
				continue
			}
			questions[name]++
			c := rankedCase{set: name, group: a.group}
			article, err := a.lib.Article(a.Case.Article)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range a.trace.Sentences {
				values := make([]float64, len(p.Parts))
				for i, part := range p.Parts {
					values[i] = part.Value
					if len(names) < len(p.Parts) {
						names, shipped = append(names, part.Name), append(shipped, part.Weight)
					}
				}
				c.features = append(c.features, values)
				c.right = append(c.right, a.Case.right(p.Article, a.Case.Article, p.Span, article))
			}
			if slices.Contains(c.right, true) {
				cases = append(cases, c)
			}
		}
	}
	if *fitConfidence {
		for i, w := range listwise(cases, len(names)) {
			t.Logf("%-10s %6.2f", names[i], w)
		}
	}
	groups := map[string]int{}
	for _, c := range cases {
		if _, ok := groups[c.group]; !ok {
			groups[c.group] = len(groups)
		}
	}
	const folds = 6
	left, kept := map[string]int{}, map[string]int{}
	for fold := range folds {
		out := func(c rankedCase) bool { return groups[c.group]%folds == fold }
		w := listwise(slices.DeleteFunc(slices.Clone(cases), out), len(names))
		for _, c := range cases {
			if out(c) {
				left[c.set] += first(c, w)
				kept[c.set] += first(c, shipped)
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "right sentence first  asked  fitted to other articles  as shipped\n")
	for _, s := range tunedSets {
		n := float64(questions[s])
		fmt.Fprintf(&b, "%-21s  %5d  %24.3f  %10.3f\n", s, questions[s], float64(left[s])/n, float64(kept[s])/n)
	}
	goldenText(t, "weights", b.String())
}

// first returns 1 where the weights put a right sentence first.
func first(c rankedCase, w []float64) int {
	best, at := math.Inf(-1), 0
	for i, f := range c.features {
		if s := dot(w, f); s > best {
			best, at = s, i
		}
	}
	if c.right[at] {
		return 1
	}
	return 0
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// listwise fits weights so that the right sentences of each question get most of
// a softmax over its candidates (ListNet with one right answer; Cao et al. 2007),
// by Newton's method with the curvature of the softmax alone, in steps that are
// halved until they gain.
func listwise(cases []rankedCase, n int) []float64 {
	const ridge = 1.0
	loss := func(w []float64) float64 {
		sum := ridge / 2 * dot(w, w)
		for _, c := range cases {
			all, _ := c.softmax(w)
			share := 0.0
			for k, p := range all {
				if c.right[k] {
					share += p
				}
			}
			sum -= math.Log(share)
		}
		return sum
	}
	w := make([]float64, n)
	for range 12 {
		gradient, hessian := make([]float64, n), make([][]float64, n)
		for i := range hessian {
			hessian[i] = make([]float64, n)
			hessian[i][i] = ridge
			gradient[i] = -ridge * w[i]
		}
		for _, c := range cases {
			all, right := c.softmax(w)
			for i := range n {
				for k, f := range c.features {
					gradient[i] += (right[k] - all[k]) * f[i]
				}
			}
			mean := make([]float64, n)
			for k, f := range c.features {
				for i, x := range f {
					mean[i] += all[k] * x
				}
			}
			for k, f := range c.features {
				for i := range n {
					for j := range n {
						hessian[i][j] += all[k] * (f[i] - mean[i]) * (f[j] - mean[j])
					}
				}
			}
		}
		step, now := solve(hessian, gradient), loss(w)
		for size := 1.0; size > 1e-3; size /= 2 {
			next := make([]float64, n)
			for i := range next {
				next[i] = w[i] + size*step[i]
			}
			if loss(next) < now {
				w = next
				break
			}
		}
	}
	return w
}

// softmax returns what falls to each candidate, and of that of the right ones.
func (c rankedCase) softmax(w []float64) (all, right []float64) {
	all, right = make([]float64, len(c.features)), make([]float64, len(c.features))
	most := math.Inf(-1)
	for k, f := range c.features {
		all[k] = dot(w, f)
		most = max(most, all[k])
	}
	sum, share := 0.0, 0.0
	for k := range all {
		all[k] = math.Exp(all[k] - most)
		sum += all[k]
		if c.right[k] {
			share += all[k]
		}
	}
	for k := range all {
		if c.right[k] {
			right[k] = all[k] / share
		}
		all[k] /= sum
	}
	return all, right
}
