package encoder

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"unsafe"
)

// eachLevel runs a test with every kernel that this processor has, plain Go first.
func eachLevel(t testing.TB, test func(l level)) {
	best := kernels
	defer func() { kernels = best }()
	if best == plain {
		t.Logf("no kernels here but plain Go")
	}
	for l := plain; l <= best; l++ {
		kernels = l
		test(l)
	}
}

// TestArgs holds the offsets that the generator counts with against the struct.
func TestArgs(t *testing.T) {
	var a mulArgs
	got := []uintptr{unsafe.Offsetof(a.result), unsafe.Offsetof(a.stride), unsafe.Offsetof(a.rows), unsafe.Offsetof(a.rowBytes), unsafe.Offsetof(a.weights),
		unsafe.Offsetof(a.blocks), unsafe.Offsetof(a.pairs), unsafe.Offsetof(a.rowScale), unsafe.Offsetof(a.scale), unsafe.Offsetof(a.bias), unsafe.Offsetof(a.count)}
	for i, at := range got {
		if at != uintptr(8*i) {
			t.Errorf("field %d of mulArgs stands at %d", i, at)
		}
	}
}

// TestGenerated fails where the assembly is not what its generator writes.
func TestGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: builds a program")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "kernels")
	build := exec.Command("go", "build", "-o", program, "./kernels")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	generate := exec.Command(program)
	generate.Dir = dir
	if out, err := generate.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"kernel_amd64.s", "kernel_arm64.s"} {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what is generated (%v); run `go generate ./encoder`", name, err)
		}
	}
}

// random returns a product of the given size with its weights in both widths.
func random(r *rand.Rand, count, outputs, inputs int) (*product, []int8, []int16) {
	p := &product{
		stride: outputs + r.IntN(3), rowStride: inputs + 2*r.IntN(3), count: count,
		outputs: outputs, inputs: inputs, pairs: make([]int64, 2*inputs),
		rowScale: floats(r, count, 1), scale: floats(r, outputs, 1), bias: floats(r, outputs, 100),
	}
	p.rows = make([]int16, count*p.rowStride)
	for i := range p.rows {
		p.rows[i] = int16(r.IntN(2*top+1) - top)
	}
	w := make([]int8, outputs*inputs)
	for i := range w {
		w[i] = int8(r.IntN(255) - 127)
	}
	if r.IntN(4) == 0 { // the largest sum there can be
		for i := range p.rows {
			p.rows[i] = top
		}
		for i := range w {
			w[i] = 127
		}
	}
	wide := make([]int16, len(w))
	for i, v := range w {
		wide[i] = int16(v)
	}
	return p, w, wide
}

func floats(r *rand.Rand, n int, size float64) []float32 {
	f := make([]float32, n)
	for i := range f {
		f[i] = float32(r.NormFloat64() * size)
	}
	return f
}

func equal(t testing.TB, what string, got, want []float32) {
	t.Helper()
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%s: number %d is %v, not %v", what, i, got[i], want[i])
		}
	}
}

// simple multiplies as the comment at product says, with the weights packed.
func simple(p *product, weights []int8) []float32 {
	out := make([]float32, p.count*p.stride)
	for r := range p.count {
		for j := range p.outputs {
			sum := int32(0)
			for i := range p.inputs {
				sum += int32(p.rows[r*p.rowStride+i]) * int32(weights[((j/16*(p.inputs/2)+i/2)*16+j%16)*2+i%2])
			}
			out[r*p.stride+j] = float32(float32(float32(sum)*p.rowScale[r])*p.scale[j]) + p.bias[j]
		}
	}
	return out
}

// Every kernel gives what plain Go gives, to the bit, for every number of rows.
func TestMultiply(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for count := 1; count <= 40; count++ {
		for _, inputs := range []int{2, 34, 384, 1536} {
			if inputs > 384 && (count > 14 || testing.Short()) {
				continue
			}
			p, narrow, wide := random(r, count, 48, inputs)
			want := simple(p, narrow)
			eachLevel(t, func(l level) {
				what := fmt.Sprintf("level %d, %d rows of %d", l, count, inputs)
				p.result = make([]float32, len(want))
				mul8(p, narrow)
				equal(t, "int8, "+what, p.result, want)
				p.result = make([]float32, len(want))
				mul16(p, wide)
				equal(t, "int16, "+what, p.result, want)
			})
		}
	}
}

// The rest of the vector code gives what plain Go gives, to the bit.
func TestSameFloats(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		n := 8 * (1 + r.IntN(48))
		x := floats(r, n, math.Exp(r.NormFloat64()*2))
		y, gain, bias := floats(r, n, 1), floats(r, n, 1), floats(r, n, 1)
		x[r.IntN(n)] = 0
		if r.IntN(50) == 0 {
			clear(x)
		}
		var whole []int16
		var all []float32
		eachLevel(t, func(l level) {
			a := make([]int16, 2*n)
			scale := quant(a[:n], x, top)
			g, s, m := slices.Clone(x), slices.Clone(x), slices.Clone(x)
			gelu(g)
			addNorm(m, y, gain, bias)
			softmax(a[n:], s)
			got := slices.Concat([]float32{scale}, g, m)
			if l == plain {
				whole, all = a, got
				return
			}
			equal(t, fmt.Sprintf("level %d", l), got, all)
			if !slices.Equal(a, whole) {
				t.Fatalf("level %d: other whole numbers of %v", l, x)
			}
		})
	}
}

// exp32 and gelu32 are as near to the truth as their polynomials are.
func TestNearTruth(t *testing.T) {
	for x := -87.0; x < 1; x += 0.01 {
		if e := math.Exp(x); math.Abs(float64(exp32(float32(x)))-e) > 3e-7*e*math.Max(1, -x) {
			t.Errorf("exp %v: %v, not %v", x, exp32(float32(x)), e)
		}
	}
	for x := -8.0; x < 8; x += 0.01 {
		if g := x * (1 + math.Erf(x/math.Sqrt2)) / 2; math.Abs(float64(gelu32(float32(x)))-g) > 2e-6 {
			t.Errorf("gelu %v: %v, not %v", x, gelu32(float32(x)), g)
		}
	}
}

func FuzzMultiply(f *testing.F) {
	f.Add(uint64(1), 7, 3, 5)
	f.Fuzz(func(t *testing.T, seed uint64, count, outputs, inputs int) {
		r := rand.New(rand.NewPCG(seed, 5))
		p, narrow, _ := random(r, 1+(count&63), 16*(1+outputs&7), 2*(1+inputs&127))
		want := simple(p, narrow)
		eachLevel(t, func(l level) {
			p.result = make([]float32, len(want))
			mul8(p, narrow)
			equal(t, fmt.Sprintf("level %d", l), p.result, want)
		})
	})
}

func BenchmarkMultiply(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	p, narrow, wide := random(r, 60, 1536, 384)
	p.result = make([]float32, p.count*p.stride)
	eachLevel(b, func(l level) {
		b.Run(fmt.Sprintf("%s/int8", Kernel()), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mul8(p, narrow)
			}
			b.ReportMetric(float64(p.count*p.inputs*p.outputs)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
		})
		b.Run(fmt.Sprintf("%s/int16", Kernel()), func(b *testing.B) {
			for b.Loop() {
				mul16(p, wide)
			}
		})
	})
}
