package annotate

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"footnote/answer/words"
)

// A transcript says who speaks before what is said, at the start of a line:
// "[00:00:15] HOST: Will it be repaired?". Anything may stand before a colon, so
// a label is taken for somebody's only where it looks like a name or a role, or
// where it stands among others that do.

const (
	clock     = `(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?`
	labelName = `(\p{Lu}[\p{L}\p{M}.'’&-]*(?:[ \t]+(?:\p{Lu}[\p{L}\p{M}.'’&-]*|\d{1,2}|of|the|de|van|von|der|bin|al|for|and)){0,5})`
	bracketed = `(?:[ \t]*[\[(][^\])\n]{1,40}[\])])?`
)

var (
	// labelled matches a line that begins with who speaks, with or without the time.
	labelled = regexp.MustCompile(`^[>\s]*(?:([\[(]?` + clock + `[\])]?)[ \t]*[-–—|]?[ \t]*)?` + labelName + bracketed + `[ \t]*[:：](?:\s|$|["“‘])`)
	// aloneInBrackets matches what a transcript tells besides words.
	aloneInBrackets = regexp.MustCompile(`^(?:\[[^\[\]]*\]|\([^()]*\))$`)
	// timed matches a line that holds who speaks and the time alone.
	timed = regexp.MustCompile(`^` + labelName + `[ \t]+[\[(]?(` + clock + `)[\])]?[ \t]*(?:\n|$)`)
)

// label is what stands before a colon at the start of a line.
type label struct {
	first, last int // bytes of the article's text
	key         string
	time        bool // the time stands with it
	caps        bool // no small letters
	alone       bool // nothing stands behind it on its line
	asked       bool // what stands behind it is a sentence
}

// noNames are labels of paragraphs, not of people.
var noNames = words.Set(`note notes example examples warning caution tip tips title subtitle date time place location venue update correction
	summary abstract conclusion introduction background contact address phone email website source sources price total subject re fwd cc bcc ps nb
	fyi faq tldr question answer questions answers step remark remarks photo image caption credit video audio fact facts figure table chart box
	important danger notice breaking exclusive analysis opinion review verdict result results score status topic agenda minutes present apologies
	attendees participants absent action actions item motion method methods aim aims goal ingredients directions instructions serves yield
	prerequisites requirements usage syntax returns parameters input output default pros cons before after yes no and but so also then
	however finally first second third lastly meanwhile remember definition meaning synonyms see read watch listen related more tags category
	language edition version author editor publisher name age sex height weight born died occupation nationality key legend hint solution
	problem cause effect reason proof theorem lemma proposition fixed added changed removed deprecated security part chapter section episode
	series season scene act exhibit appendix annex schedule recital clause article rule order case docket breakfast lunch dinner monday
	tuesday wednesday thursday friday saturday sunday today tomorrow yesterday morning afternoon evening night crew boat ship`)

// askers are those who speak in transcripts by their part in the talk.
var askers = words.Set(`host cohost interviewer interviewee moderator narrator announcer caller speaker questioner operator anchor presenter audience panelist
	panellist voiceover chair court counsel unidentified`)

