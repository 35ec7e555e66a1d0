package handlers

import (
	"context"

	"footnote/answer"
	"footnote/corpus"
)

// facts is what a library tells besides answers: who said what, what was
// counted, when things happened, how parties stand to one another. Every
// [answer.Library] does; tests bring facts of their own for what no real
// article has, such as a name of 500 stars.
type facts interface {
	Speakers(ctx context.Context, article string) ([]answer.Speaker, error)
	LikelySpeakers(ctx context.Context, article string) ([]answer.Speaker, error)
	Said(ctx context.Context, speaker, about, article string, limit int) (answer.List[answer.Statement], error)
	Figures(ctx context.Context, article string, kinds []string) ([]answer.Figure, error)
	AllFigures(ctx context.Context, article string, limit int) (answer.List[answer.Figure], error)
	Timeline(ctx context.Context, article string, limit int) (answer.List[answer.Event], error)
	Disagreements(ctx context.Context, article string, limit int) (answer.List[answer.Disagreement], error)
	Relations(ctx context.Context, q answer.RelationQuery) ([]answer.Relation, error)
}

// speaking brings the sentence at w of an article back as an answer, which knows
// who speaks in it.
func (p *page) speaking(ctx context.Context, w answer.Where, article *corpus.Article) (answer.Answer, error) {
	a, err := find(ctx, p.lib, answer.Other{Article: w.Article, Start: w.Sentence.Start, End: w.Sentence.End, Quote: article.Quote(w.Sentence)})
	if isGone(err) {
		err = nil // nobody speaks but the article
	}
	return a, err
}

// refOf names the sentence at w of an article in a custom id.
func refOf(w answer.Where, article *corpus.Article) string {
	return ref(w.Article, w.Sentence.Start, w.Sentence.End, article.Quote(w.Sentence))
}
