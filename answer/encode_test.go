package answer

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"footnote/answer/vectors"
	"footnote/corpus"
	"footnote/encoder"
	"footnote/encoder/encodertest"
)

// How files of vectors are named; see package shelf.
const (
	vectorsEnd   = ".vectors"
	vectorsBegun = ".vectors-"
	unused       = 24 * time.Hour
)

// encodedFrom returns the library with vectors, which is closed with the test, and
// closes the one that it is made of.
func encodedFrom(t testing.TB, plain *Library, e Encoding) *Library {
	t.Helper()
	l, err := plain.Encode(t.Context(), e)
	if err = errors.Join(err, plain.Close()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// openedBelow builds the index of a source where it is not built and opens it.
func openedBelow(t testing.TB, root string, s *Source, m *encoder.Model) *Library {
	t.Helper()
	if err := s.Build(t.Context(), root); err != nil {
		t.Fatal(err)
	}
	l, err := Open(root, s.Key(), m)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// vectorsOf returns the vectors of all passages.
func vectorsOf(t testing.TB, l *Library) []vectors.Passage {
	t.Helper()
	var all []vectors.Passage
	for n := range l.articles.Size() {
		p, err := l.vectors.Passage(n)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// What is kept is what is encoded without keeping anything, and finds the same;
// the vectors of another model are not compared with a question's.
func TestEncodeKept(t *testing.T) {
	s, root, m := boats(t), t.TempDir(), tinyModel(t)
	plain := openedBelow(t, root, s, m)
	if plain.HasVectors() {
		t.Error("a library has vectors that nobody made")
	}
	encodedFrom(t, plain, Encoding{Model: m})
	plain, err := s.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	memory, disk := encodedFrom(t, plain, Encoding{Model: m}), openedBelow(t, root, s, m)
	defer disk.Close()
	if !disk.HasVectors() || !reflect.DeepEqual(vectorsOf(t, disk), vectorsOf(t, memory)) {
		t.Error("the stored vectors are other ones")
	}
	for _, q := range []string{"boats", "what of the boat off krag?", "cafe", "zz"} {
		a, b := memory.Trace(context.Background(), Question{Text: q}), disk.Trace(context.Background(), Question{Text: q})
		a.Answer.TookUS, b.Answer.TookUS = 0, 0
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%q: %+v\nand from the disk %+v", q, a.Answer, b.Answer)
		}
	}
	other := tinyModel(t)
	other.Digest = "another"
	for _, m := range []*encoder.Model{nil, other} {
		l := openedBelow(t, root, s, m)
		if l.HasVectors() {
			t.Error("vectors of one model are compared with those of another")
		}
		l.Close()
	}
}

// The library of words alone and the one made of it are closed in any order.
func TestEncodeClose(t *testing.T) {
	for _, first := range []int{0, 1} {
		plain, err := boats(t).InMemory()
		if err != nil {
			t.Fatal(err)
		}
		whole, err := plain.Encode(t.Context(), Encoding{Model: tinyModel(t)})
		if err != nil {
			t.Fatal(err)
		}
		both := []*Library{plain, whole}
		both[first].Close()
		if a := both[1-first].Ask(t.Context(), Question{Text: "who was hurt?"}); a.Err != nil {
			t.Errorf("with library %d closed the other says %v", first, a.Err)
		}
		both[1-first].Close()
	}
}

func TestCheckModel(t *testing.T) {
	if err := CheckModel(tinyModel(t)); err != nil {
		t.Error(err)
	}
	none, err := encoder.Load(encodertest.Tiny(func(_ *encodertest.Writer, about map[string]string) {
		about["shape"] = strings.Replace(about["shape"], `{"name":"find","layers":2,"heads":{}},`, "", 1)
	}))
	if err != nil {
		t.Fatal(err)
	}
	if err := CheckModel(none); err == nil || !strings.Contains(err.Error(), `"find"`) {
		t.Errorf("a model that cannot compare: %v", err)
	}
}

// harbour is a library of two articles of three paragraphs, changed by edit.
func harbour(t testing.TB, edit func(articles map[string][]string)) *Source {
	t.Helper()
	texts := map[string][]string{
		"boats":  {"The boats sank off Krag.", "Nobody was hurt. The cafe was closed.", "Thirty houses were flooded."},
		"ferry":  {"The ferry leaves at noon.", "The fare is four crowns.", "Dogs travel free."},
		"boote:": {"Die Boote sanken vor Krag."},
	}
	if edit != nil {
		edit(texts)
	}
	var articles []*corpus.Article
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		id, german := strings.CutSuffix(name, ":")
		language := "en"
		if german {
			language = "de"
		}
		id, title, renamed := strings.Cut(id, "=")
		a := corpus.FromParagraphs(id, language, texts[name])
		if a.ID = id; renamed {
			a.Title = title
		}
		articles = append(articles, a)
	}
	s, err := From(articles)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Only what changed is encoded, and all of it.
func TestEncodeWhatChanged(t *testing.T) {
	m := tinyModel(t)
	for _, c := range []struct {
		name string
		edit func(texts map[string][]string)
		want int // passages encoded
	}{
		{"nothing", nil, 0},
		{"a passage", func(x map[string][]string) { x["ferry"][1] = "The fare is five crowns." }, 1},
		{"a passage more, in front", func(x map[string][]string) { x["ferry"] = append([]string{"The ferry is red."}, x["ferry"]...) }, 1},
		{"the order", func(x map[string][]string) { x["ferry"][0], x["ferry"][2] = x["ferry"][2], x["ferry"][0] }, 0},
		{"one gone", func(x map[string][]string) { delete(x, "boats") }, 0},
		{"renamed, with its title", func(x map[string][]string) { x["ship=ferry"] = x["ferry"]; delete(x, "ferry") }, 0},
		{"the title", func(x map[string][]string) { x["ferry=The ferry"] = x["ferry"]; delete(x, "ferry") }, 3},
		{"the same passage twice", func(x map[string][]string) { x["ferry"] = append(x["ferry"], "The ferry is red.", "The ferry is red.") }, 1},
		{"a language that is not encoded", func(x map[string][]string) { x["boote:"][0] = "Alle Boote sanken." }, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			encodedFrom(t, openedBelow(t, root, harbour(t, nil), m), Encoding{Model: m})
			s, got := harbour(t, c.edit), 0
			l := encodedFrom(t, openedBelow(t, root, s, m), Encoding{Model: m, Watch: func(done, _ int) { got = done }})
			if got != c.want {
				t.Errorf("%d passages are encoded, want %d", got, c.want)
			}
			afresh, err := s.InMemory()
			if err != nil {
				t.Fatal(err)
			}
			if want := encodedFrom(t, afresh, Encoding{Model: m}); !reflect.DeepEqual(vectorsOf(t, l), vectorsOf(t, want)) {
				t.Error("the vectors are not those of the passages")
			}
			again := openedBelow(t, root, s, m)
			defer again.Close()
			if !again.HasVectors() {
				t.Error("the vectors are not kept")
			}
		})
	}
}

// Whatever stands where vectors should is encoded anew and put right: at once where
// it is seen when the library is opened, and else when somebody met it.
func TestEncodeDamaged(t *testing.T) {
	m, s, root := tinyModel(t), harbour(t, nil), t.TempDir()
	encoded := func() *Library {
		t.Helper()
		l := openedBelow(t, root, s, m)
		whole, err := l.Encode(t.Context(), Encoding{Model: m})
		if err = errors.Join(err, l.Close()); err != nil {
			t.Fatal(err)
		}
		return whole
	}
	l := encoded()
	want := vectorsOf(t, l)
	l.Close()
	file, _ := filepath.Glob(filepath.Join(root, "*"+vectorsEnd))
	if len(file) != 1 {
		t.Fatalf("vectors are kept in %v", file)
	}
	whole, err := os.ReadFile(file[0])
	if err != nil {
		t.Fatal(err)
	}
	damages := map[string][]byte{"nothing": nil, "cut": whole[:len(whole)/2], "more": append(whole[:len(whole):len(whole)], 0), "text": []byte("vectors")}
	for i := 0; i < len(whole); i += 17 {
		b := append([]byte(nil), whole...)
		b[i] ^= 1 << (i % 8)
		damages[fmt.Sprintf("bit of byte %d", i)] = b
	}
	late := 0
	for name, b := range damages {
		if err := os.WriteFile(file[0], b, 0o600); err != nil {
			t.Fatal(err)
		}
		if l := openedBelow(t, root, s, m); l.HasVectors() {
			// It is met by whoever reads the passages or looks for near ones.
			late++
			for n := range l.articles.Size() {
				_, _ = l.vectors.Passage(n)
			}
			l.Close()
			if Damaged(root) == nil {
				continue // in what nobody reads
			}
		} else {
			l.Close()
		}
		l := encoded()
		if !reflect.DeepEqual(vectorsOf(t, l), want) {
			t.Errorf("%s: other vectors come out", name)
		}
		l.Close()
		if b, err := os.ReadFile(file[0]); err != nil || string(b) != string(whole) {
			t.Errorf("%s: the file is not put right: %v", name, err)
		}
	}
	t.Logf("of %d damages %d are met late", len(damages), late)
}

// Where nothing can be kept the library has its vectors all the same.
func TestEncodeNowhere(t *testing.T) {
	m, root := tinyModel(t), t.TempDir()
	l := openedBelow(t, root, harbour(t, nil), m)
	defer l.Close()
	if err := os.RemoveAll(root); err != nil {
		t.Fatal(err)
	}
	whole, err := l.Encode(t.Context(), Encoding{Model: m})
	if whole == nil || !whole.HasVectors() || err == nil || !strings.Contains(err.Error(), "cannot be kept") {
		t.Fatalf("%v, %v", whole, err)
	}
	whole.Close()
}

// long is a library of many passages, and one without paragraphs.
func long(t testing.TB, passages int) *Source {
	t.Helper()
	texts := make([]string, passages)
	for i := range texts {
		texts[i] = fmt.Sprintf("Boat %d sank off Krag on day %d. The cafe was closed for %d days.", i, i%28, i%5)
	}
	texts[0] = strings.Join(texts, " ")
	s, err := From([]*corpus.Article{corpus.FromParagraphs("long", "en", texts)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The vectors are the same on any number of processors, and encoding stops soon
// when its context ends; what is done is not done again.
func TestEncodeStopped(t *testing.T) {
	m, s, root := tinyModel(t), long(t, 300), t.TempDir()
	plain := openedBelow(t, root, s, m)
	ctx, stop := context.WithCancel(t.Context())
	begin := time.Time{}
	l, err := plain.Encode(ctx, Encoding{Model: m, keepEvery: time.Nanosecond, Watch: func(done, _ int) {
		if done == 100 {
			begin = time.Now()
			stop()
		}
	}})
	if l != nil || !errors.Is(err, context.Canceled) {
		t.Fatalf("%v, %v", l, err)
	}
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("it goes on for %v", took)
	}
	left := 0
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	l = encodedFrom(t, plain, Encoding{Model: m, Watch: func(_, total int) { left = total }})
	if left == 0 || left > 200 {
		t.Errorf("%d of 300 passages are encoded afterwards", left)
	}
	if begun, _ := filepath.Glob(filepath.Join(root, vectorsBegun+"*")); len(begun) > 0 {
		t.Errorf("left behind: %v", begun)
	}
	runtime.GOMAXPROCS(4)
	memory, err := s.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	if again := encodedFrom(t, memory, Encoding{Model: m}); !reflect.DeepEqual(vectorsOf(t, again), vectorsOf(t, l)) {
		t.Error("on four processors the vectors are others")
	}
}

// Several that encode the same library at once come to the same, and leave one file.
func TestEncodeAtOnce(t *testing.T) {
	m, s, root := tinyModel(t), long(t, 60), t.TempDir()
	var all sync.WaitGroup
	libs := make([]*Library, 4)
	for i := range libs {
		plain := openedBelow(t, root, s, m)
		all.Go(func() {
			var err error
			if libs[i], err = plain.Encode(t.Context(), Encoding{Model: m, keepEvery: time.Millisecond}); err != nil {
				t.Error(err)
			}
			plain.Close()
		})
	}
	all.Wait()
	for _, l := range libs {
		if l == nil || !reflect.DeepEqual(vectorsOf(t, l), vectorsOf(t, libs[0])) {
			t.Fatal("they differ")
		}
		l.Close()
	}
	l := openedBelow(t, root, s, m)
	defer l.Close()
	if files, _ := filepath.Glob(filepath.Join(root, "*"+vectorsEnd)); len(files) != 1 || !l.HasVectors() {
		t.Errorf("files: %v", files)
	}
}

// encodeThere tells this test binary to encode a library below a folder.
const encodeThere = "TEST_ENCODE_BELOW"

// Whenever the process that encodes is killed, what it leaves is used or ignored,
// and nothing of it stays in the end.
func TestEncodeKilled(t *testing.T) {
	m, s := tinyModel(t), long(t, 300)
	if root := os.Getenv(encodeThere); root != "" {
		encodedFrom(t, openedBelow(t, root, s, m), Encoding{Model: m, keepEvery: 2 * time.Millisecond})
		return
	}
	if testing.Short() {
		t.Skip("skipped: takes a while")
	}
	root := t.TempDir()
	encode := func(wait time.Duration) {
		cmd := exec.Command(os.Args[0], "-test.run=^TestEncodeKilled$")
		cmd.Env = append(os.Environ(), encodeThere+"="+root)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		if wait > 0 { // from when it began to write down what it encoded
			for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
				if begun, _ := filepath.Glob(filepath.Join(root, vectorsBegun+"*")); len(begun) > 0 {
					break
				}
				if len(ended) > 0 {
					break
				}
			}
			time.Sleep(wait)
			_ = cmd.Process.Kill()
		}
		if err := <-ended; err != nil && wait == 0 {
			t.Fatal(err)
		}
	}
	openedBelow(t, root, s, nil).Close()
	memory, err := s.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	want := encodedFrom(t, memory, Encoding{Model: m})
	vectorsBelow := func() []string {
		files, _ := filepath.Glob(filepath.Join(root, "*"+vectorsEnd+"*")) // those begun as well
		return files
	}
	const kills = 12
	met, spared := 0, 0
	for n := 1; n <= kills || (met == 0 || spared == 0) && n <= 6*kills; n++ { // some machines need more tries
		for _, file := range vectorsBelow() {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}
		encode(time.Duration((n-1)%kills+1) * 3 * time.Millisecond)
		l, left := openedBelow(t, root, s, m), 0
		if !l.HasVectors() {
			met++
			whole, err := l.Encode(t.Context(), Encoding{Model: m, Watch: func(_, total int) { left = total }})
			if err := errors.Join(err, l.Close()); err != nil {
				t.Fatal(err)
			}
			l = whole
			spared += 300 - left
		}
		if !reflect.DeepEqual(vectorsOf(t, l), vectorsOf(t, want)) {
			t.Fatalf("kill %d: other vectors come out", n)
		}
		l.Close()
	}
	t.Logf("%d kills met the encoding, %d passages were spared", met, spared)
	if met == 0 || spared == 0 {
		t.Error("no kill met an encoding under way; the test proves nothing")
	}
	for _, file := range vectorsBelow() { // a file that was cut off goes when it is old
		long := time.Now().Add(-2 * unused)
		if err := os.Chtimes(file, long, long); err != nil {
			t.Fatal(err)
		}
	}
	if err := Sweep(root, m, s.Key()); err != nil {
		t.Fatal(err)
	}
	if files := vectorsBelow(); len(files) != 1 {
		t.Errorf("left: %v", files)
	}
}

// Vectors go with their index; those of another model when they were not used for
// long, and so does what a killed process left.
func TestSweepVectors(t *testing.T) {
	m, s, root := tinyModel(t), harbour(t, nil), t.TempDir()
	encodedFrom(t, openedBelow(t, root, s, m), Encoding{Model: m})
	own := strings.Split(mustGlob(t, root, "*"+vectorsEnd)[0], ".")
	segment, tag := own[0], own[1]
	const other, gone = "0123456789abcdef", "00000000000000000000000000000000"
	for _, c := range []struct {
		file  string
		age   time.Duration
		model *encoder.Model
		stays bool
	}{
		{segment + "." + tag + vectorsEnd, 9 * unused, m, true},
		{segment + "." + tag + vectorsEnd, 0, nil, true},
		{segment + "." + other + vectorsEnd, 0, m, true},
		{segment + "." + other + vectorsEnd, 2 * unused, m, false},
		{segment + "." + other + vectorsEnd, 2 * unused, nil, false},
		{gone + "." + tag + vectorsEnd, 0, m, false},
		{vectorsBegun + tag + "-1", 0, m, true},
		{vectorsBegun + tag + "-1", 2 * unused, m, false},
		{vectorsBegun + other + "-1", 2 * unused, m, false},
		{"notes.txt", 9 * unused, m, true},
	} {
		path, at := filepath.Join(root, c.file), time.Now().Add(-c.age)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, at, at), Sweep(root, c.model, s.Key())); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); (err == nil) != c.stays {
			t.Errorf("%s, %v old: stays %v, want %v", c.file, c.age, err == nil, c.stays)
		}
		_ = os.Remove(path)
	}
}

func mustGlob(t *testing.T, root, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v, %v", pattern, files, err)
	}
	for i := range files {
		files[i] = filepath.Base(files[i])
	}
	return files
}

