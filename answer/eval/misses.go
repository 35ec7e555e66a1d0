package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"footnote/corpus"
)

// Miss is one thing that was labelled and not found, found and not labelled,
// or found with something wrong about it.
type Miss struct {
	Sort      string `json:"sort"` // "said", "figure", …
	What      string `json:"what"` // "missed", "false", "wrong speaker", …
	Article   string `json:"article"`
	Paragraph int    `json:"paragraph,omitempty"` // 0 where it stands in none
	Label     string `json:"label"`               // of something false: what else of its sort is labelled in the sentence
	Got       string `json:"got"`                 // of something missed: what else of its sort was found in the sentence
	Text      string `json:"text"`                // the sentence, what it is about in ⟦brackets⟧; the claim or question
}

// missOrder is how misses are grouped: by sort, then by what went wrong.
var missOrder = []string{"said", "figure", "event", "relation", "claim", "loaded", "missed", "false"}

// SortMisses returns the misses grouped by sort and by what went wrong.
func SortMisses(misses []Miss) []Miss {
	sorted := slices.Clone(misses)
	rank := func(s string) int {
		if i := slices.Index(missOrder, s); i >= 0 {
			return i
		}
		return len(missOrder)
	}
	slices.SortStableFunc(sorted, func(a, b Miss) int {
		return cmp.Or(cmp.Compare(rank(a.Sort), rank(b.Sort)), cmp.Compare(rank(a.What), rank(b.What)), cmp.Compare(a.What, b.What))
	})
	return sorted
}

// Where is the article in which it stands, with the paragraph where it is in one.
func (m Miss) Where() string {
	if m.Paragraph > 0 {
		return fmt.Sprintf("%s ¶%d", m.Article, m.Paragraph)
	}
	return m.Article
}

// PrintMisses writes the misses, one a line, grouped by sort and by what went
// wrong, for those who develop to work from.
func PrintMisses(w io.Writer, misses []Miss) error {
	sorted := SortMisses(misses)
	for i, m := range sorted {
		if i == 0 || m.Sort != sorted[i-1].Sort || m.What != sorted[i-1].What {
			n := 1
			for n < len(sorted)-i && sorted[i+n].Sort == m.Sort && sorted[i+n].What == m.What {
				n++
			}
			if _, err := fmt.Fprintf(w, "\n== %s: %s (%d)\n", m.Sort, m.What, n); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintf(w, "%s | label: %s | got: %s | %s\n", m.Where(), cmp.Or(m.Label, "none"), cmp.Or(m.Got, "nothing"), m.Text); err != nil {
			return err
		}
	}
	return nil
}

// miss makes a miss that stands in a sentence of an article.
func miss(sort, what, label, got string, a *corpus.Article, sentence corpus.Span, marks ...corpus.Span) Miss {
	m := Miss{Sort: sort, What: what, Article: a.ID, Label: label, Got: got, Text: marked(a, sentence, marks...)}
	if p := a.PassageAt(sentence.Start); p != nil {
		m.Paragraph = p.Number
	}
	return m
}

// sentenceAt returns the sentence that holds the offset; in a heading the
// whole line.
func sentenceAt(a *corpus.Article, offset int) corpus.Span {
	if p := a.PassageAt(offset); p != nil {
		for _, s := range p.Sentences {
			if s.Start <= offset && offset < s.End {
				return s.Span
			}
		}
		return p.Span
	}
	s := corpus.Span{Start: strings.LastIndex(a.Text[:offset], "\n") + 1, End: len(a.Text)}
	if i := strings.Index(a.Text[offset:], "\n"); i >= 0 {
		s.End = offset + i
	}
	return s
}

// marked returns a sentence on one line with the marks in brackets.
func marked(a *corpus.Article, sentence corpus.Span, marks ...corpus.Span) string {
	type edge struct {
		at      int
		bracket string
	}
	var edges []edge
	for _, m := range marks {
		if m.Len() > 0 && sentence.Contains(m) {
			edges = append(edges, edge{m.Start, "⟦"}, edge{m.End, "⟧"})
		}
	}
	slices.SortStableFunc(edges, func(x, y edge) int { return cmp.Compare(x.at, y.at) })
	var b strings.Builder
	at := sentence.Start
	for _, e := range edges {
		b.WriteString(a.Text[at:e.at] + e.bracket)
		at = e.at
	}
	b.WriteString(a.Text[at:sentence.End])
	return strings.Join(strings.Fields(b.String()), " ")
}

// oneLine returns what the article has at the span, on one line.
func oneLine(a *corpus.Article, s corpus.Span) string {
	return strings.Join(strings.Fields(a.Quote(s)), " ")
}

// listed joins the descriptions of those of n things that stand in a sentence.
func listed(n int, in func(i int) bool, describe func(i int) string) string {
	var all []string
	for i := range n {
		if in(i) {
			all = append(all, describe(i))
		}
	}
	return strings.Join(all, "; ")
}
