package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"footnote/answer"
	"footnote/corpus"
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

// catalogueBegins begins the names of the files that hold what is known of the
// folder of a library; the same hash follows.
const catalogueBegins = "CATALOGUE-"

// catalogueFile is where it is written down what lies in the library's folder.
func (c *config) catalogueFile() string {
	return filepath.Join(c.indexRoot(), catalogueBegins+strings.TrimPrefix(filepath.Base(c.currentFile()), currentBegins))
}

// look looks what lies in the library. The listing is to be closed.
func (c *config) look() (*corpus.Listing, error) {
	var before *corpus.Catalogue
	if f, err := os.Open(c.catalogueFile()); err == nil {
		before, _ = corpus.ReadCatalogue(f) // a damaged one is as none
		_ = f.Close()
	}
	if c.corpus == "" {
		return corpus.LookDefault(before), nil
	}
	return corpus.Look(c.corpus, before)
}

// keepCatalogue writes down what is known of the library's folder. Where that cannot
// be written all is read again at the next start.
func (c *config) keepCatalogue(k *corpus.Catalogue) error {
	return replace(c.catalogueFile(), k.Write)
}

// opened is a library with where it came from.
type opened struct {
	lib       *answer.Library
	root      string // where the index lies; "" in memory
	catalogue *corpus.Catalogue
	standing
}

// openLibrary opens the library, building it where it is missing or damaged. Where
// the data folder cannot be written it is built in memory, with one warning. Passages
// are found by what they mean where their vectors are kept; nobody waits for them.
func openLibrary(ctx context.Context, log *slog.Logger, c *config) (*opened, error) {
	listing, err := c.look()
	if err != nil {
		return nil, err
	}
	defer listing.Close()
	o, err := openListing(ctx, log, c, listing, nil, nil)
	if err != nil {
		return nil, err
	}
	tell(log, o.problems)
	o.order(ctx, log)
	return o, nil
}

// discard takes away what somebody met that is damaged of the index below root, so that
// the next start makes it anew.
func (c *config) discard(log *slog.Logger, root string) error {
	err := answer.Damaged(root)
	if root == "" || err == nil {
		return nil
	}
	log.Warn("the index is damaged; the next start makes anew what is", "reason", err)
	return answer.Discard(root)
}

// order writes small parts of the library anew as larger ones, as a running bot does
// while it answers.
func (o *opened) order(ctx context.Context, log *slog.Logger) {
	for {
		merged, err := o.lib.Merge(ctx)
		if err != nil && ctx.Err() == nil {
			log.Warn("the index could not be put in order; it answers as it is", "index", o.key, "reason", err)
		}
		if merged == nil {
			return
		}
		_ = o.lib.Close()
		o.lib = merged
	}
}

// openListing is [openLibrary] for what lies in the library now. p shows how far it is,
// and ready is given what can be asked before all is there; both may be nil. Where there is no article the
// error says why, and what is opened holds the problems alone.
func openListing(ctx context.Context, log *slog.Logger, c *config, listing *corpus.Listing, p *progress, ready func(*answer.Library)) (*opened, error) {
	o, err := openBelow(ctx, log, c, listing, c.indexRoot(), p, ready)
	if err == nil || o != nil || ctx.Err() != nil {
		return o, err
	}
	log.Warn("the index is kept in memory, since the data folder cannot be used; name a folder that can be written with -data", "folder", c.data, "reason", err)
	return openBelow(ctx, log, c, listing, "", p, ready)
}

// openBelow is [openListing] with the index below root, in memory for "".
func openBelow(ctx context.Context, log *slog.Logger, c *config, listing *corpus.Listing, root string, p *progress, ready func(*answer.Library)) (*opened, error) {
	// First the folder: where a file stands in its way no index is damaged.
	if root != "" {
		if err := os.MkdirAll(root, 0o700); err != nil {
			return nil, err
		}
	}
	if p == nil {
		p = newProgress(log, c.terminal, preparing)
		defer p.end()
	}
	watch := func(done, total int) { // not called where all is there
		c.collectAsEver()
		p.watch(done, total)
	}
	defer c.collectAsEver()
	unknown := listing.Unknown()
	lib, err := answer.FromFolder(listing).Library(ctx, root, c.model, answer.Building{Watch: watch, Ready: ready, Damaged: func(err error) {
		log.Warn("the index is damaged and is built anew", "reason", err)
	}})
	o := &opened{lib: lib, root: root, catalogue: listing.Catalogue(), standing: standing{inMemory: root == ""}}
	o.problems = o.catalogue.Problems()
	if errors.Is(err, answer.ErrEmpty) {
		return o, listing.Empty()
	}
	// Also where it was ended: what was read of the library is not read again.
	if root != "" && listing.Unknown() < unknown {
		if err := c.keepCatalogue(o.catalogue); err != nil {
			log.Warn("what lies in the library could not be written down; the next start reads all of it", "reason", err)
		}
	}
	if err != nil {
		return nil, err
	}
	o.key = o.lib.Key()
	return o, nil
}

// tell logs what is wrong with files of a library.
func tell(log *slog.Logger, problems []corpus.Problem) {
	for _, p := range problems {
		log.Warn("a file of the library is not right", "problem", p.String())
	}
}

// setCurrent writes which index was built last, so that it is whole or
// unchanged whenever the process dies.
func (c *config) setCurrent(key string) error {
	if c.current() == key {
		return nil
	}
	return replace(c.currentFile(), func(w io.Writer) error {
		_, err := io.WriteString(w, key+"\n")
		return err
	})
}

// replace writes a file beside and puts it in its place, so that it is whole or as it
// was whenever the process dies.
func replace(file string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(file), currentBegun)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	b := bufio.NewWriter(f)
	err = write(b)
	if err = errors.Join(err, b.Flush(), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
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
