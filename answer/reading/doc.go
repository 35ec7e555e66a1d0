// Package reading reads passages with a question in mind: whether a passage
// answers it, and which words of it do.
//
// Start with [Reader.Read]. The network gives each piece of a passage two numbers,
// how likely the answer begins and ends there, and the same for "not here"
// (extractive question answering; Devlin et al. 2019, Rajpurkar et al. 2018).
//
// The package knows nothing of articles, ranking and citations.
package reading
