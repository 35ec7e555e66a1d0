package words

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"sync"
)

// Digest returns a hash of all the data files. Whatever is worked out with the
// words of one digest is out of date with those of another.
func Digest() []byte { return digest() }

var digest = sync.OnceValue(func() []byte {
	sum, err := digestOf(data)
	if err != nil {
		panic("words: " + err.Error()) // unreachable: the files are embedded
	}
	return sum
})

// digestOf hashes the names and the bytes of all files, in the order of names.
func digestOf(files fs.FS) ([]byte, error) {
	h := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		// With its length, so that no two sets of files hash alike.
		fmt.Fprintf(h, "%q %d\n", name, len(b))
		h.Write(b)
		return err
	})
	return h.Sum(nil), err
}
