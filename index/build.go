package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
)

const (
	buildPrefix  = ".build-" // what is being built; stale unless the lock is held
	trashPrefix  = ".trash-" // what is being removed
	lockFile     = ".lock"   // held while a build is going on
	builderBatch = 5000      // passages; more costs memory and gains nothing
)

// errEmpty is what a library without text gets.
var errEmpty = errors.New("there is no passage to index; the library needs at least one article with text")

// Build writes the index of the documents, with further files beside it, to
// the directory root/key; where that is there and whole it does nothing. The
// key is that of [Key] for the same content. Root is made where it is missing.
//
// It builds in a directory of its own, syncs every file, and renames: whenever
// the process is killed, root/key is missing or whole. A damaged root/key is
// replaced. What killed builds left behind is swept away. Of several builds
// below one root, in whatever processes, one runs at a time and the others
// wait until it ends or their context does.
func Build(ctx context.Context, root, key string, docs []Document, files map[string][]byte) error {
	if len(docs) == 0 {
		return errEmpty // bleve's builder panics on it
	}
	for name := range files {
		if name != filepath.Base(name) || name == manifestFile || name == bleveFolder {
			return fmt.Errorf("a file beside the index cannot be named %q; take a plain name", name)
		}
	}
	dir := filepath.Join(root, key)
	if _, err := readManifest(dir, key); err == nil {
		return nil
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return err
	}
	lock, err := lockRoot(ctx, root)
	if err != nil {
		return err
	}
	defer lock.Close()
	if _, err := readManifest(dir, key); err == nil {
		return nil // another build made it meanwhile
	}
	if err := sweepLeftovers(root); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(root, buildPrefix)
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	made := filepath.Join(tmp, "index")
	if err := write(ctx, made, tmp, key, docs, files); err != nil {
		return fmt.Errorf("build the index in %s: %w", root, err)
	}
	return put(root, made, key)
}

// lockRoot waits until no other build goes on below root. The lock ends with
// the process, however that ends.
func lockRoot(ctx context.Context, root string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(root, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		ok, err := lockAlone(f)
		if ok {
			return f, nil
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("lock %s: %w", f.Name(), err), f.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), f.Close())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// write makes a whole index directory at made.
func write(ctx context.Context, made, tmp, key string, docs []Document, files map[string][]byte) error {
	if err := os.Mkdir(made, 0o700); err != nil {
		return err
	}
	m := mappingFor(languagesOf(docs))
	// One offline pass gives a single segment and no later merges, in which
	// some releases of bleve have written damaged postings.
	b, err := bleve.NewBuilder(filepath.Join(made, bleveFolder), m, map[string]any{"batchSize": builderBatch, "buildPathPrefix": tmp})
	if err != nil {
		return err
	}
	stats := map[string]statistics{}
	for i, d := range docs {
		// A builder given up on is not closed: closing would merge what there
		// is so far, and panics where that is nothing. It holds only files below tmp.
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.Index(name(i), fields(d)); err != nil {
			return err
		}
		measure(stats, d)
	}
	if err := b.Close(); err != nil {
		return err
	}
	for file, content := range files {
		if err := os.WriteFile(filepath.Join(made, file), content, 0o600); err != nil {
			return err
		}
	}
	man := manifest{Key: key, Documents: len(docs), Languages: stats}
	if man.Files, err = sums(made); err != nil {
		return err
	}
	j, err := man.bytes()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(made, manifestFile), j, 0o600); err != nil {
		return err
	}
	return filepath.WalkDir(made, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return toDisk(path)
	})
}

// put moves a made index to its place.
func put(root, made, key string) error {
	dir := filepath.Join(root, key)
	err := os.Rename(made, dir)
	if errors.Is(err, fs.ErrExist) || errors.Is(err, syscall.ENOTDIR) {
		// What is there is damaged.
		if err := discard(root, key); err != nil {
			return err
		}
		err = os.Rename(made, dir)
	}
	if err != nil {
		return err
	}
	return toDisk(root)
}

// discard removes root/key. It goes aside first, so that no moment shows half
// of it.
func discard(root, key string) error {
	trash := filepath.Join(root, trashPrefix+key)
	if err := os.RemoveAll(trash); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(root, key), trash); err != nil {
		return err
	}
	return os.RemoveAll(trash)
}

// fields is a document as bleve takes it.
func fields(d Document) map[string]any {
	return map[string]any{textField(d.Language): d.Text, articleField: d.Article}
}

// toDisk brings a file or a directory to the disk.
func toDisk(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// sweepLeftovers removes what processes that were killed left behind. The
// caller holds the lock, so no build is going on.
func sweepLeftovers(root string) error {
	entries, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), buildPrefix) || strings.HasPrefix(e.Name(), trashPrefix) {
			errs = append(errs, os.RemoveAll(filepath.Join(root, e.Name())))
		}
	}
	return errors.Join(errs...)
}

// Sweep removes the indexes below root other than those kept, unless some
// process reads them. Whatever is no index is left alone.
func Sweep(root string, keep ...string) error {
	entries, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		if !e.IsDir() || slices.Contains(keep, e.Name()) || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		f, err := os.Open(filepath.Join(root, e.Name(), manifestFile))
		if err != nil {
			continue
		}
		ok, err := lockAlone(f)
		if ok {
			err = discard(root, e.Name())
		}
		errs = append(errs, err, f.Close())
	}
	return errors.Join(errs...)
}
