package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// The fingerprint changes with what loading reads, and with nothing else.
func TestFingerprint(t *testing.T) {
	write := func(t *testing.T, name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	later := func(t *testing.T, name string) {
		t.Helper()
		when := time.Now().Add(time.Hour)
		if err := os.Chtimes(name, when, when); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		path   string // of the library, below the folder of the case
		change func(t *testing.T)
		want   bool
	}{
		{"nothing", "library", func(*testing.T) {}, false},
		{"an article grows", "library", func(t *testing.T) { write(t, "library/deep/ferry.md", good+good) }, true},
		{"an article is touched", "library", func(t *testing.T) { later(t, "library/deep/ferry.md") }, true},
		{"another article", "library", func(t *testing.T) { write(t, "library/pier.TXT", good) }, true},
		{"an article is renamed", "library", func(t *testing.T) { _ = os.Rename("library/deep/ferry.md", "library/deep/boat.md") }, true},
		{"an article is gone", "library", func(t *testing.T) { _ = os.Remove("library/deep/ferry.md") }, true},
		{"an article may be read again", "library", func(t *testing.T) { _ = os.Chmod("library/deep/ferry.md", 0o640) }, true},
		{"the library is gone", "library", func(t *testing.T) { _ = os.RemoveAll("library") }, true},
		{"a hidden file", "library", func(t *testing.T) { write(t, "library/.ferry.md", good) }, false},
		{"a hidden folder", "library", func(t *testing.T) { write(t, "library/.git/ferry.md", good) }, false},
		{"a foreign ending", "library", func(t *testing.T) { write(t, "library/ferry.md~", good) }, false},
		{"what a linked article leads to", "library", func(t *testing.T) { later(t, "elsewhere.md") }, true},
		{"in a linked library", "link", func(t *testing.T) { write(t, "library/pier.md", good) }, true},
		{"one file", "library/deep/ferry.md", func(t *testing.T) { later(t, "library/deep/ferry.md") }, true},
		{"beside one file", "library/deep/ferry.md", func(t *testing.T) { write(t, "library/deep/pier.md", good) }, false},
		{"one hidden file", ".draft.md", func(t *testing.T) { later(t, ".draft.md") }, true},
		{"one linked file", "library/linked.md", func(t *testing.T) { later(t, "elsewhere.md") }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, "library/deep/ferry.md", good)
			write(t, "elsewhere.md", good)
			write(t, ".draft.md", good)
			for link, to := range map[string]string{"link": "library", "library/linked.md": "../elsewhere.md"} {
				if err := os.Symlink(to, link); err != nil {
					t.Skip("no links here:", err)
				}
			}
			before := fingerprint(c.path)
			c.change(t)
			if got := fingerprint(c.path) != before; got != c.want {
				t.Errorf("changed is %v", got)
			}
		})
	}
	if fingerprint("") != "" {
		t.Error("the embedded library has a fingerprint")
	}
}
