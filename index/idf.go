package index

import "math"

// IDF is the inverse document frequency of BM25 (Robertson and Spärck Jones,
// in the form that is never negative), the same to the last bit on every machine.
func IDF(documents, frequency int) float64 {
	n, df := float64(documents), float64(frequency)
	return logarithm(1 + (n-df+0.5)/(df+0.5))
}

// logarithm returns the natural logarithm of a finite x above 0. [math.Log] has
// another algorithm on some machines, and where products and sums may be fused
// its last bit differs; the conversions here forbid that.
func logarithm(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = m*2, e-1
	}
	// With s = (m−1)/(m+1): log m = 2·(s + s³/3 + s⁵/5 + …), and |s| < 0.172.
	s := (m - 1) / (m + 1)
	square := float64(s * s)
	sum := 0.0
	for k := 23; k >= 3; k -= 2 {
		sum = float64((sum + 1/float64(k)) * square)
	}
	return float64(float64(e)*math.Ln2) + float64(2*s*(1+sum))
}
