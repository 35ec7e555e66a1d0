package encoder

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// tinyPieces is a vocabulary for tests.
var tinyPieces = strings.Split("[PAD] [UNK] [CLS] [SEP] the boat ##s sank ##k sa ##n ##g off krag . , - 3 ##0 cafe ab ##lau ##f 東 京", " ")

// writer makes a file of weights, as training/export.py does.
type writer struct {
	header map[string]any
	body   []byte
	rand   *rand.Rand
}

func (w *writer) add(name, kind string, data []byte, shape ...int) {
	w.header[name] = map[string]any{"dtype": kind, "shape": shape, "data_offsets": []int{len(w.body), len(w.body) + len(data)}}
	w.body = append(w.body, data...)
}

func (w *writer) floats(name string, middle, size float64, shape ...int) {
	n := 1
	for _, s := range shape {
		n *= s
	}
	var b []byte
	for range n {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(middle+size*w.rand.NormFloat64())))
	}
	w.add(name, "F32", b, shape...)
}

func (w *writer) ints(name string, shape ...int) {
	n := 1
	for _, s := range shape {
		n *= s
	}
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(w.rand.IntN(255) - 127)
	}
	w.add(name, "I8", b, shape...)
}

func (w *writer) matrix(name string, outputs, inputs int) {
	w.ints(name, outputs/16, inputs/2, 16, 2)
	w.floats(name+".scale", 0.002, 0.0005, outputs)
	w.floats(name+".bias", 0, 0.05, outputs)
}

// tinyFile is a file of weights of two networks of two layers, all at random.
func tinyFile(change func(w *writer, about map[string]string)) []byte {
	const size, inner, positions = 64, 96, 24
	w := &writer{header: map[string]any{}, rand: rand.New(rand.NewPCG(7, 8))}
	text := strings.Join(tinyPieces, "\n")
	w.add("pieces", "U8", []byte(text), len(text))
	w.ints("words", len(tinyPieces), size)
	w.floats("words.scale", 0.01, 0.001, len(tinyPieces))
	w.floats("positions", 0, 0.2, positions, size)
	w.floats("types", 0, 0.2, 2, size)
	w.floats("norm.gain", 1, 0.1, size)
	w.floats("norm.bias", 0, 0.1, size)
	for _, network := range []string{"find", "read"} {
		for i := range 2 {
			at := fmt.Sprintf("%s.%d.", network, i)
			w.matrix(at+"attention", 3*size, size)
			w.matrix(at+"out", size, size)
			w.matrix(at+"up", inner, size)
			w.matrix(at+"down", size, inner)
			for _, norm := range []string{"norm1", "norm2"} {
				w.floats(at+norm+".gain", 1, 0.1, size)
				w.floats(at+norm+".bias", 0, 0.1, size)
			}
		}
	}
	w.floats("read.head.span", 0, 0.2, 2, size)
	w.floats("read.head.span.bias", 0, 0.2, 2)
	sum := sha256.Sum256(w.body)
	about := map[string]string{
		"format": format, "notice": "made at random for tests", "sha256": hex.EncodeToString(sum[:]),
		"shape": fmt.Sprintf(`{"tokenizer":"wordpiece","pieces":%d,"size":%d,"inner":%d,"positions":%d,"types":2,"networks":[`+
			`{"name":"find","layers":2,"heads":{}},{"name":"read","layers":2,"heads":{"span":2}}]}`, len(tinyPieces), size, inner, positions),
	}
	w.header["__metadata__"] = about
	if change != nil {
		change(w, about)
	}
	head, err := json.Marshal(w.header)
	if err != nil {
		panic(err)
	}
	file := binary.LittleEndian.AppendUint64(nil, uint64(len(head)))
	return append(append(file, head...), w.body...)
}

func tiny(t testing.TB) *Model {
	t.Helper()
	m, err := Load(tinyFile(nil))
	if err != nil {
		t.Fatal(err)
	}
	return m
}
