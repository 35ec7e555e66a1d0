package blocks

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
	"footnote/index"
)

var folders sync.Map // what prepared returned

// prepared returns the articles below a folder, prepared.
func prepared(t testing.TB, dir string) []*annotate.Doc {
	if docs, ok := folders.Load(dir); ok {
		return docs.([]*annotate.Doc)
	}
	lib, err := corpus.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	var docs []*annotate.Doc
	for _, a := range lib.Articles {
		docs = append(docs, annotate.Prepare(a, wordLists()))
	}
	folders.Store(dir, docs)
	return docs
}

var wordLists = sync.OnceValue(words.Load)

// texts are articles of all kinds that come with the repository: news, rules,
// tables, transcripts and other languages. The last folder is long to prepare.
var texts = []string{"../../corpus/articles", "../../handlers/testdata/languages", "../../training/questions"}

// stored returns the article as a block gives it back.
func stored(d *annotate.Doc) *annotate.Doc {
	c, a := *d, *d.Article
	a.ID, a.Dropped, a.Page = "", nil, 0
	c.Article = &a
	return &c
}

// checkRound fails where a block does not give back what it was made of.
func checkRound(t *testing.T, d *annotate.Doc) {
	t.Helper()
	b := Encode(d)
	got, err := Decode(b)
	if err != nil {
		t.Fatalf("%s: %v", d.Article.ID, err)
	}
	if want := stored(d); !reflect.DeepEqual(got, want) {
		t.Fatalf("%s: %s", d.Article.ID, difference("Doc", reflect.ValueOf(want), reflect.ValueOf(got)))
	}
	if !bytes.Equal(Encode(got), b) {
		t.Fatalf("%s: the block of what was decoded is another", d.Article.ID)
	}
}

// difference says where two values differ first.
func difference(at string, want, got reflect.Value) string {
	if reflect.DeepEqual(want.Interface(), got.Interface()) {
		return ""
	}
	switch want.Kind() {
	case reflect.Pointer:
		return difference(at, want.Elem(), got.Elem())
	case reflect.Struct:
		for i := range want.NumField() {
			if !want.Type().Field(i).IsExported() {
				continue
			}
			if d := difference(at+"."+want.Type().Field(i).Name, want.Field(i), got.Field(i)); d != "" {
				return d
			}
		}
	case reflect.Slice:
		if want.Len() == got.Len() && want.IsNil() == got.IsNil() {
			for i := range want.Len() {
				if d := difference(fmt.Sprintf("%s[%d]", at, i), want.Index(i), got.Index(i)); d != "" {
					return d
				}
			}
		}
	}
	return fmt.Sprintf("%s is %#v, not %#v", at, got, want)
}

func TestRoundTrip(t *testing.T) {
	all := texts
	if testing.Short() {
		all = texts[:2]
	}
	for _, dir := range all {
		for _, d := range prepared(t, dir) {
			checkRound(t, d)
		}
	}
	checkRound(t, annotate.Prepare(&corpus.Article{}, wordLists()))
}

// leftOut are the fields that no block holds.
var leftOut = map[string]bool{"Article.ID": true, "Article.Dropped": true, "Article.Page": true}

// filler fills whatever it is given with values that are not zero, nor like
// what prepared articles hold.
type filler struct {
	*rand.Rand
	t *testing.T
}

func (f *filler) fill(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), name)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(1+f.Int64N(1e10), f.Int64N(1e9)).UTC()))
			return
		}
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if name := v.Type().Name() + "." + field.Name; !leftOut[name] && field.IsExported() {
				f.fill(v.Field(i), name)
			}
		}
	case reflect.Slice:
		if n := f.IntN(5); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n-1, n+3))
		}
		for i := range v.Len() {
			f.fill(v.Index(i), name)
		}
	case reflect.String:
		v.SetString(strings.Repeat(string(rune('a'+f.IntN(26))), 1+f.IntN(6)))
	case reflect.Int:
		v.SetInt([]int64{-1, 1, f.Int64N(8) - 4, f.Int64N(1e6), -f.Int64N(1e6), math.MaxInt64, math.MinInt64}[f.IntN(7)])
	case reflect.Uint8, reflect.Uint16:
		v.SetUint(1 + f.Uint64N(1<<v.Type().Bits()-1))
	case reflect.Float64:
		v.SetFloat([]float64{f.Float64(), 1, -3, 1e18, math.Copysign(0, -1), math.Inf(1), 1 << 53, 0.1}[f.IntN(8)])
	case reflect.Bool:
		v.SetBool(f.IntN(2) == 0)
	default:
		f.t.Fatalf("%s is a %s; teach form.go and this test to keep it", name, v.Kind())
	}
}

// A field that is added to an article and forgotten here does not come back.
func TestEveryField(t *testing.T) {
	for seed := range uint64(3000) {
		f := &filler{rand.New(rand.NewPCG(seed, 0)), t}
		d := &annotate.Doc{}
		f.fill(reflect.ValueOf(d).Elem(), "Doc")
		d.Hash()
		checkRound(t, d)
	}
}

// summed puts the sum of a damaged block right.
func summed(b []byte) []byte {
	body := b[:len(b)-sumLen]
	return binary.LittleEndian.AppendUint32(body[:len(body):len(body)], crc32.Checksum(body, castagnoli))
}

