package shelf

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
	"sort"
	"strings"
)

// wordTable is how often each string is used in the articles of a segment, as it is
// stored. Short strings stand before long ones, those of one length in their order, so
// that the words of one length and first letter lie together.
//
//	number of strings, number of bytes behind the beginnings   4 bytes each
//	where every run of [runLength] strings begins              4 bytes each
//	of each string how much of the one before it begins with and how much is left, then
//	that, then how often it is used; in a run the first one stands whole
//
// It is looked through where it lies and never taken apart: a library holds those of all
// its segments, and an edit adds one.
type wordTable struct {
	n       int
	begins  []byte // 4 bytes each
	entries []byte
}

const runLength = 16

// shorterFirst orders the strings of a table.
func shorterFirst(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) }

func order(a, b []byte) int { return cmp.Or(len(a)-len(b), bytes.Compare(a, b)) }

// tableWriter writes a table. The zero value is ready.
type tableWriter struct {
	n       int
	begins  []byte
	entries []byte
	last    []byte
}

// add adds a string, which stands behind all before.
func (w *tableWriter) add(s []byte, u use) {
	shared := 0
	if w.n%runLength == 0 {
		w.begins = binary.LittleEndian.AppendUint32(w.begins, uint32(len(w.entries)))
	} else {
		for shared < min(len(s), len(w.last)) && s[shared] == w.last[shared] {
			shared++
		}
	}
	w.entries = binary.AppendUvarint(w.entries, uint64(shared))
	w.entries = binary.AppendUvarint(w.entries, uint64(len(s)-shared))
	w.entries = append(w.entries, s[shared:]...)
	for _, n := range []uint32{u.count, u.names, u.articles} {
		w.entries = binary.AppendUvarint(w.entries, uint64(n))
	}
	w.n, w.last = w.n+1, append(w.last[:0], s...)
}

func (w *tableWriter) bytes() []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(w.n))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(w.entries)))
	return slices.Concat(b, w.begins, w.entries)
}

var errWordTable = errors.New("the table of words is damaged")

// openWordTable returns the table that is stored, whose sum was looked at before.
func openWordTable(b []byte) (*wordTable, error) {
	if len(b) < 8 {
		return nil, errWordTable
	}
	n, size := int(binary.LittleEndian.Uint32(b)), int(binary.LittleEndian.Uint32(b[4:]))
	runs := (n + runLength - 1) / runLength
	if len(b) != 8+4*runs+size {
		return nil, errWordTable
	}
	t := &wordTable{n, b[8 : 8+4*runs], b[8+4*runs:]}
	for i := range runs {
		if t.begin(i) > size {
			return nil, errWordTable
		}
	}
	return t, nil
}

// begin returns where a run begins.
func (t *wordTable) begin(run int) int { return int(binary.LittleEndian.Uint32(t.begins[4*run:])) }

// number takes a number from the front; what is cut short is nothing.
func number(b []byte) (int, []byte) {
	if len(b) > 0 && b[0] < 0x80 {
		return int(b[0]), b[1:]
	}
	v, size := binary.Uvarint(b)
	if size <= 0 {
		return 0, nil
	}
	return int(uint32(v)), b[size:]
}

// first returns the string with which a run begins.
func (t *wordTable) first(run int) []byte {
	_, b := number(t.entries[t.begin(run):])
	n, b := number(b)
	return b[:min(n, len(b))]
}

// read returns the string at a place, written over the one before, how it is used, and
// where the next one stands. What is no string is the empty one, and the last.
func (t *wordTable) read(at int, before []byte) (s []byte, u use, next int) {
	shared, b := number(t.entries[at:])
	more, b := number(b)
	if shared > len(before) || more > len(b) {
		return nil, use{}, len(t.entries)
	}
	s = append(before[:shared], b[:more]...)
	count, b := number(b[more:])
	names, b := number(b)
	articles, b := number(b)
	return s, use{uint32(count), uint32(names), uint32(articles)}, len(t.entries) - len(b)
}

// seek returns the last run that begins before or with a string, the first one where none does.
func (t *wordTable) seek(s []byte) int {
	return max(0, sort.Search(len(t.begins)/4, func(run int) bool { return order(t.first(run), s) > 0 })-1)
}

// of returns how a string is used.
func (t *wordTable) of(s []byte) use {
	if t.n == 0 {
		return use{}
	}
	var room [64]byte
	word := room[:0]
	for at, n := t.begin(t.seek(s)), 0; at < len(t.entries) && n < runLength; n++ {
		var u use
		if word, u, at = t.read(at, word); bytes.Equal(word, s) {
			return u
		}
	}
	return use{}
}

// row is a place in a table.
type row struct {
	*wordTable
	less bool // it is subtracted
	next int
	word []byte // nil behind the last
	use  use
}

// from returns the place of the first string that does not stand before s.
func (t *wordTable) from(s []byte) *row {
	r := &row{wordTable: t, word: []byte{}}
	if t.n > 0 {
		r.next = t.begin(t.seek(s))
	}
	for r.step(); r.word != nil && order(r.word, s) < 0; {
		r.step()
	}
	return r
}

func (r *row) step() {
	if r.next >= len(r.entries) {
		r.word = nil
		return
	}
	r.word, r.use, r.next = r.read(r.next, r.word)
}

// eachWord goes through the strings of several tables in their order, from one on until
// yield says no, each with the sum of how it is used, less what other tables say of it.
// The string is good until yield is back.
func eachWord(tables, less []*wordTable, from []byte, yield func(s []byte, u use) bool) {
	var rows []*row // by the strings at which they stand
	put := func(r *row) {
		if r.word != nil {
			at, _ := slices.BinarySearchFunc(rows, r.word, func(r *row, s []byte) int { return order(r.word, s) })
			rows = slices.Insert(rows, at, r)
		}
	}
	for i, t := range slices.Concat(tables, less) {
		r := t.from(from)
		r.less = i >= len(tables)
		put(r)
	}
	var s []byte
	var same []*row
	for len(rows) > 0 {
		s, same = append(s[:0], rows[0].word...), same[:0]
		var u use
		for len(rows) > 0 && bytes.Equal(rows[0].word, s) {
			if r := rows[0]; r.less {
				u.subtract(r.use)
			} else {
				u.add(r.use)
			}
			same, rows = append(same, rows[0]), rows[1:]
		}
		if !yield(s, u) {
			return
		}
		for _, r := range same {
			r.step()
			put(r)
		}
	}
}

// merged returns tables as one, less what others say, as it is stored.
func merged(tables, less []*wordTable) []byte {
	var w tableWriter
	eachWord(tables, less, nil, func(s []byte, u use) bool {
		if u.articles > 0 {
			w.add(s, u)
		}
		return true
	})
	return w.bytes()
}
