package index_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"footnote/index"

	"github.com/blevesearch/bleve/v2"
)

// synthetic returns n English passages of some 120 words drawn by Zipf's law
// from 100,000 words.
func synthetic(n int) []passage {
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.05, 2, 100_000)
	docs := make([]passage, n)
	for i := range docs {
		docs[i] = passage{Article: fmt.Sprintf("article-%d", i/20), Language: "en", Text: drawn(zipf, 0, 80+r.IntN(80))}
	}
	return docs
}

// drawn returns words drawn by their rank, which begins with from.
func drawn(zipf *rand.Zipf, from uint64, words int) string {
	var b strings.Builder
	for range words {
		b.WriteString(invent(from + zipf.Uint64()))
		b.WriteByte(' ')
	}
	return b.String()
}

// invent returns the word of a number: syllables that end in no suffix.
func invent(n uint64) string {
	word := "z"
	for {
		word += string("bdfgklmn"[n%8]) + string("aiou"[n/8%4])
		if n /= 32; n == 0 {
			return word + "k"
		}
	}
}

// syntheticQuestions are of the same words: six without the hundred commonest,
// which in a language are its stop words, and two rare ones, as names are.
func syntheticQuestions() []string {
	r := rand.New(rand.NewPCG(3, 4))
	zipf := rand.NewZipf(r, 1.05, 2, 100_000)
	questions := make([]string, 200)
	for i := range questions {
		questions[i] = drawn(zipf, 100, 6) + drawn(zipf, 3000, 2)
	}
	return questions
}

func BenchmarkSearch(b *testing.B) {
	questions := syntheticQuestions()
	for _, n := range []int{1000, 100_000} {
		if testing.Short() && n > 1000 {
			continue
		}
		docs := synthetic(n)
		x := built(b, docs, nil)
		run := func(name string, change func(*index.Query)) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					q := index.Query{Terms: terms("en", questions[i%len(questions)]), Limit: 10}
					change(&q)
					if _, err := x.Search(b.Context(), q); err != nil {
						b.Fatal(err)
					}
					i++
				}
			})
		}
		run("footnote", func(*index.Query) {})
		run("article", func(q *index.Query) { q.Within = index.Range{From: 140, To: 160} })
		run("all", func(q *index.Query) { q.All, q.Terms = true, q.Terms[:3] })
		run("64terms", func(q *index.Query) {
			for i := range 7 {
				q.Terms = append(q.Terms, terms("en", questions[(i*31)%len(questions)])...)
			}
		})
		b.Run(fmt.Sprintf("bleve/%d", n), func(b *testing.B) { plainBleve(b, docs, questions) })
	}
}

// plainBleve is what one would write with bleve alone: one text field, a match
// query.
func plainBleve(b *testing.B, docs []passage, questions []string) {
	m := bleve.NewIndexMapping()
	doc := bleve.NewDocumentStaticMapping()
	f := bleve.NewTextFieldMapping()
	f.Analyzer, f.Store, f.DocValues, f.IncludeTermVectors, f.IncludeInAll = "en", false, false, false, false
	doc.AddFieldMappingsAt("text", f)
	m.DefaultMapping = doc
	dir := b.TempDir()
	builder, err := bleve.NewBuilder(dir+"/plain", m, map[string]any{"batchSize": 5000, "buildPathPrefix": dir})
	if err != nil {
		b.Fatal(err)
	}
	for i, d := range docs {
		if err := builder.Index(fmt.Sprint(i), map[string]any{"text": d.Text}); err != nil {
			b.Fatal(err)
		}
	}
	if err := builder.Close(); err != nil {
		b.Fatal(err)
	}
	x, err := bleve.OpenUsing(dir+"/plain", map[string]any{"read_only": true})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		q := bleve.NewMatchQuery(questions[i%len(questions)])
		q.SetField("text")
		if _, err := x.SearchInContext(b.Context(), bleve.NewSearchRequestOptions(q, 10, 0, false)); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{25, 1000} {
		docs := synthetic(n)
		key := keyOf(docs)
		b.Run(fmt.Sprintf("disk/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := index.Build(b.Context(), b.TempDir(), key, fill(docs, nil)); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("memory/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x, err := index.InMemory(b.Context(), fill(docs, nil))
				if err != nil {
					b.Fatal(err)
				}
				if err := x.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("open/%d", n), func(b *testing.B) {
			root := b.TempDir()
			if err := index.Build(b.Context(), root, key, fill(docs, nil)); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				x, err := open(root, key)
				if err != nil {
					b.Fatal(err)
				}
				if err := x.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkAnalyze reports the time of one token.
func BenchmarkAnalyze(b *testing.B) {
	for _, c := range []struct{ language, text string }{
		{"en", "The council of Lower Ombria said on Tuesday that the ferries weren't leaving the island's ports."},
		{"de", "Der Rat von Unterombrien teilte am Dienstag mit, dass die Fähren die Häfen der Insel nicht verlassen."},
		{"tr", "Ombria belediyesi salı günü feribotların adanın limanlarından ayrılmadığını söyledi."},
		{"zh", "翁布里亚议会星期二表示渡轮没有离开岛上的港口"},
		{"th", "สภาออมเบรียกล่าวเมื่อวันอังคารว่าเรือข้ามฟากไม่ได้ออกจากท่าเรือของเกาะ"},
	} {
		b.Run(c.language, func(b *testing.B) {
			b.ReportAllocs()
			tokens := 0
			for b.Loop() {
				tokens += len(index.Analyze(c.language, c.text))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(tokens), "ns/token")
		})
	}
}
