package index_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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

// BenchmarkSearch measures searches of 1,000 and 100,000 passages in one
// segment and in several, and what one would write with bleve alone, in turns,
// so that all have the same weather. Of each question the quickest of its turns counts.
//
//	go test ./index -run - -bench Search -benchtime 5x
func BenchmarkSearch(b *testing.B) {
	questions := syntheticQuestions()
	more := syntheticQuestions() // for long ones
	for _, n := range []int{1000, 100_000} {
		if testing.Short() && n > 1000 {
			continue
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			docs := synthetic(n)
			x, pieces, plain := built(b, docs, nil), inPieces(b, docs, 7), plainBleve(b, docs)
			search := func(x *index.Index, q index.Query) func() error {
				return func() error {
					_, err := x.Search(b.Context(), q)
					return err
				}
			}
			match := func(text string) func() error {
				q := bleve.NewMatchQuery(text)
				q.SetField("text")
				return func() error {
					_, err := plain.SearchInContext(b.Context(), bleve.NewSearchRequestOptions(q, 40, 0, false))
					return err
				}
			}
			type turn struct {
				name string
				of   func(i int, text string) func() error
			}
			turns := []turn{
				{"bleve", func(_ int, text string) func() error { return match(text) }},
				{"footnote", func(_ int, text string) func() error {
					return search(x, index.Query{Terms: terms("en", text), Limit: 40})
				}},
				{"7-segments", func(_ int, text string) func() error {
					return search(pieces, index.Query{Terms: terms("en", text), Limit: 40})
				}},
				{"20-passages", func(_ int, text string) func() error {
					return search(x, index.Query{Terms: terms("en", text), Limit: 40, Within: index.Range{From: 140, To: 160}})
				}},
				{"all-3-terms", func(_ int, text string) func() error {
					return search(x, index.Query{Terms: terms("en", text)[:3], Limit: 40, All: true})
				}},
			}
			long := func(i, words int) string {
				text := ""
				for k := range (words + 7) / 8 {
					text += more[(i+31*k)%len(more)]
				}
				return strings.Join(strings.Fields(text)[:words], " ")
			}
			for _, words := range []int{1, 2, 4, 8, 16, 32, 64} {
				turns = append(turns,
					turn{fmt.Sprintf("%d-terms-bleve", words), func(i int, _ string) func() error { return match(long(i, words)) }},
					turn{fmt.Sprintf("%d-terms-pruned", words), func(i int, _ string) func() error {
						q := index.Query{Terms: terms("en", long(i, words)), Limit: 40}
						return func() error { return search(x.Pruned(), q)() }
					}},
					turn{fmt.Sprintf("%d-terms-dense", words), func(i int, _ string) func() error {
						q := index.Query{Terms: terms("en", long(i, words)), Limit: 40}
						return func() error { return search(x.Dense(), q)() }
					}})
			}
			rare := func(i int) index.Query { // names: two words that few passages hold
				return index.Query{Terms: terms("en", strings.Join(strings.Fields(questions[i])[6:8], " ")), Limit: 40}
			}
			turns = append(turns,
				turn{"2-rare-bleve", func(i int, text string) func() error {
					return match(strings.Join(strings.Fields(text)[6:8], " "))
				}},
				turn{"2-rare-pruned", func(i int, _ string) func() error {
					q := rare(i)
					return func() error { return search(x.Pruned(), q)() }
				}},
				turn{"2-rare-dense", func(i int, _ string) func() error {
					q := rare(i)
					return func() error { return search(x.Dense(), q)() }
				}},
				turn{"2-rare-either", func(i int, _ string) func() error { return search(x, rare(i)) }})
			var all [][]func() error
			for i, text := range questions[:50] {
				var of []func() error
				for _, t := range turns {
					of = append(of, t.of(i, text))
				}
				all = append(all, of)
			}
			best := make([][]time.Duration, len(turns))
			for k := range best {
				best[k] = slices.Repeat([]time.Duration{time.Hour}, len(all))
			}
			b.ResetTimer()
			for b.Loop() {
				for i, of := range all {
					for k, f := range of {
						x.Either()
						begun := time.Now()
						if err := f(); err != nil {
							b.Fatal(err)
						}
						best[k][i] = min(best[k][i], time.Since(begun))
					}
				}
			}
			mean := func(k int) float64 {
				sum := time.Duration(0)
				for _, d := range best[k] {
					sum += d
				}
				return float64(sum.Microseconds()) / float64(len(best[k]))
			}
			b.ReportMetric(0, "ns/op")
			for k, t := range turns {
				b.ReportMetric(mean(k), "us/"+t.name)
			}
			b.ReportMetric(mean(1)/mean(0), "footnote/bleve")
		})
	}
}

