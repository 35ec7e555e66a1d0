package annotate

import (
	"slices"
	"sort"
	"strings"

	"footnote/answer/words"
	"footnote/corpus"
)

// Party is one end of a relation: where a sentence names it, describes it or
// has a pronoun for it.
type Party struct {
	Entity      int         // in Entities; -1 where the article gives no name
	First, Last int         // tokens
	Described   corpus.Span // what the article calls it where it gives no name
}

// Unknown reports whether nothing is known of who is meant.
func (p Party) Unknown() bool { return p.Entity < 0 && p.Described.Len() == 0 }

// Relation is what a sentence tells of two parties: the actor does to the
// target what Kind says.
type Relation struct {
	Sentence int // in Sentences
	Kind     string
	At       int // token of the verb, noun or title that says so
	Actor    Party
	Target   Party
	SaidBy   Party // who says so; Unknown where the article does in its own voice
	Ended    bool  // the sentence tells how it came to its end
}

// relater finds the relations of an article, a sentence at a time.
type relater struct {
	p      *Doc
	w      *words.Words
	called map[string]int // the last entity of each name
	s      *Sentence
	i      int
	all    []party // of the sentence
	at     []int   // of each token the party that it belongs to, or -1
	thing  []party // the last sentence's subject that is no person: what "it" means
	group  []party // the last parties spoken of together: what "they" means
	found  []Relation
	begins int // of the sentence in found
	inside int // how deep subjects are looked for through other verbs
}

// relations fills in who stands how with whom by each sentence.
func relations(p *Doc, w *words.Words) {
	r := &relater{p: p, w: w, called: map[string]int{}}
	for i := range p.Entities {
		r.called[p.Entities[i].Name] = i
	}
	for i := range p.Sentences {
		r.s, r.i, r.begins = p.Sentences[i].start(), i, len(r.found)
		r.parties()
		if !strings.HasSuffix(strings.TrimRight(p.Article.Quote(r.s.Span), "\"”’')"), "?") {
			for k := range r.s.Tokens {
				if r.s.Tokens[k].Class.Is(Named) && !r.s.Tokens[k].Class.Is(Stop) && r.at[k] >= 0 {
					continue
				}
				r.deedAt(k)
				r.sideAt(k)
			}
			r.leaders()
		}
		slices.SortStableFunc(r.here(), func(a, b Relation) int { return a.At - b.At })
		r.remember()
	}
	p.Relations = r.found
}

// deedAt looks for relations told by the word at token k.
func (r *relater) deedAt(k int) {
	d, last, star := r.longest(k, "verb", "kill", "with", "call")
	switch {
	case d == nil:
	case r.s.Tokens[k].Class.Is(Number):
	case r.compound(k, d):
		return
	case d.Form == "with":
		r.emit(d.Kind, k, r.clauseSubject(k), r.objects(last+1, d.Kind))
		return
	case d.Form == "call":
		r.calls(k)
		return
	case r.verbAt(k, last):
		r.deed(d, k, last, star)
		return
	}
	if m, last, _ := r.longest(k, "mutual"); m != nil && r.verbAt(k, last) {
		r.mutual(m.Kind, k)
		return
	}
	if n, last, _ := r.longest(k, "noun"); n != nil {
		r.noun(n, k, last)
	}
}

// sideAt looks for "are on Haftar's side" and "took Haftar's side" at the last
// word of it.
func (r *relater) sideAt(k int) {
	if r.word(k) != "side" || k == 0 || r.at[k-1] < 0 || !r.possessive(k-1) {
		return
	}
	owner := r.all[r.at[k-1]]
	v := owner.First - 1
	if v > 0 && r.word(v) == "on" {
		v--
	} else if v < 0 || r.w.Lemma(r.word(v)) != "take" {
		return
	}
	if isBeForm(r.word(v)) || r.w.Lemma(r.word(v)) == "take" {
		r.emit("backs", v, r.subjects(v, "backs"), []party{owner})
	}
}

// deed tells of the verb whose pattern covers tokens k to last.
func (r *relater) deed(d *words.Deed, k, last, star int) {
	if !r.real(k, d.Kind) {
		return
	}
	if r.passive(k, last) {
		by := r.by(last)
		if by < 0 {
			return
		}
		r.emit(d.Kind, k, r.objects(by+1, d.Kind), r.armedOnly(d, r.subjects(k, d.Kind)))
		return
	}
	from := last + 1
	if star >= 0 {
		from = star
	}
	targets := r.objects(from, d.Kind)
	if len(targets) == 0 && d.Kind == "accuses" && len(d.Words) == 1 {
		targets = r.blamedOwner(k)
		if len(targets) > 0 {
			r.emit(d.Kind, k, r.relativeSubject(k), targets)
			return
		}
	}
	if len(targets) == 0 {
		if m, end, _ := r.longest(k, "mutual"); m != nil && end <= last+2 {
			r.mutual(m.Kind, k)
		}
		return
	}
	r.emit(d.Kind, k, r.subjects(k, d.Kind), r.armedOnly(d, targets))
}

