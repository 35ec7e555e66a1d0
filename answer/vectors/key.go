package vectors

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"footnote/encoder"
)

// version names what is made of a text. Raise it with any change to that;
// TestVersion says when.
const version = "footnote vectors 1\n"

// A Key names what a passage's vectors were made of.
type Key [sha256.Size]byte

// KeyOf returns the key of what [Encoder.Passage] makes of a passage.
func KeyOf(m *encoder.Model, about string, sentences []string) Key {
	var b []byte
	for _, s := range append([]string{version, m.Digest, about}, sentences...) {
		b = binary.LittleEndian.AppendUint64(b, uint64(len(s)))
		b = append(b, s...)
	}
	return sha256.Sum256(b)
}

// Tag names the model among those whose vectors are stored, in 16 hexadecimal digits.
func Tag(m *encoder.Model) string {
	key := KeyOf(m, "", nil)
	return fmt.Sprintf("%x", key[:8])
}
