package corpus

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// platforms are the makers of software that some pages name as their publisher.
var platforms = setOf(`blogger|blogspot|wordpress|wordpresscom|medium|substack|tumblr|wix|squarespace|ghost|weebly|livejournal|typepad|drupal|joomla|webflow|shopify|hubspot|google`)

// meta returns the content of the first meta tag with one of these names.
func (d *document) meta(names ...string) string {
	for _, name := range names {
		for n := range d.root.Descendants() {
			if n.DataAtom == atom.Meta && strings.EqualFold(firstNonEmpty(attribute(n, "property"), attribute(n, "name"), attribute(n, "itemprop")), name) {
				if content := strings.Join(strings.Fields(attribute(n, "content")), " "); content != "" {
					return content
				}
			}
		}
	}
	return ""
}

// source returns the name of the site; found is what the readability library
// takes for it.
func (d *document) source(found string) string {
	site := siteName(d.meta("og:site_name"))
	publisher := ""
	for _, t := range d.things {
		publisher = firstNonEmpty(publisher, siteName(t.publisher))
	}
	publisher = firstNonEmpty(publisher, siteName(found))
	if platforms[squash(publisher)] {
		return firstNonEmpty(site, publisher)
	}
	if site = firstNonEmpty(publisher, site); site == "" {
		if site = siteName(d.meta("application-name")); titleJoint.MatchString(site) {
			return ""
		}
	}
	return site
}

var hostOnly = regexp.MustCompile(`^(?i:www\.)?((?:[\p{L}\d-]+\.)+\p{L}{2,})/?$`)

// siteName returns a name as people write it: of an address the host, of a handle
// the name.
func siteName(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if strings.HasPrefix(s, "//") {
		s = "https:" + s
	}
	if u, err := url.Parse(s); err == nil && u.Host != "" {
		s = u.Hostname()
	}
	if m := hostOnly.FindStringSubmatch(s); m != nil && strings.HasPrefix(strings.ToLower(s), "www.") {
		s = m[1]
	}
	return strings.TrimPrefix(s, "@")
}

var (
	titleJoint = regexp.MustCompile(`\s+[-–—|·•»«:/\\<>~]+\s+|\s*[|»«]\s*|:\s+|\s+::\s+`)
)

const (
	maxTail  = 60   // longest name of a site in a title, in runes
	maxTitle = 1000 // longest title that is looked at, in bytes
)

// wholeTitle returns the heading that a title was cut from, since what cuts it takes
// a dash inside it for the one before the site's name; of a page that gives no title
// it is the first heading.
func (d *document) wholeTitle(title string) string {
	full := ""
	for n := range d.root.Descendants() {
		switch {
		case n.DataAtom == atom.Title && full == "" && n.Namespace == "":
			full = textOf(n)
		case n.DataAtom == atom.H1:
			if head := textOf(n); title == "" && head != "" || len(head) > len(title) && strings.Contains(head, title) && strings.Contains(full, head) {
				return head
			}
		}
	}
	return title
}

// cleanTitle returns the title without the name of the site before or behind it:
// what stands there is the site's name, or the rest is a heading of the page.
func (d *document) cleanTitle(title, source, address string) string {
	if title = strings.Join(strings.Fields(title), " "); len(title) > maxTitle {
		return title
	}
	sites := map[string]bool{}
	for _, s := range []string{source, d.meta("og:site_name"), d.meta("application-name"), d.meta("twitter:site"), d.meta("al:ios:app_name")} {
		if s = siteName(s); s != "" {
			sites[squash(s)] = true
			sites[squash(strings.TrimPrefix(strings.ToLower(s), "the "))] = true
		}
	}
	host := ""
	if u, err := url.Parse(address); err == nil {
		host = squash(strings.TrimPrefix(u.Hostname(), "www."))
	}
	isSite := func(s string) bool {
		name := squash(s)
		short := squash(strings.TrimPrefix(strings.ToLower(s), "the "))
		return sites[name] || sites[short] || utf8.RuneCountInString(name) > 3 && (strings.HasPrefix(host, name) || strings.HasPrefix(host, short) && len(short) > 3)
	}
	var heads []string
	for n := range d.root.Descendants() {
		if n.DataAtom == atom.H1 || n.DataAtom == atom.H2 {
			if text := textOf(n); !isSite(text) && len(heads) < maxHeads {
				heads = append(heads, text)
			}
		}
	}
	isHead := func(s string) bool { return slices.ContainsFunc(heads, func(h string) bool { return same(h, s) }) }
	for _, h := range heads {
		// The title of the article, and behind it what it may be.
		if rest, ok := strings.CutPrefix(title, h); ok && rest != "" && len(h) >= len(rest) && !isWordRune([]rune(rest)[0]) {
			return h
		}
	}
	for range 4 {
		if title == "" || isHead(title) {
			break
		}
		if at := strings.LastIndexAny(title, "(["); at > 0 && isSite(strings.TrimRight(title[at+1:], ")]")) {
			title = strings.TrimSpace(title[:at])
			continue
		}
		joints := titleJoint.FindAllStringIndex(title, -1)
		cut := title
		for i := range joints {
			last := joints[len(joints)-1-i]
			// A name that stands behind as a heading may be the site's, in its banner.
			if tail := title[joints[i][1]:]; isHead(tail) && (2*len(tail) >= len(title) || strings.Count(strings.Trim(tail, " :|-"), " ") >= 2) || i == 0 && isSite(title[:joints[i][0]]) {
				cut = tail
				break
			}
			if head := title[:last[0]]; isHead(head) || i == 0 && (isSite(title[last[1]:]) || sections[strings.ToLower(title[last[1]:])]) {
				cut = head
				break
			}
		}
		// A bar stands before nothing but a name.
		if n := len(joints); cut == title && n > 0 && strings.Contains(title[joints[n-1][0]:joints[n-1][1]], "|") && source == "" &&
			strings.Count(title[:joints[n-1][0]], " ") >= 2 && strings.Count(title[joints[n-1][1]:], " ") <= 3 && utf8.RuneCountInString(title[joints[n-1][1]:]) <= maxTail {
			cut = title[:joints[n-1][0]]
		}
		if cut = strings.TrimSpace(cut); cut == title || cut == "" {
			break
		}
		title = cut
	}
	return title
}

// authorKeys are the names under which pages give their author in meta tags.
var authorKeys = []string{"author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author", "citation_author"}

// authors returns the names under which the page gives its authors.
func (d *document) authors() (names []string) {
	for _, t := range d.things {
		if t.kind == 0 {
			names = append(names, t.authors...)
		}
	}
	for _, key := range authorKeys {
		names = append(names, d.meta(key))
	}
	return slices.DeleteFunc(names, func(s string) bool { return s == "" || strings.Contains(s, "/") || len(s) > maxName })
}

// language returns the language that the page says it is in, with its region
// where it names one.
func (d *document) language() string {
	for n := range d.root.Descendants() {
		if n.DataAtom == atom.Html {
			if lang := firstNonEmpty(attribute(n, "lang"), attribute(n, "xml:lang")); lang != "" {
				return lang
			}
			break
		}
	}
	return d.meta("og:locale", "language", "dc.language")
}
