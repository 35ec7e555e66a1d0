package index

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"slices"

	zap "github.com/blevesearch/zapx/v17"
)

// settle puts what package zapx writes in the order of a Go map into one order, so
// that equal passages make equal files: for each field, where its sections are.
// The sum at the end is made anew.
func settle(path string) (err error) {
	defer recovered(&err, "settling bleve's part")
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	end := make([]byte, zap.FooterSize)
	if _, err := f.ReadAt(end, size-zap.FooterSize); err != nil {
		return err
	}
	// The fields' own records lie before the table of them, one behind the other.
	table := int64(binary.BigEndian.Uint64(end[20:]))
	tail := make([]byte, size-zap.FooterSize-table)
	if _, err := f.ReadAt(tail, table); err != nil {
		return err
	}
	fields := reader{tail, 0}
	if fields.number() == 0 {
		return nil
	}
	first := int64(fields.fixed(8))
	records := make([]byte, table-first)
	if _, err := f.ReadAt(records, first); err != nil {
		return err
	}
	for r := (reader{records, 0}); r.at < len(records); {
		r.bytes(r.number()) // name
		r.number()          // options
		sections := r.bytes(10 * r.number())
		pairs := slices.Collect(slices.Chunk(slices.Clone(sections), 10))
		slices.SortFunc(pairs, slices.Compare)
		copy(sections, slices.Concat(pairs...))
	}
	if _, err := f.WriteAt(records, first); err != nil {
		return err
	}
	h := crc32.NewIEEE()
	if _, err := io.Copy(h, io.NewSectionReader(f, 0, size-crc32.Size)); err != nil {
		return err
	}
	_, err = f.WriteAt(binary.BigEndian.AppendUint32(nil, h.Sum32()), size-crc32.Size)
	return err
}
