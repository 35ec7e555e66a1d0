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
//	length    uvarint, of the form
//	form      compressed by zstd
//	sum       4 bytes, CRC-32C of all before, little-endian
//
// and form.go says what the form is. A block does not hold the article's id,
// which is the library's affair, nor what only a person who checks a file asks
// for: what was dropped of it and how long its page is.
package blocks

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"runtime"
	"sync"

	"github.com/klauspost/compress/zstd"

	"footnote/answer/annotate"
	"footnote/index"
)

// version is that of the form. Blocks of another are damage; the index is then
// built again.
const version = 1

const sumLen = 4

// castagnoli is the polynomial that processors know.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Both are safe for concurrent use and cheap where nothing uses them.
var (
	compressor = sync.OnceValue(func() *zstd.Encoder {
		z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderCRC(false),
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

// No article is so large, and no form so much larger than its block: zstd makes
// at most a block of 128 KiB of a few bytes.
const (
	maxForm  = 1 << 30
	maxRatio = 64 << 10
)

// buffers are for bytes that are needed for the time of one call.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// Encode returns the block of an article. It is the same for equal articles.
func Encode(d *annotate.Doc) []byte {
	f := forms.Get().(*form)
	defer forms.Put(f)
	raw := f.write(d)
	b := make([]byte, 0, len(raw)/2+64)
	b = append(b, version)
	b = binary.AppendUvarint(b, uint64(len(raw)))
	b = compressor().EncodeAll(raw, b)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// Decode returns the article of a block, without an id. It keeps nothing of b.
// Errors wrap [index.ErrDamaged].
func Decode(b []byte) (*annotate.Doc, error) {
	d, _, err := decode(b)
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

// decode returns the article and about how many bytes of memory it takes.
func decode(b []byte) (*annotate.Doc, int, error) {
	body, err := check(b)
	if err != nil {
		return nil, 0, err
	}
	length, n := binary.Uvarint(body)
	if n <= 0 || length > maxForm || length > maxRatio*uint64(len(body)) {
		return nil, 0, damaged("a block of %d bytes holds %d", len(body), length)
	}
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	if cap(*buffer) < int(length) {
		*buffer = make([]byte, 0, length)
	}
	raw, err := decompressor().DecodeAll(body[n:], (*buffer)[:0])
	if err != nil {
		return nil, 0, damaged("a block does not decompress: %v", err)
	}
	if len(raw) != int(length) {
		return nil, 0, damaged("a block holds %d bytes, not %d", len(raw), length)
	}
	f := forms.Get().(*form)
	defer forms.Put(f)
	return f.read(raw)
}

// damaged returns an error that wraps [index.ErrDamaged].
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{index.ErrDamaged}, args...)...)
}
