//go:build amd64 && !purego

package encoder

import "golang.org/x/sys/cpu"

// level is what the processor can do.
type level int

const (
	plain level = iota
	avx2
	avx512 // with VNNI
)

var kernels = func() level {
	switch {
	case cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512VNNI && cpu.X86.HasAVX2:
		return avx512
	case cpu.X86.HasAVX2:
		return avx2
	}
	return plain
}()

// Kernel names the code that multiplies on this processor.
func Kernel() string { return [...]string{"go", "avx2", "avx512"}[kernels] }

//go:noescape
func mul8AVX2(args *mulArgs)

//go:noescape
func mul16AVX2(args *mulArgs)

//go:noescape
func mul8AVX512(args *mulArgs)

//go:noescape
func mul16AVX512(args *mulArgs)

//go:noescape
func quantAVX2(dst *int16, x *float32, n int, top float32) (scale float32)

//go:noescape
func geluAVX2(x *float32, n int)

//go:noescape
func softmaxAVX2(dst *int16, x *float32, n int)

//go:noescape
func addNormAVX2(x, y, gain, bias *float32, n int)

func mul8(p *product, weights []int8) {
	switch kernels {
	case avx512:
		strips(p, weights, 12, mul8AVX512)
	case avx2:
		strips(p, weights, 6, mul8AVX2)
	default:
		mulGo(p, weights)
	}
}

func mul16(p *product, weights []int16) {
	switch kernels {
	case avx512:
		strips(p, weights, 12, mul16AVX512)
	case avx2:
		strips(p, weights, 6, mul16AVX2)
	default:
		mulGo(p, weights)
	}
}

func quant(dst []int16, x []float32, top float32) float32 {
	if kernels == plain {
		return quantGo(dst, x, top)
	}
	return quantAVX2(&dst[0], &x[0], len(x), top)
}

func gelu(x []float32) {
	if kernels == plain {
		geluGo(x)
		return
	}
	geluAVX2(&x[0], len(x))
}

func addNorm(x, y, gain, bias []float32) {
	if kernels == plain {
		addNormGo(x, y, gain, bias)
		return
	}
	addNormAVX2(&x[0], &y[0], &gain[0], &bias[0], len(x))
}

func softmax(dst []int16, x []float32) {
	if kernels == plain {
		softmaxGo(dst, x)
		return
	}
	softmaxAVX2(&dst[0], &x[0], len(x))
}
