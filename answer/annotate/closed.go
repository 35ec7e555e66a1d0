package annotate

import (
	"strings"

	"footnote/answer/words"
)

// Auxiliary are the verbs that help another verb.
var Auxiliary = words.Set(`is are was were am be been do does did has have had can could will would shall should may might must`)

// Prepositions are the common prepositions, and the conjunctions that look
// like them.
var Prepositions = words.Set(`of in on at by for with from to into about after before during against between through over under near since until
	without within among across behind beyond than as per via towards toward along around outside inside despite`)

// Plural reports whether a noun looks like a plural.
func Plural(w string) bool {
	return plurals[w] || len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is")
}

// plurals are nouns in the plural that do not look it.
var plurals = words.Set(`people men women children feet teeth geese mice policemen policewomen firemen fishermen gunmen crewmen servicemen
	countrymen businessmen spokesmen percent`)
