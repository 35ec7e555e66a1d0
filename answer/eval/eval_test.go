package eval

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"footnote/answer"
	"footnote/corpus"
	"footnote/encoder"
	"footnote/encoder/taught"
	"footnote/internal/race"
)

var update = flag.Bool("update", false, "write the goldens anew")

// shared is where larger sets of questions may lie beside the repository.
const shared = "../../../shared/data"

const (
	devQuestions   = "../../testdata/questions/dev"
	freshQuestions = "../../testdata/questions/fresh"
	mixedQuestions = "../../testdata/questions/mixed"
	shippedArticle = "../../corpus/articles"
)

// oneGoroutine skips a test under the race detector, which is ten times as slow
// and has nothing to find where one question is asked after the other.
func oneGoroutine(t *testing.T) {
	t.Helper()
	if race.On {
		t.Skip("skipped under the race detector: nothing runs at the same time here")
	}
}

// sharedData returns the folder of the shared sets, or skips the test where
// it is not there. Where the folder that holds it is there on CI, it must be too.
func sharedData(t testing.TB) string {
	t.Helper()
	if _, err := os.Stat(shared); err != nil {
		if _, err := os.Stat(filepath.Dir(shared)); err == nil && os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing", shared)
		}
		t.Skipf("skipped: %s is not there", shared)
	}
	return shared
}

// opened is a library of the articles at some paths and what finds passages in it.
type opened struct {
	model *encoder.Model
	paths string
}

var (
	libraries   = map[opened]*answer.Library{}
	librariesMu sync.Mutex
)

// library loads articles into one library in memory, once for all tests.
func library(t testing.TB, m *encoder.Model, paths ...string) *answer.Library {
	t.Helper()
	librariesMu.Lock()
	defer librariesMu.Unlock()
	key := opened{m, strings.Join(paths, "\n")}
	if lib := libraries[key]; lib != nil {
		return lib
	}
	var articles []*corpus.Article
	for _, path := range paths {
		lib, err := corpus.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, lib.Articles...)
	}
	libraries[key] = openBy(t, m, articles)
	return libraries[key]
}

// openBy finds passages by a model, or by words alone where it is nil.
func openBy(t testing.TB, m *encoder.Model, articles []*corpus.Article) *answer.Library {
	t.Helper()
	src, err := answer.From(articles)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := src.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	if m == nil {
		return lib
	}
	read, err := lib.Encode(context.Background(), answer.Encoding{Model: m})
	if err != nil {
		t.Fatal(err)
	}
	if err := lib.Close(); err != nil {
		t.Fatal(err)
	}
	return read // for the other tests, too
}

// model returns the model that comes with the bot.
func model(t testing.TB) *encoder.Model {
	t.Helper()
	return taught.Model()
}

// What the tables say of how the weights came about.
const (
	tuned     = "score parts, confidence and word lists are tuned on this set"
	untouched = "nothing is tuned on this set"
)

// sampled says how much of SQuAD 2 is asked.
const sampled = "every third question is asked; "

// xquadTuned says the same of the XQuAD sets.
func xquadTuned(language string) string {
	if language == "en" {
		return "nothing is tuned on this set"
	}
	return "the language's analyzer is chosen on this set"
}

// golden compares a report with testdata/name.golden, times left out.
func golden(t *testing.T, name, tuned string, r Report) {
	t.Helper()
	r.TunedOn = tuned
	goldenTable(t, name, r)
}

// goldenTable compares what a report prints with testdata/name.golden.
func goldenTable(t *testing.T, name string, r interface{ Print(io.Writer) error }) {
	t.Helper()
	var b strings.Builder
	if err := r.Print(&b); err != nil {
		t.Fatal(err)
	}
	goldenText(t, name, b.String())
}

// goldenText compares a text with testdata/name.golden.
func goldenText(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the scores changed; if they are meant to, run with -update\ngot\n%s\nwant\n%s", got, want)
	}
}

// The weights are tuned on these questions.
func TestDevelopmentQuestions(t *testing.T) {
	golden(t, "dev", tuned, NewReport("dev", outcomes(t, "dev")))
}

// Nothing is tuned on these: they are the figures that count.
func TestFreshQuestions(t *testing.T) {
	golden(t, "fresh", untouched, NewReport("fresh", outcomes(t, "fresh")))
}

// Nothing is tuned on these either: eight texts of eight kinds that are no news,
// written without sight of the program.
func TestMixedQuestions(t *testing.T) {
	golden(t, "mixed", untouched, NewReport("mixed", outcomes(t, "mixed")))
}

func TestLibya(t *testing.T) {
	golden(t, "libya", tuned, NewReport("libya", outcomes(t, "libya")))
}

func TestNews(t *testing.T) {
	golden(t, "news", tuned, NewReport("news", outcomes(t, "news")))
}

func TestXQuAD(t *testing.T) {
	for _, language := range []string{"en", "de", "es", "ru", "ar", "zh", "tr", "hi", "ro", "vi", "el", "th"} {
		t.Run(language, func(t *testing.T) {
			golden(t, "xquad-"+language, xquadTuned(language), NewReport("xquad-dev-"+language, outcomes(t, "xquad-"+language)))
		})
	}
}

func TestSQuAD2OwnPassage(t *testing.T) {
	golden(t, "squad2-own-passage", sampled+"the confidence is tuned on this set; nothing else is", NewReport("squad2-dev", outcomes(t, "squad2")))
}

