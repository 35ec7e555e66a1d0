package answer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// Verdict is what comparing an item of a claim with the library gave. None of
// them says that something is true or false.
type Verdict string

// The verdicts.
const (
	Same      Verdict = "same"      // the article states the same in its own voice
	Different Verdict = "different" // the article states something else of the same
	OnlySaid  Verdict = "said"      // the article does not state it: somebody in it says it
	NotThere  Verdict = "absent"    // nothing to compare
	Elsewhere Verdict = "elsewhere" // of an item: the library has it, but not where the rest of the claim was found
)

// ItemKind is what sort of thing an item of a claim is.
type ItemKind string

// The kinds of item.
const (
	FigureItem   ItemKind = "figure"
	NameItem     ItemKind = "name"
	DateItem     ItemKind = "date"
	RelationItem ItemKind = "relation"
	MatterItem   ItemKind = "matter" // what is claimed apart from figures, names and dates
)

// ClaimItem is one thing in a claim and what the library has in its place.
type ClaimItem struct {
	Kind    ItemKind
	Claimed string // as the claim writes it
	Verdict Verdict
	Found   corpus.Span // what the article has there, in Where's article; empty where the verdict is NotThere or Elsewhere
	Where               // the sentence compared with; empty as Found is
	SaidBy  string      // who says it, where the verdict is OnlySaid or somebody says what is Different
	Direct  bool        // in quotation marks
}

// Claim is a statement compared with the library.
type Claim struct {
	Text     string
	Verdict  Verdict // of the whole: Different before NotThere before OnlySaid before Same
	Items    []ClaimItem
	Near     []Other // the sentences that came nearest, best first, at most 3; for NotThere nothing in them is compared
	Searched int     // number of articles searched
	Err      error   // why nothing could be looked for; nil otherwise
}

// maxNear is how many sentences a claim is compared with.
const maxNear = 3

// What part of a claim a sentence must mean for the two to be about the same
// matter. From reading the claims of testdata/labels/dev.
const (
	aboutAt  = 0.42 // of the whole claim, other figures and dates left out
	matterAt = 0.69 // of that and of what is left of it without names, together
	readAt   = 0.25 // so surely the reader finds the claim in the sentence
	unsaid   = 0.07 // and then so much less will do
	beside   = 0.15 // a sentence this much farther off still stands for the best, where more in it agrees
	ownVoice = 0.10 // and this much, where it states what the best only quotes
)

// CheckClaim compares the figures, names, dates and relations of a statement
// with the article, or with all articles when it is "". It decides nothing
// about truth.
func (l *Library) CheckClaim(ctx context.Context, text, article string) Claim {
	text = shorten(strings.ToValidUTF8(text, "\uFFFD"), maxQuestion)
	claim := Claim{Text: text, Verdict: NotThere, Searched: l.size()}
	if article != "" {
		claim.Searched = 1
	}
	if claim.Err = l.desk.told(l.desk.Enter(ctx)); claim.Err != nil {
		return claim
	}
	defer l.desk.Leave()
	q := l.parse(Question{Text: text}, l.questionLanguage())
	r, err := l.rank(ctx, q, article)
	claim.Err = err
	var best *comparison
	for _, sc := range r.sentences[:min(len(r.sentences), maxNear)] {
		if ctx.Err() != nil {
			claim.Err = ctx.Err()
			return claim
		}
		sc, err := l.whole(sc)
		if err != nil {
			claim.Err = err
			return claim
		}
		p, s := sc.p, sc.in
		claim.Near = append(claim.Near, Other{Article: p.Article.ID, Paragraph: s.Passage + 1, Start: s.Start, End: s.End, Quote: p.Article.Quote(s.Span)})
		c := l.compare(ctx, q, text, sc)
		if c.err != nil {
			claim.Err = c.err
			return claim
		}
		switch {
		case !c.isAbout():
		case len(claim.Near) == 1, best != nil && c.better(best):
			best = c
		}
	}
	if best != nil {
		claim.Verdict, claim.Items = best.verdict(), best.items
	}
	return claim
}

