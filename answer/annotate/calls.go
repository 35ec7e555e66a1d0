package annotate

import (
	"strings"

	"footnote/answer/words"
)

// calls are the verbs that say what something is: "called the plan historic",
// "dubbed it a folly". With a thing alone they are deeds: "called the police".
var calls = words.Set(`call dub brand label term`)

func (d *discourse) calling(v cueVerb) bool { return calls[v.base] }

// judgements are adjectives without an ending that shows them to be some.
var judgements = words.Set(`wrong right fair false true fake good bad great poor weak strong sad absurd safe corrupt overdue premature brave rude
	naive bizarre dead rash crazy stupid silly cruel racist sexist fascist obscene necessary arbitrary exemplary extraordinary revolutionary
	irresponsible welcome nonsense rubbish`)

// adjective reports whether a word is an adjective by its ending or by itself,
// and no noun that looks like one, as "hospital" does.
func (d *discourse) adjective(word string) bool {
	if judgements[word] {
		return true
	}
	if IsTitle(word, d.w) || bodies[word] || speakers[word] || len(d.w.Kinds(word)) > 0 {
		return false
	}
	if rest, ok := strings.CutPrefix(word, "un"); ok && len(rest) >= 4 && d.w.Common(rest) {
		return true
	}
	for _, ending := range []string{"ic", "ical", "ous", "ful", "less", "able", "ible", "ive", "ish", "ant", "ional", "legal", "cial", "tial", "moral", "ed", "ing", "istic"} {
		if len(word) >= len(ending)+2 && strings.HasSuffix(word, ending) {
			return true
		}
	}
	return strings.HasSuffix(word, "ent") && !strings.HasSuffix(word, "ment") && len(word) > 5
}

// callsSo reports whether the verb says of its object what it is. Behind the
// object stands another noun with its article, an adjective that ends the
// phrase, or a word of degree.
func (d *discourse) callsSo(s *Sentence, v cueVerb) bool {
	const far = 12
	toks := s.Tokens
	noun := false // the object has its noun
	for k := v.last + 1; k < len(toks) && k <= v.last+far; k++ {
		t, word := toks[k], d.p.Word(toks[k])
		gap := ""
		if k > v.last+1 {
			gap = strings.TrimSpace(d.p.Gap(toks[k-1], t))
		}
		if strings.ContainsAny(gap, ",;:()") || t.Class.Is(Quoted) {
			return false
		}
		next := ""
		ends := k+1 == len(toks)
		if !ends {
			next = d.p.Word(toks[k+1])
			ends = strings.TrimSpace(d.p.Gap(t, toks[k+1])) != "" && d.p.Gap(t, toks[k+1]) != "-" || toks[k+1].Class.Is(Stop|Weekday) && next != "of"
		}
		switch {
		case k == v.last+1 && (word == "it" || word == "him" || word == "them" || word == "this" || word == "that" || word == "these" || word == "those"):
			noun = true
			// "called it murder", but "called him on Monday"
			if k+1 < len(toks) && gap == "" && !toks[k+1].Class.Is(Stop|Weekday|Month|Number|Capital|Quoted) && d.p.Gap(t, toks[k+1]) == " " && !strings.HasSuffix(next, "ly") && !betweens[next] {
				return true
			}
		case !noun && !t.Class.Is(Stop):
			noun = true
		case !noun:
		case word == "a" || word == "an":
			return !d.timeBehind(s, k)
		case word == "the":
			if strings.HasSuffix(next, "est") || next == "most" || next == "worst" || next == "only" || next == "first" {
				return true
			}
			if !Prepositions[d.p.Word(toks[k-1])] {
				return false
			}
			noun = false // "the closure of the dam"
		case word == "too" || word == "very" || word == "so" || word == "not" || word == "one" || word == "nothing":
			return true
		case strings.HasSuffix(word, "ly") && k+1 < len(toks) && d.adjective(next):
			return true
		case word == "of" || word == "for" || word == "by" || word == "in" || word == "on" || word == "to" || word == "with":
			if k > v.last+2 && word == "of" {
				continue
			}
			if word != "of" && word != "to" && word != "by" && word != "on" {
				return false
			}
		case t.Class.Is(Stop) && word != "and":
			return false
		case ends && !t.Class.Is(Named) && d.adjective(word):
			return true
		}
	}
	return false
}

// timeBehind reports whether "a" at token k begins words of time: "called the
// police an hour later".
func (d *discourse) timeBehind(s *Sentence, k int) bool {
	for i := k + 1; i < len(s.Tokens) && i <= k+3; i++ {
		if base := d.w.Lemma(d.p.Word(s.Tokens[i])); d.timeWord(base) || base == "while" {
			return true
		}
	}
	return false
}
