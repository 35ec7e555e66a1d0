package index

import (
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// lists reads a file of bleve's: for each field the terms, and for each term the
// passages that hold it. The format is that of zap.md in package zapx, which
// writes it. bleve's own reader gives a passage at a time through three interfaces,
// which costs eight times as much as all that is done with it; and what is read
// here is little: no stored fields, no places of words, no deletions.
//
// Where a file is damaged anything may panic; see [recovered].
type lists struct {
	data     []byte
	passages int
	fields   map[string]*dictionary
}

// dictionary is the terms of a field with a number for each that says where its list is.
type dictionary struct {
	*vellum.FST
	readers sync.Pool // of *vellum.Reader, which are for one search at a time
}

// readLists reads what a file says of itself.
func readLists(data []byte) (l *lists, err error) {
	defer recovered(&err, "reading bleve's part")
	foot := reader{data, len(data) - zap.FooterSize}
	named, passages, _, at := foot.fixed(4), foot.fixed(8), foot.fixed(8), foot.fixed(8)
	if mode, version := foot.fixed(4), foot.fixed(4); named != 0 || mode != uint64(zap.DefaultChunkMode) || version != uint64(zap.Version) {
		return nil, fmt.Errorf("%w: it is of another version of bleve's", ErrDamaged)
	}
	l = &lists{data: data[:len(data)-zap.FooterSize], passages: int(passages), fields: map[string]*dictionary{}}
	fields := reader{l.data, int(at)}
	for range fields.number() {
		field := reader{l.data, int(fields.fixed(8))}
		name := string(field.bytes(field.number()))
		field.number() // options
		for range field.number() {
			kind, at := field.fixed(2), int(field.fixed(8))
			if kind != zap.SectionInvertedTextIndex || at == 0 {
				continue
			}
			section := reader{l.data, at}
			section.number() // where the values of documents begin and end
			section.number()
			terms := reader{l.data, section.number()}
			fst, err := vellum.Load(terms.bytes(terms.number()))
			if err != nil {
				return nil, fmt.Errorf("%w: field %s: %w", ErrDamaged, name, err)
			}
			l.fields[name] = &dictionary{FST: fst}
		}
	}
	return l, nil
}

// reader reads numbers one after the other.
type reader struct {
	data []byte
	at   int
}

func (r *reader) number() int {
	v, n := binary.Uvarint(r.data[r.at:])
	if n <= 0 {
		panic("a number is cut short")
	}
	r.at += n
	return int(v)
}

func (r *reader) fixed(bytes int) uint64 {
	v := uint64(0)
	for _, b := range r.bytes(bytes) {
		v = v<<8 | uint64(b)
	}
	return v
}

func (r *reader) bytes(n int) []byte {
	b := r.data[r.at : r.at+n : r.at+n]
	r.at += n
	return b
}

// list is the passages that hold a term, by local number.
type list struct {
	passages []byte // a roaring bitmap; nil for one passage alone
	only     uint32 // that passage
	length   uint32 // and how long it is
	counts   reader // how often each holds it, and how long it is, in chunks
	of       int    // passages in all
}

// find returns the list of a term and reports whether there is one.
func (l *lists) find(field, term string) (list, bool, error) {
	d := l.fields[field]
	if d == nil {
		return list{}, false, nil
	}
	r, ok := d.readers.Get().(*vellum.Reader)
	if !ok {
		var err error
		if r, err = d.Reader(); err != nil {
			return list{}, false, fmt.Errorf("%w: field %s: %w", ErrDamaged, field, err)
		}
	}
	at, ok, err := r.Get([]byte(term))
	if err != nil {
		return list{}, false, fmt.Errorf("%w: term %q: %w", ErrDamaged, term, err)
	}
	d.readers.Put(r)
	if !ok {
		return list{}, false, nil
	}
	return l.at(at), true, nil
}

// at returns the list that a dictionary gives the number of.
func (l *lists) at(n uint64) list {
	if n&zap.FSTValEncodingMask == zap.FSTValEncoding1Hit {
		doc, length := zap.FSTValDecode1Hit(n)
		return list{only: uint32(doc), length: uint32(length)}
	}
	r := reader{l.data, int(n)}
	counts := reader{l.data, r.number()}
	r.number() // where places of words are: nowhere
	return list{passages: r.bytes(r.number()), counts: counts, of: l.passages}
}

// bitmap reads the set of passages into b.
func (l list) bitmap(b *roaring.Bitmap) error {
	if l.passages == nil {
		b.Clear()
		b.Add(l.only)
		return nil
	}
	if _, err := b.FromBuffer(l.passages); err != nil {
		return fmt.Errorf("%w: passages of a term: %w", ErrDamaged, err)
	}
	return nil
}

// count returns how many passages hold the term, dead ones left out.
func (l list) count(dead *roaring.Bitmap) (int, error) {
	if l.passages == nil {
		if dead != nil && dead.Contains(l.only) {
			return 0, nil
		}
		return 1, nil
	}
	var b roaring.Bitmap
	if err := l.bitmap(&b); err != nil {
		return 0, err
	}
	n := b.GetCardinality()
	if dead != nil {
		n -= b.AndCardinality(dead)
	}
	return int(n), nil
}
