// Package vectors compares questions with passages by what they mean, whatever
// words they use: an encoder's network turns both into vectors, one for each piece
// of text.
//
// Start with [Encoder.Passage], which prepares a passage once, and
// [Encoder.Question] with [Question.Similar], which compare a question with it:
// late interaction, the mean over the question's pieces of the nearest piece of a
// sentence (MaxSim; Khattab and Zaharia 2020). Of a passage's vectors only the
// signs are kept, 48 bytes a piece, which costs nothing that could be measured.
//
// What is prepared is kept in files: a [Writer] writes the passages of one, [Open]
// opens it, and a [File] reads a passage when it is asked for one. A [Scan] finds the
// passages of several files that are nearest to a question as a whole, among a million
// if need be.
//
// The package knows nothing of articles, ranking and answers.
package vectors
