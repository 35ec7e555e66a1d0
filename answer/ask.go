package answer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"time"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// maxOthers is how many further sentences an answer names.
const maxOthers = 5

// maxQuestion bounds a question, in bytes; what is longer is cut at a word.
const maxQuestion = 1000

// Trace is an answer with how it came about, for `-debug` and for measuring.
type Trace struct {
	Answer     Answer
	Asked      string   // what kind of thing the question asks for
	Concepts   []string // what it is about, with weights
	Signals    []Part   // what decided whether to answer
	Passages   []Place  // best first
	Hits       []Place  // passages as the index alone ranks them, best first
	Sentences  []Place  // best first
	Forced     string   // the span that would be shown if it had to answer and be short
	ForcedSure float64  // how sure the span is, 0 to 1
}

// Place is where something stands: an article, a passage counted from 1, a span.
type Place struct {
	Article string
	Passage int
	Span    corpus.Span
	Score   float64
	Parts   []Part
}

// Trace answers a question and tells how, at once and from scratch.
func (l *Library) Trace(ctx context.Context, q Question) Trace {
	begin := time.Now()
	t := l.trace(ctx, q, true)
	t.Answer.TookUS = time.Since(begin).Microseconds()
	return t
}

// trace answers a question, and where it is to tell all names every passage and sentence
// that was looked at.
func (l *Library) trace(ctx context.Context, q Question, all bool) Trace {
	a := l.nothing(q)
	q = q.normal()
	p := l.parse(q, l.questionLanguage())
	a.Corrected, a.Looked, a.Taken = p.Corrected, p.Looked, p.Taken
	for i := range p.Concepts {
		if slices.Contains(p.Looked, p.Concepts[i].Text) && !l.known(&p.Concepts[i]) {
			a.Unfound = append(a.Unfound, p.Concepts[i].Text)
		}
	}
	t := Trace{Asked: p.Asked.String()}
	for i := range p.Concepts {
		t.Concepts = append(t.Concepts, p.Concepts[i].Word)
	}
	a.Language = l.foreign(q.Text)
	if len(p.Concepts) == 0 {
		a.Err = p.err
		t.Answer = a
		return t
	}
	r, err := l.rank(ctx, p, q.Article)
	a.Err = err
	if len(r.sentences) == 0 {
		t.Answer = a
		return t
	}
	best := r.sentences[0]
	doc := best.p
	span, sure := l.shortAnswer(p, best)
	t.Forced, t.ForcedSure = doc.Article.Quote(span), sure
	t.Signals = (&judgement{l, p, r, best, sure}).values()
	a.Confidence = math.Round(confidence(t.Signals)*1000) / 1000
	if best.sure || l.answersTold(p, doc, best) {
		a.Confidence = max(a.Confidence, toldAt)
	}
	if sure < spanAt { // a wrong short answer is worse than none
		span = best.in.Span
	}
	turned := !best.sure && (p.guessesRow(doc, best, a.Confidence) || !l.does(p, doc, best.in, &best.match) || l.fitsTold(p, doc, best.sentence) < 0 || l.turnedRound(p, doc, best) || l.reversed(p, doc, best) || l.ended(p, doc, best))
	if all {
		l.tell(&t, &r)
	}
	others := r.sentences
	if a.Confidence >= showAt && !turned { // not "how many did Haftar murder?" of fighting that killed
		a.Status, a.Band = Answered, BandAnswered
		l.cite(&a, p, best, span)
		a.Language = "" // it was understood well enough
		others = others[1:]
	}
	for _, o := range others[:min(len(others), maxOthers)] {
		s, article := o.in, o.p.Article
		a.Others = append(a.Others, Other{Article: article.ID, Paragraph: s.Passage + 1, Start: s.Start, End: s.End, Quote: article.Quote(s.Span)})
	}
	if a.Status == Abstained {
		l.help(&a, others, turned)
	}
	t.Answer = a
	return t
}

// tell tells of everything that was looked at.
func (l *Library) tell(t *Trace, r *ranking) {
	t.Passages, t.Hits = l.places(r.passages), l.places(r.hits)
	for i := range r.sentences {
		sc := r.sentences[i]
		place := Place{Article: sc.p.Article.ID, Passage: sc.in.Passage + 1, Span: sc.in.Span, Score: sc.score}
		for k, v := range sc.parts {
			place.Parts = append(place.Parts, Part{features[k].name, v, features[k].weigh(sc.reads)})
		}
		t.Sentences = append(t.Sentences, place)
	}
}

// places tells where passages stand whose numbers the index gave.
func (l *Library) places(numbers []int) []Place {
	var places []Place
	for _, n := range numbers {
		doc, passage := l.passageAt(n)
		places = append(places, Place{Article: l.idOf(doc), Passage: passage + 1})
	}
	return places
}

// questionLanguage is the language that questions are read in: the library's
// own where it has one, English where it has several.
func (l *Library) questionLanguage() string {
	if len(l.languages) == 1 {
		return l.languages[0]
	}
	return "en"
}

// cite fills in the answer: quote, span, context, speaker, citation, id.
func (l *Library) cite(a *Answer, q *parsed, best *scored, span corpus.Span) {
	p, s := best.p, best.in
	article := p.Article
	a.Quote = article.Quote(s.Span)
	a.Answer = article.Quote(span)
	a.Columns = Columns(article, s.Span)
	if !isBare(s) { // a bare yes is not put in bold
		a.Emphasis = l.emphasis(p, s, span)
	}
	published := ""
	if !article.Published.IsZero() {
		published = article.Published.Format(time.DateOnly)
	}
	a.Citation = &Citation{Article: article.ID, Title: article.Title, Source: article.Source, Author: article.Author, Published: published, URL: article.URL,
		Paragraph: s.Passage + 1, Start: s.Start, End: s.End, Span: [2]int{span.Start, span.End}}
	a.ID = answerID(article.ID, s.Span, a.Quote)
	if source := s.Source(); source >= 0 {
		a.SaidBy = p.Entities[source].Name
		a.Reported = !s.Direct
		a.Named = s.Cue >= 0 && slices.ContainsFunc(s.Mentions, func(m annotate.Mention) bool { return m.Entity == source })
	}
	if before := before(p, best.sentence); before.Len() > 0 {
		a.Context, a.ContextAt = article.Quote(before), before
	}
}

// before returns what a reader needs before a sentence to understand it: the
// sentence before where this one leans on it, or where that is the yes or no to
// which this one adds; and the question above where this one is a bare yes or no.
func before(p *annotate.Doc, i int) corpus.Span {
	s := &p.Sentences[i]
	passage := &p.Article.Passages[s.Passage]
	if i > p.First[s.Passage] {
		last := &p.Sentences[i-1]
		if s.Leans || s.Speaker >= 0 && s.Cue < 0 || isBare(s) && last.Role == corpus.Question ||
			isBare(last) && last.Role == corpus.Statement && i-1 == p.First[s.Passage] && p.Article.Asks(passage) {
			return last.Span
		}
		return corpus.Span{}
	}
	if over := p.Article.TopicAt(passage); isBare(s) && p.Article.Asks(passage) && over.End <= s.Start && strings.TrimSpace(p.Article.Text[over.End:s.Start]) == "" {
		return over
	}
	return corpus.Span{}
}

// digest returns the start of the SHA-256 of a text, in hexadecimal.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:4])
}

// shorten cuts a text at the last space before limit bytes.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	if i := strings.LastIndexAny(s[:limit], " \n\t"); i > 0 {
		return s[:i]
	}
	return strings.ToValidUTF8(s[:limit], "")
}
