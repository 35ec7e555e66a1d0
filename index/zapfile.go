package index

import (
	"bufio"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"
	"math/bits"
	"slices"
	"sort"

	"github.com/blevesearch/vellum"
)

// The passages of a segment lie in a file of bleve's format for segments, which zap.md in
// package zapx describes, and which bleve can read: fields, in each its terms, for each
// term a list of the passages that hold it. Package zapx is not used to write and read it.
// Its writer wants a map of each passage's words and makes three more passes through
// maps of its own, eight times as much work as is done here, and its reader gives a passage at a
// time through three interfaces. What is needed is little: no stored fields, no places of
// words, no deletions.

// Constants of package zapx; a test compares them.
const (
	zapVersion   = 17
	zapChunkMode = 1026 // for [chunkSize]
	zapFooter    = 40
	zapInverted  = 0              // the kind of section that holds lists
	zapNowhere   = math.MaxUint64 // where values of documents are that are not kept

	zapIndexed = 1 // options of a field
	zapStored  = 2

	zapOnce     = 1 << 63 // of the number that a dictionary gives: one passage alone, which holds the term once
	zapOnceBits = 31
	zapOnceMask = 1<<zapOnceBits - 1
)

// chunkSize returns how many passages, whether or not they hold a term, a
// chunk of its list is for.
func chunkSize(passages, holding int) int { return passages / (holding/1024 + 1) }

// posting is a passage that holds a term.
type posting struct {
	doc uint32
	occurrence
}

// occurrence is how often a passage holds a term, and how many terms it has.
type occurrence struct{ count, length uint32 }

// zapWriter writes the fields in their order, and in each the terms in theirs.
type zapWriter struct {
	w        *bufio.Writer
	sum      uint32
	at       int // bytes written
	err      error
	passages int
	fields   []zapField
	terms    *vellum.Builder
	built    buffer // by terms
	scratch  []byte
	counts   []byte
	ends     []int
}

// zapField is a field that is written, and where what is said of it lies.
type zapField struct {
	name string
	at   int
}

// buffer is a bytes.Buffer that lends what it holds.
type buffer []byte

func (b *buffer) Write(p []byte) (int, error) { *b = append(*b, p...); return len(p), nil }

func newZapWriter(w io.Writer, passages int) (*zapWriter, error) {
	z := &zapWriter{w: bufio.NewWriterSize(w, 256<<10), passages: passages}
	var err error
	z.terms, err = vellum.New(&z.built, nil)
	// Documents have names for bleve. Ours are all the same, the empty one.
	z.write([]byte{1, 1, 0, 0})
	return z, err
}

func (z *zapWriter) write(b []byte) {
	if z.err == nil {
		_, z.err = z.w.Write(b)
	}
	z.sum = crc32.Update(z.sum, crc32.IEEETable, b)
	z.at += len(b)
}

func (z *zapWriter) numbers(v ...uint64) {
	z.scratch = z.scratch[:0]
	for _, n := range v {
		z.scratch = binary.AppendUvarint(z.scratch, n)
	}
	z.write(z.scratch)
}

// field ends the field before and begins one.
func (z *zapWriter) field(name string) {
	z.endField()
	z.fields = append(z.fields, zapField{name: name})
}

func (z *zapWriter) endField() {
	if len(z.fields) == 0 || z.err != nil {
		return
	}
	if z.err = z.terms.Close(); z.err != nil {
		return
	}
	terms := z.at
	z.numbers(uint64(len(z.built)))
	z.write(z.built)
	z.fields[len(z.fields)-1].at = z.at
	z.numbers(zapNowhere, zapNowhere, uint64(terms))
	z.built = z.built[:0]
	z.err = z.terms.Reset(&z.built)
}

// add writes the next term of the field with the passages that hold it, ascending.
func (z *zapWriter) add(term []byte, held []posting) {
	if z.err != nil {
		return
	}
	if len(held) == 1 && held[0].count == 1 {
		z.err = z.terms.Insert(term, zapOnce|uint64(held[0].length)<<zapOnceBits|uint64(held[0].doc))
		return
	}
	size := chunkSize(z.passages, len(held))
	z.ends, z.counts = z.ends[:0], z.counts[:0]
	end := size
	for _, o := range held {
		for ; int(o.doc) >= end; end += size {
			z.ends = append(z.ends, len(z.counts))
		}
		z.counts = binary.AppendUvarint(z.counts, uint64(o.count)<<1) // a bit for places of words
		z.counts = binary.AppendUvarint(z.counts, uint64(o.length))
	}
	for chunks := (z.passages-1)/size + 1; len(z.ends) < chunks; {
		z.ends = append(z.ends, len(z.counts))
	}
	counts := z.at
	z.scratch = binary.AppendUvarint(z.scratch[:0], uint64(len(z.ends)))
	for _, e := range z.ends {
		z.scratch = binary.AppendUvarint(z.scratch, uint64(e))
	}
	z.write(z.scratch)
	z.write(z.counts)
	list := z.at
	z.counts = appendSet(z.counts[:0], held)
	z.numbers(uint64(counts), 0, uint64(len(z.counts)))
	z.write(z.counts)
	z.err = z.terms.Insert(term, uint64(list))
}

