package index_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"footnote/index"
	"footnote/internal/race"

	zap "github.com/blevesearch/zapx/v17"
)

// bleve's own reader finds in a file what was written to it.
func TestBleveReadsTheFile(t *testing.T) {
	if index.ZapVersion != zap.Version || index.ZapChunkMode != zap.DefaultChunkMode || index.ZapFooter != zap.FooterSize || index.ZapInverted != zap.SectionInvertedTextIndex ||
		index.ZapOnce != zap.FSTValEncode1Hit(0, 0) || index.ZapOnce|5<<index.ZapOnceBits|7 != zap.FSTValEncode1Hit(7, 5) {
		t.Error("the format that is written is not that of package zapx")
	}
	for _, c := range []struct {
		name      string
		docs      []passage
		batchSize int // 0 for that of the program
	}{
		{"one", invented(rand.New(rand.NewPCG(1, 1)), 1, 1), 0},
		{"some", invented(rand.New(rand.NewPCG(2, 1)), 300, len(languages)), 0},
		{"some in runs", invented(rand.New(rand.NewPCG(2, 1)), 300, len(languages)), 500},
		{"chunks", invented(rand.New(rand.NewPCG(3, 1)), 7000, 2), 0},
		{"chunks in runs", invented(rand.New(rand.NewPCG(3, 1)), 7000, 2), 20_000},
		{"parts of sets", short(70_000), 0},
		{"parts of sets in runs", short(70_000), 50_000},
		{"many parts of sets", short(270_000), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if (testing.Short() || race.On) && len(c.docs) > 1000 {
				t.Skip("skipped: takes a while")
			}
			root, key := t.TempDir(), keyOf(c.docs)
			give := fill(c.docs, nil)
			err := index.Build(t.Context(), root, key, func(w *index.Writer) error {
				if c.batchSize > 0 {
					w.BatchSize(c.batchSize)
				}
				return give(w)
			})
			if err != nil {
				t.Fatal(err)
			}
			type posting struct{ doc, count, length uint64 }
			want := map[string]map[string][]posting{"_id": {}}
			for i, d := range c.docs {
				doc := document(d)
				values := map[string][]string{}
				if len(doc.Terms) > 0 {
					values["text_"+d.Language] = doc.Terms
				}
				if len(doc.About) > 0 {
					values["about_"+d.Language] = doc.About
				}
				for field, terms := range values {
					if want[field] == nil {
						want[field] = map[string][]posting{}
					}
					count := map[string]uint64{}
					for _, term := range terms {
						count[term]++
					}
					for term, n := range count {
						want[field][term] = append(want[field][term], posting{uint64(i), n, uint64(len(terms))})
					}
				}
			}
			var plugin zap.ZapPlugin
			s, err := plugin.Open(filepath.Join(root, key, "passages.zap"))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if got := int(s.Count()); got != len(c.docs) {
				t.Errorf("%d passages, want %d", got, len(c.docs))
			}
			if id, err := s.DocID(uint64(len(c.docs) - 1)); err != nil || string(id) != "" {
				t.Errorf("the name of the last is %q, %v", id, err)
			}
			fields := slices.Sorted(slices.Values(s.Fields()))
			if wanted := slices.Sorted(maps.Keys(want)); !slices.Equal(fields, wanted) {
				t.Fatalf("fields %q, want %q", fields, wanted)
			}
			for _, field := range fields {
				d, err := s.Dictionary(field)
				if err != nil {
					t.Fatal(err)
				}
				var terms []string
				for it := d.(*zap.Dictionary).AutomatonIteratorOmitCount(nil, nil, nil); ; {
					e, err := it.Next()
					if err != nil {
						t.Fatal(err)
					}
					if e == nil {
						break
					}
					terms = append(terms, e.Term)
				}
				if wanted := slices.Sorted(maps.Keys(want[field])); !slices.Equal(terms, wanted) {
					t.Fatalf("terms of %s: %q, want %q", field, terms, wanted)
				}
				for _, term := range terms {
					list, err := d.PostingsList([]byte(term), nil, nil)
					if err != nil {
						t.Fatal(err)
					}
					var got []posting
					for it := list.Iterator(true, true, false, nil); ; {
						p, err := it.Next()
						if err != nil {
							t.Fatal(err)
						}
						if p == nil {
							break
						}
						got = append(got, posting{p.Number(), p.Frequency(), p.(*zap.Posting).NormUint64()})
					}
					slices.SortFunc(want[field][term], func(a, b posting) int { return cmp.Compare(a.doc, b.doc) })
					if !slices.Equal(got, want[field][term]) {
						t.Fatalf("%s %q: %d passages %v, want %d", field, term, len(got), got[:min(9, len(got))], len(want[field][term]))
					}
				}
			}
			// And so does ours.
			x, book := opened(t, root, key), newTextbook(c.docs)
			r := rand.New(rand.NewPCG(3, 3))
			for range 20 {
				agree(t, x, book, question(r, 1))
			}
			marksAgree(t, x, c.docs)
		})
	}
}

// short returns n passages of a few words, in articles of a thousand.
func short(n int) []passage {
	r := rand.New(rand.NewPCG(4, 4))
	docs := make([]passage, n)
	for i := range docs {
		docs[i] = passage{Article: fmt.Sprint(i / 1000), Language: "en", Text: sentence(r, "en", 1+r.IntN(3))}
	}
	return docs
}
