package vectors

import (
	"crypto/sha256"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"footnote/encoder"
	"footnote/encoder/encodertest"
)

func tinyEncoder(t testing.TB) *Encoder {
	t.Helper()
	m, err := encoder.Load(encodertest.Tiny(nil))
	if err != nil {
		t.Fatal(err)
	}
	return NewEncoder(m)
}

var boats = []string{"The boats sank off Krag.", "Ablauf 30.", "The boat sank."}

// Every sentence has its pieces, and of a long passage none is lost.
func TestPassage(t *testing.T) {
	e := tinyEncoder(t)
	if got := e.Passage("boats > Krag", boats).Ends; !reflect.DeepEqual(got, []uint32{7, 13, 17}) {
		t.Errorf("sentences end after %v pieces", got)
	}
	if got := e.Passage("", []string{"", "boat"}).Ends; !reflect.DeepEqual(got, []uint32{0, 1}) {
		t.Errorf("an empty sentence and another end after %v pieces", got)
	}
	if got := e.Passage("", nil); len(got.Ends) != 0 || len(got.Signs) != 0 {
		t.Errorf("no sentence is %v", got)
	}
	many := make([]string, 200)
	for i := range many {
		many[i] = "the boat sank off Krag."
	}
	p := e.Passage("boats", many)
	for i, end := range p.Ends {
		if int(end) != 6*(i+1) {
			t.Fatalf("sentence %d ends after %d pieces", i, end)
		}
	}
	if len(p.Signs) != int(p.Ends[199])*e.model.Size/8 {
		t.Errorf("%d bytes of signs for %d pieces", len(p.Signs), p.Ends[199])
	}
}

// Look-ups in tables give what products of vectors with signs are.
func TestSimilar(t *testing.T) {
	e := tinyEncoder(t)
	p := e.Passage("boats", boats)
	q := e.Question("boat off krag")
	got := q.Similar(nil, &p)
	if len(got) != len(boats)*len(q.Pieces) {
		t.Fatalf("%d numbers for %d sentences and %d pieces", len(got), len(boats), len(q.Pieces))
	}
	begin, end := e.model.Marks()
	ids := []int32{begin}
	for _, piece := range q.Pieces {
		ids = append(ids, piece.ID)
	}
	vectors := append([]float32(nil), e.runner.Run(append(ids, end), nil)...)
	size := e.model.Size
	for k := range q.Pieces {
		v := vectors[(k+1)*size:][:size]
		norm := 0.0
		for _, x := range v {
			norm += float64(x) * float64(x)
		}
		from := 0
		for i, last := range p.Ends {
			want := -1.0
			for ; from < int(last); from++ {
				sum := 0.0
				for j, x := range v {
					sign := 2*float64(p.Signs[from*size/8+j/8]>>(j%8)&1) - 1
					sum += sign * float64(x)
				}
				want = max(want, sum/math.Sqrt(norm*float64(size)))
			}
			if g := float64(got[i*len(q.Pieces)+k]); math.Abs(g-want) > 1e-5 {
				t.Errorf("sentence %d, piece %d: %v, not %v", i, k, g, want)
			}
		}
	}
}

// A question is nearest to the passage that says the same.
func TestNear(t *testing.T) {
	e := tinyEncoder(t)
	q := e.Question("the boats sank off krag.")
	same, other := e.Passage("", []string{"the boats sank off krag."}), e.Passage("", []string{"cafe 30 - ablauf"})
	if a, b := q.Near(&same), q.Near(&other); a < 0.99 || b >= a {
		t.Errorf("the same text has %v, another %v", a, b)
	}
	if got := e.Question("").Near(&Passage{Mean: make([]int8, e.model.Size)}); got != 0 {
		t.Errorf("nothing is as near as %v", got)
	}
}

// Vectors that are kept are those that would be made now: where this digest
// changes, so must the version, or old ones are taken over.
func TestVersion(t *testing.T) {
	e := tinyEncoder(t)
	b := fmt.Append(nil, e.Passage("boats > Krag", boats), e.Passage("", slices.Repeat(boats, 50)))
	const made = "footnote vectors 1: bbd5c60ad6dc023c"
	if got := strings.TrimSpace(version) + ": " + fmt.Sprintf("%x", sha256.Sum256(b))[:16]; got != made {
		t.Errorf("%s is made, not %s; raise the version, and write here what comes out", got, made)
	}
}

// A key changes with each thing that vectors are made of.
func TestKeyOf(t *testing.T) {
	e := tinyEncoder(t)
	other := *e.model
	other.Digest = "another"
	seen := map[Key]int{}
	for i, key := range []Key{
		KeyOf(e.model, "a", []string{"b", "c"}), KeyOf(&other, "a", []string{"b", "c"}), KeyOf(e.model, "", []string{"a", "b", "c"}),
		KeyOf(e.model, "a", []string{"bc"}), KeyOf(e.model, "a", []string{"b", "c", ""}), KeyOf(e.model, "ab", []string{"", "c"}),
	} {
		if k, ok := seen[key]; ok {
			t.Errorf("%d and %d have one key", k, i)
		}
		seen[key] = i
	}
	if Tag(e.model) == Tag(&other) || len(Tag(&other)) != 16 {
		t.Errorf("tags %s and %s", Tag(e.model), Tag(&other))
	}
}

func FuzzPassage(f *testing.F) {
	e := tinyEncoder(f)
	f.Add("boats", "The boats sank off Krag.", "\xff 30")
	f.Fuzz(func(t *testing.T, about, one, two string) {
		p := e.Passage(about, []string{one, two})
		q := e.Question(one)
		if got := q.Similar(nil, &p); len(got) != 2*len(q.Pieces) {
			t.Fatalf("%d numbers for %d pieces", len(got), len(q.Pieces))
		}
	})
}

func BenchmarkSimilar(b *testing.B) {
	e := tinyEncoder(b)
	many := make([]string, 8)
	for i := range many {
		many[i] = "the boats sank off Krag - the boat sang."
	}
	p := e.Passage("boats", many)
	q := e.Question("the boats off krag sank 30")
	var dst []float32
	b.ReportAllocs()
	for b.Loop() {
		dst = q.Similar(dst, &p)
	}
}
