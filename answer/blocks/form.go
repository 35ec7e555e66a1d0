package blocks

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"sync"
	"time"
	"unsafe"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// A form is a Doc as bytes, before they are compressed:
//
//	header    numbers: how many letters, numbers and made letters follow, and how many of each thing
//	letters   the article's text and all other strings, one after the other
//	numbers   the rest, in the order of doc below
//
// A number is a uvarint, mostly of how far a value is from a guess that the
// values before it allow: a token begins one byte behind the one before it, a
// term is the one that its word had before. Zigzag makes small numbers of small
// negative ones. A slice is its length and one, or 0 where it is nil.
//
// One walk over the fields writes and reads, so that the two cannot differ. When
// it reads, a number that leads outside of what there is panics in the runtime,
// which read makes an error; nothing is made that is longer than what was read.
type form struct {
	reading bool
	b       []byte // numbers
	at      int    // in b, when reading

	letters []byte // when writing
	raw     []byte // the whole, when writing
	all     string // letters, when reading
	used    int    // of all
	text    string // of the article
	made    strings.Builder
	makes   int // bytes that made holds

	floats []float64 // those that are no whole numbers, once each
	memory int       // what reading made
	words  []known   // by their numbers, of the tokens so far
	fresh  int       // number of the next string that no token had yet

	tokens   slab[annotate.Token]
	implied  slab[annotate.Implied]
	mentions slab[annotate.Mention]
	ints     slab[int]
	lists    slab[[]int]
	topical  slab[annotate.Topical]
	spans    slab[corpus.Span]
	laid     slab[corpus.Sentence]
	strings  slab[string]
}

// forms keeps what a form needs besides what it makes.
var forms = sync.Pool{New: func() any { return new(form) }}

// slab is the memory of all slices of one kind in a Doc.
type slab[T any] struct {
	n    int // of all of them, when writing
	free []T // when reading
}

// make makes room for the slices.
func (s *slab[T]) make(f *form) { s.free = array[T](f, s.n) }

// array makes a slice for n things, each of which takes at least a byte.
func array[T any](f *form, n int) []T {
	if n < 0 || n > len(f.b)+len(f.all) {
		panic(errForm)
	}
	var zero T
	f.memory += n * int(unsafe.Sizeof(zero))
	return make([]T, n)
}

var errForm = fmt.Errorf("more things than bytes")

// slice reads or writes the length of *s, and when reading takes it from the slab.
func slice[T any](f *form, s *[]T, from *slab[T]) {
	if !f.reading {
		from.n += len(*s)
		f.length(len(*s), *s == nil)
		return
	}
	switch n := f.next(); n {
	case 0:
		*s = nil
	case 1:
		*s = []T{}
	default:
		n--
		*s, from.free = from.free[:n:n], from.free[n:]
	}
}

// whole is slice for a kind of which a Doc has one.
func whole[T any](f *form, s *[]T) {
	if !f.reading {
		f.length(len(*s), *s == nil)
		return
	}
	*s = nil
	if n := f.next(); n > 0 {
		*s = array[T](f, int(n-1))
	}
}

func (f *form) length(n int, none bool) {
	if none {
		f.put(0)
	} else {
		f.put(uint64(n) + 1)
	}
}

func (f *form) put(v uint64) {
	if v < 0x80 {
		f.b = append(f.b, byte(v))
		return
	}
	f.b = binary.AppendUvarint(f.b, v)
}

func (f *form) next() uint64 {
	v := f.b[f.at]
	f.at++
	if v < 0x80 {
		return uint64(v)
	}
	return f.long(v)
}

func (f *form) long(first byte) uint64 {
	if v := f.b[f.at]; v < 0x80 {
		f.at++
		return uint64(first&0x7f) | uint64(v)<<7
	}
	v, n := binary.Uvarint(f.b[f.at-1:])
	if n <= 0 {
		panic(errForm)
	}
	f.at += n - 1
	return v
}

func zigzag(x int) uint64   { return uint64(x)<<1 ^ uint64(x>>63) }
func unzigzag(v uint64) int { return int(v>>1) ^ -int(v&1) }

// near reads or writes x as what it is more than the guess.
func (f *form) near(x *int, guess int) {
	if f.reading {
		*x = guess + unzigzag(f.next())
	} else {
		f.put(zigzag(*x - guess))
	}
}

func (f *form) int(x *int) { f.near(x, 0) }

// natural is int for what is never below 0.
func (f *form) natural(x *int) {
	if f.reading {
		*x = int(f.next())
	} else {
		f.put(uint64(*x))
	}
}

func small[T ~uint8 | ~uint16](f *form, x *T) {
	if f.reading {
		*x = T(f.next())
	} else {
		f.put(uint64(*x))
	}
}

