package answer

import (
	"strings"
	"unicode/utf8"

	"footnote/answer/annotate"
)

// What an article begins with is taken for what it is about: at most so many
// sentences of so many passages, in so many letters.
const (
	leadSentences = 3
	leadPassages  = 2
	leadLetters   = 600
)

// Lead returns the sentences that an article begins with, as answers. What only
// asks, or is no sentence, is left out where there is anything else.
func (l *Library) Lead(article string) []Answer {
	doc, ok := l.byID[article]
	if !ok {
		return nil
	}
	p := l.docs[doc]
	var lead []Answer
	letters, passages, last := 0, 0, -1
	for _, whole := range []bool{true, false} {
		for i := range p.Sentences {
			s := &p.Sentences[i]
			quote := p.Article.Quote(s.Span)
			n := utf8.RuneCountInString(quote)
			if whole && !tells(quote) {
				continue
			}
			if s.Passage != last {
				passages, last = passages+1, s.Passage
			}
			if len(lead) == leadSentences || len(lead) > 0 && (passages > leadPassages || letters+n > leadLetters) {
				return lead
			}
			letters += n
			lead = append(lead, l.again(doc, i))
		}
		if len(lead) > 0 {
			return lead
		}
	}
	return nil
}

// tells reports whether a text is a sentence that tells something: some words
// with an end that is no question mark.
func tells(s string) bool {
	s = strings.TrimRight(s, "\"'”’»“)] ")
	end, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!…。！।۔։", end) && utf8.RuneCountInString(s) > 15
}

// Knows reports whether a word is one of the articles' or, where questions are
// asked in English, a common one.
func (l *Library) Knows(word string) bool {
	w := annotate.Fold(word)
	return l.vocabulary.has(w) || l.words.Common(w)
}
