package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// A question for a yes or no is answered by the sentence that settles it, never
// by a part of it: a yes would be the bot's own.

// openers are words that people say before they ask.
var openers = words.Set(`hi hello hey so and but or well oh ok okay please sorry also then actually anyway`)

// asksWhether reports whether a question wants a yes or no: it begins with a verb
// that helps and frames no question word, or asks if something is so. In other
// languages than English it is what has a question mark and no question word.
func (p *parsed) asksWhether(toks []qtoken, language string) bool {
	if language != "en" {
		asks := func(t qtoken) bool { _, ok := questionWords[language][strings.ToLower(t.raw)]; return ok }
		return strings.HasSuffix(strings.TrimSpace(p.Text), "?") && !slices.ContainsFunc(toks, asks)
	}
	for len(toks) > 0 && openers[strings.ToLower(toks[0].raw)] {
		toks = toks[1:]
	}
	wh := slices.ContainsFunc(toks, func(t qtoken) bool { return wants[t.lower] })
	if len(toks) > 1 && annotate.Auxiliary[toks[0].lower] {
		return !wh || !asking[toks[1].lower] // "did the man who fell get up", and not "do you know who fell"
	}
	return !wh && slices.ContainsFunc(toks, func(t qtoken) bool { return t.lower == "whether" || t.lower == "if" })
}

// wants are the words that want more than a yes or no.
var wants = words.Set(`who whose whom which what when where why how`)

// asking are who asks, and who is asked, in a question that only frames another.
var asking = words.Set(`you u i we anybody anyone somebody someone`)
