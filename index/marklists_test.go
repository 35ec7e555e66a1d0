package index_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"footnote/index"
)

// Marks of any number, form and count are found as they were put, whether a
// segment was filled with them or joined of others, of which some articles are dead.
func TestMarks(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 21))
		letters := []string{"a", "b", "\x00", "é", "\xff", "longer than most "}[:2+r.IntN(5)]
		terms := make([]string, 1+r.IntN(400))
		for i := range terms {
			for range r.IntN(6) {
				terms[i] += letters[r.IntN(len(letters))]
			}
		}
		articles := make([][]index.Document, 1+r.IntN(60))
		for i := range articles {
			articles[i] = make([]index.Document, 1+r.IntN(20))
			for j := range articles[i] {
				d := &articles[i][j]
				d.Language = "en"
				for range r.IntN(12) {
					m := index.Mark{Field: fmt.Sprint(r.IntN(3)), Term: terms[min(r.IntN(len(terms)), r.IntN(len(terms)))]}
					for range 1 + r.IntN(2)*r.IntN(200) {
						d.Marks = append(d.Marks, m)
					}
				}
			}
		}
		segment := func(fill func(w *index.Writer) error) *index.Segment {
			s, err := index.InMemory(t.Context(), func(w *index.Writer) error {
				w.BatchSize(100)
				return fill(w)
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			return s
		}
		// Where an article lies decides nothing: some are in one segment, the rest in another
		// that is joined of two.
		put := func(from, to int) *index.Segment {
			return segment(func(w *index.Writer) error {
				for _, a := range articles[from:to] {
					if err := w.Add(a); err != nil {
						return err
					}
				}
				return nil
			})
		}
		n := len(articles)
		parts := []*index.Segment{put(0, (n+1)/2)}
		if n > 3 {
			a, b := put((n+1)/2, n-1), put(n-1, n)
			parts = append(parts, segment(func(w *index.Writer) error {
				all := func(int) bool { return true }
				if err := w.Take(a, all); err != nil {
					return err
				}
				return w.Take(b, all)
			}))
		} else if n > 1 {
			parts = append(parts, put((n+1)/2, n))
		}
		want := map[index.Mark][]index.Place{}
		var library []index.Part
		number, article := 0, 0
		for _, s := range parts {
			p := index.Part{Segment: s, First: make([]int, s.Articles())}
			for i := range p.First {
				passages := articles[article]
				article++
				if r.IntN(4) == 0 {
					p.First[i] = -1
					continue
				}
				p.First[i] = number
				for _, d := range passages {
					count := map[index.Mark]int{}
					for _, m := range d.Marks {
						count[m]++
					}
					for m, n := range count {
						want[m] = append(want[m], index.Place{Number: number, Count: n})
					}
					number++
				}
			}
			library = append(library, p)
		}
		x := index.NewIndex(library)
		for m, places := range want {
			if got, err := x.Marked(t.Context(), m.Field, m.Term); err != nil || !slices.Equal(got, places) {
				t.Fatalf("round %d: %q: %v, %v, want %v", seed, m, got, err, places)
			}
		}
		for range 60 {
			field, prefix := fmt.Sprint(r.IntN(4)), terms[r.IntN(len(terms))]
			prefix = prefix[:r.IntN(len(prefix)+1)] + strings.Repeat("z", r.IntN(4)/3)
			var marks []index.MarkCount
			for _, m := range slices.SortedFunc(maps.Keys(want), func(a, b index.Mark) int { return strings.Compare(a.Term, b.Term) }) {
				if m.Field == field && strings.HasPrefix(m.Term, prefix) {
					marks = append(marks, index.MarkCount{Term: m.Term, Passages: len(want[m])})
				}
			}
			if got, err := x.MarkedPrefix(t.Context(), field, prefix, 1000); err != nil || !slices.Equal(got, marks) {
				t.Fatalf("round %d: marks of %s with %q: %v, %v, want %v", seed, field, prefix, got, err, marks)
			}
			if got, err := x.Marked(t.Context(), field, prefix); err != nil || !slices.Equal(got, want[index.Mark{Field: field, Term: prefix}]) {
				t.Fatalf("round %d: %s %q: %v, %v", seed, field, prefix, got, err)
			}
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
}
