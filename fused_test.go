package footnote

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// fused matches an instruction of arm64 that multiplies and adds at once.
var fused = regexp.MustCompile(`(?m)^.*\bF(?:N)?M(?:ADD|SUB)[SD]\b.*$`)

// On some machines Go may fuse x*y + z into one operation, which rounds once
// and not twice: the last bit of a score then differs from machine to machine,
// and with it the order of two sentences that are alike. An explicit conversion,
// float64(x*y) + z, forbids it. No score may be worked out without.
func TestNothingIsFused(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: it compiles for another machine, which takes most of a minute")
	}
	// First that it would be seen.
	file := filepath.Join(t.TempDir(), "fused.go")
	if err := os.WriteFile(file, []byte("package fused\n\nfunc F(x, y, z float64) float64 { return x*y + z }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := assembly(t, file); !fused.MatchString(out) {
		t.Errorf("a fused operation is not seen in\n%s", out)
	}
	for _, pkg := range []string{"./corpus", "./index", "./answer", "./answer/annotate", "./answer/words"} {
		for _, line := range fused.FindAllString(assembly(t, pkg), -1) {
			t.Errorf("write float64(x*y) + z in %s:\n%s", pkg, line)
		}
	}
}

// assembly returns what the compiler makes of a package on arm64.
func assembly(t *testing.T, pkg string) string {
	t.Helper()
	build := exec.Command("go", "build", "-gcflags=-S", pkg)
	build.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0", "GOFLAGS=")
	out, err := build.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if len(out) == 0 {
		t.Fatalf("the compiler says nothing of %s", pkg)
	}
	return string(out)
}
