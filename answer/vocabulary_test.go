package answer

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// docsOfSeveral are the development articles, prepared.
func docsOfSeveral(t testing.TB) []*annotate.Doc {
	t.Helper()
	lib, err := corpus.Load("../testdata/questions/dev")
	if err != nil {
		t.Fatal(err)
	}
	var docs []*annotate.Doc
	for _, a := range lib.Articles {
		docs = append(docs, annotate.Prepare(a, words.Load()))
	}
	return docs
}

func tableOf(docs ...*annotate.Doc) *wordTable {
	c := wordCounts{}
	for _, d := range docs {
		c.add(d)
	}
	return c.table()
}

// However articles are shared out among tables, and whatever was in them that is
// not any more, the words of the library are the same.
func TestVocabulary(t *testing.T) {
	docs := docsOfSeveral(t)
	want := newVocabulary([]*wordTable{tableOf(docs...)}, nil)
	if u := want.of("council"); u.count == 0 || !want.has("council") || want.has("councilx") || !want.means("council") {
		t.Errorf("council: %+v", u)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		parts, dead := make([][]*annotate.Doc, 1+random.IntN(5)), []*annotate.Doc{}
		for _, d := range docs {
			parts[random.IntN(len(parts))] = append(parts[random.IntN(len(parts))], d)
		}
		// Each part may hold any article; what is there twice, or not any more, is dead.
		seen := map[*annotate.Doc]int{}
		var tables, less []*wordTable
		for _, p := range parts {
			for _, d := range p {
				seen[d]++
			}
			tables = append(tables, tableOf(p...))
		}
		for _, d := range docs {
			if seen[d] == 0 {
				tables = append(tables, tableOf(d))
			}
			for range seen[d] - 1 {
				dead = append(dead, d)
			}
		}
		less = append(less, tableOf(dead...))
		for _, all := range [][]*wordTable{tables, less} {
			for i, t0 := range all {
				got, err := readWordTable(t0.bytes())
				if err != nil || !reflect.DeepEqual(got, t0) && len(t0.words) > 0 {
					t.Fatalf("a table of %d words comes back otherwise: %v", len(t0.words), err)
				}
				all[i] = got
			}
		}
		if got := newVocabulary(tables, less); !reflect.DeepEqual(got, want) {
			t.Fatalf("%d words in place of %d", len(got.words), len(want.words))
		}
	}
}

func FuzzWordTable(f *testing.F) {
	f.Add((&wordTable{}).bytes())
	f.Add((&wordTable{[]string{"", "a", "ab", "b"}, []use{{1, 0, 1}, {2, 1, 1}, {0, 0, 3}, {9, 9, 9}}}).bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := readWordTable(b)
		if err != nil {
			return
		}
		again, err := readWordTable(got.bytes())
		if err != nil || !reflect.DeepEqual(again, got) {
			t.Errorf("%+v comes back as %+v: %v", got, again, err)
		}
	})
}

func BenchmarkVocabulary(b *testing.B) {
	docs := docsOfSeveral(b)
	stored := tableOf(docs...).bytes()
	for b.Loop() {
		t, err := readWordTable(stored)
		if err != nil {
			b.Fatal(err)
		}
		newVocabulary([]*wordTable{t, t, t, t}, nil)
	}
	b.ReportMetric(float64(len(stored)), "bytes")
}
