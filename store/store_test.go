package store

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"footnote/internal/testlog"
)

// noon is a time for tests.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// mustOpen opens a store and closes it with the test.
func mustOpen(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(testlog.New(t.Output()), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestKept does one thing in each case and looks at what is there, at once and
// after a restart; in memory nothing is left after one.
func TestKept(t *testing.T) {
	cases := []struct {
		name string
		do   func(s *Store) error
		want string // what describe says
	}{
		{"nothing", func(s *Store) error { return nil }, ""},
		{"channel on", func(s *Store) error { return s.SetChannel("1", "10", true) }, "1:10"},
		{"channel on twice", func(s *Store) error {
			s.SetChannel("1", "10", true)
			return s.SetChannel("1", "10", true)
		}, "1:10"},
		{"channels sorted", func(s *Store) error {
			s.SetChannel("1", "20", true)
			return s.SetChannel("1", "10", true)
		}, "1:10,20"},
		{"channel off", func(s *Store) error {
			s.SetChannel("1", "10", true)
			return s.SetChannel("1", "10", false)
		}, ""},
		{"pause", func(s *Store) error { return s.SetPaused("1", true) }, "1:paused"},
		{"pause over", func(s *Store) error {
			s.SetPaused("1", true)
			return s.SetPaused("1", false)
		}, ""},
		{"servers apart", func(s *Store) error {
			s.SetChannel("1", "10", true)
			return s.SetPaused("2", true)
		}, "1:10 2:paused"},
		{"forgotten", func(s *Store) error {
			s.SetChannel("1", "10", true)
			s.SetPaused("2", true)
			s.SetPaused("1", true)
			s.Hint("1", "10", HintReply, noon)
			return s.Forget("1")
		}, "2:paused"},
		{"logins", func(s *Store) error { return s.SetLogins([]time.Time{noon, noon.Add(time.Hour)}) }, "logins:2"},
		{"commands", func(s *Store) error {
			s.SetCommands("7", []string{"ask"})
			return s.SetCommands("7", []string{"ask", "search"})
		}, "commands:ask,search"},
	}
	describe := func(s *Store) string {
		var parts, guilds []string
		for _, g := range []string{"1", "2"} {
			for _, c := range s.Channels(g) {
				if !s.ChannelOn(g, c) {
					t.Errorf("channel %s is in the list and not on", c)
				}
			}
			words := strings.Join(s.Channels(g), ",")
			if s.Paused(g) {
				words += "paused"
			}
			if words != "" {
				parts = append(parts, g+":"+words)
				guilds = append(guilds, g)
			}
		}
		if got := s.Guilds(); !slices.Equal(got, guilds) {
			t.Errorf("something is kept of the servers %v, want %v", got, guilds)
		}
		if times, _ := s.Logins(); len(times) > 0 {
			if !times[0].Equal(noon) {
				t.Errorf("first login %v, want %v", times[0], noon)
			}
			parts = append(parts, "logins:"+string('0'+rune(len(times))))
		}
		if names, _ := s.Commands("7"); len(names) > 0 {
			parts = append(parts, "commands:"+strings.Join(names, ","))
		}
		return strings.Join(parts, " ")
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "settings.db")
			s := mustOpen(t, path)
			for _, s := range []*Store{s, Memory()} {
				if err := c.do(s); err != nil {
					t.Fatal(err)
				}
				if got := describe(s); got != c.want {
					t.Errorf("in memory %v: got %q, want %q", s.InMemory(), got, c.want)
				}
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if got := describe(mustOpen(t, path)); got != c.want {
				t.Errorf("after a restart: got %q, want %q", got, c.want)
			}
		})
	}
}

func TestHint(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.db")
	s := mustOpen(t, path)
	steps := []struct {
		guild, channel string
		kind           Hint
		at             time.Time
		want           bool
	}{
		{"1", "10", HintReply, noon, true},
		{"1", "10", HintReply, noon.Add(time.Hour), false},
		{"1", "11", HintReply, noon, true},
		{"2", "10", HintReply, noon, true},
		{"1", "10", HintReply, noon.Add(24 * time.Hour), true},
		{"1", "10", HintReply, noon.Add(25 * time.Hour), false},
		{"1", "10", HintPaused, noon.Add(25 * time.Hour), true},
		{"1", "10", HintPaused, noon.Add(26 * time.Hour), false},
		{"1", "10", HintSilent, noon.Add(26 * time.Hour), true},
		{"", "10", HintReply, noon, false},
		{"1", "", HintReply, noon, false},
	}
	for n, step := range steps {
		if got := s.Hint(step.guild, step.channel, step.kind, step.at); got != step.want {
			t.Errorf("step %d, %+v: got %v", n, step, got)
		}
	}
	if n := len(s.guilds["1"].Hinted); n != 3 {
		t.Errorf("%d marks are kept for server 1, want today's three alone", n)
	}
	s.Close()
	if mustOpen(t, path).Hint("1", "10", HintReply, noon.Add(25*time.Hour)) {
		t.Error("the hint is given again after a restart")
	}
}

