package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
)

// Statement is a sentence in which somebody is shown to speak. A sentence in
// which two speak has two.
type Statement struct {
	Sentence int
	Speaker  int  // in Entities
	Direct   bool // words of the speaker stand in quotation marks; else they are reported
}

// utterance is one who speaks in a sentence, and the word that says so.
type utterance struct {
	speaker int
	cue     int  // token; -1 where only quotation marks show it
	direct  bool // quotation marks hold the speaker's words
	relays  bool // only passes on what others say: the subject of "quoted"
}

// state keeps who speaks in sentence i, under the fullest name.
func (d *discourse) state(i int, said []utterance) {
	full := slices.Clone(said)
	for n := range full {
		full[n].speaker = d.p.FullName(full[n].speaker)
	}
	for _, u := range once(full) {
		d.p.Statements = append(d.p.Statements, Statement{i, u.speaker, u.direct})
	}
}

// utterances returns those who speak in a sentence, each once, in the order
// of the words that say so.
func (d *discourse) utterances(s *Sentence) []utterance {
	// In "Kessler said it was safe, and she promised more" she is Kessler.
	defer func(before referents) { d.referents = before }(d.referents)
	var all []utterance
	add := func(cue int, relays bool, who ...int) {
		for _, e := range who {
			all = append(all, utterance{speaker: e, cue: cue, relays: relays})
			d.refer(e)
		}
	}
	s = s.start()
	topic, at := d.topic(s)
	for k := 0; k < len(s.Tokens); k++ {
		t := s.Tokens[k]
		if k == at {
			d.refer(topic)
		}
		if t.Class.Is(Named) {
			continue
		}
		if !t.Class.Is(Quoted) && d.p.Word(t) == "according" && k+2 < len(s.Tokens) && d.p.Word(s.Tokens[k+1]) == "to" {
			who, _ := d.right(s, k+2)
			add(k, false, who...)
			continue
		}
		v, ok := d.cueVerbAt(s, k)
		if !ok {
			continue
		}
		add(k, v.base == "quote" || v.base == "cite", d.whoSpeaks(s, v)...)
		if (v.base == "quote" || v.base == "cite") && !v.passive {
			who, end := d.right(s, v.last+1)
			add(end, false, who...)
		}
		k = v.last
	}
	if len(all) == 0 {
		if who, at := d.signed(s); who >= 0 {
			add(at, false, who)
		} else if who, at := d.inquit(s); who >= 0 {
			add(at, false, who)
		}
	}
	all = append(all, d.without(s, all)...)
	d.direct(s, all)
	return once(all)
}

// mostRead is how many tokens of a sentence are read for speakers and relations,
// since each word may look back over all before it. No writer's sentence is so
// long; a table without full stops is.
const mostRead = 400

// start returns the sentence itself or, where it is too long to be one, a copy
// of what is read of it.
func (s *Sentence) start() *Sentence {
	if len(s.Tokens) <= mostRead {
		return s
	}
	short := *s
	short.Tokens = s.Tokens[:mostRead]
	n := len(s.Mentions)
	for n > 0 && s.Mentions[n-1].Last >= mostRead {
		n--
	}
	short.Mentions = s.Mentions[:n]
	return &short
}

// topic returns the name that opens the main clause, and its last token: in
// "The bank kept its rate, but it asks for more" it is the bank. -1 and -1
// where there is none.
func (d *discourse) topic(s *Sentence) (entity, at int) {
	for k := d.afterIntroduction(s, len(s.Tokens)); k < len(s.Tokens); k++ {
		t := s.Tokens[k]
		if n := s.mentionFrom(k); n >= 0 && !t.Class.Is(Quoted) {
			if m := s.Mentions[n]; !d.p.possessive(s.Tokens[m.Last]) {
				return m.Entity, m.Last
			}
			return -1, -1
		}
		if !determiners[d.p.Word(t)] {
			break
		}
	}
	return -1, -1
}

