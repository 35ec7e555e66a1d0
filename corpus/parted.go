package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	questionLevel = 7   // of a question that stands over its answer: below all headings
	maxQuestion   = 200 // its longest, in runes
)

var (
	// questionMark matches what a question is marked with in a list of questions and answers.
	questionMark = regexp.MustCompile(`^\s*(?:(?:Q|Question|QUESTION|Frage|FRAGE|Pregunta|PREGUNTA|Domanda|Вопрос|ВОПРОС|سؤال|問|问)\s?\d{0,3}\s?[.:：)–—]|[FPВس]\s?[:：])\s*`)
	// answerMark matches what its answer is marked with.
	answerMark = regexp.MustCompile(`^\s*(?:(?:A|Answer|ANSWER|Antwort|ANTWORT|Réponse|Respuesta|Risposta|Ответ|ОТВЕТ|جواب|答)\s?\d{0,3}\s?[.:：)–—]|[RОج]\s?[:：])\s`)
	// questionEnd matches the end of a question inside a line.
	questionEnd = regexp.MustCompile(`[?？؟]["”’»)\]]*(?:\s+|$)`)
)

// AnswerMark returns the length of the mark that an answer begins with, "A: ";
// 0 where there is none.
func AnswerMark(s string) int { return len(answerMark.FindString(s)) }

// parted makes of the questions that stand over their answers headings of their
// own, so that the answer is about what they ask; and cuts numbered clauses and
// the turns of a talk that stand on lines of their own.
func parted(blocks []block, language string) []block {
	var out []block
	for i, b := range blocks {
		if b.level > 0 || b.table || b.code {
			out = append(out, b)
			continue
		}
		var next *block
		if i+1 < len(blocks) {
			next = &blocks[i+1]
		}
		out = append(out, partBlock(b.clauses(), next, language)...)
	}
	return out
}

// clauses lets every line begin an item that begins with a number of a clause,
// where the first one does.
func (b block) clauses() block {
	if len(b.breaks) > 0 || !clauseMark.MatchString(b.text) {
		return b
	}
	for i := strings.IndexByte(b.text, '\n'); i >= 0 && i < len(b.text); {
		if clauseMark.MatchString(b.text[i+1:]) {
			b.breaks = append(b.breaks, i+1)
		}
		n := strings.IndexByte(b.text[i+1:], '\n')
		if n < 0 {
			break
		}
		i += 1 + n
	}
	return b
}

// piece is an item or a marked line of a block, or what of it is a question.
type piece struct {
	text  string
	from  int    // where it begins in the block
	label string // number of the item
	asks  bool   // heads what follows
	sure  bool   // marked as a question
}

// partBlock cuts a block at its questions and at the turns of a talk.
func partBlock(b block, next *block, language string) []block {
	pieces := b.pieces(language)
	talk, cut := false, false
	for i := range pieces {
		p := &pieces[i]
		if p.asks && !p.sure { // over nothing, or over another one, it is one of a list of questions
			over := i+1 < len(pieces) && !pieces[i+1].asks || i+1 == len(pieces) && next != nil && next.level == 0 && !onlyAsks(next.text, language)
			p.asks = over && (i == 0 || !pieces[i-1].asks || pieces[i-1].sure)
		}
		cut = cut || p.asks
		talk = talk || turn.MatchString(p.text) && isQuestion(p.text, language)
	}
	if !cut && (!talk || len(pieces) == 1) {
		return []block{b}
	}
	var out []block
	for i, p := range pieces {
		line := b.line + strings.Count(b.text[:p.from], "\n")
		text := strings.TrimSpace(p.text)
		switch {
		case p.asks:
			out = append(out, block{line: line, level: questionLevel, text: text})
		case i > 0 && !pieces[i-1].asks && !(talk && turn.MatchString(text)):
			to := &out[len(out)-1]
			to.breaks = append(to.breaks, len(to.text)+1)
			to.labels = append(to.labels, p.label)
			to.text += "\n" + text
		default:
			out = append(out, block{line: line, text: text, labels: []string{p.label}})
		}
	}
	return out
}

// pieces cuts a block where an item begins, at lines that are marked as a
// question or an answer, and behind the questions that begin them.
func (b block) pieces(language string) []piece {
	starts, at := []int{0}, 0
	for line := range strings.Lines(b.text) {
		if at > 0 && (slices.Contains(b.breaks, at) || questionMark.MatchString(line) || answerMark.MatchString(line)) {
			starts = append(starts, at)
		}
		at += len(line)
	}
	var out []piece
	for n, from := range starts {
		to := len(b.text)
		if n+1 < len(starts) {
			to = starts[n+1]
		}
		p := piece{text: b.text[from:to], from: from}
		if k := slices.Index(b.breaks, from) + 1; k < len(b.labels) && (k > 0 || from == 0) {
			p.label = b.labels[k]
		}
		end := b.question(p.text, language)
		if end == 0 {
			out = append(out, p)
			continue
		}
		rest := piece{text: p.text[end:], from: from + end}
		p.text, p.asks, p.sure = p.text[:end], true, questionMark.MatchString(p.text)
		out = append(out, p)
		if strings.TrimSpace(rest.text) != "" {
			out = append(out, rest)
		}
	}
	return out
}

// question returns the length of the question that heads what stands behind it
// in a piece of the block, or below it; 0 where there is none.
func (b block) question(s, language string) int {
	end := len(s)
	at := questionEnd.FindStringIndex(s)
	if at != nil {
		end = at[1]
	}
	if m := questionMark.FindString(s); m != "" {
		first, _, _ := strings.Cut(s, "\n")
		switch {
		case at != nil && utf8.RuneCountInString(s[:end]) <= maxQuestion:
			return end
		case m[0] == 'Q' && strings.ContainsAny(m, ":：") && utf8.RuneCountInString(first) <= maxQuestion:
			return len(first) // "Q: My boat leaks."
		}
		return 0
	}
	if at == nil || !onlyAsks(s[:end], language) || end < len(s) && len(b.breaks) == 0 && !itemMark.MatchString(s) {
		return 0
	}
	return end
}

// onlyAsks reports whether a text is one question, not too long, that nobody is
// shown to say.
func onlyAsks(s, language string) bool {
	s = strings.TrimSpace(itemMark.ReplaceAllString(s, ""))
	if utf8.RuneCountInString(s) > maxQuestion || !isQuestion(s, language) || turn.MatchString(s) && !questionMark.MatchString(s) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return !strings.ContainsRune("\"'“‘„«‹「『", first) && len(sentences(s, language)) == 1
}
