package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"footnote/answer/annotate"
	"footnote/answer/queue"
	"footnote/answer/reading"
	"footnote/answer/shelf"
	"footnote/answer/vectors"
	"footnote/answer/words"
	"footnote/corpus"
	"footnote/encoder"
	"footnote/index"
)

// Library is a set of prepared articles with their index. It is safe for
// concurrent use and never changes.
type Library struct {
	articles   *shelf.Collection
	users      *atomic.Int32 // libraries of the same articles
	languages  []string      // of the articles, sorted
	headers    headers
	words      *words.Words
	vocabulary *shelf.Vocabulary
	vectors    *shelf.Vectors // nil where words alone are compared
	model      *encoder.Model // that made them, or nil
	encoders   *sync.Pool     // of *vectors.Encoder
	readers    *sync.Pool     // of *reading.Reader; nil where the model does not read

	desk *desk
	kept *queue.Kept[Question, Answer]

	lists       *queue.Kept[listed, any]
	speakers    *roll
	suggested   atomic.Pointer[suggested]
	disagreeing *disagreeing
	background  *background
}

// newLibrary makes a library of articles, which it takes over. Passages are compared
// by the vectors of the model, which may be nil, where there are some.
func newLibrary(articles *shelf.Collection, m *encoder.Model) (*Library, error) {
	v, err := articles.Vocabulary()
	if err != nil {
		return nil, errors.Join(err, articles.Close())
	}
	l := &Library{articles: articles, users: new(atomic.Int32), words: words.Load(), vocabulary: v, speakers: &roll{}, disagreeing: &disagreeing{}, background: newBackground()}
	l.users.Store(1)
	for i := range articles.Headers() {
		if language := articles.Headers()[i].Language; !slices.Contains(l.languages, language) {
			l.languages = append(l.languages, language)
		}
	}
	slices.Sort(l.languages)
	if l, err = l.with(m); err != nil {
		return nil, errors.Join(err, articles.Close())
	}
	return l, nil
}

// more returns the library once more, with what vectors of the model there are now.
// Both must be closed. Of a library that is closed already there is no more.
func (l *Library) more(m *encoder.Model) (*Library, error) {
	for n := int32(0); n == 0 || !l.users.CompareAndSwap(n, n+1); {
		if n = l.users.Load(); n == 0 {
			return nil, errClosed
		}
	}
	again, err := l.with(m)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return again, nil
}

var errClosed = errors.New("the library is closed")

// with returns a library of the same articles whose passages are found by what
// vectors of the model are there.
func (l *Library) with(m *encoder.Model) (*Library, error) {
	w := &Library{articles: l.articles, users: l.users, languages: l.languages, words: l.words, vocabulary: l.vocabulary,
		speakers: l.speakers, disagreeing: l.disagreeing, background: l.background,
		desk: newDesk(), kept: queue.NewKept[Question, Answer](maxKept), lists: queue.NewKept[listed, any](maxLists),
	}
	w.suggested.Store(&suggested{queue.NewKept[shelf.Key, []string](2 * suggestibleArticles), w.size()})
	if m == nil {
		return w, nil
	}
	var err error
	if w.vectors, err = l.articles.Vectors(m); err != nil || !w.vectors.Some() && w.vectors.Lacking() {
		return w, err
	}
	w.model = m
	w.encoders = &sync.Pool{New: func() any { return vectors.NewEncoder(m) }}
	if reading.Reads(m) {
		w.readers = &sync.Pool{New: func() any { return reading.NewReader(m) }}
	}
	return w, nil
}

// Key names the library; see [Source].
func (l *Library) Key() string { return l.articles.Key }

// Articles returns the articles, sorted by id.
func (l *Library) Articles() []*corpus.Article {
	articles := make([]*corpus.Article, 0, l.size())
	for _, d := range l.docs() {
		articles = append(articles, d.Article)
	}
	return articles
}

// Languages returns the two-letter codes of the articles' languages, sorted.
func (l *Library) Languages() []string { return slices.Clone(l.languages) }

// size is how many articles there are.
func (l *Library) size() int { return l.Size() }

// idOf returns the id of article i.
func (l *Library) idOf(i int) string { return l.Headers()[i].ID }

// first returns the number of the first passage of article i, and of that behind the
// last one how many passages there are.
func (l *Library) first(i int) int { return l.articles.First(i) }

// doc returns article i, prepared. An error wraps [index.ErrDamaged].
func (l *Library) doc(i int) (*annotate.Doc, error) { return l.articles.Doc(i) }

// docs returns all articles.
func (l *Library) docs() []*annotate.Doc {
	docs := make([]*annotate.Doc, 0, l.size())
	for i := range l.size() {
		if d, err := l.doc(i); err == nil {
			docs = append(docs, d)
		}
	}
	return docs
}

// Close gives back what the library uses once no other one of the same articles
// does. [Live] calls it.
func (l *Library) Close() error {
	if l.users.Add(-1) > 0 {
		return nil
	}
	l.background.end()
	return l.articles.Close()
}

// passageAt returns the article and the passage in it, both counted from 0,
// of a passage number of the index.
func (l *Library) passageAt(number int) (doc, passage int) { return l.articles.At(number) }

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
	return l.articles.Index().Search(ctx, index.Query{Terms: terms, Within: l.numbers(article), Limit: candidates})
}

// numbers returns the numbers of an article's passages; all where it is "".
func (l *Library) numbers(article string) index.Range {
	if article == "" {
		return index.Range{}
	}
	if i, ok := l.articles.Find(article); ok && l.articles.Passages(i).From < l.articles.Passages(i).To {
		return l.articles.Passages(i)
	}
	return index.Range{From: -1} // none
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
	for i := range l.size() {
		p, err := l.doc(i)
		if err != nil {
			return err
		}
		for k := range p.Sentences {
			for _, t := range p.Sentences[k].Tokens {
				if t.Class.Is(annotate.Stop) {
					continue
				}
				term := index.Term{Language: p.Article.Language, Text: p.Strings[t.Term], Weight: 1}
				hits, err := l.articles.Index().Search(context.Background(), index.Query{Terms: []index.Term{term}, Limit: 1})
				if err == nil && len(hits) == 0 {
					err = fmt.Errorf("%w: it does not find %q, which article %s holds", index.ErrDamaged, term.Text, p.Article.ID)
				}
				return err
			}
		}
	}
	return nil
}
