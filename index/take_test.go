package index_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"footnote/index"
	"footnote/internal/race"
)

// What is taken over from segments makes the same files as if it were added.
func TestTake(t *testing.T) {
	rounds := 25
	if testing.Short() || race.On {
		rounds = 8
	}
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 11))
		docs := invented(r, 1+r.IntN(500), 1+r.IntN(len(languages)))
		root := t.TempDir()
		var taken []passage // all that is taken
		type source struct {
			s     *index.Segment // nil for passages that are added
			docs  []passage
			taken map[int]bool
		}
		var sources []source
		for len(docs) > 0 {
			n := 1 + r.IntN(len(docs))
			for n < len(docs) && docs[n].Article == docs[n-1].Article {
				n++
			}
			from := source{docs: docs[:n], taken: map[int]bool{}}
			whole := r.IntN(3) == 0
			article := -1
			for i, d := range from.docs {
				if i == 0 || d.Article != from.docs[i-1].Article {
					article++
					from.taken[article] = whole || r.IntN(3) > 0
				}
				if from.taken[article] {
					taken = append(taken, d)
				}
			}
			switch r.IntN(3) {
			case 0:
				var err error
				if from.s, err = index.InMemory(t.Context(), fill(from.docs, nil)); err != nil {
					t.Fatal(err)
				}
			case 1:
				key := keyOf(from.docs)
				if err := index.Build(t.Context(), root, key, fill(from.docs, nil)); err != nil {
					t.Fatal(err)
				}
				var err error
				if from.s, err = index.Open(root, key); err != nil {
					t.Fatal(err)
				}
			}
			sources = append(sources, from)
			docs = docs[n:]
		}
		give := func(w *index.Writer) error {
			w.BatchSize(500)
			for _, from := range sources {
				if from.s != nil {
					if err := w.Take(from.s, func(i int) bool { return from.taken[i] }); err != nil {
						return err
					}
					continue
				}
				for i := 0; len(from.docs) > 0; i++ {
					n := 1
					for n < len(from.docs) && from.docs[n].Article == from.docs[0].Article {
						n++
					}
					if from.taken[i] {
						if err := fill(from.docs[:n], nil)(w); err != nil {
							return err
						}
					}
					from.docs = from.docs[n:]
				}
			}
			return nil
		}
		const a, b = "0123456789abcdef0123456789abcdef", "00000000000000000000000000000000"
		errA := index.Build(t.Context(), root, a, give)
		errB := index.Build(t.Context(), root, b, fill(taken, nil))
		memory, errC := index.InMemory(t.Context(), give)
		if len(taken) == 0 {
			if errA == nil || errB == nil || errC == nil {
				t.Error("nothing is taken, and that is no error")
			}
			continue
		}
		if err := errors.Join(errA, errB, errC); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"passages.zap", "marks", "articles.table"} {
			got, errA := os.ReadFile(filepath.Join(root, a, name))
			want, errB := os.ReadFile(filepath.Join(root, b, name))
			if err := errors.Join(errA, errB); err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("round %d: %s of what is taken over is not that of what is added", seed, name)
			}
		}
		x, book := index.NewIndex([]index.Part{memory.Whole()}), newTextbook(taken)
		for range 20 {
			agree(t, x, book, question(r, 2))
		}
		for _, from := range sources {
			if from.s != nil {
				if err := from.s.Close(); err != nil {
					t.Error(err)
				}
			}
		}
		if err := errors.Join(memory.Close(), x.Close()); err != nil {
			t.Error(err)
		}
	}
}
