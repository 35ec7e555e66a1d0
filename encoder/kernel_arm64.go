//go:build arm64 && !purego

package encoder

// level is what the processor can do: every arm64 has NEON.
type level int

const (
	plain level = iota
	neon
)

var kernels = neon

// Kernel names the code that multiplies on this processor.
func Kernel() string { return [...]string{"go", "neon"}[kernels] }

//go:noescape
func mul8NEON(args *mulArgs)

//go:noescape
func mul16NEON(args *mulArgs)

func mul8(p *product, weights []int8) {
	if kernels == plain {
		mulGo(p, weights)
		return
	}
	strips(p, weights, 4, mul8NEON)
}

func mul16(p *product, weights []int16) {
	if kernels == plain {
		mulGo(p, weights)
		return
	}
	strips(p, weights, 4, mul16NEON)
}

func quant(dst []int16, x []float32, top float32) float32 { return quantGo(dst, x, top) }
func gelu(x []float32)                                    { geluGo(x) }
func addNorm(x, y, gain, bias []float32)                  { addNormGo(x, y, gain, bias) }
func softmax(dst []int16, x []float32)                    { softmaxGo(dst, x) }
