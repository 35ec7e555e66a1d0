package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// fits returns how surely a sentence holds something of the kind that is asked for, 0
// to 1; 0.5 where the question asks for no kind that figures, capitals and a few words
// tell. Where the reader has its say it ranks nothing itself: it tells
// what a noun like "which countries" means, and whether the layout answers.
func (l *Library) fits(q *parsed, p *annotate.Doc, s *annotate.Sentence, m *match) float64 {
	switch q.Asked {
	case aPerson:
		best := 0.0
		for _, mn := range s.Mentions {
			if l.inQuestion(q, p, mn.Entity) || q.reports(s, m, mn.Entity) {
				continue
			}
			switch p.Entities[mn.Entity].Kind {
			case annotate.Person, annotate.Organisation:
				return 1
			case annotate.Place: // states back and fight one another
				best = max(best, 0.8)
			default:
				best = max(best, 0.7)
			}
		}
		for _, t := range s.Tokens {
			if annotate.IsTitle(p.Word(t), l.words) {
				best = max(best, 0.6)
			}
		}
		return best
	case aPlace:
		best := 0.0
		for _, mn := range s.Mentions {
			if l.inQuestion(q, p, mn.Entity) {
				continue
			}
			switch p.Entities[mn.Entity].Kind {
			case annotate.Place:
				return 1
			case annotate.Person:
			default:
				best = max(best, 0.4)
			}
		}
		return best
	case aTime:
		best := 0.0
		for i, t := range s.Tokens {
			switch {
			case t.Class.Is(annotate.Month | annotate.Year | annotate.Weekday):
				return 1
			case timeWords[p.Word(t)]:
				best = max(best, 0.7)
			case t.Class.Is(annotate.Number) && i+1 < len(s.Tokens) && clockUnits[p.Word(s.Tokens[i+1])]:
				best = max(best, 0.5)
			}
		}
		return best
	case aNumber:
		return fitsNumber(q, p, s, m)
	case aDuration:
		best := 0.0
		for i, t := range s.Tokens {
			switch {
			case t.Class.Is(annotate.Number) && !p.Clock(s, i) && !q.holds(p, t):
				best = max(best, 0.6)
				if i+1 < len(s.Tokens) && durationUnits[p.Word(s.Tokens[i+1])] || i+2 < len(s.Tokens) && durationUnits[p.Word(s.Tokens[i+2])] {
					best = 1
				}
			case t.Class.Is(annotate.Month|annotate.Year|annotate.Weekday) || durationUnits[p.Word(t)]:
				best = max(best, 0.6)
			}
		}
		return best
	case anAge:
		best := 0.0
		for i, t := range s.Tokens {
			if t.Class.Is(annotate.Number) {
				best = max(best, ageAt(p, s, i))
			}
		}
		return best
	}
	return 0.5
}

// reports reports whether an entity only tells what the sentence is about: it
// is the speaker, and the question does not ask who spoke.
func (q *parsed) reports(s *annotate.Sentence, m *match, entity int) bool {
	if entity != s.Speaker || s.Cue < 0 {
		return false
	}
	for c := range q.Concepts {
		if m.at[c] == s.Cue {
			return false
		}
	}
	return true
}

// fitsNumber returns how surely a sentence holds the number that is asked for.
// What is asked for in money is a sum of money, and where the sentence names
// what is counted, a number stands right before it.
func fitsNumber(q *parsed, p *annotate.Doc, s *annotate.Sentence, m *match) float64 {
	best := 0.0
	for i, t := range s.Tokens {
		if !t.Class.Is(annotate.Number|annotate.Year) || p.Clock(s, i) || q.holds(p, t) || q.Money && !money(p, s, i) || q.Many && money(p, s, i) {
			continue
		}
		fit := 0.6
		if t.Class.Is(annotate.Year) {
			fit = 0.2
		}
		if q.Focus >= 0 && m.at[q.Focus] == i && t.Class.Is(annotate.Number) && q.Concepts[q.Focus].Terms[p.Strings[t.Term]] == 0 {
			fit = 1 // "225 °C" is a temperature
		}
		for k := i + 1; k < len(s.Tokens) && k <= i+4; k++ {
			for c := range q.Concepts {
				switch {
				case m.at[c] != k || m.strength[c] < 0.5:
				case q.Concepts[c].Focus:
					fit = 1
				case q.Focus < 0 || q.Many: // "24 buns" is no temperature
					fit = max(fit, 0.8)
				}
			}
		}
		best = max(best, fit)
	}
	return best
}

