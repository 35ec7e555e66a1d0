package index

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Errors of opening. Whoever meets them builds the segment (again).
var (
	ErrMissing = errors.New("there is no such index")
	ErrDamaged = errors.New("the index is damaged")
)

// Files of a segment besides those that it is given.
const (
	manifestFile = "MANIFEST"
	bleveFile    = "passages.zap"   // postings, in bleve's format
	marksFile    = "marks"          // of [markWriter]
	articlesFile = "articles.table" // of [encodeArticles]
)

// manifest is what a segment's directory says of itself: that it is whole.
type manifest struct {
	Key       string             `json:"key"`
	Documents int                `json:"documents"`
	Files     map[string]fileSum `json:"files"`
}

// fileSum is what a file must look like. Sums only find damage, and all files
// of a library are read at every start: a CRC is had at the speed of memory.
type fileSum struct {
	Size   int64  `json:"size"`
	CRC32C uint32 `json:"crc32c"`
	Own    bool   `json:"own,omitempty"` // the file checks itself when it is read; only its size is looked at
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sums returns the sums of all files in dir but the manifest. Those in own
// check themselves.
func sums(dir string, own map[string]bool) (map[string]fileSum, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	files := map[string]fileSum{}
	for _, e := range entries {
		if e.Name() == manifestFile {
			continue
		}
		if files[e.Name()], err = sumOf(filepath.Join(dir, e.Name()), own[e.Name()]); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func sumOf(path string, own bool) (fileSum, error) {
	f, err := os.Open(path)
	if err != nil {
		return fileSum{}, err
	}
	defer f.Close()
	if own {
		info, err := f.Stat()
		if err == nil && !info.Mode().IsRegular() {
			err = &fs.PathError{Op: "read", Path: path, Err: fs.ErrInvalid}
		}
		if err != nil {
			return fileSum{}, err
		}
		return fileSum{Size: info.Size(), Own: true}, nil
	}
	h := crc32.New(castagnoli)
	n, err := io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{f}, make([]byte, 256<<10))
	return fileSum{Size: n, CRC32C: h.Sum32()}, err
}

// bytes returns the manifest as it is written: a SHA-256 of the rest in the
// first line, so that a changed figure is noticed, then JSON.
func (m *manifest) bytes() ([]byte, error) {
	j, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "%x\n%s", sha256.Sum256(j), j), nil
}

// readManifest returns the manifest of a directory after checking every file
// against it. bleve itself does not notice a damaged file when it opens it,
// and may crash on it later.
func readManifest(dir, key string) (*manifest, error) {
	if _, err := os.Lstat(dir); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrMissing, dir)
	}
	b, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	sum, j, _ := bytes.Cut(b, []byte("\n"))
	if fmt.Sprintf("%x", sha256.Sum256(j)) != string(sum) {
		return nil, fmt.Errorf("%w: %s in %s is not what was written", ErrDamaged, manifestFile, dir)
	}
	var m manifest
	if err := json.Unmarshal(j, &m); err != nil {
		return nil, fmt.Errorf("%w: %s in %s: %w", ErrDamaged, manifestFile, dir, err)
	}
	if m.Key != key {
		return nil, fmt.Errorf("%w: %s in %s is that of %s", ErrDamaged, manifestFile, dir, m.Key)
	}
	for name, want := range m.Files {
		got, err := sumOf(filepath.Join(dir, name), want.Own)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if got != want {
			return nil, fmt.Errorf("%w: %s in %s is not what was written", ErrDamaged, name, dir)
		}
	}
	return &m, nil
}
