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
	"unicode"
	"unicode/utf8"

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
	return index.Build(ctx, root, s.Key, func(w *index.Writer) error {
		f, err := w.Create(preparedFile)
		if err != nil {
			return err
		}
		if _, err := f.Write(b); err != nil {
			return err
		}
		return s.fill(w)
	})
}

// fill gives the passages to the index.
func (s *Source) fill(w *index.Writer) error {
	for _, p := range s.docs {
		if err := w.Add(documents(p)); err != nil {
			return err
		}
	}
	return nil
}

// InMemory prepares the articles and returns the library without writing
// anything.
func (s *Source) InMemory() (*Library, error) {
	s.prepare()
	x, err := index.InMemory(context.Background(), s.fill)
	if err != nil {
		return nil, err
	}
	l := newLibrary(s.docs, index.NewIndex([]index.Part{x.Whole()}))
	return l, x.Close()
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
	defer x.Close() // the library's index holds it
	b, err := x.ReadFile(preparedFile)
	if err != nil {
		return nil, err
	}
	var docs []*annotate.Doc
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&docs); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", index.ErrDamaged, preparedFile, err)
	}
	for _, d := range docs {
		d.Hash()
	}
	l := newLibrary(docs, index.NewIndex([]index.Part{x.Whole()}))
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

// documents returns an article's passages as the index takes them. What was
// analysed when the article was prepared is not analysed again.
func documents(p *annotate.Doc) []index.Document {
	docs := make([]index.Document, len(p.Article.Passages))
	for i := range docs {
		docs[i] = index.Document{
			Language: p.Article.Language,
			Terms:    indexed(p, i),
			About:    analysed(nil, p.Article.Language, p.Article.Under(&p.Article.Passages[i])),
		}
	}
	return docs
}

// indexed returns the terms under which a passage is found: its own, and what
// it means without saying so, such as the name behind a role.
func indexed(p *annotate.Doc, passage int) []string {
	var terms []string
	has := map[int]bool{}
	for _, s := range p.SentencesOf(passage) {
		for _, t := range s.Tokens {
			has[t.Term], has[t.Word] = true, true
			if !t.Class.Is(annotate.Stop) {
				terms = append(terms, p.Strings[t.Term])
			}
		}
	}
	if !inSentences(p, passage) {
		terms = analysed(nil, p.Article.Language, p.Article.Quote(p.Article.Passages[passage].Span))
	}
	for _, s := range p.SentencesOf(passage) {
		for _, im := range s.Implied {
			if term := p.Strings[im.Term]; !has[im.Term] && im.Weight >= annotate.ByPronoun && !strings.ContainsAny(term, " =") {
				has[im.Term] = true
				terms = analysed(terms, p.Article.Language, term)
			}
		}
	}
	return terms
}

// inSentences reports whether the terms of a passage are those of its sentences:
// it holds no word outside of them, and none goes on from one to the next, as an
// analyzer takes "end.Begin" for one.
func inSentences(p *annotate.Doc, passage int) bool {
	a := p.Article
	of := &a.Passages[passage]
	at := of.Start
	for i, s := range p.SentencesOf(passage) {
		between := a.Text[at:s.Start]
		if strings.ContainsFunc(between, isWordy) || i == 0 && a.Asks(of) && corpus.AnswerMark(a.Quote(s.Span)) > 0 {
			return false
		}
		if last, _ := utf8.DecodeLastRuneInString(a.Text[:at]); i > 0 && between == "" && (last < utf8.RuneSelf || isWordy(last)) {
			return false
		}
		at = s.End
	}
	return !strings.ContainsFunc(a.Text[at:of.End], isWordy)
}

func isWordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) }

// analysed appends the terms of a text.
func analysed(terms []string, language, text string) []string {
	for _, t := range index.Analyze(language, text) {
		if !t.Stop {
			terms = append(terms, t.Term)
		}
	}
	return terms
}
