package encoder

import "slices"

// A Runner holds the memory that one text needs at a time. It is not to be
// shared.
type Runner struct {
	network *Network
	pieces  int // there is room for

	x, y, inner, qkv []float32 // the activations
	whole            []int16   // the same as whole numbers
	wholeScale       []float32
	one              headMemory
	product          product
	pairs            []int64
}

// NewRunner returns a Runner of the network.
func (n *Network) NewRunner() *Runner { return &Runner{network: n} }

// grow makes room for a text of t pieces.
func (r *Runner) grow(t int) {
	if t <= r.pieces {
		return
	}
	t = (t + 31) &^ 31
	size, inner := r.network.model.Size, r.network.model.Inner
	r.pieces = t
	r.x, r.y = make([]float32, t*size), make([]float32, t*size)
	r.inner, r.qkv = make([]float32, t*inner), make([]float32, t*3*size)
	r.whole, r.wholeScale = make([]int16, t*max(size, inner)), make([]float32, t)
	r.one = newHeadMemory(t)
	r.pairs = make([]int64, 2*max(size, inner, t))
}

// Run works through a text and returns a vector for each of its pieces, one
// after the other, each [Model.Size] numbers long: what the last layer gives.
// types tells to which part of the text each piece belongs; nil is all to the
// first. A text longer than the model takes is cut. The result is lost with the
// next Run.
func (r *Runner) Run(pieces []int32, types []uint8) []float32 {
	m := r.network.model
	pieces = pieces[:min(len(pieces), m.Positions)]
	t, size := len(pieces), m.Size
	if t == 0 {
		return nil
	}
	r.grow(t)
	x, y, inner := r.x[:t*size], r.y[:t*size], r.inner[:t*m.Inner]
	for i, piece := range pieces {
		row, scale := m.words[int(piece)*size:][:size], m.wordScale[piece]
		kind := 0
		if types != nil {
			kind = int(types[i])
		}
		position, part := m.positions[i*size:][:size], m.types[kind*size:][:size]
		xx, yy := x[i*size:][:size], y[i*size:][:size]
		for j, w := range row {
			xx[j] = float32(w) * scale
			yy[j] = position[j] + part[j]
		}
		addNorm(xx, yy, m.gain, m.bias)
	}
	for i := range r.network.layers {
		l := &r.network.layers[i]
		r.apply(r.qkv, &l.attention, x, t)
		r.attend(y, t)
		r.apply(y, &l.out, y, t)
		for j := 0; j < len(x); j += size {
			addNorm(x[j:j+size], y[j:j+size], l.gain1, l.bias1)
		}
		r.apply(inner, &l.up, x, t)
		gelu(inner)
		r.apply(y, &l.down, inner, t)
		for j := 0; j < len(x); j += size {
			addNorm(x[j:j+size], y[j:j+size], l.gain2, l.bias2)
		}
	}
	return x
}

// apply writes a * from + bias for each of the t rows of from in to.
func (r *Runner) apply(to []float32, a *matrix, from []float32, t int) {
	n := a.inputs
	for i := range t {
		r.wholeScale[i] = quant(r.whole[i*n:][:n], from[i*n:][:n], top)
	}
	r.product = product{
		result: to, stride: a.outputs, rows: r.whole, rowStride: n, count: t, rowScale: r.wholeScale,
		outputs: a.outputs, inputs: n, scale: a.scale, bias: a.bias, pairs: r.pairs,
	}
	mul8(&r.product, a.weights)
}

// Head returns what a head of the network makes of one vector, or nil where the
// network has no such head.
func (n *Network) Head(name string, vector []float32) []float32 {
	h, ok := n.heads[name]
	if !ok {
		return nil
	}
	out := slices.Clone(h.bias)
	for i := range out {
		out[i] += dot(h.weights[i*len(vector):][:len(vector)], vector)
	}
	return out
}

// Outputs returns how many numbers a head of the network gives, 0 where it has
// no such head.
func (n *Network) Outputs(name string) int { return len(n.heads[name].bias) }
