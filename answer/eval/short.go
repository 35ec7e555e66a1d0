package eval

import "fmt"

// rightShort is the F1 from which on a short answer is taken for right.
const rightShort = 0.8

// Shorts counts the short answers that are shown beside quotations, of questions
// whose right short answers are known, and of all whose sentence is not right.
type Shorts struct {
	Shown int `json:"shown"`
	Right int `json:"right"`
	Lost  int `json:"wrong_sentence"` // of those shown, how many stand in a wrong sentence
}

// add counts the short answer of a question where one was shown.
func (s *Shorts) add(o Outcome) {
	if o.Shown && o.Answer.Answer != o.Answer.Quote {
		s.count(o, o.Answer.Answer)
	}
}

// count counts a short answer.
func (s *Shorts) count(o Outcome, short string) {
	gold := o.Case.Short
	for _, g := range o.Case.Gold {
		gold = append(gold, g.Text)
	}
	inRight := o.Sentence == 1 && !o.Case.None
	if inRight && len(gold) == 0 {
		return // nobody labelled it
	}
	s.Shown++
	best := 0.0
	for _, g := range gold {
		best = max(best, f1(short, g))
	}
	s.Right += bit(inRight && best >= rightShort)
	s.Lost += bit(!inRight)
}

func (s Shorts) String() string {
	return fmt.Sprintf("shown %d, right %d, in a wrong sentence %d", s.Shown, s.Right, s.Lost)
}
