package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/index"
)

// parsed is a question understood.
type parsed struct {
	Text      string
	Asked     asked
	Concepts  []concept
	Corrected map[string]string // spelling repaired
	Looked    []string
	Pairs     [][2]string // neighbouring words as typed, function words kept
	Taken     Taken
	SaidBy    int // concept of the speaker in "what did X say"; -1 otherwise
	Relation  relation
	Doer      int      // concept of the name that the question says did the deed; -1 for none
	Deed      int      // concept of that deed
	Focus     int      // concept of the noun asked for; -1 for none
	Denies    bool     // holds a negation: "which states do not …"
	Another   bool     // wants something else than what it names: "what other …"
	Told      bool     // holds no question word, as far as can be told
	Whether   bool     // wants a yes or no
	Talked    string   // id of the article that was talked about before; "" for none
	Money     bool     // asks for a sum of money
	Many      bool     // asks how many there are
	Means     bool     // asks what a term means
	Section   string   // number of the clause, item or version that it asks about; "" for none
	Capitals  []string // its words with capitals, the first word left out, in lower case
	err       error    // the index is damaged where a word of it stands
}

// light are words that say how something is asked, not what about.
var light = words.Set(`many much name names called type kind kinds sort please tell know say anyone anybody somebody someone
	something anything thing things exactly actually really just even still also ever yet so ok okay hey hi hello think
	got get gets give list give find information info happen happened happens going go goes come comes us me out up
	about according now today tonight currently nowadays presently`)

// qtoken is one word of a question.
type qtoken struct {
	raw   string // as typed
	lower string // folded, spelling repaired
	term  string
	stop  bool
}

// parse understands a question asked of the library.
func (l *Library) parse(q Question, language string) *parsed {
	p := &parsed{Text: q.Text, Talked: q.Talked, Corrected: map[string]string{}, SaidBy: -1, Doer: -1, Deed: -1, Focus: -1}
	toks := l.questionTokens(q.Text, language, p.Corrected)
	if language == "en" {
		p.kind(toks, l.words)
	} else {
		p.foreignKind(toks, language)
	}
	p.Means = meaningAsked.MatchString(q.Text)
	l.concepts(p, toks, language)
	p.Relation = findRelation(p, toks)
	p.Doer, p.Deed = findDoer(p, toks)
	if q.Previous != "" {
		l.follow(p, toks, Question{Text: q.Previous, Previous: q.Earlier}, language)
	}
	p.Whether = p.asksWhether(toks, language)
	p.Told = language == "en" && !slices.ContainsFunc(toks, func(t qtoken) bool { return whWords[t.lower] })
	for i, t := range toks {
		p.Denies = p.Denies || l.words.Negation(t.lower)
		p.Another = p.Another || t.lower == "other" || t.lower == "else" || t.lower == "another"
		if first, _ := utf8.DecodeRuneInString(t.raw); i > 0 && unicode.IsUpper(first) && !t.stop {
			p.Capitals = append(p.Capitals, t.lower)
		}
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
		q := qtoken{raw: raw, lower: annotate.Fold(raw), term: t.Term, stop: t.Stop}
		if q.lower == "" {
			continue // an accent without a letter
		}
		if language == "en" {
			plain := strings.ReplaceAll(q.lower, ".", "")
			isAcronym := !shouting && len(plain) >= 2 && strings.ToUpper(raw) == raw && unicode.IsLetter(rune(plain[0]))
			switch {
			case isAcronym && t.Stop:
				q.term, q.stop = annotate.AcronymKey(q.lower), false
			case isAcronym:
				q.lower = plain
				q.term = plain
			default:
				if said, ok := l.words.Chat(q.lower); ok && !l.vocabulary.Has(q.lower) {
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
