package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"footnote/answer"
	"footnote/corpus"
)

// rebuild builds the index of the library and prints what changed against the
// one that was built last.
func rebuild(ctx context.Context, log *slog.Logger, c *config, stdout io.Writer) error {
	begin := time.Now()
	listing, err := c.look()
	if err != nil {
		return err
	}
	defer listing.Close()
	root := c.indexRoot()
	before, err := c.lastLibrary()
	if err != nil {
		return err
	}
	closeBefore := sync.OnceValue(before.Close)
	defer closeBefore()
	o, err := openBelow(ctx, log, c, listing, root, nil, nil)
	if o != nil {
		for _, p := range o.problems {
			fmt.Fprintf(stdout, "problem: %s\n", visible(p.String()))
		}
	}
	if o == nil && ctx.Err() == nil {
		err = fmt.Errorf("the index could not be built in %s: %w; name a folder that can be written with -data", corpus.Shown(root), err)
	}
	if err != nil {
		return err
	}
	o.order(ctx, log)
	lib := o.lib
	if lib, err = c.encode(ctx, log, lib); err != nil {
		return err
	}
	if err := errors.Join(lib.Keep(), c.setCurrent(lib.Key())); err != nil {
		return errors.Join(err, lib.Close())
	}
	lines, err := changes(before, lib)
	if err = errors.Join(err, closeBefore()); err != nil {
		return errors.Join(err, lib.Close())
	}
	for _, line := range lines {
		fmt.Fprintln(stdout, line)
	}
	passages := 0
	for _, a := range lib.Headers() {
		passages += a.Passages
	}
	fmt.Fprintf(stdout, "index %s: %s, %s, %d ms\n", lib.Key(), count(lib.Size(), "article"), count(passages, "passage"), time.Since(begin).Milliseconds())
	if err := lib.Close(); err != nil {
		return err
	}
	return c.sweep()
}

// lastLibrary opens the index that was built last; one without an article where
// there is none, or a damaged one, which holds nothing worth comparing.
func (c *config) lastLibrary() (*answer.Library, error) {
	if key := c.current(); key != "" {
		if lib, err := answer.Open(c.indexRoot(), key, nil); err == nil {
			return lib, nil
		}
	}
	return answer.Empty()
}

// changes says, an article a line, what is new, gone or different.
func changes(before, after *answer.Library) ([]string, error) {
	var lines []string
	for _, a := range after.Headers() {
		o := before.Header(a.ID)
		if o == nil {
			lines = append(lines, "added "+corpus.Shown(a.ID))
			continue
		}
		same, err := sameText(before, after, o, &a)
		switch {
		case err != nil:
			return nil, err
		case !same:
			lines = append(lines, "changed "+corpus.Shown(a.ID))
		case o.Title != a.Title || o.Source != a.Source || o.URL != a.URL || !o.Published.Equal(a.Published) || o.Language != a.Language || fmt.Sprint(o.Commands) != fmt.Sprint(a.Commands):
			lines = append(lines, "changed "+corpus.Shown(a.ID)+" (header only)")
		}
	}
	for _, a := range before.Headers() {
		if after.Header(a.ID) == nil {
			lines = append(lines, "removed "+corpus.Shown(a.ID))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, "nothing changed")
	}
	return lines, nil
}

// sameText reports whether an article has the same text in two libraries. What is
// damaged in the one before is not the same.
func sameText(before, after *answer.Library, old, now *corpus.Header) (bool, error) {
	if old.Bytes != now.Bytes || old.Passages != now.Passages || old.Sentences != now.Sentences {
		return false, nil
	}
	a, err := after.Article(now.ID)
	if err != nil {
		return false, err
	}
	o, err := before.Article(old.ID)
	return err == nil && o.Text == a.Text, nil
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
