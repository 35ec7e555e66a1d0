package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
)

// connectors may stand inside a name, between words with capitals.
var connectors = map[string]bool{
	"of": true, "the": true, "for": true, "de": true, "del": true, "la": true, "le": true, "al": true, "el": true, "bin": true,
	"ibn": true, "ben": true, "van": true, "von": true, "der": true, "den": true, "di": true, "da": true, "dos": true, "du": true,
}

// Connects reports whether a word stands inside names and begins none: of, for.
func Connects(word string) bool { return connectors[word] && !ArabicArticle[word] }

// ArabicArticle are the particles that begin a name with a hyphen: al-Sarraj.
var ArabicArticle = map[string]bool{"al": true, "el": true, "ad": true, "as": true, "ash": true, "ar": true, "an": true, "az": true}

// bodies are words that make a name that of an organisation.
var bodies = words.Set(`academy administration agency alliance army assembly association authority bank board brigade
		broadcaster bureau cabinet chamber charity church club coalition college command commission committee company
		confederation congress consortium coroner corporation council court department directorate federation fleet force
		forces foundation front fund government group guard guild hospital inc institute institution laboratory league legion
		limited ltd ministry mission movement museum navy network observatory office organisation organization parliament
		party police press school secretariat senate service society squad staff team treasury tribunal trust union unit
		university watch plc gmbh corp`)

// nameOwners are words whose possessive stands inside names: the People's Party.
var nameOwners = words.Set(`people women men children workers farmers teachers students veterans`)

// nameSpan is a run of tokens that makes a name.
type nameSpan struct{ first, last, title int } // title: number of leading tokens that are a title

// findNames finds the names of one sentence. known tells whether a word
// stands with a capital in the middle of some sentence of the article, which
// decides about words that begin a sentence.
func findNames(p *Doc, s *Sentence, w *words.Words, known map[int]bool) []nameSpan {
	var spans []nameSpan
	toks := s.Tokens
	for i := 0; i < len(toks); i++ {
		if !startsName(p, s, i, w, known) {
			continue
		}
		last := i
		for last+1 < len(toks) && (!strings.HasSuffix(FoldQuote(p.Raw(toks[last])), "'s") || nameOwners[p.Word(toks[last])]) {
			next := last + 1
			if !joined(p, toks[last], toks[next]) || toks[next].Class.Is(Weekday) {
				break
			}
			if toks[next].Class.Is(Capital) || toks[next].Class.Is(Number) && toks[last].Class.Is(Capital) && p.Gap(toks[last], toks[next]) == "-" {
				last = next
				continue
			}
			// "Kim Jong-un", but not "UN-backed".
			if p.Gap(toks[last], toks[next]) == "-" && toks[last].Class.Is(Capital) && !toks[last].Class.Is(Acronym) && toks[next].End-toks[next].Start <= 5 && !w.Common(p.Word(toks[next])) && !toks[next].Class.Is(Number) {
				last = next
				continue
			}
			// Connectors count only when a capital follows them.
			k := next
			for k < len(toks) && k < next+2 && connectors[p.Word(toks[k])] && !toks[k].Class.Is(Capital) && joined(p, toks[k-1], toks[k]) {
				k++
			}
			switch p.Word(toks[next]) {
			case "the": // "According to Anna Kessler the Brookfield dam …" names two
				if next+1 == len(toks) || !epithets[p.Word(toks[next+1])] {
					k = next
				}
			case "for": // "support from Egypt for Libya" too; "Campaign for Water" one
				if len(w.Places(p.Article.Text[toks[i].Start:toks[last].End])) > 0 || !w.Common(p.Word(toks[last])) {
					k = next
				}
			case "and":
				if k = p.andInName(toks, i, next, w); k > next {
					last = k
					continue
				}
			}
			if k > next && k < len(toks) && toks[k].Class.Is(Capital) && joined(p, toks[k-1], toks[k]) {
				last = k
				continue
			}
			break
		}
		if cut := p.personBehind(toks, i, last, w); cut > i {
			spans = append(spans, nameSpan{first: i, last: cut - 1})
			i = cut
		}
		n := nameSpan{first: i, last: last}
		n.title = titleLength(p, toks[i:last+1], w)
		if !(n.title > last-i && n.first == n.last && toks[i].Class.Is(Opening)) && !p.postNominal(toks, i) {
			spans = append(spans, n)
		}
		i = last
	}
	return spans
}

