package handlers

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"footnote/corpus"
)

// bodies are the last words of names that stand behind "the" in English.
var bodies = strings.Fields(`administration agency alliance army assembly association authority bank board bureau center centre church coastguard commission
	committee company corporation council court department federation force foundation fund government group guard institute league ministry movement navy
	office organisation organization parliament party police senate service society treasury tribunal union`)

// behind is what may stand behind a name that is no part of a longer one, as in
// "the NASA probe": a mark, or a word that says what the named one does.
var behind = regexp.MustCompile(`^(?:['’]s\b|[.,;:!?)"”]|\s+(?:and|or|in|on|that|which|who|has|had|have|is|are|was|were|will|would|can|could|may|also|said|says|told|did|does|began|gave|took|made|\p{Ll}+ed)\b|\s*$)`)

// speaker is the name of who says something as English writes it within a
// sentence: with "the" where the article writes it so, as in "the US said". Of the
// names of people and most places nobody would.
func (p *page) speaker(name string, article *corpus.Article) string {
	if article == nil || article.Language != "en" || p.language != language.English || !takesThe(name) {
		return name
	}
	for text := article.Text; ; {
		before, after, found := strings.Cut(text, "he "+name)
		if !found {
			return name
		}
		last := before[strings.LastIndexAny(before, " \n\"(“")+1:]
		if (last == "t" || last == "T") && behind.MatchString(after) {
			return "the " + name
		}
		text = after
	}
}

// takesThe reports whether a name may stand behind "the": an acronym, a plural,
// or one that ends in the word for a body.
func takesThe(name string) bool {
	fields := strings.Fields(name)
	if len(fields) == 0 {
		return false
	}
	last := fields[len(fields)-1]
	acronym := len(last) > 1 && len(fields) == 1 && strings.Trim(last, "ABCDEFGHIJKLMNOPQRSTUVWXYZ.") == ""
	return acronym || strings.HasSuffix(last, "s") || slices.Contains(bodies, strings.ToLower(last))
}

// atStart is a name at the beginning of a line, where the article is "The".
func atStart(s string) string {
	if strings.HasPrefix(s, "the ") {
		return "T" + s[1:]
	}
	return s
}