// labelTurns returns for each sentence who speaks in it because of the label that
// its line or a line before it has; -1 where nobody does.
func labelTurns(p *Doc, w *words.Words) []int {
	turn := make([]int, len(p.Sentences))
	labels := make([]*label, len(p.Sentences))
	count := map[string]int{}
	for i := range p.Sentences {
		turn[i] = -1
		if labels[i] = p.label(i); labels[i] != nil {
			count[labels[i].key]++

		}
	}
	if len(count) == 0 {
		return turn
	}
	accepted := map[string]bool{}
	for round := range 3 { // those that are sure make others likely
		others := len(accepted)
		for i, l := range labels {
			if l == nil || accepted[l.key] {
				continue
			}
			next, quotes := l.asked, false
			if l.alone && i+1 < len(p.Sentences) {
				below := &p.Sentences[i+1]
				next = below.ends(p)
				quotes = len(below.Tokens) > 0 && below.Tokens[0].Class.Is(Quoted)
			}
			if !next && !l.time && !quotes {
				continue // "Crew: 7"
			}
			more := count[l.key] > 1
			switch p.likelihood(i, l, more, w) {
			case surely:
				accepted[l.key] = true
			case likely:
				accepted[l.key] = l.time || quotes || more || others > 0 || l.caps && len(count) > 1
			case perhaps:
				accepted[l.key] = round > 0 && (l.time && others > 0 || l.caps && more && others > 0) || round > 1 && (others > 1 && (l.caps || more) || others > 0 && IsTitle(l.key[strings.LastIndexByte(l.key, ' ')+1:], w))
			}
			if !accepted[l.key] {
				delete(accepted, l.key)
			}
		}
	}
	last, style := -1, 0
	for i, l := range labels {
		if l != nil && accepted[l.key] {
			if last = i; l.time || l.caps {
				style++
			}
		}
	}
	now, alone := -1, false
	for i := range p.Sentences {
		s := &p.Sentences[i]
		if i > 0 && p.Sentences[i-1].Passage != s.Passage {
			same := p.Article.Passages[s.Passage].Heading == p.Article.Passages[p.Sentences[i-1].Passage].Heading
			if !alone && !(style > 2 && i < last && same && !strings.ContainsAny(p.Article.Text[s.Start:s.Start+1], "[(")) {
				now = -1
			}
		}
		if l := labels[i]; l != nil {
			if now = -1; accepted[l.key] {
				now = p.labelEntity(i, l, w)
			}
			if alone = l.alone; alone {
				continue
			}
		}
		if turn[i], alone = now, false; aloneInBrackets.MatchString(p.Article.Quote(s.Span)) {
			turn[i] = -1 // "[applause]"
		}
	}
	return turn
}

// label returns what stands before a colon where sentence i begins a line, nil
// where nothing does.
func (p *Doc) label(i int) *label {
	const most = 120 // bytes
	s := &p.Sentences[i]
	text := p.Article.Text
	if i > 0 && p.Sentences[i-1].Passage == s.Passage && !strings.Contains(text[p.Sentences[i-1].End:s.Start], "\n") || len(s.Tokens) == 0 || s.Tokens[0].Class.Is(Quoted) {
		return nil
	}
	head := text[s.Start:min(s.End, s.Start+most)]
	if !strings.ContainsAny(head, ":：") { // nor is there a time
		return nil
	}
	l := &label{}
	if m := labelled.FindStringSubmatchIndex(head); m != nil {
		l.first, l.last, l.time = s.Start+m[4], s.Start+m[5], m[2] >= 0
		rest := strings.TrimSpace(text[s.Start+m[5] : s.End])
		l.alone = strings.TrimLeft(rest[strings.IndexAny(rest, ":：")+1:], " \n：") == ""
	} else if m := timed.FindStringSubmatchIndex(head); m != nil {
		l.first, l.last, l.time = s.Start+m[2], s.Start+m[3], true
		l.alone = strings.TrimSpace(text[s.Start+m[5]:s.End]) == "" || strings.Trim(text[s.Start+m[5]:s.End], " \n])") == ""
	} else {
		return nil
	}
	name := strings.TrimRight(text[l.first:l.last], ".")
	l.key, l.caps = strings.ToLower(name), name == strings.ToUpper(name)
	l.asked = !l.alone && s.ends(p)
	return l
}

// ends reports whether a sentence ends like one.
func (s *Sentence) ends(p *Doc) bool {
	end := strings.TrimRight(p.Article.Text[s.Start:s.End], "\"”’')] ")
	return end != "" && strings.ContainsAny(end[len(end)-1:], ".?!") || strings.HasSuffix(end, "…")
}

// How likely a label is somebody.
const (
	never   = iota
	perhaps // only among others that are
	likely  // by its looks
	surely
)

