package corpus

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	input "github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A page's own style sheets, as far as they hide what they are about.

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
