package answer

import (
	"context"
	"slices"
	"strings"

	"footnote/answer/annotate"
)

// survey looks for the disagreements of all articles, article by article. Each article
// is opened once: what it tells is kept, in numbers, until nothing is compared with it
// any more. Few words are neither everywhere nor in one place alone, so that little is
// kept, and little is compared.
type survey struct {
	l       *Library
	numbers map[string]uint32
	near    [][]int        // by number of a word: see [survey.places]
	known   []bool         // near is
	briefs  map[int]*brief // of articles that were opened
	last    *comparer      // tells the two sides of what was found
}

// brief is what an article tells, as far as it may disagree with another.
type brief struct {
	tells []telling
	named []uint32 // whom and what it names, sorted
}

// telling is a [told] in numbers.
type telling struct {
	nth, passage int32 // among all that the article tells; the passage's number in the library
	figure       bool
	words        []uint32 // the terms, those first that are rare; names, counts, deeds
	ends         [4]int32 // of rare terms, all terms, names, counts among them
	values       []value  // of a figure
	from, to     annotate.Date
}

func (t *telling) rare() []uint32  { return t.words[:t.ends[0]] }
func (t *telling) terms() []uint32 { return t.words[:t.ends[1]] }
func (t *telling) names() []uint32 { return t.words[t.ends[1]:t.ends[2]] }
func (t *telling) deeds() []uint32 { return t.words[t.ends[3]:] }

func newSurvey(l *Library) *survey {
	return &survey{l: l, numbers: map[string]uint32{}, briefs: map[int]*brief{}, last: newComparer(l)}
}

// behind returns what the figures and dates of an article disagree with in those
// behind it, of each the first. It is asked of one article after the other.
func (s *survey) behind(ctx context.Context, doc int) ([]Disagreement, error) {
	if err := ctx.Err(); err != nil { // what is kept is read without looking
		return nil, err
	}
	own, err := s.brief(ctx, doc)
	if err != nil {
		return nil, err
	}
	delete(s.briefs, doc)
	var found []Disagreement
	for n := range own.tells {
		d, ok, err := s.first(ctx, doc, own, &own.tells[n])
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, d)
		}
	}
	slices.SortStableFunc(found, inOrder)
	return found, nil
}

// first returns the first disagreement of a figure or a date with an article behind
// its own: one other article's version is enough beside this one.
func (s *survey) first(ctx context.Context, doc int, own *brief, t *telling) (d Disagreement, ok bool, err error) {
	var passages []int
	for _, w := range t.rare() {
		near := s.near[w]
		passages = append(passages, near[after(near, s.l.first(doc+1)):]...)
	}
	slices.Sort(passages)
	for passages = slices.Compact(passages); len(passages) > 0; {
		at, _ := s.l.passageAt(passages[0])
		n := after(passages, s.l.first(at+1))
		here := passages[:n]
		passages = passages[n:]
		other, err := s.brief(ctx, at)
		if err != nil {
			return d, false, err
		}
		for k := range other.tells {
			o := &other.tells[k]
			if o.figure != t.figure || !slices.Contains(here, int(o.passage)) || !otherwise(t, o) || common(t.rare(), o.rare()) == 0 {
				continue
			}
			if common(t.names(), o.names()) < sharedNames && (s.l.daysApart(doc, at) > oneTime || !meet(own.named, other.named)) {
				continue
			}
			if d, ok, err = s.last.between(ctx, doc, int(t.nth), at, int(o.nth)); ok || err != nil {
				return d, ok, err
			}
		}
	}
	return d, false, nil
}

// otherwise reports whether two figures or two dates may be of one matter that they tell
// differently; [differ] looks at their sentences too.
func otherwise(a, b *telling) bool {
	if a.figure {
		mine, its, ok := alike(a.values, b.values)
		return ok && !roundlySame(mine, its) && common(a.deeds(), b.deeds()) >= sharedDeeds
	}
	return !agree(annotate.Event{From: a.from, To: a.to}, annotate.Event{From: b.from, To: b.to}) && sharesContent(common(a.terms(), b.terms()), len(a.terms()), len(b.terms()))
}

// brief returns what an article tells.
func (s *survey) brief(ctx context.Context, doc int) (*brief, error) {
	if b := s.briefs[doc]; b != nil {
		return b, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p, err := s.l.doc(doc)
	if err != nil {
		return nil, err
	}
	b := &brief{}
	for n, t := range tell(p) {
		var rare, other []uint32
		for _, term := range t.terms {
			w, err := s.places(ctx, term)
			if err != nil {
				return nil, err
			}
			if s.near[w] != nil {
				rare = append(rare, w)
			} else {
				other = append(other, w)
			}
		}
		if len(rare) == 0 {
			continue
		}
		u := telling{nth: int32(n), passage: int32(s.l.first(doc) + p.Sentences[t.sentence].Passage), figure: t.figure != nil}
		for i, list := range [][]uint32{rare, other, s.all(t.names), s.all(t.counts), s.all(t.deeds)} {
			u.words = append(u.words, list...)
			if i < len(u.ends) {
				u.ends[i] = int32(len(u.words))
			}
		}
		u.words = slices.Clip(u.words)
		if t.figure != nil {
			u.values = values(p, t.figure)
		} else {
			u.from, u.to = t.event.From, t.event.To
		}
		b.tells = append(b.tells, u)
	}
	if len(b.tells) > 0 {
		for i := range p.Entities {
			if k := entityKey(p, i); k != "" {
				b.named = append(b.named, s.number(k))
			}
		}
		slices.Sort(b.named)
	}
	s.briefs[doc] = b
	return b, nil
}

// number is the number of a word.
func (s *survey) number(word string) uint32 {
	n, ok := s.numbers[word]
	if !ok {
		n = uint32(len(s.numbers))
		s.numbers[strings.Clone(word)] = n // a part of what was read of an article
		s.near, s.known = append(s.near, nil), append(s.known, false)
	}
	return n
}

func (s *survey) all(words []string) []uint32 {
	list := make([]uint32, len(words))
	for i, w := range words {
		list[i] = s.number(w)
	}
	return list
}

// places returns the number of a term, and sees to it that near holds the passages with
// a figure or a date near which it stands; none where those are so many that it tells
// nothing, or one.
func (s *survey) places(ctx context.Context, term string) (uint32, error) {
	n := s.number(term)
	if s.known[n] {
		return n, nil
	}
	near, err := s.l.near(ctx, term)
	if len(near) > 1 {
		s.near[n] = near
	}
	s.known[n] = err == nil
	return n, err
}

// meet reports whether two sorted lists share a number.
func meet(a, b []uint32) bool {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case b[0] < a[0]:
			b = b[1:]
		default:
			return true
		}
	}
	return false
}
