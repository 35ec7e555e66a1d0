package shelf

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"footnote/corpus"
	"footnote/index"
)

// A library is named by its key; the file KEY.library says which articles it has
// and where they are. The same library may come to lie in other segments, when
// small ones are merged; its file is replaced then.
const versionEnd = ".library"

// version is what such a file says.
type version struct {
	segments []string // their keys
	entries  []entry  // in the order of the articles' ids
	named    string   // its key, once that was made
}

// entry is an article of a library.
type entry struct {
	corpus.Header
	key     Key
	segment int // in version.segments
	ordinal int // among the articles of the segment
}

const versionBegins = "footnote library 1\n"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func versionFile(root, key string) string { return filepath.Join(root, key+versionEnd) }

func (v *version) bytes() ([]byte, error) {
	b := []byte(versionBegins)
	b = binary.AppendUvarint(b, uint64(len(v.segments)))
	for _, key := range v.segments {
		raw, err := hex.DecodeString(key)
		if err != nil || len(raw) != len(Key{}) {
			return nil, fmt.Errorf("%q is not the key of a segment", key)
		}
		b = append(b, raw...)
	}
	b = binary.AppendUvarint(b, uint64(len(v.entries)))
	b = slices.Grow(b, 200*len(v.entries))
	var header []byte
	for i := range v.entries {
		e := &v.entries[i]
		var err error
		if header, err = e.Header.AppendBinary(header[:0]); err != nil {
			return nil, err
		}
		b = append(binary.AppendUvarint(b, uint64(len(header))), header...)
		b = append(b, e.key[:]...)
		b = binary.AppendUvarint(b, uint64(e.segment))
		b = binary.AppendUvarint(b, uint64(e.ordinal))
	}
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli)), nil
}

var errVersion = errors.New("it is not what was written")

// readVersion returns what a library's file says. Errors wrap [index.ErrMissing]
// or [index.ErrDamaged].
func readVersion(root, key string) (*version, error) {
	file := versionFile(root, key)
	b, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", index.ErrMissing, file)
	}
	var v *version
	if err == nil {
		v, err = parseVersion(b, true)
	}
	if err == nil && v.key() != key {
		err = errVersion
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", index.ErrDamaged, file, err)
	}
	return v, nil
}

// segmentsOf returns the keys of the segments in which a library's articles lie, none
// where its file is missing or damaged.
func segmentsOf(root, key string) ([]string, error) {
	b, err := os.ReadFile(versionFile(root, key))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v, err := parseVersion(b, false)
	if err != nil {
		return nil, nil
	}
	return v.segments, nil
}

// parseVersion reads what a library's file says: of its articles only where wanted.
func parseVersion(b []byte, articles bool) (*version, error) {
	n := len(b) - crc32.Size
	if n < 0 || crc32.Checksum(b[:n], castagnoli) != binary.LittleEndian.Uint32(b[n:]) || !strings.HasPrefix(string(b[:n]), versionBegins) {
		return nil, errVersion
	}
	b = b[len(versionBegins):n]
	ok := true
	number := func() int {
		v, size := binary.Uvarint(b)
		if size <= 0 || v > 1<<40 {
			ok, b = false, nil
			return 0
		}
		b = b[size:]
		return int(v)
	}
	take := func(n int) []byte {
		if n > len(b) {
			ok, b = false, nil
			return nil
		}
		out := b[:n]
		b = b[n:]
		return out
	}
	v := &version{}
	for range min(number(), len(b)) {
		v.segments = append(v.segments, hex.EncodeToString(take(len(Key{}))))
	}
	if !articles && ok {
		return v, nil
	}
	count := number()
	if count > len(b) {
		return nil, errVersion
	}
	v.entries = make([]entry, count)
	for i := range v.entries {
		e := &v.entries[i]
		if err := e.Header.UnmarshalBinary(take(number())); err != nil || !ok {
			return nil, errVersion
		}
		copy(e.key[:], take(len(e.key)))
		e.segment, e.ordinal = number(), number()
		if !ok || e.segment >= len(v.segments) || i > 0 && v.entries[i-1].ID >= e.ID {
			return nil, errVersion
		}
	}
	if len(b) > 0 {
		return nil, errVersion
	}
	return v, nil
}

// write puts the version in the place of what stands there, in one step, unless it
// stands there already.
func (v *version) write(root string) error {
	b, err := v.bytes()
	if err != nil {
		return err
	}
	if there, err := os.ReadFile(versionFile(root, v.key())); err == nil && bytes.Equal(there, b) {
		return toDisk(root) // whoever put it there may have died before that
	}
	f, err := os.CreateTemp(root, begunPrefix)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), versionFile(root, v.key())); err != nil {
		return err
	}
	return toDisk(root)
}

// begunPrefix begins the names of files that are about to become others.
const begunPrefix = ".begun-"

// toDisk brings a directory to the disk.
func toDisk(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
