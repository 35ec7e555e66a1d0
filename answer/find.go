package answer

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// ErrNotFound says that the library holds no article for an answer's id, or
// that the id is none.
var ErrNotFound = errors.New("no such answer in the library")

// ErrChanged says that the article is there but the passage reads otherwise now.
var ErrChanged = errors.New("the passage has changed since")

// Find brings an answer back by its id, cutting the quotation from the text
// again. Errors wrap ErrNotFound or ErrChanged.
func (l *Library) Find(id string) (Answer, error) {
	article, s, sum, ok := parseID(id)
	if !ok {
		return Answer{}, fmt.Errorf("%q is not the id of an answer: %w", id, ErrNotFound)
	}
	i, ok := l.byID[article]
	if !ok {
		return Answer{}, fmt.Errorf("the library holds no article %q: %w", article, ErrNotFound)
	}
	p, err := l.doc(i)
	if err != nil {
		return Answer{}, err
	}
	text := p.Article.Text
	if s.Start < 0 || s.End > len(text) || s.Start >= s.End || digest(text[s.Start:s.End]) != sum {
		return Answer{}, fmt.Errorf("article %q, bytes %d to %d: %w", article, s.Start, s.End, ErrChanged)
	}
	for k := range p.Sentences {
		if p.Sentences[k].Span == s {
			return l.again(p, k), nil
		}
	}
	return Answer{}, fmt.Errorf("article %q, bytes %d to %d are not a sentence: %w", article, s.Start, s.End, ErrChanged)
}

// again is a sentence as the answer that it was.
func (l *Library) again(p *annotate.Doc, sentence int) Answer {
	a := Answer{Status: Answered, Band: BandAnswered, Others: []Other{}, Corrected: map[string]string{}, Searched: l.size()}
	s := &p.Sentences[sentence]
	l.cite(&a, &parsed{}, &scored{p: p, in: s, sentence: sentence}, s.Span)
	return a
}

// parseID takes an answer's id apart: article.start-end.digest.
func parseID(id string) (article string, s corpus.Span, sum string, ok bool) {
	rest, sum, ok := cutLast(id, ".")
	if !ok || len(sum) != 8 {
		return "", s, "", false
	}
	article, offsets, ok := cutLast(rest, ".")
	if !ok {
		return "", s, "", false
	}
	from, to, ok := strings.Cut(offsets, "-")
	if !ok {
		return "", s, "", false
	}
	var err1, err2 error
	s.Start, err1 = strconv.Atoi(from)
	s.End, err2 = strconv.Atoi(to)
	return article, s, sum, err1 == nil && err2 == nil
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