// comparison is a claim held against one sentence.
type comparison struct {
	l             *Library
	q             *parsed
	claim         *annotate.Doc // dated as the article, so that "on Friday" means the same in both
	p             *annotate.Doc
	sc            *scored
	s             *annotate.Sentence
	about, matter float64
	items         []ClaimItem
	err           error // why something could not be looked for elsewhere

	linked  []link       // of links, once it was called
	parties map[int]bool // of sameParties, by sentence
}

// compare holds a claim against one sentence, item by item.
func (l *Library) compare(ctx context.Context, q *parsed, text string, sc *scored) *comparison {
	p := sc.p
	a := corpus.FromParagraphs("", p.Article.Language, []string{text})
	a.Published = p.Article.Published
	c := &comparison{l: l, q: q, claim: annotate.Prepare(a, l.words), p: p, sc: sc, s: sc.in, parties: map[int]bool{}}
	c.about, c.matter = c.share()
	c.figures(ctx)
	c.dates(ctx)
	c.names(ctx)
	c.relations()
	c.direction()
	c.speaker()
	c.whole()
	c.denial()
	return c
}

// isAbout reports whether the claim and the sentence are about the same matter.
// Where the reader finds the one in the other, fewer words need to be the same.
func (c *comparison) isAbout() bool {
	spared := 0.0
	if c.sc.read.found() >= readAt {
		spared = unsaid
	}
	return c.about >= aboutAt-spared && c.about+c.matter >= matterAt-spared
}

// share returns how much of the claim the sentence and its neighbours mean,
// figures and dates left out, and how much of what is left without names.
func (c *comparison) share() (about, matter float64) {
	total, met, others, otherMet := 0.0, 0.0, 0.0, 0.0
	for i := range c.q.Concepts {
		k := &c.q.Concepts[i]
		if (k.Number || c.dateWord(k.Word)) && c.sc.cover[i] < 1 {
			continue // another figure makes a claim no less about the matter
		}
		total += k.Weight
		met += float64(k.Weight * c.sc.cover[i])
		if !k.Name {
			others += k.Weight
			otherMet += float64(k.Weight * c.sc.cover[i])
		}
	}
	if total > 0 {
		about = met / total
	}
	matter = about
	if others > 0 {
		matter = otherMet / others
	}
	return about, matter
}

// dateWord reports whether a word names a day or a month.
func (c *comparison) dateWord(word string) bool {
	_, ok := c.l.words.Date(word)
	return ok
}

// better reports whether a comparison stands for the claim rather than another:
// more of it agrees, or as much and it means more, or nearly as much in the
// article's own voice.
func (c *comparison) better(than *comparison) bool {
	a, b := c.compared(), than.compared()
	switch {
	case c.about < than.about-beside:
		return false
	case a != b:
		return a > b
	case c.s.Source() < 0 && than.s.Source() >= 0:
		return c.about > than.about-ownVoice
	case c.s.Source() >= 0 && than.s.Source() < 0:
		return c.about > than.about+ownVoice
	}
	return c.about > than.about
}

// compared returns how much of the claim was compared: what agrees in full, what
// differs half.
func (c *comparison) compared() float64 {
	n := 0.0
	for _, i := range c.items {
		switch {
		case i.Kind == MatterItem:
		case i.Verdict == Different:
			n += 0.5
		case i.Verdict != NotThere && i.Verdict != Elsewhere:
			n++
		}
	}
	return n
}

// verdict returns that of the whole. Where something of the claim is not in the
// article at all, what agrees in the rest confirms nothing.
func (c *comparison) verdict() Verdict {
	has := func(v Verdict) bool {
		return slices.ContainsFunc(c.items, func(i ClaimItem) bool { return i.Verdict == v })
	}
	for _, v := range []Verdict{Different, NotThere, Elsewhere, OnlySaid, Same} {
		switch {
		case !has(v):
		case v == Elsewhere:
			return NotThere
		default:
			return v
		}
	}
	return NotThere
}

