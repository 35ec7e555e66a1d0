package handlers

import (
	"fmt"
	"strings"
)

// Lengths of what is repeated of people, in runes.
const (
	maxEcho = 100
	maxName = 32
)

// echo is what the first line of a reply says: who asked what. It is read back
// from there when a button is pressed or somebody replies, so that nothing has
// to be remembered.
type echo struct {
	Who      string
	Question string
	Previous string // the question before, where this one follows it up
	Article  string // id of the only article that was looked in, "" for all; it is not read back
}

// line writes the echo with a format of two texts: who, question.
func (e echo) line(format string) string {
	return fmt.Sprintf(format, name(e.Who), quoted(e.Question))
}

// asked writes the first line of a reply to a question.
func (e echo) asked(w *words) string {
	if e.Previous == "" {
		return e.line(w.Asked)
	}
	return fmt.Sprintf(w.AskedAfter, name(e.Who), quoted(e.Previous), quoted(e.Question))
}

func name(who string) string {
	who, _ = cut(tidy(who), maxName)
	return strings.ReplaceAll(escape(who), `"`, `\"`)
}

// quoted is a text to stand between double quotes. What is cut ends in three
// dots; readEcho takes them away.
func quoted(text string) string { return quotedUpTo(text, maxEcho) }

// quotedUpTo is quoted for at most limit runes.
func quotedUpTo(text string, limit int) string {
	text, cut := cut(tidy(text), limit)
	text = strings.ReplaceAll(escapeInline(text), `"`, `\"`) // the quotes round it stay the only plain ones
	if cut {
		text += "…"
	}
	return text
}

// readEcho reads the first line of a reply. It works in every language of the
// words, for it goes by the double quotes: those of other people are escaped.
func readEcho(content string) (e echo, ok bool) {
	line, _, _ := strings.Cut(content, "\n")
	if !strings.HasSuffix(line, `"`) {
		return e, false // some other message, which may well hold quotes
	}
	switch quotes := quotedIn(line); len(quotes) {
	case 1:
		return echo{Question: quotes[0]}, true
	case 2:
		return echo{Previous: quotes[0], Question: quotes[1]}, true
	}
	return echo{}, false
}

// quotedIn returns what stands between plain double quotes in a line of the
// bot's own, nothing where one of them is alone.
func quotedIn(line string) []string {
	var quotes []int
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			quotes = append(quotes, i)
		}
	}
	if len(quotes)%2 != 0 {
		return nil
	}
	var texts []string
	for i := 0; i < len(quotes); i += 2 {
		texts = append(texts, unescape(strings.TrimSuffix(line[quotes[i]+1:quotes[i+1]], "…")))
	}
	return texts
}
