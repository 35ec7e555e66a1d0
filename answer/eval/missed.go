package eval

import (
	"cmp"
	"math"
	"slices"

	"footnote/answer"
	"footnote/corpus"
)

// What can become of a question that was not answered rightly, the worst first.
const (
	FalseShown = "false answer" // the article does not answer it
	WrongShown = "wrong sentence shown"
	NotShown   = "right, not shown"
	Below      = "ranked below, nothing shown"
	NotLooked  = "no candidate, nothing shown"
)

var missedOrder = []string{FalseShown, WrongShown, NotShown, Below, NotLooked}

// Missed is a question that was not answered rightly, and why.
type Missed struct {
	Case       Case
	What       string // one of the above
	Confidence float64
	Shown      bool       // Top was shown
	Top        Quoted     // the sentence that stood first; nothing where none was found
	Wanted     Quoted     // the right sentence that stood highest, else the first of the article; nothing where none is right
	Rank       int        // of Wanted among all sentences looked at; 0 where it was not among them
	Looked     int        // how many sentences were looked at
	Apart      []Contrast // parts of the score that put Top over Wanted or, by a negative gain, did not
	Swayed     []Contrast // signals that set the confidence apart from what the set's questions have on average
}

// Quoted is a sentence of an article.
type Quoted struct {
	Article string
	Passage int
	Quote   string
	Mark    corpus.Span // what of the quotation was wanted, or shown as the short answer; may be empty
}

// Contrast is a feature that two things have to different degrees.
type Contrast struct {
	Name  string
	Here  float64
	There float64
	Gain  float64 // weight times the difference
}

// contrasts is how many features a miss tells.
const contrasts = 5

// missed tells what became of a question that was not answered rightly, nil
// where it was.
func (o *Outcome) missed(t answer.Trace, lib *answer.Library, article *corpus.Article) (*Missed, error) {
	if o.Right || o.Case.None && !o.Shown {
		return nil, nil
	}
	m := &Missed{Confidence: o.Confidence, Shown: o.Shown, Looked: len(t.Sentences)}
	if len(t.Sentences) > 0 {
		top := t.Sentences[0]
		a, err := lib.Article(top.Article)
		if err != nil {
			return nil, err
		}
		m.Top = quoted(a, top.Span)
		if c := t.Answer.Citation; c != nil && t.Answer.Answer != t.Answer.Quote {
			m.Top.Mark = corpus.Span{Start: c.Span[0] - c.Start, End: c.Span[1] - c.Start}
		}
	}
	if !o.Case.None {
		m.Rank, m.Wanted = o.Case.wanted(t.Sentences, article)
	}
	switch {
	case o.Case.None:
		m.What = FalseShown
	case o.Shown:
		m.What = WrongShown
	case m.Rank == 1:
		m.What = NotShown
	case m.Rank > 1:
		m.What = Below
	default:
		m.What = NotLooked
	}
	if m.Rank > 1 {
		m.Apart = contrast(t.Sentences[0].Parts, func(p answer.Part) float64 {
			for _, other := range t.Sentences[m.Rank-1].Parts {
				if other.Name == p.Name {
					return other.Value
				}
			}
			return 0
		})
	}
	return m, nil
}

// wanted returns the right sentence that stands highest in a ranking, and where;
// else the first that is right in the article, or where what is right begins.
func (c Case) wanted(ranking []answer.Place, article *corpus.Article) (rank int, q Quoted) {
	for i, s := range ranking {
		if c.right(s.Article, article.ID, s.Span, article) {
			return i + 1, c.quoted(article, s.Span)
		}
	}
	for _, p := range article.Passages {
		for _, s := range p.Sentences {
			if c.right(article.ID, article.ID, s.Span, article) {
				return 0, c.quoted(article, s.Span)
			}
		}
	}
	if at := c.at(article.Text, 0); at.Len() > 0 { // it spans two sentences
		return 0, c.quoted(article, sentenceAt(article, at.Start))
	}
	return 0, q
}

// at returns where in a slice of the article, which begins at the offset, what
// is right stands.
func (c Case) at(text string, offset int) corpus.Span {
	if c.Pattern != nil {
		if at := c.Pattern.FindStringIndex(text); at != nil {
			return corpus.Span{Start: at[0], End: at[1]}
		}
	}
	for _, g := range c.Gold {
		if in := (corpus.Span{Start: g.Span.Start - offset, End: g.Span.End - offset}); in.Start >= 0 && in.End <= len(text) {
			return in
		}
	}
	return corpus.Span{}
}

// quoted returns a sentence with what is right in it marked.
func (c Case) quoted(a *corpus.Article, s corpus.Span) Quoted {
	q := quoted(a, s)
	q.Mark = c.at(q.Quote, s.Start)
	return q
}

func quoted(a *corpus.Article, s corpus.Span) Quoted {
	q := Quoted{Article: a.ID, Quote: a.Quote(s)}
	if p := a.PassageAt(s.Start); p != nil {
		q.Passage = p.Number
	}
	return q
}

// contrast returns the features that differ most, by what they weigh, from what
// they are elsewhere.
func contrast(parts []answer.Part, there func(answer.Part) float64) []Contrast {
	var all []Contrast
	for _, p := range parts {
		k := Contrast{Name: p.Name, Here: p.Value, There: there(p)}
		k.Gain = p.Weight * (k.Here - k.There)
		if math.Abs(k.Gain) >= 0.005 { // what two digits show
			all = append(all, k)
		}
	}
	slices.SortStableFunc(all, func(a, b Contrast) int { return cmp.Compare(math.Abs(b.Gain), math.Abs(a.Gain)) })
	return all[:min(len(all), contrasts)]
}

// misses gathers the questions that were not answered rightly, the worst first.
func misses(outcomes []Outcome) []Missed {
	mean := map[string]float64{}
	for _, o := range outcomes {
		for _, s := range o.Signals {
			mean[s.Name] += s.Value / float64(len(outcomes))
		}
	}
	var all []Missed
	for _, o := range outcomes {
		if o.Missed == nil {
			continue
		}
		m := *o.Missed
		m.Case = o.Case
		m.Swayed = contrast(o.Signals, func(p answer.Part) float64 { return mean[p.Name] })
		all = append(all, m)
	}
	slices.SortStableFunc(all, func(a, b Missed) int {
		return cmp.Compare(slices.Index(missedOrder, a.What), slices.Index(missedOrder, b.What))
	})
	return all
}
