package vectors

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"math/bits"
	"slices"
	"sync"
	"unsafe"
)

// ErrDamaged is what every error wraps that comes of a file that does not hold
// what a [Writer] wrote; one of another version is among them.
var ErrDamaged = errors.New("the vectors are damaged")

// A File is the vectors of passages on disk, read when they are asked for: in
// memory it holds two bits a passage and what a [Scan] wants of it. It may be shared.
type File struct {
	from    io.ReaderAt
	about   trailer
	present []uint64
	before  []uint32 // passages with vectors before each word of present
	chunks  []uint64 // where their rows begin

	loading sync.Mutex
	signs   []uint64 // of the means, row by row; nil until a scan wants them
	means   *means   // nil until a scan wants them
}

// Open opens a file of that many bytes, which must stay as it is for as long as
// the File is used. It reads the trailer and the tables that say where things stand.
func Open(from io.ReaderAt, size int64) (*File, error) {
	f := &File{from: from}
	begin, end := make([]byte, len(fileVersion)), make([]byte, trailerLen)
	if size < int64(len(begin)+len(end)) {
		return nil, ErrDamaged
	}
	if err := errors.Join(f.read(begin, 0), f.read(end, uint64(size)-trailerLen)); err != nil {
		return nil, err
	}
	f.about = parseTrailer(end)
	t := &f.about
	if string(begin) != fileVersion || !slices.Equal(t.bytes(), end) || t.size == 0 || t.size > mostSize || t.size%8 != 0 || t.rows > t.passages {
		return nil, ErrDamaged
	}
	if t.signs > uint64(size) || t.tables()+t.tablesLen()+trailerLen != uint64(size) {
		return nil, ErrDamaged
	}
	b, err := f.readSummed(t.tables(), t.tablesLen(), t.tablesSum)
	if err != nil {
		return nil, err
	}
	le := binary.LittleEndian
	rows := uint32(0)
	for range (uint64(t.passages) + 63) / 64 {
		f.present, f.before = append(f.present, le.Uint64(b)), append(f.before, rows)
		rows += uint32(bits.OnesCount64(le.Uint64(b)))
		b = b[8:]
	}
	for ; len(b) > 0; b = b[8:] {
		f.chunks = append(f.chunks, le.Uint64(b))
	}
	if past := t.passages % 64; rows != t.rows || past > 0 && f.present[len(f.present)-1]>>past != 0 {
		return nil, ErrDamaged
	}
	return f, nil
}

func parseTrailer(b []byte) trailer {
	le := binary.LittleEndian
	return trailer{
		size: le.Uint32(b), passages: le.Uint32(b[4:]), rows: le.Uint32(b[8:]), longest: le.Uint32(b[12:]),
		signs: le.Uint64(b[16:]), signsSum: le.Uint32(b[24:]), keysSum: le.Uint32(b[28:]), tablesSum: le.Uint32(b[32:]),
	}
}

// What follows the signs.
func (t *trailer) signsLen() uint64 { return uint64(t.rows) * 8 * uint64(words(int(t.size))) }
func (t *trailer) keys() uint64     { return t.signs + t.signsLen() }
func (t *trailer) tables() uint64   { return t.keys() + uint64(t.rows)*shortKey }
func (t *trailer) tablesLen() uint64 {
	return (uint64(t.passages)+63)/64*8 + (uint64(t.rows)+chunkRows-1)/chunkRows*8
}

// read fills b with what stands at a place.
func (f *File) read(b []byte, at uint64) error {
	if at > math.MaxInt64-uint64(len(b)) {
		return ErrDamaged
	}
	if n, err := f.from.ReadAt(b, int64(at)); n < len(b) {
		if err == io.EOF {
			return ErrDamaged
		}
		return fmt.Errorf("the vectors cannot be read: %w", err)
	}
	return nil
}

// readSummed reads what has that sum.
func (f *File) readSummed(at, n uint64, sum uint32) ([]byte, error) {
	b := make([]byte, n)
	if err := f.read(b, at); err != nil {
		return nil, err
	}
	if sumOf(b) != sum {
		return nil, ErrDamaged
	}
	return b, nil
}

// Len returns how many passages the file is of, with vectors and without.
func (f *File) Len() int { return int(f.about.passages) }

// Size returns how many numbers a vector has.
func (f *File) Size() int { return int(f.about.size) }

// Has reports whether the passage of that number has vectors.
func (f *File) Has(number int) bool { return f.present[number/64]>>(number%64)&1 != 0 }

// row returns the row of a passage that has vectors, and of one that has none
// that of the next.
func (f *File) row(number int) int {
	if number >= f.Len() {
		return int(f.about.rows)
	}
	return int(f.before[number/64]) + bits.OnesCount64(f.present[number/64]&(1<<(number%64)-1))
}

