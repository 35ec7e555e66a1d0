package shelf

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"sync"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
	"footnote/index"
)

// Key names an article with all that is made of it when it is prepared: wherever
// it lies, whatever its id.
type Key [16]byte

// keyOf returns the key of an article, by the digest of what it holds. It changes
// with that, with the word lists, the form of the index and the code that
// prepares, and is the same on every machine.
func (p *Preparing) keyOf(article corpus.Sum) (k Key) {
	h := sha256.New()
	io.WriteString(h, p.forAll())
	h.Write(article[:])
	copy(k[:], h.Sum(nil))
	return k
}

// Preparing says what is made of articles besides what their text tells.
type Preparing struct {
	// Sum stands for the code that prepares: it changes when that makes something
	// else of an article.
	Sum []byte
	// Marks returns the marks of each passage of an article.
	Marks func(*annotate.Doc) [][]index.Mark

	once sync.Once
	of   string
}

// forAll is what decides about what is made of any article.
func (p *Preparing) forAll() string {
	p.once.Do(func() { p.of = index.Key(p.Sum, words.Digest()) })
	return p.of
}

// KeyOf returns the key of the library of a source, where nothing has to be read for
// it and it has an article.
func (p *Preparing) KeyOf(from Source) (key string, ok bool) {
	v := &version{}
	for n := range from.Len() {
		c, ok := from.Known(n)
		if !ok {
			return "", false
		}
		if (c.Sum != corpus.Sum{}) {
			v.entries = append(v.entries, entry{Header: c.Header, key: p.keyOf(c.Sum)})
		}
	}
	return v.key(), len(v.entries) > 0
}

// key returns the key of the library: of the ids and keys of its articles.
func (v *version) key() string {
	if v.named != "" {
		return v.named
	}
	h := sha256.New()
	for i := range v.entries {
		e := &v.entries[i]
		var n [8]byte
		n[0], n[1], n[2], n[3] = byte(len(e.ID)), byte(len(e.ID)>>8), byte(len(e.ID)>>16), byte(len(e.ID)>>24)
		h.Write(n[:])
		h.Write([]byte(e.ID))
		h.Write(e.key[:])
	}
	v.named = hex.EncodeToString(h.Sum(nil)[:16])
	return v.named
}

// segmentKey returns the key of a segment: of its articles', in their order. A
// library that holds an article twice may need another segment of the same articles,
// which is to be none of those that are used.
func segmentKey(articles []Key, used func(key string) bool) string {
	b := make([]byte, 0, len(articles)*len(Key{}))
	for _, k := range articles {
		b = append(b, k[:]...)
	}
	for n := byte(0); ; n++ {
		if key := index.Key([]byte{n}, b); !used(key) {
			return key
		}
	}
}