// money reports whether the number at token i is a sum of money: a sign of a
// currency touches it, or the name of one follows.
func money(p *annotate.Doc, s *annotate.Sentence, i int) bool {
	before := p.Article.Text[s.Start:s.Tokens[i].Start]
	if last, _ := utf8.DecodeLastRuneInString(before); unicode.Is(unicode.Sc, last) {
		return true
	}
	for k := i + 1; k < len(s.Tokens); k++ {
		switch gap := strings.TrimSpace(p.Gap(s.Tokens[k-1], s.Tokens[k])); {
		case strings.IndexFunc(gap, func(r rune) bool { return unicode.Is(unicode.Sc, r) }) == 0, p.Currency(s, k):
			return true
		case gap != "" || !s.Tokens[k].Class.Is(annotate.Number|annotate.Capital):
			return p.CodeBefore(s, i)
		}
	}
	return p.CodeBefore(s, i)
}

// holds reports whether the question itself holds a number: it is not what is
// asked for.
func (q *parsed) holds(p *annotate.Doc, t annotate.Token) bool {
	for c := range q.Concepts {
		if q.Concepts[c].Number && q.Concepts[c].Terms[p.Strings[t.Term]] == 1 {
			return true
		}
	}
	return false
}

// ageAt returns how surely the number at token i is an age: "aged 34", "who is
// 34", "34 years old", "a 34-year-old", "At 19 he", ", 34,".
func ageAt(p *annotate.Doc, s *annotate.Sentence, i int) float64 {
	before, after := "", ""
	if i > 0 {
		before = p.Word(s.Tokens[i-1])
	}
	if i+1 < len(s.Tokens) {
		after = p.Word(s.Tokens[i+1])
	}
	switch {
	case before == "aged" || before == "age":
		return 1
	case after == "year" && i+2 < len(s.Tokens) && p.Word(s.Tokens[i+2]) == "old", after == "years" && i+2 < len(s.Tokens) && p.Word(s.Tokens[i+2]) == "old":
		return 1
	case (before == "is" || before == "was" || before == "at" || before == "then" || before == "turned") && s.Tokens[i].End-s.Tokens[i].Start <= 3 && (after == "" || s.Tokens[i+1].Class.Is(annotate.Stop) || p.Gap(s.Tokens[i], s.Tokens[i+1]) != " "):
		return 0.9
	case i > 0 && s.Tokens[i-1].Class.Is(annotate.Named) && strings.Contains(p.Gap(s.Tokens[i-1], s.Tokens[i]), ","):
		return 0.9
	}
	return 0.1
}

// inQuestion reports whether the question itself names the entity: an answer
// to "who" is somebody else.
func (l *Library) inQuestion(q *parsed, p *annotate.Doc, entity int) bool {
	held := 0
	for _, t := range p.Entities[entity].Terms {
		for c := range q.Concepts {
			if q.Concepts[c].Terms[p.Strings[t]] < 0.9 {
				continue
			}
			if q.Concepts[c].Name {
				return true
			}
			held++ // "line" is in Varn Lines, and still asks nothing of them
			break
		}
	}
	return held > 0 && held == len(p.Entities[entity].Terms)
}

var (
	timeWords = words.Set(`earlier later ago soon recently week weeks month months year years
		morning afternoon evening night midnight noon tomorrow daily annually spring summer autumn winter century decade
		overnight dawn hours minutes days o'clock am pm a.m p.m`)
	clockUnits    = words.Set(`hours hour minutes days day weeks week months month years year am pm a.m p.m`)
	durationUnits = words.Set(`second seconds minute minutes hour hours day days week weeks month months year years decade decades
		century centuries lull`)
)
