package vectors

import (
	"math/rand/v2"
	"testing"
)

// Every kernel gives what plain Go gives, for every length and where a sum is largest.
func TestDot(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for n := 0; n <= 800; n += 8 {
		for kind := range 4 {
			a, b := make([]int8, n), make([]int8, n)
			want := int32(0)
			for i := range a {
				a[i], b[i] = int8(r.IntN(256)-128), int8(r.IntN(256)-128)
				switch kind {
				case 1:
					a[i], b[i] = -128, -128
				case 2:
					a[i], b[i] = -128, 127
				}
				want += int32(a[i]) * int32(b[i])
			}
			if got := dot(a, b); got != want {
				t.Errorf("%d numbers: %d, not %d", n, got, want)
			}
			if got := dotGo(a, b); got != want {
				t.Errorf("%d numbers in plain Go: %d, not %d", n, got, want)
			}
		}
	}
}

func BenchmarkDot(b *testing.B) {
	x, y := make([]int8, 384), make([]int8, 384)
	for i := range x {
		x[i], y[i] = int8(i), int8(3*i)
	}
	for _, c := range []struct {
		name string
		dot  func(a, b []int8) int32
	}{{"kernel", dot}, {"go", dotGo}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				c.dot(x, y)
			}
		})
	}
	q, p := &Question{mean: x}, &Passage{Mean: y}
	b.Run("near", func(b *testing.B) {
		for b.Loop() {
			q.Near(p)
		}
	})
}
