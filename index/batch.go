package index

import (
	"strings"

	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// plugin writes and reads bleve's files of segments.
var plugin zap.ZapPlugin

// batch holds passages as bleve's writer takes them: each word once, and the
// numbers of words with how often they come in place of texts.
type batch struct {
	fields   []*field
	byName   map[string]*field
	words    []string
	byWord   map[string]uint32
	count    []uint32 // of the value at hand, by word
	counts   []wordCount
	passages []bindex.Document
}

// wordCount is a word and how often it comes.
type wordCount struct{ word, count uint32 }

// field is a field with what the passage at hand has in it, which bleve asks
// for twice a passage.
type field struct {
	name  string
	tally bindex.TokenFrequencies
	spare []*bindex.TokenFreq
}

func newBatch() *batch {
	return &batch{byName: map[string]*field{}, byWord: map[string]uint32{}}
}

// add takes a passage.
func (b *batch) add(d Document) {
	p := &passage{}
	if len(d.Terms) > 0 {
		p.values = append(p.values, b.value(textField(d.Language), d.Terms, len(d.Terms)))
	}
	if len(d.About) > 0 {
		p.values = append(p.values, b.value(aboutField(d.Language), d.About, len(d.About)))
	}
	marks := map[string][]string{}
	var kinds []string
	for _, m := range d.Marks {
		if _, ok := marks[m.Field]; !ok {
			kinds = append(kinds, m.Field)
		}
		marks[m.Field] = append(marks[m.Field], m.Term)
	}
	for _, kind := range kinds {
		// They have no length: nothing is ranked by them. bleve takes 0 for none.
		p.values = append(p.values, b.value(markField(kind), marks[kind], 1))
	}
	b.passages = append(b.passages, p)
}

// value counts the terms of a field of a passage.
func (b *batch) value(name string, terms []string, length int) *value {
	f := b.byName[name]
	if f == nil {
		f = &field{name: name, tally: bindex.TokenFrequencies{}}
		b.fields, b.byName[name] = append(b.fields, f), f
	}
	v := &value{batch: b, field: f, length: length, from: len(b.counts)}
	for _, t := range terms {
		w, ok := b.byWord[t]
		if !ok {
			w = uint32(len(b.words))
			t = strings.Clone(t) // which may be a piece of a whole article
			b.words, b.count, b.byWord[t] = append(b.words, t), append(b.count, 0), w
		}
		if b.count[w]++; b.count[w] == 1 {
			b.counts = append(b.counts, wordCount{word: w})
		}
	}
	v.to = len(b.counts)
	for i := v.from; i < v.to; i++ {
		c := &b.counts[i]
		c.count, b.count[c.word] = b.count[c.word], 0
	}
	return v
}

// segment returns the passages as a segment of bleve's, in their order.
func (b *batch) segment() (segment.Segment, error) {
	s, _, err := plugin.New(b.passages)
	return s, err
}

// passage is a document to bleve.
type passage struct{ values []*value }

func (p *passage) VisitFields(visit bindex.FieldVisitor) {
	visit(id{})
	for _, v := range p.values {
		visit(v)
	}
}

func (p *passage) ID() string                                  { return "" }
func (p *passage) Size() int                                   { return 0 }
func (p *passage) VisitComposite(bindex.CompositeFieldVisitor) {}
func (p *passage) HasComposite() bool                          { return false }
func (p *passage) NumPlainTextBytes() uint64                   { return 0 }
func (p *passage) AddIDField()                                 {}
func (p *passage) StoredFieldsBytes() uint64                   { return 0 }
func (p *passage) Indexed() bool                               { return true }

// value is what a passage has in a field.
type value struct {
	batch    *batch
	field    *field
	length   int
	from, to int // its counts
}

// AnalyzedTokenFrequencies returns the words with how often they come, until the next
// passage is asked: a map that lasts would cost a hundred times as much memory.
func (v *value) AnalyzedTokenFrequencies() bindex.TokenFrequencies {
	f := v.field
	clear(f.tally)
	for i, c := range v.batch.counts[v.from:v.to] {
		if i == len(f.spare) {
			f.spare = append(f.spare, &bindex.TokenFreq{})
		}
		f.spare[i].SetFrequency(int(c.count))
		f.tally[v.batch.words[c.word]] = f.spare[i]
	}
	return f.tally
}

func (v *value) Name() string                         { return v.field.name }
func (v *value) AnalyzedLength() int                  { return v.length }
func (v *value) Options() bindex.FieldIndexingOptions { return bindex.IndexField }
func (v *value) Value() []byte                        { return nil }
func (v *value) ArrayPositions() []uint64             { return nil }
func (v *value) EncodedFieldType() byte               { return 't' }
func (v *value) Analyze()                             {}
func (v *value) NumPlainTextBytes() uint64            { return 0 }

// id is the name that bleve wants each document to have. Ours have numbers:
// it is empty.
type id struct{}

func (id) Name() string                                      { return "_id" }
func (id) AnalyzedLength() int                               { return 0 }
func (id) AnalyzedTokenFrequencies() bindex.TokenFrequencies { return nil }
func (id) Options() bindex.FieldIndexingOptions              { return bindex.IndexField | bindex.StoreField }
func (id) Value() []byte                                     { return nil }
func (id) ArrayPositions() []uint64                          { return nil }
func (id) EncodedFieldType() byte                            { return 't' }
func (id) Analyze()                                          {}
func (id) NumPlainTextBytes() uint64                         { return 0 }
