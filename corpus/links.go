package corpus

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The readability library takes a part of a page with many links for a menu. A
// paragraph of the article may be mostly a link, too.

const (
	minProse  = 25 // shortest sentence that is the article's though a link, in runes
	maxLinked = 2  // sentences that are links and stand together; more are a list
)

// unlink makes plain text of the links in paragraphs that are the article's:
// sentences that have words outside the link, or that stand between paragraphs
// without many links. Lists of links are left as they are.
func (d *document) unlink() {
	for n := range d.root.Descendants() {
		if n.DataAtom == atom.A && leadsAway(n) {
			n.Attr = append(n.Attr, html.Attribute{Key: away})
		}
	}
	var run []*html.Node
	prose := false // what stands above the run is a paragraph of the article
	end := func(below bool) {
		if prose && below && len(run) <= maxLinked {
			for _, p := range run {
				unwrap(p)
			}
		}
		run = nil
	}
	for n := range d.root.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom != atom.P && (n.DataAtom != atom.Div || hasBlocks(n)) || d.elsewhere(n) {
			continue
		}
		text := textOf(n)
		size := utf8.RuneCountInString(text)
		linked := utf8.RuneCountInString(linkText(n))
		switch {
		case size == 0:
		case 2*linked < size:
			if endsSentence(text) && size >= minProse {
				unwrap(n)
			}
			if endsSentence(text) && size > maxName {
				end(true)
				prose = true
			}
		case !endsSentence(text) || size < minProse || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "..."):
			end(false)
			prose = false
		default:
			run = append(run, n)
		}
	}
	end(true)
}

// unwrap makes spans of the links under a node.
func unwrap(n *html.Node) {
	for c := range n.Descendants() {
		if c.DataAtom == atom.A {
			c.DataAtom, c.Data, c.Attr = atom.Span, "span", nil
		}
	}
}

// linkText returns the text under a node that leads to other pages.
func linkText(n *html.Node) string {
	var text strings.Builder
	for c := range n.Descendants() {
		if c.DataAtom == atom.A && leadsAway(c) {
			text.WriteString(textOf(c) + " ")
		}
	}
	return strings.TrimSpace(text.String())
}

// away marks links to other pages: the readability library takes away addresses that
// are relative.
const away = "data-away"

// leadsAway reports whether a link opens another page.
func leadsAway(a *html.Node) bool {
	if _, ok := lookup(a, away); ok {
		return true
	}
	address := strings.TrimSpace(attribute(a, "href"))
	return address != "" && !strings.HasPrefix(address, "#") && !strings.HasPrefix(address, "mailto:") && !strings.HasPrefix(address, "tel:")
}

// hasBlocks reports whether an element holds more than a run of text.
func hasBlocks(n *html.Node) bool {
	for c := range n.Descendants() {
		switch c.DataAtom {
		case atom.P, atom.Div, atom.Section, atom.Article, atom.Ul, atom.Ol, atom.Table, atom.Dl, atom.Pre, atom.Blockquote, atom.Figure, atom.Form,
			atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Nav, atom.Aside, atom.Header, atom.Footer:
			return true
		}
	}
	return false
}
