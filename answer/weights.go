package answer

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
