package eval

import "fmt"

// Hinted counts what was shown as what may help where the bot did not answer.
type Hinted struct {
	One          int `json:"one"` // answerable questions for which one sentence was shown
	OneRight     int `json:"one_right"`
	Several      int `json:"several"`
	SeveralRight int `json:"several_right"` // a right one is among them
	Nothing      int `json:"nothing"`
	NothingRight int `json:"nothing_right"` // the best sentence would have been right

	NoneOne     int `json:"none_one"` // the same of questions that have no answer
	NoneSeveral int `json:"none_several"`
	NoneNothing int `json:"none_nothing"`
}

// add counts what became of a question where it was not answered.
func (h *Hinted) add(o Outcome) {
	if !o.Shown {
		h.count(o, len(o.Answer.Hints))
	}
}

// count counts a question of whose best sentences n are shown.
func (h *Hinted) count(o Outcome, n int) {
	right := bit(o.Sentence >= 1 && o.Sentence <= max(n, 1))
	switch {
	case o.Case.None && n == 0:
		h.NoneNothing++
	case o.Case.None && n == 1:
		h.NoneOne++
	case o.Case.None:
		h.NoneSeveral++
	case n == 0:
		h.Nothing++
		h.NothingRight += right
	case n == 1:
		h.One++
		h.OneRight += right
	default:
		h.Several++
		h.SeveralRight += right
	}
}

func (h Hinted) String() string {
	return fmt.Sprintf("one %d, right %d; several %d, right among them %d; nothing %d, the best right %d; where there is no answer: one %d, several %d, nothing %d",
		h.One, h.OneRight, h.Several, h.SeveralRight, h.Nothing, h.NothingRight, h.NoneOne, h.NoneSeveral, h.NoneNothing)
}
