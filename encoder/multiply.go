package encoder

// Matrices are multiplied in whole numbers, so that the order of a sum does not
// matter and every machine gets the same one: rows of int16 of up to [top] in
// size, with a scale for each row, times weights of int8 or int16, with a scale
// for each output.
const (
	top    = 8191  // 1536 products of 8191 and 127 stay below 2^31
	shares = 32767 // what the weights of one softmax sum to: with values of up to [values] below 2^31
	values = 32000
)

// A matrix has one row of weights for each output. They lie packed, as the
// kernels read them: for every 16 outputs, for every pair of inputs, the pairs of
// the 16 outputs, so that weight (j, i) is number
// ((j/16*(inputs/2)+i/2)*16 + j%16)*2 + i%2.
type matrix struct {
	outputs, inputs int
	weights         []int8
	scale, bias     []float32
}

// A product tells what to multiply: result[r][j] = float32(sum of
// row[r][i] * weight[j][i]) * rowScale[r] * scale[j] + bias[j].
type product struct {
	result          []float32
	stride          int // floats from one row of the result to the next
	rows            []int16
	rowStride       int // numbers from one row to the next
	count           int // of rows
	rowScale        []float32
	outputs, inputs int // outputs a multiple of 16, inputs even
	scale, bias     []float32
	pairs           []int64 // room for 2 * inputs numbers, which mulGo needs
	args            mulArgs // of the kernels; here, so that it need not be allocated
}

// mulGo is the definition that the kernels are held against. It makes two
// products with one multiplication: numbers of two rows stand in the halves of
// 64 bits, and no sum outgrows 32.
func mulGo[W int8 | int16](p *product, weights []W) {
	for r := 0; r < p.count; r += 4 {
		pairs := p.pairs[:2*p.inputs]
		for half := range 2 {
			low, high := min(r+2*half, p.count-1), min(r+2*half+1, p.count-1)
			a, b := p.rows[low*p.rowStride:][:p.inputs], p.rows[high*p.rowStride:][:p.inputs]
			for i := range a {
				pairs[(i>>1)*4+half*2+i&1] = int64(a[i]) + int64(b[i])<<32
			}
		}
		for j := 0; j < p.outputs; j += 2 {
			w := weights[(j/16*(p.inputs/2)*16+j%16)*2:]
			var s00, s01, s10, s11 int64 // of rows r, r+1 and r+2, r+3; outputs j and j+1
			for i := 0; i+4 <= len(pairs) && len(w) >= 4; i += 4 {
				w0, w1, w2, w3 := int64(w[0]), int64(w[1]), int64(w[2]), int64(w[3])
				q := pairs[i : i+4 : i+4]
				s00 += q[0]*w0 + q[1]*w1
				s01 += q[0]*w2 + q[1]*w3
				s10 += q[2]*w0 + q[3]*w1
				s11 += q[2]*w2 + q[3]*w3
				if len(w) < 36 {
					break
				}
				w = w[32:]
			}
			p.put(r, j, s00, s01)
			p.put(r+1, j, above(s00), above(s01))
			p.put(r+2, j, s10, s11)
			p.put(r+3, j, above(s10), above(s11))
		}
	}
}

// above returns the sum in the upper half of two sums.
func above(sums int64) int64 { return (sums - int64(int32(sums))) >> 32 }

// put writes the sums in the lower halves of s0 and s1 as two numbers of the result.
func (p *product) put(row, j int, s0, s1 int64) {
	if row >= p.count {
		return
	}
	to := p.result[row*p.stride+j:]
	to[0] = float32(float32(float32(int32(s0))*p.rowScale[row])*p.scale[j]) + p.bias[j]
	to[1] = float32(float32(float32(int32(s1))*p.rowScale[row])*p.scale[j+1]) + p.bias[j+1]
}
