package eval

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"
	"time"
)

// Score is what a number of outcomes come to.
type Score struct {
	Kind       string  `json:"kind"`
	Answerable int     `json:"answerable"`
	None       int     `json:"none"`
	PassageAt1 float64 `json:"passage_at_1"`
	PassageAt5 float64 `json:"passage_at_5"`
	PassageMRR float64 `json:"passage_mrr"`
	ForcedAt1  float64 `json:"forced_at_1"` // share of answerable questions whose best sentence is right
	ForcedAt3  float64 `json:"forced_at_3"`
	Right      int     `json:"right_shown"`
	Wrong      int     `json:"wrong_shown"` // wrong answers to answerable questions
	False      int     `json:"false_shown"` // answers to questions that have none
	Spans      int     `json:"spans"`       // questions with right spans; EM and F1 are of no others
	EM         float64 `json:"span_em"`
	F1         float64 `json:"span_f1"`
}

// Bin is one fifth of the outcomes by confidence.
type Bin struct {
	N          int     `json:"n"`
	Confidence float64 `json:"confidence"` // mean
	Right      float64 `json:"right"`      // share whose best sentence is right
}

// Point is one point of the risk–coverage curve.
type Point struct {
	Shown    int     `json:"shown"`    // how many questions would be answered
	Coverage float64 `json:"coverage"` // the same as a share of all questions
	Risk     float64 `json:"risk"`     // share of those that would be wrong
	False    float64 `json:"false"`    // share of the questions without an answer that would be answered
}

// Report is the score of a set.
type Report struct {
	Set         string        `json:"set"`
	TunedOn     string        `json:"tuned_on,omitempty"` // whether weights were chosen by these questions, for the goldens
	Kinds       []Score       `json:"kinds"`
	Articles    []Score       `json:"articles"`
	Hints       Hinted        `json:"hints"`
	Shorts      Shorts        `json:"short_answers"`
	Baselines   []Score       `json:"baselines"` // simpler methods on the same questions; they never abstain
	All         Score         `json:"all"`
	AUC         float64       `json:"auc"` // of the confidence: rightly ranked first against unanswerable
	Bins        []Bin         `json:"calibration"`
	Brier       float64       `json:"brier"`
	BrierConst  float64       `json:"brier_constant"` // of always saying the mean
	Curve       []Point       `json:"risk_coverage"`
	ConfidentF1 float64       `json:"confident_half_f1"` // span F1 of the half whose spans are surest
	P50         time.Duration `json:"p50_ns"`
	P99         time.Duration `json:"p99_ns"`
	Missed      []Missed      `json:"-"` // every question that was not answered rightly
}

// NewReport scores outcomes.
func NewReport(name string, outcomes []Outcome) Report {
	r := Report{Set: name, All: score("all", outcomes)}
	r.Kinds = scoreBy(outcomes, func(c Case) string { return c.Kind })
	r.Articles = scoreBy(outcomes, func(c Case) string { return c.Article })
	for b, name := range baselineNames {
		of := slices.Clone(outcomes)
		for i := range of {
			of[i] = Outcome{Case: of[i].Case, Found: of[i].Baselines[b]}
		}
		r.Baselines = append(r.Baselines, score(name, of))
	}
	labelled := slices.ContainsFunc(outcomes, func(o Outcome) bool { return len(o.Case.Gold)+len(o.Case.Short) > 0 })
	for _, o := range outcomes {
		r.Hints.add(o)
		if labelled {
			r.Shorts.add(o)
		}
	}
	r.AUC = auc(outcomes)
	r.calibrate(outcomes)
	r.ConfidentF1 = confidentF1(outcomes)
	times := make([]time.Duration, len(outcomes))
	for i, o := range outcomes {
		times[i] = o.Took
	}
	slices.Sort(times)
	if n := len(times); n > 0 {
		r.P50, r.P99 = times[n/2], times[min(n-1, n*99/100)]
	}
	r.Missed = misses(outcomes)
	return r
}

