package answer

import (
	"context"

	"footnote/answer/annotate"
)

// List is the beginning of what a library tells of one kind.
type List[T any] struct {
	Entries  []T  // the first ones, in order
	Total    int  // how many there are, whether they stand among the entries or not
	Articles int  // in how many articles
	More     bool // there are more than Total: to count all of them would take too long
}

// listOf is a list of all that there is, of which at most limit are wanted; 0
// for all.
func listOf[T any](all []T, limit int, where func(T) string) List[T] {
	l := List[T]{Entries: all, Total: len(all)}
	seen := map[string]bool{}
	for _, v := range all {
		seen[where(v)] = true
	}
	l.Articles = len(seen)
	if limit > 0 && len(all) > limit {
		l.Entries = all[:limit:limit]
	}
	return l
}

// each opens one article after the other, or only the one that is named.
func (l *Library) each(ctx context.Context, article string, do func(doc int, p *annotate.Doc)) error {
	for i := range l.size() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if article != "" && l.idOf(i) != article {
			continue
		}
		p, err := l.doc(i)
		if err != nil {
			return err
		}
		do(i, p)
	}
	return nil
}
