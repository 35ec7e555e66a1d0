package encoder

// headMemory is what attention needs for one head at a time. Queries, keys,
// values and the shares of the softmax are whole numbers too.
type headMemory struct {
	queries, keys, row []int16 // keys and values packed, as a matrix is
	values, shares     []int16
	queryScale         []float32
	keyScale           []float32
	valueScale         []float32
	shareScale         []float32
	scores             []float32
	zeros              []float32
}

func newHeadMemory(t int) headMemory {
	h := headMemory{
		queries: make([]int16, t*headSize), keys: make([]int16, t*headSize), row: make([]int16, headSize),
		values: make([]int16, t*headSize), shares: make([]int16, t*t),
		queryScale: make([]float32, t), keyScale: make([]float32, t), valueScale: make([]float32, headSize), shareScale: make([]float32, t),
		scores: make([]float32, t*t), zeros: make([]float32, max(t, headSize)),
	}
	for i := range h.shareScale {
		h.shareScale[i] = 1.0 / shares
	}
	return h
}

// rootOfSize is 1 over the square root of headSize.
const rootOfSize = 0.17677669

// nowhere is the score of a place behind the text's end: its share is 0.
const nowhere = -1e30

// attend writes in y what each piece gathers from all pieces: for each head the
// values, by the softmax of queries times keys.
func (r *Runner) attend(y []float32, t int) {
	size, h := r.network.model.Size, &r.one
	rounded := (t + 15) &^ 15 // keys, of which the kernels take 16 at once
	even := (t + 1) &^ 1      // values, of which they take two
	for at := 0; at < size; at += headSize {
		for i := range t {
			row := r.qkv[i*3*size+at:]
			// 32 products of 8191 and 8191 stay below 2^31.
			h.queryScale[i] = quant(h.queries[i*headSize:][:headSize], row[:headSize], top) * rootOfSize
			h.keyScale[i] = quant(h.row, row[size:][:headSize], top)
			h.putKey(i, h.row)
		}
		clear(h.row)
		for i := t; i < rounded; i++ {
			h.keyScale[i] = 0
			h.putKey(i, h.row)
		}
		r.product = product{
			result: h.scores, stride: rounded, rows: h.queries, rowStride: headSize, count: t, rowScale: h.queryScale,
			outputs: rounded, inputs: headSize, scale: h.keyScale, bias: h.zeros, pairs: r.pairs,
		}
		mul16(&r.product, h.keys)
		for i := range t {
			scores := h.scores[i*rounded:][:rounded]
			for j := t; j < rounded; j++ {
				scores[j] = nowhere
			}
			softmax(h.shares[i*rounded:][:rounded], scores)
		}
		h.putValues(r.qkv[2*size+at:], 3*size, t, even)
		r.product = product{
			result: y[at:], stride: size, rows: h.shares, rowStride: rounded, count: t, rowScale: h.shareScale,
			outputs: headSize, inputs: even, scale: h.valueScale, bias: h.zeros, pairs: r.pairs,
		}
		mul16(&r.product, h.values)
	}
}

// putKey packs the key of piece i.
func (h *headMemory) putKey(i int, key []int16) {
	to := h.keys[i/16*16*headSize+i%16*2:]
	for j := 0; j < headSize; j += 2 {
		to[j*16], to[j*16+1] = key[j], key[j+1]
	}
}

// putValues packs the t values that stand in v, stride numbers apart, with zeros
// up to an even number of them. Each of their numbers has a scale of its own.
func (h *headMemory) putValues(v []float32, stride, t, even int) {
	var most, inverse [headSize]float32
	for i := range t {
		for j, f := range v[i*stride:][:headSize] {
			if f < 0 {
				f = -f
			}
			if f > most[j] {
				most[j] = f
			}
		}
	}
	for j, f := range most {
		if f == 0 {
			f = 1
		}
		inverse[j] = values / f
		h.valueScale[j] = f / values
	}
	for i := range even {
		to := h.values[i/2*32+i%2:]
		for j := range headSize {
			k := j/16*even*16 + j%16*2
			if i == t {
				to[k] = 0
			} else {
				to[k] = int16(round(float32(v[i*stride+j] * inverse[j])))
			}
		}
	}
}
