package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"footnote/answer"
	"footnote/corpus"
)

// rebuild builds the index of the library and prints what changed against the
// one that was built last.
func rebuild(ctx context.Context, log *slog.Logger, c *config, stdout io.Writer) error {
	begin := time.Now()
	articles, err := c.loadCorpus()
	if err != nil {
		return err
	}
	for _, p := range articles.Problems {
		fmt.Fprintf(stdout, "problem: %s\n", visible(p.String()))
	}
	src, err := answer.From(articles.Articles)
	if err != nil {
		return err
	}
	root := c.indexRoot()
	before := c.lastArticles()
	lib, err := c.openOrBuild(ctx, log, root, src)
	if err != nil {
		return fmt.Errorf("the index could not be built in %s: %w; name a folder that can be written with -data", corpus.Shown(root), err)
	}
	if lib, err = c.encode(ctx, log, lib, root); err != nil {
		return err
	}
	if err := c.setCurrent(src.Key); err != nil {
		return errors.Join(err, lib.Close())
	}
	for _, line := range changes(before, lib.Articles()) {
		fmt.Fprintln(stdout, line)
	}
	passages := 0
	for _, a := range lib.Articles() {
		passages += len(a.Passages)
	}
	fmt.Fprintf(stdout, "index %s: %s, %s, %d ms\n", src.Key, count(len(lib.Articles()), "article"), count(passages, "passage"), time.Since(begin).Milliseconds())
	if err := lib.Close(); err != nil {
		return err
	}
	return c.sweep()
}

// lastArticles returns the articles of the index that was built last.
func (c *config) lastArticles() []*corpus.Article {
	key := c.current()
	if key == "" {
		return nil
	}
	lib, err := answer.Open(c.indexRoot(), key, nil)
	if err != nil {
		return nil // a damaged index holds nothing worth comparing
	}
	defer lib.Close()
	return lib.Articles()
}

// changes says, an article a line, what is new, gone or different.
func changes(before, after []*corpus.Article) []string {
	old := map[string]*corpus.Article{}
	for _, a := range before {
		old[a.ID] = a
	}
	var lines []string
	for _, a := range after {
		switch o := old[a.ID]; {
		case o == nil:
			lines = append(lines, "added "+corpus.Shown(a.ID))
		case o.Text != a.Text:
			lines = append(lines, "changed "+corpus.Shown(a.ID))
		case o.Title != a.Title || o.Source != a.Source || o.URL != a.URL || !o.Published.Equal(a.Published) || o.Language != a.Language || fmt.Sprint(o.Commands) != fmt.Sprint(a.Commands):
			lines = append(lines, "changed "+corpus.Shown(a.ID)+" (header only)")
		}
		delete(old, a.ID)
	}
	for _, a := range before {
		if old[a.ID] != nil {
			lines = append(lines, "removed "+corpus.Shown(a.ID))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, "nothing changed")
	}
	return lines
}

// count returns "1 article", "2 articles".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// joinLines makes one text of lines.
func joinLines(lines []string) string { return strings.Join(lines, "\n") }
