package encoder

import "math"

// Everything here is worked out in float32, each product rounded before it is
// added (the conversions forbid the compiler to fuse the two), sums in one fixed
// order. So a result has the same bits on every machine, and the same as from
// the vector code, which does for eight numbers at once what is done here for
// one. Of package math only Sqrt is used, which is rounded right everywhere: Exp
// and Erf are not.

const (
	magic     = 12582912 // 1.5 * 2^23: adding it rounds to the nearest whole number, ties to even
	magicBits = 0x4B400000
	log2e     = 1.44269504
	ln2High   = 0.693359375
	ln2Low    = -2.12194440e-4
	lowest    = -87 // below it e to the power is taken for e^-87
)

// Coefficients of e to the power of x between -ln2/2 and ln2/2 (Cephes, expf).
const (
	exp0 = 1.9875691500e-4
	exp1 = 1.3981999507e-3
	exp2 = 8.3334519073e-3
	exp3 = 4.1665795894e-2
	exp4 = 1.6666665459e-1
	exp5 = 5.0000001201e-1
)

// Coefficients of the error function (Abramowitz and Stegun, 7.1.26).
const (
	erfP     = 0.3275911
	erf1     = 0.254829592
	erf2     = -0.284496736
	erf3     = 1.421413741
	erf4     = -1.453152027
	erf5     = 1.061405429
	halfRoot = 0.70710678 // of 2
)

// round returns the nearest whole number, ties to even; |x| is at most 2^22.
func round(x float32) int32 { return int32(math.Float32bits(x+magic)) - magicBits }

func exp32(x float32) float32 {
	if x < lowest {
		x = lowest
	}
	k := float32(x*log2e) + magic
	n := int32(math.Float32bits(k)) - magicBits
	f := k - magic
	r := x - float32(f*ln2High)
	r -= float32(f * ln2Low)
	p := float32(r*exp0) + exp1
	p = float32(p*r) + exp2
	p = float32(p*r) + exp3
	p = float32(p*r) + exp4
	p = float32(p*r) + exp5
	p = float32(p*float32(r*r)) + r
	p++
	return p * math.Float32frombits(uint32(n+127)<<23)
}

// gelu32 is x times the normal distribution's share below x.
func gelu32(x float32) float32 {
	z := float32(math.Abs(float64(x))) * halfRoot
	t := 1 / (float32(z*erfP) + 1)
	p := float32(t*erf5) + erf4
	p = float32(p*t) + erf3
	p = float32(p*t) + erf2
	p = float32(p*t) + erf1
	p *= t
	q := float32(p * exp32(-float32(z*z))) // 1 - erf(z)
	h := float32(q * 0.5)
	if x >= 0 {
		h = 1 - h
	}
	return x * h
}

// sum8 adds eight interleaved sums in the order of the vector code.
func sum8(s *[8]float32) float32 {
	a, b, c, d := s[0]+s[4], s[1]+s[5], s[2]+s[6], s[3]+s[7]
	return (a + c) + (b + d)
}

// dot returns the sum of products, in eight interleaved sums.
func dot(x, y []float32) float32 {
	var s [8]float32
	y = y[:len(x)]
	for i, v := range x {
		s[i&7] += float32(v * y[i])
	}
	return sum8(&s)
}

// quantGo writes x as whole numbers of up to top and returns what one of them is
// worth. len(x) is a multiple of 8.
func quantGo(dst []int16, x []float32, top float32) float32 {
	var most float32
	for _, v := range x {
		if v < 0 {
			v = -v
		}
		if v > most {
			most = v
		}
	}
	if most == 0 {
		most = 1
	}
	inverse := top / most
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] = int16(round(float32(v * inverse)))
	}
	return most / top
}

// geluGo replaces each number by its GELU. len(x) is a multiple of 8.
func geluGo(x []float32) {
	for i, v := range x {
		x[i] = gelu32(v)
	}
}

// addNormGo adds y to x and normalises the layer: mean 0, variance 1, then gain
// and bias. len(x) is a multiple of 8.
func addNormGo(x, y, gain, bias []float32) {
	var s [8]float32
	y, gain, bias = y[:len(x)], gain[:len(x)], bias[:len(x)]
	for i := range x {
		x[i] += y[i]
		s[i&7] += x[i]
	}
	n := float32(len(x))
	mean := sum8(&s) / n
	s = [8]float32{}
	for i := range x {
		d := x[i] - mean
		x[i] = d
		s[i&7] += float32(d * d)
	}
	inverse := 1 / float32(math.Sqrt(float64(sum8(&s)/n+1e-12)))
	for i := range x {
		x[i] = float32(float32(x[i]*inverse)*gain[i]) + bias[i]
	}
}

// softmaxGo writes the softmax of x as whole numbers that sum to about [shares];
// x is lost. len(x) is a multiple of 8.
func softmaxGo(dst []int16, x []float32) {
	most := x[0]
	for _, v := range x[1:] {
		if v > most {
			most = v
		}
	}
	var s [8]float32
	for i, v := range x {
		v = exp32(v - most)
		x[i] = v
		s[i&7] += v
	}
	inverse := shares / sum8(&s)
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] = int16(round(float32(v * inverse)))
	}
}
