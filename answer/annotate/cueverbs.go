package annotate

import (
	"strings"

	"footnote/answer/words"
)

// cueVerb is a verb of saying where it stands in a sentence.
type cueVerb struct {
	first, last int    // its tokens: "issued a statement"
	base        string // "issue a statement"
	force       words.Force
	form        verbForm
	group       int  // first token of the verb with its helping words and adverbs: "has also said"
	passive     bool // "was told"
	unsaid      bool // "would say", "did not say", "to say": nothing was said
}

type verbForm uint8

const (
	baseForm  verbForm = iota // say; also past forms that look alike
	thirdForm                 // says
	pastForm                  // said
	ingForm                   // saying
)

// deeds are cues that tell of a deed rather than of words unless words of
// somebody stand with them: "ordered", "charged 5 euros", "claimed the cup".
var deeds = words.Set(`claim testify reply respond retort repeat reason reckon dub brand label term argue assert order instruct command direct agree offer commit guarantee undertake volunteer charge attack blast fault implicate invite
	publish release unveil float tip petition encourage lobby grant certify verify decree rule hold plead counter protest object swear counsel
	maintain contend continue conclude read write post text answer observe note add remark mention recall relate repeat reveal highlight
	concede report indicate signal imply suggest whisper shout exclaim quip joke question wonder query call talk counter interject
	advocate make_out brief attest boast underscore underline appeal alert flag describe`)

// commands are the deeds that stay deeds with a clause behind them: "ordered
// that it be closed". Only a quotation makes words of them.
var commands = words.Set(`order instruct command direct agree offer commit guarantee undertake volunteer charge attack blast fault implicate invite
	publish release unveil`)

// praises are the cues of praise that are words; to back or to celebrate is none.
var praises = words.Set(`praise welcome hail applaud commend thank congratulate laud pay_tribute vouch_for`)

// plainly are the verbs whose subject always speaks, so that any noun before
// them will do: "the smallest of the boys said".
var plainly = words.Set(`say tell insist argue allege complain announce deny accuse admit assert add explain warn write reply state`)

// nounToo are cues that, as they stand or with an s, are nouns as often:
// "UN calls", "police reports".
var nounToo = words.Set(`call report claim comment remark note state address charge order demand request appeal promise pledge vow offer reply
	answer question protest attack blame fault reason label brand term post text tweet quote mention joke release brief alert command rule talk query guarantee
	counsel signal plea highlight hint record point counter tip object`)

// modals tell of what was not said yet, or may never be.
var modals = words.Set(`will would can could may might should must shall ll`)

// beForms with a past participle make a passive.
var beForms = words.Set(`is are was were be been being am get gets got`)

// betweens may stand between a subject and its verb besides words in -ly.
var betweens = words.Set(`also later then repeatedly earlier meanwhile both too even still again once now first initially all soon since just
	nevertheless instead however therefore thus already often each always sometimes today yesterday finally who`)

// cueVerbAt returns the verb of saying that begins at token k; false when
// none does.
func (d *discourse) cueVerbAt(s *Sentence, k int) (cueVerb, bool) {
	if s.Tokens[k].Class.Is(Named|Stop|Number|Weekday|Month) || s.Tokens[k].Class.Is(Quoted) && !d.opensMarks(s, k) {
		return cueVerb{}, false
	}
	if k > 0 && d.p.Gap(s.Tokens[k-1], s.Tokens[k]) == "-" || k+1 < len(s.Tokens) && d.p.Gap(s.Tokens[k], s.Tokens[k+1]) == "-" {
		return cueVerb{}, false // "a Moldovan-flagged freighter", "a call-up"
	}
	v := cueVerb{first: k, last: k, group: k}
	word := d.p.Word(s.Tokens[k])
	base := d.w.Lemma(word)
	switch {
	case base == "quote" || base == "cite":
		v.base, v.force = base, words.Says
	case base == "go" && k+1 < len(s.Tokens) && d.p.Word(s.Tokens[k+1]) == "on":
		v.base, v.force, v.last = "continue", words.Says, k+1
	default:
		if !d.longestCue(s, &v) {
			return cueVerb{}, false
		}
	}
	switch {
	case base != word && strings.HasSuffix(word, "ing"):
		v.form = ingForm
	case base != word && strings.HasSuffix(word, "s"):
		v.form = thirdForm
	case base != word:
		v.form = pastForm
	}
	d.verbGroup(s, &v)
	return v, true
}

