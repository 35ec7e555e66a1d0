package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestWatch(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "It cost 100 euros.")
	f.write("no.pdf", "")
	f.must(os.Symlink("nowhere.md", f.at("lost.md")))
	c, _ := f.read(nil)
	w := &Watch{Path: f.path, Catalogue: c}
	changed := func() bool {
		t.Helper()
		w.next = time.Time{}
		l, err := w.Changed()
		f.must(err)
		if l == nil {
			return false
		}
		defer l.Close()
		for n := range l.Len() {
			l.Read(n)
		}
		w.Catalogue = l.Catalogue()
		agrees(t, f.path, w.Catalogue)
		return true
	}
	for _, s := range []struct {
		what string
		do   func()
		want bool
	}{
		{"nothing", func() {}, false},
		{"an edit", func() { f.write("a.md", "It cost 2000 euros.") }, true},
		{"nothing since", func() {}, false},
		{"a file more", func() { f.write("sub/b.md", "Text.") }, true},
		{"a hidden file", func() { f.write(".b.md", "Text.") }, false},
		{"a file that is no article", func() { f.write("b.jpg", "Text.") }, false},
		{"a document", func() { f.write("b.doc", "Text.") }, true},
		{"a file renamed", func() { f.must(os.Rename(f.at("sub/b.md"), f.at("sub/c.md"))) }, true},
		{"an empty folder", func() { f.must(os.Mkdir(f.at("empty"), 0o755)) }, false},
		{"a file gone", func() { f.must(os.Remove(f.at("sub/c.md"))) }, true},
		{"a link that leads somewhere now", func() { f.write("nowhere.md", "Text.") }, true},
		{"the rights of a file", func() { f.must(os.Chmod(f.at("a.md"), 0)) }, true},
		{"nothing after all", func() {}, false},
	} {
		w.Catalogue = believed(w.Catalogue)
		s.do()
		if got := changed(); got != s.want {
			t.Errorf("%s: changed is %v", s.what, got)
		}
	}

	// A folder that is gone is told of once, and what is there again is no change.
	f.must(os.Rename(f.path, f.path+"-away"))
	for _, want := range []bool{true, false} {
		w.next = time.Time{}
		if l, err := w.Changed(); l != nil || (err != nil) != want {
			t.Errorf("a folder that is gone: got %v, %v", l, err)
		}
	}
	f.must(os.Rename(f.path+"-away", f.path))
	if changed() {
		t.Error("the same folder is back and told of as a change")
	}
	if l, err := (&Watch{}).Changed(); l != nil || err != nil {
		t.Errorf("the library that is built in changed: %v, %v", l, err)
	}
}

// A file that was read within the moment after an edit is read once more when
// the moment is over, and only once.
func TestWatchProves(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "It cost 100 euros.")
	f.write("b.md", "It cost 100 euros.")
	c, _ := f.read(nil)
	w := &Watch{Path: f.path, Catalogue: c}
	later := time.Now().Add(time.Hour)
	if l, err := w.look(time.Now()); l != nil || err != nil || w.Catalogue != c {
		t.Errorf("within the moment: got %v, %v", l, err)
	}
	// Reading asks for the time itself, and finds both young still.
	if l, err := w.look(later); l != nil || err != nil || w.Catalogue == c {
		t.Errorf("after the moment: got %v, %v", l, err)
	}
	f.write("b.md", "It cost 200 euros.")
	for i := range w.Catalogue.files {
		w.Catalogue.files[i].stat = f.look(nil).files[i].stat // as if the file system had taken both times for one
	}
	l, err := w.look(later)
	if err != nil || l == nil {
		t.Fatalf("an edit within the moment: got %v, %v", l, err)
	}
	defer l.Close()
	if c, parsed := f.read(l.Catalogue()); len(parsed) > 1 {
		t.Errorf("parsed %q", parsed)
	} else {
		agrees(t, f.path, c)
	}
}

// Watching takes a small part of the time, however long a look takes.
func TestWatchRests(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "Text.")
	w := &Watch{Path: f.path}
	began := time.Now()
	if l, err := w.Changed(); l == nil || err != nil {
		t.Fatalf("got %v, %v", l, err)
	}
	took := time.Since(began)
	if rest := time.Until(w.next); rest < 0 || rest > maxWatching*took {
		t.Errorf("a look that took %v is followed by a rest of %v", took, rest)
	}
	w.next = time.Now().Add(time.Hour)
	if l, err := w.Changed(); l != nil || err != nil {
		t.Errorf("looked too early: %v, %v", l, err)
	}
}

// changing is a file system in which something happens when a file is opened.
type changing struct {
	fs.FS
	opened func(name string)
	read   func(name string)
}

func (c changing) Open(name string) (fs.File, error) {
	if IsArticle(name) {
		c.opened(name)
	}
	file, err := c.FS.Open(name)
	return changingFile{file, func() { c.read(name) }}, err
}

func (c changing) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(c.FS, name) }
func (c changing) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(c.FS, name) }

type changingFile struct {
	fs.File
	read func()
}

func (c changingFile) Read(b []byte) (int, error) {
	n, err := c.File.Read(b)
	c.read()
	return n, err
}