func TestDamage(t *testing.T) {
	lib, err := corpus.Default()
	if err != nil {
		t.Fatal(err)
	}
	b := Encode(annotate.Prepare(lib.Articles[0], wordLists()))
	for i := range b {
		damagedBlock := bytes.Clone(b)
		damagedBlock[i] ^= byte(1 + i%255)
		if _, err := Decode(damagedBlock); !errors.Is(err, index.ErrDamaged) {
			t.Fatalf("byte %d: %v", i, err)
		}
		if _, err := Decode(b[:i]); !errors.Is(err, index.ErrDamaged) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	lib, err := corpus.Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{}, []byte{})
	for _, a := range []*corpus.Article{{Text: "x"}, lib.Articles[0]} {
		d := annotate.Prepare(a, wordLists())
		f.Add([]byte{}, Encode(d))
		letters, numbers := new(form).write(d)
		f.Add(letters, numbers)
	}
	f.Fuzz(func(t *testing.T, letters, b []byte) {
		// As a block, as one whose sum is right, and as what a block holds.
		_, err := Decode(b)
		if err != nil && !errors.Is(err, index.ErrDamaged) {
			t.Fatal(err)
		}
		if len(b) < 4<<10 { // longer ones may hold gigabytes
			b := append(bytes.Clone(b), make([]byte, sumLen)...)
			if _, err := Decode(summed(b)); err != nil && !errors.Is(err, index.ErrDamaged) {
				t.Fatal(err)
			}
		}
		o, err := new(form).read(letters, b)
		if err != nil && !errors.Is(err, index.ErrDamaged) {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		for i := range o.doc.Article.Passages {
			if _, _, _, err := o.passage(i); err != nil && !errors.Is(err, index.ErrDamaged) {
				t.Fatal(err)
			}
		}
		d, memory, err := o.whole()
		if err != nil && !errors.Is(err, index.ErrDamaged) {
			t.Fatal(err)
		}
		memory += o.memory
		if size := len(letters) + len(b); memory > 2000*size+4096 {
			t.Fatalf("%d bytes make %d", size, memory)
		}
		if err == nil {
			d.Hash()
			again, err := Decode(Encode(d))
			if err != nil {
				t.Fatal(err)
			}
			if diff := difference("Doc", reflect.ValueOf(d), reflect.ValueOf(again)); diff != "" && !strings.Contains(diff, "NaN") {
				t.Fatal(diff)
			}
		}
	})
}

func FuzzRoundTrip(f *testing.F) {
	f.Add("Prime Minister Fayez al-Sarraj said on Monday that 12 of the 40 had DIED. He denied it.", false)
	f.Add("| Name | Age |\n|---|---|\n| Vale | 12 |\n", false)
	f.Add("---\ntitle: Ĳssel\nlanguage: nl\n---\n# IJ\n\n1.1 ĲSSEL İs 中文字 größer.", false)
	f.Add("<h1>Title</h1><p>“Yes,” said Ann.</p>", true)
	f.Fuzz(func(t *testing.T, text string, page bool) {
		name := "a.md"
		if page {
			name = "a.html"
		}
		lib, err := corpus.LoadFS(fstest.MapFS{name: {Data: []byte(text)}})
		if err != nil {
			return
		}
		for _, a := range lib.Articles {
			checkRound(t, annotate.Prepare(a, wordLists()))
		}
	})
}

// news are the prepared texts that the figures are of: our own, and news where
// they are.
func news(b *testing.B) (docs []*annotate.Doc, passages int) {
	docs = prepared(b, "../../training/questions")
	if _, err := os.Stat(sharedNews); err == nil {
		docs = append(docs, prepared(b, sharedNews)...)
	}
	for _, d := range docs {
		passages += len(d.Article.Passages)
	}
	return docs, passages
}

var sharedNews = filepath.FromSlash("../../../shared/data/news")

func BenchmarkEncode(b *testing.B) {
	docs, passages := news(b)
	b.ReportAllocs()
	var size int
	for b.Loop() {
		size = 0
		for _, d := range docs {
			size += len(Encode(d))
		}
	}
	b.ReportMetric(float64(size)/float64(passages), "bytes/passage")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*passages), "ns/passage")
}

func BenchmarkDecode(b *testing.B) {
	docs, passages := news(b)
	var blocks [][]byte
	tokens := 0
	for _, d := range docs {
		blocks = append(blocks, Encode(d))
		for i := range d.Sentences {
			tokens += len(d.Sentences[i].Tokens)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, block := range blocks {
			if _, err := Decode(block); err != nil {
				b.Fatal(err)
			}
		}
	}
	elapsed := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	b.ReportMetric(elapsed/float64(passages), "ns/passage")
	b.ReportMetric(elapsed/float64(tokens), "ns/token")
}

// What all articles were kept as before.
func BenchmarkGob(b *testing.B) {
	docs, passages := news(b)
	var all bytes.Buffer
	if err := gob.NewEncoder(&all).Encode(docs); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var got []*annotate.Doc
		if err := gob.NewDecoder(bytes.NewReader(all.Bytes())).Decode(&got); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(all.Len())/float64(passages), "bytes/passage")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*passages), "ns/passage")
}
