package answer

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
)

// An answer's short id is the digest at the end of its id: enough to find a
// sentence in any library that people read, and short enough to be typed.

// minShortID is how many digits of a short id are needed at least.
const minShortID = 4

// shortEntry is where the sentence of a digest stands.
type shortEntry struct {
	sum           string
	doc, sentence int
}

// ShortID returns the short id of an answer's id, "" where that is none.
func ShortID(id string) string {
	_, _, sum, ok := parseID(id)
	if !ok {
		return ""
	}
	return sum
}

// IsShortID reports whether a text is written like a short id or the beginning
// of one: 4 to 8 hexadecimal digits, in small letters.
func IsShortID(s string) bool {
	return len(s) >= minShortID && len(s) <= 8 && strings.Trim(s, "0123456789abcdef") == ""
}

// NoWord reports whether a short id is neither a word like "dead" nor a number
// like 1987, which people ask about: it has letters and digits, or all eight places.
func NoWord(id string) bool {
	return len(id) == 8 || strings.ContainsFunc(id, unicode.IsDigit) && strings.ContainsFunc(id, unicode.IsLetter)
}

// FindShort brings back the answers whose short id begins so, of one article or of
// all when article is "", at most limit of them, in the order of the ids and then
// of the articles; all says how many there are. Two sentences of the same words
// have one short id.
func (l *Library) FindShort(ctx context.Context, begin, article string, limit int) (found []Answer, all int, err error) {
	if !IsShortID(begin) {
		return nil, 0, nil
	}
	var docs []int
	if article != "" {
		if i, ok := l.articles.Find(article); ok {
			docs = append(docs, i)
		}
	} else {
		passages, err := l.bearing(ctx, markSum, begin[:minShortID])
		if err != nil {
			return nil, 0, err
		}
		for _, n := range passages {
			if doc, _ := l.passageAt(n); len(docs) == 0 || docs[len(docs)-1] != doc {
				docs = append(docs, doc)
			}
		}
	}
	var table []shortEntry
	for _, doc := range docs {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		p, err := l.doc(doc)
		if err != nil {
			return nil, 0, err
		}
		for k := range p.Sentences {
			if sum := digest(p.Article.Quote(p.Sentences[k].Span)); strings.HasPrefix(sum, begin) {
				table = append(table, shortEntry{sum, doc, k})
			}
		}
	}
	slices.SortStableFunc(table, func(a, b shortEntry) int { return cmp.Compare(a.sum, b.sum) })
	for _, e := range table[:min(len(table), limit)] {
		p, err := l.doc(e.doc)
		if err != nil {
			return nil, 0, err
		}
		found = append(found, l.again(p, e.sentence))
	}
	return found, len(table), nil
}
