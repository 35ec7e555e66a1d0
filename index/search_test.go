package index_test

import (
	"cmp"
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"footnote/index"
	"footnote/internal/race"
)

// textbook is the definition that Search is held to: the formula for every
// document, nothing left out, no shared code.
type textbook struct {
	docs    []passage
	count   []map[word]float64
	holding map[word]float64
	number  map[string]float64 // of passages in a language
	headed  map[string]float64
	total   map[word]float64 // of terms in a language
	length  []map[bool]float64
}

type word struct {
	language, text string
	about          bool
}

func newTextbook(docs []passage) *textbook {
	x := &textbook{docs: docs, holding: map[word]float64{}, number: map[string]float64{}, headed: map[string]float64{}, total: map[word]float64{}}
	for _, d := range docs {
		count, length := map[word]float64{}, map[bool]float64{}
		for about, text := range map[bool]string{false: d.Text, true: d.About} {
			for _, t := range texts(d.Language, text) {
				count[word{d.Language, t, about}]++
				length[about]++
			}
			x.total[word{d.Language, "", about}] += length[about]
		}
		for w := range count {
			x.holding[w]++
		}
		x.count, x.length = append(x.count, count), append(x.length, length)
		x.number[d.Language]++
		if length[true] > 0 {
			x.headed[d.Language]++
		}
	}
	return x
}

func (x *textbook) search(q index.Query) []index.Hit {
	const k1, b = 0.9, 0.4
	var hits []index.Hit
	weight := map[word]float64{}
	for _, t := range q.Terms {
		if t.Weight > 0 {
			weight[word{t.Language, t.Text, t.About}] += t.Weight
		}
	}
	for i, d := range x.docs {
		if q.Within != (index.Range{}) && (i < q.Within.From || i >= q.Within.To) {
			continue
		}
		score, matched := 0.0, 0
		for w, weight := range weight {
			tf := x.count[i][w]
			if tf == 0 {
				continue
			}
			matched++
			n, df := x.number[w.language], x.holding[w]
			idf := math.Log(1 + (n-df+0.5)/(df+0.5))
			average := x.total[word{d.Language, "", w.about}] / n
			if w.about {
				average = x.total[word{d.Language, "", w.about}] / x.headed[w.language]
			}
			score += weight * idf * tf * (k1 + 1) / (tf + k1*(1-b+b*x.length[i][w.about]/average))
		}
		if matched == 0 || q.All && matched < len(weight) {
			continue
		}
		hits = append(hits, index.Hit{Document: i, Score: score})
	}
	// The order of a map's keys must not decide between equal documents.
	slices.SortStableFunc(hits, func(a, b index.Hit) int {
		if math.Abs(a.Score-b.Score) < 1e-11 {
			return cmp.Compare(a.Document, b.Document)
		}
		return cmp.Compare(b.Score, a.Score)
	})
	return hits[:max(0, min(q.Limit, len(hits)))]
}

// agree fails the test unless the index answers as the textbook.
func agree(t *testing.T, x *index.Index, book *textbook, q index.Query) {
	t.Helper()
	got, err := x.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	want := book.search(q)
	if !slices.EqualFunc(got, want, func(g, w index.Hit) bool {
		return g.Document == w.Document && math.Abs(g.Score-w.Score) <= 1e-9
	}) {
		t.Fatalf("%+v\n got %v\nwant %v", q, got, want)
	}
}

// question draws a query: words that are there, words that are not, stop
// words, repeated ones, several languages, weights, an article, a limit.
func question(r *rand.Rand, languageCount int) index.Query {
	q := index.Query{Limit: 1 + r.IntN(12), All: r.IntN(4) == 0}
	for range 1 + r.IntN(6) {
		language := languages[r.IntN(languageCount)]
		for _, t := range index.Analyze(language, sentence(r, language, 1+r.IntN(2))) {
			weight := 1.0
			if r.IntN(3) == 0 {
				weight = r.Float64() * 3
			}
			q.Terms = append(q.Terms, index.Term{Language: language, Text: t.Term, Weight: weight, About: r.IntN(5) == 0})
		}
	}
	switch r.IntN(10) {
	case 0:
		q.Terms = append(q.Terms, index.Term{Language: "en", Text: "unheard-of", Weight: 1})
	case 1:
		q.Terms = append(q.Terms, index.Term{Language: "qq", Text: "ferri", Weight: 1})
	case 2:
		q.Terms = append(q.Terms, index.Term{Language: "en", Text: "bridg", Weight: 0})
	case 3:
		q.Limit = 10_000
	case 4:
		q.Limit = r.IntN(2) - 1
	}
	if r.IntN(3) == 0 {
		q.Within.From = r.IntN(200)
		q.Within.To = q.Within.From + r.IntN(100)
	}
	return q
}

