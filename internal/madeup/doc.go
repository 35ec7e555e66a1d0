// Package madeup writes libraries of any size, for measuring: articles that read
// like news, minutes, notes and manuals, from ten of them to a hundred thousand.
//
// Start with [Read], which takes apart the texts that stand under
// training/questions, and [Texts.Write], which writes a library to a folder.
// Each article takes passages of a few of those texts, with a cast of its own in
// the places of names, and numbers, days and some nouns exchanged. So sentences
// are built as people build them, and words are as frequent: what is new in an
// article are above all names, which go on being invented as the library grows.
//
// An article depends on the seed and on its number alone: libraries of one seed
// begin alike whatever their size, and all are the same on every machine. With
// them come questions of which article and sentence are known.
//
// Nothing of this is part of the program: the texts are read when they are needed.
package madeup
