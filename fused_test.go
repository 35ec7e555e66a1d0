package footnote

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fused matches an instruction of arm64 that multiplies and adds at once.
var fused = regexp.MustCompile(`(?m)^.*\bF(?:N)?M(?:ADD|SUB)[SD]\b.*$`)

// On some machines Go may fuse x*y + z into one operation, which rounds once
// and not twice: the last bit of a score then differs from machine to machine,
// and with it the order of two sentences that are alike. An explicit conversion,
// float64(x*y) + z, forbids it. No score may be worked out without.
//
// To build the packages for another machine takes minutes, most of them for what
// they import. So only they themselves are compiled for it, against the types of
// what was compiled for this one, which are the same.
func TestNothingIsFused(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: it compiles seven packages for another machine")
	}
	if strconv.IntSize != 64 {
		t.Skip("skipped: the types of this machine are not those of one with 64 bits")
	}
	dir := t.TempDir()
	// First that it would be seen.
	file := filepath.Join(dir, "fused.go")
	if err := os.WriteFile(file, []byte("package fused\n\nfunc F(x, y, z float64) (float64, float64) { return x*y + z, z - x*y }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	object := filepath.Join(dir, "fused.a")
	if out := compile(t, "fused", "-o", object, file); len(fused.FindAllString(out, -1)) != 2 {
		t.Errorf("a fused operation is not seen in\n%s", out)
	}
	b, err := os.ReadFile(object)
	if err != nil {
		t.Fatal(err)
	}
	_, types, err := parseObject(b)
	if err != nil {
		t.Fatal(err)
	}
	machine, _, _ := bytes.Cut(types, []byte("\n"))

	scoring := []string{"./corpus", "./index", "./encoder", "./answer", "./answer/vectors", "./answer/annotate", "./answer/words"}
	packages := list(t, scoring)
	config := filepath.Join(dir, "importcfg")
	var imports strings.Builder
	for i, p := range packages {
		if p.Export == "" {
			continue // unsafe
		}
		as := filepath.Join(dir, strconv.Itoa(i)+".a")
		if err := compiledFor(machine, p.Export, as); err != nil {
			t.Fatalf("%s: %v", p.ImportPath, err)
		}
		fmt.Fprintf(&imports, "packagefile %s=%s\n", p.ImportPath, as)
	}
	if err := os.WriteFile(config, []byte(imports.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, p := range packages {
		if p.DepOnly {
			continue
		}
		found++
		// Not os.DevNull, which the compiler would replace by a file.
		args := []string{"-o", filepath.Join(dir, "out.a"), "-importcfg", config}
		if len(p.EmbedFiles) > 0 {
			args = append(args, "-embedcfg", embedConfig(t, dir, p))
		}
		for _, f := range p.GoFiles {
			f = filepath.Join(p.Dir, f)
			if _, err := os.Stat(f); err != nil { // go test keeps the result until one changes
				t.Error(err)
			}
			args = append(args, f)
		}
		out := compile(t, p.ImportPath, args...)
		if len(out) < 1000 {
			t.Errorf("the compiler says nothing of %s", p.ImportPath)
		}
		for _, line := range fused.FindAllString(out, -1) {
			t.Errorf("write float64(x*y) + z in %s:\n%s", p.ImportPath, line)
		}
	}
	if found != len(scoring) {
		t.Errorf("%d packages were looked at, want %d", found, len(scoring))
	}
}

// compile returns what the compiler makes of a package on arm64.
func compile(t *testing.T, path string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"tool", "compile", "-S", "-p", path}, args...)...)
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", path, err, out[max(0, len(out)-2000):])
	}
	return string(out)
}

// listed is what go list tells of a package.
type listed struct {
	ImportPath, Dir, Export            string
	DepOnly                            bool
	GoFiles, EmbedPatterns, EmbedFiles []string
}

// list returns packages and all that they import, compiled for this machine.
func list(t *testing.T, packages []string) (all []listed) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-export", "-deps", "-json=ImportPath,Dir,Export,DepOnly,GoFiles,EmbedPatterns,EmbedFiles"}, packages...)...)
	cmd.Stderr = t.Output()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// embedConfig writes which files a package embeds, as the compiler wants to know.
func embedConfig(t *testing.T, dir string, p listed) string {
	t.Helper()
	c := struct {
		Patterns map[string][]string
		Files    map[string]string
	}{map[string][]string{}, map[string]string{}}
	for _, pattern := range p.EmbedPatterns {
		c.Patterns[pattern] = slices.DeleteFunc(slices.Clone(p.EmbedFiles), func(f string) bool {
			ok, _ := path.Match(pattern, f)
			return !ok && !strings.HasPrefix(f, pattern+"/")
		})
	}
	for _, f := range p.EmbedFiles {
		c.Files[f] = filepath.Join(p.Dir, f)
	}
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, filepath.Base(p.Dir)+".embed")
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// parseObject cuts the first member out of an object file: the types of a
// package behind a line that names the machine.
func parseObject(b []byte) (name string, types []byte, err error) {
	const magic, header = "!<arch>\n", 60
	if len(b) < len(magic)+header || string(b[:len(magic)]) != magic {
		return "", nil, errors.New("not an object file")
	}
	b = b[len(magic):]
	size, err := strconv.Atoi(strings.TrimSpace(string(b[48:58])))
	if err != nil || header+size > len(b) {
		return "", nil, errors.New("a damaged object file")
	}
	return string(b[:16]), b[header : header+size], nil
}

// compiledFor writes the types in an object file as if it had been compiled for
// another machine, named by a line.
func compiledFor(machine []byte, from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	name, types, err := parseObject(b)
	if err != nil {
		return err
	}
	_, rest, _ := bytes.Cut(types, []byte("\n"))
	types = append(append(bytes.Clone(machine), '\n'), rest...)
	var out bytes.Buffer
	fmt.Fprintf(&out, "!<arch>\n%s%-12d%-6d%-6d%-8o%-10d`\n", name, 0, 0, 0, 0o644, len(types))
	out.Write(types)
	if len(types)%2 == 1 {
		out.WriteByte(0)
	}
	return os.WriteFile(to, out.Bytes(), 0o600)
}