func TestRefusedIDs(t *testing.T) {
	for _, id := range []string{"", strings.Repeat("1", maxID+1), "a\x00b", "ü", "a b"} {
		s := Memory()
		if s.SetChannel(id, "1", true) == nil || s.SetChannel("1", id, true) == nil || s.SetPaused(id, true) == nil || s.Forget(id) == nil {
			t.Errorf("%q is taken for an id", id)
		}
		if len(s.guilds) > 0 {
			t.Errorf("%q left something behind: %v", id, s.guilds)
		}
	}
}

// whole returns the bytes of a store with something in it.
func whole(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.db")
	s := mustOpen(t, path)
	for n := range 200 {
		if err := s.SetChannel("1"+strings.Repeat("0", n%50), "10", true); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDamaged(t *testing.T) {
	good := whole(t)
	junk := slices.Clone(good)
	for n := 2 * os.Getpagesize(); n < len(junk); n++ {
		junk[n] ^= 0xa5
	}
	cases := []struct {
		name  string
		bytes []byte
	}{
		{"text", bytes.Repeat([]byte("not a database\n"), 4000)},
		{"one byte", []byte("x")},
		{"cut after the first pages", good[:2*os.Getpagesize()]},
		{"junk behind the first pages", junk},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "settings.db")
			if err := os.WriteFile(path, c.bytes, 0o600); err != nil {
				t.Fatal(err)
			}
			s := mustOpen(t, path)
			if err := s.SetPaused("1", true); err != nil {
				t.Error(err)
			}
			aside, err := filepath.Glob(path + ".damaged-*")
			if err != nil || len(aside) != 1 {
				t.Fatalf("files kept aside: %v (%v), want one", aside, err)
			}
			if kept, err := os.ReadFile(aside[0]); err != nil || !bytes.Equal(kept, c.bytes) {
				t.Errorf("the file kept aside is not the damaged one (%v)", err)
			}
		})
	}
}

// TestOpenErrors holds Open to one sentence that names the way out, and to
// leaving the file alone.
func TestOpenErrors(t *testing.T) {
	cases := []struct {
		name    string
		prepare func(t *testing.T, path string)
		want    string
	}{
		{"held by another", func(t *testing.T, path string) { mustOpen(t, path) }, "held by another process"},
		{"newer schema", func(t *testing.T, path string) {
			s := mustOpen(t, path)
			if err := s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Put(schemaKey, []byte("9")) }); err != nil {
				t.Fatal(err)
			}
			s.Close()
		}, `schema "9"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "data", "settings.db")
			if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			c.prepare(t, path)
			s, err := Open(testlog.New(io.Discard), path)
			if err == nil {
				s.Close()
				t.Fatal("it opened")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %q, want something with %q", err, c.want)
			}
			if aside, _ := filepath.Glob(path + ".damaged-*"); len(aside) > 0 {
				t.Errorf("it was taken for damaged: %v", aside)
			}
		})
	}
}

// TestUnwritable holds Open to a store in memory where no file can be had.
func TestUnwritable(t *testing.T) {
	cases := []struct {
		name string
		path func(t *testing.T, dir string) string
	}{
		{"a folder stands there", func(t *testing.T, dir string) string { return dir }},
		{"the data folder is a file", func(t *testing.T, dir string) string {
			file := filepath.Join(dir, "data")
			if err := os.WriteFile(file, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			return filepath.Join(file, "settings.db")
		}},
		{"no right to write", func(t *testing.T, dir string) string {
			if os.Geteuid() == 0 {
				t.Skip("root may write everywhere")
			}
			if err := os.Chmod(dir, 0o500); err != nil {
				t.Fatal(err)
			}
			return filepath.Join(dir, "settings.db")
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := mustOpen(t, c.path(t, t.TempDir()))
			if !s.InMemory() {
				t.Error("it has a file")
			}
			if err := s.SetPaused("1", true); err != nil || !s.Paused("1") {
				t.Errorf("it does not work: %v", err)
			}
		})
	}
}

// FuzzIDs stores under any ids and reads back after a restart: what is taken
// is found under the same ids and under no others.
func FuzzIDs(f *testing.F) {
	f.Add("1", "2")
	f.Add("", "\x00")
	f.Add("a/b", "c\xff")
	f.Add(`"`, `\`)
	f.Fuzz(func(t *testing.T, guildID, channelID string) {
		path := filepath.Join(t.TempDir(), "settings.db")
		s := mustOpen(t, path)
		taken := s.SetChannel(guildID, channelID, true) == nil
		s.Close()
		s = mustOpen(t, path)
		if got := s.ChannelOn(guildID, channelID); got != taken {
			t.Errorf("taken %v, after a restart %v", taken, got)
		}
		if s.ChannelOn(guildID+"1", channelID) || s.ChannelOn(guildID, channelID+"1") {
			t.Error("another channel is on")
		}
		if taken {
			if err := s.Forget(guildID); err != nil || s.ChannelOn(guildID, channelID) {
				t.Errorf("not forgotten: %v", err)
			}
		}
	})
}
