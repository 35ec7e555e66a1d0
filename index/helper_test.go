package index_test

import (
	"encoding/binary"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"footnote/index"
)

var update = flag.Bool("update", false, "write the golden files anew")

// vocabularies hold words that each language's analyzer treats in its own way.
var vocabularies = map[string][]string{
	"en": strings.Fields("ferry ferries harvest harvested flood floods the not of mayor's niño nino bridge bridges island islands council port ports rain rainy a and"),
	"de": strings.Fields("Fähre Fähren Ernte Hochwasser die der nicht Brücke Brücken Insel Rat Hafen Häfen Regen und über"),
	"el": strings.Fields("πλοίο πλοία συγκομιδή πλημμύρα το και γέφυρα νησί λιμάνι βροχή"),
	"zh": strings.Fields("渡轮 收成 洪水 的 桥梁 岛屿 议会 港口 下雨"),
	"th": strings.Fields("เรือข้ามฟาก เก็บเกี่ยว น้ำท่วม สะพาน เกาะ ท่าเรือ ฝน"),
	"xx": strings.Fields("alpha beta gamma delta epsilon alphabet betaware"),
}

var languages = []string{"en", "de", "el", "zh", "th", "xx"}

// passage is a passage before it is analysed.
type passage struct{ Article, Language, Text, About string }

// fill gives the passages, those of an article one after the other, and the files.
func fill(docs []passage, files map[string][]byte) func(*index.Writer) error {
	return func(w *index.Writer) error {
		for from := 0; from < len(docs); {
			to := from
			var article []index.Document
			for ; to < len(docs) && docs[to].Article == docs[from].Article; to++ {
				article = append(article, document(docs[to]))
			}
			if err := w.Add(article); err != nil {
				return err
			}
			from = to
		}
		for name, content := range files {
			f, err := w.Create(name)
			if err != nil {
				return err
			}
			if _, err := f.Write(content); err != nil {
				return err
			}
		}
		return nil
	}
}

func document(p passage) index.Document {
	return index.Document{Language: p.Language, Terms: texts(p.Language, p.Text), About: texts(p.Language, p.About), Marks: marksOf(p)}
}

// marksOf marks a passage with the first words of what it is about, and with its language.
func marksOf(p passage) []index.Mark {
	marks := []index.Mark{{Field: "language", Term: p.Language}}
	for _, w := range strings.Fields(p.About)[:min(3, len(strings.Fields(p.About)))] {
		marks = append(marks, index.Mark{Field: "label", Term: w})
	}
	return marks
}

// texts returns the terms of a text.
func texts(language, text string) []string {
	var out []string
	for _, t := range index.Analyze(language, text) {
		if !t.Stop {
			out = append(out, t.Term)
		}
	}
	return out
}

func keyOf(docs []passage) string { return index.Key(fmt.Append(nil, docs)) }

// open opens a segment as an index of its own.
func open(root, key string) (*index.Index, error) {
	s, err := index.Open(root, key)
	if err != nil {
		return nil, err
	}
	x := index.NewIndex([]index.Part{s.Whole()})
	return x, s.Close()
}

// invented returns n passages of words drawn at random, some twice over, so
// that there are ties, in the first few languages and in articles of some passages.
func invented(r *rand.Rand, n, languageCount int) []passage {
	docs := make([]passage, n)
	for i := range docs {
		if i > 0 && r.IntN(4) == 0 {
			docs[i] = docs[r.IntN(i)]
		} else {
			language := languages[r.IntN(languageCount)]
			docs[i] = passage{Language: language, Text: sentence(r, language, r.IntN(40))}
			if r.IntN(3) == 0 {
				docs[i].About = sentence(r, language, r.IntN(6))
			}
		}
		docs[i].Article = fmt.Sprintf("article-%d", i)
		if i > 0 && docs[i].Language == docs[i-1].Language && r.IntN(4) > 0 {
			docs[i].Article = docs[i-1].Article
		}
	}
	return docs
}

// sentence returns so many words, the early ones of the vocabulary oftener.
func sentence(r *rand.Rand, language string, words int) string {
	v := vocabularies[language]
	out := make([]string, words)
	for i := range out {
		out[i] = v[min(r.IntN(len(v)), r.IntN(len(v)))]
	}
	return strings.Join(out, " ")
}

// built returns the index of the documents in a directory of the test.
func built(t testing.TB, docs []passage, files map[string][]byte) *index.Index {
	t.Helper()
	root, key := t.TempDir(), keyOf(docs)
	if err := index.Build(t.Context(), root, key, fill(docs, files)); err != nil {
		t.Fatal(err)
	}
	return opened(t, root, key)
}

func opened(t testing.TB, root, key string) *index.Index {
	t.Helper()
	x, err := open(root, key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func inMemory(t testing.TB, docs []passage) *index.Index {
	t.Helper()
	s, err := index.InMemory(t.Context(), fill(docs, nil))
	if err != nil {
		t.Fatal(err)
	}
	x := index.NewIndex([]index.Part{s.Whole()})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// terms returns the index terms of a question, each once a mention.
func terms(language, question string) []index.Term {
	var out []index.Term
	for _, t := range index.Analyze(language, question) {
		if !t.Stop {
			out = append(out, index.Term{Language: language, Text: t.Term, Weight: 1})
		}
	}
	return out
}

// inBytes writes hits so that equal bytes mean equal hits, to the last bit of
// the score.
func inBytes(hits []index.Hit) string {
	var b []byte
	for _, h := range hits {
		b = binary.LittleEndian.AppendUint64(b, uint64(h.Document))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(h.Score))
	}
	return string(b)
}

// golden compares got with testdata/name, or writes it there with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with -update", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; if that is right, run with -update. Got:\n%s\nwant:\n%s", path, got, want)
	}
}
