package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	bolt "go.etcd.io/bbolt"

	"footnote/internal/testlog"
)

// TestUnanswered does one thing in each case and looks at what is kept of server
// 1, at once and after a restart.
func TestUnanswered(t *testing.T) {
	ask := func(s *Store, questions ...string) (err error) {
		for _, q := range questions {
			if err == nil {
				err = s.AddUnanswered("1", Unanswered{Question: q, Count: 1})
			}
		}
		return err
	}
	cases := []struct {
		name string
		do   func(s *Store) error
		want string // question count shown; ...
	}{
		{"one", func(s *Store) error { return ask(s, "Who won?") }, "Who won? 1"},
		{"equal but for case and spaces", func(s *Store) error { return ask(s, "Who won?", " who  WON?\n", "Кто?", "КТО?") }, "Кто? 2; Who won? 2"},
		{"the commonest first", func(s *Store) error { return ask(s, "a", "b", "c", "b", "a", "b") }, "b 3; a 2; c 1"},
		{"the last first of equals", func(s *Store) error { return ask(s, "a", "b", "c", "a", "b", "c") }, "c 2; b 2; a 2"},
		{"nothing asked", func(s *Store) error { return ask(s, "", " \n\t") }, ""},
		{"a passage that was not taken", func(s *Store) error {
			ask(s, "Who won?")
			return s.AddUnanswered("1", Unanswered{Question: "who won?", Shown: "a.1-2.7f3a09c1"})
		}, "Who won? 1 a.1-2.7f3a09c1"},
		{"a passage that was not taken, of an answered question", func(s *Store) error {
			s.AddUnanswered("1", Unanswered{Question: "Who won?", Shown: "a"})
			return s.AddUnanswered("1", Unanswered{Question: "Who won?", Count: 1, Shown: "b"})
		}, "Who won? 2 b"},
		{"asked again, the passage stays", func(s *Store) error {
			s.AddUnanswered("1", Unanswered{Question: "Who won?", Shown: "a"})
			return ask(s, "Who won?")
		}, "Who won? 2 a"},
		{"too long a passage", func(s *Store) error {
			return s.AddUnanswered("1", Unanswered{Question: "Who won?", Shown: strings.Repeat("a", 201)})
		}, "Who won? 1"},
		{"too long a question", func(s *Store) error {
			return ask(s, strings.Repeat("x", 300), strings.Repeat("X", 250))
		}, strings.Repeat("x", 200) + " 2"},
		{"not valid", func(s *Store) error { return ask(s, "a\xffb") }, "ab 1"},
		{"of another server", func(s *Store) error {
			return s.AddUnanswered("2", Unanswered{Question: "Who won?", Count: 1})
		}, ""},
		{"switched off, the old ones stay", func(s *Store) error {
			ask(s, "a")
			s.SetKeepsUnanswered("1", false)
			return ask(s, "a", "b")
		}, "a 1"},
		{"deleted", func(s *Store) error {
			ask(s, "a")
			s.DeleteUnanswered("1")
			return ask(s, "b")
		}, "b 1"},
		{"the server was left", func(s *Store) error {
			ask(s, "a")
			s.Forget("1")
			return ask(s, "b")
		}, ""},
		{"too many: the rarest goes, of those the oldest", func(s *Store) error {
			for n := range MaxUnanswered {
				if err := ask(s, fmt.Sprintf("q%d", n)); err != nil {
					return err
				}
			}
			return ask(s, "q0", "new", "newer")
		}, func() string {
			list := []string{"q0 2", "newer 1", "new 1"}
			for n := MaxUnanswered - 1; n > 2; n-- {
				list = append(list, fmt.Sprintf("q%d 1", n))
			}
			return strings.Join(list, "; ")
		}()},
	}
	describe := func(s *Store) string {
		var parts []string
		for _, u := range s.Unanswered("1") {
			parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s %d %s", u.Question, u.Count, u.Shown)))
		}
		return strings.Join(parts, "; ")
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "settings.db")
			s := mustOpen(t, path)
			for _, s := range []*Store{s, Memory()} {
				if err := s.SetKeepsUnanswered("1", true); err != nil {
					t.Fatal(err)
				}
				if err := c.do(s); err != nil {
					t.Fatal(err)
				}
				if got := describe(s); got != c.want {
					t.Errorf("in memory %v: got %q, want %q", s.InMemory(), got, c.want)
				}
				if got := s.Unanswered("2"); len(got) > 0 || s.KeepsUnanswered("2") {
					t.Errorf("server 2, where nothing was switched on, has %v", got)
				}
			}
			keeps := s.KeepsUnanswered("1")
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = mustOpen(t, path)
			if got := describe(s); got != c.want || s.KeepsUnanswered("1") != keeps {
				t.Errorf("after a restart: got %q, want %q", got, c.want)
			}
		})
	}
}