// Files change, vanish and become something else between a look and the reading
// and while they are read. What is told is right for one moment or not believed.
func TestReadWhileChanging(t *testing.T) {
	f := newFolder(t)
	nothing := func(string) {}
	look := func(opened, read func(string)) *Listing {
		f.write("a.md", "# Old\n\nThe old text.")
		return LookFS(changing{os.DirFS(f.path), opened, read}, nil)
	}
	once := func(do func()) func(string) {
		done := false
		return func(string) {
			if !done {
				done = true
				do()
			}
		}
	}

	// Edited after the look: the bytes and the stat are those of the edit.
	l := look(once(func() { f.write("a.md", "# New\n\nThe new text, which is longer.") }), nothing)
	file, a := l.Read(0)
	if a == nil || a.Title != "New" || file.stat != f.look(nil).files[0].stat {
		t.Errorf("edited before reading: got %+v", file)
	}

	// Edited while it is read: read again.
	l = look(nothing, once(func() { f.write("a.md", "# New\n\nThe new text, which is longer.") }))
	file, a = l.Read(0)
	if a == nil || a.Title != "New" || file.stat != f.look(nil).files[0].stat {
		t.Errorf("edited while reading: got %+v", file)
	}
	agrees(t, f.path, l.Catalogue())

	// Edited all the time: what was read is told, and not believed.
	edits := 0
	l = look(nothing, func(string) {
		edits++
		f.write("a.md", fmt.Sprintf("# New\n\nThe new text %03d.", edits))
		time.Sleep(20 * time.Millisecond) // longer than file systems take one time for another here
	})
	file, a = l.Read(0)
	if a == nil || file.settled() || edits > 20 {
		t.Errorf("edited all the time: got %+v after %d edits", file, edits)
	}
	if c := believed(l.Catalogue()); f.look(c).Known(0) {
		t.Error("edited all the time: believed")
	}

	// Grown past what is read.
	l = look(once(func() { f.write("a.md", strings.Repeat("word ", 3<<20)) }), nothing)
	file, a = l.Read(0)
	if file != nil || a != nil || !strings.Contains(fmt.Sprint(l.Catalogue().Problems()), "is larger than 10 MB") {
		t.Errorf("grown: got %+v, %v", file, l.Catalogue().Problems())
	}

	// Gone.
	l = look(nothing, nothing)
	f.must(os.Remove(f.at("a.md")))
	if file, a := l.Read(0); file != nil || a != nil || len(l.Catalogue().Files()) != 0 || len(l.Catalogue().Problems()) != 0 {
		t.Errorf("gone: got %+v, %v", file, l.Catalogue().Problems())
	}
	if l.Empty() == nil {
		t.Error("gone: not empty")
	}
}

// What stands where a file stood is refused as it would have been.
func TestReadReplaced(t *testing.T) {
	outside := newFolder(t)
	outside.write("secret.md", "A secret.")
	for _, tt := range []struct {
		what    string
		replace func(f folder) error
		want    string
	}{
		{"a link outside", func(f folder) error { return os.Symlink(outside.at("secret.md"), f.at("in/a.md")) }, "is a link out of the library"},
		{"a folder", func(f folder) error { return os.Mkdir(f.at("in/a.md"), 0o755) }, "is not a regular file"},
		{"a pipe", func(f folder) error { return mkfifo(f.at("in/a.md")) }, "is not a regular file"},
		{"its folder, a link outside", func(f folder) error {
			outside.write("a.md", "A secret.")
			return errors.Join(os.Remove(f.at("in")), os.Symlink(outside.path, f.at("in")))
		}, "is a link out of the library"},
	} {
		f := newFolder(t)
		f.write("in/a.md", "Text.")
		l := f.look(nil)
		f.must(os.Remove(f.at("in/a.md")))
		if err := tt.replace(f); errors.Is(err, errors.ErrUnsupported) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		file, a := l.Read(0)
		if got := fmt.Sprint(l.Catalogue().Problems()); file != nil || a != nil || !strings.Contains(got, tt.want) {
			t.Errorf("%s: got %+v and %s", tt.what, file, got)
		}
		// Also where it is replaced after it was looked at once more.
		if file, err := l.fsys.Open("in/a.md"); err == nil {
			if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
				t.Errorf("%s: was opened", tt.what)
			}
			file.Close()
		}
	}
}

// A file that could not be read is read at every look, but is no change.
func TestUnreadableIsNotKept(t *testing.T) {
	files := fstest.MapFS{"a.md": {Data: []byte("Text."), ModTime: time.Unix(5, 0)}, "no.md": {Data: []byte("Text."), ModTime: time.Unix(5, 0)}}
	l := LookFS(refusing{files}, nil)
	for n := range l.Len() {
		l.Read(n)
	}
	c := l.Catalogue()
	again := LookFS(refusing{files}, c)
	if again.differs() || !again.Known(0) || again.Known(1) || again.Unknown() != 1 {
		t.Error("the refused file is a change, or it is known")
	}
	able := LookFS(files, c)
	if f, a := able.Read(1); f == nil || a == nil || able.Catalogue().Problems() != nil {
		t.Errorf("what may be read now is not: %v, %v", f, able.Catalogue().Problems())
	}
}
