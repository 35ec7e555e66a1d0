package answer

import (
	"regexp"
	"slices"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// asked is what a question asks for.
type asked uint8

const (
	anything    asked = iota // no question word: telegraphic, or "what … ?"
	aPerson                  // who, whom, whose
	aPlace                   // where, which city
	aTime                    // when, which year
	aNumber                  // how many, how much, what percentage
	aName                    // what is the name of
	anAge                    // how old
	aDuration                // how long
	aReason                  // why
	aManner                  // how
	yesNo                    // is, did, has …
	aQuote                   // what did X say
	aDefinition              // who is X, what is X
)

var askedNames = [...]string{"anything", "person", "place", "time", "number", "name", "age", "duration", "reason", "manner", "yes or no", "quotation", "definition"}

func (a asked) String() string { return askedNames[a] }

// kind works out what is asked for and which words are its focus.
func (p *parsed) kind(toks []qtoken, w *words.Words) {
	at := func(i int) string {
		if i < len(toks) {
			return toks[i].lower
		}
		return ""
	}
	for i, t := range toks {
		switch t.lower {
		case "who", "whom", "whose":
			p.Asked = aPerson
			if i+2 < len(toks) && (at(i+1) == "is" || at(i+1) == "was") && allNames(toks[i+2:]) {
				p.Asked = aDefinition
			}
		case "when":
			p.Asked = aTime
		case "where":
			p.Asked = aPlace
		case "why":
			p.Asked = aReason
		case "how":
			switch at(i + 1) {
			case "old":
				p.Asked = anAge
			case "many", "much", "few", "big", "large", "high", "low", "far", "thick", "tall", "heavy", "deep", "fast", "wide", "close", "strong":
				p.Asked = aNumber
				switch at(i + 1) {
				case "much":
					p.Money = !byHowMuch.MatchString(p.Text) && slices.ContainsFunc(toks[i+2:], func(t qtoken) bool { return paying[t.lower] })
				case "many", "few":
					p.countedNoun(toks[min(i+2, len(toks)):], w)
				}
			case "long", "late", "soon", "often":
				p.Asked = aDuration
			case "come":
				p.Asked = aReason
			default:
				p.Asked = aManner
			}
		case "what", "which":
			p.Asked = anything
			rest := toks[i+1:]
			if t.lower == "what" && len(rest) > 1 && len(rest) <= 5 && isBe(rest[0].lower) && allNames(rest[1:]) && !hasFocusKind(rest[1:]) {
				p.Asked = aDefinition
				return
			}
			p.Asked = nounKind(rest)
			if p.Asked == anything && (asksName(rest) || asksName(toks[:i])) {
				p.Asked = aName
			}
			first := at(i + 1)
			if t.lower == "what" && annotate.Auxiliary[first] && p.Asked == anything {
				for _, later := range toks[i+2:] {
					if annotate.Speaks(later.lower, w) {
						p.Asked = aQuote
					}
				}
			}
			if first == "caused" || first == "made" || first == "causes" || first == "led" {
				p.Asked = aReason
			}
		default:
			continue
		}
		return
	}
	if len(toks) > 0 && annotate.Auxiliary[toks[0].lower] {
		p.Asked = yesNo
		return
	}
	// No question word: a few words as one types them into a search box.
	for _, t := range toks {
		if kind, ok := focusKinds[t.lower]; ok && kind != aPerson {
			p.Asked = kind
			return
		}
	}
}

// paying are words that make "how much" a question about money.
var paying = words.Set(`cost costs spend spends spent spending pay pays paid paying payment charge charges charged price priced sell sells sold buy buys
	bought earn earns earned worth fee fees fine fined fundraise raise raised donate donated donations owe owed invest invested investment
	money salary wage wages budget debt loan loans compensation dollars euros pounds`)

// byHowMuch matches questions for how far something changed, not what it came to.
var byHowMuch = regexp.MustCompile(`(?i)\bby how (?:much|many)\b`)

// countedNoun tells what stands behind "how many": a currency, "Swedish crowns",
// asks for a sum, and a bare "millions" leaves open of what.
func (p *parsed) countedNoun(toks []qtoken, w *words.Words) {
	ends := func(i int) bool { return i >= len(toks) || toks[i].stop || annotate.Auxiliary[toks[i].lower] }
	p.Many = true
	for i := 0; !ends(i); i++ {
		word := toks[i].lower
		n, ok := w.Number(word)
		sum := annotate.Currencies[word] && (ends(i+1) || annotate.Plural(word)) // not "real numbers"
		p.Money = sum && (i+1 == len(toks) || toks[i+1].lower != "of")           // "pounds of steam" may be a weight
		if p.Many = !sum && !(ok && n.Kind == words.Multiplier && ends(i+1)); !p.Many {
			return
		}
	}
}

// nounKind returns the kind of thing that the noun behind "what" or "which"
// names: "which *city*", "what is the death *toll*".
func nounKind(rest []qtoken) asked {
	i := 0
	for i < len(rest) && (isBe(rest[i].lower) || rest[i].lower == "the" || rest[i].lower == "a" || rest[i].lower == "of") {
		i++
	}
	for n := 0; i < len(rest) && n < 3; i, n = i+1, n+1 {
		if rest[i].stop || annotate.Auxiliary[rest[i].lower] {
			break
		}
		if kind, ok := focusKinds[rest[i].lower]; ok {
			return kind
		}
	}
	return anything
}

// asksName reports whether the words ask for a name: "the name of …",
// "… is it called".
func asksName(toks []qtoken) bool {
	for i, t := range toks {
		if t.lower == "name" && i+1 < len(toks) && toks[i+1].lower == "of" || t.lower == "called" && i == len(toks)-1 {
			return true
		}
	}
	return false
}

func hasFocusKind(toks []qtoken) bool {
	return slices.ContainsFunc(toks, func(t qtoken) bool { _, ok := focusKinds[t.lower]; return ok })
}

func isBe(w string) bool { return w == "is" || w == "are" || w == "was" || w == "were" }

// focusKinds are nouns that name what is asked for.
var focusKinds = askedBy(map[asked]string{
	aPlace:    "city cities town towns country countries place places state states village region province location port nation nations continent street district capital",
	aTime:     "year date day month time century weekday decade hour morning",
	aNumber:   "number percentage percent amount toll count price cost size score population distance temperature share rate total height weight speed margin turnout sum",
	aPerson:   "person man woman politician leader minister president commander general envoy official officials player scientist author actor singer king queen prince mayor judge",
	aDuration: "duration deadline",
	anAge:     "age ages",
	aReason:   "reason reasons cause causes motive",
})

// allNames reports whether the rest of a question holds no verb or function
// word, as in "who is Khalifa Haftar".
func allNames(toks []qtoken) bool {
	n := 0
	for _, t := range toks {
		switch {
		case t.lower == "the" || t.lower == "a" || t.lower == "an":
		case t.stop:
			return false
		default:
			n++
		}
	}
	return n > 0 && n <= 4
}

// whWords are words that ask, or that begin a clause beside another.
var whWords = words.Set(`who which what when where why how whose whom while because although though if whether`)
