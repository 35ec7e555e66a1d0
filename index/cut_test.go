package index_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"footnote/index"
	"footnote/internal/race"
)

// cut lays the articles of a library at random into segments, among others that are dead.
func cut(t *testing.T, r *rand.Rand, docs []passage) *index.Index {
	t.Helper()
	type piece struct {
		first int // number of the first passage, -1 where it is dead
		docs  []passage
	}
	var pieces []piece
	for from := 0; from < len(docs); {
		to := from
		for to < len(docs) && docs[to].Article == docs[from].Article {
			to++
		}
		pieces = append(pieces, piece{from, docs[from:to]})
		from = to
	}
	for _, dead := range pieces[:r.IntN(len(pieces)+1)] { // as when an article was edited, or belongs to another library
		dead.first = -1
		dead.docs = slices.Clone(dead.docs)
		dead.docs[0].Text += " " + sentence(r, dead.docs[0].Language, 9)
		pieces = append(pieces, dead)
	}
	r.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
	var parts []index.Part
	for len(pieces) > 0 {
		n := 1 + r.IntN(len(pieces))
		var in []passage
		var first []int
		for i, p := range pieces[:n] {
			for _, d := range p.docs {
				d.Article = fmt.Sprint(i)
				in = append(in, d)
			}
			first = append(first, p.first)
		}
		s, err := index.InMemory(t.Context(), fill(in, nil))
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, index.Part{Segment: s, First: first})
		pieces = pieces[n:]
	}
	x := index.NewIndex(parts)
	for _, p := range parts {
		if err := p.Segment.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// However a library is cut into segments, and whatever is dead in them, it is
// the same library, to the last bit of a score.
func TestCutsAreEqual(t *testing.T) {
	corpora, questions := 30, 40
	if testing.Short() || race.On {
		corpora = 6
	}
	for seed := range corpora {
		r := rand.New(rand.NewPCG(uint64(seed), 3))
		languageCount := 1 + r.IntN(len(languages))
		docs := invented(r, 1+r.IntN(400), languageCount)
		whole, pieces, book := inMemory(t, docs), cut(t, r, docs), newTextbook(docs)
		if got, want := pieces.Languages(), whole.Languages(); !slices.Equal(got, want) {
			t.Fatalf("languages %v, want %v", got, want)
		}
		for _, l := range whole.Languages() {
			if got, want := pieces.AvgLen(l), whole.AvgLen(l); got != want || pieces.Documents(l) != whole.Documents(l) {
				t.Fatalf("%s: mean length %v of %d passages, want %v of %d", l, got, pieces.Documents(l), want, whole.Documents(l))
			}
		}
		for range questions {
			q := question(r, languageCount)
			agree(t, pieces, book, q)
			got, err := pieces.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for i, x := range []*index.Index{whole.Pruned(), whole.Dense(), pieces.Pruned(), pieces.Dense()} {
				if other, err := x.Search(t.Context(), q); err != nil || inBytes(got) != inBytes(other) {
					t.Fatalf("seed %d, way %d: %+v\n got %v, %v\nwant %v", seed, i, q, other, err, got)
				}
			}
			for _, term := range q.Terms {
				got, err := pieces.DocFreq(t.Context(), term.Language, term.Text)
				if want := int(book.holding[word{term.Language, term.Text, false}]); got != want || err != nil {
					t.Fatalf("DocFreq(%v) = %d, %v, want %d", term, got, err, want)
				}
			}
		}
		marksAgree(t, pieces, docs)
	}
}

// marksAgree holds what passages are marked with, which is [marksOf], against
// what is found by it.
func marksAgree(t *testing.T, x *index.Index, docs []passage) {
	t.Helper()
	want := map[string][]index.Place{}
	for i, d := range docs {
		seen := map[string]int{}
		for _, m := range marksOf(d) {
			if m.Field == "label" {
				seen[m.Term]++
			}
		}
		for m, n := range seen {
			want[m] = append(want[m], index.Place{Number: i, Count: n})
		}
	}
	for m := range want {
		for _, most := range []int{len(want[m]) - 1, len(want[m])} {
			got, more, err := x.MarkedUpTo(t.Context(), "label", m, most)
			if err != nil || more != (most < len(want[m])) || !more && !slices.Equal(got, want[m]) || more && got != nil {
				t.Fatalf("%q up to %d: %v, %v, %v, want %v", m, most, got, more, err, want[m])
			}
		}
		if got, err := x.Marked(t.Context(), "label", m); err != nil || !slices.Equal(got, want[m]) {
			t.Fatalf("marked %q: %v, %v, want %v", m, got, err, want[m])
		}
	}
	for _, none := range []index.Mark{{Field: "label", Term: "no such"}, {Field: "other", Term: "a"}, {Field: "", Term: ""}} {
		if got, err := x.Marked(t.Context(), none.Field, none.Term); err != nil || len(got) > 0 {
			t.Fatalf("marked %v: %v, %v", none, got, err)
		}
	}
	for _, prefix := range []string{"", "f", "fer", "渡", "ß", "\xff"} {
		var marks []index.MarkCount
		for m, places := range want {
			if strings.HasPrefix(m, prefix) {
				marks = append(marks, index.MarkCount{Term: m, Passages: len(places)})
			}
		}
		slices.SortFunc(marks, func(a, b index.MarkCount) int { return strings.Compare(a.Term, b.Term) })
		var got []index.MarkCount
		for m, err := range x.Marks(t.Context(), "label", prefix) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, m)
		}
		if !slices.Equal(got, marks) {
			t.Fatalf("marks with %q: %v, want %v", prefix, got, marks)
		}
		few, err := x.MarkedPrefix(t.Context(), "label", prefix, 2)
		if err != nil || !slices.Equal(few, marks[:min(2, len(marks))]) {
			t.Fatalf("two marks with %q: %v, %v, want of %v", prefix, few, err, marks)
		}
	}
	places := 0
	for m, err := range x.MarksPlaces(t.Context(), "label") {
		if places++; err != nil || m.Passages != len(m.Places) || !slices.Equal(m.Places, want[m.Term]) {
			t.Fatalf("places of %+v: %v, want %v", m, err, want[m.Term])
		}
	}
	if places != len(want) {
		t.Fatalf("places of %d marks, want of %d", places, len(want))
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.MarkedPrefix(cancelled, "label", "", 9); err == nil && len(want) > 0 {
		t.Error("marks go on when cancelled")
	}
}

