package madeup

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Made says what was written.
type Made struct {
	Articles, Passages int
	Bytes              int64
}

// mostAsked is how many questions come with a library.
const mostAsked = 400

// Write writes the first n articles of a library to a folder, and a file of
// questions beside them that the bot does not read; see [Questions].
func (t *Texts) Write(ctx context.Context, dir string, n int, o Options) (made Made, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return made, err
	}
	f, err := os.Create(filepath.Join(dir, questionFile))
	if err != nil {
		return made, err
	}
	asked := bufio.NewWriter(f)
	defer func() { err = errors.Join(err, asked.Flush(), f.Close()) }()
	each := max(1, n/mostAsked)
	for i := range n {
		if err := ctx.Err(); err != nil {
			return made, err
		}
		a := t.Article(o, i)
		file := filepath.Join(dir, filepath.FromSlash(a.Name))
		if i%perFolder == 0 {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				return made, err
			}
		}
		if err := os.WriteFile(file, a.Text, 0o644); err != nil {
			return made, err
		}
		made.Articles++
		made.Passages += a.Passages
		made.Bytes += int64(len(a.Text))
		if i%each == 0 && len(a.Questions) > 0 {
			for k := range max(1, min(mostAsked/n, len(a.Questions))) {
				q := a.Questions[(i/each+k)%len(a.Questions)]
				fmt.Fprintf(asked, "%s\t%s\t%s\t%s\n", q.Article, q.Question, q.Answer, strings.Join(strings.Fields(q.Sentence), " "))
			}
		}
	}
	return made, nil
}

// questionFile is the file of questions in a library's folder.
const questionFile = "questions.tsv"

// Questions reads the questions that came with a library.
func Questions(dir string) (questions []Question, err error) {
	f, err := os.Open(filepath.Join(dir, questionFile))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(b)) {
		if c := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(c) == 4 {
			questions = append(questions, Question{c[0], c[1], c[2], c[3]})
		}
	}
	return questions, nil
}
