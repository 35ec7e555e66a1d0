package answer

import (
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
