package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"footnote/answer"
	"footnote/encoder/encodertest"
	"footnote/internal/testlog"
)

// weightsFile writes a tiny model and returns where.
func weightsFile(t testing.TB) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "tiny.safetensors")
	if err := os.WriteFile(file, encodertest.Tiny(nil), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// fleet is an article of so many passages.
func fleet(boats int) string {
	var b strings.Builder
	for i := range boats {
		fmt.Fprintf(&b, "Boat %d sank off Krag with %d crates. The cafe was closed for %d days.\n\n", i, 100+i, i%9)
	}
	return b.String()
}

// A library that is not read yet answers at once, by its words; read, it is taken
// over. Then starts and small edits find it read.
func TestReading(t *testing.T) {
	t.Parallel()
	library, data := t.TempDir(), t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(library, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("fleet.md", fleet(600))
	write("ferry.md", ferryAtMidnight)
	c := &config{corpus: library, data: data, modelFile: weightsFile(t)}
	if err := c.loadModel(); err != nil {
		t.Fatal(err)
	}
	logs := &buffer{}
	open := func() *live {
		t.Helper()
		l, err := openLive(t.Context(), testlog.New(logs), c)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	answers := func(l *live, question, want string, vectors bool) {
		t.Helper()
		testlog.Asked(question)
		lib, done := l.Use()
		defer done()
		if a := lib.Ask(t.Context(), answer.Question{Text: question}); !strings.Contains(a.Quote, want) {
			t.Errorf("%q: got %q, want %q", question, a.Quote, want)
		}
		if lib.HasVectors() != vectors || (l.now.Load().reading == nil) != vectors {
			t.Errorf("vectors: %v, reading: %v", lib.HasVectors(), l.now.Load().reading)
		}
	}
	read := func(l *live) {
		t.Helper()
		for end := time.Now().Add(time.Minute); l.now.Load().reading != nil; time.Sleep(10 * time.Millisecond) {
			l.look(t.Context())
			if time.Now().After(end) {
				t.Fatalf("it is never read:\n%s", logs)
			}
		}
	}
	// A folder that takes long to look through is looked at seldom.
	takes := func(l *live) {
		t.Helper()
		before := l.now.Load().key
		for end := time.Now().Add(time.Minute); l.now.Load().key == before; time.Sleep(10 * time.Millisecond) {
			l.look(t.Context())
			if time.Now().After(end) {
				t.Fatalf("what changed is never taken over:\n%s", logs)
			}
		}
	}
	const question = "When does the ferry to Port Ember leave?"

	l := open()
	answers(l, question, "at midnight", false)
	l.Close() // while it reads

	l = open()
	answers(l, question, "at midnight", l.now.Load().reading == nil) // what was read before is kept
	read(l)
	answers(l, question, "at midnight", true)
	l.Close()

	l = open()
	answers(l, question, "at midnight", true)
	write("ferry.md", ferryAtNoon)
	takes(l)
	read(l) // on a busy machine it takes a while
	answers(l, question, "at noon", true)

	// What changes while it is read is taken over, and read in turn.
	write("more.md", strings.ReplaceAll(fleet(600), "Boat", "The boat of number"))
	takes(l)
	write("ferry.md", ferryAtMidnight)
	takes(l)
	answers(l, question, "at midnight", l.now.Load().reading == nil)
	read(l)
	answers(l, question, "at midnight", true)

	// By the time it is read what went before is swept away.
	l.Close()
	if err := c.sweep(); err != nil {
		t.Fatal(err)
	}
	got, libraries, begun := entries(t, c.indexRoot()), 0, 0
	for _, name := range got {
		if strings.HasSuffix(name, ".library") {
			libraries++
		}
		if strings.HasPrefix(name, ".") {
			begun++
		}
	}
	if libraries != 1 || begun > 0 {
		t.Errorf("the folder holds %v", got)
	}
	if strings.Contains(logs.String(), "level=ERROR") || strings.Contains(logs.String(), "level=WARN") {
		t.Errorf("the log tells of trouble:\n%s", logs)
	}
}

// Progress is told where it takes a while: every few seconds in the log, or in one
// line of a terminal.
func TestProgress(t *testing.T) {
	var logs, terminal bytes.Buffer
	for _, to := range []*bytes.Buffer{nil, &terminal} {
		p := newProgress(testlog.New(testlog.Keep(&logs)), nil, encoding)
		if to != nil {
			p.terminal = to
		}
		p.watch(0, 900)
		p.watch(10, 900)
		p.begin = p.begin.Add(-30 * time.Second)
		p.watch(300, 900)
		p.watch(301, 900) // too soon
		p.told = p.told.Add(-tellEvery)
		p.watch(600, 900)
		p.end()
		if done, total := p.far(); done != 600 || total != 900 {
			t.Errorf("%d of %d", done, total)
		}
	}
	if got := strings.Count(logs.String(), "\n"); got != 2 || !strings.Contains(logs.String(), "done=300 of=900 a_second=10 left=1m0s") {
		t.Errorf("the log says\n%s", &logs)
	}
	lines := strings.Split(terminal.String(), "\r")
	const first = "reading passages for what they mean: 300 of 900, 10 a second, 1m0s left"
	if len(lines) != 7 || lines[2] != first || strings.Contains(terminal.String(), "\n") || strings.TrimSpace(lines[5]) != "" {
		t.Errorf("the terminal shows %q", lines)
	}
}

// What is asked on the command line waits for the vectors, however it is stopped
// or kept: it has one answer.
func TestAskWaits(t *testing.T) {
	t.Parallel()
	library := t.TempDir()
	if err := os.WriteFile(filepath.Join(library, "fleet.md"), []byte(fleet(100)), 0o600); err != nil {
		t.Fatal(err)
	}
	const question = "How many crates sank with the boat off Krag?"
	testlog.Asked(question)
	data, model := t.TempDir(), weightsFile(t)
	var first string
	for _, folder := range []string{data, data, filepath.Join(model, "no-folder")} {
		var out, errs bytes.Buffer
		args := []string{"-corpus", library, "-data", folder, "-model", model, "-ask", question, "-debug"}
		if code := run(context.WithoutCancel(t.Context()), args, func(string) string { return "" }, strings.NewReader(""), &out, &errs); code == exitTrouble {
			t.Fatal(errs.String())
		}
		if first == "" {
			first = out.String()
		}
		if out.String() != first || !strings.Contains(first, "confidence") {
			t.Errorf("the answer was\n%s\nand is\n%s", first, &out)
		}
	}
}
