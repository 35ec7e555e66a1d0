package eval

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"footnote/answer"
)

// LoadedScore is how many of the loaded questions, which take for granted what
// the article does not state, were left unanswered; and what refusing costs: how
// many fair twins, which ask of the same deeds rightly, were answered.
type LoadedScore struct {
	Questions int    `json:"questions"`
	Right     int    `json:"right"` // left unanswered
	Fair      int    `json:"fair"`
	FairRight int    `json:"fair_right"` // answered with a right sentence
	Traps     []Trap `json:"traps"`      // the loaded questions, by kind
}

// Trap is how many loaded questions of a kind were left unanswered.
type Trap struct {
	Kind      string `json:"kind"`
	Questions int    `json:"questions"`
	Right     int    `json:"right"`
}

// scoreLoaded asks every loaded question and fair twin of the whole library.
func (s *LoadedScore) scoreLoaded(ctx context.Context, lib *answer.Library, cases []Case) ([]Miss, error) {
	outcomes, err := Run(ctx, lib, &Set{Cases: cases}, Options{})
	if err != nil {
		return nil, err
	}
	var misses []Miss
	for _, o := range outcomes {
		a, c := o.Answer, o.Case
		if a.Err != nil {
			return nil, fmt.Errorf("loaded question %s: %w", c.ID, a.Err)
		}
		if s.count(o) {
			continue
		}
		m := Miss{Sort: "loaded", What: "answered", Article: c.ID + " " + c.Article, Label: "no answer", Text: c.Question}
		if !c.None {
			m.What, m.Label = "fair, not answered rightly", c.Pattern.String()
		}
		if o.Shown {
			m.Got = fmt.Sprintf("“%s” with confidence %.2f in “%s”", a.Answer, a.Confidence, a.Quote)
		}
		misses = append(misses, m)
	}
	return misses, nil
}

// count takes in what became of a question and reports whether that was right.
func (s *LoadedScore) count(o Outcome) bool {
	if !o.Case.None {
		s.Fair++
		s.FairRight += bit(o.Right)
		return o.Right
	}
	i, ok := slices.BinarySearchFunc(s.Traps, o.Case.Kind, func(t Trap, kind string) int { return strings.Compare(t.Kind, kind) })
	if !ok {
		s.Traps = slices.Insert(s.Traps, i, Trap{Kind: o.Case.Kind})
	}
	s.Questions++
	s.Traps[i].Questions++
	s.Right += bit(!o.Shown)
	s.Traps[i].Right += bit(!o.Shown)
	return !o.Shown
}

// table returns how each sort of trap fared.
func (s LoadedScore) table() Table {
	t := Table{Header: []string{"loaded", "n", "unanswered"}}
	for _, trap := range s.Traps {
		t.Rows = append(t.Rows, []string{trap.Kind, strconv.Itoa(trap.Questions), strconv.Itoa(trap.Right)})
	}
	return t
}
