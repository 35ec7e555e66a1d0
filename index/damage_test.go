package index_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"footnote/index"
	"footnote/internal/race"
)

// damages are what can happen to a file.
var damages = []struct {
	name string
	do   func(path string, content []byte) error
}{
	{"missing", func(path string, _ []byte) error { return os.Remove(path) }},
	{"empty", func(path string, _ []byte) error { return os.WriteFile(path, nil, 0o600) }},
	{"cut in half", func(path string, b []byte) error { return os.WriteFile(path, b[:len(b)/2], 0o600) }},
	{"cut by a byte", func(path string, b []byte) error { return os.WriteFile(path, b[:len(b)-1], 0o600) }},
	{"longer", func(path string, b []byte) error { return os.WriteFile(path, append(bytes.Clone(b), '!'), 0o600) }},
	{"first bit", flip(func(int) int { return 0 })},
	{"middle bit", flip(func(n int) int { return n / 2 })},
	{"last bit", flip(func(n int) int { return n - 1 })},
	{"garbage", func(path string, b []byte) error {
		r := rand.New(rand.NewPCG(4, 4))
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		return os.WriteFile(path, b, 0o600)
	}},
	{"a directory", func(path string, _ []byte) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) }},
}

func flip(at func(size int) int) func(string, []byte) error {
	return func(path string, b []byte) error {
		b = bytes.Clone(b)
		b[at(len(b))] ^= 1
		return os.WriteFile(path, b, 0o600)
	}
}

// Every damage to every file is found, and building again mends it.
func TestDamagedFiles(t *testing.T) {
	docs := invented(rand.New(rand.NewPCG(6, 6)), 40, 3)
	root, key := t.TempDir(), keyOf(docs)
	build := func() {
		t.Helper()
		if err := index.Build(t.Context(), root, key, fill(docs, map[string][]byte{"texts": []byte("what package answer keeps")})); err != nil {
			t.Fatal(err)
		}
	}
	build()
	dir := filepath.Join(root, key)
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) < 4 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		rel, _ := filepath.Rel(dir, file)
		for _, d := range damages {
			t.Run(filepath.ToSlash(rel)+"/"+d.name, func(t *testing.T) {
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if err := d.do(file, content); err != nil {
					t.Fatal(err)
				}
				if x, err := open(root, key); err == nil {
					t.Error("Open notices nothing", x.Close())
				} else if !errors.Is(err, index.ErrDamaged) {
					t.Errorf("Open: %v", err)
				}
				build()
				opened(t, root, key)
				left(t, root, key)
			})
		}
	}
}

func TestDamagedDirectories(t *testing.T) {
	docs := invented(rand.New(rand.NewPCG(6, 6)), 40, 3)
	others := docs[:20]
	key, other := keyOf(docs), keyOf(others)
	for _, c := range []struct {
		name string
		do   func(dir, otherDir string) error
		want error
	}{
		{"gone", func(dir, _ string) error { return os.RemoveAll(dir) }, index.ErrMissing},
		{"empty", func(dir, _ string) error { return errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o700)) }, index.ErrDamaged},
		{"a file", func(dir, _ string) error { return errors.Join(os.RemoveAll(dir), os.WriteFile(dir, nil, 0o600)) }, index.ErrDamaged},
		{"without bleve's part", func(dir, _ string) error { return os.Remove(filepath.Join(dir, "passages.zap")) }, index.ErrDamaged},
		{"without marks", func(dir, _ string) error { return os.Remove(filepath.Join(dir, "marks")) }, index.ErrDamaged},
		{"another index", func(dir, otherDir string) error {
			return errors.Join(os.RemoveAll(dir), os.CopyFS(dir, os.DirFS(otherDir)))
		}, index.ErrDamaged},
		{"another's bleve part", func(dir, otherDir string) error {
			b, err := os.ReadFile(filepath.Join(otherDir, "passages.zap"))
			return errors.Join(err, os.WriteFile(filepath.Join(dir, "passages.zap"), b, 0o600))
		}, index.ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			files := map[string][]byte{"texts": []byte("T")}
			if err := errors.Join(index.Build(t.Context(), root, key, fill(docs, files)), index.Build(t.Context(), root, other, fill(others, files))); err != nil {
				t.Fatal(err)
			}
			if err := c.do(filepath.Join(root, key), filepath.Join(root, other)); err != nil {
				t.Fatal(err)
			}
			if x, err := open(root, key); err == nil {
				t.Error("Open notices nothing", x.Close())
			} else if !errors.Is(err, c.want) {
				t.Errorf("Open: %v, want %v", err, c.want)
			}
			if err := index.Build(t.Context(), root, key, fill(docs, files)); err != nil {
				t.Fatal(err)
			}
			opened(t, root, key)
		})
	}
	if _, err := open(filepath.Join(t.TempDir(), "none"), key); !errors.Is(err, index.ErrMissing) {
		t.Errorf("a root that is not there: %v", err)
	}
}