// Indexes share a segment, and it lasts as long as one of them.
func TestSegmentIsShared(t *testing.T) {
	docs := invented(rand.New(rand.NewPCG(1, 5)), 40, 1)
	root, key := t.TempDir(), keyOf(docs)
	if err := index.Build(t.Context(), root, key, fill(docs, map[string][]byte{"texts": []byte("T")})); err != nil {
		t.Fatal(err)
	}
	s, err := index.Open(root, key)
	if err != nil {
		t.Fatal(err)
	}
	a, b := index.NewIndex([]index.Part{s.Whole()}), index.NewIndex([]index.Part{s.Whole()})
	q := index.Query{Terms: terms("en", "ferry"), Limit: 3}
	for _, closeNext := range []func() error{s.Close, a.Close} {
		if err := closeNext(); err != nil {
			t.Fatal(err)
		}
		if err := index.Sweep(root); err != nil {
			t.Fatal(err)
		}
		left(t, root, key)
		if hits, err := b.Search(t.Context(), q); err != nil || len(hits) != 3 {
			t.Fatalf("%v, %v", hits, err)
		}
		if f, err := s.ReadFile("texts"); err != nil || string(f) != "T" {
			t.Fatalf("%q, %v", f, err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := index.Sweep(root); err != nil {
		t.Fatal(err)
	}
	left(t, root)
}
