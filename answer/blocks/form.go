package blocks

import (
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"time"
	"unsafe"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// A form is a Doc as bytes, before they are compressed:
//
//	letters   the article's text and what else there is of strings, one after the other
//	numbers   how many there are of each thing, the outline, what there is of each passage
//	          one after the other, and what was found in the article as a whole
//
// The outline ends with a directory of the passages, so that one of them can be read
// without the others: nothing that is told of one depends on another.
//
// A number is a uvarint, mostly of how far a value is from a guess that the
// values before it allow: a token begins one byte behind the one before it, a
// term is the one that the table of words says. Zigzag makes small numbers of small
// negative ones. A slice is its length and one, or 0 where it is nil.
//
// One walk over the fields writes and reads, so that the two cannot differ. When
// it reads, a number that leads outside of what there is panics in the runtime,
// which read makes an error; nothing is made that is longer than what was read.
type form struct {
	reading bool
	b       []byte // numbers
	own     []byte // when reading: what b is when writing
	at      int    // in b, when reading

	letters []byte // when writing
	head    []byte // counts and numbers, when writing
	all     string // letters, when reading
	used    int    // of all
	text    string // of the article
	made    strings.Builder
	makes   int // bytes that made holds

	floats []float64 // those that are no whole numbers, once each
	memory int       // what reading made
	words  []known   // by their numbers
	fresh  int       // number of the next string that no token had yet
	after  []int     // by terms, and behind those by entities: the term that was implied behind them last
	undo   [][2]int  // what after held before, of this passage
	phrase int       // number behind the last string that was implied and told
	single bool      // one passage alone is read

	sizes sizes  // of the sentences and figures
	parts []part // when writing
	body  []byte // when writing

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
		if f.single {
			*s = array[T](f, int(n))
			return
		}
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
	v := uint64(f.b[f.at])
	f.at++
	if v >= 0x80 {
		return f.long()
	}
	return v
}

// long is next for a number that begins with the byte before and goes on.
func (f *form) long() uint64 {
	if v := f.b[f.at]; v < 0x80 {
		first := f.b[f.at-1]
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
func (f *form) write(d *annotate.Doc) (letters, numbers []byte) {
	*f = form{b: f.b[:0], letters: f.letters[:0], head: f.head, floats: f.floats[:0], words: f.words, after: f.after, undo: f.undo, body: f.body}
	f.sizes = sizesOf(d)
	f.outline(d)
	outline := f.b
	f.b = f.body[:0]
	f.passages(d)
	f.events(d)
	f.statements(d)
	f.b, f.body = outline, f.b
	f.directory(d)
	outline = f.b
	f.b = f.head[:0]
	f.counts()
	f.head = append(append(f.b, outline...), f.body...)
	f.b, f.text = outline, ""
	return f.letters, f.head
}

// counts says how much there is of everything.
func (f *form) counts() {
	for _, n := range []*int{&f.makes, &f.tokens.n, &f.implied.n, &f.mentions.n, &f.ints.n, &f.lists.n, &f.topical.n, &f.spans.n, &f.laid.n, &f.strings.n} {
		f.natural(n)
	}
}

// begin lets the form read numbers.
func (f *form) begin(numbers []byte) {
	*f = form{reading: true, b: numbers, own: f.ownBuffer(), letters: f.letters, head: f.head, floats: f.floats[:0], after: f.after, undo: f.undo[:0], body: f.body}
}

// end lets go of what was read.
func (f *form) end() {
	*f = form{b: f.own, letters: f.letters, head: f.head, floats: f.floats[:0], after: f.after, undo: f.undo[:0], body: f.body}
}

// ownBuffer returns the buffer that the form writes into.
func (f *form) ownBuffer() []byte {
	if f.reading {
		return f.own
	}
	return f.b
}

// recovered makes an error of a panic of reading.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = damaged("a block makes no article: %v", r)
	}
}
