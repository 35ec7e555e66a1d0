package index

import (
	"bufio"
	"encoding/binary"
	"io"
	"iter"
	"sort"
)

// The marks of a segment lie in a file of their own. Nothing is ranked by them, so that
// bleve's format, which is made for that, would take three times as much.
//
// Field after field stand the terms in their order, in groups of [markGroup]. Of each is
// written how many bytes of the term before it begins with, none at the beginning of a
// group; how many more there are, and these; how many bytes its list takes, and the list.
// In that stands of each passage, ascending, how far it is behind the one before,
// doubled; and one more where it bears the mark more than once, then how often.
//
// The table behind says where each field lies, and where its groups begin, 4 bytes each.
// The last 8 bytes say where the table is. Other numbers are of varying length.

// markGroup is how many terms are looked through to find one.
const markGroup = 32

// markWriter writes the fields in their order, and in each the terms in theirs.
type markWriter struct {
	w       *bufio.Writer
	at      int // bytes written
	fields  []writtenMarks
	last    []byte // term
	scratch []byte
	list    []byte
}

// writtenMarks is a field that is written.
type writtenMarks struct {
	name     string
	from, to int
	terms    int
	groups   []byte
}

func newMarkWriter(w io.Writer) *markWriter {
	return &markWriter{w: bufio.NewWriterSize(w, 64<<10)}
}

func (m *markWriter) write(b []byte) {
	m.w.Write(b) // what fails is told by Flush
	m.at += len(b)
}

// field begins a field.
func (m *markWriter) field(name string) {
	m.fields = append(m.fields, writtenMarks{name: name, from: m.at, to: m.at})
}

// add writes the next term of the field with the passages that bear it, ascending.
func (m *markWriter) add(term []byte, borne []posting) {
	f := &m.fields[len(m.fields)-1]
	shared := 0
	if f.terms%markGroup == 0 {
		f.groups = binary.LittleEndian.AppendUint32(f.groups, uint32(m.at-f.from))
	} else {
		for shared < min(len(term), len(m.last)) && term[shared] == m.last[shared] {
			shared++
		}
	}
	m.list = m.list[:0]
	last := uint32(0)
	for _, p := range borne {
		behind := uint64(p.doc-last) << 1
		if last = p.doc; p.count == 1 {
			m.list = binary.AppendUvarint(m.list, behind)
		} else {
			m.list = binary.AppendUvarint(m.list, behind|1)
			m.list = binary.AppendUvarint(m.list, uint64(p.count))
		}
	}
	b := binary.AppendUvarint(m.scratch[:0], uint64(shared))
	b = binary.AppendUvarint(b, uint64(len(term)-shared))
	b = append(b, term[shared:]...)
	b = binary.AppendUvarint(b, uint64(len(m.list)))
	m.write(b)
	m.write(m.list)
	m.scratch, m.last = b, append(m.last[:0], term...)
	f.terms, f.to = f.terms+1, m.at
}

// finish writes where everything lies.
func (m *markWriter) finish() error {
	table := m.at
	b := binary.AppendUvarint(nil, uint64(len(m.fields)))
	for _, f := range m.fields {
		b = binary.AppendUvarint(b, uint64(len(f.name)))
		b = append(b, f.name...)
		b = binary.AppendUvarint(b, uint64(f.from))
		b = binary.AppendUvarint(b, uint64(f.to-f.from))
		b = binary.AppendUvarint(b, uint64(len(f.groups)))
		b = append(b, f.groups...)
	}
	m.write(binary.BigEndian.AppendUint64(b, uint64(table)))
	return m.w.Flush()
}

// markLists is the marks of a segment by their fields. Where the file is damaged anything
// that reads it may panic; see [recovered].
type markLists map[string]markTerms

// markTerms is the marks of a field.
type markTerms struct {
	data   []byte
	groups []byte // where each begins
}

// readMarks reads what a file says of itself.
func readMarks(data []byte) (all markLists, err error) {
	defer recovered(&err, "reading marks")
	foot := reader{data, len(data) - 8}
	end := foot.at
	table := reader{data[:end], int(foot.fixed(8))}
	all = markLists{}
	for range table.number() {
		name := string(table.bytes(table.number()))
		terms := reader{data, table.number()}
		all[name] = markTerms{terms.bytes(table.number()), table.bytes(table.number())}
	}
	return all, nil
}

// find returns the list of a mark, nil where nothing bears it.
func (m markTerms) find(term string) []byte {
	for c := m.from(term); c.next(); {
		if string(c.term) >= term {
			if string(c.term) == term {
				return c.list
			}
			break
		}
	}
	return nil
}

// from returns a cursor that comes to the mark, or to the first one behind it, within a
// group of marks.
func (m markTerms) from(term string) *markCursor {
	begin := func(group int) int { return int(binary.LittleEndian.Uint32(m.groups[4*group:])) }
	group := sort.Search(len(m.groups)/4, func(i int) bool {
		r := reader{m.data, begin(i)}
		r.number() // it shares nothing
		return string(r.bytes(r.number())) > term
	})
	if group == 0 {
		return &markCursor{rest: reader{data: m.data}}
	}
	return &markCursor{rest: reader{m.data, begin(group - 1)}}
}

// markCursor goes through marks in their order. It stands before the first one.
type markCursor struct {
	rest reader
	term []byte // valid until the next one
	list []byte
}

// next moves to the next mark and reports whether there is one.
func (c *markCursor) next() bool {
	if c.rest.at == len(c.rest.data) {
		return false
	}
	shared := c.rest.number()
	c.term = append(c.term[:shared], c.rest.bytes(c.rest.number())...)
	c.list = c.rest.bytes(c.rest.number())
	return true
}

// bearing goes through the passages of a list that are alive, ascending, with how often
// each bears the mark.
func bearing(list []byte, live []interval) iter.Seq2[int, int] {
	return func(yield func(passage, count int) bool) {
		passage := 0
		for r := (reader{data: list}); r.at < len(list); {
			behind, count := r.number(), 1
			passage += behind >> 1
			if behind&1 != 0 {
				count = r.number()
			}
			for len(live) > 0 && live[0].to <= passage {
				live = live[1:]
			}
			if len(live) == 0 || live[0].from <= passage && !yield(passage, count) {
				return
			}
		}
	}
}
