package eval

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"footnote/answer"
	"footnote/corpus"
)

// tides is a small article to label by hand.
var tides = corpus.FromParagraphs("Tides", "en", []string{
	"Mayor Ana Ruiz said on Monday that 12 boats sank. “We lost some 40 nets,” she said.",
	"Port Ember backs Kilmory. The harbour café counted dozens of gulls in 2011.",
})

// at returns where words stand in the article, the first time they do.
func at(a *corpus.Article, words string) corpus.Span {
	i := strings.Index(a.Text, words)
	if i < 0 {
		panic("the article does not hold " + words)
	}
	return corpus.Span{Start: i, End: i + len(words)}
}

// sum is the first line of a label file for the article.
func sum(a *corpus.Article) string {
	return fmt.Sprintf("# sha256 %x\n", sha256.Sum256([]byte(a.Text)))
}

// only holds the one article.
func only(id string) (*corpus.Article, error) {
	if id == "tides" {
		return tides, nil
	}
	return nil, answer.ErrNotFound
}

func TestReadLabels(t *testing.T) {
	head := sum(tides)
	cafe := at(tides, "café")
	for _, c := range []struct {
		name, text string
		labels     int
		err        string // what the error has to say
	}{
		{"every kind", head + "said\t0\t10\t0\t4\tdirect\nfigure\t0\t4\t-\t-\t5\t9\tvague\nevent\t0\t4\t2011/2014\nrelation\tmeets\t0\t4\t5\t9\n", 4, ""},
		{"CRLF and an empty line", strings.ReplaceAll(head+"event\t0\t4\t2011-02\n\n", "\n", "\r\n"), 1, ""},
		{"claims", "id\tarticle\tkind\tclaim\na\ttides\tsame\tIt rained.\nb\ttides\tabsent\tIt \"snowed\".\n", 2, ""},
		{"loaded", "id\tarticle\tkind\tquestion\tanswer\na\ttides\tdoer\tWho sank them?\tNONE\nb\ttides\tfair\tHow many sank?\t12 boats\n", 2, ""},
		{"nothing", head, 0, "holds no label"},
		{"an empty file", "", 0, "holds no label"},
		{"no header", "said\t0\t10\t0\t4\tdirect\n", 0, `tides.tsv line 1: it is no label file; begin it with "# sha256"`},
		{"another text", "# sha256 00\nevent\t0\t4\t2011\n", 0, "line 1: article tides of the library has another text than the one labelled"},
		{"an unknown kind", head + "tide\t0\t4\n", 0, `line 2: a label of kind "tide" is unknown`},
		{"a field is missing", head + "\nsaid\t0\t10\t0\t4\n", 0, "line 3: a field is missing, empty or too many; write said START END"},
		{"a field is empty", head + "event\t\t4\t2011\n", 0, "a field is missing"},
		{"a field too many", head + "event\t0\t4\t2011\tx\n", 0, "too many"},
		{"beyond the end", head + "event\t0\t4000\t2011\n", 0, "offsets 0 to 4000 do not lie in the text"},
		{"before the beginning", head + "event\t-4\t4\t2011\n", 0, "offsets -4 to 4 do not lie"},
		{"empty", head + "event\t4\t4\t2011\n", 0, "the start before the end"},
		{"half a character", head + fmt.Sprintf("event\t%d\t%d\t2011\n", cafe.Start, cafe.End-1), 0, "cut a character in two"},
		{"no offsets", head + "event\tx\t4\t2011\n", 0, `"x" and "4" are no offsets`},
		{"nobody speaks", head + "said\t0\t10\t-\t-\tdirect\n", 0, "are no offsets"},
		{"half nothing", head + "figure\t0\t4\t-\t9\t-\t-\tsure\n", 0, "are no offsets"},
		{"neither direct nor reported", head + "said\t0\t10\t0\t4\tshouted\n", 0, "write direct or reported"},
		{"neither sure nor vague", head + "figure\t0\t4\t-\t-\t-\t-\tperhaps\n", 0, "write vague or sure"},
		{"no date", head + "event\t0\t4\t2011-02-30\n", 0, `"2011-02-30" is no date`},
		{"a span of time backwards", head + "event\t0\t4\t2014/2011\n", 0, "is no date"},
		{"an unknown relation", head + "relation\tloves\t0\t4\t5\t9\n", 0, `a relation of kind "loves" is unknown`},
		{"an unknown verdict", "id\tarticle\tkind\tclaim\na\ttides\ttrue\tIt rained.\n", 0, `a claim of kind "true" is unknown`},
		{"a claim about nothing held", "id\tarticle\tkind\tclaim\na\tdunes\tsame\tIt rained.\n", 0, `line 2: it is about article "dunes", which the library does not hold; name the library with -corpus`},
		{"a question about nothing held", "id\tarticle\tkind\tquestion\tanswer\na\tdunes\tdoer\tWho?\tNONE\n", 0, "name the library with -corpus"},
		{"an answer is missing", "id\tarticle\tkind\tquestion\tanswer\na\ttides\tdoer\tWho?\n", 0, "write id article kind question answer with a tab between"},
		{"no expression", "id\tarticle\tkind\tquestion\tanswer\na\ttides\tfair\tWho?\t(\n", 0, "line 2: question a: its answer is not a regular expression"},
		{"an answer that is not there", "id\tarticle\tkind\tquestion\tanswer\na\ttides\tfair\tHow many sank?\t13 boats\n", 0, `line 2: article tides does not hold the answer "13 boats"; write words of the sentence`},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "tides.tsv")
			if err := os.WriteFile(file, []byte(c.text), 0o644); err != nil {
				t.Fatal(err)
			}
			l, err := ReadLabels(file, only)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("%v, want an error with %q", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if l.Name != "tides" || l.count() != c.labels {
				t.Errorf("%s has %d labels, want %d", l.Name, l.count(), c.labels)
			}
			if !IsLabels(file) {
				t.Error("it is not known for a label file")
			}
		})
	}
	if _, err := ReadLabels(filepath.Join(t.TempDir(), "dunes.tsv"), only); err == nil {
		t.Error("a missing file is read")
	}
	if _, err := parseLabels("dunes.tsv", sum(tides)+"event\t0\t4\t2011\n", only); err == nil || !strings.Contains(err.Error(), `article "dunes"`) {
		t.Errorf("%v, want an error about article dunes", err)
	}
}