// scoreBy scores the outcomes apart by what their cases are, in the order in
// which it first comes up.
func scoreBy(outcomes []Outcome, what func(Case) string) []Score {
	of := map[string][]Outcome{}
	var order []string
	for _, o := range outcomes {
		k := what(o.Case)
		if of[k] == nil {
			order = append(order, k)
		}
		of[k] = append(of[k], o)
	}
	var scores []Score
	for _, k := range order {
		scores = append(scores, score(k, of[k]))
	}
	return scores
}

// Operating is where the bot stands on the risk–coverage curve, or beside it:
// whether it answers does not hang on the confidence alone.
func (r Report) Operating() Point {
	p := Point{Shown: r.All.Right + r.All.Wrong + r.All.False, False: share(r.All.False, r.All.None)}
	p.Coverage, p.Risk = share(p.Shown, r.All.Answerable+r.All.None), share(r.All.Wrong+r.All.False, p.Shown)
	return p
}

func score(kind string, outcomes []Outcome) Score {
	s := Score{Kind: kind}
	for _, o := range outcomes {
		if o.Case.None {
			s.None++
			if o.Shown {
				s.False++
			}
			continue
		}
		s.Answerable++
		if o.Sentence == 1 {
			s.ForcedAt1++
		}
		if o.Sentence >= 1 && o.Sentence <= 3 {
			s.ForcedAt3++
		}
		if o.Passage == 1 {
			s.PassageAt1++
		}
		if o.Passage >= 1 && o.Passage <= 5 {
			s.PassageAt5++
		}
		if o.Passage > 0 {
			s.PassageMRR += 1 / float64(o.Passage)
		}
		switch {
		case o.Shown && o.Right:
			s.Right++
		case o.Shown:
			s.Wrong++
		}
		s.Spans += bit(len(o.Case.Gold) > 0)
		s.EM += o.EM
		s.F1 += o.F1
	}
	if n := float64(s.Answerable); n > 0 {
		for _, v := range []*float64{&s.PassageAt1, &s.PassageAt5, &s.PassageMRR, &s.ForcedAt1, &s.ForcedAt3, &s.EM, &s.F1} {
			*v /= n
		}
	}
	return s
}

// auc returns the probability that a rightly ranked answerable question has
// a higher confidence than an unanswerable one, ties counted half; where a set
// has no question of one of the two sorts it is NaN-free and 0.
func auc(outcomes []Outcome) float64 {
	var right, none []float64
	for _, o := range outcomes {
		switch {
		case o.Case.None:
			none = append(none, o.Confidence)
		case o.Sentence == 1:
			right = append(right, o.Confidence)
		}
	}
	return Area(right, none)
}

// Area returns the share of pairs in which the positive has the higher value,
// ties counted half; 0 where there are no pairs.
func Area(positive, negative []float64) float64 {
	if len(positive) == 0 || len(negative) == 0 {
		return 0
	}
	slices.Sort(negative)
	wins := 0.0
	for _, v := range positive {
		below, _ := slices.BinarySearch(negative, v)
		upTo, _ := slices.BinarySearch(negative, math.Nextafter(v, math.Inf(1)))
		wins += float64(below) + float64(upTo-below)/2
	}
	return wins / float64(len(positive)*len(negative))
}

// correct reports whether showing the best sentence would have been right.
func (o Outcome) correct() float64 {
	if !o.Case.None && o.Sentence == 1 {
		return 1
	}
	return 0
}