// inPieces returns the index of the documents, cut into so many segments.
func inPieces(b *testing.B, docs []passage, segments int) *index.Index {
	var parts []index.Part
	for k := range segments {
		from, to := k*len(docs)/segments, (k+1)*len(docs)/segments
		root, key := b.TempDir(), keyOf(docs[from:to])
		if err := index.Build(b.Context(), root, key, fill(docs[from:to], nil)); err != nil {
			b.Fatal(err)
		}
		s, err := index.Open(root, key)
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		var first []int
		for i := range s.Articles() {
			at, _ := s.Passages(i)
			first = append(first, from+at)
		}
		parts = append(parts, index.Part{Segment: s, First: first})
	}
	x := index.NewIndex(parts)
	b.Cleanup(func() { x.Close() })
	return x
}

// plainBleve is what one would write with bleve alone: one text field, for match
// queries.
func plainBleve(b *testing.B, docs []passage) bleve.Index {
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
	b.Cleanup(func() { x.Close() })
	return x
}

// streamed gives n passages of some 76 terms, drawn by Zipf's law, in articles of 20 passages. With
// marks each has five that come nowhere else, as the sums of sentences do.
func streamed(n int, marks bool) func(*index.Writer) error {
	return func(w *index.Writer) error {
		r := rand.New(rand.NewPCG(1, 2))
		zipf := rand.NewZipf(r, 1.05, 2, 300_000)
		vocabulary := make([]string, 300_001)
		for i := range vocabulary {
			vocabulary[i] = invent(uint64(i))
		}
		for from := 0; from < n; from += 20 {
			article := make([]index.Document, min(20, n-from))
			for i := range article {
				d := &article[i]
				d.Language, d.Terms = "en", make([]string, 50+r.IntN(52))
				for k := range d.Terms {
					d.Terms[k] = vocabulary[zipf.Uint64()]
				}
				if i%5 == 0 {
					d.About = []string{vocabulary[zipf.Uint64()], vocabulary[zipf.Uint64()]}
				}
				for range 5 {
					if marks {
						d.Marks = append(d.Marks, index.Mark{Field: "sum", Term: fmt.Sprintf("%08x", r.Uint32())})
					}
				}
			}
			if err := w.Add(article); err != nil {
				return err
			}
		}
		return nil
	}
}

// BenchmarkBuild builds in processes of their own, whose memory and processor time are told. What
// it costs to make the passages up is in them.
//
//	go test ./index -run - -bench Build -benchtime 1x
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{25, 1000, 16_000, 100_000} {
		if testing.Short() && n > 1000 {
			continue
		}
		for _, marks := range []bool{false, true} {
			b.Run(fmt.Sprintf("%d/marks=%t", n, marks), func(b *testing.B) {
				var cpu time.Duration
				peak, size := 0.0, int64(0)
				for b.Loop() {
					root := b.TempDir()
					cmd := exec.Command(os.Args[0])
					cmd.Env = append(os.Environ(), buildThere+"="+root, fmt.Sprintf("%s=%d", streamThere, n), fmt.Sprintf("%s=%t", markThere, marks))
					out, err := cmd.CombinedOutput()
					if err != nil {
						b.Fatalf("%v: %s", err, out)
					}
					fmt.Sscan(string(out), &peak)
					cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
					info, err := os.Stat(filepath.Join(root, index.Key(), "passages.zap"))
					if err != nil {
						b.Fatal(err)
					}
					size = info.Size()
				}
				b.ReportMetric(float64(n*b.N)/cpu.Seconds(), "passages/CPU-s")
				b.ReportMetric(peak, "peak-MB")
				b.ReportMetric(float64(size)/float64(n), "bytes/passage")
			})
		}
		b.Run(fmt.Sprintf("%d/open", n), func(b *testing.B) {
			root, key := b.TempDir(), index.Key()
			if err := index.Build(b.Context(), root, key, streamed(n, true)); err != nil {
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
