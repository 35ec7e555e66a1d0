package annotate

import "sort"

// mentionFrom returns the position of the mention that begins at token i, or
// -1. Mentions are sorted by where they begin.
func (s *Sentence) mentionFrom(i int) int {
	if n := sort.Search(len(s.Mentions), func(n int) bool { return s.Mentions[n].First >= i }); n < len(s.Mentions) && s.Mentions[n].First == i {
		return n
	}
	return -1
}

// mentionTo returns the position of the mention that ends at token i, or -1.
func (s *Sentence) mentionTo(i int) int {
	n := sort.Search(len(s.Mentions), func(n int) bool { return s.Mentions[n].First > i }) - 1
	if n >= 0 && s.Mentions[n].Last == i {
		return n
	}
	return -1
}