// likelihood says how likely a label is somebody; more, that it comes again.
func (p *Doc) likelihood(i int, l *label, more bool, w *words.Words) int {
	parts := strings.Fields(l.key)
	for n := range parts {
		parts[n] = strings.Trim(parts[n], ".")
	}
	lastWord := parts[len(parts)-1]
	raw := p.Article.Text[l.first:l.last]
	if noNames[lastWord] || noNames[parts[0]] || len(l.key) < 2 || len(w.Places(raw)) > 0 {
		return never
	}
	if _, date := w.Date(lastWord); date {
		return never
	}
	if p.namesPerson(i, l) {
		return surely
	}
	if len(parts) > 1 && (strings.Trim(lastWord, "0123456789") == "" || len(lastWord) == 1) {
		lastWord = parts[len(parts)-2] // "Speaker 1"
	}
	if askers[lastWord] || IsTitle(lastWord, w) && (l.caps || l.time || more) || len(parts) > 1 && IsTitle(parts[0], w) {
		return surely
	}
	if slices.ContainsFunc(parts, func(word string) bool { return bodies[word] || Prepositions[word] || word == "the" || word == "and" }) {
		return perhaps
	}
	common := 0
	for _, word := range parts {
		if w.Common(word) && !firstNames[word] {
			common++
		}
	}
	switch {
	case len(parts) > 1 && (firstNames[parts[0]] || common == 0):
		return surely
	case common == 0, len(parts) > 1 && common < len(parts):
		return likely
	}
	return perhaps
}

// namesPerson reports whether the article names a person elsewhere as a label does.
func (p *Doc) namesPerson(i int, l *label) bool {
	terms := p.labelTerms(i, l)
	for n := range p.Entities {
		e := &p.Entities[n]
		if (e.Kind == Person || e.Kind == OtherEntity) && len(terms) > 0 && len(e.Terms) >= len(terms) && slices.Equal(e.Terms[len(e.Terms)-len(terms):], terms) && (len(e.Terms) > len(terms) || e.Kind == Person && e.Counted > 2) {
			return true
		}
	}
	return false
}

// labelTerms returns the terms of a label.
func (p *Doc) labelTerms(i int, l *label) []int {
	var terms []int
	for _, t := range p.Sentences[i].Tokens {
		if t.Start >= l.first && t.End <= l.last && !t.Class.Is(Stop) {
			terms = append(terms, t.Term)
		}
	}
	return terms
}

// labelEntity returns who the label of sentence i is: somebody whom the article
// names, or a new one. A role alone stands for whoever has it.
func (p *Doc) labelEntity(i int, l *label, w *words.Words) int {
	s := &p.Sentences[i]
	var toks []Token
	for _, t := range s.Tokens {
		if t.Start >= l.first && t.End <= l.last {
			toks = append(toks, t)
		}
	}
	if len(toks) > 1 && determiners[p.Word(toks[0])] {
		toks = toks[1:]
	}
	if n := titleLength(p, toks, w); n < len(toks) && !toks[n].Class.Is(Number) && toks[n].End-toks[n].Start > 1 { // "Speaker 1" is all there is
		toks = toks[n:]
	}
	if len(toks) == 0 {
		return -1
	}
	e := Entity{Kind: Person, Name: oneLine(strings.TrimRight(p.Article.Text[toks[0].Start:toks[len(toks)-1].End], "."))}
	for _, t := range toks {
		if !t.Class.Is(Stop) || len(toks) == 1 {
			e.Terms = append(e.Terms, t.Term)
		}
	}
	if l.caps && !strings.Contains(e.Name, ".") && len(e.Name) > 2 {
		e.Name = smaller(e.Name)
	}
	last := p.Word(toks[len(toks)-1])
	role := len(toks) == 1 && (askers[last] || IsTitle(last, w))
	if role {
		e.Name = "the " + last
	}
	best := -1
	for n := range p.Entities {
		o := &p.Entities[n]
		if o.Name == e.Name || slices.Equal(o.Terms, e.Terms) && o.Kind != Place {
			best = n
		}
		if !role && (o.Kind == Person || o.Kind == OtherEntity) && len(o.Terms) > len(e.Terms) && (slices.Equal(o.Terms[len(o.Terms)-len(e.Terms):], e.Terms) || len(e.Terms) == 1 && o.Terms[0] == e.Terms[0]) {
			o.Kind = Person
			return n
		}
	}
	if best < 0 {
		p.Entities = append(p.Entities, e)
		return len(p.Entities) - 1
	}
	p.Entities[best].Kind = Person // "DORN" looks like an acronym
	if o := &p.Entities[best]; role || o.Name == strings.ToUpper(o.Name) {
		o.Name = e.Name
	}
	return best
}

// smaller returns a name that is written in capitals as names are: MIA SUND as
// Mia Sund.
func smaller(name string) string {
	inside := false
	return strings.Map(func(r rune) rune {
		if inside {
			r = unicode.ToLower(r)
		}
		inside = unicode.IsLetter(r)
		return r
	}, name)
}
