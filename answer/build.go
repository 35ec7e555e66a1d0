package answer

import (
	"context"
	_ "embed"
	"errors"

	"footnote/answer/annotate"
	"footnote/answer/shelf"
	"footnote/answer/words"
	"footnote/corpus"
	"footnote/encoder"
	"footnote/index"
)

// Source is the articles of which a library is made. Where nothing has to be read
// for it, the key of the library is known without preparing anything: a start that
// finds the library built costs next to nothing.
type Source struct {
	articles shelf.Source
	key      string
}

// ErrEmpty says that there is no article of which a library could be made.
var ErrEmpty = shelf.ErrEmpty

// From returns the articles, in the order of their ids, as a source of a library.
func From(articles []*corpus.Article) (*Source, error) {
	if len(articles) == 0 {
		return nil, shelf.ErrEmpty
	}
	return &Source{articles: shelf.Articles(articles)}, nil
}

// FromFolder returns what lies in a folder as a source of a library. The listing is
// not to be closed before the library is built.
func FromFolder(l *corpus.Listing) *Source { return &Source{articles: shelf.Folder{Listing: l}} }

// Key names the library: it changes with articles, word lists and what is made of them;
// "" while something has to be read for it. It may not be asked while the library is built.
func (s *Source) Key() string {
	if s.key == "" {
		s.key, _ = preparing.KeyOf(s.articles)
	}
	return s.key
}

// preparedSum is the digest of what is prepared of the articles under testdata.
// It stands for the code that prepares: TestPrepared fails when that makes
// something else of them, and -update then writes this file anew, so that
// articles prepared before are prepared again.
//
//go:embed prepared.sum
var preparedSum []byte

// preparing is how articles are prepared.
var preparing = &shelf.Preparing{Sum: preparedSum, Marks: func(p *annotate.Doc) [][]index.Mark { return marksOf(p, words.Load()) }}

// Building says how a library is built.
type Building struct {
	Watch   func(done, total int) // told now and then how many articles of all are there; may be nil
	Damaged func(error)           // told of what cannot be read and is made anew; may be nil
	Ready   func(*Library)        // given a library of what is there while more is being prepared, now and then; may be nil
}

// Library opens the library below root, and builds before what is not there or
// damaged; in memory for root "". Passages are found by what they mean as well where
// their vectors by the model, which may be nil, are kept; [Library.Encode] sees to it.
func (s *Source) Library(ctx context.Context, root string, m *encoder.Model, how Building) (*Library, error) {
	b := shelf.Building{Watch: how.Watch, Damaged: how.Damaged}
	if how.Ready != nil {
		b.Ready = func(c *shelf.Collection) {
			if l, err := newLibrary(c, m); err == nil {
				how.Ready(l)
			}
		}
	}
	go words.Load() // which takes as long as to open a small library
	at := shelf.At(root, preparing)
	for {
		c, err := at.Build(ctx, s.articles, b)
		if err != nil {
			return nil, err
		}
		s.key = c.Key
		l, err := newLibrary(c, m)
		if errors.Is(err, index.ErrDamaged) && at.Damaged() != nil && ctx.Err() == nil {
			continue // it is taken away and made anew
		}
		return l, err
	}
}

// Build prepares the articles and writes the library below root, unless it is
// there and whole.
func (s *Source) Build(ctx context.Context, root string) error {
	l, err := s.Library(ctx, root, nil, Building{})
	if err != nil {
		return err
	}
	return l.Close()
}

// InMemory prepares the articles and returns the library without writing
// anything.
func (s *Source) InMemory() (*Library, error) {
	return s.Library(context.Background(), "", nil, Building{})
}

// Open opens the library of the key below root, as [Source.Library] does. Errors
// wrap index.ErrMissing or index.ErrDamaged where it must be built (again).
func Open(root, key string, m *encoder.Model) (*Library, error) {
	c, err := shelf.At(root, preparing).Open(key)
	if err != nil {
		return nil, err
	}
	return newLibrary(c, m)
}

// Merge writes small parts of the library anew as larger ones, one step of it: it
// returns the same library so, or nil where nothing is to be done. Both must be closed.
func (l *Library) Merge(ctx context.Context) (*Library, error) {
	c, err := l.articles.Merge(ctx, l.model)
	if c == nil || err != nil {
		return nil, err
	}
	merged, err := newLibrary(c, l.model)
	if err != nil {
		return nil, err
	}
	// It answers as this one does: what was worked out need not be worked out again.
	merged.kept, merged.lists = l.kept, l.lists
	merged.suggested.Store(l.suggested.Load())
	merged.speakers, merged.disagreeing = l.speakers.counted(), l.disagreeing.known(l.size())
	return merged, nil
}

// Damaged says what is damaged of what lies below root, as far as somebody met it;
// building makes it anew. nil where nothing is.
func Damaged(root string) error { return shelf.At(root, preparing).Damaged() }

// Discard takes away what was met that is damaged below root, so that the next one to
// open a library there builds it anew.
func Discard(root string) error { return shelf.At(root, preparing).Discard() }

// Keep writes down once more that the library is there: another process, which knows
// nothing of it, may have swept that away while its passages were encoded.
func (l *Library) Keep() error { return l.articles.Keep() }

// Verify reads all articles and returns what is damaged of them; nil where nothing is.
func (l *Library) Verify(ctx context.Context) error { return l.articles.Verify(ctx) }

// Sweep removes what is below root and belongs to none of the libraries of these
// keys, unless some process reads it, and the vectors that belong to nothing or were
// made by a model other than this one, which may be nil, and not used of late.
func Sweep(root string, m *encoder.Model, keep ...string) error {
	return shelf.At(root, preparing).Sweep(m, keep...)
}
