package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestDefault loads the library that is built into the program.
func TestDefault(t *testing.T) {
	lib, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range lib.Problems {
		t.Error(p)
	}
	if len(lib.Articles) == 0 || len(lib.Articles[0].Commands) != 2 {
		t.Errorf("got %d articles, want the shipped one with its two commands", len(lib.Articles))
	}
}

// TestBadFiles puts one bad file beside a good one: the bad one gets one
// sentence, the good one loads. More cases stand in testdata.
func TestBadFiles(t *testing.T) {
	tests := []struct {
		name string
		file string
		data string
		want string // the problem
	}{
		{"not UTF-8", "bad.md", "Fine.\n\nFine.\nNot \xe9 fine.\n", "bad.md line 4: is not UTF-8 text (byte 0xE9); save the file as UTF-8"},
		{"half a UTF-16 character", "bad.txt", "\xff\xfeA\x00\n\x00\x00\xd8", "bad.txt line 2: is not the UTF-16 text that it says it is; save the file as UTF-8"},
		{"binary", "bad.txt", "PK\x03\x04\n\x00", "bad.txt line 2: is not UTF-8 text (byte 0x00); save the file as UTF-8"},
		{"cut rune", "bad.md", "Fine \xe2\x80", "bad.md line 1: is not UTF-8 text (byte 0xE2); save the file as UTF-8"},
		{"50 MB", "bad.md", strings.Repeat("word ", 10<<20), "bad.md: is larger than 10 MB; split it into several articles"},
		{"just too large", "bad.txt", strings.Repeat("a", maxFileSize+1), "bad.txt: is larger than 10 MB; split it into several articles"},
		{"empty", "bad.md", "", "bad.md: has no text to quote; write the article into it or take the file away"},
		{"byte order mark only", "bad.md", "\ufeff", "bad.md: has no text to quote; write the article into it or take the file away"},
		{"title with a colon", "bad.md", "---\ntitle: a: b\n---\nText.\n", "bad.md line 2: put the title in quotes, it contains a colon"},
		{"title with a colon, CRLF", "bad.md", "---\r\nsource: s\r\ntitle: a: b\r\n---\r\nText.\r\n", "bad.md line 3: put the title in quotes, it contains a colon"},
		{"header in a loop", "bad.md", "---\ntitle: &a [*a]\n---\nText.\n", "bad.md line 2: put the title in quotes, it begins with &"},
		{"header that never ends", "bad.md", "---\ntitle: a\n", "bad.md line 1: close the header with a line of three hyphens; it opens here and does not end"},
		{"page nested too deep", "bad.html", strings.Repeat("<div>", 5000), "bad.html: cannot be read as HTML (html: open stack of elements exceeds 512 nodes); save the page again or save it as text"},
		{"name without letters", "sub/ .md", "Text.", ""},
		{"name with a line end", "bad\n.md", "Text.", "\"bad\\n.md\": rename the file, its name holds characters that cannot be shown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lib, err := LoadFS(fstest.MapFS{
				"good.md": {Data: []byte("A good article.")},
				tt.file:   {Data: []byte(tt.data)},
			})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range lib.Problems {
				got = append(got, p.String())
			}
			if strings.Join(got, "\n") != tt.want {
				t.Errorf("got problems %q, want %q", got, tt.want)
			}
			if last := lib.Articles[len(lib.Articles)-1]; last.ID != "good" && tt.file != "sub/ .md" {
				t.Errorf("got article %q, want good", last.ID)
			}
		})
	}
}

// TestLoadErrors has the paths that give no article at all.
func TestLoadErrors(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	tests := []struct {
		name, path, want string
	}{
		{"missing", filepath.Join(folder, "missing"), "cannot read the library PATH (no such file or directory); give the path of a folder or file that exists"},
		{"empty folder", filepath.Dir(write("empty/.keep", "")), "the library PATH has no article; put a file there that ends in .md, .txt or .html"},
		{"unknown ending", write("a.docx", "x"), "cannot use PATH as an article; its name must end in .md, .txt or .html"},
		{"no text", write("a.md", "\n"), "the file PATH has no article that can be used: a.md: has no text to quote; write the article into it or take the file away"},
		{"only bad files", filepath.Dir(write("bad/b.md", "\xff")), "the library PATH has no article that can be used: b.md line 1: is not UTF-8 text (byte 0xFF); save the file as UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lib, err := Load(tt.path)
			if want := strings.ReplaceAll(tt.want, "PATH", tt.path); err == nil || err.Error() != want {
				t.Errorf("got error %v\nwant %s", err, want)
			}
			if lib == nil || len(lib.Articles) != 0 {
				t.Errorf("got library %v, want an empty one", lib)
			}
		})
	}
}

