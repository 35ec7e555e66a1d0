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

// Lead returns the sentences that an article begins with, as answers. Passages
// that only ask, or hold no sentence, are left out where there is anything else;
// within a passage nothing is.
func (l *Library) Lead(article string) []Answer {
	doc, ok := l.byID[article]
	if !ok {
		return nil
	}
	p := l.docs[doc]
	var lead []Answer
	telling := map[int]bool{} // the passages where some sentence tells something
	for i := range p.Sentences {
		if s := &p.Sentences[i]; tells(p.Article.Quote(s.Span)) {
			telling[s.Passage] = true
		}
	}
	letters, passages, last := 0, 0, -1
	for i := range p.Sentences {
		s := &p.Sentences[i]
		if len(telling) > 0 && !telling[s.Passage] {
			continue
		}
		if s.Passage != last {
			passages, last = passages+1, s.Passage
		}
		n := utf8.RuneCountInString(p.Article.Quote(s.Span))
		if len(lead) == leadSentences || len(lead) > 0 && (passages > leadPassages || letters+n > leadLetters) {
			break
		}
		letters += n
		lead = append(lead, l.again(p, i))
	}
	return lead
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
