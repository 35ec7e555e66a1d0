package encoder

import "unsafe"

//go:generate go run ./kernels

// mulArgs is a product as the kernels take it: addresses, strides in bytes.
type mulArgs struct {
	result   *float32
	stride   int
	rows     *int16
	rowBytes int
	weights  unsafe.Pointer
	blocks   int // of 16 outputs
	pairs    int // of inputs
	rowScale *float32
	scale    *float32
	bias     *float32
	count    int // of rows
}

// firstCache is how many pairs of inputs of 16 outputs are kept at hand while
// they meet one part of the rows after the other: 16 KB of int8.
const firstCache = 512

// strips hands the product to a kernel in parts of at most most rows, as even as
// can be, for each strip of outputs whose weights stay in the first cache.
func strips[W int8 | int16](p *product, weights []W, most int, kernel func(*mulArgs)) {
	parts := (p.count + most - 1) / most
	blocks := p.outputs / 16
	strip := max(1, firstCache/(p.inputs/2))
	for b := 0; b < blocks; b += strip {
		for part, r := 0, 0; part < parts; part++ {
			next := p.count * (part + 1) / parts
			p.args = mulArgs{
				result: &p.result[r*p.stride+b*16], stride: 4 * p.stride,
				rows: &p.rows[r*p.rowStride], rowBytes: 2 * p.rowStride,
				weights: unsafe.Pointer(&weights[b*16*p.inputs]), blocks: min(strip, blocks-b), pairs: p.inputs / 2,
				rowScale: &p.rowScale[r], scale: &p.scale[b*16], bias: &p.bias[b*16], count: next - r,
			}
			kernel(&p.args)
			r = next
		}
	}
}