func TestSearchIsTextbookBM25(t *testing.T) {
	corpora, questions := 30, 60
	if testing.Short() || race.On {
		corpora = 6
	}
	for seed := range corpora {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		languageCount := 1 + r.IntN(len(languages))
		docs := invented(r, 1+r.IntN(300), languageCount)
		x := inMemory(t, docs)
		if seed%5 == 0 {
			x = built(t, docs, nil)
		}
		book := newTextbook(docs)
		for range questions {
			agree(t, x, book, question(r, languageCount))
		}
	}
}

// The sets above are small; here pruning has something to prune.
func TestSearchPrunesNothingThatBelongs(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	docs := invented(r, 7000, 2)
	x, book := inMemory(t, docs), newTextbook(docs) // of two segments
	for range 60 {
		agree(t, x, book, question(r, 2))
	}
}

func TestSearchTable(t *testing.T) {
	docs := []passage{
		0: {Article: "harbour", Language: "en", Text: "The ferry left the port of Lower Ombria."},
		1: {Article: "harbour", Language: "en", Text: "The ferry left the port of Lower Ombria."},
		2: {Article: "fields", Language: "en", Text: "The harvest was not good."},
		3: {Article: "felder", Language: "de", Text: "Die Fähre verließ den Hafen."},
		4: {Article: "fields again", Language: "en", Text: "El Niño brought floods, and the ferry's crew waited."},
		5: {Article: "empty", Language: "en", Text: ""},
	}
	x := built(t, docs, nil)
	for _, c := range []struct {
		name string
		q    index.Query
		want []int
	}{
		{"equal passages in the order of numbers", index.Query{Terms: terms("en", "port"), Limit: 9}, []int{0, 1}},
		{"a tie at the limit goes to the lower number", index.Query{Terms: terms("en", "port"), Limit: 1}, []int{0}},
		{"possessive", index.Query{Terms: terms("en", "ferries"), Limit: 9}, []int{0, 1, 4}},
		{"negation is a word", index.Query{Terms: terms("en", "not"), Limit: 9}, []int{2}},
		{"accents", index.Query{Terms: terms("en", "nino"), Limit: 9}, []int{4}},
		{"only function words", index.Query{Terms: terms("en", "the of and"), Limit: 9}, nil},
		{"another language's field", index.Query{Terms: terms("de", "Fähren"), Limit: 9}, []int{3}},
		{"the other language does not match", index.Query{Terms: terms("en", "Fähren"), Limit: 9}, nil},
		{"some numbers", index.Query{Terms: terms("en", "ferry"), Within: index.Range{From: 2, To: 5}, Limit: 9}, []int{4}},
		{"no such numbers", index.Query{Terms: terms("en", "ferry"), Within: index.Range{From: 7, To: 9}, Limit: 9}, nil},
		{"all terms", index.Query{Terms: terms("en", "ferry flood"), All: true, Limit: 9}, []int{4}},
		{"all terms, one unknown", index.Query{Terms: terms("en", "ferry zeppelin"), All: true, Limit: 9}, nil},
		{"all of no terms", index.Query{All: true, Limit: 9}, nil},
		{"no terms", index.Query{Limit: 9}, nil},
		{"no limit given", index.Query{Terms: terms("en", "ferry")}, nil},
		{"weight decides", index.Query{Terms: []index.Term{{Language: "en", Text: "harvest", Weight: 9}, {Language: "en", Text: "ferri", Weight: 1}}, Limit: 1}, []int{2}},
		{"weights that are no weights", index.Query{Terms: []index.Term{{Language: "en", Text: "harvest", Weight: math.NaN()}, {Language: "en", Text: "ferri", Weight: -1}}, Limit: 1}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			hits, err := x.Search(t.Context(), c.q)
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for _, h := range hits {
				got = append(got, h.Document)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestStatistics(t *testing.T) {
	x := built(t, []passage{
		{Article: "a", Language: "en", Text: "A ferry, two ferries."},
		{Article: "a", Language: "en", Text: "The harvest."},
		{Article: "b", Language: "de", Text: "Fähre"},
	}, nil)
	if got := x.Languages(); !slices.Equal(got, []string{"de", "en"}) {
		t.Errorf("languages: %v", got)
	}
	for _, c := range []struct {
		language, term string
		documents, df  int
	}{
		{"en", "ferri", 2, 1},
		{"en", "harvest", 2, 1},
		{"en", "the", 2, 0},
		{"de", "ferri", 1, 0},
		{"fr", "ferri", 0, 0},
	} {
		if got, err := x.DocFreq(t.Context(), c.language, c.term); got != c.df || err != nil {
			t.Errorf("DocFreq(%q, %q) = %d, want %d", c.language, c.term, got, c.df)
		}
		if got, err := x.DocFreq(t.Context(), c.language, c.term); got != c.df || err != nil {
			t.Errorf("DocFreq(%q, %q) the second time = %d, want %d", c.language, c.term, got, c.df)
		}
	}
	for language, want := range map[string]int{"en": 2, "de": 1, "fr": 0} {
		if got := x.Documents(language); got != want {
			t.Errorf("Documents(%q) = %d, want %d", language, got, want)
		}
	}
}

func TestSearchHonoursItsContext(t *testing.T) {
	x := inMemory(t, invented(rand.New(rand.NewPCG(1, 1)), 50, 1))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	hits, err := x.Search(ctx, index.Query{Terms: terms("en", "ferry"), Limit: 3})
	if !errors.Is(err, context.Canceled) || hits != nil {
		t.Errorf("got %v, %v", hits, err)
	}
}

// A question as long as a book costs no more than its rarest terms.
func TestSearchManyTerms(t *testing.T) {
	x := inMemory(t, invented(rand.New(rand.NewPCG(1, 1)), 50, 1))
	var q index.Query
	q.Limit = 3
	for i := range 20_000 {
		q.Terms = append(q.Terms, index.Term{Language: "en", Text: string(rune('a'+i%26)) + string(rune(0x4e00+i%5000)), Weight: 1})
	}
	q.Terms = append(q.Terms, terms("en", "ferry")...)
	hits, err := x.Search(t.Context(), q)
	if err != nil || len(hits) != 3 {
		t.Errorf("got %v, %v", hits, err)
	}
}

func FuzzSearch(f *testing.F) {
	docs := invented(rand.New(rand.NewPCG(3, 3)), 60, len(languages))
	x := inMemory(f, docs)
	f.Add("en", "ferry", "flood", 1.5, 10, 40, true, 3)
	f.Add("th", "\xff\x00", "", math.Inf(1), 0, 0, false, -1)
	f.Add("text_en", "p000000001", "_id", 1e-300, -5, 1<<60, false, 1<<40)
	f.Fuzz(func(t *testing.T, language, one, other string, weight float64, from, to int, all bool, limit int) {
		q := index.Query{
			Terms:  []index.Term{{Language: language, Text: one, Weight: weight}, {Language: "en", Text: other, Weight: 1}},
			Within: index.Range{From: from, To: to}, All: all, Limit: limit,
		}
		hits, err := x.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for i, h := range hits {
			if h.Document < 0 || h.Document >= len(docs) || !(h.Score > 0) {
				t.Errorf("hit %v", h)
			}
			if (from != 0 || to != 0) && (h.Document < from || h.Document >= to) {
				t.Errorf("hit %v", h)
			}
			if i > 0 && (h.Score > hits[i-1].Score || h.Score == hits[i-1].Score && h.Document <= hits[i-1].Document) {
				t.Errorf("out of order: %v", hits)
			}
		}
		if len(hits) > max(limit, 0) {
			t.Errorf("%d hits of %d", len(hits), limit)
		}
	})
}
