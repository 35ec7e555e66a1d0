package vectors

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// shelf is a library as a test makes it up: passages by number, and where they lie.
type shelf struct {
	passages []Passage // by number in the library
	shares   []Share
}

// shelved lays the passages into files in runs of up to 9 that are shuffled, with dead
// passages between them.
func shelved(t testing.TB, r *rand.Rand, size, files int, passages []Passage) shelf {
	t.Helper()
	runs := make([][]Run, files)
	content := make([][]Passage, files)
	type piece struct{ from, to int }
	var pieces []piece
	for from := 0; from < len(passages); {
		to := min(len(passages), from+1+r.IntN(9))
		pieces = append(pieces, piece{from, to})
		from = to
	}
	r.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
	for _, p := range pieces {
		f := r.IntN(files)
		if r.IntN(3) == 0 && len(passages) > 0 {
			content[f] = append(content[f], passages[r.IntN(len(passages))]) // dead
		}
		runs[f] = append(runs[f], Run{len(content[f]), p.to - p.from, p.from})
		content[f] = append(content[f], passages[p.from:p.to]...)
	}
	s := shelf{passages: passages}
	for f := range files {
		s.shares = append(s.shares, Share{opened(t, written(t, size, content[f])), runs[f]})
	}
	return s
}

// nearestOf compares all passages one by one.
func (s shelf) nearestOf(q *Question, count, from, to int) []int {
	numbers := []int{}
	for i := range s.passages {
		if i >= from && i < to && len(s.passages[i].Ends) > 0 {
			numbers = append(numbers, i)
		}
	}
	slices.SortStableFunc(numbers, func(a, b int) int {
		x, y := q.Near(&s.passages[a]), q.Near(&s.passages[b])
		if x > y {
			return -1
		}
		if x < y {
			return 1
		}
		return 0
	})
	return numbers[:min(len(numbers), count)]
}

// randomMeans returns passages of one piece with means, many of them equal.
func randomMeans(r *rand.Rand, n, size int) []Passage {
	passages := make([]Passage, n)
	for i := range passages {
		switch p := &passages[i]; {
		case r.IntN(10) == 0: // none
		case i > 0 && r.IntN(5) == 0:
			*p = passages[r.IntN(i)]
		default:
			*p = Passage{Signs: make([]byte, size/8), Ends: []uint32{1}, Mean: make([]int8, size)}
			for k := range p.Mean {
				p.Mean[k] = int8(r.IntN(255) - 127)
			}
		}
	}
	return passages
}

func randomQuestion(r *rand.Rand, size int) *Question {
	q := &Question{mean: make([]int8, size)}
	for k := range q.mean {
		q.mean[k] = int8(r.IntN(255) - 127)
	}
	return q
}

// few are limits by which two steps are taken among few passages.
func few(first, second int) limits {
	return limits{first: share{first, 1 << 30}, second: share{second, 1 << 30}}
}

// A scan finds what comparing all passages one by one finds, however they lie in files, and
// so do two steps that leave enough.
func TestNearest(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for round := range 60 {
		size := []int{384, 64, 8, 200}[r.IntN(4)]
		passages := randomMeans(r, 1+r.IntN(1200), size)
		s := shelved(t, r, size, 1+r.IntN(4), passages)
		for name, l := range map[string]limits{"all": measured, "read": few(1, 1<<20), "steps that leave all": few(1<<20, len(passages)/2+1)} {
			scan, err := newScan(s.shares, l)
			if err != nil {
				t.Fatal(err)
			}
			for range 5 {
				q := randomQuestion(r, size)
				if name == "steps that leave all" { // the nearest have most of its signs
					q.mean = passages[r.IntN(len(passages))].Mean
					if q.mean == nil {
						continue
					}
				}
				count, from, to := 1+r.IntN(30), 0, math.MaxInt
				if name == "steps that leave all" {
					count = 1
				}
				if r.IntN(2) == 0 {
					from = r.IntN(len(passages) + 1)
					to = from + r.IntN(100)
				}
				got, err := scan.Nearest(t.Context(), q, count, from, to)
				if want := s.nearestOf(q, count, from, to); err != nil || !slices.Equal(got, want) {
					t.Fatalf("round %d, %s: of %d passages in [%d, %d) the nearest are %v, %v; want %v", round, name, len(passages), from, to, got, err, want)
				}
			}
		}
	}
}

// What two steps find does not depend on how the library is cut into files.
func TestNearestCut(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 20 {
		passages := randomMeans(r, 800, 128)
		q := randomQuestion(r, 128)
		var want []int
		for files := 1; files < 5; files++ {
			scan, err := newScan(shelved(t, r, 128, files, passages).shares, few(90, 40))
			if err != nil {
				t.Fatal(err)
			}
			got, err := scan.Nearest(t.Context(), q, 20, 0, math.MaxInt)
			if err != nil || len(got) != 20 {
				t.Fatalf("%v, %v", got, err)
			}
			if want == nil {
				want = got
			} else if !slices.Equal(got, want) {
				t.Errorf("in %d files the nearest are %v, in one %v", files, got, want)
			}
		}
	}
}

