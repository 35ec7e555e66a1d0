package shelf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"footnote/answer/annotate"
	"footnote/corpus"
	"footnote/index"
)

// Passages returns an article's passages as the index takes them. What was
// analysed when the article was prepared is not analysed again.
func (how *Preparing) Passages(p *annotate.Doc) []index.Document {
	docs := make([]index.Document, len(p.Article.Passages))
	marks := how.Marks(p)
	for i := range docs {
		docs[i] = index.Document{
			Language: p.Article.Language,
			Terms:    indexed(p, i),
			About:    analysed(nil, p.Article.Language, p.Article.Under(&p.Article.Passages[i])),
			Marks:    marks[i],
		}
	}
	return docs
}

// indexed returns the terms under which a passage is found: its own, and what
// it means without saying so, such as the name behind a role.
func indexed(p *annotate.Doc, passage int) []string {
	var terms []string
	has := map[int]bool{}
	for _, s := range p.SentencesOf(passage) {
		for _, t := range s.Tokens {
			has[t.Term], has[t.Word] = true, true
			if !t.Class.Is(annotate.Stop) {
				terms = append(terms, p.Strings[t.Term])
			}
		}
	}
	if !inSentences(p, passage) {
		terms = analysed(nil, p.Article.Language, p.Article.Quote(p.Article.Passages[passage].Span))
	}
	for _, s := range p.SentencesOf(passage) {
		for _, im := range s.Implied {
			if term := p.Strings[im.Term]; !has[im.Term] && im.Weight >= annotate.ByPronoun && !strings.ContainsAny(term, " =") {
				has[im.Term] = true
				terms = analysed(terms, p.Article.Language, term)
			}
		}
	}
	return terms
}

// inSentences reports whether the terms of a passage are those of its sentences:
// it holds no word outside of them, and none goes on from one to the next, as an
// analyzer takes "end.Begin" for one.
func inSentences(p *annotate.Doc, passage int) bool {
	a := p.Article
	of := &a.Passages[passage]
	at := of.Start
	for i, s := range p.SentencesOf(passage) {
		between := a.Text[at:s.Start]
		if strings.ContainsFunc(between, isWordy) || i == 0 && a.Asks(of) && corpus.AnswerMark(a.Quote(s.Span)) > 0 {
			return false
		}
		if last, _ := utf8.DecodeLastRuneInString(a.Text[:at]); i > 0 && between == "" && (last < utf8.RuneSelf || isWordy(last)) {
			return false
		}
		at = s.End
	}
	return !strings.ContainsFunc(a.Text[at:of.End], isWordy)
}

func isWordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) }

// analysed appends the terms of a text.
func analysed(terms []string, language, text string) []string {
	for _, t := range index.Analyze(language, text) {
		if !t.Stop {
			terms = append(terms, t.Term)
		}
	}
	return terms
}
