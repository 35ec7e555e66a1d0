package corpus

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Listing is what lies in a library's folder at a look. Its articles are counted
// from 0 in the order of their ids; an article that is known needs no reading.
// Read and Parse may be called at the same time for different articles, and
// Catalogue and Empty while they run. Close it once nothing is read any more.
type Listing struct {
	what   string // of a folder or file; for errors
	fsys   fs.FS
	root   *os.Root // nil for anything but a folder
	before *Catalogue
	bySum  func() map[content]*File // of before

	mu       sync.Mutex // guards what the files say and the states
	files    []File     // as in a catalogue
	begins   []int      // of each article: its first file; at the end, how many files there are
	states   []state    // of each article
	problems []Problem  // as in a catalogue
}

// content is the bytes of a file and how they are read.
type content struct {
	sum  Sum
	form byte
}

// state is how far an article is known.
type state uint8

const (
	toRead  state = iota
	carried       // its files lie there as they did in the catalogue before, but that is not enough
	known
)

// Look looks what lies in a folder of articles, or at one article. What lies
// there as it did in the catalogue before, which may be nil, is known at once.
// The error says in one sentence why this can be no library.
func Look(name string, before *Catalogue) (*Listing, error) {
	return look(name, before, runtime.GOMAXPROCS(0))
}

// LookFS is [Look] for the root of a file system.
func LookFS(fsys fs.FS, before *Catalogue) *Listing {
	l := &Listing{what: "the library", fsys: fsys}
	l.walk(1)
	l.compare(before)
	return l
}

// LookDefault is [Look] for the library that is built into the program.
func LookDefault(before *Catalogue) *Listing {
	articles, err := fs.Sub(shipped, "articles")
	if err != nil {
		panic(err) // unreachable: the name is a constant
	}
	return LookFS(articles, before)
}

// look is [Look] with so many folders looked into at once.
func look(name string, before *Catalogue, workers int) (*Listing, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the library %s (%w); give the path of a folder or file that exists", Shown(name), cause(err))
	}
	if info.IsDir() {
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, fmt.Errorf("cannot read the library %s (%w); check who may read it", Shown(name), cause(err))
		}
		l := &Listing{what: "the library " + Shown(name), fsys: within{root}, root: root}
		l.walk(workers)
		l.compare(before)
		return l, nil
	}
	base := filepath.Base(name)
	if reader(base) == nil {
		return nil, fmt.Errorf("cannot use %s as an article; its name must end in .md, .txt or .html", Shown(name))
	}
	l := &Listing{what: "the file " + Shown(name), fsys: os.DirFS(filepath.Dir(name))} // whoever names a link means what it leads to
	v := visit{fsys: l.fsys}
	v.file(base, info, nil)
	l.files, l.problems = v.files, v.problems
	l.compare(before)
	return l, nil
}

// Close ends reading.
func (l *Listing) Close() error {
	if l.root == nil {
		return nil
	}
	return l.root.Close()
}

// walk finds every article under the root.
func (l *Listing) walk(workers int) {
	var running sync.WaitGroup
	free := make(chan struct{}, workers-1)
	var into func(folder string)
	into = func(folder string) {
		v := visit{fsys: l.fsys}
		v.folder(folder)
		l.mu.Lock()
		l.files = append(l.files, v.files...)
		l.problems = append(l.problems, v.problems...)
		l.mu.Unlock()
		for _, below := range v.folders {
			select {
			case free <- struct{}{}:
				running.Go(func() {
					into(below)
					<-free
				})
			default:
				into(below)
			}
		}
	}
	into(".")
	running.Wait()
	slices.SortFunc(l.files, func(a, b File) int { return before(&a, &b) })
	sortProblems(l.problems)
}

// visit collects what lies in one folder.
type visit struct {
	fsys     fs.FS
	files    []File
	folders  []string
	problems []Problem
}

