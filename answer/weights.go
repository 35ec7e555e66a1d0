package answer

// weights are what the parts of a sentence's score count, in the order of the
// part constants.
var weights = [partCount]float64{
	partCoverage: 1.9,
	partContext:  2.0,
	partPassage:  0.2,
	partTopic:    0.5,
	partExact:    0.6,
	partPairs:    0.4,
	partNear:     0.0,
	partFits:     0.7,
	partUnfit:    0.0,
	partNames:    0.15,
	partDeed:     0.4,
	partFocus:    0.0,
	partList:     0.3,
	partSpeaker:  0.1,
	partOther:    -0.3,
	partRelation: 0.3,
	partTie:      0.0,
	partLead:     0.05,
	partShort:    -0.5,
}

// passageWeight is what a passage's BM25 counts beside its best sentence.
const passageWeight = 1.0

// confidenceBias and confidenceWeights turn signals into a probability, in the
// order of signalNames: a logistic regression on the development questions.
const confidenceBias = -7.4

var confidenceWeights = [signalCount]float64{2.2, 0.5, -1.1, 0.8, 0.9, 1.6, 1.1, 0.2, 1.1, 1.5, 0.7, 0.8, 0.6}
