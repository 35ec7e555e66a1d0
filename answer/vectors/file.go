package vectors

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Passages are stored one after the other, little-endian: which model made them,
// how many there are and how many numbers a vector has, then for each passage how
// many sentences it has, their ends, the mean and the signs.

// Marshal writes passages, and by which model they were made, for [Unmarshal].
func Marshal(passages []Passage, model string) []byte {
	size := 0
	for _, p := range passages {
		size = max(size, len(p.Mean))
	}
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(model)))
	b = append(b, model...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(passages)))
	b = binary.LittleEndian.AppendUint32(b, uint32(size))
	for _, p := range passages {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(p.Ends)))
		for _, end := range p.Ends {
			b = binary.LittleEndian.AppendUint32(b, end)
		}
		if len(p.Ends) == 0 {
			continue
		}
		for _, v := range p.Mean {
			b = append(b, byte(v))
		}
		b = append(b, p.Signs...)
	}
	return b
}

var errDamaged = errors.New("the vectors are damaged")

// Unmarshal reads what [Marshal] wrote. The passages keep parts of b.
func Unmarshal(b []byte) (passages []Passage, model string, err error) {
	length, b, ok := number(b)
	if !ok || length > len(b) {
		return nil, "", errDamaged
	}
	model, b = string(b[:length]), b[length:]
	n, b, ok := number(b)
	size, b, ok2 := number(b)
	if !ok || !ok2 || size%8 != 0 || n > len(b)/4+1 {
		return nil, "", errDamaged
	}
	passages = make([]Passage, n)
	for i := range passages {
		p := &passages[i]
		var sentences int
		if sentences, b, ok = number(b); !ok || sentences > len(b)/4 || sentences > 0 && size == 0 {
			return nil, "", fmt.Errorf("%w: passage %d", errDamaged, i)
		}
		if sentences == 0 {
			continue
		}
		p.Ends = make([]uint32, sentences)
		last := uint32(0)
		for k := range p.Ends {
			p.Ends[k] = binary.LittleEndian.Uint32(b[4*k:])
			if p.Ends[k] < last {
				return nil, "", fmt.Errorf("%w: passage %d", errDamaged, i)
			}
			last = p.Ends[k]
		}
		b = b[4*sentences:]
		if len(b) < size || (len(b)-size)/(size/8) < int(last) {
			return nil, "", fmt.Errorf("%w: passage %d", errDamaged, i)
		}
		p.Mean = make([]int8, size)
		for k := range p.Mean {
			p.Mean[k] = int8(b[k])
		}
		end := size + int(last)*size/8
		p.Signs, b = b[size:end:end], b[end:]
	}
	if len(b) > 0 {
		return nil, "", errDamaged
	}
	return passages, model, nil
}

// number takes the next number off.
func number(b []byte) (int, []byte, bool) {
	if len(b) < 4 {
		return 0, b, false
	}
	return int(binary.LittleEndian.Uint32(b)), b[4:], true
}
