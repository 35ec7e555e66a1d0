package answer

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"footnote/answer/annotate"
	"footnote/corpus"
	"footnote/internal/race"
)

// trainingTexts are the articles that the networks are trained on.
var trainingTexts = sync.OnceValues(func() ([]*corpus.Article, error) {
	var all []*corpus.Article
	folders, err := filepath.Glob("../training/questions/*")
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			continue
		}
		lib, err := corpus.Load(folder)
		if err != nil {
			return nil, err
		}
		all = append(all, lib.Articles...)
	}
	return all, nil
})

// madeUp returns n articles that recombine paragraphs of the training's texts: each
// is of one or two of them, some paragraphs stand in several, and numbers differ here
// and there.
func madeUp(t testing.TB, seed uint64, n, paragraphs int) []*corpus.Article {
	t.Helper()
	texts, err := trainingTexts()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, 1))
	some := func(of []string) string { return of[r.IntN(len(of))] }
	var articles []*corpus.Article
	for i := range n {
		from := []*corpus.Article{texts[r.IntN(len(texts))], texts[r.IntN(len(texts))]}
		var parts []string
		for range 1 + r.IntN(paragraphs) {
			a := from[r.IntN(2)]
			p := a.Passages[r.IntN(len(a.Passages))]
			text := a.Quote(p.Span)
			if r.IntN(3) == 0 {
				for _, digit := range []string{"2", "7"} {
					text = strings.ReplaceAll(text, digit, some([]string{"3", "8", digit}))
				}
			}
			parts = append(parts, text)
		}
		// Some are of one day, so that names of the articles as a whole count.
		a := corpus.FromParagraphs(from[0].Title, from[0].Language, parts)
		a.ID = fmt.Sprintf("made/%05d", i)
		a.Source = some([]string{"Wire", "Gazette", ""})
		if r.IntN(5) > 0 {
			a.Published = time.Date(2020, 1, 1+r.IntN(400), 0, 0, 0, 0, time.UTC)
		}
		articles = append(articles, a)
	}
	return articles
}

