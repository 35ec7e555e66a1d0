package answer

import (
	"fmt"
	"hash/fnv"
	"sync"

	"footnote/corpus"
)

// headers is what a library tells of its articles without opening any.
type headers struct {
	once   sync.Once
	byHash map[string]int
}

// Headers returns what is told of each article without opening it, in the order
// of the ids. The caller must not change it.
func (l *Library) Headers() []corpus.Header { return l.articles.Headers() }

// Size is how many articles there are.
func (l *Library) Size() int { return len(l.Headers()) }

// Header returns the header of the article with the id, nil where there is none.
func (l *Library) Header(id string) *corpus.Header {
	if i, ok := l.articles.Find(id); ok {
		return &l.Headers()[i]
	}
	return nil
}

// ByHash returns the header of the article that [Hash] names, nil where there is none.
func (l *Library) ByHash(hash string) *corpus.Header {
	l.headers.once.Do(func() {
		l.headers.byHash = make(map[string]int, len(l.Headers()))
		for i := len(l.Headers()) - 1; i >= 0; i-- {
			l.headers.byHash[Hash(l.Headers()[i].ID)] = i
		}
	})
	if i, ok := l.headers.byHash[hash]; ok {
		return &l.Headers()[i]
	}
	return nil
}

// Hash names an article's id in 16 letters, where there is little room.
func Hash(id string) string {
	h := fnv.New64a()
	h.Write([]byte(id))
	return fmt.Sprintf("%016x", h.Sum64())
}

// Article opens the article with the id. Its error wraps [ErrNotFound] where there
// is none, else [footnote/index.ErrDamaged].
func (l *Library) Article(id string) (*corpus.Article, error) {
	i, ok := l.articles.Find(id)
	if !ok {
		return nil, fmt.Errorf("the library holds no article %q: %w", id, ErrNotFound)
	}
	p, err := l.doc(i)
	if err != nil {
		return nil, err
	}
	return p.Article, nil
}