// finish writes where everything lies.
func (z *zapWriter) finish() error {
	z.endField()
	names := z.at
	z.write(make([]byte, 8*z.passages))
	z.numbers(0) // documents within others
	var at []byte
	for _, f := range z.fields {
		at = binary.BigEndian.AppendUint64(at, uint64(z.at))
		options := uint64(zapIndexed)
		if f.name == zapName {
			options |= zapStored
		}
		z.numbers(uint64(len(f.name)))
		z.write([]byte(f.name))
		z.numbers(options, 1)
		z.write(binary.BigEndian.AppendUint64([]byte{0, zapInverted}, uint64(f.at)))
	}
	fields := z.at
	z.numbers(uint64(len(z.fields)))
	z.write(at)
	end := make([]byte, 4, zapFooter) // no name of a writer
	for _, n := range []int{z.passages, names, fields} {
		end = binary.BigEndian.AppendUint64(end, uint64(n))
	}
	end = binary.BigEndian.AppendUint32(end, zapChunkMode)
	end = binary.BigEndian.AppendUint32(end, zapVersion)
	z.write(end)
	z.write(binary.BigEndian.AppendUint32(nil, z.sum))
	if z.err == nil {
		z.err = z.w.Flush()
	}
	return z.err
}

// zapName is the field of the names of documents, which comes first.
const zapName = "_id"

// Sets of numbers are roaring bitmaps in their portable format: numbers are
// parted by their upper 16 bits, and of each part the lower halves are listed
// or, where they are many, are a bit each. Of the two heads that the format has it
// is the one for sets with parts that are runs: none is, but it is half as long.
const (
	setCookie  = 12347
	setOffsets = 4    // parts from which on it is told where each lies
	setListed  = 4096 // at most
	setBits    = 1 << 16 / 8
)

func appendSet(b []byte, numbers []posting) []byte {
	begin := len(b)
	parts := 1
	for i := 1; i < len(numbers); i++ {
		if numbers[i].doc>>16 != numbers[i-1].doc>>16 {
			parts++
		}
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(parts-1)<<16|setCookie)
	head, first := setHead(parts)
	b = append(b, make([]byte, first-4)...)
	head += begin
	offset := head + 4*parts
	for from, to := 0, 0; from < len(numbers); from = to {
		upper := numbers[from].doc >> 16
		for to < len(numbers) && numbers[to].doc>>16 == upper {
			to++
		}
		binary.LittleEndian.PutUint16(b[head:], uint16(upper))
		binary.LittleEndian.PutUint16(b[head+2:], uint16(to-from-1))
		head += 4
		if parts >= setOffsets {
			binary.LittleEndian.PutUint32(b[offset:], uint32(len(b)-begin))
			offset += 4
		}
		if to-from <= setListed {
			for _, n := range numbers[from:to] {
				b = binary.LittleEndian.AppendUint16(b, uint16(n.doc))
			}
			continue
		}
		bits := len(b)
		b = append(b, make([]byte, setBits)...)
		for _, n := range numbers[from:to] {
			b[bits+int(uint16(n.doc)/8)] |= 1 << (n.doc % 8)
		}
	}
	return b
}

// setHead returns where it is told of the parts what they are, and where the first one lies.
func setHead(parts int) (told, first int) {
	told = 4 + (parts+7)/8 // a bit for each says whether it is runs
	first = told + 4*parts
	if parts >= setOffsets {
		first += 4 * parts
	}
	return told, first
}

// setParts returns how many parts a set has.
func setParts(set []byte) int {
	cookie := binary.LittleEndian.Uint32(set)
	if cookie&math.MaxUint16 != setCookie {
		panic("no set of numbers")
	}
	return int(cookie>>16) + 1
}

// setSize returns how many numbers a set holds.
func setSize(set []byte) int {
	n, parts := 0, setParts(set)
	head, _ := setHead(parts)
	for k := range parts {
		n += int(binary.LittleEndian.Uint16(set[head+4*k+2:])) + 1
	}
	return n
}

// readSet appends the numbers of a set that lie in the interval, ascending.
func readSet(numbers []uint32, set []byte, in interval) []uint32 {
	parts := setParts(set)
	head, at := setHead(parts)
	for k := range parts {
		upper := int(binary.LittleEndian.Uint16(set[head+4*k:])) << 16
		n := int(binary.LittleEndian.Uint16(set[head+4*k+2:])) + 1
		if upper >= in.to {
			break
		}
		numbers = slices.Grow(numbers, n)
		from, to := max(in.from-upper, 0), min(in.to-upper, 1<<16)
		switch {
		case from >= 1<<16:
		case n <= setListed:
			listed := set[at : at+2*n]
			lower := func(i int) int { return int(binary.LittleEndian.Uint16(listed[2*i:])) }
			if from > 0 {
				listed = listed[2*sort.Search(n, func(i int) bool { return lower(i) >= from }):]
			}
			if to < 1<<16 {
				listed = listed[:2*sort.Search(len(listed)/2, func(i int) bool { return lower(i) >= to })]
			}
			for ; len(listed) >= 2; listed = listed[2:] {
				numbers = append(numbers, uint32(upper)|uint32(binary.LittleEndian.Uint16(listed)))
			}
		default:
			for w := from / 64; w*64 < to; w++ {
				left := binary.LittleEndian.Uint64(set[at+8*w:])
				if w == from/64 {
					left &= math.MaxUint64 << (from % 64)
				}
				if to-w*64 < 64 {
					left &= 1<<(to-w*64) - 1
				}
				for ; left != 0; left &= left - 1 {
					numbers = append(numbers, uint32(upper+w*64+bits.TrailingZeros64(left)))
				}
			}
		}
		if n <= setListed {
			at += 2 * n
		} else {
			at += setBits
		}
	}
	return numbers
}
