package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Below an article stands who wrote it and how to reach him. The same sentences may
// be the article's: they are rubbish only at its end, and only where they are of
// somebody whom the article does not speak of.

const (
	maxBio   = 500 // longest note on an author, in runes
	maxNotes = 8   // notes at the foot that are looked at
)

var (
	personName = `(\p{Lu}[\p{L}\p{M}'’.-]+(?: (?:\p{Lu}[\p{L}\p{M}'’.-]*|van|von|de|da|bin|al|el)){1,4})`
	// bio matches a note that says of somebody that he writes.
	bio    = regexp.MustCompile(`^(?:\([^)]*\) ?)?(?:[Aa]bout )?(?:[Tt]he [Aa]uthor,? )?` + personName + `(?:,? [^.]{0,60},)?(?: and ` + personName + `)? (?:is|are|was|has been|works|writes|reports|covers|joined|contributed|edits|hosts|teaches|ist|war|arbeitet|schreibt|berichtet|est|travaille|écrit|es|trabaja|escribe|è|é|–|—|работает|пишет|—)\b?`)
	writes = word(`(?:staff |senior |freelance |chief |managing |deputy |associate |contributing |investigative |digital |sports? |news |political |business )*(?:reporters?|correspondents?|journalists?|editors?|columnists?|writers?|bloggers?|contributors?|contributed|freelancers?|covers|reports on|writes (?:about|for|on)|reporting|author of|redakteur(?:in)?|journalist(?:in)?|korrespondent(?:in)?|autor(?:in)?|reporter(?:in)?|journaliste|rédac(?:teur|trice)|correspondante?|periodista|redactora?|corresponsal|autora|giornalista|jornalista|журналист\p{L}*|корреспондент\p{L}*|редактор\p{L}*|обозреватель|صحفي|مراسل|محرر)`)
	// reach matches what the reader is asked to do with an address.
	reach   = regexp.MustCompile(`^` + personName + ` (?:can be|is) (?:reached|contacted|e-?mailed|followed|on Twitter)\b|(?i)^(?:(?:you can |please |or )?(?:e-?mail|contact|reach|follow|find|call|tweet|text|message|write to|send (?:tips|comments|feedback|questions|an? e-?mail)|got a tip|have a tip|connect with|twitter|kontakt|folgen sie|suivez|contacter|sígu[ea]\p{L}*|contacta|писать|подпис\p{L}+)\b)`)
	address = regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:^|[\s(])@\w{1,30}\b|https?://\S+|www\.\S+|(?:\+?\d[\d() .-]{6,}\d)`)
	// between matches the words between the addresses of one who can be reached.
	betweenAddresses = word(`e-?mail(?:ed)?|contact(?:ed)?|reach(?:ed)?|follow(?:ed)?|find|call|tweet|text|message|write|connect|send|tips?|comments?|feedback|questions?|got|have|an?|you|can|be|please|or|and|on|at|by|via|to|in|with|the|author|him|her|them|me|he|she|they|his|work|more|stories|for|twitter|facebook|instagram|linkedin|threads|bluesky|mastodon|x|signal|phone|tel|folgen|sie|ihm|ihr|auf|suivez|sur|sígu\w*|en|писать|на`)
	aboutAuthor      = whole(`about the (?:authors?|writers?|reporters?)|(?:über|zum|zur) (?:den |die )?autor(?:in|en)?|à propos de l['’]auteur|sobre (?:el autor|la autora|o autor)|об авторе|عن الكاتب`)
)

// foot takes the notes at the end of the article away; authors are the names that
// the page gives.
func foot(blocks []block, authors []string, drop func(b block, reason string)) []block {
	for i := len(blocks) - 1; i > 0 && i >= len(blocks)-maxNotes; i-- {
		rest := slices.Concat(blocks[:i], blocks[i+1:])
		if b := blocks[i]; b.level == 0 && (isBio(b.text, rest, authors) || isContact(b.text, rest)) {
			drop(b, "byline")
			blocks = rest
		}
	}
	// A heading that announces the author announces him alone.
	for i := len(blocks) - 1; i > 0 && i >= len(blocks)-maxNotes; i-- {
		if aboutAuthor.MatchString(strings.TrimRight(blocks[i].text, ":")) {
			for _, b := range blocks[i:] {
				drop(b, "byline")
			}
			return blocks[:i]
		}
		if blocks[i].level > 0 {
			break
		}
	}
	return blocks
}

// isBio reports whether a paragraph says who wrote the article above it.
func isBio(text string, body []block, authors []string) bool {
	if utf8.RuneCountInString(text) > maxBio {
		return false
	}
	line := strings.TrimSpace(strings.ReplaceAll(text, "\n", " "))
	if slices.ContainsFunc(authors, func(a string) bool { return same(a, line) }) {
		return true
	}
	m := bio.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	if slices.ContainsFunc(authors, func(a string) bool { return strings.Contains(squash(a), squash(m[1])) }) {
		return true
	}
	first, _, _ := strings.Cut(line, ". ")
	return writes.MatchString(first) && !speaksOf(body, m[1])
}

// isContact reports whether a paragraph is nothing but how somebody, not the
// people that the article is about, can be reached.
func isContact(text string, body []block) bool {
	line := strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(line) > maxBio || !reach.MatchString(line) || !address.MatchString(line) {
		return false
	}
	rest := address.ReplaceAllString(line, " ")
	for range 2 {
		rest = betweenAddresses.ReplaceAllString(strings.ReplaceAll(rest, " ", "  "), " ")
	}
	words := strings.FieldsFunc(rest, func(r rune) bool { return !isWordRune(r) && r != '\'' && r != '’' && r != '-' })
	if len(words) == 0 {
		return strings.Contains(line, "@") && followed.MatchString(line)
	}
	for _, w := range words {
		if !isNameWord(w) {
			return false
		}
	}
	name := strings.Join(words, " ")
	return len(words) >= 2 && len(words) <= 5 && !speaksOf(body, name)
}

// followed matches that it is a person who can be reached, and no office.
var followed = word(`tips?|him|her|them|follow|twitter|folgen|suivez|sígu\w*`)

// speaksOf reports whether the article above names somebody, were it by the last
// name alone. A line of an author is not the article's.
func speaksOf(body []block, name string) bool {
	fields := strings.Fields(name)
	last := strings.TrimRight(fields[len(fields)-1], ".'’")
	for _, b := range body {
		if endsSentence(b.text) && strings.Contains(b.text, last) && !reach.MatchString(b.text) && !bio.MatchString(b.text) && !contributed.MatchString(b.text) {
			return true
		}
	}
	return false
}
