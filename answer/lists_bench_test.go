package answer

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"footnote/answer/queue"
)

// benchmarkArticles is how many made-up articles the lists are timed on.
const benchmarkArticles = 3000

// BenchmarkLists times each list of a library of many short articles, nothing kept
// from one call to the next; p99 is of single calls, so give it some thousands.
func BenchmarkLists(b *testing.B) {
	l := madeUpLibrary(b, 7, benchmarkArticles, 4)
	if _, err := l.articles.Index().Marked(b.Context(), markSaid, anyMark); err != nil { // makes them
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	speakers := sure(l.Speakers(b.Context(), ""))
	b.Logf("%d articles, %d passages, %d speakers", l.size(), l.first(l.size()), len(speakers))
	speaker := func() string { return speakers[min(int(r.ExpFloat64()*50), len(speakers)-1)].Name }
	last := func() string {
		words := strings.Fields(speaker())
		return words[len(words)-1]
	}
	article := func() string { return l.idOf(r.IntN(l.size())) }
	sum := func() string {
		p := sure(l.doc(r.IntN(l.size())))
		return digest(p.Article.Quote(p.Sentences[r.IntN(len(p.Sentences))].Span))
	}
	ctx := b.Context()
	for _, c := range []struct {
		name string
		do   func() error
	}{
		{"said", func() error { _, err := l.Said(ctx, speaker(), "", "", 501); return err }},
		{"said-surname", func() error { _, err := l.Said(ctx, last(), "", "", 501); return err }},
		{"said-about", func() error { _, err := l.Said(ctx, speaker(), "water", "", 501); return err }},
		{"said-anybody-about", func() error { _, err := l.Said(ctx, "", "water", "", 501); return err }},
		{"said-all", func() error { _, err := l.Said(ctx, "", "", "", 501); return err }},
		{"said-in-one", func() error { _, err := l.Said(ctx, "", "", article(), 501); return err }},
		{"speakers", func() error { _, err := l.Speakers(ctx, ""); return err }},
		{"speakers-first", func() error { _, err := l.allSpeakers(ctx); return err }},
		{"figures", func() error { _, err := l.AllFigures(ctx, "", 501); return err }},
		{"timeline", func() error { _, err := l.Timeline(ctx, "", 501); return err }},
		{"relations", func() error { _, err := l.Relations(ctx, RelationQuery{Kind: Backs, Target: last()}); return err }},
		{"disagreements-in-one", func() error { _, err := l.Disagreements(ctx, article(), 501); return err }},
		{"short-id", func() error { _, _, err := l.FindShort(ctx, sum(), "", 5); return err }},
		{"section", func() error {
			_, err := l.inSections(ctx, &parsed{Text: fmt.Sprintf("section %d.%d", 1+r.IntN(9), r.IntN(9))}, "")
			return err
		}},
		{"literal", func() error { _, err := l.Search(ctx, last(), ""); return err }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			var took []time.Duration
			for b.Loop() {
				l.lists = queue.NewKept[listed, any](maxLists)
				begin := time.Now()
				if err := c.do(); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(begin))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		})
	}
}

// BenchmarkDisagreeing times looking for the disagreements of all articles.
func BenchmarkDisagreeing(b *testing.B) {
	for _, n := range []int{500, 1000, 2000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			l := madeUpLibrary(b, 8, n, 4)
			if _, err := l.articles.Index().Marked(b.Context(), markSaid, anyMark); err != nil {
				b.Fatal(err)
			}
			found := 0
			for b.Loop() {
				found = 0
				s := newSurvey(l)
				for doc := range l.size() {
					d, err := s.behind(b.Context(), doc)
					if err != nil {
						b.Fatal(err)
					}
					found += len(d)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/article")
			b.ReportMetric(float64(found), "found")
		})
	}
}
