package index

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"sort"
)

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