func (r *Report) calibrate(outcomes []Outcome) {
	sorted := slices.Clone(outcomes)
	slices.SortStableFunc(sorted, func(a, b Outcome) int { return cmp.Compare(b.Confidence, a.Confidence) })
	n := len(sorted)
	mean := 0.0
	for _, o := range sorted {
		mean += o.correct() / float64(n)
	}
	wrong, none := 0.0, 0
	for i, o := range sorted {
		d := o.Confidence - o.correct()
		r.Brier += d * d / float64(n)
		r.BrierConst += (mean - o.correct()) * (mean - o.correct()) / float64(n)
		wrong += 1 - o.correct()
		none += bit(o.Case.None)
		if crosses(i+1, 100, n) {
			r.Curve = append(r.Curve, Point{i + 1, float64(i+1) / float64(n), wrong / float64(i+1), share(none, r.All.None)})
		}
	}
	for b := range 5 {
		part := sorted[n*b/5 : n*(b+1)/5]
		bin := Bin{N: len(part)}
		for _, o := range part {
			bin.Confidence += o.Confidence / float64(len(part))
			bin.Right += o.correct() / float64(len(part))
		}
		r.Bins = append(r.Bins, bin)
	}
}

// crosses reports whether the i-th of n is the first beyond another of the parts.
func crosses(i, parts, n int) bool { return i*parts/n != (i-1)*parts/n }

// Tenths returns the points of the curve at each tenth of the questions.
func (r Report) Tenths() []Point {
	n := r.All.Answerable + r.All.None
	return slices.DeleteFunc(slices.Clone(r.Curve), func(p Point) bool { return !crosses(p.Shown, 10, n) })
}

func confidentF1(outcomes []Outcome) float64 {
	var answerable []Outcome
	for _, o := range outcomes {
		if len(o.Case.Gold) > 0 {
			answerable = append(answerable, o)
		}
	}
	slices.SortStableFunc(answerable, func(a, b Outcome) int { return cmp.Compare(b.Sure, a.Sure) })
	half := answerable[:len(answerable)/2]
	sum := 0.0
	for _, o := range half {
		sum += o.F1
	}
	return sum / float64(max(len(half), 1))
}

// percent writes a share of n questions, "-" where there are none: 0.0 would say
// that every span is wrong where the set has none to compare with.
func percent(share float64, n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", 100*share)
}

// Print writes the report as a table.
func (r Report) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%s\tn\tpassage@1\t@5\tMRR\tsentence@1\t@3\tright shown\twrong shown\tnone\tfalse\tEM\tF1\t\n", r.Set)
	for _, s := range append(r.Kinds, r.All) {
		fmt.Fprintf(t, "%s\t%d\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%d\t%d\t%d\t%d\t%s\t%s\t\n", s.Kind, s.Answerable, s.PassageAt1, s.PassageAt5,
			s.PassageMRR, s.ForcedAt1, s.ForcedAt3, s.Right, s.Wrong, s.None, s.False, percent(s.EM, s.Spans), percent(s.F1, s.Spans))
	}
	for _, s := range r.Baselines {
		fmt.Fprintf(t, "%s\t%d\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t-\t-\t-\t-\t-\t-\t\n", s.Kind, s.Answerable, s.PassageAt1, s.PassageAt5, s.PassageMRR, s.ForcedAt1, s.ForcedAt3)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if r.TunedOn != "" {
		fmt.Fprintln(w, r.TunedOn)
	}
	fmt.Fprintf(w, "forced right %d of %d; shown right %d; false %d of %d; AUC %.3f; Brier %.3f (constant %.3f); span F1 of the confident half %s\n",
		int(math.Round(r.All.ForcedAt1*float64(r.All.Answerable))), r.All.Answerable, r.All.Right, r.All.False, r.All.None, r.AUC, r.Brier, r.BrierConst, percent(r.ConfidentF1, r.All.Spans/2))
	if r.Shorts.Shown > 0 {
		fmt.Fprintf(w, "short answers: %v\n", r.Shorts)
	}
	fmt.Fprintf(w, "not answered, may help: %v\n", r.Hints)
	fmt.Fprint(w, "calibration (said/right):")
	for _, b := range r.Bins {
		fmt.Fprintf(w, " %.2f/%.2f", b.Confidence, b.Right)
	}
	fmt.Fprint(w, "\nrisk at coverage:")
	for _, p := range r.Tenths() {
		fmt.Fprintf(w, " %.0f%%:%.2f", 100*p.Coverage, p.Risk)
	}
	_, err := fmt.Fprintln(w)
	return err
}
