// Package exact computes with the same bits on every machine.
package exact

import "math"

// Exp returns eˣ, the same to the last bit on every machine. [math.Exp] has
// another algorithm on some machines, and where products and sums may be fused
// its last bit differs; the conversions here forbid that.
func Exp(x float64) float64 {
	switch {
	case math.IsNaN(x) || x > 710:
		return x * math.MaxFloat64 // too large for a number
	case x < -750:
		return 0
	}
	// x = k·ln 2 + r, with ln 2 in two parts so that nothing of r is lost.
	const high, low = 6.93147180369123816490e-01, 1.90821492927058770002e-10
	k := math.Floor(x/math.Ln2 + 0.5)
	r := x - float64(k*high) - float64(k*low)
	// 1 + r + r²/2! + r³/3! + …, from the last term, and |r| < 0.35.
	sum := 1.0
	for n := 16.0; n >= 1; n-- {
		sum = 1 + float64(r*sum)/n
	}
	return math.Ldexp(sum, int(k))
}
