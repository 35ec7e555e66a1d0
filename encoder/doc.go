// Package encoder runs small transformers of the BERT family on one core,
// without cgo: a text goes in, a vector for each of its pieces comes out.
//
// [Load] reads a file of weights and gives a [Model]: a [Tokenizer], tables of
// embeddings, and networks that share them. A [Network] is a stack of layers with
// the heads that were taught with it; its [Runner] works through one text at a
// time.
//
// The same text has the same bits as its vectors on every machine. What
// multiplies matrices does so in whole numbers (multiply.go), the rest keeps to
// the rules of exact.go, and assembly for AVX2, AVX-512 and NEON is held against
// plain Go to the bit by the tests.
//
// The package knows nothing of questions and answers.
package encoder
