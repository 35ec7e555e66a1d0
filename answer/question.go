package answer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"footnote/answer/words"
	"footnote/index"
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

// concept is one thing that a question is about: a word or a phrase, with the
// terms that mean it.
type concept struct {
	Text     string             // as typed, for telling what was looked for
	Word     string             // in lower case, spelling repaired
	Terms    map[string]float64 // analysed term or phrase → how nearly it means the concept, 0 to 1
	Weight   float64            // how much it tells: rare words more
	Name     bool               // names somebody or something
	Focus    bool               // the noun asked for: "how many *children*"
	Kind     bool               // only names the kind of thing asked for: "which *countries*"
	Number   bool               //
	Verb     bool               // a cue verb of a "what did X say" question
	Position int                // token in the question
}

// parsed is a question understood.
type parsed struct {
	Text      string
	Asked     asked
	Concepts  []concept
	List      float64           // how surely it asks for several things: "which countries"
	Corrected map[string]string // spelling repaired
	Looked    []string
	Pairs     [][2]string // neighbouring words as typed, function words kept
	Taken     Taken
	SaidBy    int // concept of the speaker in "what did X say"; -1 otherwise
	Relation  relation
	Focus     int    // concept of the noun asked for; -1 for none
	Main      int    // concept of the main verb, as far as can be told; -1 for none
	Order     string // whether the question word stands for who acts or what is acted upon
}

var auxiliary = set(`is are was were am be been do does did has have had can could will would shall should may might must`)

// light are words that say how something is asked, not what about.
var light = set(`many much name names called type kind kinds sort please tell know say anyone anybody somebody someone
	something anything thing things exactly actually really just even still also ever yet so ok okay hey hi hello think
	got get gets give list give find information info happen happened happens going go goes come comes us me out up
	about according`)

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// qtoken is one word of a question.
type qtoken struct {
	raw   string // as typed
	lower string // folded, spelling repaired
	term  string
	stop  bool
}

// parse understands a question asked of the library.
func (l *Library) parse(q Question, language string) *parsed {
	p := &parsed{Text: q.Text, Corrected: map[string]string{}, SaidBy: -1}
	toks := l.questionTokens(q.Text, language, p.Corrected)
	if language == "en" {
		p.kind(toks, l.words)
	} else {
		p.foreignKind(toks, language)
	}
	l.concepts(p, toks, language)
	p.Relation = findRelation(p, toks)
	p.findMain(toks)
	if strings.TrimSpace(q.Previous) != "" {
		l.follow(p, toks, shorten(q.Previous, maxQuestion), language)
	}
	for i := 1; i < len(toks); i++ {
		p.Pairs = append(p.Pairs, [2]string{toks[i-1].lower, toks[i].lower})
	}
	return p
}

