package exact

import (
	"math"
	"testing"
)

func TestExp(t *testing.T) {
	for x := -700.0; x < 700; x += 0.0137 {
		if got, want := Exp(x), math.Exp(x); math.Abs(got-want) > 5e-16*want {
			t.Fatalf("exp %v is %v, want %v", x, got, want)
		}
	}
	for _, x := range []float64{0, 709.7, 711, 1e300, math.Inf(1), -746, -800, math.Inf(-1)} {
		if got, want := Exp(x), math.Exp(x); math.Abs(got-want) > 5e-16*want {
			t.Errorf("exp %v is %v, want %v", x, got, want)
		}
	}
	if got := Exp(math.NaN()); !math.IsNaN(got) {
		t.Errorf("exp of no number is %v", got)
	}
	// Bits that every machine has to reproduce.
	if got := math.Float64bits(Exp(-1.75)); got != 0x3fc63e397e022072 {
		t.Errorf("the bits of Exp(-1.75) are %#x", got)
	}
}
