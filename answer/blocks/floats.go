package blocks

import (
	"encoding/binary"
	"math"
	"slices"

	"footnote/answer/annotate"
)

// sameFloats is how many floats are looked at for the same one; weights are few.
const sameFloats = 256

// float writes whole numbers as such, and of others how manieth it is of those so far.
func (f *form) float(x *float64) {
	if f.reading {
		v := f.next()
		switch {
		case v&1 == 0:
			*x = float64(unzigzag(v >> 1))
		case v>>1 < uint64(len(f.floats)):
			*x = f.floats[v>>1]
		default:
			*x = f.bits()
			f.floats = append(f.floats, *x)
		}
		return
	}
	if n, ok := wholeNumber(*x); ok {
		f.put(zigzag(n) << 1)
		return
	}
	if i := f.same(*x); i >= 0 {
		f.put(uint64(i)<<1 | 1)
		return
	}
	f.put(uint64(len(f.floats))<<1 | 1)
	f.b = binary.LittleEndian.AppendUint64(f.b, math.Float64bits(*x))
	f.floats = append(f.floats, *x)
}

// bits reads a float as it is.
func (f *form) bits() float64 {
	x := math.Float64frombits(binary.LittleEndian.Uint64(f.b[f.at:]))
	f.at += 8
	return x
}

// same returns which of the floats so far is the same, to the bit; -1 where none is.
func (f *form) same(x float64) int {
	return slices.IndexFunc(f.floats[:min(len(f.floats), sameFloats)], func(known float64) bool { return math.Float64bits(known) == math.Float64bits(x) })
}

func wholeNumber(x float64) (n int, ok bool) {
	n = int(x)
	return n, math.Abs(x) < 1<<53 && math.Float64bits(float64(n)) == math.Float64bits(x)
}

// weights walks over the weights of what is implied, but whole numbers, once each.
func (f *form) weights(d *annotate.Doc) {
	n := 0
	if !f.reading {
		n = len(f.weighed(d))
	}
	f.natural(&n)
	if f.reading {
		for range n {
			f.floats = append(f.floats, f.bits())
		}
		return
	}
	for _, w := range f.floats {
		f.b = binary.LittleEndian.AppendUint64(f.b, math.Float64bits(w))
	}
}

// weighed gathers the weights of what is implied.
func (f *form) weighed(d *annotate.Doc) []float64 {
	for i := range d.Sentences {
		for _, m := range d.Sentences[i].Implied {
			if _, ok := wholeNumber(m.Weight); !ok && f.same(m.Weight) < 0 && len(f.floats) < sameFloats {
				f.floats = append(f.floats, m.Weight)
			}
		}
	}
	return f.floats
}