// Keys returns the numbers of the passages that have vectors, each with its key. It
// reads the keys of all at once, 16 bytes each, and forgets them.
func (f *File) Keys() (iter.Seq2[int, ShortKey], error) {
	b, err := f.readSummed(f.about.keys(), uint64(f.about.rows)*shortKey, f.about.keysSum)
	if err != nil {
		return nil, err
	}
	return func(yield func(int, ShortKey) bool) {
		row := 0
		for number := range f.Len() {
			if !f.Has(number) {
				continue
			}
			if !yield(number, ShortKey(b[row*shortKey:])) {
				return
			}
			row++
		}
	}, nil
}

// Passage reads a passage; the zero one where it has no vectors.
func (f *File) Passage(number int) (Passage, error) {
	if number < 0 || number >= f.Len() {
		return Passage{}, fmt.Errorf("there is no passage %d among %d with vectors", number, f.Len())
	}
	if !f.Has(number) {
		return Passage{}, nil
	}
	row := make([]byte, f.rowLen())
	if err := f.readRow(row, f.row(number)); err != nil {
		return Passage{}, fmt.Errorf("passage %d: %w", number, err)
	}
	le, tail := binary.LittleEndian, row[f.Size():]
	length := le.Uint32(tail[8:])
	if length > f.about.longest || uint64(length) > f.about.signs {
		return Passage{}, fmt.Errorf("passage %d: %w", number, ErrDamaged)
	}
	record, err := f.readSummed(le.Uint64(tail), uint64(length), le.Uint32(tail[12:]))
	if err != nil {
		return Passage{}, fmt.Errorf("passage %d: %w", number, err)
	}
	p, ok := parseRecord(record, f.Size())
	if !ok {
		return Passage{}, fmt.Errorf("passage %d: %w", number, ErrDamaged)
	}
	p.Mean = signed(row[:f.Size():f.Size()])
	return p, nil
}

// rowLen is how long a row is.
func (f *File) rowLen() int { return f.Size() + rowTail }

// readRow reads and checks a row.
func (f *File) readRow(b []byte, row int) error {
	if err := f.read(b, f.chunks[row/chunkRows]+uint64(row%chunkRows*f.rowLen())); err != nil {
		return err
	}
	return f.checkRow(b, row)
}

func (f *File) checkRow(b []byte, row int) error {
	sum := len(b) - 4
	if rowSum(b[:sum], row) != binary.LittleEndian.Uint32(b[sum:]) {
		return ErrDamaged
	}
	return nil
}

// means is the means of all passages with vectors, row by row, and the squares of
// their lengths.
type means struct {
	numbers []int8
	squares []int32
}

// loadMeans reads the means of all passages, once.
func (f *File) loadMeans() (*means, error) {
	f.loading.Lock()
	defer f.loading.Unlock()
	if f.means != nil {
		return f.means, nil
	}
	rows := int(f.about.rows)
	m := &means{make([]int8, 0, rows*f.Size()), make([]int32, 0, rows)}
	chunk := make([]byte, min(rows, chunkRows)*f.rowLen())
	for first := 0; first < rows; first += chunkRows {
		b := chunk[:min(rows-first, chunkRows)*f.rowLen()]
		if err := f.read(b, f.chunks[first/chunkRows]); err != nil {
			return nil, err
		}
		for row := first; len(b) > 0; row++ {
			if err := f.checkRow(b[:f.rowLen()], row); err != nil {
				return nil, err
			}
			mean := signed(b[:f.Size()])
			m.numbers, m.squares = append(m.numbers, mean...), append(m.squares, dot(mean, mean))
			b = b[f.rowLen():]
		}
	}
	f.means = m
	return m, nil
}

// loadSigns reads the signs of the means of all passages, once.
func (f *File) loadSigns() ([]uint64, error) {
	f.loading.Lock()
	defer f.loading.Unlock()
	if f.signs != nil {
		return f.signs, nil
	}
	b, err := f.readSummed(f.about.signs, f.about.signsLen(), f.about.signsSum)
	if err != nil {
		return nil, err
	}
	signs := make([]uint64, len(b)/8)
	for i := range signs {
		signs[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	f.signs = signs
	return signs, nil
}

// parseRecord reads what appendRecord wrote. A sum is no proof of who wrote it.
func parseRecord(b []byte, size int) (Passage, bool) {
	sentences, b, ok := uvarint(b)
	if !ok || sentences == 0 || sentences > uint64(len(b)) {
		return Passage{}, false
	}
	p := Passage{Ends: make([]uint32, sentences)}
	pieces := uint64(0)
	for i := range p.Ends {
		var n uint64
		if n, b, ok = uvarint(b); !ok || n > math.MaxUint32-pieces {
			return Passage{}, false
		}
		pieces += n
		p.Ends[i] = uint32(pieces)
	}
	if uint64(len(b)) != pieces*uint64(size/8) {
		return Passage{}, false
	}
	p.Signs = b
	return p, true
}

// uvarint takes the next number off.
func uvarint(b []byte) (uint64, []byte, bool) {
	x, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, b, false
	}
	return x, b[n:], true
}

// signed returns the bytes as what they stand for.
func signed(b []byte) []int8 {
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(b))), len(b))
}
