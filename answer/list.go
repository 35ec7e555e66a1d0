package answer

import (
	"context"
	"slices"

	"footnote/answer/annotate"
	"footnote/index"
)

// List is the beginning of what a library tells of one kind.
type List[T any] struct {
	Entries  []T  // the first ones, in order. The caller must not change them
	Total    int  // how many there are, whether they stand among the entries or not
	Articles int  // in how many articles
	More     bool // there are more than Total: to count all of them would take too long
	Left     int  // how many articles are still to be looked at
}

// To find what no mark tells by itself, articles are opened. Beyond so many no
// more are, once there is something worth showing.
const (
	maxOpened = 100
	worthy    = 50 // entries
)

// maxLists is how many of the lists that were asked for last are kept.
const maxLists = 64

// listed is what a list depends on.
type listed struct {
	kind           string
	speaker, about string
	article        string
	limit          int
}

// keep returns the list of all articles that the key names, which make makes where it
// is not kept: whoever turns a page wants the same again.
func keep[T any](ctx context.Context, l *Library, key listed, work func() (List[T], error)) (List[T], error) {
	v, _, err := l.lists.Get(ctx, key, func() (any, error) { return work() })
	if err != nil {
		return List[T]{}, err
	}
	return v.(List[T]), nil
}

// collector gathers entries in their order.
type collector[T any] struct {
	list  List[T]
	limit int // of the entries that are kept; 0 for none
}

// in adds the entries of one article.
func (c *collector[T]) in(entries []T) {
	if len(entries) == 0 {
		return
	}
	c.list.Total += len(entries)
	c.list.Articles++
	if c.limit > 0 {
		entries = entries[:min(len(entries), max(0, c.limit-len(c.list.Entries)))]
	}
	c.list.Entries = append(c.list.Entries, entries...)
}

// full reports whether there are as many as are wanted.
func (c *collector[T]) full() bool { return c.limit > 0 && c.list.Total >= c.limit }

// gather opens the articles of passages, in order, for what they have. It opens no
// more where all that is wanted is there: where the total is known besides, that is
// the first ones; else it counts on as far as that takes no time.
func (c *collector[T]) gather(ctx context.Context, l *Library, passages []int, counted bool, of func(p *annotate.Doc) []T) error {
	opened := 0
	for len(passages) > 0 {
		doc, _ := l.passageAt(passages[0])
		switch {
		case counted && c.full():
			return nil
		case !counted && c.limit > 0 && opened >= maxOpened && c.list.Total >= min(worthy, c.limit):
			c.list.More = true
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		p, err := l.doc(doc)
		if err != nil {
			return err
		}
		c.in(of(p))
		opened++
		passages = passages[after(passages, l.first(doc+1)):]
	}
	return nil
}

// after returns how many of the numbers, which are in order, are below n.
func after(numbers []int, n int) int {
	i, _ := slices.BinarySearch(numbers, n)
	return i
}

// articlesOf returns in how many articles passages stand.
func (l *Library) articlesOf(passages []int) int {
	n := 0
	for len(passages) > 0 {
		doc, _ := l.passageAt(passages[0])
		n++
		passages = passages[after(passages, l.first(doc+1)):]
	}
	return n
}

// ofArticle returns what one article has; nothing where there is no such article.
func ofArticle[T any](l *Library, article string, limit int, of func(p *annotate.Doc) []T) (List[T], error) {
	c := collector[T]{limit: limit}
	i, ok := l.articles.Find(article)
	if !ok {
		return c.list, nil
	}
	p, err := l.doc(i)
	if err != nil {
		return c.list, err
	}
	c.in(of(p))
	return c.list, nil
}

// maxTermsAtOnce is how many terms the index is asked for at once.
const maxTermsAtOnce = 200

// withTerms returns the numbers of the passages whose text holds one of the terms, or
// every one, in order.
func (l *Library) withTerms(ctx context.Context, language string, terms []string, every bool) ([]int, error) {
	var passages []int
	terms = unique(slices.Clone(terms))
	for len(terms) > 0 {
		n := len(terms)
		if !every {
			n = min(n, maxTermsAtOnce)
		}
		// All of them, since those that score best are not those that come first.
		q := index.Query{All: every, Limit: l.first(l.size())}
		for _, t := range terms[:n] {
			q.Terms = append(q.Terms, index.Term{Language: language, Text: t, Weight: 1})
		}
		terms = terms[n:]
		hits, err := l.articles.Index().Search(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			passages = append(passages, h.Document)
		}
	}
	slices.Sort(passages)
	return slices.Compact(passages), nil
}