// flags reads or writes up to seven of them.
func (f *form) flags(all ...*bool) {
	if f.reading {
		v := f.next()
		for i, x := range all {
			*x = v>>i&1 != 0
		}
		return
	}
	var v uint64
	for i, x := range all {
		if *x {
			v |= 1 << i
		}
	}
	f.put(v)
}

// sameFloats is how many floats are looked at for the same one; weights are few.
const sameFloats = 256

// float writes whole numbers as such, and of others how manieth it is of those so far.
func (f *form) float(x *float64) {
	if f.reading {
		v := f.next()
		switch {
		case v&1 == 0:
			*x = float64(unzigzag(v >> 1))
		case v>>1 < uint64(len(f.floats)):
			*x = f.floats[v>>1]
		default:
			*x = math.Float64frombits(binary.LittleEndian.Uint64(f.b[f.at:]))
			f.at += 8
			f.floats = append(f.floats, *x)
		}
		return
	}
	bits := math.Float64bits(*x)
	if n := int(*x); math.Abs(*x) < 1<<53 && math.Float64bits(float64(n)) == bits {
		f.put(zigzag(n) << 1)
		return
	}
	for i, known := range f.floats[:min(len(f.floats), sameFloats)] {
		if math.Float64bits(known) == bits {
			f.put(uint64(i)<<1 | 1)
			return
		}
	}
	f.put(uint64(len(f.floats))<<1 | 1)
	f.b = binary.LittleEndian.AppendUint64(f.b, bits)
	f.floats = append(f.floats, *x)
}

func (f *form) string(x *string) {
	n := len(*x)
	f.natural(&n)
	if f.reading {
		*x = f.letter(n)
	} else {
		f.letters = append(f.letters, *x...)
	}
}

// letter takes the next n letters.
func (f *form) letter(n int) string {
	s := f.all[f.used:][:n]
	f.used += n
	return s
}

// time is a moment in UTC.
func (f *form) time(x *time.Time) {
	seconds, nanos := int(x.Unix()), x.Nanosecond()
	f.int(&seconds)
	f.natural(&nanos)
	if f.reading {
		*x = time.Unix(int64(seconds), int64(nanos)).UTC()
	}
}

// span reads or writes a span that is likely to begin at start and to be length long.
func (f *form) span(x *corpus.Span, start, length int) {
	f.near(&x.Start, start)
	f.near(&x.End, x.Start+length)
}

func (f *form) spanList(x *[]corpus.Span, start int) {
	slice(f, x, &f.spans)
	for i := range *x {
		s := &(*x)[i]
		f.span(s, start, 0)
		start = s.End + 1
	}
}

func (f *form) intList(x *[]int) {
	slice(f, x, &f.ints)
	for i := range *x {
		f.natural(&(*x)[i])
	}
}

// write returns the form of the article; it holds until the next call.
func (f *form) write(d *annotate.Doc) []byte {
	*f = form{b: f.b[:0], letters: f.letters[:0], raw: f.raw[:0], floats: f.floats[:0], words: f.words}
	f.doc(d)
	numbers := f.b
	f.b = f.raw
	letters := len(f.letters)
	f.header(&letters)
	f.raw = append(append(f.b, f.letters...), numbers...)
	f.b, f.text = numbers, ""
	return f.raw
}

// header says how much there is of everything.
func (f *form) header(letters *int) {
	for _, n := range []*int{letters, &f.makes, &f.tokens.n, &f.implied.n, &f.mentions.n, &f.ints.n, &f.lists.n, &f.topical.n, &f.spans.n, &f.laid.n, &f.strings.n} {
		f.natural(n)
	}
}

// read returns the article of a form, and about how many bytes of memory it takes.
func (f *form) read(raw []byte) (d *annotate.Doc, memory int, err error) {
	own := f.b
	*f = form{reading: true, b: raw, letters: f.letters, raw: f.raw, floats: f.floats[:0], words: f.words}
	defer func() {
		if r := recover(); r != nil {
			d, memory, err = nil, 0, damaged("a block makes no article: %v", r)
		}
		*f = form{b: own, letters: f.letters, raw: f.raw, floats: f.floats, words: f.words}
	}()
	var letters int
	f.header(&letters)
	f.all = string(raw[f.at:][:letters])
	f.b, f.at = raw[f.at+letters:], 0
	if f.makes > letters {
		panic(errForm)
	}
	f.made.Grow(f.makes)
	f.tokens.make(f)
	f.implied.make(f)
	f.mentions.make(f)
	f.ints.make(f)
	f.lists.make(f)
	f.topical.make(f)
	f.spans.make(f)
	f.laid.make(f)
	f.strings.make(f)
	d = &annotate.Doc{Article: &corpus.Article{}}
	f.doc(d)
	if f.at != len(f.b) || f.used != letters || f.made.Len() != f.makes {
		return nil, 0, damaged("a block goes on behind its article")
	}
	return d, f.memory + letters + f.makes + int(unsafe.Sizeof(*d)+unsafe.Sizeof(*d.Article)), nil
}
