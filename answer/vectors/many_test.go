package vectors

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"footnote/encoder/taught"
)

// texts returns sentences of the articles that the training holds out, and
// questions about them.
func texts(t testing.TB) (sentences, questions []string) {
	t.Helper()
	lines := func(pattern string) (lines [][]string) {
		files, err := filepath.Glob("../../training/questions/held/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(b)) {
				if len(line) > 40 {
					lines = append(lines, strings.Split(line, "\t"))
				}
			}
		}
		return lines
	}
	for _, line := range lines("*.md") {
		sentences = append(sentences, line[0])
	}
	for _, line := range lines("*.tsv") {
		if len(line) > 2 {
			questions = append(questions, line[2])
		}
	}
	return sentences, questions
}

// real is the vectors of some sentences and questions by the weights in the program.
var real = sync.OnceValues(func() (means [][]float32, questions []*Question) {
	e := NewEncoder(taught.Model())
	t := new(testing.T)
	sentences, asked := texts(t)
	for i, s := range sentences {
		if i%4 == 0 {
			p := e.Passage("", []string{s})
			means = append(means, unit(p.Mean))
		}
	}
	for i, q := range asked {
		if i%12 == 0 {
			questions = append(questions, e.Question(q))
		}
	}
	return means, questions
})

func unit(mean []int8) []float32 {
	v := make([]float32, len(mean))
	for i, x := range mean {
		v[i] = float32(x) / float32(math.Sqrt(float64(dot(mean, mean))))
	}
	return v
}

// many returns a file on disk of that many passages of one piece, made up of real
// ones: each is one of them and a part of what tells two others apart.
func many(t testing.TB, n int) *File {
	t.Helper()
	real, _ := real()
	file, err := os.Create(filepath.Join(t.TempDir(), "many.vectors"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	size := len(real[0])
	w := NewWriter(file, size)
	r := rand.New(rand.NewPCG(17, 18))
	v := make([]float32, size)
	for i := range n {
		a, b, c, part := real[r.IntN(len(real))], real[r.IntN(len(real))], real[r.IntN(len(real))], 0.2+0.7*r.Float32()
		for k := range v {
			v[k] = a[k] + float32(part*(b[k]-c[k]))
		}
		if err := w.Add(numbered(i), &Passage{Signs: appendSigns(nil, v), Ends: []uint32{1}, Mean: quantise(v)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Two steps find what comparing all passages finds.
func TestStepsMissNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: encodes texts")
	}
	const n = 60000
	f := many(t, n)
	shares := []Share{{f, []Run{{0, n, 0}}}}
	steps, err := NewScan(shares)
	if err != nil {
		t.Fatal(err)
	}
	if steps.parts[0].means != nil {
		t.Fatal("the means of many passages are in memory")
	}
	all, err := newScan(shares, limits{exact: n})
	if err != nil {
		t.Fatal(err)
	}
	_, questions := real()
	for i, q := range questions {
		got, err := steps.Nearest(t.Context(), q, 20, 0, n)
		if err != nil {
			t.Fatal(err)
		}
		if want, err := all.Nearest(t.Context(), q, 20, 0, n); err != nil || !slices.Equal(got, want) {
			t.Errorf("question %d: %v are nearest, by steps %v (%v)", i, want, got, err)
		}
	}
	t.Logf("%d questions", len(questions))
}

func BenchmarkNearest(b *testing.B) {
	for _, n := range []int{10_000, 50_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if n > 100_000 && testing.Short() {
				b.Skip("skipped: writes 500 MB")
			}
			scan, err := NewScan([]Share{{many(b, n), []Run{{0, n, 0}}}})
			if err != nil {
				b.Fatal(err)
			}
			_, questions := real()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := scan.Nearest(b.Context(), questions[i%len(questions)], 20, 0, n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if n > 100_000 && testing.Short() {
				b.Skip("skipped: writes 500 MB")
			}
			f := many(b, n)
			info, err := f.from.(*os.File).Stat()
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				f, err := Open(f.from, info.Size())
				if err != nil {
					b.Fatal(err)
				}
				if _, err := NewScan([]Share{{f, []Run{{0, n, 0}}}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFilePassage(b *testing.B) {
	passages := madeUp(1000, 384)
	f := opened(b, written(b, 384, passages))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := f.Passage(i % 1000); err != nil {
			b.Fatal(err)
		}
	}
}
