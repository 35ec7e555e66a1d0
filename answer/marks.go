package answer

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/index"
)

// Marks are what passages are looked up by besides their words: exact terms of
// fields, so that a list opens no article that it does not show. A passage bears a
// mark as often as it holds what the mark stands for; what holds for an article as
// a whole stands on its first passage. Where a mark cannot tell the whole
// truth it tells of too much rather than too little, and the article decides.
const (
	markSaid     = "said"     // a statement: by any of the words that its speaker goes by; see speakerKeys
	markSpeaker  = "speaker"  // a statement: the speaker's name; see speakerMark
	markMeans    = "means"    // what a sentence with a statement means without saying so
	markFigure   = "figure"   // a figure other than a score
	markValue    = "value"    // a figure that can be compared: its sort, value and what it counts; see valueMarks
	markEvent    = "event"    // a date, so that their order is that of time; see eventMark
	markTime     = "time"     // any date
	markSpan     = "span"     // the same of spans of time alone
	markRelation = "relation" // a relation: its kind, and its kind with any of the words that a party goes by
	markLabel    = "label"    // the number of a clause or a version
	markSum      = "sum"      // the first digits of a sentence's short id
	markCounted  = "counted"  // a figure that may disagree with another: the words near it
	markDeed     = "deed"     // the same: the words right beside it
	markDated    = "dated"    // a date that may disagree with another: the words of its sentence
	markNamed    = "named"    // figures and dates that may disagree: the names in their sentences
	markEntity   = "entity"   // an article: whom and what it names
)

// anyMark is the mark of all that have one of the field.
const anyMark = "*"

// marksOf returns the marks of each passage of an article.
func marksOf(p *annotate.Doc, w *words.Words) [][]index.Mark {
	m := marking{p: p, w: w, passages: make([][]index.Mark, len(p.Article.Passages)), keys: map[int][]string{}}
	for i := range p.Sentences {
		s := &p.Sentences[i]
		if s.Label != "" {
			m.put(s.Passage, markLabel, s.Label)
		}
		m.put(s.Passage, markSum, digest(p.Article.Quote(s.Span))[:minShortID])
	}
	m.statements()
	m.figures()
	m.events()
	m.relations()
	m.disagreeing()
	return m.passages
}

// marking gathers the marks of an article.
type marking struct {
	p        *annotate.Doc
	w        *words.Words
	passages [][]index.Mark
	keys     map[int][]string // speakerKeys of entities
}

func (m *marking) put(passage int, field string, terms ...string) {
	for _, t := range terms {
		m.passages[passage] = append(m.passages[passage], index.Mark{Field: field, Term: t})
	}
}

// at puts marks on the passage of a sentence.
func (m *marking) at(sentence int, field string, terms ...string) {
	m.put(m.p.Sentences[sentence].Passage, field, terms...)
}

func (m *marking) statements() {
	p, ranks, last := m.p, map[int]int{}, -1
	for _, st := range p.Statements {
		s := &p.Sentences[st.Sentence]
		if s.Passage != last {
			clear(ranks)
			last = s.Passage
		}
		rank, ok := ranks[st.Speaker]
		if !ok {
			rank = len(ranks)
			ranks[st.Speaker] = rank
		}
		if _, ok := m.keys[st.Speaker]; !ok {
			m.keys[st.Speaker] = speakerKeys(p, m.w, st.Speaker)
		}
		m.at(st.Sentence, markSaid, anyMark)
		m.at(st.Sentence, markSaid, m.keys[st.Speaker]...)
		m.at(st.Sentence, markSpeaker, speakerMark(p.Entities[st.Speaker].Name, rank))
		for _, im := range s.Implied {
			if im.Weight >= mentioned {
				m.at(st.Sentence, markMeans, p.Strings[im.Term])
			}
		}
	}
}

// speakerMark is the name of a speaker, and behind it how many others spoke before
// in the passage.
func speakerMark(name string, rank int) string { return name + "\x00" + strconv.Itoa(rank) }

// speakerOf takes a mark of a speaker apart.
func speakerOf(term string) (name string, rank int) {
	i := strings.LastIndexByte(term, 0)
	if i < 0 {
		return term, 0
	}
	rank, _ = strconv.Atoi(term[i+1:])
	return term[:i], rank
}