// add notes what the article has in the place of something claimed.
func (c *comparison) add(kind ItemKind, claimed string, v Verdict, s *annotate.Sentence, found corpus.Span) {
	item := ClaimItem{Kind: kind, Claimed: claimed, Verdict: v}
	if v != NotThere && v != Elsewhere {
		item.Where, item.Found = where(c.p, s), found
		who := s.Source()
		if who < 0 {
			who = c.holder(s)
		}
		if who >= 0 && !c.beforeSpeech(s, found) {
			item.SaidBy, item.Direct = c.p.Entities[who].Name, s.Direct
			if v == Same && !c.attributed() {
				item.Verdict = OnlySaid
			}
		}
	}
	c.items = append(c.items, item)
}

// beforeSpeech reports whether a part of a sentence stands in a clause of its own
// before the one in which somebody speaks: "It began on Monday and the mayor
// says it will go on".
func (c *comparison) beforeSpeech(s *annotate.Sentence, part corpus.Span) bool {
	for _, m := range s.Mentions {
		if m.Entity != s.Speaker || m.Last >= s.Cue || m.First == 0 {
			continue
		}
		k := m.First - 1
		if c.p.Word(s.Tokens[k]) == "the" && k > 0 {
			k--
		}
		switch c.p.Word(s.Tokens[k]) {
		case "and", "but", "while", "whereas":
			return part.End <= s.Tokens[k].Start
		}
	}
	return false
}

// holder returns who thinks what the sentence tells, "the UN rates them as …";
// -1 where it is told as a fact.
func (c *comparison) holder(s *annotate.Sentence) int {
	for _, m := range s.Mentions {
		if k := m.Last + 1; k < len(s.Tokens) && !s.Tokens[k].Class.Is(annotate.Named) && c.p.Gap(s.Tokens[m.Last], s.Tokens[k]) == " " {
			if cue, ok := c.l.words.Cue(c.p.Word(s.Tokens[k])); ok && cue.Force == words.Thinks {
				return m.Entity
			}
		}
	}
	return -1
}

// attributed reports whether the claim itself says who says so.
func (c *comparison) attributed() bool {
	return slices.ContainsFunc(c.claim.Sentences, func(s annotate.Sentence) bool { return s.Speaker >= 0 })
}

// around returns the sentence and its neighbours in the passage, the sentence first.
func (c *comparison) around() []int {
	at := c.sc.sentence
	all := []int{at}
	for _, i := range []int{at - 1, at + 1} {
		if i >= c.p.First[c.s.Passage] && i < c.p.First[c.s.Passage+1] {
			all = append(all, i)
		}
	}
	return all
}

// lacking notes something that the sentence and its neighbours have nothing in
// the place of, and whether it is elsewhere in the library.
func (c *comparison) lacking(kind ItemKind, claimed string, elsewhere bool, err error) {
	v := NotThere
	if elsewhere {
		v = Elsewhere
	}
	c.err = cmp.Or(c.err, err)
	c.add(kind, claimed, v, nil, corpus.Span{})
}

// anyOf reports whether one of the articles in which the passages stand has what is
// looked for.
func (l *Library) anyOf(ctx context.Context, passages []int, has func(p *annotate.Doc) bool) (bool, error) {
	for len(passages) > 0 {
		doc, _ := l.passageAt(passages[0])
		if err := ctx.Err(); err != nil {
			return false, err
		}
		p, err := l.doc(doc)
		if err != nil || has(p) {
			return err == nil, err
		}
		passages = passages[after(passages, l.first(doc+1)):]
	}
	return false, nil
}

// whole notes the claim's matter where it holds nothing that was compared.
func (c *comparison) whole() {
	if !slices.ContainsFunc(c.items, func(i ClaimItem) bool {
		return i.Kind == FigureItem || i.Verdict != NotThere && i.Verdict != Elsewhere
	}) {
		c.add(MatterItem, c.claim.Article.Text, Same, c.s, c.s.Span)
	}
}
