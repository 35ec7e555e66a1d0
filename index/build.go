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
)

const (
	buildPrefix = ".build-"
	asidePrefix = ".aside-" // what is about to be deleted
	builderLock = "LOCK"    // held while a build is going on
)

var errNothing = errors.New("there is no passage to index; the library needs at least one article with text")

// Build writes the segment that fill gives to the directory root/key; where
// that is there and whole it does nothing. See [Make].
func Build(ctx context.Context, root, key string, fill func(*Writer) error) error {
	if _, err := readManifest(filepath.Join(root, key), key); err == nil {
		return nil
	}
	_, s, err := Make(ctx, root, func(w *Writer) (string, error) { return key, fill(w) })
	if err != nil {
		return err
	}
	return s.Close()
}

// Make writes the segment that fill gives to the directory root/key, with the key
// that fill returns in the end, and opens it before anybody may sweep it away.
// Where such a segment is there and whole that one is opened.
//
// It builds in a directory of its own, syncs every file, and renames: whenever
// the process is killed, root/key is missing or whole. A damaged root/key is
// replaced. What killed builds left behind is swept away.
func Make(ctx context.Context, root string, fill func(*Writer) (key string, err error)) (key string, s *Segment, err error) {
	tmp, lock, err := claim(root)
	if err != nil {
		return "", nil, err
	}
	defer os.RemoveAll(tmp)
	defer lock.Close()
	made := filepath.Join(tmp, "index")
	if key, err = write(ctx, made, tmp, fill); err != nil {
		return "", nil, err
	}
	s, err = put(root, made, key)
	return key, s, err
}

// claim makes a directory to build in and locks it, so that no other build
// takes it for one that was killed.
func claim(root string) (tmp string, lock *os.File, err error) {
	unlock, err := lockRoot(root)
	if err != nil {
		return "", nil, err
	}
	defer unlock()
	if err := sweepBuilds(root); err != nil {
		return "", nil, err
	}
	if tmp, err = os.MkdirTemp(root, buildPrefix); err != nil {
		return "", nil, err
	}
	if lock, err = os.Create(filepath.Join(tmp, builderLock)); err == nil && !lockAlone(lock) {
		err = fmt.Errorf("%s cannot be locked; put the data folder on a disk of this machine", lock.Name())
	}
	if err != nil {
		return "", nil, errors.Join(err, closeFile(lock), os.RemoveAll(tmp))
	}
	return tmp, lock, nil
}

// write makes a whole segment directory at made.
func write(ctx context.Context, made, tmp string, fill func(*Writer) (string, error)) (key string, err error) {
	if err := os.Mkdir(made, 0o700); err != nil {
		return "", err
	}
	w := newWriter(ctx, made, tmp)
	key, err = fill(w)
	if err == nil {
		err = w.finish()
	}
	if errClose := w.close(); err == nil {
		err = errClose
	}
	if err != nil {
		return "", err
	}
	man := manifest{Key: key, Documents: w.passages}
	if man.Files, err = sums(made, w.own); err != nil {
		return "", err
	}
	j, err := man.bytes()
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(made, manifestFile), j, 0o600); err != nil {
		return "", err
	}
	return key, filepath.WalkDir(made, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return toDisk(path)
	})
}

// put moves a made segment to its place and opens it.
func put(root, made, key string) (*Segment, error) {
	unlock, err := lockRoot(root)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if s, err := Open(root, key); err == nil {
		return s, nil // another process was faster
	}
	dir := filepath.Join(root, key)
	if _, err := os.Lstat(dir); err == nil {
		if err := discard(root, dir); err != nil {
			return nil, err
		}
	}
	if err := os.Rename(made, dir); err != nil {
		return nil, err
	}
	if err := toDisk(root); err != nil {
		return nil, err
	}
	return Open(root, key)
}

// Discard takes away the segment root/key, which is damaged. Those who read it go on.
func Discard(root, key string) error {
	unlock, err := lockRoot(root)
	if err != nil {
		return err
	}
	defer unlock()
	dir := filepath.Join(root, key)
	if _, err := os.Lstat(dir); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return discard(root, dir)
}

// discard deletes a directory that may be read at this moment, or found half
// deleted if the process is killed: it goes aside first.
func discard(root, dir string) error {
	aside, err := os.MkdirTemp(root, asidePrefix)
	if err != nil {
		return err
	}
	return errors.Join(os.Rename(dir, filepath.Join(aside, "index")), os.RemoveAll(aside))
}

// toDisk brings a file or a directory to the disk.
func toDisk(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// sweepBuilds removes what processes that were killed left behind. The root is
// locked, so that no build is about to lock its directory.
func sweepBuilds(root string) error {
	entries, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		dir := filepath.Join(root, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), asidePrefix):
			errs = append(errs, os.RemoveAll(dir))
		case strings.HasPrefix(e.Name(), buildPrefix):
			if idle(filepath.Join(dir, builderLock)) {
				errs = append(errs, os.RemoveAll(dir))
			}
		}
	}
	return errors.Join(errs...)
}

// idle reports whether no process holds the lock of a file, or there is none.
func idle(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return errors.Is(err, os.ErrNotExist)
	}
	defer f.Close()
	return lockAlone(f)
}

// isKey matches what [Key] returns, so that nothing else is ever swept.
var isKey = regexp.MustCompile(`^[0-9a-f]{32}$`)

// Sweep removes the segments below root other than those kept, unless some
// process reads them.
func Sweep(root string, keep ...string) error {
	unlock, err := lockRoot(root)
	if err != nil {
		return err
	}
	defer unlock()
	errs := []error{sweepBuilds(root)} // a sweep may have been killed too
	entries, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if dir := filepath.Join(root, e.Name()); isKey.MatchString(e.Name()) && !slices.Contains(keep, e.Name()) && idle(filepath.Join(dir, manifestFile)) {
			errs = append(errs, discard(root, dir))
		}
	}
	return errors.Join(errs...)
}
