package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What no reader of the page sees is not quoted: elements that the page's own
// style hides, or that open over the text when somebody points at a word.

// hide takes hidden elements out of a page. Some pages hide their article until a
// script shows it: where most of the prose would go, what hides it is passed over.
func (d *document) hide() {
	rules := d.styles()
	total := proseIn(d.root)
	hidden := rules.hidden(d.root, total)
	sum := 0
	for _, n := range hidden {
		sum += proseIn(n)
	}
	if 2*sum > total {
		hidden = rules.hidden(d.root, 0)
	}
	for _, n := range hidden {
		n.Parent.RemoveChild(n)
	}
	// What is left is read, whatever it says of itself.
	for n := range d.root.Descendants() {
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
			return a.Key == "hidden" || a.Key == "aria-hidden" || a.Key == "style" && hidingStyle.MatchString(a.Val)
		})
	}
}

// hidden returns the hidden elements under a node that are not within one another
// and have at most so much prose.
func (s *styles) hidden(root *html.Node, most int) (found []*html.Node) {
	for c := range root.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		if c.DataAtom != atom.Body && (s.hides(c) || hidesItself(c) || isPopUp(c)) && proseIn(c) <= most {
			found = append(found, c)
		} else {
			found = append(found, s.hidden(c, most)...)
		}
	}
	return found
}

// proseIn counts the characters of the paragraphs in a node.
func proseIn(n *html.Node) int {
	size := ownProse(n)
	for c := range n.Descendants() {
		size += ownProse(c)
	}
	return size
}

// ownProse counts the characters of the paragraph that an element is, links left
// aside.
func ownProse(n *html.Node) int {
	if n.Type != html.ElementNode || slices.Contains(inlineTags, n.DataAtom) || slices.Contains(unread, n.DataAtom) {
		return 0
	}
	size := 0
	for c := range n.ChildNodes() {
		if c.Type == html.TextNode || slices.Contains(inlineTags, c.DataAtom) && c.DataAtom != atom.A {
			size += utf8.RuneCountInString(textOf(c))
		}
	}
	if size <= maxName {
		return 0
	}
	return size
}

var hidingStyle = regexp.MustCompile(`(?i)(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)`)

// hidesItself reports whether an element's own attributes hide it. What is only
// hidden from those who listen is left out where it says a thing twice.
func hidesItself(n *html.Node) bool {
	if _, ok := lookup(n, "hidden"); ok {
		return true
	}
	_, isOpen := lookup(n, "open")
	if _, ok := lookup(n, "popover"); ok || n.DataAtom == atom.Dialog && !isOpen {
		return true
	}
	if hidingStyle.MatchString(attribute(n, "style")) {
		return true
	}
	if attribute(n, "aria-hidden") != "true" {
		return false
	}
	if !slices.Contains(inlineTags, n.DataAtom) {
		return true
	}
	text := squash(textOf(n))
	return text == "" || slices.ContainsFunc([]*html.Node{beside(n, false), beside(n, true)}, func(other *html.Node) bool {
		return other != nil && strings.HasPrefix(squash(textOf(other)), text)
	})
}

// popUp matches the class names of what opens over the text.
var popUp = regexp.MustCompile(`(?i)tool-?tip|pop-?(?:over|up)|hover-?(?:card|box|content)|roll-?over|fly-?out|info-?box-?(?:card|content)`)

// isPopUp reports whether an element inside a paragraph opens when somebody
// points at the word before it: it is marked as such, or that word names it.
func isPopUp(n *html.Node) bool {
	if attribute(n, "role") == "tooltip" {
		return true
	}
	id := attribute(n, "id")
	classed := popUp.MatchString(attribute(n, "class") + " " + id)
	if id == "" && !classed {
		return false
	}
	before := beside(n, false)
	if before == nil || before.Type != html.ElementNode || textOf(before) == "" || !inRun(n) {
		return false
	}
	if id != "" {
		names := func(c *html.Node) bool {
			return slices.ContainsFunc(c.Attr, func(a html.Attribute) bool { return (a.Val == "#"+id || a.Val == id) && a.Key != "id" })
		}
		if names(before) {
			return true
		}
		for c := range before.Descendants() {
			if names(c) {
				return true
			}
		}
	}
	return classed
}

// inRun reports whether an element stands in the run of a text.
func inRun(n *html.Node) bool {
	if slices.Contains(inlineTags, n.DataAtom) {
		return true
	}
	before, after := n, n
	for range maxBeside {
		if before != nil {
			before = before.PrevSibling
		}
		if after != nil {
			after = after.NextSibling
		}
		for _, c := range []*html.Node{before, after} {
			if c != nil && c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
				return true
			}
		}
	}
	return false
}

const maxBeside = 6 // how many nodes away text is looked for

// beside returns the node before or after a node, where no text stands between.
func beside(n *html.Node, after bool) *html.Node {
	for {
		if after {
			n = n.NextSibling
		} else {
			n = n.PrevSibling
		}
		if n == nil || n.Type != html.TextNode || strings.TrimSpace(n.Data) != "" {
			return n
		}
	}
}