// startsName reports whether a name may begin at token i.
func startsName(p *Doc, s *Sentence, i int, w *words.Words, known map[int]bool) bool {
	t := s.Tokens[i]
	if !t.Class.Is(Capital) {
		// al-Sarraj
		return ArabicArticle[p.Word(t)] && i+1 < len(s.Tokens) && s.Tokens[i+1].Class.Is(Capital) && p.Gap(t, s.Tokens[i+1]) == "-"
	}
	word := p.Word(t)
	if ArabicArticle[word] && i+1 < len(s.Tokens) && p.Gap(t, s.Tokens[i+1]) == "-" {
		return true
	}
	if t.Class.Is(Stop) || word == "i" {
		return t.Class.Is(Acronym) && len(word) > 1
	}
	if t.Class.Is(Month) || t.Class.Is(Weekday) {
		return firstNames[word] && i+1 < len(s.Tokens) && s.Tokens[i+1].Class.Is(Capital) && p.Gap(t, s.Tokens[i+1]) == " " // Jan Dorn
	}
	if !t.Class.Is(Opening) || t.Class.Is(Acronym) || !w.Common(word) {
		return true
	}
	// An everyday word at the head of a sentence: a name only where the article
	// or the world knows it as one ("Turkey"), or where more capitals follow.
	raw := p.Raw(t)
	if len(w.Places(raw)) > 0 || len(w.Organisations(raw)) > 0 {
		return true
	}
	if p.saysNext(s, i, w) {
		return true
	}
	if i+1 == len(s.Tokens) || !s.Tokens[i+1].Class.Is(Capital) || !joined(p, t, s.Tokens[i+1]) {
		return false
	}
	return known[t.Word] || firstNames[word] || p.Gap(t, s.Tokens[i+1]) == " & " || IsTitle(word, w) || IsTitle(word+" "+p.Word(s.Tokens[i+1]), w)
}

// unnamed are nouns that speak without an article and are no names.
var unnamed = words.Set(`research evidence legend tradition history law data management opposition staff word science scripture custom practice
	wisdom gossip logic experience reality nature intelligence folklore rumour rumor`)

// saysNext reports whether an everyday word at the head of a sentence is a name
// because it speaks and has no article, as no noun for one thing may: "Vale said".
func (p *Doc) saysNext(s *Sentence, i int, w *words.Words) bool {
	if i+1 >= len(s.Tokens) || p.Gap(s.Tokens[i], s.Tokens[i+1]) != " " {
		return false
	}
	word, verb := p.Word(s.Tokens[i]), p.Word(s.Tokens[i+1])
	base := w.Lemma(verb)
	if base == verb || strings.HasSuffix(verb, "ing") || !plainly[base] && base != "call" && base != "ask" && base != "note" {
		return false
	}
	if base == "call" && (i+2 == len(s.Tokens) || !determiners[p.Word(s.Tokens[i+2])] && !s.Tokens[i+2].Class.Is(Capital) && p.Word(s.Tokens[i+2]) != "it") {
		return false
	}
	return !unnamed[word] && !Plural(word) && !speakers[word] && !bodies[word] && !indefinite[word] && !betweens[word] && !nominative[word] &&
		!IsTitle(word, w) && !strings.HasSuffix(word, "ly") && !strings.HasSuffix(word, "ing") && !s.Tokens[i].Class.Is(Number|Stop|Weekday|Month)
}

// epithets may follow a name and "the".
var epithets = words.Set(`great terrible conqueror confessor baptist elder younger bold wise bald fair magnificent impaler hun lionheart`)

// andInName returns the last token of what "and" at token k adds to a name that
// begins at token first, k where it adds nothing: "Union of Divers *and
// Fishers*", "Fire *and Rescue Service*". What is joined are words of the
// language, never names of people, and one word for a body holds them together.
func (p *Doc) andInName(toks []Token, first, k int, w *words.Words) int {
	plain := func(i int) bool {
		word := p.Word(toks[i])
		return toks[i].Class.Is(Capital) && !toks[i].Class.Is(Acronym|Weekday|Month) && (w.Common(word) || w.Common(w.Lemma(word))) && !IsTitle(word, w) && len(w.Places(p.Raw(toks[i]))) == 0
	}
	if p.Word(toks[k]) != "and" || k+1 == len(toks) || !plain(k-1) || !plain(k+1) || p.Gap(toks[k], toks[k+1]) != " " {
		return k
	}
	last := k + 1
	for last+1 < len(toks) && plain(last+1) && p.Gap(toks[last], toks[last+1]) == " " {
		last++
	}
	if bodies[p.Word(toks[k+1])] || bodies[p.Word(toks[k-1])] && p.Word(toks[k-1]) != "church" {
		return k // two bodies
	}
	for i := first; i < k-1; i++ {
		if (bodies[p.Word(toks[i])] || IsTitle(p.Word(toks[i]), w)) && (p.Word(toks[i+1]) == "of" || p.Word(toks[i+1]) == "for") {
			return last
		}
	}
	if bodies[p.Word(toks[last])] && !Prepositions[p.Word(toks[max(k-2, 0)])] {
		return last
	}
	return k
}

