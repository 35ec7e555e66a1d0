// Package index finds passages: it holds the full-text index of a library and
// nothing of questions or answers. Passages go in as text in a language and
// come out as numbers with scores.
//
// Start with [Build] and [Open], which keep an index in a directory named by
// its content, or [OpenMemory]; then [Index.Search]. [Analyze] gives the terms
// under which a text is found. An index never changes once it is built.
//
// This is the only package that knows bleve. It uses bleve's analyzers, its
// files and its postings, but ranks by itself (bm25.go): bleve's BM25 squares
// the inverse document frequency and takes the number of distinct terms for
// the length of a passage, so that its scores depend on how an index was
// merged.
package index
