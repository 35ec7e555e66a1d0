// Package blocks keeps prepared articles as bytes: one block an article, many
// blocks a file, and in memory only those that are asked for.
//
// Start with [Encode] and [Decode], which turn an [annotate.Doc] into a block
// and back, [Writer] and [File], which are a file of blocks, and [Cache], which
// keeps the articles read last. The package knows nothing of where files lie
// nor what articles are looked for.
//
// A block is
//
//	version   1 byte
//	lengths   three uvarints: of the letters, of the numbers, and of the letters when compressed
//	letters   compressed by zstd
//	numbers   compressed by zstd
//	sum       4 bytes, CRC-32C of all before, little-endian
//
// and form.go says what letters and numbers are; they are too unlike to be
// compressed together. A block does not hold the article's id,
// which is the library's affair, nor what only a person who checks a file asks
// for: what was dropped of it and how long its page is.
package blocks

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"runtime"
	"slices"
	"sync"

	"github.com/klauspost/compress/zstd"

	"footnote/answer/annotate"
	"footnote/index"
)

// version is that of the form. Blocks of another are damage; the index is then
// built again.
const version = 2

const sumLen = 4

// castagnoli is the polynomial that processors know.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Both are safe for concurrent use and cheap where nothing uses them.
var (
	compressor = sync.OnceValue(func() *zstd.Encoder {
		z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderCRC(false),
			zstd.WithWindowSize(1<<20), zstd.WithLowerEncoderMem(true))
		if err != nil {
			panic(err) // unreachable: the options are right
		}
		return z
	})
	decompressor = sync.OnceValue(func() *zstd.Decoder {
		z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(runtime.GOMAXPROCS(0)), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxMemory(maxForm))
		if err != nil {
			panic(err) // unreachable: the options are right
		}
		return z
	})
)

// No article is larger, and no form so much larger than its block: zstd makes at
// most 128 KiB of four bytes.
const (
	maxForm  = 1 << 30
	maxRatio = 32 << 10
)

// buffers are for bytes that are needed for the time of one call.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// Encode returns the block of an article. It is the same for equal articles.
func Encode(d *annotate.Doc) []byte {
	f := forms.Get().(*form)
	defer forms.Put(f)
	letters, numbers := f.write(d)
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	*buffer = compressor().EncodeAll(letters, (*buffer)[:0])
	b := make([]byte, 0, len(*buffer)+len(numbers)+32)
	b = append(b, version)
	for _, n := range [3]int{len(letters), len(numbers), len(*buffer)} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	b = append(b, *buffer...)
	b = compressor().EncodeAll(numbers, b)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// Decode returns the article of a block, without an id. It keeps nothing of b.
// Errors wrap [index.ErrDamaged].
func Decode(b []byte) (*annotate.Doc, error) {
	o, err := decode(b)
	if err != nil {
		return nil, err
	}
	d, _, err := o.whole()
	return d, err
}

// check returns what a block holds between its version and its sum.
func check(b []byte) ([]byte, error) {
	if len(b) < 1+sumLen {
		return nil, damaged("a block of %d bytes", len(b))
	}
	body, sum := b[:len(b)-sumLen], binary.LittleEndian.Uint32(b[len(b)-sumLen:])
	if got := crc32.Checksum(body, castagnoli); got != sum {
		return nil, damaged("the sum of a block is %08x, not %08x", got, sum)
	}
	if body[0] != version {
		return nil, damaged("a block of version %d, not %d", body[0], version)
	}
	return body[1:], nil
}

// decode returns the outline of an article.
func decode(b []byte) (*outline, error) {
	body, err := check(b)
	if err != nil {
		return nil, err
	}
	var lengths [3]int
	for i := range lengths {
		v, n := binary.Uvarint(body)
		if n <= 0 || v > maxForm {
			return nil, damaged("a block without its lengths")
		}
		lengths[i], body = int(v), body[n:]
	}
	if lengths[2] > len(body) || lengths[0]+lengths[1] > maxRatio*len(body) {
		return nil, damaged("a block of %d bytes holds %d and %d", len(body), lengths[0], lengths[1])
	}
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	raw := slices.Grow((*buffer)[:0], lengths[0]+lengths[1])
	for i, part := range [2][]byte{body[:lengths[2]], body[lengths[2]:]} {
		from := len(raw)
		if raw, err = decompressor().DecodeAll(part, raw); err != nil {
			return nil, damaged("a block does not decompress: %v", err)
		}
		if len(raw)-from != lengths[i] {
			return nil, damaged("a block holds %d bytes, not %d", len(raw)-from, lengths[i])
		}
	}
	*buffer = raw
	f := forms.Get().(*form)
	defer forms.Put(f)
	return f.read(raw[:lengths[0]], raw[lengths[0]:])
}

// damaged returns an error that wraps [index.ErrDamaged].
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{index.ErrDamaged}, args...)...)
}
