package answer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"footnote/answer/vectors"
	"footnote/encoder"
	"footnote/index"
)

// Vectors lie beside the index directories: KEY.TAG.vectors holds those of the
// passages of index KEY by the model of that tag, and .vectors-TAG-NUMBER what a
// process encoded so far that is at work or was killed; .vectors-whole-TAG-NUMBER is
// about to get the name of an index. A file that is not whole is
// known by its sum and counts for nothing.
const (
	vectorsEnd   = ".vectors"
	vectorsBegun = ".vectors-"
)

// unused is how long vectors are kept that another model made, and those of
// processes that were killed.
const unused = 24 * time.Hour

// kept is what is kept of the vectors by one model below root; nothing below "".
type kept struct {
	root, tag string
	every     time.Duration // between two files of what is encoded so far
	begun     []string      // those that a whole one makes needless
}

// whole is the file of all passages of an index.
func (k *kept) whole(key string) string { return filepath.Join(k.root, key+"."+k.tag+vectorsEnd) }

// readAll takes over what is wanted of whatever is kept.
func (k *kept) readAll(w *work) {
	entries, err := os.ReadDir(k.root)
	if err != nil || k.root == "" {
		return
	}
	for _, e := range entries {
		file := filepath.Join(k.root, e.Name())
		if begun := strings.HasPrefix(e.Name(), vectorsBegun+k.tag); begun || strings.HasSuffix(e.Name(), "."+k.tag+vectorsEnd) {
			if all := k.read(file, w); all && begun {
				k.begun = append(k.begun, file)
			}
		}
	}
}

// read takes over what is wanted of a file, and reports whether that is all that
// it holds.
func (k *kept) read(file string, w *work) (all bool) {
	b, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	keys, passages, err := vectors.Read(b)
	all = err == nil
	for i, key := range keys {
		w.put(key, passages[i])
		all = all && w.at[key] != nil
	}
	return all
}

// keep writes down what was encoded so far. Where that fails it is encoded again
// by the next process; why is told when all is written.
func (k *kept) keep(keys []vectors.Key, passages []vectors.Passage) {
	if k.root == "" || len(keys) == 0 {
		return
	}
	if file, err := k.create(vectorsBegun+k.tag+"-", keys, passages); err == nil {
		k.begun = append(k.begun, file)
	}
}

// create writes a file of its own whose name begins so.
func (k *kept) create(name string, keys []vectors.Key, passages []vectors.Passage) (file string, err error) {
	f, err := os.CreateTemp(k.root, name)
	if err != nil {
		return "", err
	}
	if err := errors.Join(vectors.Write(f, keys, passages), f.Sync(), f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// write writes the vectors of all passages of an index.
func (k *kept) write(key string, w *work) error {
	if k.root == "" {
		return nil
	}
	// Not by the name of what is begun, which another process takes over and removes.
	file, err := k.create(vectorsBegun+"whole-"+k.tag+"-", w.keys, w.of(w.keys))
	if err == nil {
		if err = os.Rename(file, k.whole(key)); err != nil {
			err = errors.Join(err, os.Remove(file))
		}
	}
	if err != nil {
		return fmt.Errorf("the vectors of the passages cannot be kept: %w", err)
	}
	for _, file := range k.begun {
		_ = os.Remove(file) // another process that does the same may have done it
	}
	return nil
}

// withKept returns the library with its passages as vectors where all are kept,
// and else as it is.
func (l *Library) withKept(root string, m *encoder.Model) *Library {
	w, k := newWork(l, m), kept{root: root, tag: vectors.Tag(m)}
	file := k.whole(l.key)
	if k.read(file, w); len(w.missing) > 0 {
		return l
	}
	now := time.Now()
	_ = os.Chtimes(file, now, now) // so that it is not swept as unused
	return l.with(m, w.passages)
}

// Sweep removes the indexes below root other than those kept, unless some process
// reads them, and the vectors that belong to none or were made by a model other
// than this one, which may be nil, and not used of late.
func Sweep(root string, m *encoder.Model, keep ...string) error {
	errs := []error{index.Sweep(root, keep...)}
	entries, err := os.ReadDir(root)
	errs = append(errs, err)
	tag := ""
	if m != nil {
		tag = vectors.Tag(m)
	}
	for _, e := range entries {
		key, by, ok := strings.Cut(strings.TrimSuffix(e.Name(), vectorsEnd), ".")
		begun := strings.HasPrefix(e.Name(), vectorsBegun)
		if !begun && !(ok && strings.HasSuffix(e.Name(), vectorsEnd)) {
			continue
		}
		info, err := e.Info()
		old := err == nil && time.Since(info.ModTime()) > unused
		_, errIndex := os.Stat(filepath.Join(root, key))
		if begun && old || !begun && (errors.Is(errIndex, os.ErrNotExist) || by != tag && old) {
			errs = append(errs, os.Remove(filepath.Join(root, e.Name())))
		}
	}
	return errors.Join(errs...)
}
