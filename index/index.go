package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync"
)

// Part is what a library takes from a segment.
type Part struct {
	Segment *Segment
	First   []int // for each article of the segment the number of its first passage in the library, -1 where it has none there
}

// Whole returns the part of a library that is nothing but this segment:
// numbers are those of the segment.
func (s *Segment) Whole() Part { return Part{s, s.start[:len(s.articles)]} }

// Index is the passages of a library, which lie in segments. Passages have
// numbers that the library gives them; those of articles that it does not take
// are dead and count for nothing: however the articles are cut into segments,
// answers are the same to the last bit of a score.
//
// It is safe for concurrent use and never changes.
type Index struct {
	parts   []*part
	total   map[string]statistics // by language
	sites   []site
	freq    frequencies
	scorers sync.Pool // of *scorer
	way     way       // other than [either] in tests
}

// part is a segment with what is alive in it.
type part struct {
	*Segment
	first []int
	live  []interval // local numbers, ascending, none touching the next
	whole bool       // all of it is alive
}

// interval is the numbers from, …, to-1.
type interval struct{ from, to int }

// extend adds the numbers from, …, to-1 behind all others.
func extend(in []interval, from, to int) []interval {
	switch n := len(in); {
	case from == to:
	case n > 0 && in[n-1].to == from:
		in[n-1].to = to
	default:
		in = append(in, interval{from, to})
	}
	return in
}

// site is where an article lies.
type site struct {
	interval // of its passages' numbers in the library
	part     *part
	local    int // of its first passage
}

// NewIndex ties segments together. It holds each of them until it is closed.
func NewIndex(parts []Part) *Index {
	x := &Index{total: map[string]statistics{}}
	for _, p := range parts {
		p.Segment.users.Add(1)
		q := &part{Segment: p.Segment, first: p.First, whole: true}
		for i, a := range p.Segment.articles {
			from, to := p.Segment.Passages(i)
			if p.First[i] < 0 {
				q.whole = q.whole && from == to
				continue
			}
			q.live = extend(q.live, from, to)
			s := x.total[a.language]
			s.add(a.statistics)
			x.total[a.language] = s
			x.sites = append(x.sites, site{interval{p.First[i], p.First[i] + to - from}, q, from})
		}
		x.parts = append(x.parts, q)
	}
	slices.SortFunc(x.sites, func(a, b site) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	return x
}

// Close gives the segments back. No search may be going on.
func (x *Index) Close() error {
	var errs []error
	for _, p := range x.parts {
		errs = append(errs, p.Segment.Close())
	}
	return errors.Join(errs...)
}

// number returns the number in the library of a passage that is alive.
func (p *part) number(local int) int {
	i := sort.SearchInts(p.start, local+1) - 1
	return p.first[i] + local - p.start[i]
}

// within returns the local numbers of each part's passages whose number in the
// library is in r, ascending.
func (x *Index) within(r Range) map[*part][]interval {
	all := map[*part][]interval{}
	for i := sort.Search(len(x.sites), func(i int) bool { return x.sites[i].to > r.From }); i < len(x.sites) && x.sites[i].from < r.To; i++ {
		p := x.sites[i]
		from, to := max(r.From, p.from), min(r.To, p.to)
		if from < to {
			all[p.part] = append(all[p.part], interval{p.local + from - p.from, p.local + to - p.from})
		}
	}
	for _, in := range all {
		slices.SortFunc(in, func(a, b interval) int { return a.from - b.from })
	}
	return all
}

// Languages returns the languages of the passages, sorted.
func (x *Index) Languages() []string {
	var languages []string
	for l, s := range x.total {
		if s.Documents > 0 {
			languages = append(languages, l)
		}
	}
	slices.Sort(languages)
	return languages
}

// Documents returns the number of passages in the language.
func (x *Index) Documents(language string) int { return x.total[language].Documents }

// AvgLen returns the mean number of terms of the passages in the language,
// stop words left out; 0 where there are none.
func (x *Index) AvgLen(language string) float64 {
	s := x.total[language]
	return float64(s.Terms) / float64(max(s.Documents, 1))
}

// aboutLen returns the mean number of terms of what passages are about.
func (x *Index) aboutLen(language string) float64 {
	s := x.total[language]
	return float64(s.AboutTerms) / float64(max(s.Headed, 1))
}

// DocFreq returns the number of passages in the language that hold the term.
// An error wraps [ErrDamaged] or is the context's.
func (x *Index) DocFreq(ctx context.Context, language, term string) (int, error) {
	return x.docFreq(ctx, textField(language), term)
}

func (x *Index) docFreq(ctx context.Context, field, term string) (n int, err error) {
	defer recovered(&err, "counting")
	if n, ok := x.freq.get(field, term); ok {
		return n, nil
	}
	sum := 0
	for _, p := range x.parts {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		l, ok, err := p.lists.find(field, term)
		if err != nil {
			return 0, err
		}
		if !ok {
			continue
		}
		sum += l.count(p.live, p.whole)
	}
	x.freq.put(field, term, sum)
	return sum, nil
}

// recovered makes a panic of bleve's on a damaged file an error.
func recovered(err *error, doing string) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: %s: %v", ErrDamaged, doing, r)
	}
}
