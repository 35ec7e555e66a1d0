package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bindex "github.com/blevesearch/bleve_index_api"
)

// Index is an open index. It is safe for concurrent use and never changes.
type Index struct {
	bleve  bindex.Index
	reader bindex.IndexReader
	info   manifest
	dir    string            // "" in memory
	files  map[string][]byte // in memory
	lock   *os.File          // the manifest, locked while the index is read
	freq   sync.Map          // field, term → document frequency
}

// Open opens the index root/key after checking every file against its
// manifest. Errors wrap [ErrMissing] or [ErrDamaged] where it should be built.
func Open(root, key string) (*Index, error) {
	dir := filepath.Join(root, key)
	lock, err := os.Open(filepath.Join(dir, manifestFile))
	if err == nil {
		err = lockShared(lock)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, errors.Join(fmt.Errorf("%w: %s: %w", ErrDamaged, dir, err), closeFile(lock))
	}
	info, err := readManifest(dir, key)
	if err != nil {
		return nil, errors.Join(err, closeFile(lock))
	}
	x := &Index{info: *info, dir: dir, lock: lock}
	b, err := openBleve(filepath.Join(dir, bleveFolder))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s: %w", ErrDamaged, dir, err), closeFile(lock))
	}
	if err := x.attach(b); err != nil {
		return nil, err
	}
	return x, nil
}

// openBleve opens bleve's part for reading only: several processes may, and
// nothing can be written by mistake. The kind of index that bleve makes is used alone:
// the queries around it would make the program 2.8 MB larger.
func openBleve(dir string) (b bindex.Index, err error) {
	defer func() {
		if r := recover(); r != nil {
			b, err = nil, fmt.Errorf("bleve cannot read it: %v", r)
		}
	}()
	b, err = scorch.NewScorch(scorch.Name, map[string]any{"path": dir, "read_only": true, "bolt_timeout": "2s"}, nil)
	if err == nil {
		err = b.Open()
	}
	return b, err
}

func closeFile(f *os.File) error {
	if f == nil {
		return nil
	}
	return f.Close()
}

// OpenMemory indexes the documents in memory, where nothing can be written.
// It ranks exactly as an index on disk.
func OpenMemory(docs []Document, files map[string][]byte) (*Index, error) {
	if len(docs) == 0 {
		return nil, errNothing
	}
	working := bindex.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	defer working.Close()
	b, err := scorch.NewScorch(scorch.Name, map[string]any{"path": ""}, working)
	if err != nil {
		return nil, err
	}
	if err := b.Open(); err != nil {
		return nil, err
	}
	// Every batch makes a segment, and segments are never merged in memory.
	m := mappingFor(languagesOf(docs))
	for from := 0; from < len(docs); from += builderBatch {
		batch := bindex.NewBatch()
		for i := from; i < min(from+builderBatch, len(docs)); i++ {
			doc, err := mapped(m, i, docs[i])
			if err != nil {
				return nil, errors.Join(err, b.Close())
			}
			batch.Update(doc)
		}
		if err := b.Batch(batch); err != nil {
			return nil, errors.Join(err, b.Close())
		}
	}
	stats := map[string]statistics{}
	for _, d := range docs {
		measure(stats, d)
	}
	x := &Index{info: manifest{Documents: len(docs), Languages: stats}, files: files}
	if err := x.attach(b); err != nil {
		return nil, err
	}
	return x, nil
}

// attach takes the reader that all searches use: the index does not change.
func (x *Index) attach(b bindex.Index) error {
	x.bleve = b
	fail := func(err error) error {
		return errors.Join(fmt.Errorf("%w: %s: %w", ErrDamaged, x.dir, err), b.Close(), closeFile(x.lock))
	}
	var err error
	if x.reader, err = b.Reader(); err != nil {
		return fail(err)
	}
	n, err := x.reader.DocCount()
	if err != nil {
		return fail(errors.Join(err, x.reader.Close()))
	}
	if n != uint64(x.info.Documents) {
		return fail(errors.Join(fmt.Errorf("it holds %d passages and should hold %d", n, x.info.Documents), x.reader.Close()))
	}
	return nil
}

// Close releases the index. No search may be going on.
func (x *Index) Close() error {
	return errors.Join(x.reader.Close(), x.bleve.Close(), closeFile(x.lock))
}

// File returns a file that was given to [Build] or [OpenMemory].
func (x *Index) File(name string) ([]byte, error) {
	if x.dir == "" {
		if b, ok := x.files[name]; ok {
			return b, nil
		}
	} else if _, ok := x.info.Files[name]; ok {
		return os.ReadFile(filepath.Join(x.dir, name))
	}
	return nil, fmt.Errorf("%w: it holds no file %q", ErrMissing, name)
}

// Languages returns the languages of the passages, sorted.
func (x *Index) Languages() []string {
	var languages []string
	for l := range x.info.Languages {
		languages = append(languages, l)
	}
	slices.Sort(languages)
	return languages
}

// Documents returns the number of passages in the language.
func (x *Index) Documents(language string) int { return x.info.Languages[language].Documents }

// AvgLen returns the mean number of terms of the passages in the language,
// stop words left out; 0 where there are none.
func (x *Index) AvgLen(language string) float64 {
	s := x.info.Languages[language]
	return float64(s.Terms) / float64(max(s.Documents, 1))
}

// aboutLen returns the mean number of terms of what passages are about.
func (x *Index) aboutLen(language string) float64 {
	s := x.info.Languages[language]
	return float64(s.AboutTerms) / float64(max(s.Headed, 1))
}

// DocFreq returns the number of passages in the language that hold the term.
func (x *Index) DocFreq(language, term string) int { return x.docFreq(textField(language), term) }

func (x *Index) docFreq(field, term string) int {
	key := field + "\x00" + term
	if n, ok := x.freq.Load(key); ok {
		return n.(int)
	}
	n := 0
	if r, err := x.reader.TermFieldReader(context.Background(), []byte(term), field, false, false, false); err == nil {
		n = int(r.Count())
		r.Close()
	}
	if n > 0 { // so that the cache is no larger than the index
		x.freq.Store(key, n)
	}
	return n
}
