package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"footnote/answer"
	"footnote/internal/race"
)

// A rebuild that is killed at any moment leaves an index that opens and
// answers: the old one or the new one.
func TestKilledRebuild(t *testing.T) {
	slow(t)
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, seed))
	library, data := t.TempDir(), t.TempDir()
	generation := func(n int) {
		for i := range 300 {
			// Two of three articles stay as they are.
			if n > 0 && i%3 != n%3 {
				continue
			}
			name := filepath.Join(library, fmt.Sprintf("berth-%d.md", i))
			if err := os.WriteFile(name, []byte(berth(i, n)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	args := []string{"-corpus", library, "-data", data}
	generation(0)
	begin := time.Now()
	if out, err := exec.Command("bot", append(args, "-rebuild")...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := time.Since(begin)
	c := &config{corpus: library, data: data}
	root := c.indexRoot()
	kills, killed, fresh := 20, 0, 0 // each is a rebuild and a start, two seconds of work
	holds := 0                       // the generation that the current index holds
	if race.On {
		kills = 10 // with the race detector each process takes a second to start
	}
	for n := 1; n <= kills; n++ {
		// One boat that changes now, and what its article said before.
		boat := n%3 + 3*random.IntN(100)
		question := fmt.Sprintf("How many crates does the Amber%d carry?", boat)
		was := fmt.Sprintf("%d crates", crates(max(0, holds-(holds-n%3+3)%3)))
		generation(n)
		rebuild := exec.Command("bot", append(args, "-rebuild")...)
		begin, ended := time.Now(), make(chan error, 1)
		if err := rebuild.Start(); err != nil {
			t.Fatal(err)
		}
		go func() { ended <- rebuild.Wait() }()
		select {
		case <-ended:
			whole = time.Since(begin) // the machine may be busier or idler now
		case <-time.After(time.Duration(random.Int64N(int64(whole * 5 / 4)))):
			_ = rebuild.Process.Kill()
			if <-ended != nil {
				killed++
			}
		}

		// What a running bot would take over is whole.
		key := c.current()
		lib, err := answer.Open(root, key, nil)
		if err != nil {
			t.Fatalf("kill %d: CURRENT names %q: %v", n, key, err)
		}
		a := lib.Ask(t.Context(), answer.Question{Text: question})
		told := func(what string) bool { return strings.Contains(a.Quote, " "+what) }
		if want := fmt.Sprintf("%d crates", crates(n)); !told(want) && !told(was) {
			t.Errorf("kill %d: the index answers %q, want %q or %q", n, a.Quote, want, was)
		} else if told(want) {
			fresh++
			holds = n
		}
		if err := lib.Close(); err != nil {
			t.Errorf("kill %d: %v", n, err)
		}

		// Whoever starts next on the same folder has answers of the library as it is.
		out, err := exec.Command("bot", append(args, "-ask", question)...).CombinedOutput()
		if want := fmt.Sprintf("%d crates", crates(n)); err != nil || !strings.Contains(string(out), want) {
			t.Fatalf("kill %d: %v, want %q in\n%s", n, err, want, out)
		}
	}
	t.Logf("a rebuild takes %v; %d of %d were killed, %d left the new index current", whole.Round(time.Millisecond), killed, kills, fresh)
	if killed < kills/4 {
		t.Errorf("only %d of %d rebuilds were killed before their end", killed, kills)
	}

	// What the killed ones left is swept away, in time.
	for _, e := range entries(t, root) {
		if old := time.Now().AddDate(0, 0, -2); strings.HasPrefix(e, ".") {
			if err := os.Chtimes(filepath.Join(root, e), old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	if out, err := exec.Command("bot", append(args, "-rebuild")...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := answer.Sweep(root, nil, c.current()); err != nil { // nobody reads the old ones now
		t.Fatal(err)
	}
	segments := map[string]bool{}
	for _, e := range entries(t, root) {
		if name, end, _ := strings.Cut(e, "."); name != "" && (end == "" || strings.HasSuffix(end, "vectors")) && len(name) == 32 {
			segments[name] = true
		} else if e != filepath.Base(c.currentFile()) && e != filepath.Base(c.catalogueFile()) && e != c.current()+".library" {
			t.Errorf("a rebuild leaves %s behind", e)
		}
	}
	if len(segments) > 20 {
		t.Errorf("the library lies in %d segments", len(segments))
	}
}

// entries returns the names in a folder.
func entries(t *testing.T, dir string) (names []string) {
	t.Helper()
	es, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range es {
		names = append(names, e.Name())
	}
	return names
}

// berth is a small article; what it says depends on the generation.
func berth(i, generation int) string {
	return fmt.Sprintf(`---
title: Berth %d
published: 2024-01-%02d
---
The boat Amber%d carries %d crates. It lies at berth %d of the harbour.

The crew of the Amber%d paints the hull in spring.
`, i, i%28+1, i, crates(generation), i, i)
}

func crates(generation int) int { return 5000 + generation }
