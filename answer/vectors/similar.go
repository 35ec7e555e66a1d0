package vectors

import (
	"math"

	"footnote/encoder"
)

// A Passage is a passage as vectors.
type Passage struct {
	Signs []byte   // of the numbers of each piece's vector, a bit each: 1 where it is not negative
	Ends  []uint32 // for each sentence the number of pieces up to its end
	Mean  []int8   // direction of the mean vector
}

// A Question is a question as vectors. It may be shared.
type Question struct {
	Pieces []encoder.Piece // with their places in the question
	tables []float32       // for each piece, for each eight numbers of its vector, their sum for each choice of signs
	mean   []int8
}

// choices of eight signs.
const choices = 256

// appendSigns appends the signs of a vector, eight numbers a byte.
func appendSigns(to []byte, v []float32) []byte {
	for i := 0; i < len(v); i += 8 {
		var b byte
		for k, x := range v[i : i+8] {
			if x >= 0 {
				b |= 1 << k
			}
		}
		to = append(to, b)
	}
	return to
}

// table returns, for each eight numbers of a vector, what they sum to with the
// signs of each byte, so that a product with a vector of signs is 48 look-ups.
// It is scaled so that the vector's product with its own signs is a cosine.
func table(v []float32, inverse float32) []float32 {
	scale := inverse / float32(math.Sqrt(float64(len(v))))
	t := make([]float32, len(v)/8*choices)
	for i := 0; i < len(v); i += 8 {
		row := t[i/8*choices:][:choices]
		var all float32
		for _, x := range v[i : i+8] {
			all -= float32(x * scale)
		}
		row[0] = all
		for b := 1; b < choices; b++ {
			// The lowest bit of b turned on changes one sign of a sum that is known.
			low := b & -b
			k := 0
			for low>>k != 1 {
				k++
			}
			row[b] = row[b-low] + float32(2*float32(v[i+k]*scale))
		}
	}
	return t
}

// Similar writes, for each sentence of the passage and each piece of the question,
// the cosine of the piece with the nearest of the sentence's, one sentence after
// the other; -1 for a sentence without pieces.
func (q *Question) Similar(dst []float32, p *Passage) []float32 {
	n := len(q.Pieces)
	dst = dst[:0]
	at := uint32(0)
	for _, end := range p.Ends {
		first := len(dst)
		for range n {
			dst = append(dst, -1)
		}
		for ; at < end; at++ {
			signs := p.Signs[int(at)*len(q.mean)/8:][:len(q.mean)/8]
			for k := range n {
				t := q.tables[k*len(signs)*choices:]
				var s [4]float32
				for i := 0; i+4 <= len(signs); i += 4 {
					s[0] += t[i*choices+int(signs[i])]
					s[1] += t[(i+1)*choices+int(signs[i+1])]
					s[2] += t[(i+2)*choices+int(signs[i+2])]
					s[3] += t[(i+3)*choices+int(signs[i+3])]
				}
				if sum := (s[0] + s[1]) + (s[2] + s[3]); sum > dst[first+k] {
					dst[first+k] = sum
				}
			}
		}
	}
	return dst
}

// Near returns how near the passage as a whole is to the question: the cosine of
// their means.
func (q *Question) Near(p *Passage) float32 {
	return cosine(dot(q.mean, p.Mean), dot(q.mean, q.mean), dot(p.Mean, p.Mean))
}

// cosine returns the cosine of two vectors from their product and the squares of
// their lengths; 0 where one has none.
func cosine(product, a, b int32) float32 {
	if a == 0 || b == 0 {
		return 0
	}
	return float32(float64(product) / math.Sqrt(float64(a)*float64(b)))
}
