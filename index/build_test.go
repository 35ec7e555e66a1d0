package index_test

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"footnote/index"
)

// Equal passages make equal files, in every process.
func TestFilesAreEqual(t *testing.T) {
	root, docs := t.TempDir(), victim()
	key := keyOf(docs)
	var first map[string]string
	for n := range 4 {
		if n == 0 {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), buildThere+"="+root)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
		} else if err := index.Build(t.Context(), root, key, fill(docs, map[string][]byte{"texts": []byte("T")})); err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		entries, err := os.ReadDir(filepath.Join(root, key))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			b, err := os.ReadFile(filepath.Join(root, key, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			files[e.Name()] = string(b)
		}
		if n == 0 {
			first = files
		}
		for name := range files {
			if files[name] != first[name] {
				t.Errorf("build %d: %s differs", n, name)
			}
		}
		// bleve's own sum holds.
		b := files["passages.zap"]
		if got, want := crc32.ChecksumIEEE([]byte(b[:len(b)-4])), binary.BigEndian.Uint32([]byte(b[len(b)-4:])); got != want {
			t.Errorf("the sum of bleve's file is %x, and in it stands %x", got, want)
		}
		if err := os.RemoveAll(filepath.Join(root, key)); err != nil {
			t.Fatal(err)
		}
	}
}

// Two builds and the index in memory answer with the same bytes.
func TestBuildsAreEqual(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 1))
	docs := invented(r, 6000, len(languages))
	indexes := []*index.Index{built(t, docs, nil), built(t, docs, nil), inMemory(t, docs)}
	for n := range 200 {
		q := question(r, len(languages))
		var first string
		for i, x := range indexes {
			hits, err := x.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				first = inBytes(hits)
			} else if inBytes(hits) != first {
				t.Fatalf("question %d: index %d answers otherwise: %+v", n, i, q)
			}
		}
	}
}

func TestKey(t *testing.T) {
	key := index.Key([]byte("one"), []byte("two"))
	if key != index.Key([]byte("one"), []byte("two")) {
		t.Error("the same content has two keys")
	}
	if len(key) != 32 || strings.Trim(key, "0123456789abcdef") != "" {
		t.Errorf("key %q", key)
	}
	for name, other := range map[string]string{
		"content":   index.Key([]byte("one"), []byte("tow")),
		"order":     index.Key([]byte("two"), []byte("one")),
		"cut moved": index.Key([]byte("onet"), []byte("wo")),
		"more":      index.Key([]byte("one"), []byte("two"), nil),
		"less":      index.Key([]byte("one")),
	} {
		if other == key {
			t.Errorf("%s does not change the key", name)
		}
	}
}

func TestFiles(t *testing.T) {
	docs := []passage{{Article: "a", Language: "en", Text: "The ferry."}}
	files := map[string][]byte{"texts": []byte("T"), "empty": {}}
	memory, err := index.InMemory(t.Context(), fill(docs, files))
	if err != nil {
		t.Fatal(err)
	}
	defer memory.Close()
	root, key := t.TempDir(), keyOf(docs)
	if err := index.Build(t.Context(), root, key, fill(docs, files)); err != nil {
		t.Fatal(err)
	}
	disk, err := index.Open(root, key)
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	for name, s := range map[string]*index.Segment{"disk": disk, "memory": memory} {
		for file, want := range files {
			if got, err := s.ReadFile(file); err != nil || string(got) != string(want) {
				t.Errorf("%s: File(%q) = %q, %v", name, file, got, err)
			}
		}
		if _, err := s.File("none"); !errors.Is(err, index.ErrMissing) {
			t.Errorf("%s: a file that is not there: %v", name, err)
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	docs := []passage{{Article: "a", Language: "en", Text: "The ferry."}}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	locked := t.TempDir()
	if err := os.Chmod(locked, 0o500); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, root string
		docs       []passage
		files      map[string][]byte
		skip       bool
	}{
		{name: "no passage", root: t.TempDir()},
		{name: "the folder is a file", root: file, docs: docs},
		{name: "the folder is below a file", root: filepath.Join(file, "x"), docs: docs},
		{name: "there is no folder", root: filepath.Join(t.TempDir(), "x"), docs: docs},
		{name: "nobody may write there", root: "/proc/self", docs: docs, skip: runtime.GOOS != "linux"},
		{name: "we may not write there", root: locked, docs: docs, skip: os.Geteuid() == 0}, // permissions do not bind root
		{name: "a file of a name that is taken", root: t.TempDir(), docs: docs, files: map[string][]byte{"MANIFEST": nil}},
		{name: "a file outside", root: t.TempDir(), docs: docs, files: map[string][]byte{"../x": nil}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.skip {
				t.Skip("cannot be tried on this system or as this user")
			}
			key := keyOf(docs)
			if err := index.Build(t.Context(), c.root, key, fill(c.docs, c.files)); err == nil {
				t.Error("Build reports no error")
			} else if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than a sentence: %v", err)
			}
			if x, err := open(c.root, key); err == nil {
				t.Error("and yet it can be opened", x.Close())
			}
			if c.root != "/proc/self" {
				left(t, c.root)
			}
		})
	}
	if _, err := index.InMemory(t.Context(), fill(nil, nil)); err == nil {
		t.Error("InMemory takes no passages")
	}
	mixed := []index.Document{{Language: "en"}, {Language: "de"}}
	if _, err := index.InMemory(t.Context(), func(w *index.Writer) error { return w.Add(mixed) }); err == nil {
		t.Error("an article is of two languages")
	}
}