// Readers keep what they have open while it is replaced.
func TestMendedUnderAReader(t *testing.T) {
	docs := invented(rand.New(rand.NewPCG(6, 6)), 40, 1)
	root, key := t.TempDir(), keyOf(docs)
	if err := index.Build(t.Context(), root, key, fill(docs, map[string][]byte{"texts": []byte("T")})); err != nil {
		t.Fatal(err)
	}
	x := opened(t, root, key)
	if err := os.Remove(filepath.Join(root, key, "texts")); err != nil {
		t.Fatal(err)
	}
	if err := index.Build(t.Context(), root, key, fill(docs, map[string][]byte{"texts": []byte("T")})); err != nil {
		t.Fatal(err)
	}
	for _, x := range []*index.Index{x, opened(t, root, key)} {
		if hits, err := x.Search(t.Context(), index.Query{Terms: terms("en", "ferry"), Limit: 3}); err != nil || len(hits) != 3 {
			t.Errorf("%v, %v", hits, err)
		}
	}
}

// A file that checks itself is looked at for its size alone.
func TestDamagedOwnFile(t *testing.T) {
	docs := invented(rand.New(rand.NewPCG(6, 6)), 40, 1)
	root, key := t.TempDir(), keyOf(docs)
	give := fill(docs, nil)
	err := index.Build(t.Context(), root, key, func(w *index.Writer) error {
		f, err := w.CreateOwn("blocks")
		if err != nil {
			return err
		}
		if _, err := f.Write(bytes.Repeat([]byte("block"), 1000)); err != nil {
			return err
		}
		return give(w)
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(root, key, "blocks")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range damages {
		if err := d.do(file, bytes.Clone(content)); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(file)
		whole := err == nil && info.Mode().IsRegular() && info.Size() == int64(len(content))
		x, err := open(root, key)
		if whole != (err == nil) || err != nil && !errors.Is(err, index.ErrDamaged) {
			t.Errorf("%s: %v", d.name, err)
		}
		if err == nil {
			if err := x.Close(); err != nil {
				t.Error(err)
			}
		}
		if err := errors.Join(os.RemoveAll(file), os.WriteFile(file, content, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

// What is damaged while it is open, which no sum sees, may give other hits or an error,
// but stops nothing; and an error is not taken for a word that is not there.
func TestDamagedWhileOpen(t *testing.T) {
	flips := 3000
	if testing.Short() || race.On {
		flips = 300
	}
	r := rand.New(rand.NewPCG(6, 7))
	docs := invented(r, 400, 2)
	s, err := index.InMemory(t.Context(), fill(docs, nil))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	files, failed := s.Lists(), 0
	for i := range flips {
		lists := files[i%len(files)]
		at, bit := r.IntN(len(lists)), byte(1)<<r.IntN(8)
		lists[at] ^= bit
		x := index.NewIndex([]index.Part{s.Whole()})
		fails := func(err error) {
			if err == nil {
				return
			}
			if failed++; !errors.Is(err, index.ErrDamaged) {
				t.Fatalf("bit %d of byte %d: %v", bit, at, err)
			}
		}
		q := question(r, 2)
		hits, err := x.Search(t.Context(), q)
		if fails(err); err != nil && len(hits) > 0 {
			t.Errorf("hits with an error: %v", hits)
		}
		for _, term := range q.Terms {
			n, err := x.DocFreq(t.Context(), term.Language, term.Text)
			if fails(err); err != nil && n != 0 {
				t.Errorf("%d passages with an error", n)
			}
		}
		_, err = x.Marked(t.Context(), "label", "ferry")
		fails(err)
		_, err = x.MarkedPrefix(t.Context(), "label", "", len(docs))
		fails(err)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		lists[at] ^= bit
	}
	t.Logf("%d errors", failed)
	if failed == 0 {
		t.Error("no flip was met; the test proves nothing")
	}
}