func (m *marking) figures() {
	p := m.p
	for i := range p.Figures {
		f := &p.Figures[i]
		if !f.Score {
			m.at(f.Sentence, markFigure, anyMark)
		}
		if f.Vague || f.Aside {
			continue
		}
		counts := termsIn(p, f.Sentence, f.Counts)
		for _, v := range values(p, f) {
			for _, term := range counts {
				m.at(f.Sentence, markValue, valueMark(v.measure, v.low, term))
			}
		}
	}
}

// valueMark is a value with what is counted. Values that differ by no more than the
// last bits of a third of 90 have the same mark, or one of two that are looked up.
func valueMark(measure string, value float64, counts string) string {
	return fmt.Sprintf("%s %s %s", measure, strconv.FormatFloat(value, 'g', 7, 64), counts)
}

func (m *marking) events() {
	for i := range m.p.Events {
		e := &m.p.Events[i]
		m.at(e.Sentence, markEvent, eventMark(e))
		m.at(e.Sentence, markTime, anyMark)
		if e.From != e.To {
			m.at(e.Sentence, markSpan, eventMark(e))
		}
	}
}

// eventOrder is how many bytes of an event's mark decide about its place in a timeline.
const eventOrder = len("20190925-20190925")

// eventMark is the first day of both ends of a date, and the date itself.
func eventMark(e *annotate.Event) string {
	day := func(d Date) string { return d.First().Format("20060102") }
	return day(e.From) + "-" + day(e.To) + " " + Event{From: e.From, To: e.To}.Dated()
}

// eventOf reads the date of a mark.
func eventOf(term string) (e annotate.Event, ok bool) {
	if len(term) <= eventOrder+1 {
		return e, false
	}
	from, to, span := strings.Cut(term[eventOrder+1:], "/")
	e.From, ok = dateOf(from)
	if e.To = e.From; span && ok {
		e.To, ok = dateOf(to)
	}
	return e, ok
}

// dateOf reads what Date.String writes.
func dateOf(s string) (d Date, ok bool) {
	for i, part := range strings.SplitN(s, "-", 3) {
		n, err := strconv.Atoi(part)
		if err != nil {
			return d, false
		}
		*[]*int{&d.Year, &d.Month, &d.Day}[i] = n
	}
	return d, true
}

func (m *marking) relations() {
	for i := range m.p.Relations {
		r := &m.p.Relations[i]
		m.at(r.Sentence, markRelation, r.Kind)
		for _, k := range unique(slices.Concat(partyKeys(m.p, m.w, r.Actor), partyKeys(m.p, m.w, r.Target))) {
			m.at(r.Sentence, markRelation, r.Kind+" "+k)
		}
	}
}

// disagreeing marks what may disagree with other articles; see disagree.go.
func (m *marking) disagreeing() {
	for _, t := range tell(m.p) {
		field := markDated
		if t.figure != nil {
			field = markCounted
			m.at(t.sentence, markDeed, t.deeds...)
		}
		m.at(t.sentence, field, t.terms...)
		m.at(t.sentence, markNamed, t.names...)
	}
	if len(m.passages) == 0 {
		return
	}
	for i := range m.p.Entities {
		if k := entityKey(m.p, i); k != "" {
			m.put(0, markEntity, k)
		}
	}
}

// foldKey is the same of all texts that differ in small and capital letters alone.
func foldKey(s string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			least = min(least, f)
		}
		return least
	}, s)
}

// unique leaves out of a list what stands in it before.
func unique(list []string) []string {
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(s string) bool {
		had := seen[s]
		seen[s] = true
		return had
	})
}

// numbers returns the numbers of places.
func numbers(places []index.Place) []int {
	list := make([]int, len(places))
	for i, p := range places {
		list[i] = p.Number
	}
	return list
}

// countOf is the sum of the counts of places.
func countOf(places []index.Place) int {
	n := 0
	for _, p := range places {
		n += p.Count
	}
	return n
}

// bearing returns the numbers of the passages that bear one of the marks, in order.
func (l *Library) bearing(ctx context.Context, field string, terms ...string) ([]int, error) {
	var all []int
	for _, t := range unique(slices.Clone(terms)) {
		places, err := l.articles.Index().Marked(ctx, field, t)
		if err != nil {
			return nil, err
		}
		all = append(all, numbers(places)...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// both returns the numbers that stand in two lists, both in order.
func both(a, b []int) []int {
	var in []int
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case b[0] < a[0]:
			b = b[1:]
		default:
			in, a, b = append(in, a[0]), a[1:], b[1:]
		}
	}
	return in
}

// either returns the numbers that stand in one of two lists, both in order.
func either(a, b []int) []int {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
