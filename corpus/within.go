package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// within is a folder out of which no link leads: what is quoted to everybody is
// what somebody put there. Links that stay inside are followed, absolute ones too.
type within struct{ root *os.Root }

// errOutside is the sentence for a [Problem] of a link that is refused.
var errOutside = errors.New("is a link out of the library, which is not followed; put the file itself there")

// Open implements [fs.FS].
func (w within) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return follow(w.root, name, func(name string) (fs.File, error) {
		file, err := w.root.OpenFile(name, os.O_RDONLY|noWait, 0)
		if err != nil {
			return nil, err // and no file that is not nil but holds one
		}
		return file, nil
	})
}

// Stat implements [fs.StatFS].
func (w within) Stat(name string) (fs.FileInfo, error) { return follow(w.root, name, w.root.Stat) }

// follow calls look with a name or, where a link keeps it from being found, with
// the name of what the link leads to. It is look that sees to it that nothing
// outside is touched, whatever happens to the links in between.
func follow[T any](root *os.Root, name string, look func(string) (T, error)) (T, error) {
	found, err := look(name)
	if err == nil {
		return found, nil
	}
	inside, errRoot := filepath.EvalSymlinks(root.Name())
	target, errTarget := filepath.EvalSymlinks(filepath.Join(root.Name(), name))
	if errRoot != nil || errTarget != nil {
		return found, err // the link leads nowhere, or there is none
	}
	real, errRel := filepath.Rel(inside, target)
	switch {
	case errRel != nil || !filepath.IsLocal(real):
		return found, errOutside
	case real == filepath.FromSlash(name):
		return found, err
	}
	return look(filepath.ToSlash(real))
}
