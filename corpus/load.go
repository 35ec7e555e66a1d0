package corpus

import (
	"embed"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// maxFileSize bounds one article, in bytes. A long book is about 2 MB.
const maxFileSize = 10 << 20

//go:embed articles
var shipped embed.FS

// Default returns the library that is built into the program.
func Default() (*Library, error) { return LookDefault(nil).library() }

// Load reads a folder of articles, or one article, into memory. A file that
// cannot be used becomes a [Problem] and stops nothing. The error says in one
// sentence why there is no article at all; the library is never nil and holds
// the problems. [Look] is for what is too large for that.
func Load(name string) (*Library, error) {
	l, err := Look(name, nil)
	if err != nil {
		return &Library{}, err
	}
	defer l.Close()
	return l.library()
}

// LoadFS is [Load] for the root of a file system.
func LoadFS(fsys fs.FS) (*Library, error) { return LookFS(fsys, nil).library() }

// IsArticle reports whether a file of this name is read as an article; others
// are skipped in a folder.
func IsArticle(name string) bool { return reader(name) != nil }

// isDocument reports whether a file of this name holds a text that is not read.
func isDocument(name string) bool {
	return slices.Contains([]string{".pdf", ".docx", ".doc", ".odt", ".rtf", ".epub"}, strings.ToLower(path.Ext(name)))
}

// cause drops the operation and the path from a file error: the sentence
// around it names the file already.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
