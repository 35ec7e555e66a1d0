package annotate

import (
	"strings"

	"footnote/answer/words"
)

// farAhead is how many words either way a date looks for what tells whether it
// is past or to come.
const farAhead = 25

// tense is what a verb tells of a date in its clause.
type tense int

const (
	noTense tense = iota
	past
	toCome
)

// tellsFuture reports whether the clause around the words at hand speaks of what
// is to come: the nearest verb before them decides, and where none is, the
// nearest behind. It is asked only where a date must be completed: it costs more
// than all else about a date.
func (d *dater) tellsFuture(s *Sentence) bool {
	t := d.before(s, d.first)
	switch d.word(s, d.first-1) {
	case "until", "till", "by":
		if t == noTense && d.opens(s, d.first) {
			t = d.behind(s, d.first)
		}
		return t != past
	}
	if t == noTense {
		t = d.behind(s, d.first)
	}
	return t == toCome
}

// before returns the tense of the nearest verb before token k in its clause.
func (d *dater) before(s *Sentence, k int) tense {
	for i := k - 1; i >= 0 && i >= k-farAhead; i-- {
		word := d.word(s, i)
		if joins[word] && (i < k-2 || i == k-1) && !d.has(s, i+1, Stop) {
			continue // "will meet Holm and Dahl on Friday"
		}
		if clauseStart[word] || strings.Contains(d.p.Gap(s.Tokens[i], s.Tokens[i+1]), ";") {
			return noTense
		}
		if i >= k-3 && d.saidIn(s, i) {
			return past // "in a statement on Monday"
		}
		if t := d.tenseAt(s, i, k); t != noTense {
			return t
		}
	}
	return noTense
}

// behind returns the tense of the nearest verb behind token k in its clause.
func (d *dater) behind(s *Sentence, k int) tense {
	opens := d.opens(s, k)
	for i := k + 1; i < len(s.Tokens) && i <= k+farAhead; i++ {
		word := d.word(s, i)
		comma := strings.Contains(d.p.Gap(s.Tokens[i-1], s.Tokens[i]), ",")
		switch {
		case opens && comma && relatives[word]: // "On Friday the mayor, who was ill, will travel"
			for i++; i+1 < len(s.Tokens) && !strings.Contains(d.p.Gap(s.Tokens[i-1], s.Tokens[i]), ","); i++ {
			}
			i--
			continue
		case opens && joins[word]: // "On Friday Holm and Dahl are to travel"
			continue
		case clauseStart[word]:
			return noTense
		}
		if t := d.tenseAt(s, i, -1); t != noTense {
			return t
		}
	}
	return noTense
}

// opens reports whether the date at token k opens its clause: "On Friday, …".
func (d *dater) opens(s *Sentence, k int) bool {
	for k > 0 && (Prepositions[d.word(s, k-1)] || turns[d.word(s, k-1)] || d.word(s, k-1) == "the") {
		k--
	}
	return k == 0 || clauseStart[d.word(s, k-1)] || strings.ContainsAny(d.p.Gap(s.Tokens[k-1], s.Tokens[k]), ";:“\"")
}

// tenseAt returns the tense of the word at token i, where a date follows at token
// date, or -1.
func (d *dater) tenseAt(s *Sentence, i, date int) tense {
	word, next := d.word(s, i), d.word(s, i+1)
	switch word {
	case "will", "shall", "won't", "planned", "scheduled", "expected", "due", "upcoming", "plans", "forthcoming":
		return toCome
	case "would", "should", "must", "might", "could", "can", "may":
		if next == "have" || d.word(s, i+2) == "have" || d.has(s, i, Month) || word == "would" && d.hadSaid(s, i) {
			return past
		}
		return toCome
	case "is", "are":
		if next == "to" || i+1 < date && date-i <= 3 && Prepositions[next] { // "the vote is on Friday"
			return toCome
		}
		return noTense
	case "has", "have":
		if next == "to" {
			return toCome
		}
		return past
	case "said", "told", "was", "were", "had", "did":
		return past
	}
	if d.past(s, i) {
		if next == "to" && d.promises(word) { // "agreed to meet on Friday"
			return toCome
		}
		switch d.word(s, i-1) {
		case "be", "is", "are":
			return noTense // "will be closed", "is paid until July"
		}
		return past
	}
	if next == "to" && d.w.Hedge(word+" to") == words.NotYet || d.scheduled(s, i) {
		return toCome
	}
	return noTense
}

// hadSaid reports whether what token i tells was to come before what the sentence
// tells: "had said that it would last until Monday".
func (d *dater) hadSaid(s *Sentence, i int) bool {
	for k := i - 1; k >= 0 && k >= i-farAhead; k-- {
		if d.word(s, k) == "had" {
			return true
		}
	}
	return false
}

// past reports whether token i looks like a past form: "closed", "rose".
func (d *dater) past(s *Sentence, i int) bool {
	word := d.word(s, i)
	if d.p.PastForm(s.Tokens[i]) || pastVerbs[word] {
		return true
	}
	if len(word) < 3 || s.Tokens[i].Class.Is(Stop|Capital|Named|Number|Year|Month|Weekday) || strings.HasSuffix(word, "s") || strings.HasSuffix(word, "ing") || strings.HasSuffix(word, "er") || strings.HasSuffix(word, "est") || Plural(word) {
		return false
	}
	return !strings.HasSuffix(word, "ed") && d.w.Lemma(word) != word
}

// pastVerbs are past forms that do not look it.
var pastVerbs = words.Set(`went came began held wrote spoke`)

// promises reports whether a verb tells of what is to be done after it: agreed,
// asked, ordered.
func (d *dater) promises(word string) bool {
	c, ok := d.w.Cue(word)
	return ok && (c.Force == words.Promises || c.Force == words.Asks)
}

// scheduled reports whether token i is a verb in the present that a timetable has:
// "the fair opens", "tickets go on sale".
func (d *dater) scheduled(s *Sentence, i int) bool {
	word := d.word(s, i)
	before := d.word(s, i-1)
	if i == 0 || !timetable[d.w.Lemma(word)] {
		return false
	}
	if word == d.w.Lemma(word) {
		return Plural(before) || before == "they" || before == "we" || relatives[before]
	}
	return strings.HasSuffix(word, "s") && (!d.has(s, i-1, Stop) || relatives[before] || before == "it" || before == "he" || before == "she") && !d.has(s, i-1, Number) && !strings.HasSuffix(d.p.Raw(s.Tokens[i-1]), "'s")
}

// timetable are verbs that tell of the future in the present.
var timetable = words.Set(`go come open begin start end close return reopen resume take leave arrive launch air run meet face visit host play kick premiere
	debut expire follow fall sail hit`)

// saidIn reports whether token k is a noun for what somebody said, which the
// sentence only quotes: "in a statement", "according to the report".
func (d *dater) saidIn(s *Sentence, k int) bool {
	if !sayings[d.word(s, k)] {
		return false
	}
	for i := k - 1; i >= 0 && i >= k-3; i-- {
		if word := d.word(s, i); word == "in" || word == "to" && d.word(s, i-1) == "according" {
			return true
		}
	}
	return false
}

var sayings = words.Set(`statement speech interview letter report message tweet post conference email memo note briefing`)

var (
	// clauseStart are words that another clause begins with.
	clauseStart = words.Set(`and but while when after before which who that because though although`)
	// joins are those that join nouns as well.
	joins = words.Set(`and or`)
)
