package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"footnote/answer"
	"footnote/corpus"
	"footnote/handlers"
	"footnote/index"
)

// checkAll prints what was understood of configuration, library and index,
// and every problem at once. It changes nothing. The code is 1 where there is
// a problem.
func (c *config) checkAll(ctx context.Context, w io.Writer) (int, error) {
	var problems []string
	if c.token == "" {
		fmt.Fprintln(w, "token: none; set DISCORD_TOKEN to run on Discord (-sandbox and -ask need none)")
	} else {
		fmt.Fprintln(w, "token: set")
	}
	where := corpus.Shown(c.corpus)
	if where == "" {
		where = "the article that comes with the bot"
	}
	fmt.Fprintf(w, "library: %s\n", where)
	lib, err := c.loadCorpus()
	if err != nil {
		problems = append(problems, err.Error())
	}
	if lib != nil {
		var headers []corpus.Header
		for _, a := range lib.Articles {
			printArticle(w, a)
			headers = append(headers, a.Header())
		}
		for _, p := range lib.Problems {
			problems = append(problems, p.String())
		}
		_, clashes := handlers.Commands(headers)
		for _, p := range clashes {
			problems = append(problems, p.String())
		}
	}
	fmt.Fprintf(w, "data folder: %s\n", corpus.Shown(c.data))
	if err := c.loadModel(); err != nil {
		problems = append(problems, err.Error())
	}
	if err := writable(c.data); err != nil {
		problems = append(problems, fmt.Sprintf("data folder: %v; name one that can be written with -data, or the index is kept in memory", err))
	}
	if lib != nil && len(lib.Articles) > 0 {
		if line, problem := c.checkIndex(ctx, lib); problem != "" {
			problems = append(problems, problem)
		} else {
			fmt.Fprintln(w, line)
		}
	}
	if len(problems) == 0 {
		fmt.Fprintln(w, "no problem")
		return 0, nil
	}
	for _, p := range problems {
		fmt.Fprintf(w, "problem: %s\n", visible(p))
	}
	return 1, nil
}

// checkIndex tells whether the index of the library is there and whole.
func (c *config) checkIndex(ctx context.Context, lib *corpus.Library) (line, problem string) {
	src, err := answer.From(lib.Articles)
	if err != nil {
		return "", err.Error()
	}
	const unbuilt = "index: not built yet; it is built at the next start or by -rebuild"
	if _, err := os.Stat(c.indexRoot()); err != nil {
		return unbuilt, "" // what is wrong with the folder is told already
	}
	opened, err := answer.Open(c.indexRoot(), src.Key(), c.model)
	if err == nil {
		if err = opened.Verify(ctx); err != nil {
			err = errors.Join(err, opened.Close())
		}
	}
	switch {
	case errors.Is(err, index.ErrMissing):
		return unbuilt, ""
	case err != nil:
		return "", fmt.Sprintf("index: %s; the next start or -rebuild builds it anew", c.shown(err))
	}
	line = "index: " + src.Key() + ", whole"
	if c.model != nil && !opened.HasVectors() {
		line += "; its passages are not read for what they mean yet: the next start or -rebuild does it"
	}
	if err := opened.Close(); err != nil {
		return "", fmt.Sprintf("index: %s", c.shown(err))
	}
	return line, ""
}

// printArticle prints what was understood of one article.
func printArticle(w io.Writer, a *corpus.Article) {
	day := "undated"
	if !a.Published.IsZero() {
		day = a.Published.Format(time.DateOnly)
	}
	sentences := 0
	for i := range a.Passages {
		sentences += len(a.Passages[i].Sentences)
	}
	by := ""
	if a.Author != "" {
		by = ", by " + corpus.Shown(a.Author)
	}
	fmt.Fprintf(w, "article %s: %q%s, %s, %s, language %s, %s, %s\n", corpus.Shown(a.ID), a.Title, by, corpus.Shown(orUnknown(a.Source, "source unknown")), day, a.Language,
		count(len(a.Passages), "paragraph"), count(sentences, "sentence"))
	if 2*len(a.Text) < a.Page {
		fmt.Fprintf(w, "  most of the page is left out: %d of every 100 bytes of its text; if the article is longer, save it as text\n", 100-100*len(a.Text)/a.Page)
	}
	for _, command := range a.Commands {
		fmt.Fprintf(w, "  command /%s: %s\n", corpus.Shown(command.Name), visible(command.Description))
	}
	for _, d := range a.Dropped {
		text := []rune(d.Text)
		if len(text) > 60 {
			text = append(text[:60], '…')
		}
		fmt.Fprintf(w, "  left out, line %d, as %s: %q\n", d.Line, d.Reason, string(text))
	}
}

// writable tells whether files can be made in a folder, or in the nearest one
// above it that exists.
func writable(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if parent := filepath.Dir(dir); parent != dir {
			return writable(parent)
		}
		fallthrough
	case err != nil:
		return fmt.Errorf("%s cannot be looked into (%w)", corpus.Shown(dir), cause(err))
	case !info.IsDir():
		return fmt.Errorf("%s is a file", corpus.Shown(dir))
	}
	f, err := os.CreateTemp(dir, ".check-")
	if err == nil {
		err = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		// Not the name of the file that was tried: nobody knows it.
		return fmt.Errorf("nothing can be made in %s (%w)", corpus.Shown(dir), cause(err))
	}
	return nil
}
