package blocks

import (
	"bytes"
	"slices"
	"unsafe"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// outline is an article of which the sentences, and what was found in them, are still
// numbers. It never changes and is safe for concurrent use.
type outline struct {
	doc    annotate.Doc // without Sentences, Figures, Events and Statements
	words  []known
	floats []float64
	sizes  sizes
	parts  []part
	rest   []byte // what follows on the outline
	labels string // letters that follow
	memory int    // about how many bytes it takes

	tokens, implied, mentions int // how many there are
}

// part is where the numbers of a passage end, and what form.fresh and form.phrase are
// behind it.
type part struct{ end, fresh, phrase int }

// sizes are the lengths of the slices that lie in parts, and one; 0 where they are nil.
type sizes struct {
	sentences, figures uint64
	parted             bool // every sentence lies in its passage, and every figure in a sentence
}

func sizesOf(d *annotate.Doc) (s sizes) {
	if d.Sentences != nil {
		s.sentences = uint64(len(d.Sentences)) + 1
	}
	if d.Figures != nil {
		s.figures = uint64(len(d.Figures)) + 1
	}
	s.parted = isParted(d)
	return s
}

// isParted reports whether the sentences and figures of an article can be written
// passage by passage, as those of all can that were prepared.
func isParted(d *annotate.Doc) bool {
	passages := d.Article.Passages
	if len(passages) == 0 || len(d.First) != len(passages)+1 || d.First[0] != 0 || d.First[len(passages)] != len(d.Sentences) {
		return false
	}
	for i := range passages {
		laid := passages[i].Sentences
		if d.First[i+1]-d.First[i] != len(laid) {
			return false
		}
		for k := range laid {
			s := &d.Sentences[d.First[i]+k]
			if s.Passage != i || s.Span != laid[k].Span || s.Role != laid[k].Role || s.Label != laid[k].Label {
				return false
			}
		}
	}
	last := 0
	for i := range d.Figures {
		if s := d.Figures[i].Sentence; s < last || s >= len(d.Sentences) {
			return false
		}
		last = d.Figures[i].Sentence
	}
	return true
}

// directory walks over where the passages lie.
func (f *form) directory(d *annotate.Doc) {
	if f.reading {
		f.sizes.sentences, f.sizes.figures = f.next(), f.next()
		if f.sizes.parted {
			f.parts = array[part](f, len(d.Article.Passages))
		}
	} else {
		f.put(f.sizes.sentences)
		f.put(f.sizes.figures)
	}
	var last part
	for i := range f.parts {
		last.end = f.more(&f.parts[i].end, last.end)
	}
	for i := range f.parts {
		last.fresh = f.more(&f.parts[i].fresh, last.fresh)
	}
	for i := range f.parts {
		f.near(&f.parts[i].phrase, last.phrase)
		last.phrase = f.parts[i].phrase
	}
}

// more reads or writes x as what it is more than the one before, and returns it.
func (f *form) more(x *int, before int) int {
	n := *x - before
	f.natural(&n)
	*x = before + n
	return *x
}

// passages walks over the sentences and figures of an article.
func (f *form) passages(d *annotate.Doc) {
	f.foretell(d)
	if !f.sizes.parted {
		f.sentences(d, d.Sentences, 0)
		f.figures(d.Figures, d.Sentences, 0)
		return
	}
	weights, figure := len(f.floats), 0
	for i := range d.Article.Passages {
		first, behind := d.First[i], d.First[i+1]
		sentences, n := d.Sentences[first:behind], 0
		f.sentences(d, sentences, i)
		for !f.reading && figure+n < len(d.Figures) && d.Figures[figure+n].Sentence < behind {
			n++
		}
		f.natural(&n)
		f.figures(d.Figures[figure:figure+n], sentences, first)
		figure += n
		f.forget()
		f.floats = f.floats[:weights]
		if !f.reading {
			f.parts = append(f.parts, part{len(f.b), f.fresh, f.phrase})
		}
	}
}

// sentences walks over sentences, of which the first is the first of a passage.
func (f *form) sentences(d *annotate.Doc, sentences []annotate.Sentence, passage int) {
	at := laidOut{passages: d.Article.Passages, passage: passage}
	for i := range sentences {
		s := &sentences[i]
		f.sentence(s, at.next())
		f.tokensOf(d, s)
		slice(f, &s.Mentions, &f.mentions)
		first := 0
		for k := range s.Mentions {
			m := &s.Mentions[k]
			f.int(&m.Entity)
			f.near(&m.First, first)
			f.near(&m.Last, m.First)
			first = m.Last + 1
		}
		f.impliedOf(s)
	}
}

// read returns the outline of the article of a form. It keeps nothing of the numbers.
func (f *form) read(letters, numbers []byte) (o *outline, err error) {
	f.begin(numbers)
	defer f.end()
	defer recovered(&err)
	f.all = string(letters)
	f.counts()
	if uint(f.makes) > uint(len(letters)) {
		panic(errForm)
	}
	f.made.Grow(f.makes)
	f.ints.make(f)
	f.lists.make(f)
	f.topical.make(f)
	f.spans.make(f)
	f.laid.make(f)
	f.strings.make(f)
	o = &outline{doc: annotate.Doc{Article: &corpus.Article{}}}
	f.outline(&o.doc)
	f.directory(&o.doc)
	if f.made.Len() != f.makes {
		return nil, damaged("a block goes on behind its article")
	}
	o.doc.Hash()
	o.words, o.floats, o.sizes, o.parts = f.words, slices.Clone(f.floats), f.sizes, f.parts
	o.tokens, o.implied, o.mentions = f.tokens.n, f.implied.n, f.mentions.n
	o.rest, o.labels = bytes.Clone(f.b[f.at:]), f.all[f.used:]
	o.memory = f.memory + len(letters) + f.makes + 4*len(o.doc.Strings) + len(o.rest) + int(unsafe.Sizeof(*o)+unsafe.Sizeof(*o.doc.Article))
	return o, nil
}

// whole returns the article, and about how many bytes it takes besides the outline.
func (o *outline) whole() (d *annotate.Doc, memory int, err error) {
	f := forms.Get().(*form)
	defer forms.Put(f)
	defer f.end()
	defer recovered(&err)
	f.resume(o, o.rest)
	f.tokens.n, f.implied.n, f.mentions.n = o.tokens, o.implied, o.mentions
	f.tokens.make(f)
	f.implied.make(f)
	f.mentions.make(f)
	c := o.doc
	if n := o.sizes.sentences; n > 0 {
		c.Sentences = array[annotate.Sentence](f, int(n-1))
	}
	if n := o.sizes.figures; n > 0 {
		c.Figures = array[annotate.Figure](f, int(n-1))
	}
	f.passages(&c)
	f.events(&c)
	f.statements(&c)
	if f.at != len(f.b) || f.used != len(o.labels) {
		return nil, 0, damaged("a block goes on behind its article")
	}
	return &c, f.memory + int(unsafe.Sizeof(c)), nil
}

// passage returns the article with the sentences of one passage alone, and the number
// that the first of them has in the whole. Relations and figures are those of the
// sentences and count these alone; there are no events and statements. ok is
// false where only the whole can be read.
func (o *outline) passage(i int) (d *annotate.Doc, first int, ok bool, err error) {
	if !o.sizes.parted {
		return nil, 0, false, nil
	}
	f := forms.Get().(*form)
	defer forms.Put(f)
	defer f.end()
	defer recovered(&err)
	var before part
	if i > 0 {
		before = o.parts[i-1]
	}
	f.resume(o, o.rest[before.end:o.parts[i].end])
	f.single, f.fresh, f.phrase = true, before.fresh, before.phrase
	f.foretell(&o.doc)
	c := o.doc
	first = c.First[i]
	n := c.First[i+1] - first
	c.Sentences = array[annotate.Sentence](f, n)
	f.sentences(&c, c.Sentences, i)
	figures := int(f.next())
	c.Figures = array[annotate.Figure](f, figures)
	f.figures(c.Figures, c.Sentences, first)
	if f.at != len(f.b) {
		return nil, 0, false, damaged("passage %d goes on behind its sentences", i)
	}
	for k := range c.Figures {
		c.Figures[k].Sentence -= first
	}
	c.Relations = nil
	for k := range n {
		for _, r := range o.doc.RelationsOf(first + k) {
			r.Sentence = k
			c.Relations = append(c.Relations, r)
		}
	}
	c.First = make([]int, len(o.doc.First))
	for k := i + 1; k < len(c.First); k++ {
		c.First[k] = n
	}
	return &c, first, true, nil
}

// resume lets the form read numbers behind an outline.
func (f *form) resume(o *outline, numbers []byte) {
	f.begin(numbers)
	f.words, f.sizes = o.words, o.sizes
	f.floats = append(f.floats, o.floats...)
	f.text, f.all = o.doc.Article.Text, o.labels
}
