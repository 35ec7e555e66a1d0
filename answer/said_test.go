package answer

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"footnote/corpus"
	"footnote/index"
)

// flood is an article in which several speak.
func flood() *corpus.Article {
	a := corpus.FromParagraphs("Flood", "en", []string{
		`The mayor of Brookfield, Ánna Kessler, said on Monday that the dam had held. "Nobody was hurt," she said. "We were lucky."`,
		`The dam's operator, the Northern Water Board (NWB), warned that more rain was on its way. Police officials told reporters that two bridges were closed.`,
		`According to the World Health Organization, the water is safe. Kessler accused the board of keeping silent. The rain stopped on Tuesday.`,
	})
	a.ID = "flood"
	return a
}

func TestSaid(t *testing.T) {
	l := inMemory(t, []*corpus.Article{flood()})
	for _, c := range []struct {
		speaker, about string
		want           []string // how each statement begins
	}{
		{"Anna Kessler", "", []string{"The mayor of", "\"Nobody", "\"We were", "Kessler accused"}},
		{"kessler", "", []string{"The mayor of", "\"Nobody", "\"We were", "Kessler accused"}},
		{"Keslser", "dam", []string{"The mayor of"}},
		{"the mayor", "board", []string{"Kessler accused"}},
		{"northern water board", "", []string{"The dam's operator"}},
		{"NWB", "", []string{"The dam's operator"}},
		{"police", "", []string{"Police officials"}},
		{"police officials", "bridge", []string{"Police officials"}},
		{"WHO", "", []string{"According to"}},
		{"", "rain", []string{"The dam's operator"}},
		{"", "Kessler", nil},
		{"", "injured", []string{"\"Nobody"}},
		{"the prime minister", "", nil},
		{"Brookfield", "", nil},
		{"the", "", nil},
		{"of the", "of the", nil},
	} {
		var got []string
		for _, s := range sure(l.Said(t.Context(), c.speaker, c.about, "", 0)).Entries {
			got = append(got, sure(l.Article(s.Article)).Quote(s.Sentence))
		}
		if !slices.EqualFunc(got, c.want, strings.HasPrefix) {
			t.Errorf("Said(%q, %q) = %q, want %q", c.speaker, c.about, got, c.want)
		}
	}
	if got := sure(l.Said(t.Context(), "", "", "nothing", 0)).Entries; got != nil {
		t.Errorf("an article that is not there holds statements: %v", got)
	}
}

func TestSpeakers(t *testing.T) {
	l := shipped(t)
	got := sure(l.Speakers(t.Context(), ""))
	if len(got) < 5 {
		t.Errorf("Speakers = %v", got)
	}
	n := 0
	for i, s := range got {
		if i > 0 && s.Statements > got[i-1].Statements {
			t.Errorf("%v stands behind %v", s, got[i-1])
		}
		n += s.Statements
	}
	if all := sure(l.Said(t.Context(), "", "", "", 0)).Entries; len(all) != n {
		t.Errorf("%d statements, and the speakers have %d", len(all), n)
	}
	if got := sure(l.Speakers(t.Context(), "nothing")); got != nil {
		t.Errorf("an article that is not there has speakers: %v", got)
	}
}

// What somebody says of a matter is never told to be nothing because the words of the
// matter cannot be looked up.
func TestSaidOfUnreadableWords(t *testing.T) {
	src, err := From([]*corpus.Article{flood()})
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	l, err := src.Library(t.Context(), root, nil, Building{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	files, err := filepath.Glob(filepath.Join(root, "*", "passages.zap"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	info, err := os.Stat(files[0])
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(files[0], os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt(bytes.Repeat([]byte{0xff}, int(info.Size())), 0); err != nil {
		t.Fatal(err)
	}
	for _, article := range []string{"", "flood"} {
		if said, err := l.Said(t.Context(), "", "rain", article, 0); !errors.Is(err, index.ErrDamaged) {
			t.Errorf("in %q: %d statements, error %v", article, said.Total, err)
		}
	}
}
