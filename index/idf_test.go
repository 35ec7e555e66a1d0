package index

import (
	"math"
	"testing"
)

func TestLogarithm(t *testing.T) {
	for x := 1e-9; x < 1e12; x *= 1.0009 {
		got, want := logarithm(x), math.Log(x)
		if math.Abs(got-want) > 4e-16*max(1, math.Abs(want)) {
			t.Fatalf("log %v is %v, want %v", x, got, want)
		}
	}
	// Near 1, where little is left of it.
	for _, d := range []float64{0, 1e-15, -1e-12, 1e-6, 0.01} {
		if got, want := logarithm(1+d), math.Log(1+d); math.Abs(got-want) > 4e-16*math.Abs(want) {
			t.Errorf("log(1 + %v) is %v, want %v", d, got, want)
		}
	}
	// Bits that every machine has to reproduce.
	if got := math.Float64bits(IDF(1000, 7)); got != 0x4013934de01d9b92 {
		t.Errorf("the bits of IDF(1000, 7) are %#x", got)
	}
}
