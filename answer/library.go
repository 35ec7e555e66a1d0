package answer

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"sync"
	"sync/atomic"

	"footnote/answer/annotate"
	"footnote/answer/queue"
	"footnote/answer/reading"
	"footnote/answer/vectors"
	"footnote/answer/words"
	"footnote/corpus"
	"footnote/encoder"
	"footnote/index"
)

// Library is a set of prepared articles with their index. It is safe for
// concurrent use and never changes.
type Library struct {
	index      *index.Index
	key        string        // of the index; "" in memory
	users      *atomic.Int32 // libraries that search the index
	docs       []*annotate.Doc
	first      []int // number of each article's first passage in the index, and their sum at the end
	byID       map[string]int
	languages  []string // of the articles, sorted
	words      *words.Words
	vocabulary *vocabulary
	meaning    []vectors.Passage // of each passage of the index; none where words alone are compared
	model      *encoder.Model    // that made them, or nil
	encoders   *sync.Pool        // of *vectors.Encoder
	readers    *sync.Pool        // of *reading.Reader; nil where the model does not read
	sections   map[string][]int  // passages by the numbers of clauses and versions in them

	desk *desk
	kept *queue.Kept[Question, Answer]

	suggestOnce   sync.Once
	suggestions   []suggestion
	shortOnce     sync.Once
	short         []shortEntry
	disagreeOnce  sync.Once
	disagreements []Disagreement
}

// newLibrary ties prepared articles to their index.
func newLibrary(docs []*annotate.Doc, x *index.Index) *Library {
	l := &Library{index: x, users: new(atomic.Int32), docs: docs, byID: map[string]int{}, words: words.Load(), desk: newDesk(), kept: queue.NewKept[Question, Answer](maxKept)}
	l.users.Store(1)
	n := 0
	words := wordCounts{}
	for i, d := range docs {
		words.add(d)
		l.byID[d.Article.ID] = i
		l.first = append(l.first, n)
		n += len(d.Article.Passages)
		if !slices.Contains(l.languages, d.Article.Language) {
			l.languages = append(l.languages, d.Article.Language)
		}
	}
	l.first = append(l.first, n)
	slices.Sort(l.languages)
	l.vocabulary = newVocabulary([]*wordTable{words.table()}, nil)
	l.sections = sections(docs, l.first)
	return l
}

// with lets passages be found by their vectors, which the model made.
func (l *Library) with(m *encoder.Model, passages []vectors.Passage) *Library {
	l.meaning, l.model = passages, m
	l.encoders = &sync.Pool{New: func() any { return vectors.NewEncoder(m) }}
	if reading.Reads(m) {
		l.readers = &sync.Pool{New: func() any { return reading.NewReader(m) }}
	}
	return l
}

// Articles returns the articles, sorted by id.
func (l *Library) Articles() []*corpus.Article {
	articles := make([]*corpus.Article, len(l.docs))
	for i, d := range l.docs {
		articles[i] = d.Article
	}
	return articles
}

// Languages returns the two-letter codes of the articles' languages, sorted.
func (l *Library) Languages() []string { return slices.Clone(l.languages) }

// Article returns the article with the id, or nil.
func (l *Library) Article(id string) *corpus.Article {
	if i, ok := l.byID[id]; ok {
		return l.docs[i].Article
	}
	return nil
}

// size is how many articles there are.
func (l *Library) size() int { return len(l.docs) }

// idOf returns the id of article i.
func (l *Library) idOf(i int) string { return l.docs[i].Article.ID }

// doc returns article i, prepared. An error wraps [index.ErrDamaged].
func (l *Library) doc(i int) (*annotate.Doc, error) { return l.docs[i], nil }

// Close releases the index once no other library searches it. [Live] calls it.
func (l *Library) Close() error {
	if l.users.Add(-1) > 0 {
		return nil
	}
	return l.index.Close()
}

// passageAt returns the article and the passage in it, both counted from 0,
// of a passage number of the index.
func (l *Library) passageAt(number int) (doc, passage int) {
	doc = sort.SearchInts(l.first, number+1) - 1
	return doc, number - l.first[doc]
}

// vectorsAt returns the vectors of a passage number of the index; none where
// words alone are compared.
func (l *Library) vectorsAt(number int) *vectors.Passage {
	if number >= len(l.meaning) {
		return &vectors.Passage{}
	}
	return &l.meaning[number]
}

// search asks the index for the passages of a question.
func (l *Library) search(ctx context.Context, q *parsed, article string, wide bool) ([]index.Hit, error) {
	if q.err != nil {
		return nil, q.err
	}
	var terms []index.Term
	for _, language := range l.languages {
		terms = append(terms, q.indexTerms(l.vocabulary, language, wide)...)
	}
	if len(terms) == 0 {
		return nil, ctx.Err()
	}
	return l.index.Search(ctx, index.Query{Terms: terms, Within: l.numbers(article), Limit: candidates})
}

// numbers returns the numbers of an article's passages; all where it is "".
func (l *Library) numbers(article string) index.Range {
	if article == "" {
		return index.Range{}
	}
	i, ok := l.byID[article]
	if !ok || l.first[i] == l.first[i+1] {
		return index.Range{From: -1} // none
	}
	return index.Range{From: l.first[i], To: l.first[i+1]}
}

func formatNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// answerID names an answer: the article, the offsets of the quote, and the
// start of its SHA-256.
func answerID(article string, s corpus.Span, quote string) string {
	return fmt.Sprintf("%s.%d-%d.%s", article, s.Start, s.End, digest(quote))
}

// Check looks for a word that the library holds and returns why the index
// does not find it; nil where it answers.
func (l *Library) Check() error {
	for _, p := range l.docs {
		for i := range p.Sentences {
			for _, t := range p.Sentences[i].Tokens {
				if t.Class.Is(annotate.Stop) {
					continue
				}
				term := index.Term{Language: p.Article.Language, Text: p.Strings[t.Term], Weight: 1}
				hits, err := l.index.Search(context.Background(), index.Query{Terms: []index.Term{term}, Limit: 1})
				if err == nil && len(hits) == 0 {
					err = fmt.Errorf("%w: it does not find %q, which article %s holds", index.ErrDamaged, term.Text, p.Article.ID)
				}
				return err
			}
		}
	}
	return nil
}
