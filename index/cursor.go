package index

import (
	"encoding/binary"
	"math"
	"slices"
)

// exhausted is a passage beyond all others.
const exhausted = math.MaxInt

// cursor walks through the passages that hold one term, by local number. How
// often they hold it is read a chunk at a time, and only where it is asked for.
type cursor struct {
	docs []uint32
	at   int // in docs
	doc  int // docs[at], or exhausted

	counts    []byte // chunk after chunk
	ends      []int  // of each chunk in counts
	chunkSize int
	chunk     []occurrence
	from      int // chunk tells of docs[from:from+len(chunk)]
}

// open lets the cursor stand at the first passage of a list, or of as much of it as
// tells of the passages in the interval.
func (c *cursor) open(l list, in interval) {
	c.chunk, c.from = c.chunk[:0], 0
	if l.set == nil {
		c.docs = append(c.docs[:0], l.only)
		c.chunk = append(c.chunk, occurrence{1, l.length})
		c.to(0)
		return
	}
	c.chunkSize = chunkSize(l.of, l.size())
	// Whole chunks, since what is told of passages has no numbers.
	in.from -= in.from % c.chunkSize
	in.to += c.chunkSize - 1 - (in.to-1)%c.chunkSize
	c.docs = readSet(c.docs[:0], l.set, in)
	c.to(0)
	c.ends = c.ends[:0]
	counts := l.counts
	for range counts.number() {
		c.ends = append(c.ends, counts.number())
	}
	c.counts = counts.data[counts.at:]
}

// next moves to the next passage.
func (c *cursor) next() { c.to(c.at + 1) }

func (c *cursor) to(at int) {
	c.at = at
	if at < len(c.docs) {
		c.doc = int(c.docs[at])
	} else {
		c.doc = exhausted
	}
}

// seek moves to the passage or the first one behind it, and returns where it stands.
func (c *cursor) seek(doc int) int {
	if c.doc >= doc {
		return c.doc
	}
	// It is oftener near than far: step twice as far each time, then look between.
	step := 1
	for c.at+step < len(c.docs) && int(c.docs[c.at+step]) < doc {
		step *= 2
	}
	from, to := c.at+step/2+1, min(c.at+step, len(c.docs))
	for from < to {
		if mid := int(uint(from+to) / 2); int(c.docs[mid]) < doc {
			from = mid + 1
		} else {
			to = mid
		}
	}
	c.to(from)
	return c.doc
}

// occurrence returns how often the passage that the cursor stands at holds the term.
func (c *cursor) occurrence() occurrence {
	if c.at < c.from || c.at >= c.from+len(c.chunk) {
		c.read(c.doc / c.chunkSize)
	}
	return c.chunk[c.at-c.from]
}

// read reads the chunk that the cursor stands in.
func (c *cursor) read(chunk int) {
	c.from, _ = slices.BinarySearch(c.docs, uint32(chunk*c.chunkSize))
	to, _ := slices.BinarySearch(c.docs[c.from:], uint32((chunk+1)*c.chunkSize))
	begin := 0
	if chunk > 0 {
		begin = c.ends[chunk-1]
	}
	c.chunk = slices.Grow(c.chunk[:0], to)[:to]
	b := c.counts[begin:] // more follows than this chunk
	for i := range c.chunk {
		// As a rule the count takes a byte and the length one or two, which no
		// branch foretells.
		if next := b[:3]; (next[0]|next[1]&next[2])&0x80 == 0 {
			long := next[1] >> 7
			c.chunk[i] = occurrence{uint32(next[0]), uint32(next[1]&0x7f) | uint32(long)*uint32(next[2])<<7}
			b = b[2+long:]
		} else {
			count, n := binary.Uvarint(b)
			length, m := binary.Uvarint(b[n:])
			c.chunk[i] = occurrence{uint32(count), uint32(length)}
			b = b[n+m:]
		}
		c.chunk[i].count >>= 1 // a bit tells whether places of words follow: none do
	}
}