// questionTokens splits a question into words, with chat spelling spelt out
// and misspelt words repaired where the library holds what was meant.
func (l *Library) questionTokens(text, language string, corrected map[string]string) []qtoken {
	var toks []qtoken
	shouting := text == strings.ToUpper(text)
	for _, t := range index.Analyze(language, text) {
		raw := text[t.Start:t.End]
		q := qtoken{raw: raw, lower: fold(raw), term: t.Term, stop: t.Stop}
		if language == "en" {
			plain := strings.ReplaceAll(q.lower, ".", "")
			isAcronym := !shouting && len(plain) >= 2 && strings.ToUpper(raw) == raw && unicode.IsLetter(rune(plain[0]))
			switch {
			case isAcronym && t.Stop:
				q.term, q.stop = acronymKey(q.lower), false
			case isAcronym:
				q.lower = plain
				q.term = plain
			default:
				if said, ok := l.words.Chat(q.lower); ok && !l.vocabulary.has(q.lower) {
					for _, a := range index.Analyze(language, said) {
						part := said[a.Start:a.End]
						toks = append(toks, qtoken{raw: raw, lower: part, term: a.Term, stop: a.Stop})
					}
					continue
				}
				if !t.Stop {
					if better := l.respell(q.lower); better != "" {
						corrected[raw] = better
						q.lower = better
						if a := index.Analyze(language, better); len(a) == 1 {
							q.term, q.stop = a[0].Term, a[0].Stop
						}
					}
				}
			}
		}
		toks = append(toks, q)
	}
	return toks
}

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
			if t.lower == "what" && auxiliary[first] && p.Asked == anything {
				for _, later := range toks[i+2:] {
					if speaks(later.lower, w) {
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
		switch {
		case t.lower == "who":
			p.List = 0.5
		case plural(at(i + 1)), plural(at(i+2)) && !auxiliary[at(i+1)]:
			p.List = 1
		}
		if at(i+1) == "are" || at(i+1) == "were" {
			p.List = 1
		}
		return
	}
	if len(toks) > 0 && auxiliary[toks[0].lower] {
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
	if n := len(toks); n > 0 && plural(toks[n-1].lower) {
		p.List = 1
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
		if rest[i].stop || auxiliary[rest[i].lower] {
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
var focusKinds = map[string]asked{}

func init() {
	for kind, list := range map[asked]string{
		aPlace:    "city cities town towns country countries place places state states village region province location port nation nations continent street district capital",
		aTime:     "year date day month time century weekday decade hour morning",
		aNumber:   "number percentage percent amount toll count price cost size score population distance temperature share rate total height weight speed margin turnout sum",
		aPerson:   "person man woman politician leader minister president commander general envoy official officials player scientist author actor singer king queen prince mayor judge",
		aDuration: "duration deadline",
		anAge:     "age ages",
		aReason:   "reason reasons cause causes motive",
	} {
		for _, w := range strings.Fields(list) {
			focusKinds[w] = kind
		}
	}
}

func plural(w string) bool {
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is")
}

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

// concepts gathers what a question is about.
func (l *Library) concepts(p *parsed, toks []qtoken, language string) {
	lower := make([]string, len(toks))
	for i, t := range toks {
		lower[i] = t.lower
	}
	taken := make([]bool, len(toks))
	if language == "en" {
		for _, m := range l.words.Phrases(lower) {
			var raw []string
			useful := false
			for i := m.Start; i < m.End; i++ {
				raw = append(raw, toks[i].raw)
				useful = useful || !toks[i].stop && !light[toks[i].lower]
			}
			if !useful || taken[m.Start] {
				continue
			}
			c := concept{Text: strings.Join(raw, " "), Word: m.Phrase, Terms: map[string]float64{}, Position: m.Start}
			l.expand(&c, m.Phrase, language)
			c.add(m.Phrase, 1)
			if !l.known(&c) {
				continue // nothing here means the phrase as a whole: its words count alone
			}
			// The words of the phrase mean it too, each only in part.
			parts := 0
			for i := m.Start; i < m.End; i++ {
				taken[i] = true
				if !toks[i].stop {
					parts++
				}
			}
			for i := m.Start; i < m.End; i++ {
				if !toks[i].stop {
					c.add(toks[i].term, 1/float64(max(parts, 1))*0.9)
				}
			}
			c.Weight = l.rarity(&c, language)
			p.Concepts = append(p.Concepts, c)
		}
	}
	for i, t := range toks {
		if taken[i] || t.stop && !strings.HasPrefix(t.term, "=") || light[t.lower] && !l.vocabulary.name(t.lower) {
			continue
		}
		c := concept{Text: t.raw, Word: t.lower, Terms: map[string]float64{}, Position: i}
		c.add(t.term, 1)
		c.Name = l.vocabulary.name(t.lower) || i > 0 && unicode.IsUpper([]rune(t.raw)[0])
		_, c.Number = l.words.Number(t.lower)
		c.Number = c.Number || unicode.IsDigit([]rune(t.lower)[0])
		if language == "en" {
			l.expand(&c, t.lower, language)
		}
		c.Weight = l.rarity(&c, language)
		if c.Name {
			c.Weight = max(c.Weight, nameWeight)
		}
		p.Concepts = append(p.Concepts, c)
	}
	p.Concepts = rarest(p.Concepts)
	slices.SortStableFunc(p.Concepts, func(a, b concept) int { return a.Position - b.Position })
	if len(p.Concepts) == 0 { // only function words: look for what there is
		for i, t := range toks[:min(len(toks), maxConcepts)] {
			if !auxiliary[t.lower] && len(t.lower) > 2 {
				c := concept{Text: t.raw, Word: t.lower, Terms: map[string]float64{t.term: 1}, Position: i, Weight: 0.5}
				p.Concepts = append(p.Concepts, c)
			}
		}
	}
	for i := range p.Concepts {
		p.Looked = append(p.Looked, p.Concepts[i].Text)
	}
	l.focus(p, toks)
}

// rarest returns at most maxConcepts concepts, those that tell most, each
// word once.
func rarest(all []concept) []concept {
	seen := map[string]bool{}
	var kept []concept
	for _, c := range all {
		if !seen[c.Word] {
			seen[c.Word] = true
			kept = append(kept, c)
		}
	}
	slices.SortStableFunc(kept, func(a, b concept) int { return cmp.Compare(b.Weight, a.Weight) })
	return kept[:min(len(kept), maxConcepts)]
}

// nameWeight is the least that a name tells: in an article about one man his
// name is no rare word, and still it decides who is asked about.
const nameWeight = 1.0

// add lets a term mean the concept at least as surely as weight.
func (c *concept) add(term string, weight float64) {
	if weight > c.Terms[term] {
		c.Terms[term] = weight
	}
}

// focus marks the noun that is asked for and the speaker that is asked about.
func (l *Library) focus(p *parsed, toks []qtoken) {
	after := -1
	for i, t := range toks {
		switch t.lower {
		case "which", "what", "whose", "many", "much":
			after = i
		}
		if after >= 0 {
			break
		}
	}
	if after >= 0 && after+1 < len(toks) && !auxiliary[toks[after+1].lower] {
		// "which mobile phone company did …": the head is the word before the
		// helping verb. Without one it is the first: "which countries support …".
		end := after + 1
		for end < len(toks) && end < after+5 && !toks[end].stop && !auxiliary[toks[end].lower] {
			end++
		}
		head := after + 1
		if end < len(toks) && auxiliary[toks[end].lower] && end > head {
			head = end - 1
		}
		for i := range p.Concepts {
			c := &p.Concepts[i]
			if c.Position != head && c.Position != after+1 {
				continue
			}
			c.Focus = c.Position == head
			if k, ok := focusKinds[c.Word]; ok && k == p.Asked {
				c.Kind = true
			}
		}
	}
	if p.Asked == aQuote || p.Asked == anything {
		for i := range p.Concepts {
			if speaks(p.Concepts[i].Word, l.words) {
				p.Concepts[i].Verb = true
				for k := i - 1; k >= 0; k-- {
					if p.Concepts[k].Name || isTitle(p.Concepts[k].Word, l.words) {
						p.SaidBy = k
						break
					}
				}
			}
		}
	}
}

// findMain tells the main verb and whether the question word stands before it
// as the one who acts ("what killed him") or is acted upon ("what did he kill").
func (p *parsed) findMain(toks []qtoken) {
	p.Focus, p.Main, p.Order = -1, -1, "none"
	wh := slices.IndexFunc(toks, func(t qtoken) bool { return whWords[t.lower] })
	for i := range p.Concepts {
		if p.Concepts[i].Focus {
			p.Focus = i
		}
	}
	if wh < 0 {
		return
	}
	helper := slices.IndexFunc(toks[wh:], func(t qtoken) bool { return auxiliary[t.lower] })
	switch {
	case helper < 0:
		p.Order = "acts"
	case isBe(toks[wh+helper].lower):
		p.Order = "is"
	default:
		p.Order = "acted upon"
	}
	for i := range p.Concepts {
		c := &p.Concepts[i]
		if c.Name || c.Focus || c.Number || c.Position < wh {
			continue
		}
		if p.Main < 0 || p.Order != "acts" { // the first verb after who, the last after did
			p.Main = i
		}
	}
}
