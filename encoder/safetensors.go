package encoder

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"unsafe"
)

// tensors are those of a safetensors file: eight bytes that tell the length of
// a JSON header, the header, and the numbers, little-endian
// (https://github.com/huggingface/safetensors). Their metadata holds what else
// is to be known.
type tensors struct {
	about map[string]string
	at    map[string]tensor
	body  []byte
}

type tensor struct {
	Type    string   `json:"dtype"`
	Shape   []int    `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"`
}

// maxHeader bounds the header, in bytes.
const maxHeader = 1 << 20

// readTensors takes a file apart; the numbers stay where they are.
func readTensors(data []byte) (*tensors, error) {
	if len(data) < 8 {
		return nil, fmt.Errorf("%d bytes are no safetensors file", len(data))
	}
	n := binary.LittleEndian.Uint64(data)
	if n > maxHeader || n > uint64(len(data)-8) {
		return nil, fmt.Errorf("no safetensors file, or one that is cut off: its header would have %d bytes", n)
	}
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(data[8:8+n], &entries); err != nil {
		return nil, fmt.Errorf("the header is damaged: %w", err)
	}
	t := &tensors{at: map[string]tensor{}, body: data[8+n:]}
	for name, raw := range entries {
		if name == "__metadata__" {
			if err := json.Unmarshal(raw, &t.about); err != nil {
				return nil, fmt.Errorf("the metadata is damaged: %w", err)
			}
			continue
		}
		var x tensor
		if err := json.Unmarshal(raw, &x); err != nil {
			return nil, fmt.Errorf("the header of %q is damaged: %w", name, err)
		}
		if x.Offsets[0] < 0 || x.Offsets[0] > x.Offsets[1] || x.Offsets[1] > int64(len(t.body)) {
			return nil, fmt.Errorf("%q lies outside of the file, which may be cut off", name)
		}
		t.at[name] = x
	}
	return t, nil
}

// verify compares the numbers with the digest in the metadata.
func (t *tensors) verify() error {
	sum := sha256.Sum256(t.body)
	if got := hex.EncodeToString(sum[:]); got != t.about["sha256"] {
		return fmt.Errorf("the numbers are damaged: their SHA-256 is %s, not %q as the header says", got, t.about["sha256"])
	}
	return nil
}

// bytes returns the bytes of a tensor that has this type and shape.
func (t *tensors) bytes(name, kind string, size int, shape ...int) ([]byte, error) {
	x, ok := t.at[name]
	if !ok {
		return nil, fmt.Errorf("%q is missing", name)
	}
	want := int64(size)
	for _, n := range shape {
		want *= int64(n)
	}
	if x.Type != kind || fmt.Sprint(x.Shape) != fmt.Sprint(shape) || x.Offsets[1]-x.Offsets[0] != want {
		return nil, fmt.Errorf("%q is %s %v, not %s %v", name, x.Type, x.Shape, kind, shape)
	}
	return t.body[x.Offsets[0]:x.Offsets[1]], nil
}

// ints returns a tensor of int8, in place.
func (t *tensors) ints(name string, shape ...int) ([]int8, error) {
	b, err := t.bytes(name, "I8", 1, shape...)
	if err != nil || len(b) == 0 {
		return nil, err
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(&b[0])), len(b)), nil
}

// floats returns a copy of a tensor of float32, which must be numbers.
func (t *tensors) floats(name string, shape ...int) ([]float32, error) {
	b, err := t.bytes(name, "F32", 4, shape...)
	if err != nil {
		return nil, err
	}
	f := make([]float32, len(b)/4)
	for i := range f {
		f[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if f[i]-f[i] != 0 {
			return nil, fmt.Errorf("%q holds %v", name, f[i])
		}
	}
	return f, nil
}
