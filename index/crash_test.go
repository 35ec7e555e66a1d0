package index_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"footnote/index"
	"footnote/internal/race"
)

// buildThere makes the test binary a process that builds the index of
// [victim] below the folder it names, and nothing else.
const buildThere = "FOOTNOTE_TEST_BUILD"

// streamThere and markThere let it build so many passages for a benchmark, and
// print how many megabytes that took at most.
const (
	streamThere = "FOOTNOTE_TEST_STREAM"
	markThere   = "FOOTNOTE_TEST_MARKS"
)

func TestMain(m *testing.M) {
	if root := os.Getenv(buildThere); root != "" {
		if n, err := strconv.Atoi(os.Getenv(streamThere)); err == nil {
			err := index.Build(context.Background(), root, index.Key(), streamed(n, os.Getenv(markThere) == "true"))
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			status, _ := os.ReadFile("/proc/self/status")
			_, peak, _ := strings.Cut(string(status), "VmHWM:")
			kilobytes, _ := strconv.Atoi(strings.Fields(peak + " 0")[0])
			fmt.Println(float64(kilobytes) / 1024)
			os.Exit(0)
		}
		docs := victim()
		if err := index.Build(context.Background(), root, keyOf(docs), fill(docs, map[string][]byte{"texts": []byte("T")})); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func victim() []passage { return invented(rand.New(rand.NewPCG(8, 8)), 3000, 3) }

// Whenever a build is killed, its index is whole or not there, the older one
// still opens, and the next build clears up.
func TestBuildKilled(t *testing.T) {
	kills := 50
	switch {
	case testing.Short():
		kills = 8
	case race.On: // with it a process takes long to start
		kills = 15
	}
	docs, older := victim(), invented(rand.New(rand.NewPCG(9, 9)), 20, 2)
	key, olderKey := keyOf(docs), keyOf(older)
	root := t.TempDir()
	if err := index.Build(t.Context(), root, olderKey, fill(older, nil)); err != nil {
		t.Fatal(err)
	}
	child := func() (*exec.Cmd, *strings.Builder) {
		cmd, said := exec.Command(os.Args[0]), &strings.Builder{}
		cmd.Env, cmd.Stderr = append(os.Environ(), buildThere+"="+root), said
		return cmd, said
	}
	cmd, said := child()
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	took := time.Since(begun)
	whole, missing, swept := 0, 0, 0
	for n := range kills {
		if err := os.RemoveAll(filepath.Join(root, key)); err != nil {
			t.Fatal(err)
		}
		before, _ := filepath.Glob(filepath.Join(root, ".build-*"))
		swept += len(before)
		cmd, said := child()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		moment := rand.N(took + took/5)
		time.Sleep(moment)
		if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil && said.Len() > 0 {
			t.Errorf("kill %d: the build said %s", n, said)
		}
		for _, k := range []string{key, olderKey} {
			x, err := open(root, k)
			if k == key && errors.Is(err, index.ErrMissing) {
				missing++
				continue
			}
			if err != nil {
				t.Fatalf("kill %d after %v: %v", n, moment, err)
			}
			if k == key {
				whole++
			}
			if hits, err := x.Search(t.Context(), index.Query{Terms: terms("en", "ferry"), Limit: 3}); err != nil || len(hits) == 0 {
				t.Errorf("kill %d after %v: %v, %v", n, moment, hits, err)
			}
			if err := x.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	t.Logf("%d kills in a build of %v: %d whole, %d missing, %d directories left to sweep", kills, took, whole, missing, swept)
	if !testing.Short() && (missing == 0 || swept == 0) {
		t.Error("no kill met a build under way; the test proves nothing")
	}
	cmd, said = child()
	if err := errors.Join(os.RemoveAll(filepath.Join(root, key)), cmd.Run()); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	for _, pattern := range []string{".build-*", ".aside-*"} {
		if stale, _ := filepath.Glob(filepath.Join(root, pattern)); len(stale) > 0 {
			t.Errorf("not swept: %v", stale)
		}
	}
}

// A directory that was killed before its lock was made is stale too.
func TestBuildSweepsWhatNobodyLocked(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{".build-1", ".build-2", ".aside-3/index"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, ".build-2", "LOCK"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	docs := []passage{{Article: "a", Language: "en", Text: "The ferry."}}
	key := keyOf(docs)
	if err := index.Build(t.Context(), root, key, fill(docs, nil)); err != nil {
		t.Fatal(err)
	}
	left(t, root, key)
}