// TestLinks loads a folder with links that loop, one that leads nowhere and one
// to a file.
func TestLinks(t *testing.T) {
	folder := t.TempDir()
	must := func(err error) {
		t.Helper()
		if errors.Is(err, errors.ErrUnsupported) {
			t.Skip("the system has no links")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.WriteFile(filepath.Join(folder, "a.md"), []byte("Text."), 0o644))
	must(os.Symlink("a.md", filepath.Join(folder, "b.md")))
	must(os.Symlink(".", filepath.Join(folder, "loop")))
	must(os.Symlink("self.md", filepath.Join(folder, "self.md")))
	must(os.Symlink("nowhere", filepath.Join(folder, "lost.md")))
	lib, err := Load(folder)
	must(err)
	if len(lib.Articles) != 2 || lib.Articles[0].ID != "a" || lib.Articles[1].ID != "b" {
		t.Errorf("got %d articles, want a and b", len(lib.Articles))
	}
	var got []string
	for _, p := range lib.Problems {
		got = append(got, p.String())
	}
	want := `loop: is a link that is not followed; put the files themselves there
lost.md: cannot be read (no such file or directory); check the file and who may read it
self.md: cannot be read (too many levels of symbolic links); check the file and who may read it`
	if strings.Join(got, "\n") != want {
		t.Errorf("got problems\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// TestLinksOut loads a library whose links lead inside and outside of it, in
// every way that a link can. What is outside is never read.
func TestLinksOut(t *testing.T) {
	top := t.TempDir()
	folder := filepath.Join(top, "real", "library")
	for name, text := range map[string]string{
		"real/library/in/a.md": "Inside.", "secret.md": "Outside.", "secrets/s.md": "Outside.", "real/library-old/o.md": "Outside.",
	} {
		name = filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range []struct{ name, to string }{
		{"inside.md", "in/a.md"}, {"in/up.md", "../inside.md"}, {"round.md", "in/../in/a.md"},
		{"absolute-inside.md", filepath.Join(folder, "in/a.md")}, {"back.md", "../../real/library/in/a.md"},
		{"outside.md", "../../secret.md"}, {"in/outside.md", "../../../secret.md"}, {"absolute.md", filepath.Join(top, "secret.md")},
		{"chain.md", "outside.md"}, {"neighbour.md", "../library-old/o.md"},
		{"folder", "../../secrets"}, {"through.md", "folder/s.md"}, {"folder.md", "../../secrets"},
	} {
		err := os.Symlink(l.to, filepath.Join(folder, l.name))
		if errors.Is(err, errors.ErrUnsupported) {
			t.Skip("the system has no links")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	// The library may be reached by a link itself.
	link := filepath.Join(top, "link")
	if err := os.Symlink("real/library", link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{folder, link, filepath.Join(top, "real", "..", "link")} {
		lib, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		var ids, refused []string
		for _, a := range lib.Articles {
			ids = append(ids, a.ID)
			if a.Text != "Inside." {
				t.Errorf("%s holds %q", a.ID, a.Text)
			}
		}
		if want := "absolute-inside back in/a in/up inside round"; strings.Join(ids, " ") != want {
			t.Errorf("%s: articles %v, want %s", path, ids, want)
		}
		for _, p := range lib.Problems {
			refused = append(refused, p.File)
			if !strings.Contains(p.Text, "put the file") {
				t.Errorf("%s: %s", path, p)
			}
		}
		if want := "absolute.md chain.md folder folder.md in/outside.md neighbour.md outside.md through.md"; strings.Join(refused, " ") != want {
			t.Errorf("%s: refused %v, want %s", path, refused, want)
		}
	}
	// Whoever names a file that is a link means what it leads to.
	if lib, err := Load(filepath.Join(folder, "outside.md")); err != nil || lib.Articles[0].Text != "Outside." {
		t.Errorf("a link that is named itself: %v", err)
	}
}

// TestShown writes names as a terminal can show them.
func TestShown(t *testing.T) {
	for name, want := range map[string]string{
		"libya.md": "libya.md", "año 2024/été.md": "año 2024/été.md", `a "b" \c.md`: `a "b" \c.md`, "город.md": "город.md", "": "",
		"esc\x1b[31m.md": `"esc\x1b[31m.md"`, "two\nlines.md": `"two\nlines.md"`, "bell\a": `"bell\a"`, "c1\u009b31m": `"c1\u009b31m"`,
		"right\u202eto left.md": `"right\u202eto left.md"`, "bad\xff.md": `"bad\xff.md"`, "tab\t.md": `"tab\t.md"`, "\u200b": `"\u200b"`,
	} {
		if got := Shown(name); got != want {
			t.Errorf("Shown(%q) = %s, want %s", name, got, want)
		}
	}
}

// TestUnreadable loads from a file system that refuses a folder and a file and
// has a pipe.
func TestUnreadable(t *testing.T) {
	lib, err := LoadFS(refusing{fstest.MapFS{
		"a.md":        {Data: []byte("Text.")},
		"no.md":       {Data: []byte("Text.")},
		"no/other.md": {Data: []byte("Text.")},
		"pipe.md":     {Mode: fs.ModeNamedPipe},
	}})
	if err != nil || len(lib.Articles) != 1 {
		t.Errorf("got %d articles, error %v; want one article", len(lib.Articles), err)
	}
	want := "[no: cannot be read (permission denied); check who may read it" +
		" no.md: cannot be read (permission denied); check who may read it" +
		" pipe.md: is not a regular file; put the article itself there]"
	if got := fmt.Sprint(lib.Problems); got != want {
		t.Errorf("got problems %s\nwant %s", got, want)
	}
}

// refusing refuses to open what is named "no".
type refusing struct{ fstest.MapFS }

func (f refusing) Open(name string) (fs.File, error) {
	if name == "no" || name == "no.md" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.MapFS.Open(name)
}

func (f refusing) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "no" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.MapFS.ReadDir(name)
}

// TestLineEnds reads one text with the line ends of three systems.
func TestLineEnds(t *testing.T) {
	const text = "---\ntitle: T\n---\nOne.\nStill one.\n\nTwo.\n"
	want, problems := parse("a.md", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, end := range []string{"\r\n", "\r"} {
		got, _ := parse("a.md", []byte("\ufeff"+strings.ReplaceAll(text, "\n", end)))
		if got == nil || got.Text != want.Text || got.Title != want.Title {
			t.Errorf("line ends %q: got %+v, want %+v", end, got, want)
		}
	}
}

// TestLoadFile loads one file, also when its name is hidden.
func TestLoadFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".one.MD")
	if err := os.WriteFile(path, []byte("Text."), 0o644); err != nil {
		t.Fatal(err)
	}
	lib, err := Load(path)
	if err != nil || len(lib.Articles) != 1 || lib.Articles[0].ID != ".one" {
		t.Errorf("got %v, error %v; want the article .one", lib.Articles, err)
	}
}

func TestFromParagraphs(t *testing.T) {
	paragraphs := []string{"One. Two.", "", "  # Three\n\nfour. "}
	a := FromParagraphs("Title", "en", paragraphs)
	if len(a.Passages) != len(paragraphs) {
		t.Fatalf("got %d passages, want %d", len(a.Passages), len(paragraphs))
	}
	for i, p := range a.Passages {
		if a.Quote(p.Span) != paragraphs[i] || p.Number != i+1 {
			t.Errorf("passage %d is %q, want %q", p.Number, a.Quote(p.Span), paragraphs[i])
		}
	}
	if p := a.PassageAt(5); p == nil || p.Number != 1 || len(p.Sentences) != 2 {
		t.Errorf("got passage %v at 5, want the first with two sentences", p)
	}
}

// BenchmarkParse reads the shipped article; the figure is for each file.
func BenchmarkParse(b *testing.B) {
	const name = "articles/libya-2019-09-26.md"
	data, err := shipped.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if a, _ := parse(name, data); a == nil {
			b.Fatal("no article")
		}
	}
}