// TestErased looks into the file after questions were deleted: nothing of them is
// left, all else is, and the file stays this process's own.
func TestErased(t *testing.T) {
	for name, erase := range map[string]func(s *Store) error{
		"deleted":         func(s *Store) error { return s.DeleteUnanswered("1") },
		"server was left": func(s *Store) error { return s.Forget("1") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "settings.db")
			s := mustOpen(t, path)
			for n := range 20 {
				if err := errors.Join(s.SetKeepsUnanswered("1", true), s.SetChannel("2", "10", true),
					s.AddUnanswered("1", Unanswered{Question: fmt.Sprintf("Where is the treasure %d?", n), Count: 1})); err != nil {
					t.Fatal(err)
				}
			}
			if b, err := os.ReadFile(path); err != nil || !bytes.Contains(b, []byte("treasure")) {
				t.Fatalf("the questions are not in the file (%v)", err)
			}
			for range 2 { // the second time nothing is there
				if err := erase(s); err != nil {
					t.Fatal(err)
				}
			}
			files, err := os.ReadDir(filepath.Dir(path))
			if err != nil || len(files) != 1 {
				t.Errorf("beside the file lie %v (%v)", files, err)
			}
			if b, err := os.ReadFile(path); err != nil || bytes.Contains(b, []byte("treasure")) {
				t.Errorf("the questions are still in the file (%v)", err)
			}
			if other, err := Open(testlog.New(t.Output()), path); err == nil {
				other.Close()
				t.Error("another process can open the file")
			}
			if err := errors.Join(s.SetPaused("2", true), s.Close()); err != nil {
				t.Fatal(err)
			}
			if s := mustOpen(t, path); !s.ChannelOn("2", "10") || !s.Paused("2") {
				t.Error("the settings of another server are lost")
			}
		})
	}
}

// TestOlderSettings opens settings that an older version wrote, and some that a
// newer one with more fields did.
func TestOlderSettings(t *testing.T) {
	for _, value := range []string{`{"channels":["10"]}`, `{"channels":["10"],"hinted":{"10":"2026-11-23"},"moon":{"phase":3}}`} {
		path := filepath.Join(t.TempDir(), "settings.db")
		s := mustOpen(t, path)
		if err := s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(guildsBucket).Put([]byte("1"), []byte(value)) }); err != nil {
			t.Fatal(err)
		}
		s.Close()
		s = mustOpen(t, path)
		if !s.ChannelOn("1", "10") || s.KeepsUnanswered("1") {
			t.Errorf("%s is read as %+v", value, s.guilds["1"])
		}
		if err := s.SetKeepsUnanswered("1", true); err != nil || !s.ChannelOn("1", "10") {
			t.Errorf("%s: %v", value, err)
		}
	}
}

// FuzzUnanswered keeps any text, once, within bounds, and reads the same back.
func FuzzUnanswered(f *testing.F) {
	f.Add("Who won?", "a.1-2.7f3a09c1")
	f.Add("", "")
	f.Add("\xff\x00 İ", "\xff")
	f.Add(strings.Repeat("ſ ", 300), strings.Repeat("ю", 150))
	f.Fuzz(func(t *testing.T, question, shown string) {
		path := filepath.Join(t.TempDir(), "settings.db")
		s := mustOpen(t, path)
		for _, err := range []error{
			s.SetKeepsUnanswered("1", true),
			s.AddUnanswered("1", Unanswered{Question: question, Count: 1, Shown: shown}),
			s.AddUnanswered("1", Unanswered{Question: question, Count: 1}),
			s.Close(),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		kept := s.Unanswered("1")
		if len(kept) > 1 || len(kept) == 1 && (kept[0].Count != 2 || !utf8.ValidString(kept[0].Question) || utf8.RuneCountInString(kept[0].Question) > 200 || len(kept[0].Shown) > 200) {
			t.Errorf("%q is kept as %+v", question, kept)
		}
		s = mustOpen(t, path)
		if got := s.Unanswered("1"); fmt.Sprint(got) != fmt.Sprint(kept) {
			t.Errorf("read back as %+v, want %+v", got, kept)
		}
		if err := s.Forget("1"); err != nil || len(s.Unanswered("1")) > 0 || len(s.Guilds()) > 0 {
			t.Errorf("not forgotten: %v", err)
		}
	})
}
