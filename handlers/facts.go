package handlers

import (
	"context"

	"footnote/answer"
)

// facts is what a library tells besides answers: who said what, what was
// counted, when things happened, how parties stand to one another. Every
// [answer.Library] does; tests bring facts of their own for what no real
// article has, such as a name of 500 stars.
type facts interface {
	Speakers(article string) []answer.Speaker
	Said(speaker, about, article string) []answer.Statement
	Figures(ctx context.Context, article string, kinds []string) []answer.Figure
	AllFigures(article string) []answer.Figure
	Timeline(article string) []answer.Event
	Disagreements(article string) []answer.Disagreement
	Relations(q answer.RelationQuery) []answer.Relation
}

// speaking brings the sentence at w back as an answer, which knows who speaks in it.
func (p *page) speaking(w answer.Where) answer.Answer {
	a, _ := find(p.lib, answer.Other{Article: w.Article, Start: w.Sentence.Start, End: w.Sentence.End, Quote: p.lib.Article(w.Article).Quote(w.Sentence)})
	return a // where it cannot be found, nobody speaks but the article
}

// refOf names the sentence at w in a custom id.
func (p *page) refOf(w answer.Where) string {
	return ref(w.Article, w.Sentence.Start, w.Sentence.End, p.lib.Article(w.Article).Quote(w.Sentence))
}