// left fails the test unless root holds just these names.
func left(t *testing.T, root string, want ...string) {
	t.Helper()
	entries, _ := os.ReadDir(root) // none where root is no folder
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%s holds %q, want %q", root, got, want)
	}
}

// What is built can be opened where nothing can be written.
func TestReadOnlyRoot(t *testing.T) {
	docs := []passage{{Article: "a", Language: "en", Text: "The ferry."}}
	root, key := t.TempDir(), keyOf(docs)
	if err := index.Build(t.Context(), root, key, fill(docs, nil)); err != nil {
		t.Fatal(err)
	}
	mode := func(dir, file os.FileMode) {
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				return os.Chmod(path, dir)
			}
			return os.Chmod(path, file)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	mode(0o500, 0o400)
	t.Cleanup(func() { mode(0o700, 0o600) })
	if err := index.Build(t.Context(), root, key, fill(docs, nil)); err != nil {
		t.Errorf("there is nothing to build, but: %v", err)
	}
	x := opened(t, root, key)
	if hits, err := x.Search(t.Context(), index.Query{Terms: terms("en", "ferry"), Limit: 1}); err != nil || len(hits) != 1 {
		t.Errorf("%v, %v", hits, err)
	}
}

// A build given up on leaves nothing, whenever that is.
func TestBuildCancelled(t *testing.T) {
	docs := invented(rand.New(rand.NewPCG(5, 5)), 6000, 2)
	key := keyOf(docs)
	for _, after := range []time.Duration{0, time.Millisecond, 20 * time.Millisecond, 100 * time.Millisecond} {
		root := t.TempDir()
		ctx, cancel := context.WithTimeout(t.Context(), after)
		err := index.Build(ctx, root, key, fill(docs, nil))
		cancel()
		if err == nil {
			left(t, root, key)
			continue
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("after %v: %v", after, err)
		}
		left(t, root)
	}
}

// Several builds of the same key at once: all succeed, one directory stays.
func TestBuildTogether(t *testing.T) {
	docs := invented(rand.New(rand.NewPCG(5, 5)), 50, 2)
	root, key := t.TempDir(), keyOf(docs)
	for range 5 {
		if err := os.RemoveAll(filepath.Join(root, key)); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				if err := index.Build(t.Context(), root, key, fill(docs, nil)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		left(t, root, key)
		x, err := open(root, key)
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestSweep(t *testing.T) {
	root := t.TempDir()
	var keys []string
	for _, text := range []string{"the read one", "the kept one", "the old one", "the broken one"} {
		docs := []passage{{Article: "a", Language: "en", Text: text}}
		key := keyOf(docs)
		if err := index.Build(t.Context(), root, key, fill(docs, nil)); err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
	}
	if err := os.Remove(filepath.Join(root, keys[3], "MANIFEST")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, "photographs"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, ".aside-left-by-a-kill", "index"), 0o700); err != nil {
		t.Fatal(err)
	}
	read, err := open(root, keys[0])
	if err != nil {
		t.Fatal(err)
	}
	has := func(want ...bool) {
		t.Helper()
		for i, key := range keys {
			if _, err := os.Stat(filepath.Join(root, key)); (err == nil) != want[i] {
				t.Errorf("index %d: there: %v, want %v", i, err == nil, want[i])
			}
		}
		if _, err := os.Stat(filepath.Join(root, "photographs")); err != nil {
			t.Error("a folder that is no index is gone")
		}
	}
	if err := index.Sweep(root, keys[1]); err != nil {
		t.Error(err)
	}
	has(true, true, false, false)
	if left, err := filepath.Glob(filepath.Join(root, ".aside-*")); err != nil || len(left) > 0 {
		t.Errorf("left after the sweep: %v, %v", left, err)
	}
	if hits, err := read.Search(t.Context(), index.Query{Terms: terms("en", "read"), Limit: 1}); err != nil || len(hits) != 1 {
		t.Errorf("after the sweep: %v, %v", hits, err)
	}
	if err := read.Close(); err != nil {
		t.Error(err)
	}
	if err := index.Sweep(root, keys[1]); err != nil {
		t.Error(err)
	}
	has(false, true, false, false)
	if err := index.Sweep(filepath.Join(root, "none")); err == nil {
		t.Error("a root that is not there is swept")
	}
}

// Searches go on while another index is built, opened and swept; -race looks on.
func TestTogether(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	docs := invented(r, 500, 3)
	root, key := t.TempDir(), keyOf(docs)
	if err := index.Build(t.Context(), root, key, fill(docs, nil)); err != nil {
		t.Fatal(err)
	}
	x, err := open(root, key)
	if err != nil {
		t.Fatal(err)
	}
	var questions []index.Query
	var want []string
	for range 20 {
		q := question(r, 3)
		hits, err := x.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		questions, want = append(questions, q), append(want, inBytes(hits))
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for n := range 100 {
				i := (n + g) % len(questions)
				hits, err := x.Search(t.Context(), questions[i])
				if err != nil || inBytes(hits) != want[i] {
					t.Errorf("question %d: %v, %v", i, hits, err)
				}
				for _, term := range questions[i].Terms {
					if _, err := x.DocFreq(t.Context(), term.Language, term.Text); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Go(func() {
		for n := range 3 {
			others := invented(rand.New(rand.NewPCG(uint64(n), 9)), 50, 2)
			other := keyOf(others)
			if err := index.Build(t.Context(), root, other, fill(others, nil)); err != nil {
				t.Error(err)
			}
			y, err := open(root, other)
			if err != nil {
				t.Error(err)
				return
			}
			if err := errors.Join(index.Sweep(root, other), y.Close()); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()
	if err := x.Close(); err != nil {
		t.Error(err)
	}
}
