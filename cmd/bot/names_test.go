package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// No name of a file or a folder makes the terminal do anything: what it would
// obey is printed as Go writes it, whatever the bot is asked to do.
func TestNamesOnTheTerminal(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	const esc, end, left = "esc\x1b[31mred", "two\nlines", "left\u202ewards"
	for _, name := range []string{"w/" + esc + ".md", "w/" + end + ".txt", "w/" + left + ".md", esc + "/" + end + "/" + left + ".md", "w/ok.md", "only\u009b31m.md", esc + ".pdf"} {
		text := "---\ntitle: \"Tides\\e[2J\"\n---\nHigh \x1b[5mwater is at noon, said \x07the harbour office.\n"
		if strings.HasSuffix(name, ".txt") {
			text = "---\ntitle: [\n---\ntext\n"
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/hostname", "w/"+esc+"-link.txt"); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		t.Fatal(err)
	}
	if err := os.WriteFile("file"+esc, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	seen := ""
	for _, data := range []string{"d", "d" + esc, "d" + end + "/below", "file" + esc, "file" + esc + "/below" + end} {
		for _, args := range [][]string{
			{"-corpus", "w", "-check"}, {"-corpus", esc + "/" + end, "-check"}, {"-corpus", esc + "/" + end, "-rebuild"},
			{"-corpus", "w", "-rebuild"}, {"-corpus", "w", "-text", "nothing"}, {"-corpus", "w", "-ask", "When is high water?"},
			{"-corpus", "w", "-ask", "When is high water?", "-article", esc}, {"-corpus", "only\u009b31m.md", "-check"},
			{"-corpus", esc, "-ask", "When is high water?"}, {"-corpus", esc + ".pdf", "-check"}, {"-corpus", "none" + end + esc, "-check"},
			{"-corpus", "w", "-health"}, {"-corpus", "w", "-verify", esc}, {"-corpus", "w", "-eval", "none" + esc}, {esc},
		} {
			code, out, errs := runBot(t, "", append([]string{"-data", data}, args...)...)
			for line := range strings.Lines(out + errs) {
				line = strings.TrimSuffix(line, "\n")
				if i := strings.IndexFunc(line, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }); i >= 0 {
					t.Errorf("-data %q %q (%d) prints %q", data, args, code, line)
				}
				// A name with an end of line in it would leave the rest of it at a beginning.
				if strings.HasPrefix(line, "lines") {
					t.Errorf("-data %q %q (%d) prints part of a name as a line: %q", data, args, code, line)
				}
			}
			seen += out + errs
		}
	}
	for _, want := range []string{
		`problem: "esc\x1b[31mred.md": rename the file, `, `problem: "two\nlines.txt": rename the file, `, `article "left\u202ewards": "Tides`,
		`added "left\u202ewards"`, `library: "esc\x1b[31mred/two\nlines"`, `data folder: "desc\x1b[31mred"`,
		`problem: "esc\x1b[31mred-link.txt": `, `"fileesc\x1b[31mred"`,
	} {
		if !strings.Contains(seen, want) {
			t.Errorf("nowhere stands %s in\n%s", want, seen)
			break
		}
	}
}

// -check tells of a data folder that cannot be made where the fault is, and not
// of the file with which it tried.
func TestDataFolderThatCannotBeMade(t *testing.T) {
	t.Chdir(t.TempDir())
	for data, at := range map[string]string{"/proc/footnote/data": "/proc", "/sys/footnote": "/sys", "/dev/null/data": "/dev/null"} {
		_, out, _ := runBot(t, "", "-data", data, "-check")
		_, problem, found := strings.Cut(out, "problem: data folder: ")
		if _, err := os.Stat("/proc/self"); err != nil {
			t.Skip("this system has no folder that nobody can write to")
		}
		if !found || strings.Contains(out, ".check-") || !strings.Contains(problem, at) {
			t.Errorf("-data %s says\n%s", data, out)
		}
	}
}
