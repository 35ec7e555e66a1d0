package answer

import (
	"slices"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// labelOf returns what stands before the words of a speaker at the start of a
// line of a talk; an empty span where the sentence begins with no such thing.
func labelOf(p *annotate.Doc, s *annotate.Sentence) corpus.Span {
	if !inTurn(s) {
		return corpus.Span{}
	}
	return corpus.Span{Start: s.Start, End: s.Start + corpus.TurnMark(p.Article.Quote(s.Span))}
}

// inTurn reports whether a sentence is one of somebody's in a talk, without a
// word of saying.
func inTurn(s *annotate.Sentence) bool { return s.Speaker >= 0 && s.Direct && s.Cue < 0 }

// onlySpeaks reports whether a question asks who somebody is and a sentence is
// what he says, which names him at most as its speaker.
func (l *Library) onlySpeaks(q *parsed, p *annotate.Doc, s *annotate.Sentence) bool {
	if q.Asked != aDefinition || !asksWho.MatchString(q.Text) || !inTurn(s) || !l.inQuestion(q, p, s.Speaker) {
		return false
	}
	label := labelOf(p, s)
	for _, m := range s.Mentions {
		if s.Tokens[m.First].Start >= label.End && l.inQuestion(q, p, m.Entity) {
			return false
		}
	}
	return true
}

// whomOrWhere reports whether a question asks for somebody, a place or a name.
func (q *parsed) whomOrWhere() bool {
	return q.Asked == aPerson || q.Asked == aPlace || q.Asked == aName
}

// reply returns what a sentence says that answers in a few words whom or where
// the question above it asks for, "Mostly tourists": no part of it would do. An
// empty span where it is longer, or has a verb that helps.
func (q *parsed) reply(p *annotate.Doc, s *annotate.Sentence) corpus.Span {
	const most = 6 // words
	if !q.whomOrWhere() {
		return corpus.Span{}
	}
	first := 0
	for label := labelOf(p, s); first < len(s.Tokens) && s.Tokens[first].Start < label.End; {
		first++
	}
	said := s.Tokens[first:]
	if corpus.AnswerMark(p.Article.Quote(s.Span)) > 0 || len(said) == 0 || len(said) > most ||
		slices.ContainsFunc(said, func(t annotate.Token) bool { return annotate.Auxiliary[p.Word(t)] || t.Class.Is(annotate.Negation) }) {
		return corpus.Span{}
	}
	return corpus.Span{Start: said[0].Start, End: said[len(said)-1].End}
}

func hasWord(p *annotate.Doc, s *annotate.Sentence, word string) bool {
	return slices.ContainsFunc(s.Tokens, func(t annotate.Token) bool { return p.Word(t) == word })
}
