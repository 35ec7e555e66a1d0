package blocks

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"

	"footnote/answer/annotate"
)

// A file of blocks is
//
//	magic    16 bytes
//	blocks   one behind the other
//	table    of each block 28 bytes: its article's key, where it begins, how long it is
//	end      24 bytes: where the table begins, how many blocks there are,
//	         CRC-32C of the table and what of the end stands before; magic of the end
//
// Numbers are little-endian. The table lies behind the blocks, since they are
// written while others are still being made.
const (
	magic    = "footnote blocks\x02"
	endMagic = "blocks\x02\n"
	entryLen = keyLen + 8 + 4
	endLen   = 8 + 4 + 4 + len(endMagic)
	keyLen   = len(Key{})
)

// Key names an article by what it holds.
type Key = [16]byte

// Writer writes a file of blocks. Make it with [NewWriter].
type Writer struct {
	w     io.Writer
	at    uint64
	table []byte
	err   error
}

// NewWriter returns a Writer to w, which it does not close.
func NewWriter(w io.Writer) *Writer {
	f := &Writer{w: w}
	f.write([]byte(magic))
	return f
}

func (w *Writer) write(b []byte) {
	if w.err == nil {
		_, w.err = w.w.Write(b)
		w.at += uint64(len(b))
	}
}

// Add writes the block of the next article. A block that another file holds may
// be taken as it is.
func (w *Writer) Add(key Key, block []byte) error {
	if uint64(len(block)) > math.MaxUint32 {
		return fmt.Errorf("a block of %d bytes is too long", len(block))
	}
	w.table = append(w.table, key[:]...)
	w.table = binary.LittleEndian.AppendUint64(w.table, w.at)
	w.table = binary.LittleEndian.AppendUint32(w.table, uint32(len(block)))
	w.write(block)
	return w.err
}

// Close writes the table. Without it the file is none.
func (w *Writer) Close() error {
	n := len(w.table) / entryLen
	if uint64(n) > math.MaxUint32 {
		return fmt.Errorf("%d articles are too many for one file", n)
	}
	b := binary.LittleEndian.AppendUint64(w.table, w.at)
	b = binary.LittleEndian.AppendUint32(b, uint32(n))
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
	w.write(append(b, endMagic...))
	err := w.err
	w.err = errors.Join(err, errors.New("the file of blocks is closed"))
	return err
}

// File is a file of blocks, of which the table alone is in memory. It is safe
// for concurrent use where its reader is.
type File struct {
	r     io.ReaderAt
	table []byte
}

// Open reads the table of a file of the size. Errors wrap [index.ErrDamaged]
// where it is not whole; blocks are looked at when they are read.
func Open(r io.ReaderAt, size int64) (*File, error) {
	if size < int64(len(magic)+endLen) {
		return nil, damaged("a file of blocks of %d bytes", size)
	}
	var head [len(magic)]byte
	var end [endLen]byte
	if err := readAt(r, head[:], 0); err != nil {
		return nil, err
	}
	if err := readAt(r, end[:], size-int64(endLen)); err != nil {
		return nil, err
	}
	if string(head[:]) != magic || string(end[endLen-len(endMagic):]) != endMagic {
		return nil, damaged("no file of blocks, or one of another version")
	}
	at, n := binary.LittleEndian.Uint64(end[:]), binary.LittleEndian.Uint32(end[8:])
	long := uint64(n) * uint64(entryLen)
	if at < uint64(len(magic)) || at > uint64(size) || uint64(size)-at != long+uint64(endLen) {
		return nil, damaged("a table of %d blocks at %d of %d bytes", n, at, size)
	}
	b := make([]byte, long, long+12)
	if err := readAt(r, b, int64(at)); err != nil {
		return nil, err
	}
	if got, sum := crc32.Checksum(append(b, end[:12]...), castagnoli), binary.LittleEndian.Uint32(end[12:]); got != sum {
		return nil, damaged("the sum of a table of blocks is %08x, not %08x", got, sum)
	}
	f := &File{r: r, table: b}
	next := uint64(len(magic))
	for i := range f.Len() {
		from, length := f.place(i)
		if from != next {
			return nil, damaged("block %d begins at %d, not %d", i, from, next)
		}
		next += uint64(length)
	}
	if next != at {
		return nil, damaged("the blocks end at %d, not %d", next, at)
	}
	return f, nil
}

// readAt fills b. A file that is cut short is damage too.
func readAt(r io.ReaderAt, b []byte, at int64) error {
	if n, err := r.ReadAt(b, at); n < len(b) {
		return damaged("reading blocks: %w", err)
	}
	return nil
}

// Len returns the number of articles.
func (f *File) Len() int { return len(f.table) / entryLen }

// Key returns the key of article i, counted from 0.
func (f *File) Key(i int) Key { return Key(f.entry(i)[:keyLen]) }

// Size returns the length of the block of article i.
func (f *File) Size(i int) int {
	_, length := f.place(i)
	return int(length)
}

func (f *File) entry(i int) []byte { return f.table[i*entryLen:][:entryLen] }

func (f *File) place(i int) (at uint64, length uint32) {
	e := f.entry(i)[keyLen:]
	return binary.LittleEndian.Uint64(e), binary.LittleEndian.Uint32(e[8:])
}

// Bytes returns the block of article i after looking at its sum, for another file.
func (f *File) Bytes(i int) ([]byte, error) {
	b := make([]byte, f.Size(i))
	if err := f.read(b, i); err != nil {
		return nil, err
	}
	if _, err := check(b); err != nil {
		return nil, fmt.Errorf("article %d: %w", i, err)
	}
	return b, nil
}

func (f *File) read(b []byte, i int) error {
	at, _ := f.place(i)
	if err := readAt(f.r, b, int64(at)); err != nil {
		return fmt.Errorf("article %d: %w", i, err)
	}
	return nil
}

// Doc reads article i, without its id. Errors wrap [index.ErrDamaged].
func (f *File) Doc(i int) (*annotate.Doc, error) {
	o, err := f.outline(i)
	if err != nil {
		return nil, err
	}
	d, _, err := o.whole()
	return d, inArticle(i, err)
}

// outline reads the outline of article i.
func (f *File) outline(i int) (*outline, error) {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	if size := f.Size(i); cap(*buffer) < size {
		*buffer = make([]byte, size)
	}
	b := (*buffer)[:f.Size(i)]
	if err := f.read(b, i); err != nil {
		return nil, err
	}
	o, err := decode(b)
	return o, inArticle(i, err)
}

// inArticle says in which article an error is.
func inArticle(i int, err error) error {
	if err != nil {
		return fmt.Errorf("article %d: %w", i, err)
	}
	return nil
}
