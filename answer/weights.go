package answer

// weights are what the parts of a sentence's score count. They were fitted as a
// softmax over the candidate sentences of the questions in
// testdata/questions/dev, of the shared libya and news sets and of
// xquad-dev-en, leaving every sixth article out in turn, and rounded; parts
// that did not pay (nearness of the matched words, the noun asked for) are gone.
var weights = [partCount]float64{
	partCoverage: 1.9,
	partContext:  2.0,
	partPassage:  0.2,
	partTopic:    0.5,
	partExact:    0.6,
	partPairs:    0.4,
	partFits:     0.7,
	partNames:    0.15,
	partDeed:     0.4,
	partList:     0.3,
	partSpeaker:  0.1,
	partOther:    -0.3,
	partRelation: 0.3,
	partLead:     0.05,
	partShort:    -0.5,
}

// passageWeight is what a passage's BM25 counts beside its best sentence.
const passageWeight = 1.0

// confidenceBias and confidenceWeights turn signals into a probability: a
// logistic regression on the same natural questions, without XQuAD, leaving
// one article out at a time, unanswerable questions counted 1.6 times.
const confidenceBias = -7.4

var confidenceWeights = [signalCount]float64{
	2.2,  // coverage
	0.5,  // inside
	-1.1, // missing
	0.8,  // names
	0.9,  // deed
	1.6,  // fits
	1.1,  // margin
	0.2,  // focus
	1.1,  // unknown
	1.5,  // concepts
	0.7,  // telegraph
	0.8,  // spoken
	0.6,  // verb
}
