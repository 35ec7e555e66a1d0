package corpus

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// thing is what a page says of itself, or of something on it, in JSON-LD.
type thing struct {
	kind      int // 0 for an article, 1 for a page, 2 for another work
	main      bool
	name      string // headline
	publisher string
	authors   []string
	published string // as it is written
}

var (
	jsonLD        = regexp.MustCompile(`(?i)^application/ld\+json`)
	jsonPublished = regexp.MustCompile(`"datePublished"\s*:\s*"([^"\\]{4,40})"`)
	cdata         = regexp.MustCompile(`^\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)(?:\s*\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)(?:\s*\*/)?\s*$`)
	trailingComma = regexp.MustCompile(`,\s*([}\]])`)
	rawBreak      = regexp.MustCompile(`[\n\t]+`)
)

// aside are the properties under which a page speaks of other things than itself.
var besides = setOf(`comment|review|reviews|mentions|about|citation|isPartOf|hasPart|itemListElement|relatedLink|itemReviewed|video|image|isBasedOn|potentialAction|author|publisher|creator|associatedMedia|suggestedAnswer|acceptedAnswer`)

// readThings returns what the page's JSON-LD tells of articles and pages: articles
// first. Where it cannot be read, the days of publication in it are looked for.
func readThings(root *html.Node) []thing {
	var out []thing
	for n := range root.Descendants() {
		if n.DataAtom != atom.Script || !jsonLD.MatchString(strings.TrimSpace(attribute(n, "type"))) {
			continue
		}
		source := cdata.ReplaceAllString(textOf(n), "")
		var value any
		if err := json.Unmarshal([]byte(source), &value); err != nil {
			mended := trailingComma.ReplaceAllString(rawBreak.ReplaceAllString(strings.TrimRight(strings.TrimSpace(source), ";"), " "), "$1")
			err = json.Unmarshal([]byte(mended), &value)
			if err != nil {
				days := map[string]bool{}
				last := ""
				for _, m := range jsonPublished.FindAllStringSubmatch(source, -1) {
					last = m[1]
					days[last[:min(len(last), 10)]] = true
				}
				if len(days) == 1 {
					out = append(out, thing{kind: 2, main: true, published: last})
				}
				continue
			}
		}
		out = collect(out, value, true, 0)
	}
	slices.SortStableFunc(out, func(a, b thing) int { return a.kind - b.kind })
	return out
}

// maxNesting bounds how deep JSON-LD is followed.
const maxNesting = 12

// collect adds the articles and pages in a value of JSON-LD.
func collect(out []thing, value any, main bool, depth int) []thing {
	if depth > maxNesting {
		return out
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			out = collect(out, item, main, depth+1)
		}
	case map[string]any:
		if kind, ok := kindOf(v["@type"]); ok {
			out = append(out, thing{kind: kind, main: main, name: firstNonEmpty(stringOf(v["headline"]), stringOf(v["name"])),
				publisher: nameOf(v["publisher"]), authors: namesOf(v["author"]), published: stringOf(v["datePublished"])})
		}
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			out = collect(out, v[key], main && !besides[key], depth+1)
		}
	}
	return out
}

// kindOf tells from a type, or a list of types, whether a thing is an article, a
// page or another work that a page may consist of.
func kindOf(value any) (kind int, ok bool) {
	types, isList := value.([]any)
	if !isList {
		types = []any{value}
	}
	kind = 3
	for _, t := range types {
		name := stringOf(t)
		name = name[strings.LastIndexAny(name, "/#:")+1:]
		switch {
		case strings.HasSuffix(name, "Article"), strings.HasSuffix(name, "Posting") && name != "JobPosting", name == "Report", name == "APIReference":
			kind = 0
		case strings.HasSuffix(name, "Page"):
			kind = min(kind, 1)
		case slices.Contains([]string{"CreativeWork", "Recipe", "HowTo", "Question", "Course", "Guide"}, name):
			kind = min(kind, 2)
		}
	}
	return kind, kind < 3
}

func stringOf(value any) string {
	s, _ := value.(string)
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}

func nameOf(value any) string {
	if names := namesOf(value); len(names) > 0 {
		return names[0]
	}
	return ""
}

// namesOf returns the names of people or organisations.
func namesOf(value any) (names []string) {
	switch v := value.(type) {
	case string:
		names = append(names, stringOf(v))
	case map[string]any:
		names = append(names, stringOf(v["name"]))
		if list, ok := v["name"].([]any); ok {
			names = namesOf(list)
		}
	case []any:
		for _, item := range v {
			names = append(names, namesOf(item)...)
		}
	}
	return slices.DeleteFunc(names, func(s string) bool { return s == "" })
}

// schemaDay returns the day that the page's JSON-LD gives for the article. Of several articles on one page
// it is the one whose headline is the title; where none is, and they differ, it
// is none.
func schemaDay(things []thing, title string, order dayOrder) time.Time {
	for kind := range 3 {
		for _, main := range []bool{true, false} {
			var days []time.Time
			for _, t := range things {
				day := machineDay(t.published, order)
				if t.kind != kind || t.main != main || day.IsZero() {
					continue
				}
				if same(t.name, title) {
					return day
				}
				if main {
					days = append(days, day)
				}
			}
			if len(days) > 0 && !slices.ContainsFunc(days, func(d time.Time) bool { return !d.Equal(days[0]) }) {
				return days[0]
			}
		}
	}
	return time.Time{}
}

// same reports whether two titles differ at most in case, space and marks.
func same(a, b string) bool { return squash(a) != "" && squash(a) == squash(b) }
