// Package index finds passages: it holds the full-text index of a library and
// nothing of questions or answers. Passages go in as analysed terms in a language and
// come out as numbers with scores.
//
// [Build] writes a [Segment], the passages of some articles, to a directory
// named by its content, and [Open] opens it; [InMemory] needs no directory.
// A segment never changes. A [NewIndex] over one or several is a library, in which
// [Index.Search] ranks passages, and [Index.Marked] looks them up by what they are
// marked with. [Analyze] gives the terms under which a text is found.
//
// This is the only package that knows bleve. It uses bleve's analyzers and, for words, its
// format of files (zapfile.go), but ranks by itself (bm25.go): bleve's BM25 squares
// the inverse document frequency and takes the number of distinct terms for
// the length of a passage, so that its scores depend on how an index was
// merged.
package index
