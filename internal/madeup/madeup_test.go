package madeup_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
	"footnote/internal/madeup"
)

func read(t testing.TB) *madeup.Texts {
	t.Helper()
	texts, err := madeup.Read(os.DirFS("../../training/questions"))
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// The same seed writes the same library, on every machine.
func TestSame(t *testing.T) {
	texts := read(t)
	sum := sha256.New()
	for i := range 200 {
		a := texts.Article(madeup.Options{Seed: 1}, i)
		sum.Write([]byte(a.Name))
		sum.Write(a.Text)
	}
	const want = "7b27b77f1d520e98"
	if got := hex.EncodeToString(sum.Sum(nil)[:8]); got != want {
		t.Errorf("the first 200 articles of seed 1 are %s, were %s: figures measured before are of another library", got, want)
	}
	if a, b := read(t).Article(madeup.Options{Seed: 1}, 77), texts.Article(madeup.Options{Seed: 2}, 77); bytes.Equal(a.Text, b.Text) {
		t.Error("two seeds write the same")
	}
}

// What is written is read by the bot as it was meant: passages, and sentences
// that questions are asked of.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	made, err := read(t).Write(t.Context(), dir, 1100, madeup.Options{Seed: 3, Passages: 4})
	if err != nil {
		t.Fatal(err)
	}
	lib, err := corpus.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range lib.Problems {
		t.Error(p)
	}
	passages, byID := 0, map[string]*corpus.Article{}
	for _, a := range lib.Articles {
		passages += len(a.Passages)
		byID[a.ID] = a
	}
	if len(lib.Articles) != 1100 || made.Articles != 1100 || math.Abs(float64(passages-made.Passages)) > 0.1*float64(passages) {
		t.Errorf("%d articles with %d passages are read of %+v", len(lib.Articles), passages, made)
	}
	if entries, err := os.ReadDir(filepath.Join(dir, "000")); err != nil || len(entries) != 1000 {
		t.Errorf("the first folder holds %d files, %v", len(entries), err)
	}
	questions, err := madeup.Questions(dir)
	if err != nil || len(questions) < 40 {
		t.Fatalf("%d questions, %v", len(questions), err)
	}
	missing := 0
	for _, q := range questions {
		a := byID[q.Article]
		if a == nil {
			t.Fatalf("a question of article %q, which is not there", q.Article)
		}
		if !strings.Contains(strings.Join(strings.Fields(a.Text), " "), strings.Trim(q.Sentence, "*- ")) {
			missing++ // cleaning takes marks of emphasis from within a sentence
		}
	}
	if missing*20 > len(questions) {
		t.Errorf("of %d questions %d are of sentences that are not there", len(questions), missing)
	}
}

// One article may be of any size.
func TestLong(t *testing.T) {
	a := read(t).Article(madeup.Options{Seed: 1, Passages: 5000}, 0)
	if a.Passages < 5000 || len(a.Text) < 500_000 {
		t.Errorf("%d passages in %d bytes", a.Passages, len(a.Text))
	}
}

// Words are as frequent as in real text: the number of different ones goes on
// growing (Heaps' law), and of few there are many (Zipf's).
func TestWordFrequencies(t *testing.T) {
	texts := read(t)
	count := map[string]int{}
	all := 0
	var at []float64 // log of words and of different words
	for i := range 3000 {
		a := texts.Article(madeup.Options{Seed: 1}, i)
		for w := range strings.FieldsFuncSeq(string(a.Text), func(r rune) bool { return !unicode.IsLetter(r) }) {
			count[strings.ToLower(w)]++
			all++
		}
		if n := i + 1; n == 30 || n == 300 || n == 3000 {
			at = append(at, math.Log(float64(all)), math.Log(float64(len(count))))
			t.Logf("%d articles: %d words, %d different", n, all, len(count))
		}
	}
	for i := 2; i < len(at); i += 2 {
		if heaps := (at[i+1] - at[i-1]) / (at[i] - at[i-2]); heaps < 0.42 || heaps > 0.65 {
			t.Errorf("the exponent of Heaps' law is %.2f, in English it is about 0.5", heaps)
		}
	}
	var times []int
	once := 0
	for _, n := range count {
		times = append(times, n)
		if n == 1 {
			once++
		}
	}
	slices.Sort(times)
	slices.Reverse(times)
	zipf := math.Log(float64(times[9])/float64(times[4999])) / math.Log(5000.0/10)
	t.Logf("Zipf's exponent from rank 10 to 5,000: %.2f; %d of %d words stand once", zipf, once, len(count))
	if zipf < 0.85 || zipf > 1.25 {
		t.Errorf("the exponent of Zipf's law is %.2f, in English it is about 1", zipf)
	}
	// Fewer than in English, where it is about half: what is invented are names, which an article tells of more than once.
	if part := float64(once) / float64(len(count)); part < 0.25 || part > 0.65 {
		t.Errorf("%.0f %% of the words stand once", 100*part)
	}
}

// real is what a kB of news holds of what is prepared: the mean of the news sets of
// ../shared and of Wikinews, which are about alike.
var real = map[string]float64{"statements": 3.0, "figures": 3.1, "events": 1.5, "relations": 0.6, "names": 10.5}

// An article holds about as much of what is prepared as news does, half to twice.
func TestDensity(t *testing.T) {
	texts, w := read(t), words.Load()
	dir := t.TempDir()
	if _, err := texts.Write(t.Context(), dir, 150, madeup.Options{Seed: 1}); err != nil {
		t.Fatal(err)
	}
	lib, err := corpus.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	passages, size, got := 0.0, 0.0, map[string]float64{}
	for _, a := range lib.Articles {
		p := annotate.Prepare(a, w)
		passages += float64(len(a.Passages))
		for _, x := range a.Passages {
			size += float64(x.Len())
		}
		got["statements"] += float64(len(p.Statements))
		got["figures"] += float64(len(p.Figures))
		got["events"] += float64(len(p.Events))
		got["relations"] += float64(len(p.Relations))
		got["names"] += float64(len(p.Entities))
	}
	t.Logf("%.1f passages an article, %.0f bytes a passage", passages/float64(len(lib.Articles)), size/passages)
	for what, want := range real {
		n := got[what] * 1000 / size
		t.Logf("%.2f %s a kB, in news %.2f", n, what, want)
		if n < want/2 || n > want*2 {
			t.Errorf("%.2f %s a kB, in news %.2f", n, what, want)
		}
	}
}

func BenchmarkArticle(b *testing.B) {
	texts := read(b)
	passages, i := 0, 0
	for b.Loop() {
		passages += texts.Article(madeup.Options{Seed: 1}, i).Passages
		i++
	}
	b.ReportMetric(float64(passages)/b.Elapsed().Seconds(), "passages/s")
}
