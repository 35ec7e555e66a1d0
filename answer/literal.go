package answer

import (
	"context"
	"slices"
	"strings"

	"footnote/corpus"
	"footnote/index"
)

// maxMentions bounds the passages that a literal search returns.
const maxMentions = 1000

// Search returns every passage that holds all of the words, in any inflection
// that the language's analyzer knows, in reading order, and the forms of the
// words that the articles use. With article only that one is searched.
func (l *Library) Search(ctx context.Context, query, article string) (mentions []Mention, forms []string, err error) {
	seen := map[string]bool{}
	for _, language := range l.languages {
		var terms []index.Term
		want := map[string]bool{}
		for _, t := range index.Analyze(language, shorten(query, maxQuestion)) {
			if !t.Stop && !want[t.Term] {
				want[t.Term] = true
				terms = append(terms, index.Term{Language: language, Text: t.Term, Weight: 1})
			}
		}
		if len(terms) == 0 {
			continue
		}
		hits, err := l.index.Search(ctx, index.Query{Terms: terms, Article: article, All: true, Limit: maxMentions})
		if err != nil {
			return nil, nil, err
		}
		for _, h := range hits {
			doc, passage := l.passageAt(h.Document)
			p := l.docs[doc]
			m := Mention{Article: p.Article.ID, Paragraph: passage + 1, Span: p.Article.Passages[passage].Span}
			// The index knows what a passage means without saying it; a literal
			// search wants the words themselves.
			var said []string
			found := map[string]bool{}
			for _, s := range p.sentencesOf(passage) {
				for _, t := range s.Tokens {
					if want[p.Strings[t.Term]] {
						found[p.Strings[t.Term]] = true
						m.Marks = append(m.Marks, corpus.Span{Start: t.Start, End: t.End})
						said = append(said, p.word(t))
					}
				}
			}
			if len(found) < len(want) {
				continue
			}
			for _, w := range said {
				seen[w] = true
			}
			mentions = append(mentions, m)
		}
	}
	slices.SortFunc(mentions, func(a, b Mention) int {
		if c := strings.Compare(a.Article, b.Article); c != 0 {
			return c
		}
		return a.Paragraph - b.Paragraph
	})
	for f := range seen {
		forms = append(forms, f)
	}
	slices.Sort(forms)
	return mentions, forms, nil
}
