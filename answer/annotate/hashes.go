package annotate

import "hash/maphash"

var seed = maphash.MakeSeed()

// HashOf returns a hash of a string, another one in each process.
func HashOf(s string) uint32 { return uint32(maphash.String(seed, s)) }

// Hash hashes the strings of an article that was not made by [Prepare] but read
// from where it is kept. It must be called before [Doc.Hashes].
func (p *Doc) Hash() {
	p.hashes = make([]uint32, len(p.Strings))
	for i, s := range p.Strings {
		p.hashes[i] = HashOf(s)
	}
}

// Hashes returns [HashOf] of each of the article's strings.
func (p *Doc) Hashes() []uint32 { return p.hashes }