// folder looks into a folder. What vanishes meanwhile was never there.
func (v *visit) folder(folder string) {
	entries, err := fs.ReadDir(v.fsys, folder)
	if err != nil {
		if folder == "." || !errors.Is(err, fs.ErrNotExist) {
			v.problem(folder, "cannot be read (%v); check who may read it", cause(err))
		}
		return
	}
	v.files = make([]File, 0, len(entries))
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		link := entry.Type()&fs.ModeSymlink != 0
		switch {
		case strings.HasPrefix(entry.Name(), "."): // hidden
		case entry.IsDir():
			v.folders = append(v.folders, name)
		case link && path.Ext(name) == "":
			// A link to a folder is not followed, so no loop can arise.
			if info, err := fs.Stat(v.fsys, name); err != nil || info.IsDir() {
				v.problem(name, "is a link that is not followed; put the files themselves there")
			}
		case reader(name) != nil && link:
			info, err := fs.Stat(v.fsys, name)
			v.file(name, info, err)
		case reader(name) != nil:
			if info, err := entry.Info(); !errors.Is(err, fs.ErrNotExist) {
				v.file(name, info, err)
			}
		case isDocument(name):
			v.problem(name, "is not read; save it as text or HTML")
		}
	}
}

// file adds a file that may be an article. What cannot be looked at now is told
// when it is read.
func (v *visit) file(name string, info fs.FileInfo, err error) {
	id := idOf(name)
	switch {
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		v.problem(name, "rename the file, its name holds characters that cannot be shown")
	case path.Base(id) == "" || path.Base(id) == "." || strings.HasSuffix(id, "/"):
		v.problem(name, "rename the file, there is nothing before the ending")
	case err != nil || !info.Mode().IsRegular():
		v.files = append(v.files, File{Name: name})
	default:
		v.files = append(v.files, File{Name: name, stat: statOf(info)})
	}
}

func (v *visit) problem(name, format string, args ...any) {
	v.problems = append(v.problems, Problem{File: name, Text: fmt.Sprintf(format, args...)})
}

func sortProblems(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}

// compare takes from the catalogue what did not change.
func (l *Listing) compare(c *Catalogue) {
	l.before = c
	l.bySum = sync.OnceValue(c.bySum)
	old := c.Files()
	for i := range l.files {
		f := &l.files[i]
		for len(old) > 0 && before(&old[0], f) < 0 {
			old = old[1:]
		}
		if i == 0 || f.ID() != l.files[i-1].ID() {
			l.begins = append(l.begins, i)
			l.states = append(l.states, carried)
		}
		if len(old) > 0 && old[0].Name == f.Name && old[0].stat == f.stat {
			*f = old[0]
		} else {
			l.states[len(l.states)-1] = toRead
		}
	}
	l.begins = append(l.begins, len(l.files))
	for n := range l.states {
		files := l.files[l.begins[n]:l.begins[n+1]]
		for i := range files {
			if !files[i].settled() {
				break
			}
			if files[i].Article != (Sum{}) || i == len(files)-1 {
				passOver(files[i:])
				l.states[n] = known
				break
			}
		}
	}
}

// passOver says of all but the first file that they would be the same article
// as that.
func passOver(files []File) {
	for i := range files[1:] {
		f := &files[1+i]
		*f = File{Name: f.Name, stat: f.stat, Problems: []Problem{{
			File: f.Name,
			Text: fmt.Sprintf("rename the file, %s has the same name and only the ending differs", Shown(files[0].Name)),
		}}}
	}
}

// bySum returns the files by what they hold.
func (c *Catalogue) bySum() map[content]*File {
	files := c.Files()
	out := make(map[content]*File, len(files))
	for i := range files {
		if f := &files[i]; f.Sum != (Sum{}) {
			out[content{f.Sum, formOf(f.Name)}] = f
		}
	}
	return out
}

// formOf tells apart how files of these names are read.
func formOf(name string) byte {
	ext := strings.ToLower(path.Ext(name))
	if strings.HasPrefix(ext, ".htm") {
		return 'h'
	}
	return ext[min(1, len(ext))] // of .md and .markdown, and of .txt
}
