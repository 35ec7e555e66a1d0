package main

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"footnote/internal/testlog"
)

// A signal ends `bot -ask -` while it waits for the next line.
func TestSignalWhileWaiting(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("bot", "-data", t.TempDir(), "-ask", "-", "-json")
	var errs buffer
	cmd.Stderr = testlog.Keep(&errs)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write([]byte("who backs haftar\n")); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.Contains(line, `"answered"`) {
		t.Fatalf("answers %q, %v", line, err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != exitTrouble || strings.Count(errs.String(), "\n") != 1 {
		t.Errorf("ends with %v and says %q", err, errs.String())
	}
}