// armedOnly keeps those who fight, where the deed is killing: who kills
// somebody else is not at war with him.
func (r *relater) armedOnly(d *words.Deed, targets []party) []party {
	if d.Form != "kill" {
		return targets
	}
	var armed []party
	for _, t := range targets {
		if t.armed {
			armed = append(armed, t)
		}
	}
	return armed
}

// mutual tells of those who do it with one another: "France and Italy clashed".
func (r *relater) mutual(kind string, k int) {
	if !r.real(k, kind) {
		return
	}
	r.pairs(kind, k, r.subjects(k, kind))
}

// pairs relates each of a list to each behind it.
func (r *relater) pairs(kind string, k int, list []party) {
	list = list[:min(len(list), mostParties)]
	for i := range list {
		r.emit(kind, k, list[i:i+1], list[i+1:])
	}
}

// calls tells of "called him a liar".
func (r *relater) calls(k int) {
	if !r.verbAt(k, k) || r.passive(k, k) || !r.real(k, "accuses") {
		return
	}
	targets := r.objects(k+1, "accuses")
	if len(targets) == 0 {
		return
	}
	for i := targets[len(targets)-1].Last + 1; i < len(r.s.Tokens) && i <= targets[len(targets)-1].Last+6; i++ {
		if strings.ContainsAny(r.gap(i-1), ",;:") || r.at[i] >= 0 && r.all[r.at[i]].named {
			break
		}
		if n, _, _ := r.longest(i, "name"); n != nil {
			r.emit("accuses", k, r.subjects(k, "accuses"), targets)
			return
		}
	}
}

// compound tells of "US-backed rebels": who does it stands before the hyphen.
func (r *relater) compound(k int, d *words.Deed) bool {
	if k == 0 || k+1 >= len(r.s.Tokens) || r.gap(k-1) != "-" || r.at[k-1] < 0 || !strings.HasSuffix(r.word(k), "ed") && r.word(k) != "led" || len(d.Words) > 1 {
		return false
	}
	for i := k + 1; i < len(r.s.Tokens) && i <= k+4; i++ {
		if p := r.at[i]; p >= 0 {
			r.emit(d.Kind, k, []party{r.all[r.at[k-1]]}, r.headOf(p))
			return true
		}
		if r.s.Tokens[i].Class.Is(Stop) || !r.space(i-1) {
			break
		}
	}
	return true
}

// emit notes that each actor stands so with each target.
func (r *relater) emit(kind string, k int, actors, targets []party) {
	for _, a := range actors[:min(len(actors), mostParties)] {
		for _, t := range targets[:min(len(targets), mostParties)] {
			if len(r.here()) >= mostRelations {
				return
			}
			if a.Unknown() || t.Unknown() || a.Entity >= 0 && a.Entity == t.Entity || a.First <= t.Last && t.First <= a.Last {
				continue
			}
			if !slices.ContainsFunc(r.here(), func(o Relation) bool {
				return o.Kind == kind && o.Actor == a.Party && o.Target == t.Party
			}) {
				r.found = append(r.found, Relation{Sentence: r.i, Kind: kind, At: k, Actor: a.Party, Target: t.Party, SaidBy: r.saidBy(kind, k)})
			}
		}
	}
}

// here returns the relations that were found in the sentence so far.
func (r *relater) here() []Relation { return r.found[r.begins:] }

const (
	mostParties   = 12  // of a list, since each is related to each
	mostRelations = 200 // of a sentence, since each new one is compared with all of them
)

// saidBy returns who says what the word at token k tells.
func (r *relater) saidBy(kind string, k int) Party {
	nobody := Party{Entity: -1}
	if accuser, ok := r.accuser(k); ok {
		return accuser.Party
	}
	if r.s.Source() < 0 || r.s.Cue == k {
		return nobody
	}
	if slices.ContainsFunc(r.here(), func(o Relation) bool { return o.At == r.s.Cue && o.Kind == "leads" }) {
		return nobody // who commands rebels says nothing
	}
	if !r.s.Tokens[k].Class.Is(Quoted) && r.s.Cue > k {
		for _, m := range r.s.Mentions {
			if m.Entity == r.s.Speaker && m.First < r.s.Cue && r.s.Cue-m.Last < 3+k-m.Last && m.First < k {
				return nobody // "The LNA, which Egypt backs, said …"
			}
		}
	}
	if kind == "leads" && !r.s.Tokens[k].Class.Is(Quoted) {
		return nobody
	}
	return Party{Entity: r.s.Speaker, First: 0, Last: 0}
}

// gap is what stands between token k and the next.
func (r *relater) gap(k int) string {
	if k < 0 || k+1 >= len(r.s.Tokens) {
		return "."
	}
	return r.p.Gap(r.s.Tokens[k], r.s.Tokens[k+1])
}

// RelationsOf returns the relations that sentence i tells.
func (p *Doc) RelationsOf(i int) []Relation {
	from := sort.Search(len(p.Relations), func(k int) bool { return p.Relations[k].Sentence >= i })
	to := from
	for to < len(p.Relations) && p.Relations[to].Sentence == i {
		to++
	}
	return p.Relations[from:to]
}
