package index

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"runtime/debug"
	"slices"
	"strings"
)

// schema is the version of what this package writes. Raise it with any change
// to files, analyzers or fields.
const schema = "footnote index 12"

// Format names what decides about the form of a segment besides its content:
// the versions of schema and bleve.
func Format() string { return schema + ", bleve " + bleveVersion() }

// Key returns the name of a segment with this content: 32 hexadecimal digits
// of a SHA-256 over schema, the versions of bleve's modules and the content.
func Key(content ...[]byte) string {
	h := sha256.New()
	sized(h, []byte(schema))
	sized(h, []byte(modules()))
	for _, c := range content {
		sized(h, c)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// sized hashes bytes with their number, so that no two sequences hash alike.
func sized(h hash.Hash, b []byte) {
	var n [8]byte
	binary.LittleEndian.PutUint64(n[:], uint64(len(b)))
	h.Write(n[:])
	h.Write(b)
}

// modules returns the versions of all of bleve's modules in this binary.
func modules() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	var v []string
	for _, d := range info.Deps {
		if strings.HasPrefix(d.Path, "github.com/blevesearch/") {
			v = append(v, d.Path+"@"+d.Version)
		}
	}
	slices.Sort(v)
	return strings.Join(v, "\n")
}

func bleveVersion() string {
	for _, m := range strings.Split(modules(), "\n") {
		if v, ok := strings.CutPrefix(m, "github.com/blevesearch/bleve/v2@"); ok {
			return v
		}
	}
	return "unknown"
}
