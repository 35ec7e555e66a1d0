// Package eval scores what package answer finds against labelled questions and
// articles. Start with [ReadTSV] or [ReadSQuAD], which read a [Set] of
// questions, and [Run], which asks them and returns a [Report] that prints
// itself as a table; [ReadLabels] and [ScoreLabels] do the same for what people
// labelled in articles. It measures only; it knows nothing of how answers are
// found.
package eval

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"footnote/corpus"
)

// Case is one labelled question. Exactly one of three holds: Pattern is set
// (TSV), Gold is set (SQuAD), or None is true.
type Case struct {
	ID       string
	Kind     string // "plain", "para", …; for SQuAD "answerable" or "none"
	Question string
	Article  string         // id of the article that the question is about
	Pattern  *regexp.Regexp // matches the text of a right sentence
	Gold     []Gold         // right spans
	Short    []string       // right short answers, where they are known of a question with a pattern
	None     bool           // the article does not answer it
	Passage  int            // number of the question's own passage; 0 when unknown
}

// Gold is one right span of a SQuAD question: offsets in the article's text.
type Gold struct {
	Span corpus.Span
	Text string
}

// Set is a number of questions with a name to print.
type Set struct {
	Name  string
	Cases []Case
	// Library holds the set's own articles (SQuAD); nil where the questions
	// are asked of a library given apart (TSV).
	Library []*corpus.Article
}

// ReadTSV reads a file with the header "id kind question answer", tab
// separated and never quoted. The file's stem is the id of the article that
// the questions are about; answer is a regular expression or NONE.
func ReadTSV(path string) (*Set, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	stem := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	set := &Set{Name: stem}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		// Not encoding/csv: a question may begin with a quotation mark.
		row := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if n == 1 && row[0] == "id" || len(row) == 1 && row[0] == "" {
			continue
		}
		if len(row) != 4 {
			return nil, fmt.Errorf("%s line %d: write id, kind, question and answer with tabs between", path, n)
		}
		c, err := newCase(row[0], stem, row[1], row[2], row[3])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		set.Cases = append(set.Cases, c)
	}
	if len(set.Cases) == 0 {
		return nil, fmt.Errorf("%s holds no question; write one a line: id, kind, question and answer with tabs between", path)
	}
	return set, nil
}

// newCase makes a case of what a line says; answer is a regular expression or NONE.
func newCase(id, article, kind, question, answer string) (Case, error) {
	c := Case{ID: id, Kind: kind, Question: question, Article: article, None: answer == "NONE"}
	if c.None {
		return c, nil
	}
	var err error
	if c.Pattern, err = regexp.Compile("(?is)" + answer); err != nil {
		return c, fmt.Errorf("question %s: its answer is not a regular expression: %w", id, err)
	}
	return c, nil
}

// squad is the layout of SQuAD 1.1, SQuAD 2.0 and XQuAD files.
type squad struct {
	Data []struct {
		Title      string
		Paragraphs []struct {
			Context string
			QAs     []struct {
				ID           string
				Question     string
				IsImpossible bool `json:"is_impossible"`
				Answers      []struct {
					Text        string
					AnswerStart int `json:"answer_start"` // in code points
				}
			} `json:"qas"`
		}
	}
}

// ReadSQuAD reads a SQuAD JSON file, gzipped or not. Its paragraphs become
// passages of a library of its own, one article a title, in the language.
func ReadSQuAD(path, language string) (*Set, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s is not gzipped: %w", path, err)
		}
	}
	var data squad
	if err := json.NewDecoder(r).Decode(&data); err != nil {
		return nil, fmt.Errorf("%s is not SQuAD JSON: %w", path, err)
	}
	name, _, _ := strings.Cut(filepath.Base(path), ".json")
	set := &Set{Name: name}
	for _, d := range data.Data {
		var texts []string
		for _, p := range d.Paragraphs {
			texts = append(texts, p.Context)
		}
		a := corpus.FromParagraphs(d.Title, language, texts)
		set.Library = append(set.Library, a)
		for i, p := range d.Paragraphs {
			for _, q := range p.QAs {
				c := Case{ID: q.ID, Kind: "answerable", Question: q.Question, Article: a.ID, Passage: i + 1}
				if q.IsImpossible || len(q.Answers) == 0 {
					c.Kind, c.None = "none", true
				}
				for _, g := range q.Answers {
					start := a.Passages[i].Start + byteOffset(p.Context, g.AnswerStart)
					c.Gold = append(c.Gold, Gold{Span: corpus.Span{Start: start, End: start + len(g.Text)}, Text: g.Text})
				}
				if c.None {
					c.Gold = nil // plausible, not right
				}
				set.Cases = append(set.Cases, c)
			}
		}
	}
	if len(set.Cases) == 0 {
		return nil, errors.New(path + " holds no question")
	}
	return set, nil
}

// byteOffset returns the byte offset of the n-th code point of s.
func byteOffset(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, w := utf8.DecodeRuneInString(s[at:])
		at += w
	}
	return at
}