func TestReadTSV(t *testing.T) {
	for _, c := range []struct {
		name, text, err string
		n               int
	}{
		{"ok", "id\tkind\tquestion\tanswer\na1\tplain\twho said \"no\"\tAnna\na2\tnone\twhy\tNONE\n", "", 2},
		{"a question in quotation marks", "a1\tplain\t\"no\" said who\tAnna\na2\tplain\twho\tAnna\n", "", 2},
		{"CRLF", "id\tkind\tquestion\tanswer\r\na1\tplain\twho\tAnna\r\n", "", 1},
		{"a column is missing", "id\tkind\tquestion\tanswer\na1\tplain\twho\n", "tabs between", 0},
		{"no expression", "a1\tplain\twho\t(\n", "question a1", 0},
		{"nothing", "id\tkind\tquestion\tanswer\n", "holds no question", 0},
	} {
		file := filepath.Join(t.TempDir(), "a.tsv")
		if err := os.WriteFile(file, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		set, err := ReadTSV(file)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %v, want an error with %q", c.name, err, c.err)
			}
			continue
		}
		if err != nil || len(set.Cases) != c.n || set.Name != "a" {
			t.Errorf("%s: %v, %v, want %d cases", c.name, set, err, c.n)
		}
	}
}

func TestSQuADMetrics(t *testing.T) {
	for _, c := range []struct {
		answer, gold string
		em           bool
		f1           float64
	}{
		{"the Norman dukes", "Norman Dukes!", true, 1},
		{"in 1066", "1066", false, 2.0 / 3},
		{"", "1066", false, 0},
		{"Paris", "London", false, 0},
		{"a", "the", true, 1},
	} {
		if em, f := exact(c.answer, c.gold), f1(c.answer, c.gold); em != c.em || fmt.Sprintf("%.6f", f) != fmt.Sprintf("%.6f", c.f1) {
			t.Errorf("%q against %q: EM %v F1 %.3f, want %v %.3f", c.answer, c.gold, em, f, c.em, c.f1)
		}
	}
}

func TestArea(t *testing.T) {
	for _, c := range []struct {
		pos, neg []float64
		want     float64
	}{
		{[]float64{0.9, 0.8}, []float64{0.1, 0.2}, 1},
		{[]float64{0.1}, []float64{0.9}, 0},
		{[]float64{0.5}, []float64{0.5}, 0.5},
		{nil, []float64{0.5}, 0},
	} {
		if got := Area(c.pos, c.neg); got != c.want {
			t.Errorf("Area(%v, %v) = %v, want %v", c.pos, c.neg, got, c.want)
		}
	}
}

// BenchmarkXQuAD asks the questions of xquad-dev-en one after the other, and
// tells how long the middle one and the slowest of a hundred take.
func BenchmarkXQuAD(b *testing.B) {
	file := filepath.Join(shared, "xquad-dev-en.json.gz")
	if _, err := os.Stat(file); err != nil {
		b.Skipf("skipped: %s is not there", file)
	}
	set, err := ReadSQuAD(file, "en")
	if err != nil {
		b.Fatal(err)
	}
	benchmarkAsk(b, openBy(b, model(b), set.Library), set)
}

// BenchmarkShipped asks the questions on the article that comes with the bot.
func BenchmarkShipped(b *testing.B) {
	set, err := ReadTSV(freshQuestions + "/libya-2019-09-26.tsv")
	if err != nil {
		b.Fatal(err)
	}
	benchmarkAsk(b, library(b, model(b), shippedArticle), set)
}

func benchmarkAsk(b *testing.B, lib *answer.Library, set *Set) {
	b.ReportAllocs()
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		begin := time.Now()
		lib.Trace(context.Background(), answer.Question{Text: set.Cases[i%len(set.Cases)].Question})
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// The same questions give the same bytes: asked again and several at a time, after
// a rebuild, from disk and from memory, on one processor and on two.
func TestSameBytes(t *testing.T) {
	if testing.Short() || race.On {
		t.Skip("skipped: takes a while")
	}
	first := library(t, model(t), devQuestions)
	articles := first.Articles()
	var questions []string
	for _, f := range files(t, devQuestions, ".tsv") {
		set, err := ReadTSV(f)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+4 < len(set.Cases); i += 8 { // as it is, or in capitals
			questions = append(questions, set.Cases[i].Question, strings.ToUpper(set.Cases[i+4].Question))
		}
	}
	if len(questions) < 80 {
		t.Fatalf("only %d questions", len(questions))
	}
	ask := func(lib *answer.Library) string {
		answers := make([]answer.Answer, len(questions))
		var working sync.WaitGroup
		several := runtime.GOMAXPROCS(0)
		for first := range several {
			working.Go(func() {
				for i := first; i < len(questions); i += several {
					answers[i] = lib.Trace(context.Background(), answer.Question{Text: questions[i]}).Answer // worked out anew
					answers[i].TookUS = 0
				}
			})
		}
		working.Wait()
		h := sha256.New()
		if err := json.NewEncoder(h).Encode(answers); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x", h.Sum(nil))
	}
	disk := func() *answer.Library {
		root := t.TempDir()
		src, err := answer.From(articles)
		if err != nil {
			t.Fatal(err)
		}
		if err := src.Build(context.Background(), root); err != nil {
			t.Fatal(err)
		}
		words, err := answer.Open(root, src.Key(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer words.Close()
		if _, err := words.Encode(t.Context(), answer.Encoding{Model: taught.Model()}); err != nil {
			t.Fatal(err)
		}
		lib, err := answer.Open(root, src.Key(), taught.Model()) // with the vectors that are kept
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { lib.Close() })
		return lib
	}
	want := ask(first)
	if got := ask(first); got != want {
		t.Error("asked twice, the answers differ")
	}
	if got := ask(disk()); got != want {
		t.Error("from disk the answers differ from those in memory")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if got := ask(disk()); got != want {
		t.Error("after a rebuild on one processor the answers differ")
	}
}
