package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"footnote/answer"
	"footnote/corpus"
	"footnote/index"
)

// currentBegins begins the names of the files that name the index of a library
// which was built last; a hash of where the library lies follows. Libraries may
// share a data folder, and none takes another's index for its own.
const currentBegins = "CURRENT-"

// currentBegun begins the names of files that are about to become one of those.
const currentBegun = ".current-"

// indexRoot is the folder of index directories.
func (c *config) indexRoot() string { return filepath.Join(c.data, "index") }

// currentFile is where the index of this library is named that was built last.
// A running bot watches it.
func (c *config) currentFile() string {
	where := c.corpus
	if where != "" {
		if abs, err := filepath.Abs(where); err == nil {
			where = abs
		}
	}
	sum := sha256.Sum256([]byte(where))
	return filepath.Join(c.indexRoot(), currentBegins+hex.EncodeToString(sum[:4]))
}

// loadCorpus reads the articles.
func (c *config) loadCorpus() (*corpus.Library, error) {
	if c.corpus == "" {
		return corpus.Default()
	}
	return corpus.Load(c.corpus)
}

// opened is a library with where it came from.
type opened struct {
	lib  *answer.Library
	root string // where the index lies; "" in memory
	standing
}

// openLibrary loads the articles and opens their index, building it where it
// is missing or damaged. Where the data folder cannot be written the index is
// built in memory, with one warning. Passages are found by what they mean where
// their vectors are kept; nobody waits for them.
func openLibrary(ctx context.Context, log *slog.Logger, c *config) (*opened, error) {
	articles, err := c.loadCorpus()
	if err != nil {
		return nil, err
	}
	return openArticles(ctx, log, c, articles)
}

// openArticles is [openLibrary] for articles that are loaded.
func openArticles(ctx context.Context, log *slog.Logger, c *config, articles *corpus.Library) (*opened, error) {
	tell(log, articles.Problems)
	src, err := answer.From(articles.Articles)
	if err != nil {
		return nil, err
	}
	o := &opened{root: c.indexRoot(), standing: standing{key: src.Key, problems: articles.Problems}}
	if o.lib, err = c.openOrBuild(ctx, log, c.indexRoot(), src); err == nil {
		return o, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	log.Warn("the index is kept in memory, since the data folder cannot be used; name a folder that can be written with -data", "folder", c.data, "reason", err)
	o.inMemory, o.root = true, ""
	o.lib, err = src.InMemory()
	return o, err
}

// tell logs what is wrong with files of a library.
func tell(log *slog.Logger, problems []corpus.Problem) {
	for _, p := range problems {
		log.Warn("a file of the library is not right", "problem", p.String())
	}
}

// openOrBuild opens the index of the source, and builds it first where it is
// missing or damaged.
func (c *config) openOrBuild(ctx context.Context, log *slog.Logger, root string, src *answer.Source) (*answer.Library, error) {
	// First the folder: where a file stands in its way no index is damaged.
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, err
	}
	lib, err := answer.Open(root, src.Key, c.model)
	if err == nil {
		return lib, nil
	}
	if errors.Is(err, index.ErrDamaged) {
		log.Warn("the index is damaged and is built anew", "index", src.Key, "reason", err)
	}
	if err := src.Build(ctx, root); err != nil {
		return nil, err
	}
	return answer.Open(root, src.Key, c.model)
}

// setCurrent writes which index was built last, so that it is whole or
// unchanged whenever the process dies.
func (c *config) setCurrent(key string) error {
	if c.current() == key {
		return nil
	}
	f, err := os.CreateTemp(c.indexRoot(), currentBegun)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(key + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), c.currentFile())
}

// sweep removes the indexes other than those kept and those that are some
// library's current one, and what a process left that was killed while it
// wrote which one that is.
func (c *config) sweep(keep ...string) error {
	root := c.indexRoot()
	entries, err := os.ReadDir(root)
	errs := []error{err}
	for _, e := range entries {
		name := filepath.Join(root, e.Name())
		if strings.HasPrefix(e.Name(), currentBegins) {
			keep = append(keep, keyIn(name))
		}
		info, err := e.Info()
		if err == nil && strings.HasPrefix(e.Name(), currentBegun) && time.Since(info.ModTime()) > time.Minute {
			errs = append(errs, os.Remove(name))
		}
	}
	return errors.Join(append(errs, answer.Sweep(root, c.model, keep...))...)
}

// current returns the key of the library's index that was built last, "" if
// none was.
func (c *config) current() string { return keyIn(c.currentFile()) }

// keyIn returns the key that a file holds, "" if it holds none.
func keyIn(file string) string {
	b, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	key := strings.TrimSpace(string(b))
	if key != filepath.Base(key) || strings.HasPrefix(key, ".") {
		return "" // not a key; it must not lead outside the folder
	}
	return key
}

// fingerprint tells cheaply whether a file of the library changed: names,
// sizes, times and rights of all files that may be articles. Links are
// followed where loading follows them. The embedded library has "".
func fingerprint(path string) string {
	if path == "" {
		return ""
	}
	sum := sha256.New()
	// What cannot be looked at now is left out; it shows as a change once it can.
	see := func(info fs.FileInfo, err error) {
		if err == nil {
			fmt.Fprintf(sum, " %d %d %v\n", info.Size(), info.ModTime().UnixNano(), info.Mode())
		}
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		see(info, err)
		return hex.EncodeToString(sum.Sum(nil))
	}
	files := os.DirFS(path)
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(d.Name(), ".")
		switch {
		case err != nil: // of this folder alone
		case d.IsDir() && hidden:
			return fs.SkipDir
		case !d.IsDir() && !hidden && corpus.IsArticle(name):
			fmt.Fprintf(sum, "%q", name)
			see(fs.Stat(files, name))
		}
		return nil
	})
	return hex.EncodeToString(sum.Sum(nil))
}
