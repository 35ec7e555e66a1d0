package words

import (
	"bytes"
	"io/fs"
	"testing"
	"testing/fstest"
)

// One changed byte of any data file gives another digest.
func TestDigest(t *testing.T) {
	files := fstest.MapFS{}
	copied := func() []byte {
		t.Helper()
		sum, err := digestOf(files)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	names, err := fs.Glob(data, "data/*")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		b, err := data.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: b}
	}
	if !bytes.Equal(copied(), Digest()) {
		t.Fatal("the same files have another digest")
	}
	for _, name := range names {
		b := files[name].Data
		b[len(b)/2] ^= 1
		if bytes.Equal(copied(), Digest()) {
			t.Errorf("a changed byte in %s leaves the digest", name)
		}
		b[len(b)/2] ^= 1
	}
	files["data/more.txt"] = &fstest.MapFile{}
	if bytes.Equal(copied(), Digest()) {
		t.Error("a further file leaves the digest")
	}
}
