package annotate

import (
	"sort"
	"strings"

	"footnote/answer/words"
)

// Deed is who does what the verb at a token of a sentence tells, and to whom.
type Deed struct {
	Verb    bool // the word is a verb there; nothing else is known where it is not
	Passive bool
	Doers   []Party // empty where they cannot be told
	Upon    []Party // empty where nobody is acted upon, or something that is no party
	Subject int     // the token right before the verb, helping words left out; -1 for none
	Near    bool    // nothing stands between that token and the verb: no comma
}

// DeedAt tells of the word at token k of sentence i, whatever verb it is.
func (p *Doc) DeedAt(w *words.Words, i, k int) Deed {
	r := &relater{p: p, w: w}
	if i > 0 && p.Sentences[i-1].Passage == p.Sentences[i].Passage {
		r.s, r.i = &p.Sentences[i-1], i-1
		r.parties()
		r.remember()
	}
	r.s, r.i = &p.Sentences[i], i
	if k < 0 || k >= len(r.s.Tokens) || r.s.Tokens[k].Class.Is(Named) {
		return Deed{Subject: -1}
	}
	r.parties()
	d := Deed{Verb: r.at[k] < 0 && r.verbAt(k, k), Passive: r.passive(k, k), Subject: r.back(k - 1)}
	if !d.Verb {
		return d
	}
	d.Near = d.Subject >= 0 && !strings.Contains(r.gap(d.Subject), ",")
	doers, upon := r.subjects(k, ""), r.objects(k+1, "")
	if d.Subject >= 0 && r.at[d.Subject] >= 0 && r.all[r.at[d.Subject]].pronoun != "" {
		doers = nil // whom a pronoun means is a guess
	}
	if d.Passive {
		doers, upon = nil, r.subjects(k, "")
		if by := r.by(k); by >= 0 {
			doers = r.objects(by+1, "")
		}
	}
	for _, a := range doers {
		d.Doers = append(d.Doers, a.Party)
	}
	for _, t := range upon {
		d.Upon = append(d.Upon, t.Party)
	}
	return d
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
