package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"footnote/internal/testlog"
)

// A library that holds no article that can be used is opened at the stand-in, which
// shows why and takes an article over once there is one. On Discord a folder is,
// but no file; and nowhere a path that is a slip.
func TestNoLibrary(t *testing.T) {
	t.Parallel()
	const text = "The ferry to Port Ember leaves at noon.\n"
	for _, c := range []struct {
		name   string
		files  map[string]string
		corpus string // below the folder of the files
		wrong  string // what the pane holds; "": not even the stand-in opens it
		repair string // the file that is put right
	}{
		{"empty file", map[string]string{"a.md": ""}, "a.md", "a.md: has no text to quote; write the article into it", "a.md"},
		{"not UTF-8", map[string]string{"a.md": "High water is\nat \xff\xfe noon.\n"}, "a.md", "a.md line 2: is not UTF-8 text", "a.md"},
		{"header without end", map[string]string{"a.md": "---\ntitle: Storm\nThe pier is closed.\n"}, "a.md", "a.md line 1: close the header", "a.md"},
		{"header alone", map[string]string{"a.md": "---\ntitle: Storm: the pier\n---\n"}, "a.md", "a.md line 2: put the title in quotes", "a.md"},
		{"folder of broken files", map[string]string{"a.md": "", "b.txt": "\x00"}, "", "b.txt line 1: is not UTF-8 text", "b.txt"},
		{"empty folder", nil, "", "has no article; put a file there", "a.md"},
		{"nothing there", nil, "b.md", "", ""},
		{"another kind", map[string]string{"a.pdf": "%PDF"}, "a.pdf", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, text := range c.files {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			log := testlog.New(t.Output())
			conf := &config{corpus: filepath.Join(dir, c.corpus), data: t.TempDir()}
			if l, err := openLive(t.Context(), log, conf); err == nil {
				l.Close()
				if c.corpus != "" {
					t.Error("on Discord the bot starts with a file that cannot be used")
				}
			} else if c.corpus == "" {
				t.Errorf("on Discord a folder that may fill ends it with %v", err)
			} else if strings.Contains(err.Error(), "\n") || c.wrong != "" && !strings.Contains(err.Error(), "has no article") {
				t.Errorf("on Discord it ends with %v", err)
			}
			conf.sandbox = true
			l, err := openLive(t.Context(), log, conf)
			if c.wrong == "" {
				if err == nil {
					l.Close()
					t.Error("the stand-in starts with what cannot be a library")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			if !l.answers() {
				t.Error("the bot counts as ill")
			}
			pane := func() string {
				w := httptest.NewRecorder()
				articles(l.Live, l.wrong).ServeHTTP(w, httptest.NewRequest("GET", "/articles/", nil))
				return w.Body.String()
			}
			if got := pane(); !strings.Contains(got, c.wrong) {
				t.Errorf("the pane lacks %q:\n%s", c.wrong, got)
			}
			if err := os.WriteFile(filepath.Join(dir, c.repair), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			go l.watch(t.Context())
			for deadline := time.Now().Add(takenOver); !strings.Contains(pane(), "leaves at noon"); time.Sleep(20 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatalf("the repaired article is not there:\n%s", pane())
				}
			}
			for deadline := time.Now().Add(takenOver); l.now.Load().empty != ""; time.Sleep(20 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatalf("still %q", l.now.Load().empty)
				}
			}
		})
	}
}
