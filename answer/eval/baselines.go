package eval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"footnote/answer"
	"footnote/corpus"
)

// What the bot is compared with in every table.
const (
	firstSentence = iota // the first sentences of the question's own article, in order
	wordOverlap          // the sentences with most of the question's words, of all articles
	topHit               // the index's passages in order, in each the sentence with most of the question's words
	baselineCount
)

var baselineNames = [baselineCount]string{"first sentence", "word overlap", "top hit"}

// simple is a library as the simpler methods see it.
type simple struct {
	sentences []answer.Place
	words     []map[string]bool // of each sentence
}

func newSimple(lib *answer.Library) *simple {
	s := &simple{}
	for _, a := range lib.Articles() {
		for _, p := range a.Passages {
			for _, sent := range p.Sentences {
				s.sentences = append(s.sentences, answer.Place{Article: a.ID, Passage: p.Number, Span: sent.Span})
				s.words = append(s.words, wordsOf(a.Quote(sent.Span)))
			}
		}
	}
	return s
}

// find ranks by the simpler methods and tells where what is right stands.
func (s *simple) find(c Case, article *corpus.Article, hits []answer.Place) [baselineCount]Found {
	var found [baselineCount]Found
	if c.None {
		return found
	}
	question := wordsOf(c.Question)
	order := make([]int, len(s.sentences)) // positions, most shared words first
	shared := make([]int, len(s.sentences))
	for i := range order {
		order[i] = i
		for w := range question {
			if s.words[i][w] {
				shared[i]++
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(shared[b], shared[a]) })
	var own, overlap, top []answer.Place
	for i, at := range order {
		overlap = append(overlap, s.sentences[at])
		if s.sentences[i].Article == article.ID {
			own = append(own, s.sentences[i])
		}
	}
	for _, h := range hits {
		for _, p := range overlap {
			if p.Article == h.Article && p.Passage == h.Passage {
				top = append(top, p)
			}
		}
	}
	found[firstSentence] = c.findIn(own, article)
	found[wordOverlap] = c.findIn(overlap, article)
	found[topHit] = c.findIn(top, article)
	return found
}

// findIn returns where the first right sentence stands, and the first right
// passage as their best sentences rank them.
func (c Case) findIn(sentences []answer.Place, article *corpus.Article) Found {
	type passage struct {
		article string
		number  int
	}
	seen := map[passage]bool{}
	var passages []answer.Place
	for _, s := range sentences {
		if p := (passage{s.Article, s.Passage}); !seen[p] {
			seen[p] = true
			passages = append(passages, s)
		}
	}
	return c.find(sentences, passages, article)
}

// wordsOf returns the different words of a text in lower case. Of scripts that
// write no spaces every character counts as a word.
func wordsOf(text string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) }) {
		spaceless := strings.ContainsFunc(w, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Thai) })
		if !spaceless {
			words[w] = true
			continue
		}
		for _, r := range w {
			words[string(r)] = true
		}
	}
	return words
}
