package answer

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"footnote/answer/annotate"
	"footnote/corpus"
	"footnote/index"
)

// maxMentions bounds the passages that a literal search returns.
const maxMentions = 1000

// Search returns the passages that hold all of the words, in any inflection
// that the language's analyzer knows, in reading order, and the forms of the
// words that the articles use. Of very many it returns the first ones and says
// that there are more. With article only that one is searched.
func (l *Library) Search(ctx context.Context, query, article string) (Literal, error) {
	var hits []index.Hit
	wants := map[string]map[string]bool{} // terms by language
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
		// All of them, since those that score best are not those that come first.
		all, err := l.index.Search(ctx, index.Query{Terms: terms, Article: article, All: true, Limit: l.first[len(l.docs)]})
		if err != nil {
			return Literal{}, err
		}
		hits = append(hits, all...)
		wants[language] = want
	}
	// Passages are numbered in reading order.
	slices.SortFunc(hits, func(a, b index.Hit) int { return cmp.Compare(a.Document, b.Document) })
	var found Literal
	seen := map[string]bool{}
	for _, h := range hits {
		doc, passage := l.passageAt(h.Document)
		p := l.docs[doc]
		m, said := mentionIn(p, passage, wants[p.Article.Language])
		if m == nil {
			continue
		}
		if len(found.Mentions) == maxMentions {
			found.More = true
			break
		}
		for _, w := range said {
			seen[w] = true
		}
		found.Mentions = append(found.Mentions, *m)
	}
	found.Forms = slices.Sorted(maps.Keys(seen))
	return found, nil
}

// mentionIn returns the passage with the words marked that it holds and how it
// writes them, nil where it does not hold all. The index knows what a passage
// means without saying it; a literal search wants the words themselves.
func mentionIn(p *annotate.Doc, passage int, want map[string]bool) (m *Mention, said []string) {
	m = &Mention{Article: p.Article.ID, Paragraph: passage + 1, Span: p.Article.Passages[passage].Span}
	holds := map[string]bool{}
	for _, s := range p.SentencesOf(passage) {
		for _, t := range s.Tokens {
			if want[p.Strings[t.Term]] {
				holds[p.Strings[t.Term]] = true
				m.Marks = append(m.Marks, corpus.Span{Start: t.Start, End: t.End})
				said = append(said, p.Word(t))
			}
		}
	}
	if len(holds) < len(want) {
		return nil, nil
	}
	return m, said
}
