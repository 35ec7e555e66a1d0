package answer

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
	"footnote/encoder"
	"footnote/index"
)

// preparedFile is the file in an index directory that holds the articles.
const preparedFile = "articles.gob"

// Source is a library of which an index can be built, and the key that names
// the index. The key comes from what goes in, so that it is known without
// preparing anything: a start that finds the index built costs next to nothing.
type Source struct {
	Key      string // changes with articles, word lists and what is made of them; see key.go
	articles []*corpus.Article
	docs     []*annotate.Doc // nil until prepared
}

// From returns the articles as a source of an index.
func From(articles []*corpus.Article) (*Source, error) {
	if len(articles) == 0 {
		return nil, errors.New("the library holds no article; put a .md, .txt or .html file into it")
	}
	key, err := keyOf(articles, words.Digest())
	return &Source{Key: key, articles: articles}, err
}

// prepare prepares the articles, once, on all processors; it takes a few
// milliseconds an article.
func (s *Source) prepare() {
	if s.docs != nil {
		return
	}
	s.docs = make([]*annotate.Doc, len(s.articles))
	w := words.Load()
	var next atomic.Int64
	var working sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(s.articles)) {
		working.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(s.articles); i = int(next.Add(1)) - 1 {
				s.docs[i] = annotate.Prepare(s.articles[i], w)
			}
		})
	}
	working.Wait()
}

// Build prepares the articles and writes the index directory below root, unless
// it is there and whole.
func (s *Source) Build(ctx context.Context, root string) error {
	s.prepare()
	b, err := s.encode()
	if err != nil {
		return err
	}
	return index.Build(ctx, root, s.Key, s.documents(), map[string][]byte{preparedFile: b})
}

// InMemory prepares the articles and returns the library without writing
// anything.
func (s *Source) InMemory() (*Library, error) {
	s.prepare()
	x, err := index.OpenMemory(s.documents(), nil)
	if err != nil {
		return nil, err
	}
	return newLibrary(s.docs, x), nil
}

// Open opens the index directory of the key below root. Passages are found by
// what they mean as well where their vectors by the model, which may be nil, are
// kept; [Library.Encode] sees to it. Errors wrap index.ErrMissing or index.ErrDamaged
// where the index must be built (again).
func Open(root, key string, m *encoder.Model) (*Library, error) {
	x, err := index.Open(root, key)
	if err != nil {
		return nil, err
	}
	b, err := x.File(preparedFile)
	if err != nil {
		return nil, errors.Join(err, x.Close())
	}
	var docs []*annotate.Doc
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&docs); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s: %w", index.ErrDamaged, preparedFile, err), x.Close())
	}
	for _, d := range docs {
		d.Hash()
	}
	l := newLibrary(docs, x)
	l.key = key
	if m == nil {
		return l, nil
	}
	return l.withKept(root, m), nil
}

func (s *Source) encode() ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(s.docs)
	return b.Bytes(), err
}

// documents returns the passages as the index takes them.
func (s *Source) documents() []index.Document {
	var docs []index.Document
	for _, p := range s.docs {
		for i := range p.Article.Passages {
			docs = append(docs, index.Document{
				Article:  p.Article.ID,
				Language: p.Article.Language,
				Text:     indexed(p, i),
				About:    p.Article.Under(&p.Article.Passages[i]),
			})
		}
	}
	return docs
}

// indexed returns the text under which a passage is found: its own, and what
// it means without saying so, such as the name behind a role.
func indexed(p *annotate.Doc, passage int) string {
	text := p.Article.Quote(p.Article.Passages[passage].Span)
	has := map[int]bool{}
	for _, s := range p.SentencesOf(passage) {
		for _, t := range s.Tokens {
			has[t.Term], has[t.Word] = true, true
		}
	}
	var b strings.Builder
	b.WriteString(text)
	for _, s := range p.SentencesOf(passage) {
		for _, im := range s.Implied {
			if term := p.Strings[im.Term]; !has[im.Term] && im.Weight >= annotate.ByPronoun && !strings.ContainsAny(term, " =") {
				has[im.Term] = true
				b.WriteString("\n")
				b.WriteString(term)
			}
		}
	}
	return b.String()
}
