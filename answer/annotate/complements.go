package annotate

import (
	"strings"

	"footnote/answer/words"
)

// What a verb takes decides whether it tells of words: a clause, a quotation or
// an infinitive holds them, a thing or a person does not. "Claimed that the dam
// was safe" is a statement, "claimed benefits" a deed.

// particles make another verb of the one before them: "warned off", "told apart".
var particles = words.Set(`off out up down away apart back aside`)

// about are the prepositions behind which stands what the words of a verb are.
var about = map[string]map[string]bool{
	"appeal":  words.Set(`for to`),
	"argue":   words.Set(`for against`),
	"testify": words.Set(`about against of`),
}

// refusing are verbs whose words are about matters: what they do to a person or
// to so many of them is a deed: "admitted him to hospital", "dismissed Kessler".
var refusing = words.Set(`admit deny dismiss reject welcome`)

// spoken reports whether the verb tells of words rather than of a deed: by
// itself, or since words of somebody stand with it.
func (d *discourse) spoken(s *Sentence, v cueVerb) bool {
	next := v.last + 1
	if next == len(s.Tokens) {
		return !deeds[v.base] || d.withWords(s, v)
	}
	t, word := s.Tokens[next], d.p.Word(s.Tokens[next])
	switch {
	case v.form == ingForm && (v.base == "refer to" || v.base == "allude" || v.base == "allude to"):
		return false // "She was referring to the dam": the reporter's own words
	case refusing[v.base] && !d.behind(s, v.last, "as") && (t.Class.Is(Number) || word == "him" || word == "them" || d.person(s, next)):
		return d.withWords(s, v)
	case particles[word] && d.p.Gap(s.Tokens[v.last], t) == " " && !d.quantity(s, next):
		return d.withWords(s, v)
	case v.base == "report" && v.form != ingForm && !Prepositions[word] && d.p.Gap(s.Tokens[v.last], t) == " ":
		return true // "reported profits", as "announced profits"
	}
	return !deeds[v.base] || d.withWords(s, v)
}

// quantity reports whether the particle at token k belongs to a measure or a
// place behind it: "said *up to 12* died", "said *back in* May".
func (d *discourse) quantity(s *Sentence, k int) bool {
	if k+1 == len(s.Tokens) {
		return false
	}
	word, next := d.p.Word(s.Tokens[k]), s.Tokens[k+1]
	return Prepositions[d.p.Word(next)] || next.Class.Is(Number) && (word == "up" || word == "down")
}

// behind reports whether a word stands soon behind token k in the same part of
// the sentence: "dismissed him *as* a liar".
func (d *discourse) behind(s *Sentence, k int, word string) bool {
	const near = 6
	for i := k + 1; i < len(s.Tokens) && i <= k+near && d.p.Gap(s.Tokens[i-1], s.Tokens[i]) == " "; i++ {
		if d.p.Word(s.Tokens[i]) == word {
			return true
		}
	}
	return false
}

// person reports whether the name of a person begins at token k and is the
// whole object: not "Kessler's claim".
func (d *discourse) person(s *Sentence, k int) bool {
	n := s.mentionFrom(k)
	return n >= 0 && d.p.Entities[s.Mentions[n].Entity].Kind == Person && !d.p.possessive(s.Tokens[s.Mentions[n].Last])
}

// withWords reports whether a clause or a quotation depends on the verb.
func (d *discourse) withWords(s *Sentence, v cueVerb) bool {
	const near, far = 8, 16 // words
	toks := s.Tokens
	if end := toks[len(toks)-1].End; len(toks) <= v.last+far && strings.Contains(d.p.Article.Text[end:max(end, s.End)], ":") {
		return true // the words stand in the next sentence
	}
	if d.calling(v) && d.callsSo(s, v) || !commands[v.base] && !d.calling(v) && d.bareClause(s, v.last+1) {
		return true
	}
	if v.force == words.Claims && v.last+2 < len(toks) && d.p.Word(toks[v.last+1]) == "to" && d.infinitive(toks[v.last+2]) {
		return true // "claimed to have seen it"
	}
	comma := false
	for k := v.last + 1; k < len(toks) && k <= v.last+far; k++ {
		gap, word := d.p.Gap(toks[k-1], toks[k]), d.p.Word(toks[k])
		comma = comma || strings.ContainsAny(gap, ",;") && k > v.last+1
		switch {
		case strings.Contains(gap, ":"), toks[k].Class.Is(Quoted) && !toks[k-1].Class.Is(Quoted) && !comma && k <= v.last+near && !d.entitled(s, k):
			return true // it introduces a quotation
		case commands[v.base]:
		case word == "that" && (k <= v.last+5 && !comma || strings.Contains(gap, ",")) && !d.relative(s, v, k):
			return true // "wrote in his blog, on Monday, that"
		case comma:
		case (word == "whether" || word == "how" || word == "why") && k <= v.last+5:
			return true
		case k == v.last+1 && about[v.base][word]:
			return true
		}
	}
	if v.base == "describe" || v.base == "write" && v.form == thirdForm {
		return v.last+1 >= len(toks) || !toks[v.last+1].Class.Is(Number)
	}
	return !commands[v.base] && d.aside(s, v)
}

