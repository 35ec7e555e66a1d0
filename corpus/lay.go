package corpus

import "strings"

// FromParagraphs returns an article with one passage for each paragraph, taken
// as they are: nothing is cleaned or left out, not even an empty paragraph, so
// offsets into a paragraph hold in its passage. The title serves as the ID.
func FromParagraphs(title, language string, paragraphs []string) *Article {
	a := &Article{ID: title, Title: title, Language: language}
	blocks := make([]block, len(paragraphs))
	for i, p := range paragraphs {
		blocks[i].text = p
	}
	lay(a, blocks)
	return a
}

// lay writes the blocks into the article's text and sets its passages.
func lay(a *Article, blocks []block) {
	var text strings.Builder
	var heading Span
	for i, b := range blocks {
		if i > 0 {
			text.WriteString("\n\n")
		}
		span := Span{text.Len(), text.Len() + len(b.text)}
		text.WriteString(b.text)
		if b.level > 0 {
			heading = span
			continue
		}
		p := Passage{Span: span, Number: len(a.Passages) + 1, Heading: heading}
		from := 0
		for _, to := range append(b.breaks[:len(b.breaks):len(b.breaks)], len(b.text)) {
			for _, s := range sentences(b.text[from:to], a.Language) {
				at := span.Start + from
				p.Sentences = append(p.Sentences, Sentence{Span{at + s.Start, at + s.End}})
			}
			from = to
		}
		a.Passages = append(a.Passages, p)
	}
	a.Text = text.String()
}
