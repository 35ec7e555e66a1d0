package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"footnote/encoder/encodertest"
)

// BenchmarkStart builds the static binary and starts it in the sandbox: with an
// index to build, with the index there, both with a model, and for one answer in
// the terminal. It reports the time until it is ready and what it holds in memory then.
func BenchmarkStart(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "bot")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			untilReady(b, binary, b.TempDir())
		}
		b.ReportMetric(float64(info.Size())/1e6, "MB-binary")
	})
	b.Run("again", func(b *testing.B) {
		data := b.TempDir()
		untilReady(b, binary, data)
		for b.Loop() {
			untilReady(b, binary, data)
		}
	})
	// With the vectors of the passages: what is kept of them and the weights.
	model := filepath.Join(b.TempDir(), "full.safetensors")
	if err := os.WriteFile(model, encodertest.Full(), 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("model-first", func(b *testing.B) {
		for b.Loop() {
			untilReady(b, binary, b.TempDir(), "-model", model)
		}
	})
	b.Run("model-again", func(b *testing.B) {
		data := b.TempDir()
		if out, err := exec.Command(binary, "-data", data, "-model", model, "-rebuild").CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		for b.Loop() {
			untilReady(b, binary, data, "-model", model)
		}
	})
	b.Run("ask", func(b *testing.B) {
		data := b.TempDir()
		for b.Loop() {
			if out, err := exec.Command(binary, "-data", data, "-ask", "who backs haftar").CombinedOutput(); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
		}
	})
}

// untilReady starts the program, has it answer something once it takes input,
// and interrupts it.
func untilReady(b *testing.B, binary, data string, flags ...string) {
	cmd := exec.Command(binary, append([]string{"-sandbox", "-addr", "127.0.0.1:0", "-member-limit", "100", "-data", data}, flags...)...)
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	readUntil(b, out, "#general> ")
	b.ReportMetric(float64(time.Since(begin).Microseconds())/1e3, "ms-to-ready")

	b.StopTimer()
	defer b.StartTimer()
	for range 20 {
		fmt.Fprintln(in, "/search words:Haftar")
		fmt.Fprintln(in, "/who-backs haftar")
	}
	fmt.Fprintln(in, "/footnote status") // no reader may; it comes last
	readUntil(b, out, "there is no such command here")
	b.ReportMetric(float64(resident(cmd.Process.Pid))/1e3, "MB-resident")
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		b.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, out)
	if err := cmd.Wait(); err != nil {
		b.Fatal(err)
	}
}

// readUntil reads until a text has come by. The prompt it may wait for has no
// line end.
func readUntil(b *testing.B, r io.Reader, text string) {
	b.Helper()
	var said []byte
	for part := make([]byte, 4096); !bytes.Contains(said, []byte(text)); {
		n, err := r.Read(part)
		if said = append(said, part[:n]...); err != nil {
			b.Fatalf("%v\n%s", err, said)
		}
	}
}

// resident returns what a process holds in memory, in kB; 0 where the system
// does not tell.
func resident(pid int) (kB int) {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range bytes.Lines(status) {
		if _, err := fmt.Sscanf(string(line), "VmRSS: %d kB", &kB); err == nil {
			return kB
		}
	}
	return 0
}
