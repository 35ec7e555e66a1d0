package answer

import (
	"math"
	"slices"
	"strings"

	"footnote/answer/annotate"
)

// signals are what decides whether the best sentence is shown as an answer.
// Each is between 0 and 1.
type signals struct {
	reach     float64 // share of the question's concepts that the sentence itself means, each counted once, squared
	missing   float64 // the share of the rarest concept that is not meant at all
	verb      float64 // the main verb is meant by the sentence itself; 1 where none is known
	fits      float64 // something of the kind asked for
	lacks     float64 // nothing of the kind asked for, where that can be told
	span      float64 // how sure the short answer is
	margin    float64 // distance to the best sentence of another passage
	unknown   float64 // share of the question that stands nowhere in the library
	numbers   float64 // numbers of the question that the sentence does not hold, 1 for two
	strangers float64 // words with capitals that the passage does not hold, 1 for two
	denied    float64 // the question denies something and the sentence denies nothing
	denies    float64 // the question denies something
	another   float64 // the question wants something else than what it names
	concepts  float64 // how many concepts there are, 1 for ten
	telegraph float64 // no kind of thing is asked for
	told      float64 // no question word
	defines   float64 // asks who or what somebody or something is
	quotes    float64 // asks what somebody said
}

const signalCount = 18

func (s signals) values() [signalCount]float64 {
	return [signalCount]float64{s.reach, s.missing, s.verb, s.fits, s.lacks, s.span, s.margin, s.unknown, s.numbers, s.strangers,
		s.denied, s.denies, s.another, s.concepts, s.telegraph, s.told, s.defines, s.quotes}
}

var signalNames = [signalCount]string{"reach", "missing", "verb", "fits", "lacks", "span", "margin", "unknown", "numbers", "strangers",
	"denied", "denies", "another", "concepts", "telegraph", "told", "defines", "quotes"}

// Thresholds on the confidence.
const (
	showAt = 0.56 // from here on the sentence is shown as an answer
	spanAt = 0.25 // from here on a short answer is sure enough to stand beside the quotation
)

// signals gathers what decides about the best sentence of a ranking; sure is
// how sure its short answer is.
func (l *Library) signals(q *parsed, r ranking, sure float64) signals {
	best := r.sentences[0]
	p, sent := l.docs[best.doc], l.sentence(best)
	s := signals{
		verb:      1,
		fits:      best.parts[partFits],
		span:      sure,
		strangers: min(float64(q.strangers(p, best, sent.Passage))/2, 1),
		denies:    indicator(q.Denies),
		denied:    indicator(q.Denies && !slices.ContainsFunc(sent.Tokens, func(t annotate.Token) bool { return t.Class.Is(annotate.Negation) })),
		another:   indicator(q.Another),
		concepts:  float64(min(len(q.Concepts), 10)) / 10,
		telegraph: indicator(q.Asked == anything),
		told:      indicator(q.Told),
		defines:   indicator(q.Asked == aDefinition),
		quotes:    indicator(q.Asked == aQuote),
	}
	s.lacks = indicator(q.lacks(s.fits, best))
	if q.Main >= 0 {
		s.verb = best.match.strength[q.Main]
	}
	total, reach := 0.0, 0.0
	for c := range q.Concepts {
		total += q.Concepts[c].Weight
		reach += best.match.strength[c] / float64(len(q.Concepts))
	}
	s.reach = reach * reach
	for c := range q.Concepts {
		k := &q.Concepts[c]
		s.missing = max(s.missing, k.Weight*(1-best.cover[c])/total)
		if !l.known(k) {
			s.unknown += k.Weight / total
		}
		if best.match.strength[c] < 0.5 && strings.ContainsAny(k.Word, "0123456789") {
			s.numbers = min(s.numbers+0.5, 1)
		}
	}
	for i := range r.sentences {
		if r.sentences[i].passage != best.passage {
			s.margin = math.Min(best.score-r.sentences[i].score, 1)
			break
		}
	}
	return s
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// strangers returns how many of the question's words with capitals, the first
// word left out, stand nowhere in the passage, nor are meant by the sentence or
// what is beside it.
func (q *parsed) strangers(p *annotate.Doc, best *scored, passage int) int {
	n := 0
	for _, word := range q.Capitals {
		meant := slices.IndexFunc(q.Concepts, func(c concept) bool { return c.Word == word })
		if meant >= 0 && best.cover[meant] >= 0.5 {
			continue
		}
		if !slices.ContainsFunc(p.SentencesOf(passage), func(s annotate.Sentence) bool {
			return slices.ContainsFunc(s.Tokens, func(t annotate.Token) bool { return p.Word(t) == word })
		}) {
			n++
		}
	}
	return n
}

// known reports whether any word of the library means the concept.
func (l *Library) known(c *concept) bool {
	for t := range c.Terms {
		if _, ok := l.vocabulary.terms[t]; ok {
			return true
		}
	}
	return false
}

// lacks reports whether a sentence holds nothing at all of the kind that is
// asked for.
func (q *parsed) lacks(fits float64, best *scored) bool {
	switch q.Asked {
	case aTime, aNumber, aReason, aName, anAge, aPerson:
		return fits == 0
	case aQuote:
		return q.SaidBy >= 0 && (best.parts[partOther] == 1 || fits < 0.5 && best.parts[partSpeaker] == 0)
	}
	return false
}

// confidence returns the probability that the best sentence answers the
// question: a logistic regression on the signals.
func confidence(s signals) float64 {
	z := confidenceBias
	for i, v := range s.values() {
		z += float64(confidenceWeights[i] * v) // not fused, so that it rounds alike everywhere
	}
	return 1 / (1 + exp(-z))
}