var modelFile = flag.String("model", "", "file of weights for benchmarks; without it a network of that size made at random")

// benchmarkModel returns a model of full size.
func benchmarkModel(b *testing.B) *encoder.Model {
	b.Helper()
	data := encodertest.Full()
	if *modelFile != "" {
		var err error
		if data, err = os.ReadFile(*modelFile); err != nil {
			b.Fatal(err)
		}
	}
	m, err := encoder.Load(data)
	if err != nil {
		b.Fatal(err)
	}
	return m
}

// BenchmarkEncode turns the paragraphs of the development articles into vectors,
// on one processor and on all.
func BenchmarkEncode(b *testing.B) {
	lib, err := corpus.Load("../testdata/questions/dev")
	if err != nil {
		b.Fatal(err)
	}
	s, err := From(lib.Articles)
	if err != nil {
		b.Fatal(err)
	}
	plain, err := s.InMemory()
	if err != nil {
		b.Fatal(err)
	}
	defer plain.Close()
	m := benchmarkModel(b)
	for _, processors := range slices.Compact([]int{1, runtime.GOMAXPROCS(0)}) {
		b.Run(fmt.Sprintf("%d", processors), func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			paragraphs := 0
			for b.Loop() {
				l, err := plain.Encode(b.Context(), Encoding{Model: m, Watch: func(done, total int) {
					if done == total {
						paragraphs += total
					}
				}})
				if err != nil {
					b.Fatal(err)
				}
				l.Close()
			}
			b.ReportMetric(float64(paragraphs)/b.Elapsed().Seconds(), "paragraphs/s")
		})
	}
}
