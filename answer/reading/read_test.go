package reading

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"footnote/encoder"
	"footnote/encoder/encodertest"
)

func tiny(t testing.TB) *encoder.Model {
	t.Helper()
	m, err := encoder.Load(encodertest.Tiny(nil))
	if err != nil {
		t.Fatal(err)
	}
	if !Reads(m) {
		t.Fatal("the model does not read")
	}
	return m
}

// Spans lie in their sentences, are whole pieces, and take their share of what is likely.
func TestRead(t *testing.T) {
	long := strings.Repeat("the boats sank ", 40)
	cases := []struct {
		name, question, about string
		sentences             []string
		empty                 []int // sentences that nothing is read of
	}{
		{"plain", "the boat?", "", []string{"The boats sank.", "Krag sang."}, nil},
		{"heading", "the boat?", "Krag", []string{"The boats sank.", "Krag sang."}, nil},
		{"no question", "", "", []string{"The boats sank."}, nil},
		{"nothing", "the boat?", "", nil, nil},
		{"empty sentence", "the boat?", "", []string{"", "The boats sank.", " "}, []int{0, 2}},
		{"too long", "the boat?", "", []string{"The boats sank.", long, "Krag sang."}, []int{2}},
		{"all long", long, long, []string{long}, nil},
	}
	m := tiny(t)
	r := NewReader(m)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := r.Read(c.question, c.about, c.sentences)
			if again := NewReader(m).Read(c.question, c.about, c.sentences); !reflect.DeepEqual(got, again) {
				t.Errorf("another reader reads %+v, not %+v", again, got)
			}
			if len(got.Spans) != len(c.sentences) || math.IsNaN(got.Answers) {
				t.Fatalf("%+v of %d sentences", got, len(c.sentences))
			}
			total := 0.0
			for i, s := range got.Spans {
				if s.Start < 0 || s.End > len(c.sentences[i]) || (s.Start >= s.End) != slices.Contains(c.empty, i) {
					t.Errorf("sentence %d: span %+v", i, s)
				}
				if s.Sure < 0 || s.Sure > 1 {
					t.Errorf("sentence %d: %v sure", i, s.Sure)
				}
				total += s.Sure
			}
			if total > 1 {
				t.Errorf("the spans together are %v sure", total)
			}
		})
	}
}

// The likeliest span is the one with the highest sum, of equal ones the first.
func TestSpans(t *testing.T) {
	r := &Reader{sentence: []int{0, 0, 0, 1}, begin: []float64{1, 3, 0, 5}, end: []float64{4, 2, 2, -9}}
	for i := range r.sentence {
		r.at = append(r.at, encoder.Piece{Start: 3 * i, End: 3*i + 2})
	}
	out := make([]Span, 3)
	r.spans(out, 1, 1)
	if out[0].Start != 0 || out[0].End != 2 && out[0].End != 5 || out[0].Score != 3 {
		t.Errorf("first sentence: %+v", out[0])
	}
	if out[1] != (Span{Start: 9, End: 11, Score: -6, Sure: out[1].Sure}) {
		t.Errorf("second sentence: %+v", out[1])
	}
	if out[2].End != 0 || !math.IsInf(out[2].Score, -1) {
		t.Errorf("a sentence that was cut off: %+v", out[2])
	}
}

func FuzzRead(f *testing.F) {
	f.Add("the boat?", "Krag", "The boats sank.", "Krag sang.")
	f.Add("東", "\xff", "é", "")
	r := NewReader(tiny(f))
	f.Fuzz(func(t *testing.T, question, about, a, b string) {
		for i, s := range r.Read(question, about, []string{a, b}).Spans {
			if text := []string{a, b}[i]; s.Start < 0 || s.End > len(text) || s.Start > s.End || !(s.Sure >= 0 && s.Sure <= 1) {
				t.Errorf("%q: span %+v", text, s)
			}
		}
	})
}
