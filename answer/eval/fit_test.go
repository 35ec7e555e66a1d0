package eval

import (
	"flag"
	"fmt"
	"math"
	"slices"
	"testing"
)

var fitConfidence = flag.Bool("fit", false, "print the weights of the confidence, fitted to all that it is tuned on")

// fitCase is one question with the signals of its best sentence.
type fitCase struct {
	outcome Outcome
	signals []float64 // the first is 1, for the bias
	names   []string
	group   string  // questions on one article are left out together
	natural bool    // not of SQuAD
	weight  float64 // how much the question counts
}

// What a question counts beside a natural one that has an answer. Of SQuAD 2
// a third is asked, half as many again as of natural ones; they were written with the
// passage in view, and false answers are worse than missing ones.
const (
	squadWeight = 0.1 * squadSample
	noneWeight  = 1.6
)

// TestConfidence says how good the confidence is on questions whose articles
// it was not fitted on: every twelfth of the articles is left out in turn.
// With -fit it prints what the table of signals should hold.
func TestConfidence(t *testing.T) {
	var cases []fitCase
	for _, name := range tunedSets {
		cases = append(cases, fitCases(asked(t, name), 1)...)
	}
	natural := len(cases)
	cases = append(cases, fitCases(asked(t, "squad2"), squadWeight)...)

	if *fitConfidence {
		w := fit(cases)
		for i, name := range cases[0].names {
			t.Logf("%-10s %5.1f", name, w[i])
		}
	}
	var groups []string
	for _, c := range cases {
		if !slices.Contains(groups, c.group) {
			groups = append(groups, c.group)
		}
	}
	slices.Sort(groups)
	const folds = 12
	for fold := range folds {
		left := func(c fitCase) bool { return slices.Index(groups, c.group)%folds == fold }
		w := fit(slices.DeleteFunc(slices.Clone(cases), left))
		for i := range cases {
			if left(cases[i]) {
				cases[i].outcome.Confidence = probability(w, cases[i].signals)
			}
		}
	}
	outcomes := make([]Outcome, len(cases))
	for i, c := range cases {
		outcomes[i] = c.outcome
	}
	const leftOut = "of every article the confidence is fitted on other articles; right shown and false are as shipped"
	golden(t, "confidence-natural", leftOut, NewReport("natural, cross-validated", outcomes[:natural]))
	golden(t, "confidence-squad2", sampled+leftOut, NewReport("squad2, cross-validated", outcomes[natural:]))
	r := NewReport("natural", outcomes[:natural])
	mean := 0.0
	for _, b := range r.Bins {
		off := math.Abs(b.Confidence - b.Right)
		mean += off / float64(len(r.Bins))
		if off > 0.12 {
			t.Errorf("calibration: a fifth said %.2f and was right %.2f", b.Confidence, b.Right)
		}
	}
	if mean > 0.04 || r.Brier >= r.BrierConst {
		t.Errorf("calibration: off by %.3f in the mean, Brier score %.3f against %.3f of a constant", mean, r.Brier, r.BrierConst)
	}
}

// fit returns the weights of the confidence, the first the bias: a logistic
// regression in which cases count by their weight, and after it the scale and
// the bias that suit the natural questions as they are (Platt, 1999).
func fit(cases []fitCase) []float64 {
	w := logistic(cases, 1)
	var natural []fitCase
	for _, c := range cases {
		if c.natural {
			z := 0.0
			for i, v := range c.signals {
				z += w[i] * v
			}
			natural = append(natural, fitCase{outcome: c.outcome, signals: []float64{1, z}, weight: 1})
		}
	}
	platt := logistic(natural, 0)
	for i := range w {
		w[i] *= platt[1]
	}
	w[0] += platt[0]
	return w
}

// fitCases keeps the signals, those that have a weight, of questions that count so
// much each.
func fitCases(all []answered, weight float64) []fitCase {
	var cases []fitCase
	for _, a := range all {
		c := fitCase{outcome: a.Outcome, group: a.group, weight: weight, natural: weight == 1}
		if c.natural && a.Case.None {
			c.weight = noneWeight
		}
		for _, s := range a.trace.Signals {
			if s.Name == "margin" && !c.natural {
				s.Value = 0 // a paragraph alone has no other to lead
			}
			if s.Weight != 0 {
				c.signals, c.names = append(c.signals, s.Value), append(c.names, s.Name)
			}
		}
		if len(cases) > 0 && len(c.signals) > 0 && !slices.Equal(c.names, cases[0].names) {
			panic(fmt.Sprintf("%q is judged by %v, others by %v", a.Case.Question, c.names, cases[0].names))
		}
		if len(c.signals) > 0 { // else nothing was found: nothing to fit
			cases = append(cases, c)
		}
	}
	return cases
}

func probability(w, x []float64) float64 {
	z := 0.0
	for i, v := range x {
		z += w[i] * v
	}
	return 1 / (1 + math.Exp(-z))
}

// logistic fits a logistic regression with a ridge by Newton's method.
func logistic(cases []fitCase, ridge float64) []float64 {
	n := len(cases[0].signals)
	w := make([]float64, n)
	for range 25 {
		gradient := make([]float64, n)
		hessian := make([][]float64, n)
		for i := range hessian {
			hessian[i] = make([]float64, n)
			if i > 0 { // the bias is free
				hessian[i][i] = ridge
				gradient[i] = -ridge * w[i]
			}
		}
		for _, c := range cases {
			p := probability(w, c.signals)
			for i, x := range c.signals {
				gradient[i] += c.weight * (c.outcome.correct() - p) * x
				for k, y := range c.signals {
					hessian[i][k] += c.weight * p * (1 - p) * x * y
				}
			}
		}
		for i, d := range solve(hessian, gradient) {
			w[i] += d
		}
	}
	return w
}

// solve solves a system of linear equations by elimination with pivots.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		pivot := i
		for k := i + 1; k < n; k++ {
			if math.Abs(a[k][i]) > math.Abs(a[pivot][i]) {
				pivot = k
			}
		}
		a[i], a[pivot], b[i], b[pivot] = a[pivot], a[i], b[pivot], b[i]
		for k := i + 1; k < n; k++ {
			f := a[k][i] / a[i][i]
			for j := i; j < n; j++ {
				a[k][j] -= f * a[i][j]
			}
			b[k] -= f * b[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b
}