// Files of questions keep their reader.
func TestIsLabels(t *testing.T) {
	if IsLabels(devQuestions + "/ash.tsv") {
		t.Error("a file of questions is taken for labels")
	}
	if IsLabels("nowhere.tsv") {
		t.Error("a missing file is taken for labels")
	}
}

// spans returns all spans that the labels name.
func (l *Labels) spans() []corpus.Span {
	var all []corpus.Span
	for _, s := range l.Said {
		all = append(all, s.Sentence, s.Speaker)
	}
	for _, f := range l.Figures {
		all = append(all, f.Number, f.Counts, f.By)
	}
	for _, e := range l.Events {
		all = append(all, e.Words)
	}
	for _, r := range l.Relations {
		all = append(all, r.Actor, r.Target)
	}
	return all
}

// FuzzLabels reads any file: what is taken can be cut from the article.
func FuzzLabels(f *testing.F) {
	f.Add("said\t0\t10\t0\t4\tdirect\nfigure\t0\t4\t-\t-\t5\t9\tvague\nevent\t0\t4\t2011/2014\nrelation\tmeets\t0\t4\t5\t9\n", true)
	f.Add("id\tarticle\tkind\tclaim\na\ttides\tsame\tIt rained.\n", false)
	f.Add("id\tarticle\tkind\tquestion\tanswer\na\ttides\tdoer\tWho?\tNONE\n", false)
	f.Add("event\t-1\t99999999999999999999\t2011\n", true)
	f.Add("# sha256 \nsaid\t0\t1\t0\t1\tdirect", false)
	f.Fuzz(func(t *testing.T, text string, headed bool) {
		if headed {
			text = sum(tides) + text
		}
		l, err := parseLabels("tides.tsv", text, only)
		if err != nil {
			if message := err.Error(); !strings.HasPrefix(message, "tides.tsv ") {
				t.Errorf("the error does not name the file: %s", message)
			}
			return
		}
		if l.count() == 0 {
			t.Error("a file without a label is taken")
		}
		for _, s := range l.spans() {
			if !utf8.ValidString(tides.Quote(s)) {
				t.Errorf("%v cuts a character in two", s)
			}
		}
	})
}
