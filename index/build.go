package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/blevesearch/bleve/v2"
)

const (
	buildPrefix   = ".build-"
	damagedPrefix = ".damaged-"
	builderLock   = "LOCK" // held while a build is going on
	builderBatch  = 5000   // passages; more costs memory and gains nothing
)

// Build writes the index of the documents, with further files beside it, to
// the directory root/key; where that is there and whole it does nothing.
//
// It builds in a directory of its own, syncs every file, and renames: whenever
// the process is killed, root/key is missing or whole. A damaged root/key is
// replaced. What killed builds left behind is swept away.
func Build(ctx context.Context, root, key string, docs []Document, files map[string][]byte) error {
	if len(docs) == 0 {
		return errors.New("there is no passage to index; the library needs at least one article with text")
	}
	dir := filepath.Join(root, key)
	if _, err := readManifest(dir, key); err == nil {
		return nil
	}
	if err := sweepBuilds(root); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(root, buildPrefix)
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	lock, err := os.Create(filepath.Join(tmp, builderLock))
	if err != nil {
		return err
	}
	defer lock.Close()
	if !lockAlone(lock) {
		return fmt.Errorf("%s is locked by another process; start again", tmp)
	}
	made := filepath.Join(tmp, "index")
	if err := write(ctx, made, tmp, key, docs, files); err != nil {
		return err
	}
	return put(root, made, dir, key)
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
	for i, d := range docs {
		if err := ctx.Err(); err != nil {
			return errors.Join(err, b.Close())
		}
		if err := b.Index(name(i), fields(d)); err != nil {
			return errors.Join(err, b.Close())
		}
	}
	if err := b.Close(); err != nil {
		return err
	}
	for file, content := range files {
		if err := os.WriteFile(filepath.Join(made, file), content, 0o600); err != nil {
			return err
		}
	}
	man := manifest{Key: key, Documents: len(docs), Languages: measure(docs)}
	if man.Files, err = sums(made); err != nil {
		return err
	}
	j, err := json.MarshalIndent(man, "", "\t")
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
func put(root, made, dir, key string) error {
	err := os.Rename(made, dir)
	if err != nil {
		if _, e := readManifest(dir, key); e == nil {
			return nil // another process was faster
		}
		// What is there is damaged. It goes aside, since readers may have it open.
		aside, e := os.MkdirTemp(root, damagedPrefix)
		if e != nil {
			return errors.Join(err, e)
		}
		if e := os.Rename(dir, filepath.Join(aside, key)); e != nil {
			return errors.Join(err, e, os.RemoveAll(aside))
		}
		if err := errors.Join(os.Rename(made, dir), os.RemoveAll(aside)); err != nil {
			return err
		}
	}
	return toDisk(root)
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

// sweepBuilds removes what builds that were killed left behind.
func sweepBuilds(root string) error {
	entries, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	for _, e := range entries {
		dir := filepath.Join(root, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), damagedPrefix):
		case strings.HasPrefix(e.Name(), buildPrefix):
			lock, err := os.Open(filepath.Join(dir, builderLock))
			if err != nil {
				continue // gone meanwhile, or about to be locked by a build that begins
			}
			idle := lockAlone(lock)
			lock.Close()
			if !idle {
				continue
			}
		default:
			continue
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return nil
}

// Sweep removes the indexes below root other than those kept, unless some
// process reads them.
func Sweep(root string, keep ...string) error {
	entries, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, k := range keep {
		kept[k] = true
	}
	var errs []error
	for _, e := range entries {
		if !e.IsDir() || kept[e.Name()] || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		dir := filepath.Join(root, e.Name())
		f, err := os.Open(filepath.Join(dir, manifestFile))
		if err != nil {
			continue // not an index of ours
		}
		if lockAlone(f) {
			// The manifest goes first: a directory without it is no index.
			errs = append(errs, os.Remove(f.Name()), os.RemoveAll(dir))
		}
		f.Close()
	}
	return errors.Join(errs...)
}
