package answer

// weights are what the parts of a sentence's score count. That of what a
// sentence stands under is large enough to outweigh what it does not repeat of
// the question; the others were fitted as a
// softmax over the candidate sentences of the questions in
// testdata/questions/dev, of the shared libya and news sets and of
// xquad-dev-en, leaving every sixth article out in turn, and rounded; parts
// that did not pay (nearness of the matched words, the noun asked for) are gone.
// Those of meaning are fitted on top of the others, which are all there is where
// no model is given. That of what was talked about before is the largest that
// costs next to nothing where something else is meant: `go test ./answer/eval -run TestTalk`
// measures both (talk.golden), and at 1.0 a wrong one loses 12 of 138 answers.
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
	partMeaning:  9.5,
	partNear:     6.8,
	partAsked:    1.5,
	partShort:    -0.5,
	partTalked:   0.6,
}

// passageWeight is what a passage's BM25 counts beside its best sentence.
const passageWeight = 1.0

// What is shown as what may help where nothing is shown as an answer.
// answer/eval's hints.golden says how often it is right;
//
//	go test ./answer/eval -run TestHints -fit -v
//
// prints it for other thresholds.
const (
	closestAt = 0.20 // from this confidence on something is shown
	leadBy    = 0.50 // a sentence whose score leads by so much is shown alone
)

// confidenceBias and confidenceWeights turn signals into a probability: a
// logistic regression with a ridge, fitted by
//
//	go test ./answer/eval -run TestConfidence -fit -v
//
// to the natural questions (dev, libya, news; those without an answer counted
// 1.6 times) and, a tenth as much each, to those of squad2-dev asked of their
// own paragraphs; then scaled to the natural questions as they are. The test's
// goldens show how it does on articles that were left out.
const confidenceBias = -4.0

var confidenceWeights = [signalCount]float64{
	2.4,  // reach
	-1.4, // missing
	0.6,  // verb
	1.2,  // fits
	-1.4, // lacks
	0.6,  // span
	1.8,  // margin
	0.7,  // unknown
	-0.9, // numbers
	-1.3, // strangers
	-1.3, // denied
	-0.3, // denies
	0.3,  // another
	1.9,  // concepts
	0.5,  // telegraph
	0.7,  // told
	1.2,  // defines
	1.0,  // quotes
}
