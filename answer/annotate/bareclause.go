package annotate

import (
	"strings"

	"footnote/answer/words"
)

// bareClause reports whether what begins at token k is a clause of its own
// without "that": "claimed | the dam was safe". Each noun waits for a verb, and
// so does each clause about it; where all have theirs the clause is whole. In
// "the prize he had been promised" one is left over.
func (d *discourse) bareClause(s *Sentence, k int) bool {
	const far = 16
	toks := s.Tokens
	waiting := 0
	noun := false     // a noun stands before
	governed := false // a preposition or "and" does, and its noun is still to come
	helped := false   // a verb does, of which more may follow: "had | been"
	several := false
	for i := k; i < len(toks) && i < k+far; i++ {
		t, word := toks[i], d.p.Word(toks[i])
		if i > k && d.p.Gap(toks[i-1], t) != " " && d.p.Gap(toks[i-1], t) != "-" {
			if i = d.overComma(s, i); i < 0 || waiting != 1 {
				return false
			}
			t, word = toks[i], d.p.Word(toks[i])
		}
		if t.Class.Is(Quoted) {
			return false
		}
		plain := word
		if n := strings.IndexByte(FoldQuote(d.p.Raw(t)), '\''); n > 0 {
			plain = strings.ToLower(d.p.Raw(t)[:n])
		}
		switch {
		case nominative[plain] && plain != d.p.Strings[t.Word] || nominative[plain] && strings.ContainsAny(d.p.Raw(t), "'’"): // "they'd", "it's"
			if waiting == 0 {
				return true
			}
			continue
		case i == k && nominative[word] && word != "it":
			return true // no object has this form
		case waiting > 0 && !helped && d.finiteVerb(s, i, noun):
			if several && (word == "was" || word == "is" || word == "has" || word == "does") {
				return false // "claimed the cup and his brother was second"
			}
			if waiting--; waiting == 0 {
				return true
			}
			noun, helped = false, true
			continue
		case Auxiliary[word] || t.Class.Is(Negation) || strings.HasSuffix(word, "ly") || betweens[word] || strings.HasSuffix(word, "selves") || strings.HasSuffix(word, "self"):
			continue
		case word == "or" || subordinate[word] || word == "than" || word == "to" || word == "and" && !noun:
			return false
		case word == "and":
			governed, noun, several = true, false, true
			continue
		case Prepositions[word]:
			governed, noun, helped = true, false, false
			continue
		case word == "who" || word == "which" || word == "that" && noun || word == "whose" || word == "where":
			waiting++
			noun, helped = true, false
			continue
		case nominative[word], determiners[word], !noun && (t.Class.Is(Number) || !t.Class.Is(Stop) && waiting == 0),
			t.Class.Is(Named) && i > k && noun && !toks[i-1].Class.Is(Named): // a noun begins
			if !governed {
				waiting++
			}
		}
		if noun = !t.Class.Is(Stop) || nominative[word] || pronominal[word]; noun {
			governed, helped = false, false
		}
	}
	return false
}

// overComma returns where the clause goes on behind an aside that begins at
// token k: "the boys, all under 16, *were* safe"; -1 where none does.
func (d *discourse) overComma(s *Sentence, k int) int {
	const most = 10
	if strings.TrimSpace(d.p.Gap(s.Tokens[k-1], s.Tokens[k])) != "," {
		return -1
	}
	for i := k + 1; i < len(s.Tokens) && i <= k+most; i++ {
		if gap := strings.TrimSpace(d.p.Gap(s.Tokens[i-1], s.Tokens[i])); gap != "" {
			if word := d.p.Word(s.Tokens[i]); gap == "," && Auxiliary[word] {
				return i
			}
			return -1
		}
	}
	return -1
}

// pronominal are determiners that may stand without a noun: "claimed this was so".
var pronominal = words.Set(`this that these those some any each all most many few several both none one another others`)

// nominative are the pronouns that are subjects.
var nominative = words.Set(`i he she it we they there nobody everybody somebody nothing everything everyone someone`)

// neverPassive are past forms that are no participle of something done to the
// noun before them: "the dam collapsed", not "the town captured".
var neverPassive = words.Set(`went took gave knew wrote came began fell saw spoke broke chose drove ate flew forgot froze grew hid rode rose sang
	sank shook stole swam threw wore became happened occurred failed collapsed died arrived remained seemed appeared existed belonged lasted lived
	worked stayed`)

// finiteVerb reports whether token i is a verb with the noun or pronoun before
// it for its subject.
func (d *discourse) finiteVerb(s *Sentence, i int, noun bool) bool {
	t, word := s.Tokens[i], d.p.Word(s.Tokens[i])
	if i == 0 || t.Class.Is(Named) || !noun || plurals[word] {
		return false
	}
	before := d.p.Word(s.Tokens[i-1])
	pronoun := nominative[before] || before == "who" || before == "that" || before == "which"
	base := d.w.Lemma(word)
	next := ""
	if i+1 < len(s.Tokens) {
		next = d.p.Word(s.Tokens[i+1])
	}
	object := determiners[next] || nominative[next] || next == "him" || next == "them" || next == "not" || next == "no" || next == "that" ||
		i+1 < len(s.Tokens) && s.Tokens[i+1].Class.Is(Number|Named)
	switch {
	case word == "be" || word == "been" || word == "being":
		return false
	case Auxiliary[word], neverPassive[word]:
		return true
	case t.Class.Is(Stop) || t.Class.Is(Capital|Number) || strings.HasSuffix(word, "ing"):
		return false
	case pronoun:
		return base != word || before != "it" && before != "there" && !strings.HasSuffix(word, "ly")
	case base != word && !strings.HasSuffix(word, "s"):
		return object && !s.Tokens[i-1].Class.Is(Weekday) || next == "" || strings.TrimSpace(d.p.Gap(t, s.Tokens[min(i+1, len(s.Tokens)-1)])) != ""
	case base != word: // "the board lacks money"; "board members" are none
		agent := s.Tokens[i-1].Class.Is(Named) || speakers[before] || bodies[before] || IsTitle(before, d.w)
		return agent && next != "" && (object || !s.Tokens[i+1].Class.Is(Stop) && d.w.Lemma(next) == next)
	}
	return false
}
