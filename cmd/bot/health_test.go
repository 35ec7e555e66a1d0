package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The stand-in's bot leaves the sign of life alone that a bot on Discord gives
// in the same data folder.
func TestSandboxGivesNoSignOfLife(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	file := filepath.Join(data, "health.json")
	const life = `{"index":true}`
	if err := os.WriteFile(file, []byte(life), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	out := &buffer{}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"-sandbox", "-addr", "127.0.0.1:0", "-data", data}, func(string) string { return "" }, strings.NewReader(""), out, out)
	}()
	for !strings.Contains(out.String(), "in a browser") {
		if ctx.Err() != nil {
			t.Fatalf("the sandbox does not start:\n%s", out)
		}
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("exits with %d:\n%s", code, out)
	}
	if b, err := os.ReadFile(file); err != nil || !bytes.Equal(b, []byte(life)) {
		t.Errorf("the sign of life is %q now, %v", b, err)
	}
}