// madeUpLibrary is a library of such articles, found by words alone.
func madeUpLibrary(t testing.TB, seed uint64, n, paragraphs int) *Library {
	t.Helper()
	src, err := From(madeUp(t, seed, n, paragraphs))
	if err != nil {
		t.Fatal(err)
	}
	l, err := src.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// TestLists holds the lists of random libraries against those that come of going over
// all articles.
func TestLists(t *testing.T) {
	libraries, more := 6, 20
	if testing.Short() || race.On {
		libraries = 2
	}
	entries := map[string]int{}
	for seed := range uint64(libraries) {
		l := madeUpLibrary(t, seed, 1+int(seed)*more, 6)
		holdLists(t, l, rand.New(rand.NewPCG(seed, 2)), entries)
	}
	t.Log("compared, in all:", entries)
}

func same[T comparable](t *testing.T, entries map[string]int, what string, got List[T], err error, want []T, limit int) {
	t.Helper()
	entries[strings.Fields(what)[0]] += len(want)
	first := want
	if limit > 0 {
		first = want[:min(limit, len(want))]
	}
	if got.More { // it has not looked at all, yet what it has comes first
		first = first[:min(len(first), max(len(got.Entries), worthy))]
	}
	if err != nil || !slices.Equal(got.Entries, first) || !got.More && got.Total != len(want) || got.More && got.Total > len(want) {
		n := 0
		for n < min(len(first), len(got.Entries)) && first[n] == got.Entries[n] {
			n++
		}
		t.Errorf("%s, at most %d: %d of %d (%v, %v), want %d of %d; the first %d are the same", what, limit, len(got.Entries), got.Total, got.More, err, len(first), len(want), n)
		if n < len(first) {
			t.Logf("want %+v", first[n])
		}
		if n < len(got.Entries) {
			t.Logf("got %+v", got.Entries[n])
		}
	}
}

// TestManyArticles asks who says what of a matter where that may stand in more articles
// than are opened.
func TestManyArticles(t *testing.T) {
	l, entries := madeUpLibrary(t, 99, 900, 2), map[string]int{}
	w, more := whole{l}, 0
	for _, name := range []string{"", "police", "Pell", "the mayor", "the minister"} {
		for _, about := range []string{"", "water", "police", "money", "children", "the bridge", "winter storm", "elephants"} {
			said, err := l.Said(t.Context(), name, about, "", 501)
			same(t, entries, fmt.Sprintf("said %q %q", name, about), said, err, w.Said(name, about, ""), 501)
			if said.More {
				more++
			}
		}
	}
	t.Log("compared:", entries, "lists that go on:", more)
}

func holdLists(t *testing.T, l *Library, r *rand.Rand, entries map[string]int) {
	t.Helper()
	w, ctx := whole{l}, t.Context()
	articles := []string{"", "", l.idOf(r.IntN(l.size())), l.idOf(r.IntN(l.size())), "nothing"}
	limits := []int{0, 1 + r.IntN(20), 501}
	names := []string{"", "the mayor", "police", "the minister", "WHO", "US", "nobody at all", "of the"}
	var parties []string
	for range 12 {
		p := sure(l.doc(r.IntN(l.size())))
		if n := len(p.Entities); n > 0 {
			e := &p.Entities[r.IntN(n)]
			words := strings.Fields(e.Name)
			names = append(names, e.Name, words[len(words)-1], strings.ToLower(words[0]))
			for _, role := range e.Roles {
				names = append(names, p.Strings[role])
			}
		}
		if n := len(p.Relations); n > 0 {
			rel := &p.Relations[r.IntN(n)]
			parties = append(parties, l.partyName(p, rel.Actor), l.partyName(p, rel.Target))
		}
	}
	for _, s := range w.Speakers("") {
		if len(names) < 60 {
			names = append(names, s.Name)
		}
	}
	for _, article := range articles {
		got, err := l.Speakers(ctx, article)
		same(t, entries, "speakers "+article, List[Speaker]{Entries: got, Total: len(got)}, err, w.Speakers(article), 0)
		for _, limit := range limits {
			figures, err := l.AllFigures(ctx, article, limit)
			all := w.AllFigures(article)
			first, sentences := 0, 0
			for i, f := range all {
				if i == 0 || f.Where != all[i-1].Where {
					sentences++
				}
				if limit == 0 || sentences <= limit {
					first = i + 1
				}
			}
			same(t, entries, "figures "+article, figures, err, all, cmpOr(first))
			events, err := l.Timeline(ctx, article, limit)
			same(t, entries, "timeline "+article, events, err, w.Timeline(article), limit)
			disagreements, err := l.Disagreements(ctx, article, limit)
			same(t, entries, "disagreements "+article, disagreements, err, w.Disagreements(article), limit)
		}
		for _, name := range names {
			for _, about := range []string{"", names[r.IntN(len(names))], "water", "people"} {
				limit := limits[r.IntN(len(limits))]
				said, err := l.Said(ctx, name, about, article, limit)
				same(t, entries, fmt.Sprintf("said %q %q %s", name, about, article), said, err, w.Said(name, about, article), limit)
			}
		}
		for _, party := range append(parties, "", "Libya", "the rebels") {
			for _, q := range []RelationQuery{
				{Article: article, Actor: party}, {Article: article, Target: party}, {Article: article, Kind: relationKinds[r.IntN(len(relationKinds))], Actor: party},
				{Article: article, Actor: party, Target: append(parties, "")[r.IntN(len(parties)+1)]},
			} {
				got, err := l.Relations(ctx, q)
				same(t, entries, fmt.Sprintf("relations %+v", q), List[Relation]{Entries: got, Total: len(got)}, err, w.Relations(q), 0)
			}
		}
	}
	for range 20 {
		p := sure(l.doc(r.IntN(l.size())))
		sum := digest(p.Article.Quote(p.Sentences[r.IntN(len(p.Sentences))].Span))
		for _, begin := range []string{sum, sum[:4], sum[:6]} {
			for _, article := range []string{"", p.Article.ID} {
				found, all, err := l.FindShort(ctx, begin, article, 3)
				var ids []string
				for _, a := range found {
					ids = append(ids, a.ID)
				}
				same(t, entries, "short "+begin, List[string]{Entries: ids, Total: all}, err, w.FindShort(begin, article), 3)
			}
		}
	}
	at := w.sections()
	labels := []string{"1", "2", "1.1", "2.3", "7.2.1"}
	for label := range at {
		labels = append(labels, strings.TrimRight(label, "."), strings.TrimSuffix(label, ".0"))
	}
	for _, label := range labels {
		q := &parsed{Text: "What does section " + label + " say?"}
		m := sectionAsked.FindStringSubmatch(q.Text)
		if m == nil {
			continue
		}
		asked := m[1] + m[3] + strings.ToLower(m[2]+m[4])
		want, section := at[asked], asked
		if len(want) == 0 {
			want, section = at[asked+"."], asked+"."
		}
		if len(want) == 0 {
			section = ""
		}
		got, err := l.inSections(ctx, q, "")
		same(t, entries, "section "+label, List[int]{Entries: got, Total: len(want)}, err, want, maxSections)
		if q.Section != section {
			t.Errorf("section %s is found as %q, want %q", label, q.Section, section)
		}
	}
	holdElsewhere(t, l, r, entries)
}

// cmpOr is the limit for none: 0 would be for all.
func cmpOr(n int) int {
	if n == 0 {
		return 1
	}
	return n
}

// holdElsewhere compares what claims look for in other articles.
func holdElsewhere(t *testing.T, l *Library, r *rand.Rand, entries map[string]int) {
	t.Helper()
	w, ctx := whole{l}, t.Context()
	held := func(what string, got bool, err error, want bool) {
		if entries["elsewhere"]++; err != nil || got != want {
			t.Errorf("%s: %v (%v), want %v", what, got, err, want)
		}
	}
	for range 30 {
		from := sure(l.doc(r.IntN(l.size())))
		s := &from.Sentences[r.IntN(len(from.Sentences))]
		text := from.Article.Quote(s.Span)
		if r.IntN(2) == 0 {
			text = strings.ReplaceAll(text, "1", "4")
		}
		a := corpus.FromParagraphs("", from.Article.Language, []string{text})
		a.Published = from.Article.Published
		q := l.parse(Question{Text: text}, l.questionLanguage())
		c := &comparison{l: l, q: q, claim: annotate.Prepare(a, l.words), p: from, s: s}
		for i := range c.claim.Figures {
			f := &c.claim.Figures[i]
			got, err := c.countedElsewhere(ctx, f)
			held("figure in "+text, got, err, w.elsewhere(func(p *annotate.Doc) bool {
				return slices.ContainsFunc(p.Figures, func(g annotate.Figure) bool {
					return !g.Vague && !g.Aside && equal(c.claim, f, p, &g) && c.meet(f, p, &g)
				})
			}))
		}
		for _, e := range c.claim.Events {
			got, err := l.dated(ctx, e)
			held("date in "+text, got, err, w.elsewhere(func(p *annotate.Doc) bool {
				return slices.ContainsFunc(p.Events, func(g annotate.Event) bool { return agree(e, g) })
			}))
		}
		for n := range c.claim.Sentences {
			for _, m := range c.claim.Sentences[n].Mentions {
				got, err := c.namedElsewhere(ctx, &c.claim.Sentences[n], m)
				held("name in "+text, got, err, w.elsewhere(func(p *annotate.Doc) bool { return c.inVocabulary(p, &c.claim.Sentences[n], m) }))
			}
		}
	}
}
