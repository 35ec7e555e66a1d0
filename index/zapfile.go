package index

import (
	"bufio"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"

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
