package eval

import (
	"regexp"
	"testing"

	"footnote/answer"
	"footnote/corpus"
)

func TestMissed(t *testing.T) {
	lib := openBy(t, model(t), []*corpus.Article{tides})
	sentences := tides.Passages[0].Sentences
	place := func(s corpus.Span, coverage float64) answer.Place {
		return answer.Place{Article: tides.ID, Span: s, Parts: []answer.Part{{Name: "coverage", Value: coverage, Weight: 2}, {Name: "lead", Value: 1, Weight: 1}}}
	}
	boats, nets, gulls := place(sentences[0].Span, 0.25), place(sentences[1].Span, 1), place(tides.Passages[1].Sentences[1].Span, 0)
	asks := func(pattern string) Case { return Case{Pattern: regexp.MustCompile(pattern)} }
	cafe := at(tides, "café")
	for _, c := range []struct {
		name    string
		of      Case
		shown   bool
		ranking []answer.Place
		what    string // "" where it is no miss
		rank    int
		wanted  string  // what is marked in the quotation
		gain    float64 // of the part that differs most
	}{
		{"right and shown", asks("12 boats"), true, []answer.Place{boats, nets}, "", 0, "", 0},
		{"right, not shown", asks("12 boats"), false, []answer.Place{boats, nets}, NotShown, 1, "12 boats", 0},
		{"ranked below", asks("12 boats"), false, []answer.Place{nets, boats}, Below, 2, "12 boats", 1.5},
		{"another shown", asks("12 boats"), true, []answer.Place{nets, boats}, WrongShown, 2, "12 boats", 1.5},
		{"not looked at", asks("gulls"), false, []answer.Place{nets, boats}, NotLooked, 0, "gulls", 0},
		{"nothing looked at", asks("gulls"), false, nil, NotLooked, 0, "gulls", 0},
		{"over two sentences", asks("sank. “We"), false, []answer.Place{nets}, NotLooked, 0, "", 0},
		{"nowhere", asks("whales"), false, []answer.Place{nets}, NotLooked, 0, "", 0},
		{"a gold span", Case{Gold: []Gold{{cafe, "café"}}}, false, []answer.Place{nets, gulls}, Below, 2, "café", 2},
		{"false", Case{None: true}, true, []answer.Place{boats}, FalseShown, 0, "", 0},
		{"rightly silent", Case{None: true}, false, []answer.Place{boats}, "", 0, "", 0},
	} {
		o := Outcome{Case: c.of, Shown: c.shown}
		trace := answer.Trace{Sentences: c.ranking}
		if o.Case.Article = tides.ID; c.shown {
			trace.Answer.Status = answer.Answered
		}
		o.judge(trace, tides)
		m := sure(o.missed(trace, lib, tides))
		if m == nil || c.what == "" {
			if m != nil || c.what != "" {
				t.Errorf("%s: %+v, want %q", c.name, m, c.what)
			}
			continue
		}
		marked := m.Wanted.Quote[m.Wanted.Mark.Start:m.Wanted.Mark.End]
		gain := 0.0
		if len(m.Apart) > 0 {
			gain = m.Apart[0].Gain
		}
		if m.What != c.what || m.Rank != c.rank || marked != c.wanted || gain != c.gain || m.Looked != len(c.ranking) {
			t.Errorf("%s: %q, rank %d of %d, marked %q, gain %.2f; want %q, %d, %q, %.2f", c.name, m.What, m.Rank, m.Looked, marked, gain, c.what, c.rank, c.wanted, c.gain)
		}
		if len(c.ranking) > 0 && m.Top.Quote != tides.Quote(c.ranking[0].Span) {
			t.Errorf("%s: %q is said to have stood first", c.name, m.Top.Quote)
		}
	}
}
