package answer

import (
	"math"
)

// signals are what decides whether the best sentence is shown as an answer.
type signals struct {
	coverage  float64 // share of the question that the sentence and its neighbours mean
	inside    float64 // the same, by the sentence alone
	missing   float64 // the share of the rarest concept that is not meant at all
	names     float64 // share of the question's names that are meant
	deed      float64 // share of its other words
	fits      float64 // something of the kind asked for
	margin    float64 // distance to the best sentence of another passage
	focus     float64 // the noun asked for is meant; 1 where there is none
	unknown   float64 // share of the question that stands nowhere in the library
	concepts  float64 // how many concepts there are, up to 1 for five
	telegraph float64 // no question word
	spoken    float64 // 1 where words of the one asked about were found, or none were asked for
	does      bool    // who the question says did the deed does it here, or it says so of nobody
	verb      float64 // the main verb is meant by the sentence itself; 1 where none is known
}

const signalCount = 13

func (s signals) values() [signalCount]float64 {
	return [signalCount]float64{s.coverage, s.inside, s.missing, s.names, s.deed, s.fits, s.margin, s.focus, s.unknown, s.concepts, s.telegraph, s.spoken, s.verb}
}

var signalNames = [signalCount]string{"coverage", "inside", "missing", "names", "deed", "fits", "margin", "focus", "unknown", "concepts", "telegraph",
	"spoken", "verb"}

// Thresholds on the confidence.
const (
	showAt    = 0.46 // from here on the sentence is shown as an answer
	closestAt = 0.15 // from here on it is offered as the closest passage

	spanAt     = 0.25 // from here on a short answer is sure enough to stand beside the quotation
	vetoFactor = 0.3  // what is left of the confidence after a veto
)

// signals gathers what decides about the best sentence of a ranking.
func (l *Library) signals(q *parsed, r ranking) signals {
	best := r.sentences[0]
	s := signals{
		coverage: best.parts[partCoverage] + best.parts[partContext],
		inside:   best.parts[partCoverage],
		names:    1,
		deed:     1,
		focus:    1,
		fits:     best.parts[partFits],
		concepts: min(float64(len(q.Concepts))/5, 1),
	}
	if q.Asked == anything {
		s.telegraph = 1
	}
	s.spoken, s.verb = 1, 1
	s.does = l.does(q, l.docs[best.doc], l.sentence(best), &best.match)
	if q.SaidBy >= 0 {
		s.spoken = best.parts[partSpeaker]
	}
	if q.Main >= 0 {
		s.verb = best.match.strength[q.Main]
	}
	total, names, nameHit, deeds, deedHit := 0.0, 0.0, 0.0, 0.0, 0.0
	for c := range q.Concepts {
		k := &q.Concepts[c]
		total += k.Weight
		if k.Name {
			names += k.Weight
			nameHit += float64(k.Weight * best.cover[c])
		} else {
			deeds += k.Weight
			deedHit += float64(k.Weight * best.cover[c])
		}
		if k.Focus {
			s.focus = best.cover[c]
		}
	}
	if names > 0 {
		s.names = nameHit / names
	}
	if deeds > 0 {
		s.deed = deedHit / deeds
	}
	for c := range q.Concepts {
		k := &q.Concepts[c]
		s.missing = max(s.missing, k.Weight*(1-best.cover[c])/total)
		if !l.known(k) {
			s.unknown += k.Weight / total
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

// known reports whether any word of the library means the concept.
func (l *Library) known(c *concept) bool {
	for t := range c.Terms {
		if l.vocabulary.terms[t] {
			return true
		}
	}
	return false
}

// vetoed reports whether a sentence cannot be an answer however much it
// shares with the question: what is asked for is of a kind that it does not
// hold at all.
func (q *parsed) vetoed(s signals) bool {
	if !s.does {
		return true // "how many did Haftar murder?", of fighting that killed
	}
	switch q.Asked {
	case aTime, aNumber, aReason, aName, anAge, aPerson:
		return s.fits == 0
	case aQuote:
		return s.fits < 0.5 && q.SaidBy >= 0 && s.spoken == 0
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
