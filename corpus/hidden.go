package corpus

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/cascadia"
	input "github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What no reader of the page sees is not quoted: elements that the page's own
// style hides, or that open over the text when somebody points at a word.

const (
	maxSelectors = 20_000    // of rules that hide or show, on one page
	maxMatches   = 1_000_000 // tries of a selector on an element
)

// styleRule hides elements, or shows them again.
type styleRule struct {
	selector  cascadia.Sel
	property  string // one of hiding
	value     string
	important bool
	order     int
}

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

// styles holds the rules by the class, id or tag that an element must have for
// them, so that few are tried on each.
type styles struct {
	rules map[string][]styleRule
	tries int
}

// lastPart matches all but the last part of a selector, selectorKey a class or id.
var lastPart = regexp.MustCompile(`(?s)^.*[\s>+~]`)
var selectorKey = regexp.MustCompile(`[.#][\w-]+`)

// styles reads the page's style sheets.
func (d *document) styles() *styles {
	s := &styles{rules: map[string][]styleRule{}}
	count := 0
	for n := range d.root.Descendants() {
		if n.DataAtom != atom.Style {
			continue
		}
		media := strings.ToLower(strings.TrimSpace(attribute(n, "media")))
		if media != "" && media != "all" && media != "screen" {
			continue
		}
		p := css.NewParser(input.NewInputString(textOf(n)), false)
		var selectors []string
		skip := 0 // how deep inside rules for other media
		depth := 0
		ruled := false
		for {
			grammar, _, data := p.Next()
			if grammar == css.ErrorGrammar && p.Err() != nil && !p.HasParseError() {
				break
			}
			switch grammar {
			case css.BeginAtRuleGrammar:
				depth++
				if skip == 0 && !always(string(data), p.Values()) {
					skip = depth
				}
			case css.EndAtRuleGrammar:
				if skip == depth {
					skip = 0
				}
				depth--
			case css.QualifiedRuleGrammar, css.BeginRulesetGrammar:
				if ruled {
					selectors = nil
				}
				selectors = append(selectors, splitSelectors(asWritten(p.Values()))...)
				ruled = grammar == css.BeginRulesetGrammar
			case css.DeclarationGrammar:
				property := strings.ToLower(string(data))
				if skip > 0 || !hiding[property] {
					continue
				}
				value := strings.ToLower(strings.TrimSpace(asWritten(p.Values())))
				value, important := strings.CutSuffix(value, "!important")
				value = strings.TrimSpace(value)
				for _, text := range selectors {
					sel, err := cascadia.Parse(text)
					if err != nil || sel.PseudoElement() != "" || count == maxSelectors {
						continue
					}
					count++
					key := "*"
					if keys := selectorKey.FindAllString(lastPart.ReplaceAllString(text, ""), -1); keys != nil && !strings.ContainsAny(text, "([") {
						key = keys[len(keys)-1]
					}
					s.rules[key] = append(s.rules[key], styleRule{sel, property, value, important, count})
				}
			}
		}
	}
	return s
}

// always reports whether rules hold on every screen.
func always(rule string, values []css.Token) bool {
	query := strings.TrimSpace(strings.ToLower(asWritten(values)))
	switch strings.ToLower(rule) {
	case "@media":
		return query == "all" || query == "screen" || query == "only screen"
	case "@layer", "@scope":
		return true
	}
	return false
}

// splitSelectors parts a list of selectors at its commas.
func splitSelectors(list string) (out []string) {
	depth, from := 0, 0
	for i, r := range list + "," {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, strings.TrimSpace(list[from:i]))
				from = min(i+1, len(list))
			}
		}
	}
	return out
}

// asWritten returns tokens as they were written.
func asWritten(tokens []css.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.Write(t.Data)
	}
	return b.String()
}

// hides reports whether the style sheets hide an element: of the rules for it the
// important one counts, then the most specific, then the last.
func (s *styles) hides(n *html.Node) bool {
	keys := []string{"*"}
	for class := range strings.FieldsSeq(attribute(n, "class")) {
		keys = append(keys, "."+class)
	}
	if id := attribute(n, "id"); id != "" {
		keys = append(keys, "#"+id)
	}
	best := map[string]styleRule{}
	for _, key := range keys {
		for _, r := range s.rules[key] {
			if s.tries++; s.tries > maxMatches {
				return false
			}
			if old, ok := best[r.property]; (!ok || beats(r, old)) && r.selector.Match(n) {
				best[r.property] = r
			}
		}
	}
	values := map[string]string{}
	for property, r := range best {
		values[property] = r.value
	}
	for declaration := range strings.SplitSeq(strings.ToLower(attribute(n, "style")), ";") {
		property, value, _ := strings.Cut(declaration, ":")
		if property = strings.TrimSpace(property); hiding[property] && !best[property].important {
			values[property] = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		}
	}
	if values["display"] == "none" || values["visibility"] == "hidden" || values["visibility"] == "collapse" {
		return true
	}
	// What is taken out of the run of the text and then out of sight. Elsewhere a
	// script may show what fades in.
	if values["position"] != "absolute" && values["position"] != "fixed" {
		return false
	}
	for _, property := range []string{"left", "right", "top", "text-indent"} {
		if farAway.MatchString(values[property]) {
			return true
		}
	}
	return noOpacity.MatchString(values["opacity"]) || noArea.MatchString(values["clip"]) || noArea.MatchString(values["clip-path"])
}

// hiding are the properties by which a style may hide.
var hiding = setOf(`display|visibility|position|opacity|clip|clip-path|left|right|top|text-indent`)

var (
	farAway   = regexp.MustCompile(`^-(?:\d{4,}(?:\.\d+)?px|\d{3,}(?:\.\d+)?r?em|\d{4,}%)$`)
	noOpacity = regexp.MustCompile(`^(?:0*\.)?0+%?$`)
	noArea    = regexp.MustCompile(`^(?:rect\((?:[01](?:px)?[ ,]*){4}\)|inset\((?:50|100)%\))$`)
)

func beats(a, b styleRule) bool {
	if a.important != b.important {
		return a.important
	}
	x, y := a.selector.Specificity(), b.selector.Specificity()
	return cmp.Or(slices.Compare(x[:], y[:]), cmp.Compare(a.order, b.order)) > 0
}