// relative reports whether "that" at token k begins a clause about the object
// before it rather than what is told. Behind "that" a verb always tells of the
// object: "the letter that said so". Else it is the object that decides: those
// who can be told something are told it ("wrote the board that …"), a noun such
// as "claim" has what is claimed behind it, and any other thing is what the
// clause is about: "read the letter that her brother had sent". A time, an
// adverb and what hangs on a preposition are no object.
func (d *discourse) relative(s *Sentence, v cueVerb, k int) bool {
	first := v.last + 1
	if k == first || strings.Contains(d.p.Gap(s.Tokens[k-1], s.Tokens[k]), ",") {
		return false
	}
	last := first // of the object
	for last+1 < k && !Prepositions[d.p.Word(s.Tokens[last+1])] {
		last++
	}
	head := s.Tokens[last]
	word := d.p.Word(head)
	base := d.w.Lemma(word)
	if Prepositions[d.p.Word(s.Tokens[first])] || head.Class.Is(Weekday|Month|Year) || d.timeWord(base) || strings.HasSuffix(word, "ly") || betweens[word] || particles[word] || placeless[word] {
		return false
	}
	if k+1 < len(s.Tokens) && d.finiteVerb(s, k+1, true) {
		return true
	}
	listens := bodies[base] || IsTitle(base, d.w) || (speakers[word] || speakers[base]) && !writings[base]
	return !head.Class.Is(Named|Stop) && !claimNouns[base] && !listens
}

// placeless are adverbs without an ending: "wrote *late* that".
var placeless = words.Set(`late early aloud online home`)

// writings tell something like people, but cannot be told anything.
var writings = words.Set(`article blog column complaint document editorial email indictment letter magazine memo newspaper notice paper report ruling
	source statement study survey verdict website`)

// claimNouns are nouns that have a whole clause behind "that".
var claimNouns = words.Set(`accusation admission allegation argument assertion assurance belief case claim complaint conclusion concern confession
	conviction denial fact fear feeling hope idea impression insistence likelihood message news notion objection opinion point possibility
	prediction pledge promise proposal risk danger suggestion suspicion theory threat view vow warning word`)

// timeWord reports whether a noun tells a time: "said last *week* that".
func (d *discourse) timeWord(base string) bool {
	switch base {
	case "morning", "afternoon", "evening", "night", "weekend", "overnight", "tonight", "later", "ago", "moment", "date", "time":
		return true
	}
	u, ok := d.w.Unit(base)
	return ok && u.Dimension == "time"
}

// entitled reports whether what stands in quotation marks from token k on is a
// title or a name: every word of weight has a capital.
func (d *discourse) entitled(s *Sentence, k int) bool {
	for ; k < len(s.Tokens) && s.Tokens[k].Class.Is(Quoted); k++ {
		if !s.Tokens[k].Class.Is(Capital | Stop) {
			return false
		}
	}
	return true
}

// infinitive reports whether a word behind "to" is a verb in its base form.
func (d *discourse) infinitive(t Token) bool {
	word := d.p.Word(t)
	return !determiners[word] && !t.Class.Is(Capital|Number|Quoted) && d.w.Lemma(word) == word && (!t.Class.Is(Stop) || Auxiliary[word])
}

// aside reports whether the verb and its subject stand between commas or
// behind the last one: "…, he went on, …", "…," recalled the mayor.
func (d *discourse) aside(s *Sentence, v cueVerb) bool {
	const most = 6
	const closing = ",”\"’'"
	toks := s.Tokens
	if d.calling(v) && !toks[0].Class.Is(Quoted) {
		return false // "the wall, as she calls it, …"
	}
	left := toks[0].Class.Is(Quoted)
	for i := v.group; i > 0 && i > v.group-most; i-- {
		gap := d.p.Gap(toks[i-1], toks[i])
		if !strings.ContainsAny(gap, closing) {
			continue
		}
		// "Omar Haddad, noted for his boats, …": nobody speaks.
		if i == v.group && v.last+1 < len(toks) && Prepositions[d.p.Word(toks[v.last+1])] {
			return false
		}
		left = true
		break
	}
	if !left {
		return false
	}
	for i := v.last; i < len(toks) && i < v.last+most; i++ {
		if i+1 == len(toks) || strings.ContainsAny(d.p.Gap(toks[i], toks[i+1]), ",;:“\"‘") {
			return true
		}
	}
	return false
}
