package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/blevesearch/mmap-go"
	"github.com/blevesearch/vellum"
)

// lists is what bleve's file of a segment holds. Where it is damaged anything
// that reads it may panic; see [recovered].
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
	foot := reader{data, len(data) - zapFooter}
	named, passages, _, at := foot.fixed(4), foot.fixed(8), foot.fixed(8), foot.fixed(8)
	if mode, version := foot.fixed(4), foot.fixed(4); named != 0 || mode != zapChunkMode || version != zapVersion {
		return nil, fmt.Errorf("%w: it is of another version of bleve's", ErrDamaged)
	}
	l = &lists{data: data[:len(data)-zapFooter], passages: int(passages), fields: map[string]*dictionary{}}
	fields := reader{l.data, int(at)}
	for range fields.number() {
		field := reader{l.data, int(fields.fixed(8))}
		name := string(field.bytes(field.number()))
		field.number() // options
		for range field.number() {
			kind, at := field.fixed(2), int(field.fixed(8))
			if kind != zapInverted {
				continue
			}
			section := reader{l.data, at}
			section.number() // where values of documents begin and end
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

// mapped is lists and marks in files that are mapped into memory.
type mapped struct {
	*lists
	marks  markLists
	memory []mmap.MMap
}

func mapLists(lists, marks string) (*mapped, error) {
	m := &mapped{}
	for _, path := range []string{lists, marks} {
		f, err := os.Open(path)
		if err != nil {
			return nil, errors.Join(err, m.close())
		}
		memory, err := mmap.Map(f, mmap.RDONLY, 0)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, errors.Join(err, m.close())
		}
		m.memory = append(m.memory, memory)
	}
	var err error
	if m.lists, err = readLists(m.memory[0]); err == nil {
		m.marks, err = readMarks(m.memory[1])
	}
	if err != nil {
		return nil, errors.Join(err, m.close())
	}
	return m, nil
}

func (m *mapped) close() error {
	var errs []error
	for _, memory := range m.memory {
		errs = append(errs, memory.Unmap())
	}
	return errors.Join(errs...)
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
	set    []byte // nil for one passage alone
	only   uint32 // that passage
	length uint32 // and how long it is
	counts reader // how often each holds it, and how long it is, in chunks
	of     int    // passages in all
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
	if n&zapOnce != 0 {
		return list{only: uint32(n & zapOnceMask), length: uint32(n >> zapOnceBits & zapOnceMask)}
	}
	r := reader{l.data, int(n)}
	counts := reader{l.data, r.number()}
	r.number() // where places of words are: nowhere
	return list{set: r.bytes(r.number()), counts: counts, of: l.passages}
}

// size returns how many passages hold the term.
func (l list) size() int {
	if l.set == nil {
		return 1
	}
	n := setSize(l.set)
	if n > l.of {
		panic("a list is longer than there are passages")
	}
	return n
}

// count returns how many of the passages in live hold the term; all where every one is alive.
func (l list) count(live []interval, all bool) int {
	if all {
		return l.size()
	}
	n := 0
	var c cursor
	for c.open(l, interval{0, l.of}); c.doc != exhausted; c.next() {
		for len(live) > 0 && live[0].to <= c.doc {
			live = live[1:]
		}
		if len(live) > 0 && live[0].from <= c.doc {
			n++
		}
	}
	return n
}
