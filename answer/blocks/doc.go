package blocks

import (
	"slices"
	"unsafe"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// outline walks over what there is of an article as a whole; the sentences and what
// was found in them follow, passage by passage.
func (f *form) outline(d *annotate.Doc) {
	f.article(d.Article)
	f.table(d)
	f.headings(d)
	f.intList(&d.Title)
	f.entities(d)
	f.relations(d)
	f.flags(&f.sizes.parted)
	f.first(d)
	f.wordTable(d)
	f.weights(d)
}

// first walks over the numbers of the first sentences of passages, which are told by
// their lengths where all sentences lie in their passages.
func (f *form) first(d *annotate.Doc) {
	last := 0
	if !f.sizes.parted {
		whole(f, &d.First)
		for i := range d.First {
			f.near(&d.First[i], last)
			last = d.First[i]
		}
		return
	}
	if !f.reading {
		return
	}
	d.First = make([]int, len(d.Article.Passages)+1)
	f.memory += len(d.First) * int(unsafe.Sizeof(last))
	for i := range d.Article.Passages {
		last += len(d.Article.Passages[i].Sentences)
		d.First[i+1] = last
	}
}

func (f *form) article(a *corpus.Article) {
	f.string(&a.Text)
	f.text = a.Text
	f.string(&a.Title)
	f.string(&a.Source)
	f.string(&a.Author)
	f.string(&a.URL)
	f.string(&a.Language)
	f.time(&a.Published)
	whole(f, &a.Passages)
	var last corpus.Passage
	for i := range a.Passages {
		p := &a.Passages[i]
		f.passage(p, last, i+1)
		last = *p
	}
	whole(f, &a.Commands)
	for i := range a.Commands {
		f.command(&a.Commands[i])
	}
}

func (f *form) passage(p *corpus.Passage, last corpus.Passage, number int) {
	f.span(&p.Span, last.End, 0)
	f.near(&p.Number, number)
	f.span(&p.Heading, last.Heading.Start, last.Heading.Len())
	f.repeated(&p.Above, last.Above)
	f.span(&p.Question, 0, 0)
	f.spanList(&p.Columns, p.Start)
	slice(f, &p.Sentences, &f.laid)
	start := p.Start
	for i := range p.Sentences {
		s := &p.Sentences[i]
		f.span(&s.Span, start, 0)
		plain := s.Role == corpus.Statement && s.Label == "" && s.Cells == nil
		f.flags(&plain)
		if !plain {
			small(f, &s.Role)
			f.string(&s.Label)
			f.spanList(&s.Cells, s.Start)
		}
		start = s.End + 1
	}
}

// repeated is spanList for what is likely to be the same as last.
func (f *form) repeated(x *[]corpus.Span, last []corpus.Span) {
	same := slices.Equal(*x, last) && (*x == nil) == (last == nil)
	if f.flags(&same); !same {
		f.spanList(x, 0)
	} else if f.reading {
		*x = last
	}
}

func (f *form) command(c *corpus.Command) {
	f.string(&c.Name)
	f.string(&c.Description)
	f.string(&c.Question)
	slice(f, &c.Figures, &f.strings)
	for i := range c.Figures {
		f.string(&c.Figures[i])
	}
	f.string(&c.Relation.Kind)
	f.string(&c.Relation.Actor)
	f.string(&c.Relation.Target)
	whole(f, &c.Options)
	for i := range c.Options {
		o := &c.Options[i]
		f.string(&o.Name)
		f.string(&o.Description)
		whole(f, &o.Choices)
		for k := range o.Choices {
			f.string(&o.Choices[k].Value)
			f.string(&o.Choices[k].Name)
		}
	}
}

// headings walks over the terms that passages stand under. They are mostly those
// of the passage before, whose slices serve again.
func (f *form) headings(d *annotate.Doc) {
	whole(f, &d.Heading)
	for i := range d.Heading {
		same := again(d.Heading, i)
		if f.flags(&same); !same {
			f.intList(&d.Heading[i])
		} else if f.reading {
			d.Heading[i] = d.Heading[i-1]
		}
	}
	whole(f, &d.Topic)
	for i := range d.Topic {
		same := again(d.Topic, i)
		if f.flags(&same); !same {
			slice(f, &d.Topic[i], &f.topical)
			for k := range d.Topic[i] {
				t := &d.Topic[i][k]
				f.int(&t.Term)
				f.near(&t.Word, t.Term)
			}
		} else if f.reading {
			d.Topic[i] = d.Topic[i-1]
		}
	}
	whole(f, &d.Columns)
	for i := range d.Columns {
		slice(f, &d.Columns[i], &f.lists)
		for k := range d.Columns[i] {
			f.intList(&d.Columns[i][k])
		}
	}
}

// again reports whether a slice is the one before it, both nil or not.
func again[T comparable](all [][]T, i int) bool {
	return i > 0 && slices.Equal(all[i], all[i-1]) && (all[i] == nil) == (all[i-1] == nil)
}

// laidOut goes through the sentences of an article.
type laidOut struct {
	passages          []corpus.Passage
	passage, sentence int
}

// next returns the next sentence as the article has it, and nothing behind the last.
func (l *laidOut) next() (s annotate.Sentence) {
	for l.passage < len(l.passages) && l.sentence == len(l.passages[l.passage].Sentences) {
		l.passage++
		l.sentence = 0
	}
	if l.passage < len(l.passages) {
		from := &l.passages[l.passage].Sentences[l.sentence]
		s = annotate.Sentence{Span: from.Span, Passage: l.passage, Role: from.Role, Label: from.Label}
		l.sentence++
	}
	return s
}

func (f *form) sentence(s *annotate.Sentence, laid annotate.Sentence) {
	asLaid := s.Span == laid.Span && s.Passage == laid.Passage && s.Role == laid.Role && s.Label == laid.Label
	nobody := s.Subject == -1 && s.Speaker == -1 && s.Cue == -1
	f.flags(&asLaid, &nobody, &s.Direct, &s.Vouched, &s.Unclosed, &s.Leans)
	if !asLaid {
		f.span(&s.Span, laid.Start, laid.Len())
		f.near(&s.Passage, laid.Passage)
		small(f, &s.Role)
		f.string(&s.Label)
	} else if f.reading {
		s.Span, s.Passage, s.Role, s.Label = laid.Span, laid.Passage, laid.Role, laid.Label
	}
	if !nobody {
		f.int(&s.Subject)
		f.int(&s.Speaker)
		f.int(&s.Cue)
	} else if f.reading {
		s.Subject, s.Speaker, s.Cue = -1, -1, -1
	}
}

func (f *form) entities(d *annotate.Doc) {
	whole(f, &d.Entities)
	for i := range d.Entities {
		e := &d.Entities[i]
		f.string(&e.Name)
		small(f, &e.Kind)
		f.intList(&e.Terms)
		f.intList(&e.Roles)
		f.intList(&e.Also)
		f.int(&e.Counted)
	}
	whole(f, &d.Full)
	for i := range d.Full {
		f.near(&d.Full[i], i)
	}
}

func (f *form) events(d *annotate.Doc) {
	whole(f, &d.Events)
	var last annotate.Event
	for i := range d.Events {
		e := &d.Events[i]
		f.near(&e.Sentence, last.Sentence)
		f.near(&e.First, 0)
		f.near(&e.Last, e.First)
		f.date(&e.From, last.From)
		f.date(&e.To, e.From)
		last = *e
	}
}

func (f *form) date(x *annotate.Date, guess annotate.Date) {
	f.near(&x.Year, guess.Year)
	f.near(&x.Month, guess.Month)
	f.near(&x.Day, guess.Day)
}

// figures walks over the figures of sentences, of which the first has the number base.
func (f *form) figures(figures []annotate.Figure, sentences []annotate.Sentence, base int) {
	sentence := base
	for i := range figures {
		g := &figures[i]
		f.near(&g.Sentence, sentence)
		sentence = g.Sentence
		f.figure(g, sentences, g.Sentence-base)
	}
}

func (f *form) figure(g *annotate.Figure, sentences []annotate.Sentence, sentence int) {
	f.int(&g.First)
	f.near(&g.Last, g.First)
	start := startOf(sentences, sentence, g.First)
	f.span(&g.Span, start, startOf(sentences, sentence, g.Last+1)-1-start)
	f.somewhere(&g.Counts, g.Span.End+1)
	f.somewhere(&g.Apart, g.Span.End+1)
	f.int(&g.By)
	dated := g.AsOf != annotate.Date{}
	ranged, part := g.High != g.Low || g.High == 0, g.Whole != 0
	f.flags(&g.Vague, &g.Score, &g.Share, &g.Factor, &g.Aside)
	f.flags(&dated, &ranged, &part)
	if dated {
		f.date(&g.AsOf, annotate.Date{})
	}
	f.int(&g.Limit)
	f.float(&g.Low)
	if g.High = f.unless(ranged, g.High, g.Low); ranged {
		f.float(&g.High)
	}
	if part {
		f.float(&g.Whole)
	}
}

// unless returns the guess when a value is read that is not told besides.
func (f *form) unless(told bool, x, guess float64) float64 {
	if f.reading && !told {
		return guess
	}
	return x
}

// somewhere is a span that is near the place, or empty.
func (f *form) somewhere(x *corpus.Span, place int) {
	none := *x == corpus.Span{}
	if f.flags(&none); !none {
		f.span(x, place, 0)
	}
}

// startOf returns where a token begins, or about where the sentence does.
func startOf(sentences []annotate.Sentence, sentence, token int) int {
	switch {
	case sentence < 0 || sentence >= len(sentences):
		return 0
	case token < 0 || token >= len(sentences[sentence].Tokens):
		return sentences[sentence].Start
	}
	return sentences[sentence].Tokens[token].Start
}

func (f *form) statements(d *annotate.Doc) {
	whole(f, &d.Statements)
	sentence := 0
	for i := range d.Statements {
		s := &d.Statements[i]
		f.near(&s.Sentence, sentence)
		f.int(&s.Speaker)
		f.flags(&s.Direct)
		sentence = s.Sentence
	}
}

func (f *form) relations(d *annotate.Doc) {
	whole(f, &d.Relations)
	var starts []int // of the sentences
	if len(d.Relations) > 0 {
		for i := range d.Article.Passages {
			for _, s := range d.Article.Passages[i].Sentences {
				starts = append(starts, s.Start)
			}
		}
	}
	sentence := 0
	for i := range d.Relations {
		r := &d.Relations[i]
		f.near(&r.Sentence, sentence)
		f.string(&r.Kind)
		f.int(&r.At)
		start := 0
		if r.Sentence >= 0 && r.Sentence < len(starts) {
			start = starts[r.Sentence]
		}
		f.party(&r.Actor, start)
		f.party(&r.Target, start)
		f.party(&r.SaidBy, start)
		f.flags(&r.Ended)
		sentence = r.Sentence
	}
}

func (f *form) party(p *annotate.Party, start int) {
	f.int(&p.Entity)
	f.int(&p.First)
	f.near(&p.Last, p.First)
	f.somewhere(&p.Described, start)
}
