package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// Who wrote an article stands in its header, in what a page says of itself, or in a
// line above the text: "By Jane Roe and Sam Poe, Staff Writers".

const (
	maxByline = 100 // longest such line, in runes
	maxAuthor = 200 // longest text of all names, in bytes

	writtenBy = `(?:(?:written|reported|story|text|posted|published) )?by|von|par|por|door|av|af|authors?|autor(?:in|es|en)?|auteure?s?|авторы?|بقلم|(?:كتب|كتبت|الكاتب|текст|text) ?:`
)

var (
	// bylineMark matches what stands before the names, authorMark also inside a stamp.
	bylineMark = regexp.MustCompile(`(?i)^\(?(?:` + writtenBy + `)(?:\s*:\s*|\s+)`)
	authorMark = regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}])(?:` + writtenBy + `)(?:\s*:\s*|\s+)`)
	// staffLine matches a line of a name and what its bearer does.
	staffLine = mustPattern(`^(?:\p{Lu}[\p{L}\p{M}.'’-]*,? ){1,5}(?:[|•·–—-] )?(?:\p{Lu}[\p{L}.&'’-]* ){0,4}(?:(?:Staff |Senior )?(?:Writer|Reporter|Correspondent|Editor|Columnist|Contributor|Journalist|Producer|Blogger|Redakteur(?:in)?|Korrespondent(?:in)?|Journaliste|Redactora?|Periodista)s?|Staff)$`)
	// and joins two names, particles stand inside one.
	and       = setOf(`and|und|et|y|e|и|&|och|og|en`)
	particles = setOf(`de|la|del|van|von|der|den|da|di|du|des|el|al|bin|ibn|dos|do|le|ter|ten`)
	nameEnd   = regexp.MustCompile(`[|•·;()/]| [–—-] |\d`)
	// nobody are names under which anybody may write.
	nobody = setOf(`admin|administrator|webmaster|editor|editors|staff|author|unknown|anonymous|user|guest|root|redaktion|redaction|redaccion`)
)

// namesIn returns the names that a text begins with, as they stand there: up to a
// bar, a figure or a word that is in no name. Behind a comma stand more only where
// an "and" follows; else it is what the author does, or for whom.
func namesIn(s string) string {
	if at := nameEnd.FindStringIndex(s); at != nil {
		s = strings.TrimRight(s[:at[0]], " ,")
		if i := strings.LastIndexByte(s, ' '); month(strings.TrimRight(s[i+1:], ".")) != 0 {
			s = s[:max(i, 0)]
		}
	}
	at, end := 0, 0
	for part := range strings.SplitSeq(s, ",") {
		name, joined := nameRun(part)
		if at == 0 || joined {
			end = at + len(name)
		}
		if at += len(part) + 1; name != part {
			break
		}
	}
	found := strings.TrimSpace(s[:end])
	if nobody[strings.ToLower(found)] || strings.Count(found, " ") >= 2*maxNameWords {
		return ""
	}
	return found
}

// nameRun returns how much of a text is names, and whether an "and" stands in it.
func nameRun(s string) (run string, joined bool) {
	if at := writes.FindStringIndex(s); at != nil { // "Jane Roe Staff Writer"
		s = s[:at[0]]
	}
	end, at := 0, 0
	for w := range strings.SplitAfterSeq(s, " ") {
		at += len(w)
		w = strings.TrimSpace(w)
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case w == "":
		case and[strings.ToLower(w)]:
			joined = joined || at < len(s)
		case particles[w] && end > 0:
		case unicode.IsLetter(first) && !unicode.IsLower(first) && !strings.ContainsAny(w, "@/"):
			end = at
		default:
			return strings.TrimRight(s[:end], " "), joined
		}
	}
	return strings.TrimRight(s[:end], " "), joined
}

// author returns whom a byline, or a stamp, names as the article's author.
func author(line string) string {
	line = strings.Join(strings.Fields(line), " ")
	if at := authorMark.FindStringIndex(line); at != nil {
		return namesIn(line[at[1]:])
	}
	if staffLine.MatchString(line) {
		return namesIn(line)
	}
	return ""
}

// isByline reports whether a line says who wrote the article, and for whom or from
// where, and nothing else.
func isByline(line string) bool {
	if utf8.RuneCountInString(line) > maxByline || strings.Contains(line, "\n") {
		return false
	}
	at := bylineMark.FindStringIndex(line)
	if at == nil {
		return staffLine.MatchString(line)
	}
	rest := line[at[1]:]
	if last := rest[strings.LastIndexByte(rest, ' ')+1:]; namesIn(rest) == "" || endsSentence(line) && len(last) > len("Jr.") {
		return false
	}
	rest = writes.ReplaceAllString(strings.ReplaceAll(rest, " ", "  "), " ")
	for _, w := range joints.Split(rest, -1) {
		if !isNameWord(w) && w != "" && w != "in" && w != "at" && w != "staff" {
			return false
		}
	}
	return true
}

// author returns the names that the page gives for its author, but for the site's.
func (d *document) author(site, byline string) string {
	found := schemaAuthors(d.things, d.title)
	for _, key := range authorKeys {
		if len(found) > 0 {
			break
		}
		for n := range d.root.Descendants() {
			if n.DataAtom == atom.Meta && strings.EqualFold(firstNonEmpty(attribute(n, "property"), attribute(n, "name")), key) {
				found = append(found, attribute(n, "content"))
			}
		}
		found = onlyNames(found, site)
	}
	if found = onlyNames(found, site); len(found) == 0 {
		found = onlyNames(d.markedAuthors(), site)
	}
	if len(found) == 0 && bylineMark.MatchString(byline) {
		found = onlyNames([]string{author(byline)}, site)
	}
	all := strings.Join(found, ", ")
	if len(all) > maxAuthor {
		return ""
	}
	return all
}

// markedAuthors returns the names in elements that are marked as the author's.
func (d *document) markedAuthors() (found []string) {
	for n := range d.root.Descendants() {
		property := strings.Fields(attribute(n, "itemprop"))
		if !slices.Contains(property, "author") && !slices.Contains(strings.Fields(attribute(n, "rel")), "author") || elsewhere.MatchString(attribute(n.Parent, "class")+" "+attribute(n.Parent, "id")) || d.elsewhere(n.Parent) {
			continue
		}
		name := firstNonEmpty(attribute(n, "content"), textOf(n))
		for c := range n.Descendants() {
			if attribute(c, "itemprop") == "name" {
				name = firstNonEmpty(attribute(c, "content"), textOf(c))
			}
		}
		found = append(found, name)
	}
	return found
}

// onlyNames keeps what may be names of authors, each once.
func onlyNames(list []string, site string) (kept []string) {
	for _, s := range list {
		s = strings.Join(strings.Fields(s), " ")
		if at := bylineMark.FindStringIndex(s); at != nil {
			s = s[at[1]:]
		}
		// What the author does stands behind a comma.
		if at := writes.FindStringIndex(s); at != nil && strings.ContainsRune(s[:at[1]], ',') {
			s = s[:strings.LastIndexByte(s[:at[1]], ',')]
		}
		if len(s) > maxName || strings.ContainsAny(s, "/@{}<>") || nobody[strings.ToLower(s)] || same(s, site) || squash(s) == "" ||
			slices.ContainsFunc(kept, func(k string) bool { return same(k, s) }) {
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// schemaAuthors returns whom the page's JSON-LD names as the author of the article.
// Of several articles on one page it is the one whose headline is the title.
func schemaAuthors(things []thing, title string) []string {
	var found []string
	for _, main := range []bool{true, false} {
		for _, t := range things {
			switch {
			case t.kind != 0 || t.main != main || len(t.authors) == 0:
			case same(t.name, title):
				return t.authors
			case main && (found == nil || slices.Equal(found, t.authors)):
				found = t.authors
			case main:
				return nil // of one article or another
			}
		}
	}
	return found
}
