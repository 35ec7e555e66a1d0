package shelf

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// docsOfSeveral are the development articles, prepared.
func docsOfSeveral(t testing.TB) []*annotate.Doc {
	t.Helper()
	lib, err := corpus.Load("../../testdata/questions/dev")
	if err != nil {
		t.Fatal(err)
	}
	var docs []*annotate.Doc
	for _, a := range lib.Articles {
		docs = append(docs, annotate.Prepare(a, words.Load()))
	}
	return docs
}

func countsOf(docs ...*annotate.Doc) wordCounts {
	c := wordCounts{}
	for _, d := range docs {
		c.add(d)
	}
	return c
}

func tableOf(t testing.TB, docs ...*annotate.Doc) *wordTable {
	t.Helper()
	table, err := openWordTable(countsOf(docs...).table())
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// However articles are shared out among tables, and whatever was in them that is
// not any more, the words of the library are the same.
func TestVocabulary(t *testing.T) {
	docs := docsOfSeveral(t)
	all := countsOf(docs...)
	whole := all.table()
	if u := all["council"]; u.count == 0 {
		t.Errorf("council: %+v", u)
	}
	// In their order, as they are asked for.
	alike := map[lengthAndFirst][]knownWord{}
	for _, w := range slices.Sorted(maps.Keys(all)) {
		if u := *all[w]; len(w) >= LeastMisspelt && u.count > 0 {
			k := lengthAndFirst{len(w), w[0]}
			alike[k] = append(alike[k], knownWord{w, u})
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		parts, dead := make([][]*annotate.Doc, 1+random.IntN(5)), []*annotate.Doc{}
		for _, d := range docs {
			part := &parts[random.IntN(len(parts))]
			*part = append(*part, d)
		}
		// Each part may hold any article; what is there twice, or not any more, is dead.
		seen := map[*annotate.Doc]int{}
		var tables []*wordTable
		for _, p := range parts {
			p = append(p, docs[random.IntN(len(docs))])
			for _, d := range p {
				seen[d]++
			}
			tables = append(tables, tableOf(t, p...))
		}
		for _, d := range docs {
			for range seen[d] - 1 {
				dead = append(dead, d)
			}
		}
		less := []*wordTable{tableOf(t, dead[:len(dead)/2]...), tableOf(t, dead[len(dead)/2:]...)}
		if got := merged(tables, less); !bytes.Equal(got, whole) {
			t.Fatalf("merged they are %d bytes in place of %d", len(got), len(whole))
		}
		v := newVocabulary(tables, less)
		for w, want := range all {
			if got := v.of(w); got != *want {
				t.Fatalf("%q: %+v, want %+v", w, got, want)
			}
			if not := w + "x"; all[not] == nil && v.Means(not) {
				t.Fatalf("%q is none of the words", not)
			}
		}
		for k, want := range alike {
			if got := v.allOf(k); !reflect.DeepEqual(got, want) {
				t.Fatalf("of %d bytes with %q: %v, want %v", k.length, k.first, got, want)
			}
		}
		for _, k := range []lengthAndFirst{{LeastMisspelt - 1, 't'}, {90, 't'}, {7, 0xff}} {
			if got := v.allOf(k); len(got) > 0 {
				t.Errorf("of %d bytes with %q: %v", k.length, k.first, got)
			}
		}
	}
}

// Whatever a table is, looking it up ends and finds nothing wrong in one that was written.
func FuzzWordTable(f *testing.F) {
	for _, c := range []wordCounts{{}, {"": {1, 0, 1}, "a": {2, 1, 1}, "ab": {0, 0, 3}, "b": {9, 9, 1 << 30}}} {
		f.Add(c.table(), "ab")
	}
	f.Fuzz(func(t *testing.T, b []byte, s string) {
		table, err := openWordTable(b)
		if err != nil {
			return
		}
		table.of([]byte(s))
		again := merged([]*wordTable{table, table}, []*wordTable{table})
		if _, err := openWordTable(again); err != nil {
			t.Error(err)
		}
	})
}

// BenchmarkVocabulary looks each word of four tables up, and those alike of one in a hundred.
func BenchmarkVocabulary(b *testing.B) {
	docs := docsOfSeveral(b)
	table := tableOf(b, docs...)
	all := slices.Sorted(maps.Keys(countsOf(docs...)))
	tables := []*wordTable{table, table, table, table}
	b.Run("of", func(b *testing.B) {
		i := 0
		for b.Loop() {
			for _, t := range tables {
				t.of([]byte(all[i%len(all)]))
			}
			i += 97
		}
	})
	b.Run("alike", func(b *testing.B) {
		for b.Loop() {
			newVocabulary(tables, nil).allOf(lengthAndFirst{7, 's'})
		}
	})
	b.Run("merged", func(b *testing.B) {
		for b.Loop() {
			merged(tables, nil)
		}
		b.ReportMetric(float64(len(table.entries)+len(table.begins))/float64(table.n), "bytes/word")
		b.ReportMetric(float64(table.n), "words")
	})
}