// Of equal passages the first are taken, in both steps.
func TestNearestEqual(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	passages := make([]Passage, 500)
	one := randomMeans(r, 1, 64)[0]
	for i := range passages {
		passages[i] = one
	}
	scan, err := newScan(shelved(t, r, 64, 3, passages).shares, few(50, 10))
	if err != nil {
		t.Fatal(err)
	}
	got, err := scan.Nearest(t.Context(), randomQuestion(r, 64), 5, 100, 400)
	if want := []int{100, 101, 102, 103, 104}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
}

// Real vectors, of a real encoder, through a file: as many as a test can make.
func TestNearestOfTexts(t *testing.T) {
	e := tinyEncoder(t)
	var passages []Passage
	for i := range 40 {
		passages = append(passages, e.Passage("boats", []string{fmt.Sprint("the boat ", i, " sank off krag")}), e.Passage("", boats[i%3:]))
	}
	s := shelved(t, rand.New(rand.NewPCG(1, 1)), e.model.Size, 2, passages)
	scan, err := NewScan(s.shares)
	if err != nil {
		t.Fatal(err)
	}
	q := e.Question("what sank off krag?")
	got, err := scan.Nearest(t.Context(), q, 20, 0, math.MaxInt)
	if want := s.nearestOf(q, 20, 0, math.MaxInt); err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
}

func TestNearestNothing(t *testing.T) {
	q := randomQuestion(rand.New(rand.NewPCG(1, 1)), 64)
	none := Share{opened(t, written(t, 64, make([]Passage, 100))), []Run{{0, 100, 0}}}
	for _, shares := range [][]Share{nil, {none}, {none, none}, {{none.File, nil}}} {
		scan, err := NewScan(shares)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := scan.Nearest(t.Context(), q, 20, 0, math.MaxInt); len(got) > 0 || err != nil {
			t.Errorf("%v, %v", got, err)
		}
	}
	zero := &Question{mean: make([]int8, 64)}
	scan, err := newScan(shelved(t, rand.New(rand.NewPCG(1, 1)), 64, 2, slicesOf(madeUp(100, 64), 50)).shares, few(30, 10))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := scan.Nearest(t.Context(), zero, 3, 0, math.MaxInt); err != nil || len(got) != 3 {
		t.Errorf("nothing is near %v, %v", got, err)
	}
}

func TestScanRefuses(t *testing.T) {
	a, b := opened(t, written(t, 64, madeUp(10, 64))), opened(t, written(t, 128, madeUp(10, 128)))
	for i, shares := range [][]Share{
		{{a, nil}, {b, nil}}, {{a, []Run{{5, 6, 0}}}}, {{a, []Run{{-1, 1, 0}}}}, {{a, []Run{{0, -1, 0}}}}, {{a, []Run{{0, 1, -1}}}}, {{a, []Run{{2, math.MaxInt, 0}}}},
	} {
		if _, err := NewScan(shares); err == nil {
			t.Errorf("%d is taken", i)
		}
	}
	scan, err := NewScan([]Share{{a, []Run{{0, 10, 0}}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := scan.Nearest(t.Context(), randomQuestion(rand.New(rand.NewPCG(1, 1)), 128), 20, 0, 10); err == nil {
		t.Error("a question of another model is compared")
	}
}

// A scan ends with its context, and tells of damage and of a disk that fails.
func TestNearestFails(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	b := written(t, 64, randomMeans(r, 5000, 64))
	runs := []Run{{0, 5000, 0}}
	q := randomQuestion(r, 64)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, l := range map[string]limits{"all": measured, "read": few(1, 1<<20), "steps": few(1000, 500)} {
		broken := &brokenReader{Reader: bytes.NewReader(b)}
		f, err := Open(broken, int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		scan, err := newScan([]Share{{f, runs}}, l)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := scan.Nearest(ended, q, 20, 0, 5000); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v when the context has ended", name, err)
		}
		broken.err = errors.New("no such disk")
		if _, err := scan.Nearest(t.Context(), q, 20, 0, 5000); name != "all" && !errors.Is(err, broken.err) {
			t.Errorf("%s: %v of a disk that fails", name, err)
		}
		damaged := bytes.Clone(b)
		for i := len(fileVersion); i < len(b)-trailerLen-1000; i += 50 {
			damaged[i] ^= 64
		}
		f = opened(t, damaged)
		if scan, err = newScan([]Share{{f, runs}}, l); err == nil {
			_, err = scan.Nearest(t.Context(), q, 20, 0, 5000)
		}
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v of damage", name, err)
		}
	}
}

// Files share what their scans hold.
func TestScansShare(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	f := opened(t, written(t, 64, randomMeans(r, 300, 64)))
	shares := []Share{{f, []Run{{0, 300, 0}}}}
	for _, l := range []limits{measured, few(100, 50)} {
		a, err := newScan(shares, l)
		if err != nil {
			t.Fatal(err)
		}
		b, err := newScan(shares, l)
		if err != nil {
			t.Fatal(err)
		}
		if a.parts[0].means != b.parts[0].means || !reflect.DeepEqual(a.parts, b.parts) || a.parts[0].means == nil && &a.parts[0].signs[0] != &b.parts[0].signs[0] {
			t.Error("two scans of one file hold it twice")
		}
	}
}
