package index

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"runtime/debug"
	"slices"
	"strings"
)

// schema is the version of what this package writes. Raise it with any change
// to files, analyzers or mapping.
const schema = "footnote index 7"

// Document is one passage to be indexed. Its number is its position in the
// slice that it comes in.
type Document struct {
	Article  string // id of its article, for searching in one alone
	Language string // two-letter code
	Text     string
	About    string // what the passage stands under: headings, and the question that it answers
}

// Format names what decides about the form of an index besides its content:
// the versions of schema and bleve.
func Format() string { return schema + ", bleve " + bleveVersion() }

// Key returns the name of the index of the documents and of the further
// content given: 32 hexadecimal digits of a SHA-256 over schema, bleve's
// versions, mapping and all content. Equal keys mean equal indexes.
func Key(docs []Document, extra ...[]byte) string {
	h := sha256.New()
	m, err := json.Marshal(mappingFor(languagesOf(docs)))
	if err != nil {
		panic(err) // unreachable: a mapping of ours holds nothing that JSON lacks
	}
	for _, s := range []string{schema, modules(), string(m)} {
		sized(h, s)
	}
	for _, d := range docs {
		sized(h, d.Article)
		sized(h, d.Language)
		sized(h, d.Text)
		sized(h, d.About)
	}
	for _, e := range extra {
		sized(h, string(e))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// sized hashes a string with its length, so that no two sequences hash alike.
func sized(h hash.Hash, s string) {
	var n [8]byte
	binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
	h.Write(n[:])
	h.Write([]byte(s))
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

// languagesOf returns the languages of the documents, sorted.
func languagesOf(docs []Document) []string {
	var languages []string
	for _, d := range docs {
		if !slices.Contains(languages, d.Language) {
			languages = append(languages, d.Language)
		}
	}
	slices.Sort(languages)
	return languages
}

// name returns the id of a document in bleve: of fixed width, so that the
// order of ids is the order of documents.
func name(document int) string { return fmt.Sprintf("p%09d", document) }
