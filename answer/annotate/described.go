package annotate

import (
	"strings"
	"unicode/utf8"

	"footnote/answer/words"
)

// determiners begin a noun phrase.
var determiners = words.Set(`the a an this that these those his her its their our my your some any no each every another one`)

// speakers are words for those who speak without being named, and for what
// speaks for them, besides titles and words for bodies.
var speakers = words.Set(`police officials authorities government army military witnesses residents doctors scientists researchers experts
	analysts lawyers prosecutors organisers organizers investigators rescuers firefighters critics supporters opponents activists
	locals neighbours neighbors relatives journalists media newspaper paper magazine report study survey statement company firm organisation
	organization charity airline operator museum university judges judge astronomers engineers economists historians letter notice
	memo email document source press opposition country state nation side leadership crew rebel militant parent mother father family
	husband wife son daughter friend colleague woman man girl boy captive survivor manufacturer maker carrier
	regulator watchdog ombudsman indictment complaint verdict ruling editorial article column blog website channel station outlet agency
	campaign campaigner prosecution defence defense administration delegation kremlin palace presidency regime junta movement
	panel pollster people jury crowd protester demonstrator striker employer owner tribe clan leader colonist islander`)

// indefinite are words for people of whom nothing else is told.
var indefinite = words.Set(`some many others several most few both one`)

// severalOf are words for several that do not look it.
var severalOf = words.Set(`police media people`)

// described returns the entity of somebody without a name whose noun stands at
// token last: "the island council", "police officials"; -1 when it is no noun
// for those who speak. With any, any noun will do.
func (d *discourse) described(s *Sentence, last int, any bool) int {
	t := s.Tokens[last]
	word := d.p.Word(t)
	base := d.w.Lemma(word)
	if any && indefinite[word] && (last == 0 || !t.Class.Is(Quoted) && d.p.Gap(s.Tokens[last-1], t) != " ") {
		return d.entity(Entity{Name: word, Terms: []int{t.Term}}) // "Others say"
	}
	if t.Class.Is(Stop|Quoted|Number|Weekday|Month|Year|Named) || neverPassive[word] {
		return -1
	}
	known := speakers[word] || speakers[base] || bodies[base] || IsTitle(base, d.w)
	first := last
	for first > 0 && first > last-3 && d.adjectival(s, first-1) {
		first--
	}
	article := ""
	if first > 0 && d.p.Gap(s.Tokens[first-1], s.Tokens[first]) == " " {
		article = d.p.Word(s.Tokens[first-1])
	}
	if !known && !(any && (determiners[article] || Plural(word) || s.Tokens[max(first-1, 0)].Class.Is(Number))) {
		return -1
	}
	e := Entity{Name: oneLine(d.p.Article.Text[s.Tokens[first].Start:t.End])}
	if s.Tokens[first].Class.Is(Opening) && !s.Tokens[first].Class.Is(Named|Acronym) {
		_, size := utf8.DecodeRuneInString(e.Name)
		e.Name = strings.ToLower(e.Name[:size]) + e.Name[size:]
	}
	switch {
	case article == "a" || article == "an" || article == "one":
		e.Name = article + " " + e.Name
	case article == "the":
		e.Name = "the " + e.Name
	case strings.Contains(FoldQuote(e.Name), "'s "), s.Tokens[first].Class.Is(Named): // "Chile's navy", "Reuters news agency"
	case !Plural(word) && !severalOf[word]:
		e.Name = "the " + e.Name
	}
	if IsTitle(base, d.w) && base == word {
		e.Kind = Person
	}
	for _, t := range s.Tokens[first : last+1] {
		e.Terms = append(e.Terms, t.Term)
	}
	return d.entity(e)
}

// adjectival reports whether token i belongs to the noun behind it.
func (d *discourse) adjectival(s *Sentence, i int) bool {
	t := s.Tokens[i]
	gap := d.p.Gap(t, s.Tokens[i+1])
	if gap != " " && gap != "-" || t.Class.Is(Stop|Quoted|Number|Weekday|Month|Year) || strings.HasSuffix(d.p.Word(t), "ly") {
		return false
	}
	_, cue := d.w.Cue(d.p.Word(t))
	return t.Class.Is(Named) || !cue || gap == "-" || i > 0 && d.p.Gap(s.Tokens[i-1], t) == "-" // "a Panama-flagged tanker"
}

// entity returns the entity of the same name, or adds the new one.
func (d *discourse) entity(e Entity) int {
	if i, ok := d.called[e.Name]; ok {
		return i
	}
	d.p.Entities = append(d.p.Entities, e)
	d.called[e.Name] = len(d.p.Entities) - 1
	return len(d.p.Entities) - 1
}
