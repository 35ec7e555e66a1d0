// Package encodertest makes files of weights for tests, as net/http/httptest makes
// servers: tiny, at random, always the same.
package encodertest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// Pieces is the vocabulary.
var Pieces = strings.Split("[PAD] [UNK] [CLS] [SEP] the boat ##s sank ##k sa ##n ##g off krag . , - 3 ##0 cafe ab ##lau ##f 東 京", " ")

// A Writer makes a file of weights, as training/export.py does.
type Writer struct {
	Header map[string]any
	Body   []byte
	rand   *rand.Rand
}

func (w *Writer) add(name, kind string, data []byte, shape ...int) {
	w.Header[name] = map[string]any{"dtype": kind, "shape": shape, "data_offsets": []int{len(w.Body), len(w.Body) + len(data)}}
	w.Body = append(w.Body, data...)
}

func (w *Writer) floats(name string, middle, size float64, shape ...int) {
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

func (w *Writer) ints(name string, shape ...int) {
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

func (w *Writer) matrix(name string, outputs, inputs int) {
	w.ints(name, outputs/16, inputs/2, 16, 2)
	w.floats(name+".scale", 0.002, 0.0005, outputs)
	w.floats(name+".bias", 0, 0.05, outputs)
}

// Tiny is a file of weights of two networks of two layers, "find" and "read".
// change, where it is not nil, may spoil it before it is put together.
func Tiny(change func(w *Writer, about map[string]string)) []byte {
	return file(64, 96, 24, 2, change)
}

// Full is a file of weights of two networks of the size of those that are taught,
// for benchmarks. It knows few words: each other one is a single piece.
func Full() []byte { return file(384, 1536, 512, 6, nil) }

func file(size, inner, positions, layers int, change func(w *Writer, about map[string]string)) []byte {
	w := &Writer{Header: map[string]any{}, rand: rand.New(rand.NewPCG(7, 8))}
	text := strings.Join(Pieces, "\n")
	w.add("pieces", "U8", []byte(text), len(text))
	w.ints("words", len(Pieces), size)
	w.floats("words.scale", 0.01, 0.001, len(Pieces))
	w.floats("positions", 0, 0.2, positions, size)
	w.floats("types", 0, 0.2, 2, size)
	w.floats("norm.gain", 1, 0.1, size)
	w.floats("norm.bias", 0, 0.1, size)
	for _, network := range []string{"find", "read"} {
		for i := range layers {
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
	w.floats("read.head.answers", 0, 0.2, 1, size)
	w.floats("read.head.answers.bias", 0, 0.2, 1)
	sum := sha256.Sum256(w.Body)
	about := map[string]string{
		"format": "footnote 1", "notice": "made at random for tests", "sha256": hex.EncodeToString(sum[:]),
		"shape": fmt.Sprintf(`{"tokenizer":"wordpiece","pieces":%d,"size":%d,"inner":%d,"positions":%d,"types":2,"networks":[`+
			`{"name":"find","layers":%d,"heads":{}},{"name":"read","layers":%d,"heads":{"span":2,"answers":1}}]}`, len(Pieces), size, inner, positions, layers, layers),
	}
	w.Header["__metadata__"] = about
	if change != nil {
		change(w, about)
	}
	head, err := json.Marshal(w.Header)
	if err != nil {
		panic(err)
	}
	written := binary.LittleEndian.AppendUint64(nil, uint64(len(head)))
	return append(append(written, head...), w.Body...)
}
