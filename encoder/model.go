package encoder

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// format is what the metadata of a file of weights must say; it changes when
// files are laid out otherwise.
const format = "footnote 1"

// headSize is how many numbers of a vector one attention head looks at.
const headSize = 32

// A Model is a tokenizer, tables of embeddings and the networks that share
// them. It never changes and may be shared.
type Model struct {
	Tokenizer
	Notice string // where the weights come from and under which licences
	Digest string // of the weights: SHA-256 in hexadecimal

	shape
	languages        []string // codes, or "*" for all
	networks         map[string]*Network
	words            []int8 // a row for each piece
	wordScale        []float32
	positions, types []float32 // a row for each place in a text, and for each part of it
	gain, bias       []float32
}

// shape is the architecture, as the metadata "shape" of a file tells it in JSON.
type shape struct {
	Tokenizer string `json:"tokenizer"` // "wordpiece" or "unigram"
	Known     int    `json:"pieces"`    // pieces of the vocabulary
	Size      int    `json:"size"`      // of a vector
	Inner     int    `json:"inner"`     // of a vector between the two halves of a layer
	Positions int    `json:"positions"` // how many pieces a text may have
	Types     int    `json:"types"`     // how many parts
	Networks  []struct {
		Name   string         `json:"name"`
		Layers int            `json:"layers"`
		Heads  map[string]int `json:"heads"` // numbers that each head gives
	} `json:"networks"`
}

// check bounds what a file may ask for and refuses what the kernels cannot do.
func (s *shape) check() error {
	switch {
	case s.Size < headSize || s.Size%headSize != 0 || s.Size > 1536:
		return fmt.Errorf("vectors of %d numbers; it takes a multiple of %d up to 1536", s.Size, headSize)
	case s.Inner < 16 || s.Inner%16 != 0 || s.Inner > 1536:
		return fmt.Errorf("inner vectors of %d numbers; it takes a multiple of 16 up to 1536", s.Inner)
	case s.Positions < 8 || s.Positions > 4096 || s.Known < 1 || s.Known > 1<<20 || s.Types < 1 || s.Types > 16 || len(s.Networks) > 16:
		return errors.New("its tables have impossible sizes")
	}
	for _, n := range s.Networks {
		if n.Layers < 1 || n.Layers > 48 {
			return fmt.Errorf("network %q has %d layers; it takes 1 to 48", n.Name, n.Layers)
		}
	}
	return nil
}

// A Network is a stack of layers with its heads. It may be shared.
type Network struct {
	model  *Model
	layers []layer
	heads  map[string]head
}

type layer struct {
	attention, out, up, down   matrix // attention: queries, keys and values one after the other
	gain1, bias1, gain2, bias2 []float32
}

// A head is a linear map from a vector to a few numbers.
type head struct{ weights, bias []float32 }

// Load reads a file of weights, which training/ writes. The model keeps parts of
// data, which must not change.
func Load(data []byte) (*Model, error) {
	m, err := load(data)
	if err != nil {
		return nil, fmt.Errorf("not the weights of a model: %w", err)
	}
	return m, nil
}

func load(data []byte) (*Model, error) {
	t, err := readTensors(data)
	if err != nil {
		return nil, err
	}
	if got := t.about["format"]; got != format {
		return nil, fmt.Errorf("its format is %q, not %q; make it with training/export.py", got, format)
	}
	m := &Model{Notice: t.about["notice"], Digest: t.about["sha256"], networks: map[string]*Network{}}
	m.languages = strings.Fields(cmp.Or(t.about["languages"], "en"))
	if err := json.Unmarshal([]byte(t.about["shape"]), &m.shape); err != nil {
		return nil, fmt.Errorf("the shape is damaged: %w", err)
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	if err := t.verify(); err != nil {
		return nil, err
	}
	r := &reader{tensors: t}
	m.words, m.wordScale = r.ints("words", m.Known, m.Size), r.floats("words.scale", m.Known)
	m.positions, m.types = r.floats("positions", m.Positions, m.Size), r.floats("types", m.Types, m.Size)
	m.gain, m.bias = r.floats("norm.gain", m.Size), r.floats("norm.bias", m.Size)
	for _, n := range m.Networks {
		network := &Network{model: m, heads: map[string]head{}}
		for i := range n.Layers {
			network.layers = append(network.layers, r.layer(fmt.Sprintf("%s.%d.", n.Name, i), m.Size, m.Inner))
		}
		for name, outputs := range n.Heads {
			at := n.Name + ".head." + name
			network.heads[name] = head{r.floats(at, outputs, m.Size), r.floats(at+".bias", outputs)}
		}
		m.networks[n.Name] = network
	}
	m.Tokenizer, err = newTokenizer(r, m.shape.Tokenizer, m.Known)
	return m, err
}

// Covers reports whether the networks are taught in a language, told by its
// two-letter code. The metadata "languages" of a file holds the codes, "*" for all;
// without it the language is English.
func (m *Model) Covers(language string) bool {
	return slices.Contains(m.languages, language) || slices.Contains(m.languages, "*")
}

// Network returns the network of that name, or nil.
func (m *Model) Network(name string) *Network { return m.networks[name] }

// reader reads tensors and keeps the first error.
type reader struct {
	*tensors
	err error
}

func (r *reader) note(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *reader) ints(name string, shape ...int) []int8 {
	v, err := r.tensors.ints(name, shape...)
	r.note(err)
	return v
}

func (r *reader) floats(name string, shape ...int) []float32 {
	v, err := r.tensors.floats(name, shape...)
	r.note(err)
	return v
}

func (r *reader) text(name string) string {
	b, err := r.bytes(name, "U8", 1, int(r.at[name].Offsets[1]-r.at[name].Offsets[0]))
	r.note(err)
	return string(b)
}

// matrix reads weights that the file holds packed.
func (r *reader) matrix(name string, outputs, inputs int) matrix {
	return matrix{outputs: outputs, inputs: inputs, weights: r.ints(name, outputs/16, inputs/2, 16, 2),
		scale: r.floats(name+".scale", outputs), bias: r.floats(name+".bias", outputs)}
}

func (r *reader) layer(at string, size, inner int) layer {
	return layer{
		attention: r.matrix(at+"attention", 3*size, size), out: r.matrix(at+"out", size, size),
		up: r.matrix(at+"up", inner, size), down: r.matrix(at+"down", size, inner),
		gain1: r.floats(at+"norm1.gain", size), bias1: r.floats(at+"norm1.bias", size),
		gain2: r.floats(at+"norm2.gain", size), bias2: r.floats(at+"norm2.bias", size),
	}
}
