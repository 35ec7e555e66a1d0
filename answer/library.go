package answer

import (
	"context"
	"errors"

	"footnote/corpus"
)

// Library is a set of prepared articles with their index.
type Library struct{}

// Ask answers a question. It never fails: what cannot be answered is abstained.
func (l *Library) Ask(ctx context.Context, q Question) Answer { return Answer{} }

// Search returns every passage that holds all of the words, in reading order,
// and the forms of the words that were tried.
func (l *Library) Search(ctx context.Context, words, article string) (mentions []Mention, forms []string) {
	return nil, nil
}

// Figures lists the figures of the kinds ("killed") in one article, or in all.
func (l *Library) Figures(ctx context.Context, article string, kinds []string) []Figure { return nil }

// Articles returns the articles, sorted by id.
func (l *Library) Articles() []*corpus.Article { return nil }

// Article returns the article with the id, or nil.
func (l *Library) Article(id string) *corpus.Article { return nil }

// Suggest returns at most n questions that the library can answer and that fit the prefix.
func (l *Library) Suggest(prefix, article string, n int) []string { return nil }

// ErrNotFound says that the library holds nothing under an answer's id.
var ErrNotFound = errors.New("no such answer in the library")

// Find brings an answer back by its id; errors wrap ErrNotFound.
func (l *Library) Find(id string) (Answer, error) { return Answer{}, ErrNotFound }

// Close releases the index. Live calls it.
func (l *Library) Close() error { return nil }
