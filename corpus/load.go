package corpus

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFileSize bounds one article, in bytes. A long book is about 2 MB.
const maxFileSize = 10 << 20

//go:embed articles
var shipped embed.FS

// Default returns the library that is built into the program.
func Default() (*Library, error) {
	articles, err := fs.Sub(shipped, "articles")
	if err != nil {
		return &Library{}, err // unreachable: the name is a constant
	}
	return LoadFS(articles)
}

// Load reads a folder of articles, or one article. A file that cannot be used
// becomes a [Problem] and stops nothing. The error says in one sentence why
// there is no article at all; the library is never nil and holds the problems.
func Load(name string) (*Library, error) {
	info, err := os.Stat(name)
	if err != nil {
		return &Library{}, fmt.Errorf("cannot read the library %s (%w); give the path of a folder or file that exists", Shown(name), cause(err))
	}
	l := &loader{lib: &Library{}, files: map[string]string{}}
	if info.IsDir() {
		root, err := os.OpenRoot(name)
		if err != nil {
			return l.lib, fmt.Errorf("cannot read the library %s (%w); check who may read it", Shown(name), cause(err))
		}
		defer root.Close()
		l.fsys = within{root}
		l.folder()
		return l.finish("the library " + Shown(name))
	}
	base := filepath.Base(name)
	if reader(base) == nil {
		return l.lib, fmt.Errorf("cannot use %s as an article; its name must end in .md, .txt or .html", Shown(name))
	}
	l.fsys = os.DirFS(filepath.Dir(name)) // whoever names a link means what it leads to
	l.file(base)
	return l.finish("the file " + Shown(name))
}

// LoadFS is [Load] for the root of a file system.
func LoadFS(fsys fs.FS) (*Library, error) {
	l := &loader{fsys: fsys, lib: &Library{}, files: map[string]string{}}
	l.folder()
	return l.finish("the library")
}

// IsArticle reports whether a file of this name is read as an article; others
// are skipped in a folder.
func IsArticle(name string) bool { return reader(name) != nil }

// isDocument reports whether a file of this name holds a text that is not read.
func isDocument(name string) bool {
	return slices.Contains([]string{".pdf", ".docx", ".doc", ".odt", ".rtf", ".epub"}, strings.ToLower(path.Ext(name)))
}

// loader collects a library.
type loader struct {
	fsys  fs.FS
	lib   *Library
	files map[string]string // article id to file
}

// folder loads every article under the root.
func (l *loader) folder() {
	// The function never returns an error of its own, so neither does WalkDir.
	_ = fs.WalkDir(l.fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(path.Base(name), ".")
		switch {
		case err != nil:
			l.problem(name, "cannot be read (%v); check who may read it", cause(err))
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir() && hidden:
			return fs.SkipDir
		case entry.IsDir() || hidden:
		case entry.Type()&fs.ModeSymlink != 0 && path.Ext(name) == "":
			// A link to a folder is not followed, so no loop can arise.
			if info, err := fs.Stat(l.fsys, name); err != nil || info.IsDir() {
				l.problem(name, "is a link that is not followed; put the files themselves there")
			}
		case reader(name) != nil:
			l.file(name)
		case isDocument(name):
			l.problem(name, "is not read; save it as text or HTML")
		}
		return nil
	})
}

// file loads one article.
func (l *loader) file(name string) {
	id := strings.TrimSuffix(name, path.Ext(name))
	data, err := l.read(name)
	switch other := l.files[id]; {
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		l.problem(name, "rename the file, its name holds characters that cannot be shown")
	case path.Base(id) == "" || path.Base(id) == "." || strings.HasSuffix(id, "/"):
		l.problem(name, "rename the file, there is nothing before the ending")
	case other != "":
		l.problem(name, "rename the file, %s has the same name and only the ending differs", Shown(other))
	case err != nil:
		l.problem(name, "%v", err)
	default:
		article, problems := parse(name, data)
		l.lib.Problems = append(l.lib.Problems, problems...)
		if article != nil {
			l.files[id] = name
			l.lib.Articles = append(l.lib.Articles, article)
		}
	}
}

// read returns the bytes of a file. Its errors are sentences for a [Problem].
func (l *loader) read(name string) ([]byte, error) {
	// Stat first: opening a pipe would wait for a writer.
	info, err := fs.Stat(l.fsys, name)
	if errors.Is(err, errOutside) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("cannot be read (%w); check the file and who may read it", cause(err))
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is not a regular file; put the article itself there")
	}
	file, err := l.fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("cannot be read (%w); check who may read it", cause(err))
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFileSize+1))
	if err != nil {
		return nil, fmt.Errorf("cannot be read (%w); check the file", cause(err))
	}
	if len(data) > maxFileSize {
		return nil, fmt.Errorf("is larger than %d MB; split it into several articles", maxFileSize>>20)
	}
	return data, nil
}

func (l *loader) problem(name, format string, args ...any) {
	l.lib.Problems = append(l.lib.Problems, Problem{File: name, Text: fmt.Sprintf(format, args...)})
}

// finish sorts the library and says why it is empty, if it is.
func (l *loader) finish(what string) (*Library, error) {
	lib := l.lib
	slices.SortFunc(lib.Articles, func(a, b *Article) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(lib.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	switch {
	case len(lib.Articles) > 0:
		return lib, nil
	case len(lib.Problems) > 0:
		return lib, fmt.Errorf("%s has no article that can be used: %s", what, lib.Problems[0])
	default:
		return lib, fmt.Errorf("%s has no article; put a file there that ends in .md, .txt or .html", what)
	}
}

// cause drops the operation and the path from a file error: the sentence
// around it names the file already.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
