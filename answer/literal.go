package answer

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"footnote/answer/annotate"
	"footnote/corpus"
	"footnote/index"
)

// maxMentions bounds the passages that a literal search returns.
const maxMentions = 1000

// Search returns the passages that hold all of the words, in any inflection
// that the language's analyzer knows, in reading order, and the forms of the
// words that the articles use, other than as typed. Of very many it returns the first ones and says
// that there are more. With article only that one is searched.
func (l *Library) Search(ctx context.Context, query, article string) (Literal, error) {
	var found Literal
	query = shorten(query, maxQuestion)
	var passages []int
	wants := map[string][]typedWord{} // by language
	for _, language := range l.languages {
		want := typedWords(language, query)
		if len(want) == 0 {
			found.Common = true
			continue
		}
		wants[language] = want
		here, err := l.holding(ctx, language, article, want)
		if err != nil {
			return Literal{}, err
		}
		passages = append(passages, here...)
	}
	slices.Sort(passages) // they are numbered in reading order
	seen := map[string]bool{}
	for _, n := range passages {
		doc, passage := l.passageAt(n)
		p, err := l.doc(doc)
		if err != nil {
			return Literal{}, err
		}
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
	for _, w := range strings.Fields(query) {
		delete(seen, annotate.Fold(w))
		delete(seen, annotate.Fold(strings.TrimFunc(w, unicode.IsPunct)))
	}
	found.Forms = slices.Sorted(maps.Keys(seen))
	return found, nil
}

// holding returns the numbers of the passages in which the index holds all
// of the words, or all passages where it leaves every one of them out, as it
// does with the letter of "C#" in French.
func (l *Library) holding(ctx context.Context, language, article string, want []typedWord) (passages []int, err error) {
	var terms []index.Term
	for _, w := range want {
		for _, t := range w.tokens {
			if term := (index.Term{Language: language, Text: t.Term, Weight: 1}); !t.Stop && !slices.Contains(terms, term) {
				terms = append(terms, term)
			}
		}
	}
	if len(terms) == 0 {
		for doc, p := range l.docs {
			if p.Article.Language == language && (article == "" || article == p.Article.ID) {
				for n := range p.Article.Passages {
					passages = append(passages, l.first[doc]+n)
				}
			}
		}
		return passages, nil
	}
	// All of them, since those that score best are not those that come first.
	hits, err := l.index.Search(ctx, index.Query{Terms: terms, Within: l.numbers(article), All: true, Limit: l.first[l.size()]})
	for _, h := range hits {
		passages = append(passages, h.Document)
	}
	return passages, err
}

// mentionIn returns the passage with the words marked that it holds and how it
// writes them, nil where it does not hold all. The index knows what a passage
// means without saying it; a literal search wants the words themselves.
func mentionIn(p *annotate.Doc, passage int, want []typedWord) (m *Mention, said []string) {
	m = &Mention{Article: p.Article.ID, Paragraph: passage + 1, Span: p.Article.Passages[passage].Span}
	for i := range want {
		n := len(m.Marks)
		for _, s := range p.SentencesOf(passage) {
			for k := range s.Tokens {
				if at := want[i].at(p, s.Tokens[k:]); at.Len() > 0 {
					m.Marks = append(m.Marks, at)
				}
			}
		}
		if len(m.Marks) == n {
			return nil, nil
		}
	}
	m.Marks = touching(m.Marks)
	for _, at := range m.Marks {
		said = append(said, annotate.Fold(p.Article.Quote(at)))
	}
	return m, said
}

// touching sorts spans and joins those that touch or overlap, as the pairs of
// letters do by which scripts without spaces are searched.
func touching(spans []corpus.Span) []corpus.Span {
	slices.SortFunc(spans, func(a, b corpus.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	var runs []corpus.Span
	for _, s := range spans {
		if n := len(runs); n > 0 && s.Start <= runs[n-1].End {
			runs[n-1].End = max(runs[n-1].End, s.End)
			continue
		}
		runs = append(runs, s)
	}
	return runs
}
