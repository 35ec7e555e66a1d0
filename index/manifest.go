package index

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Errors of opening. Whoever meets them builds the index (again).
var (
	ErrMissing = errors.New("there is no such index")
	ErrDamaged = errors.New("the index is damaged")
)

const (
	manifestFile = "MANIFEST"
	bleveFolder  = "bleve"
)

// manifest is what an index directory says of itself: that it is whole, and
// what bleve does not keep.
type manifest struct {
	Key       string                `json:"key"`
	Documents int                   `json:"documents"`
	Languages map[string]statistics `json:"languages"`
	Files     map[string]fileSum    `json:"files"` // by path below the directory
}

// statistics are what BM25 needs to know of the passages in a language.
type statistics struct {
	Documents int `json:"documents"`
	Terms     int `json:"terms"` // stop words left out

	Headed     int `json:"headed"` // passages that say what they are about
	AboutTerms int `json:"about_terms"`
}

// fileSum is what a file must look like.
type fileSum struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// measure adds a document to the statistics of its language.
func measure(stats map[string]statistics, d Document) {
	s := stats[d.Language]
	s.Documents++
	s.Terms += countTerms(d.Language, d.Text)
	if n := countTerms(d.Language, d.About); n > 0 {
		s.Headed++
		s.AboutTerms += n
	}
	stats[d.Language] = s
}

// countTerms returns the number of terms of a text, stop words left out.
func countTerms(language, text string) int {
	n := 0
	for _, t := range Analyze(language, text) {
		if !t.Stop {
			n++
		}
	}
	return n
}

// sums returns the sums of all files below dir but the manifest.
func sums(dir string) (map[string]fileSum, error) {
	files := map[string]fileSum{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil || rel == manifestFile {
			return err
		}
		files[filepath.ToSlash(rel)], err = sumOf(path)
		return err
	})
	return files, err
}

func sumOf(path string) (fileSum, error) {
	f, err := os.Open(path)
	if err != nil {
		return fileSum{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return fileSum{n, hex.EncodeToString(h.Sum(nil))}, err
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
	for rel, want := range m.Files {
		got, err := sumOf(filepath.Join(dir, filepath.FromSlash(rel)))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if got != want {
			return nil, fmt.Errorf("%w: %s in %s is not what was written", ErrDamaged, rel, dir)
		}
	}
	return &m, nil
}
