//go:build (!amd64 && !arm64) || purego

package encoder

// level is what the processor can do.
type level int

const plain level = 0

var kernels = plain

// Kernel names the code that multiplies on this processor.
func Kernel() string { return "go" }

func mul8(p *product, weights []int8)                     { mulGo(p, weights) }
func mul16(p *product, weights []int16)                   { mulGo(p, weights) }
func quant(dst []int16, x []float32, top float32) float32 { return quantGo(dst, x, top) }
func gelu(x []float32)                                    { geluGo(x) }
func addNorm(x, y, gain, bias []float32)                  { addNormGo(x, y, gain, bias) }
func softmax(dst []int16, x []float32)                    { softmaxGo(dst, x) }
