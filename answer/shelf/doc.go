// Package shelf keeps the articles of libraries, each prepared once.
//
// A library is a set of articles. Prepared articles lie in segments: directories
// that never change and hold the passages of some articles in the form of the
// index, a block of each article (package blocks) and a table of their words. A
// library's file says which articles it has and where each lies; so libraries, and
// versions of one library, share what they have in common, and an edit costs what was
// edited. An article of a segment that a library does not have is dead for it.
//
// Start with [At], which gives the shelf of a folder; [Shelf.Build] brings it up to a
// [Source] and returns the [Collection] of its articles. The package knows nothing of
// questions.
package shelf