// personBehind returns where the name of a person begins behind that of a body
// or a place within one run of capitals, -1 where it does not: "the ambassador to
// the United Nations *Ola Brandt*". Only behind a role that hangs on what comes
// first can it be so.
func (p *Doc) personBehind(toks []Token, first, last int, w *words.Words) int {
	hung := false
	for i := max(first-2, 1); i < last && !hung; i++ {
		if hung = attaching[p.Word(toks[i])] && !toks[i].Class.Is(Capital) && IsTitle(p.Word(toks[i-1]), w); hung {
			first = max(first, i+1)
			for determiners[p.Word(toks[first])] && first < last {
				first++
			}
		}
	}
	for cut := last - 1; hung && cut > first && cut >= last-2; cut-- {
		before := p.Article.Text[toks[first].Start:toks[cut-1].End]
		person := len(w.Organisations(before)) > 0 || len(w.Places(before)) > 0 ||
			slices.ContainsFunc(toks[first:cut], func(t Token) bool { return bodies[p.Word(t)] })
		for i := cut; i <= last; i++ {
			word := p.Word(toks[i])
			person = person && toks[i].Class.Is(Capital) && !bodies[word] && p.Gap(toks[i-1], toks[i]) != "-" && (i > cut || !w.Common(word) || firstNames[word])
		}
		if person {
			return cut
		}
	}
	return -1
}

// postNominals are letters behind a name that are no acronym by their looks.
var postNominals = words.Set(`jr sr phd esq dphil bsc msc`)

// postNominal reports whether token i is what a person has behind the name
// between commas: "Omar Haddad, *KC*, said".
func (p *Doc) postNominal(toks []Token, i int) bool {
	if i == 0 || strings.TrimLeft(p.Gap(toks[i-1], toks[i]), ".") != ", " || !toks[i].Class.Is(Capital) ||
		!postNominals[p.Word(toks[i])] && (!toks[i].Class.Is(Acronym) || toks[i].End-toks[i].Start > 5) {
		return false
	}
	if i+1 < len(toks) && !strings.ContainsAny(p.Gap(toks[i], toks[i+1]), ",;:)") && !postNominals[p.Word(toks[i])] {
		return false
	}
	if p.postNominal(toks, i-1) {
		return true
	}
	// Two words with capitals before it, or one and its title, are no list of bodies.
	return toks[i-1].Class.Is(Capital) && !toks[i-1].Class.Is(Acronym) && i > 1 && toks[i-2].Class.Is(Capital) && !toks[i-2].Class.Is(Acronym) &&
		p.Gap(toks[i-2], toks[i-1]) != ", " && !bodies[p.Word(toks[i-1])]
}

// joined reports whether two tokens may belong to one name: only a space, a
// hyphen, or the full stop of an initial stands between them.
func joined(p *Doc, a, b Token) bool {
	switch p.Gap(a, b) {
	case " ", "-", "’", "'", " & ":
		return true
	case ". ":
		return a.End-a.Start <= 2 || a.Class.Is(Capital) && a.End-a.Start <= 4
	case ".":
		return true
	}
	return false
}

// Gap returns the text between two tokens.
func (p *Doc) Gap(a, b Token) string {
	return p.Article.Text[a.End:max(a.End, b.Start)]
}

// titleLength returns how many of the leading tokens are a title, such as
// "Prime Minister"; at least one token is left for the name if there are more.
func titleLength(p *Doc, toks []Token, w *words.Words) int {
	for _, t := range toks {
		if bodies[p.Word(t)] {
			return 0 // the General Assembly is no general
		}
	}
	people := 0 // "French President": whose president stands before the title
	if len(toks) > 3 && len(w.Places(p.Raw(toks[0]))) > 0 {
		people = 1
	}
	for n := min(len(toks), 5); n > people; n-- {
		var parts []string
		for _, t := range toks[people:n] {
			parts = append(parts, p.Word(t))
		}
		if _, ok := w.Title(strings.Join(parts, " ")); ok {
			if n < len(toks) && connectors[p.Word(toks[n])] && !toks[n].Class.Is(Capital) && !ArabicArticle[p.Word(toks[n])] {
				return 0 // "Mayor of Lund" is all there is
			}
			return n
		}
	}
	return 0
}