// opensMarks reports whether a verb is the first word in quotation marks,
// adverbs left out; then its subject may stand before them: he "flatly denied" it.
func (d *discourse) opensMarks(s *Sentence, k int) bool {
	for k > 0 && s.Tokens[k-1].Class.Is(Quoted) {
		if !strings.HasSuffix(d.p.Word(s.Tokens[k-1]), "ly") {
			return false
		}
		k--
	}
	return k > 0
}

// longestCue reads the longest cue that begins at the verb: "call for" before "call".
func (d *discourse) longestCue(s *Sentence, v *cueVerb) bool {
	longest := d.w.LongestPhrase(d.p.Word(s.Tokens[v.first]))
	for n := min(4, longest, len(s.Tokens)-v.first); n > 0; n-- {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = d.p.Word(s.Tokens[v.first+i])
		}
		c, ok := d.w.Cue(strings.Join(parts, " "))
		if !ok {
			continue
		}
		switch c.Force {
		case words.Source: // "told reporters" is "told" here
			continue
		case words.Thinks, words.Feels, words.Shows:
			return false
		case words.Praises:
			if !praises[strings.ReplaceAll(c.Word, " ", "_")] {
				return false
			}
		}
		v.base, v.force, v.last = c.Word, c.Force, v.first+n-1
		return true
	}
	return false
}

// verbGroup walks left over helping words and adverbs: "has never said".
func (d *discourse) verbGroup(s *Sentence, v *cueVerb) {
	for i := v.first - 1; i >= 0; i-- {
		t, word := s.Tokens[i], d.p.Word(s.Tokens[i])
		gap := strings.TrimSpace(d.p.Gap(t, s.Tokens[i+1]))
		marked := s.Tokens[v.first].Class.Is(Quoted) // he "flatly denied" it
		switch {
		case gap != "" && (!marked || strings.ContainsAny(gap, ",;:.")), t.Class.Is(Named), t.Class.Is(Quoted) && !marked:
			return
		case beForms[word]:
			v.passive = v.passive || v.form != ingForm
		case modals[word] || t.Class.Is(Negation):
			v.unsaid = true
		case word == "to":
			if v.unsaid = true; i > 1 && d.p.Word(s.Tokens[i-1]) == "on" && d.w.Lemma(d.p.Word(s.Tokens[i-2])) == "go" { // "went on to say"
				v.unsaid = false
				i -= 2
			} else if i > 0 && d.w.Lemma(d.p.Word(s.Tokens[i-1])) == "continue" {
				v.unsaid = false
				i--
			}
		case Auxiliary[word]:
		case t.Class.Is(Weekday):
			if i > 0 && d.p.Word(s.Tokens[i-1]) == "on" {
				i--
			}
		case word == "who", !betweens[word] && !strings.HasSuffix(word, "ly"):
			return
		}
		v.group = i
	}
}

// finite reports whether a form that may be a noun is the verb here: "South
// Korea claims", not "South Korean claims".
func (d *discourse) finite(s *Sentence, v cueVerb) bool {
	if v.form == pastForm || v.form == ingForm {
		return true
	}
	base, _, _ := strings.Cut(v.base, " ")
	if v.group == 0 {
		return false
	}
	before := s.Tokens[v.first-1]
	word := d.p.Word(before)
	if v.form == thirdForm {
		// "UN calls for talks have failed"
		for k := v.last + 1; strings.Contains(v.base, " ") && nounToo[base] && k < len(s.Tokens) && k < v.last+6; k++ {
			if strings.Contains(d.p.Gap(s.Tokens[k-1], s.Tokens[k]), ",") {
				break
			}
			if w := d.p.Word(s.Tokens[k]); w == "have" || w == "were" || w == "are" {
				return false
			}
		}
		if agent := speakers[word] || bodies[word] || IsTitle(word, d.w); agent && !Plural(word) && d.withWords(s, v) {
			return true // "the union calls the offer an insult"
		}
		return !nounToo[base] || before.Class.Is(Stop|Named) && !Prepositions[word] && !determiners[word] || betweens[word] || strings.Contains(d.p.Gap(before, s.Tokens[v.first]), ",")
	}
	if Auxiliary[word] || word == "they" || word == "who" || word == "people" || word == "police" || word == "media" {
		return true
	}
	subject := s.Tokens[v.group-1]
	return Plural(d.p.Word(subject)) && !nounToo[base] && !subject.Class.Is(Quoted) || word == "both"
}
