package answer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// defining matches a sentence that says what a term means: `"Tenant" means …`,
// "Tenant: …", "Tenant – …", a term on the line above or in the cell beside.
var defining = regexp.MustCompile(`(?s)^(?:(?:§+\s*)?[(\d][\w.()]{0,9}\s+)?(?:(?i:the|an?|the term|der|die|das|le|la|el|los|las)\s+)?["“”„'‘«]?` +
	`(\S[^"“”„:;?!()\n\t]{0,60}?)["“”'’»]?(?:\s*\(([^()]*)\))?` +
	`(?:(\s*[:：]\s+|\s+[–—-]+\s+|\n|\t)|` +
	`\s+(?:(?i:shall mean|means?|refers? to|denotes?|stands? for|(?:is|are) (?:defined as|short for)|has the meaning of|` +
	`bedeutet|bezeichnet|désigne|signifie|significa|designa|означает)\s+|— это )|(,\s+)|(\s+(?:is|are)\s+(?:any|an?|the)\s+))(\S.*)$`)

// meaningAsked matches questions for what a term means.
var meaningAsked = regexp.MustCompile(`(?i)^\W*(?:what(?:'s| is| are| does| do| did)\b.*\b(?:mean|meant by|meaning of|definition of|stand for|refer to)\b|(?:please )?(?:define|explain the term)\b)`)

// meaningWords say that a meaning is asked for, not what of.
var meaningWords = words.Set(`mean means meant meaning define defined definition stand refer term word`)

// longestBody is how long a definition may be to stand as the short answer, in bytes.
const longestBody = 200

// definition returns what a sentence says the thing or the person is that the
// question asks about; an empty span where it does not define it.
func (l *Library) definition(q *parsed, p *annotate.Doc, s *annotate.Sentence, lt *localTerms) corpus.Span {
	if q.Asked == yesNo || q.Asked == aQuote || s.Role != corpus.Statement || q.Denies || q.Another {
		return corpus.Span{}
	}
	text := p.Article.Quote(s.Span)
	onlyApart := q.Asked != aDefinition && !q.Means // "Telephone: 555 0147" tells more than what something means
	if onlyApart && q.Told || !q.holdsTerm(s, lt) || onlyApart && !setsApart(text) {
		return corpus.Span{}
	}
	m := defining.FindStringSubmatchIndex(text)
	if m == nil || onlyApart && m[6] < 0 {
		return corpus.Span{}
	}
	who := asksWho.MatchString(q.Text)
	term := corpus.Span{Start: s.Start + m[2], End: s.Start + m[3]}
	body := text[m[12]:m[13]]
	switch {
	case m[8] >= 0 && !isFragment(p, s, s.Start+m[12]):
		return corpus.Span{} // "Ida Vale, the mayor, said": no item of a list
	case m[6] >= 0 && who && strings.HasPrefix(strings.TrimSpace(text[m[6]:m[7]]), ":") && (speech(p, s, s.Start+m[12]) || strings.Count(p.Article.Text, text[m[2]:m[3]]+":") > 1 || p.Article.Passages[s.Passage].Question.Len() > 0):
		return corpus.Span{} // "Vale: I do not know."
	case m[6] >= 0 && who && strings.ContainsAny(text[m[6]:m[7]], "–—-") && strings.ContainsAny(body, "–—"):
		return corpus.Span{} // "The mayor – whose term ends – said"
	case m[6] >= 0 && text[m[6]:m[7]] == "\t" && (strings.Contains(body, "\t") || len(p.Columns[s.Passage]) > 0):
		return corpus.Span{} // a row of several cells
	}
	if !q.cellFits(body) || !l.isTerm(q, p, s, lt, term, who) {
		return corpus.Span{}
	}
	if m[10] >= 0 {
		return s.Span // what of it tells what it is, is for the span model
	}
	body = strings.TrimRightFunc(body, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".;,", r) })
	if body == "" || len(body) > longestBody || strings.ContainsAny(body, "\n\t") {
		return s.Span
	}
	return corpus.Span{Start: s.Start + m[12], End: s.Start + m[12] + len(body)}
}

// setsApart reports whether a sentence holds what sets a term apart from what it means, a
// colon, dash, tab or end of a line. It spares matching most.
func setsApart(text string) bool {
	space := true
	for i, r := range text {
		switch r {
		case '\n', '\t':
			return true
		case ':', '：':
			if next := text[i+utf8.RuneLen(r):]; next != "" && isSpace(next[0]) {
				return true
			}
		case '-', '–', '—':
			if space {
				return true
			}
		}
		space = r < utf8.RuneSelf && isSpace(byte(r))
	}
	return false
}

// isSpace is what \s matches.
func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' }

// holdsTerm reports whether a sentence means all of a question, as one must in which a
// term does. It spares matching most of the others.
func (q *parsed) holdsTerm(s *annotate.Sentence, lt *localTerms) bool {
	var meant [maxConcepts]bool
	for _, t := range s.Tokens {
		for _, tm := range lt.of(t.Term).terms {
			meant[tm.concept] = meant[tm.concept] || tm.weight >= isMeant
		}
	}
	return q.isAll(&meant)
}

// isMeant is how nearly a word means a concept that stands for it in a definition.
const isMeant = 0.9

// isTerm reports whether a term is what the question asks about: it means all
// of the question, and the question all of it; of somebody a part of the name
// will do.
func (l *Library) isTerm(q *parsed, p *annotate.Doc, s *annotate.Sentence, lt *localTerms, term corpus.Span, who bool) bool {
	var meant [maxConcepts]bool
	for _, t := range s.Tokens {
		if t.Start < term.Start || t.End > term.End {
			continue
		}
		found := false
		for _, tm := range lt.of(t.Term).terms {
			if tm.weight >= isMeant {
				meant[tm.concept], found = true, true
			}
		}
		if !found && !t.Class.Is(annotate.Stop) && !(who && t.Class.Is(annotate.Capital)) {
			return false
		}
	}
	return q.isAll(&meant)
}

// isAll reports whether the concepts that are meant are all that a term stands for in
// the question.
func (q *parsed) isAll(meant *[maxConcepts]bool) bool {
	some := false
	for c := range q.Concepts {
		if _, kind := focusKinds[q.Concepts[c].Word]; !meant[c] && !kind && !(q.Means && meaningWords[q.Concepts[c].Word]) {
			return false // "the telephone number" is what stands behind "Telephone:"
		}
		some = some || meant[c]
	}
	return some
}

// isFragment reports whether what follows a comma only calls somebody
// something: no verb, as in an item of a list.
func isFragment(p *annotate.Doc, s *annotate.Sentence, from int) bool {
	for _, t := range s.Tokens {
		if t.Start >= from && (annotate.Auxiliary[p.Word(t)] || t.Class.Is(annotate.Stop) && pronouns[p.Word(t)]) {
			return false
		}
	}
	return s.Cue < 0 && !strings.HasSuffix(strings.TrimRight(p.Article.Quote(s.Span), `"”’)`), ".")
}

// speech reports whether what follows the name of a speaker is what he said:
// it says I, or has a verb that helps.
func speech(p *annotate.Doc, s *annotate.Sentence, from int) bool {
	for _, t := range s.Tokens {
		word := p.Word(t)
		if t.Start >= from && (annotate.Auxiliary[word] || word == "i" || word == "we" || word == "you" || word == "yes" || word == "no") {
			return true
		}
	}
	return s.Speaker >= 0
}

var (
	asksWho  = regexp.MustCompile(`(?i)\bwho\b`)
	pronouns = words.Set(`he she it they him her them his its their this that these those we i you our my your`)
)
