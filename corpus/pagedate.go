package corpus

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// publishedKeys are the names under which pages give their day of publication in
// meta tags, without marks between their words; the second line's may as well be
// the day when the page was made or sent.
var (
	publishedKeys = setOf(`articlepublishedtime|articlepublished|ogpublishedtime|ogarticlepublishedtime|ogpubdate|publishedtime|datepublished|publishdate|publisheddate|publishtime|
		publicationdate|pubdate|pubtime|dcdateissued|dctermsissued|dcissued|dctermsavailable|dateofpublication|sailthrudate|parselypubdate|cxenseparserecspublishtime|btpubdate|
		citationpublicationdate|citationonlinedate|weiboarticlecreateat|articledateoriginal|originalpublicationdate|rnewsdatepublished|displaydate|shareaholicarticlepublishedtime|
		vrpublishedtime|iso8601publishdate|articlepubdate|publicationtime|firstpublished`)
	weakKeys = setOf(`date|dcdate|dcdatecreated|dctermsdate|dctermscreated|dccreated|created|creationdate|datecreated|articledate|articlecreated|citationdate|ogdate`)
)

// elsewhere matches class names and ids of the parts of a page that are not the
// article.
var elsewhere = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:comments?|disqus|replies|respond|related|recommend\w*|teasers?|promos?|sidebar|widget|most-?(?:read|popular)|trending|popular|latest|footer|masthead|topbar|navigation|navbar|event|calendar)(?:[\s_-]|$)`)

// document is a web page on its way to an article.
type document struct {
	root   *html.Node
	things []thing
	order  dayOrder
	title  string // as the article shows it
}

// published returns the day on which the page says that it came out, for programs
// first and then for people; prose is the article's first paragraph.
func (d *document) published(prose string) time.Time {
	if day := schemaDay(d.things, d.title, d.order); !day.IsZero() {
		return day
	}
	for _, keys := range []map[string]bool{publishedKeys, weakKeys} {
		for n := range d.root.Descendants() {
			if n.DataAtom != atom.Meta {
				continue
			}
			key := squash(firstNonEmpty(attribute(n, "property"), attribute(n, "name")))
			if day := machineDay(attribute(n, "content"), d.order); keys[key] && !day.IsZero() {
				return day
			}
		}
		if day := d.marked(); !day.IsZero() {
			return day
		}
	}
	return d.stamped(prose)
}

// marked returns the day in an element that is marked as the day of publication,
// in microdata or by its class. Of several it is the first below the title.
func (d *document) marked() time.Time {
	var above, below time.Time
	title := false
	for n := range d.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		title = title || n.DataAtom == atom.H1 && same(textOf(n), d.title)
		_, pubdate := lookup(n, "pubdate")
		classes := strings.Fields(strings.ToLower(attribute(n, "class")))
		property := slices.Contains(strings.Fields(strings.ToLower(attribute(n, "itemprop"))), "datepublished")
		classed := slices.ContainsFunc(classes, func(c string) bool {
			return c == "published" || c == "dt-published" || c == "entry-date" || c == "pubdate"
		})
		if !property && !pubdate && !classed || d.elsewhere(n) {
			continue
		}
		value := firstNonEmpty(attribute(n, "content"), attribute(n, "datetime"), attribute(n, "title"))
		if value == "" {
			value = textOf(n)
		}
		day := machineDay(value, d.order)
		if s, ok := readStamp(value, d.order); ok && day.IsZero() {
			day = s.day
		}
		if !title && above.IsZero() {
			above = day
		} else if title && !day.IsZero() {
			below = day
			break
		}
	}
	if below.IsZero() {
		return above
	}
	return below
}

// elsewhere reports whether a node belongs to another part of the page than the
// article, or speaks of another thing.
func (d *document) elsewhere(n *html.Node) bool {
	for p := n; p != nil; p = p.Parent {
		switch p.DataAtom {
		case atom.Html, atom.Body, atom.Main:
			return false
		case atom.Nav, atom.Aside, atom.Footer, atom.Table:
			return true
		case atom.Article:
			continue
		}
		if kind := attribute(p, "itemtype"); kind != "" {
			if _, ok := kindOf(kind); !ok {
				return true
			}
		}
		if p != n && elsewhere.MatchString(attribute(p, "class")+" "+attribute(p, "id")) {
			return true
		}
	}
	return false
}

// maxAbove bounds how many lines above the first paragraph a stamp is looked for.
const maxAbove = 15

// stamped returns the day of the stamp that stands between the title and the
// first paragraph, or of one below the article that says "Published". The day
// above the title may be the day on which the page was saved.
func (d *document) stamped(prose string) time.Time {
	var above, below []string
	seen := false
	for line := range d.lines() {
		switch {
		case line.title:
			above = nil
		case !seen && prose != "" && strings.HasPrefix(line.text, prose):
			seen = true
		case !seen:
			above = append(above, line.text)
		case publishedLabel.MatchString(line.text):
			below = append(below, line.text)
		}
	}
	updated := time.Time{}
	if prose == "" {
		above = above[:min(len(above), maxAbove)]
	}
	above = above[max(0, len(above)-maxAbove):]
	for i, line := range append(above, below[:min(len(below), maxAbove)]...) {
		s, ok := readStamp(line, d.order)
		switch {
		case !ok || s.day.IsZero():
		case !s.updated && (s.label || i < len(above)):
			return s.day
		case updated.IsZero() && i < len(above):
			updated = s.day
		}
	}
	return updated
}

// pageLine is a block of a page as one line, a <time> written as its day.
type pageLine struct {
	text  string
	title bool // the heading with the title
}

// lines yields the lines of the page but for menus, footers, comments and the
// like.
func (d *document) lines() iter.Seq[pageLine] {
	return func(yield func(pageLine) bool) {
		var text strings.Builder
		stopped := false
		flush := func(title bool) {
			line := strings.Join(strings.Fields(text.String()), " ")
			text.Reset()
			if line != "" && !stopped {
				stopped = !yield(pageLine{line, title})
			}
		}
		var walk func(n *html.Node)
		walk = func(n *html.Node) {
			switch {
			case stopped || n.Type == html.ElementNode && (slices.Contains(unread, n.DataAtom) || d.site(n)):
			case n.Type == html.TextNode:
				text.WriteString(n.Data)
			case n.DataAtom == atom.Time && !machineDay(attribute(n, "datetime"), d.order).IsZero():
				text.WriteString(" " + machineDay(attribute(n, "datetime"), d.order).Format(time.DateOnly) + " ")
			case slices.Contains(inlineTags, n.DataAtom):
				for c := range n.ChildNodes() {
					walk(c)
				}
			default:
				heading := n.DataAtom == atom.H1 || n.DataAtom == atom.H2
				flush(false)
				for c := range n.ChildNodes() {
					walk(c)
				}
				flush(heading && same(textOf(n), d.title) || n.DataAtom == atom.H1)
			}
		}
		walk(d.root)
		flush(false)
	}
}

// site reports whether an element is the site's and not the article's.
func (d *document) site(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return false
	case atom.Table:
		return true
	case atom.Header:
		for p := n.Parent; p != nil; p = p.Parent {
			if p.DataAtom == atom.Article || p.DataAtom == atom.Main {
				return false
			}
		}
		return !strings.Contains(squash(textOf(n)), squash(d.title))
	}
	return elsewhere.MatchString(attribute(n, "class") + " " + attribute(n, "id"))
}

// squash returns the letters and digits of a text in small letters.
func squash(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if isWordRune(r) {
			return r
		}
		return -1
	}, s))
}

// proseStart returns the beginning of the first paragraph among blocks.
func proseStart(blocks []block) string {
	for _, b := range blocks {
		if b.level == 0 && !b.figure && endsSentence(b.text) && utf8.RuneCountInString(b.text) > maxName {
			line, _, _ := strings.Cut(b.text, "\n")
			r := []rune(strings.Join(strings.Fields(line), " "))
			return string(r[:min(len(r), 40)])
		}
	}
	return ""
}
