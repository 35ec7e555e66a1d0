package vectors

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
)

// fileVersion begins every file that a [Writer] writes. Raise it with any change
// to how vectors are stored; what they are made of, a [Key] says.
const fileVersion = "footnote vectors 2\n"

// A file holds, numbers little-endian and every sum a CRC-32C:
//
//	fileVersion
//	chunks      of 256 passages with vectors, the last of fewer: the record of each, then the row of each
//	signs       of the mean of each passage with vectors, in words of 64 numbers
//	keys        of the same, [ShortKey]
//	present     a bit a passage, in words of 64: whether it has vectors
//	chunks      where the rows of each chunk begin, 8 bytes
//	trailer     see below
//
// A row has one length, so that a mean is read at once and many in a piece: the
// mean, where the record begins (8 bytes), its length and its sum, and the sum of
// the row and its number. A record is how many sentences there are, the pieces
// of each (uvarints) and the signs of the pieces.
//
// Everything has a sum of its own that is checked when it is read, and nothing is
// read before it is asked for but the trailer and the last two tables.
const (
	chunkRows  = 256
	rowTail    = 8 + 4 + 4 + 4 // of a row, behind the mean
	shortKey   = 16
	trailerLen = 4*4 + 8 + 4*4
	mostSize   = 1 << 12 // of a vector
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sumOf(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }

// A ShortKey is as much of a [Key] as files hold.
type ShortKey [shortKey]byte

// Short is the part of the key that files hold.
func (k Key) Short() ShortKey { return ShortKey(k[:shortKey]) }

// A trailer says what a file holds; its fields stand in it in this order, and
// behind them the sum of the version and all of them.
type trailer struct {
	size, passages, rows, longest uint32 // numbers of a vector, passages, those with vectors, bytes of the longest record
	signs                         uint64 // where they begin; what follows, follows at once
	signsSum, keysSum, tablesSum  uint32
}

func (t trailer) bytes() []byte {
	le := binary.LittleEndian
	var b []byte
	for _, n := range []uint32{t.size, t.passages, t.rows, t.longest} {
		b = le.AppendUint32(b, n)
	}
	b = le.AppendUint64(b, t.signs)
	for _, n := range []uint32{t.signsSum, t.keysSum, t.tablesSum} {
		b = le.AppendUint32(b, n)
	}
	sum := crc32.Update(sumOf([]byte(fileVersion)), castagnoli, b)
	return le.AppendUint32(b, sum)
}

// words is how many words of 64 signs a vector of that size has.
func words(size int) int { return (size + 63) / 64 }

// A Writer writes passages one after the other for [Open]. It holds their keys
// and the signs of their means in memory, 72 bytes a passage of 384 numbers, and
// what else it is given for no longer than 256 passages.
type Writer struct {
	to    *bufio.Writer
	at    uint64 // bytes written
	about trailer

	rows, signs, keys []byte
	present           []uint64
	chunks            []byte
	record            []byte
	err               error
}

// NewWriter returns a Writer of passages whose vectors have that many numbers.
func NewWriter(to io.Writer, size int) *Writer {
	w := &Writer{to: bufio.NewWriterSize(to, 1<<16), about: trailer{size: uint32(size)}}
	if size <= 0 || size > mostSize || size%8 != 0 {
		w.err = fmt.Errorf("vectors of %d numbers cannot be stored", size)
	}
	w.write([]byte(fileVersion))
	return w
}

func (w *Writer) write(b []byte) {
	if w.err == nil {
		_, w.err = w.to.Write(b)
		w.at += uint64(len(b))
	}
}

// Add adds the next passage with the key of what it was made of; one without
// sentences has no vectors, and its key is not kept.
func (w *Writer) Add(key ShortKey, p *Passage) error {
	if w.about.passages == math.MaxUint32 {
		w.err = errors.New("there are more passages than a file of vectors can hold")
	}
	n := int(w.about.passages)
	w.about.passages++
	if n%64 == 0 {
		w.present = append(w.present, 0)
	}
	if len(p.Ends) == 0 || w.err != nil {
		return w.err
	}
	w.record = appendRecord(w.record[:0], p)
	if size := int(w.about.size); len(p.Mean) != size || len(p.Signs) != int(p.Ends[len(p.Ends)-1])*size/8 || len(w.record) > math.MaxUint32 {
		w.err = fmt.Errorf("passage %d has not the vectors that the file is of", n)
		return w.err
	}
	w.present[n/64] |= 1 << (n % 64)
	w.keys = append(w.keys, key[:]...)
	w.signs = appendMeanSigns(w.signs, p.Mean)
	w.addRow(p.Mean)
	w.write(w.record)
	w.about.longest = max(w.about.longest, uint32(len(w.record)))
	if w.about.rows++; w.about.rows%chunkRows == 0 {
		w.endChunk()
	}
	return w.err
}

// addRow adds the row of a passage whose record comes next.
func (w *Writer) addRow(mean []int8) {
	le := binary.LittleEndian
	start := len(w.rows)
	for _, x := range mean {
		w.rows = append(w.rows, byte(x))
	}
	w.rows = le.AppendUint64(w.rows, w.at)
	w.rows = le.AppendUint32(w.rows, uint32(len(w.record)))
	w.rows = le.AppendUint32(w.rows, sumOf(w.record))
	w.rows = le.AppendUint32(w.rows, rowSum(w.rows[start:], int(w.about.rows)))
}

// rowSum is the sum of a row, its own place left out, and of its number.
func rowSum(row []byte, number int) uint32 {
	return sumOf(row) ^ uint32(number)*0x9E3779B1 // an odd factor: every number has its own
}

// endChunk writes the rows of the records written since the last chunk.
func (w *Writer) endChunk() {
	if len(w.rows) == 0 {
		return
	}
	w.chunks = binary.LittleEndian.AppendUint64(w.chunks, w.at)
	w.write(w.rows)
	w.rows = w.rows[:0]
}

// Close writes what stands behind the passages. It does not close what is
// written to.
func (w *Writer) Close() error {
	w.endChunk()
	var tables []byte
	for _, word := range w.present {
		tables = binary.LittleEndian.AppendUint64(tables, word)
	}
	tables = append(tables, w.chunks...)
	t := &w.about
	t.signs = w.at
	t.signsSum, t.keysSum, t.tablesSum = sumOf(w.signs), sumOf(w.keys), sumOf(tables)
	for _, b := range [][]byte{w.signs, w.keys, tables, t.bytes()} {
		w.write(b)
	}
	if w.err != nil {
		return w.err
	}
	return w.to.Flush()
}

// appendRecord appends how many sentences the passage has, the pieces of each,
// and their signs.
func appendRecord(b []byte, p *Passage) []byte {
	b = binary.AppendUvarint(b, uint64(len(p.Ends)))
	last := uint32(0)
	for _, end := range p.Ends {
		b = binary.AppendUvarint(b, uint64(end-last))
		last = end
	}
	return append(b, p.Signs...)
}

// appendMeanSigns appends the signs of a mean in whole words.
func appendMeanSigns(b []byte, mean []int8) []byte {
	for part := range slices.Chunk(mean, 64) {
		b = binary.LittleEndian.AppendUint64(b, signWord(part))
	}
	return b
}

// signWord returns the signs of up to 64 numbers, 1 where one is not negative.
func signWord(numbers []int8) uint64 {
	word := uint64(0)
	for k, x := range numbers {
		if x >= 0 {
			word |= 1 << k
		}
	}
	return word
}
