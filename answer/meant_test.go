package answer

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"footnote/corpus"
	"footnote/encoder"
	"footnote/encoder/encodertest"
)

func tinyModel(t testing.TB) *encoder.Model {
	t.Helper()
	m, err := encoder.Load(encodertest.Tiny(nil))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// meantSource is a small library whose passages are turned into vectors.
func meantSource(t testing.TB) *Source {
	t.Helper()
	a := corpus.FromParagraphs("Boats", "en", []string{"The boats sank off Krag. The boat sang.", "Nobody was hurt. The cafe was closed.", "Thirty houses were flooded in Västby."})
	b := corpus.FromParagraphs("Boote", "de", []string{"Die Boote sanken vor Krag."})
	b.ID = "boote"
	s, err := From([]*corpus.Article{a, b})
	if err != nil {
		t.Fatal(err)
	}
	if s, err = s.With(tinyModel(t)); err != nil {
		t.Fatal(err)
	}
	return s
}

// An index that was built and opened again finds what one in memory does; the
// vectors of another model are not compared with a question's.
func TestMeantStored(t *testing.T) {
	s, root := meantSource(t), t.TempDir()
	if err := s.Build(context.Background(), root); err != nil {
		t.Fatal(err)
	}
	memory, err := s.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer memory.Close()
	disk, err := Open(root, s.Key, tinyModel(t))
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	if !reflect.DeepEqual(disk.meaning, memory.meaning) {
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
	plain, err := Open(root, s.Key, other)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if plain.encoders != nil {
		t.Error("vectors of one model are compared with those of another")
	}
}

// The key of an index changes with the model.
func TestKeyOfModel(t *testing.T) {
	s := meantSource(t)
	plain, err := From(s.articles)
	if err != nil {
		t.Fatal(err)
	}
	other := tinyModel(t)
	other.Digest = "another"
	third, err := plain.With(other)
	if err != nil {
		t.Fatal(err)
	}
	if plain.Key == s.Key || third.Key == s.Key || third.Key == plain.Key {
		t.Errorf("keys %s, %s, %s", plain.Key, s.Key, third.Key)
	}
	none, err := encoder.Load(encodertest.Tiny(func(_ *encodertest.Writer, about map[string]string) {
		about["shape"] = strings.Replace(about["shape"], `{"name":"find","layers":2,"heads":{}},`, "", 1)
	}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := plain.With(none); err == nil || !strings.Contains(err.Error(), `"find"`) {
		t.Errorf("a model that cannot compare: %v", err)
	}
}

// Passages that share no word with a question are looked at as well, and those
// of a language that the network was not taught are found by their words.
func TestMeantCandidates(t *testing.T) {
	s := meantSource(t)
	l, err := s.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if got := len(l.Trace(context.Background(), Question{Text: "sang sunk 30"}).Sentences); got < 5 {
		t.Errorf("only %d sentences are looked at", got)
	}
	if got := l.vectorsAt(3).Ends; got != nil {
		t.Errorf("a German passage has the vectors of %d sentences", len(got))
	}
	if a := l.Ask(context.Background(), Question{Text: "Was sank vor Krag?", Article: "boote"}); len(a.Others) == 0 && a.Quote == "" {
		t.Errorf("the German passage is not found: %+v", a)
	}
	m := l.meant(&parsed{Text: "boats"})
	for range 2 {
		if got := l.nearestPassages(m, l.docs[0].Article.ID); len(got) != 3 {
			t.Errorf("near passages of one article: %v", got)
		}
	}
}

// A row of a table is read with the names of its columns.
func TestReadable(t *testing.T) {
	lib, err := corpus.LoadFS(fstest.MapFS{"a.md": {Data: []byte("# Boats\n\n| Boat | Crew |\n|---|---|\n| Gull | 4 |\n| Heron | 7 |\n\nThe Gull sank.\n")}})
	if err != nil {
		t.Fatal(err)
	}
	a := lib.Articles[0]
	var got []string
	for _, p := range a.Passages {
		for _, s := range p.Sentences {
			got = append(got, readable(a, s.Span))
		}
	}
	if want := "Boat: Heron; Crew: 7"; !strings.Contains(strings.Join(got, "|"), want) {
		t.Errorf("%q does not hold %q", got, want)
	}
}
