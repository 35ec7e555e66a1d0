package answer

import (
	"context"
	"math"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/index"
)

// expand adds the words that may stand for a concept, as the terms that the
// index holds: single words analysed, phrases as they are.
func (l *Library) expand(c *concept, word, language string) {
	if base := annotate.BaseTerm(l.words, word, ""); base != "" {
		c.add(base, 1)
	}
	for _, e := range l.words.Synonyms(word) {
		toks := index.Analyze(language, e.Word)
		switch {
		case len(toks) > 1:
			c.add(e.Word, e.Weight)
		case len(toks) == 1 && toks[0].Stop:
			c.add(annotate.AcronymKey(annotate.Fold(e.Word)), e.Weight)
		case len(toks) == 1:
			c.add(toks[0].Term, e.Weight)
		}
	}
	if n, ok := l.words.Number(word); ok && n.Kind == words.Cardinal && n.Value == math.Trunc(n.Value) && n.Value < 1e6 {
		c.add(formatNumber(n.Value), 1)
	}
}

// rarity returns how much a concept tells: the inverse document frequency of
// its word, under any name, among the library's passages. (Counting words
// that are common in English for less was tried and changed nothing.)
func (l *Library) rarity(p *parsed, c *concept, language string) float64 {
	df := 0
	for term, weight := range c.Terms {
		if weight >= 0.95 {
			n, err := l.index.DocFreq(context.Background(), language, term)
			if err != nil {
				p.err = err
			}
			df = max(df, n)
		}
	}
	return index.IDF(l.index.Documents(language), df)
}
