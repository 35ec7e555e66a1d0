package vectors

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unsafe"

	"footnote/encoder"
)

// version names what is made of a text and how it is stored. Raise it with any
// change to either; TestVersion says when.
const version = "footnote vectors 1\n"

// A Key names what a passage's vectors were made of.
type Key [sha256.Size]byte

// KeyOf returns the key of what [Encoder.Passage] makes of a passage.
func KeyOf(m *encoder.Model, about string, sentences []string) Key {
	var b []byte
	for _, s := range append([]string{version, m.Digest, about}, sentences...) {
		b = binary.LittleEndian.AppendUint64(b, uint64(len(s)))
		b = append(b, s...)
	}
	return sha256.Sum256(b)
}

// Tag names the model among those whose vectors are stored, in 16 hexadecimal digits.
func Tag(m *encoder.Model) string {
	key := KeyOf(m, "", nil)
	return fmt.Sprintf("%x", key[:8])
}

// A file holds the version, how many passages there are and how many numbers a
// vector has; for each passage its key, how many sentences it has, their ends, the
// mean and the signs; and a SHA-256 of all that. Numbers are little-endian.

// Write writes passages with their keys for [Read].
func Write(to io.Writer, keys []Key, passages []Passage) error {
	sum := sha256.New()
	w := bufio.NewWriter(io.MultiWriter(to, sum))
	size := 0
	for _, p := range passages {
		size = max(size, len(p.Mean))
	}
	b := binary.LittleEndian.AppendUint32([]byte(version), uint32(len(passages)))
	b = binary.LittleEndian.AppendUint32(b, uint32(size))
	for i, p := range passages {
		b = append(b, keys[i][:]...)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(p.Ends)))
		for _, end := range p.Ends {
			b = binary.LittleEndian.AppendUint32(b, end)
		}
		for _, v := range p.Mean {
			b = append(b, byte(v))
		}
		if _, err := w.Write(append(b, p.Signs...)); err != nil {
			return err
		}
		b = b[:0]
	}
	if _, err := w.Write(b); err != nil { // where there was no passage
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := to.Write(sum.Sum(nil))
	return err
}

var errDamaged = errors.New("the vectors are damaged")

// Read returns what [Write] wrote, or an error for anything else. The passages
// keep parts of b.
func Read(b []byte) ([]Key, []Passage, error) {
	n := len(b) - sha256.Size
	if n < 0 {
		return nil, nil, errDamaged
	}
	if sum := sha256.Sum256(b[:n]); !bytes.Equal(sum[:], b[n:]) {
		return nil, nil, errDamaged
	}
	return read(b[:n])
}

// read reads what stands before the sum. A sum is no proof of who wrote it.
func read(b []byte) ([]Key, []Passage, error) {
	b, ok := bytes.CutPrefix(b, []byte(version))
	n, b, ok1 := number(b)
	size, b, ok2 := number(b)
	if !ok || !ok1 || !ok2 || size%8 != 0 || n > len(b)/(sha256.Size+4) {
		return nil, nil, errDamaged
	}
	keys, passages := make([]Key, n), make([]Passage, n)
	for i := range passages {
		p := &passages[i]
		b = b[copy(keys[i][:], b):]
		sentences, rest, ok := number(b)
		if b = rest; !ok || sentences > len(b)/4 {
			return nil, nil, errDamaged
		}
		if sentences == 0 {
			continue
		}
		p.Ends = make([]uint32, sentences)
		last := uint32(0)
		for k := range p.Ends {
			p.Ends[k] = binary.LittleEndian.Uint32(b[4*k:])
			if p.Ends[k] < last {
				return nil, nil, errDamaged
			}
			last = p.Ends[k]
		}
		b = b[4*sentences:]
		if size == 0 || len(b) < size || (len(b)-size)/(size/8) < int(last) {
			return nil, nil, errDamaged
		}
		p.Mean = unsafe.Slice((*int8)(unsafe.Pointer(&b[0])), size)
		end := size + int(last)*size/8
		p.Signs, b = b[size:end:end], b[end:]
	}
	if len(b) > 0 {
		return nil, nil, errDamaged
	}
	return keys, passages, nil
}

// number takes the next number off.
func number(b []byte) (int, []byte, bool) {
	if len(b) < 4 {
		return 0, b, false
	}
	return int(binary.LittleEndian.Uint32(b)), b[4:], true
}
