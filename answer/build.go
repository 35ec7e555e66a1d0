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
	"footnote/index"
)

// preparedFile is the file in an index directory that holds the articles.
const preparedFile = "articles.gob"

// Source is a library made ready to be built: its articles prepared, and the
// key that names its index directory.
type Source struct {
	Key  string // changes with what is built, of which word lists and by which versions; see keyOf
	docs []*annotate.Doc
}

// Prepare makes the articles ready to be built. It takes a few milliseconds an
// article, on all processors.
func Prepare(articles []*corpus.Article) (*Source, error) {
	if len(articles) == 0 {
		return nil, errors.New("the library holds no article; put a .md, .txt or .html file into it")
	}
	s := &Source{docs: make([]*annotate.Doc, len(articles))}
	w := words.Load()
	var next atomic.Int64
	var working sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(articles)) {
		working.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(articles); i = int(next.Add(1)) - 1 {
				s.docs[i] = annotate.Prepare(articles[i], w)
			}
		})
	}
	working.Wait()
	var err error
	s.Key, err = s.key()
	return s, err
}

// Build writes the index directory below root, unless it is there and whole.
func (s *Source) Build(ctx context.Context, root string) error {
	b, err := s.encode()
	if err != nil {
		return err
	}
	return index.Build(ctx, root, s.Key, s.documents(), map[string][]byte{preparedFile: b})
}

// InMemory returns the library without writing anything.
func (s *Source) InMemory() (*Library, error) {
	x, err := index.OpenMemory(s.documents(), nil)
	if err != nil {
		return nil, err
	}
	return newLibrary(s.docs, x), nil
}

// Open opens the index directory of the key below root. Errors wrap
// index.ErrMissing or index.ErrDamaged where it must be built (again).
func Open(root, key string) (*Library, error) {
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
	return newLibrary(docs, x), nil
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