// direct gives the quotations of a sentence to those who speak: each to whom
// the cue before it belongs, one at the head to the first.
func (d *discourse) direct(s *Sentence, all []utterance) {
	for k, t := range s.Tokens {
		if !t.Class.Is(Quoted) || k > 0 && s.Tokens[k-1].Class.Is(Quoted) || len(all) == 0 {
			continue
		}
		owner := 0
		for i, u := range all {
			if u.cue < k {
				owner = i
			}
		}
		for i := range all {
			if all[i].cue == all[owner].cue && !all[i].relays {
				all[i].direct = true
			}
		}
	}
}

// once leaves of each speaker only the first utterance.
func once(all []utterance) []utterance {
	at := map[int]int{}
	var kept []utterance
	for _, u := range all {
		if i, ok := at[u.speaker]; ok {
			kept[i].direct = kept[i].direct || u.direct
			continue
		}
		at[u.speaker] = len(kept)
		kept = append(kept, u)
	}
	return kept
}

// carriedOn returns who speaks in sentence i, which holds no word of saying:
// a quotation that goes on, or one that a later sentence of it attributes.
func (d *discourse) carriedOn(i int) int {
	s := &d.p.Sentences[i]
	if len(s.Tokens) == 0 || !s.Tokens[0].Class.Is(Quoted) {
		return -1
	}
	begins := i > 0 && d.p.Sentences[i-1].Unclosed && d.p.Sentences[i-1].Passage == s.Passage
	switch {
	case begins && d.speaker >= 0:
		return d.speaker // inside one quotation nobody else speaks
	case !allQuoted(s):
		return -1
	}
	if who := d.signedBelow(i); who >= 0 {
		return who
	}
	if who := d.closes(i); who >= 0 { // "It must end. It must end today," she said.
		return who
	}
	return d.speaker
}

// closes returns who speaks in the sentence that ends the quotation in which
// sentence i stands, -1 where it ends in none or with no name.
func (d *discourse) closes(i int) int {
	const most = 20 // sentences; a mark that is never closed must not cost the square of what follows
	for end := i + most; i < end && d.p.Sentences[i].Unclosed && i+1 < len(d.p.Sentences) && d.p.Sentences[i+1].Passage == d.p.Sentences[i].Passage; i++ {
		if said := d.utterances(&d.p.Sentences[i+1]); len(said) > 0 {
			return said[0].speaker
		}
	}
	return -1
}

// quoted reports whether a sentence that holds no word of saying quotes
// somebody at such length that it is no mere term or title, and returns whom:
// the one it is about.
func (d *discourse) quoted(s *Sentence) int {
	const atLeast = 5
	run, small := 0, 0
	for k, t := range s.Tokens {
		if !t.Class.Is(Quoted) {
			run, small = 0, 0
			continue
		}
		run++
		if !t.Class.Is(Capital) {
			small++
		}
		colon := k-run >= 0 && strings.Contains(d.p.Gap(s.Tokens[k-run], s.Tokens[k-run+1]), ":")
		if small >= atLeast || colon && small >= 2 {
			who := d.opener(s, k-run+1)
			if len(who) == 1 && d.p.Entities[who[0]].Kind == Person {
				return who[0]
			}
			if colon && len(who) == 0 {
				return d.announced(s, k-run+1)
			}
		}
	}
	return -1
}

// vouches reports whether the word of saying at token k gives what the sentence
// tells to who speaks: "said", "according to", "accused them of". "Dismissed a
// call" and "mocked him" are told by the article.
func (d *discourse) vouches(s *Sentence, k int) bool {
	if k < 0 {
		return true
	}
	word := d.p.Word(s.Tokens[k])
	cue, ok := d.w.Cue(word)
	if !ok && k+1 < len(s.Tokens) { // "went on", "ruled out"
		cue, ok = d.w.Cue(word + " " + d.p.Word(s.Tokens[k+1]))
	}
	if !ok {
		return true
	}
	switch cue.Force {
	case words.Denies, words.Accuses, words.Asks, words.Praises:
		const near = 8
		for i := k + 1; i < len(s.Tokens) && i <= k+near; i++ {
			if w := d.p.Word(s.Tokens[i]); w == "that" && i == k+1 || w == "of" && cue.Force == words.Accuses {
				return true
			}
		}
		return false
	}
	return true
}
