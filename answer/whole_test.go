package answer

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"footnote/answer/annotate"
)

// whole goes over all articles for every list. It is how lists came about before
// there were marks, and what they are held against.
type whole struct{ *Library }

func (l whole) articles(article string) []*annotate.Doc {
	var docs []*annotate.Doc
	for i := range l.size() {
		if p := sure(l.doc(i)); article == "" || p.Article.ID == article {
			docs = append(docs, p)
		}
	}
	return docs
}

func (l whole) Speakers(article string) []Speaker {
	var all []Speaker
	bySaid := func(a, b Speaker) int { return cmp.Compare(b.Statements, a.Statements) }
	for _, p := range l.articles(article) {
		at := map[int]int{}
		for _, st := range p.Statements {
			i, ok := at[st.Speaker]
			if !ok {
				i = len(all)
				at[st.Speaker] = i
				all = append(all, Speaker{Name: p.Entities[st.Speaker].Name, Lower: strings.ToLower(p.Entities[st.Speaker].Name)})
			}
			all[i].Statements++
		}
	}
	slices.SortStableFunc(all, bySaid)
	var speakers []Speaker
	at := map[string]int{}
	for _, s := range all {
		if i, ok := at[s.Name]; ok {
			speakers[i].Statements += s.Statements
			continue
		}
		at[s.Name] = len(speakers)
		speakers = append(speakers, s)
	}
	slices.SortStableFunc(speakers, bySaid)
	return speakers
}

func (l whole) Said(speaker, about, article string) []Statement {
	var said []Statement
	who, matter := l.partyAsked(speaker), sure(l.matterAsked(about))
	for _, p := range l.articles(article) {
		said = append(said, l.statements(p, who, matter)...)
	}
	return said
}

func (l whole) AllFigures(article string) []Figure {
	var figures []Figure
	for _, p := range l.articles(article) {
		for _, f := range p.Figures {
			if !f.Score {
				figures = append(figures, l.figureOf(p, &f))
			}
		}
	}
	return figures
}

func (l whole) Timeline(article string) []Event {
	var events []Event
	for _, p := range l.articles(article) {
		for i := range p.Events {
			events = append(events, event(p, &p.Events[i]))
		}
	}
	slices.SortStableFunc(events, inTime)
	return events
}

func (l whole) Relations(q RelationQuery) []Relation {
	var found []Relation
	for _, p := range l.articles(q.Article) {
		found = append(found, l.relationsIn(p, q.Kind, l.partyKnown(q.Actor), l.partyKnown(q.Target))...)
	}
	return found
}

func (l whole) Disagreements(article string) []Disagreement {
	docs := l.articles("")
	var all []told
	for i, p := range docs {
		for _, t := range tell(p) {
			t.doc = i
			all = append(all, t)
		}
	}
	byTerm := map[string][]int{}
	for i, t := range all {
		for _, term := range t.terms {
			byTerm[term] = append(byTerm[term], i)
		}
	}
	var found []Disagreement
	for i := range all {
		var others []int
		for _, term := range all[i].terms {
			if len(byTerm[term]) > maxShared {
				continue
			}
			for _, k := range byTerm[term] {
				if k > i && all[k].doc != all[i].doc && !slices.Contains(others, k) {
					others = append(others, k)
				}
			}
		}
		slices.Sort(others)
		for _, k := range others {
			a, b := &all[i], &all[k]
			p, q := docs[a.doc], docs[b.doc]
			days := p.Article.Published.Sub(q.Article.Published).Abs().Hours() / 24
			if common(a.names, b.names) < sharedNames && (commonNames(p, q) < sharedTitles || days > oneTime) {
				continue
			}
			if d, ok := differ(p, a, q, b); ok {
				found = append(found, d)
				break
			}
		}
	}
	slices.SortStableFunc(found, inOrder)
	var of []Disagreement
	for _, d := range found {
		if article == "" || d.A.Article == article || d.B.Article == article {
			of = append(of, d)
		}
	}
	return of
}

// FindShort returns the ids of the answers that a short id begins.
func (l whole) FindShort(begin, article string) []string {
	type entry struct{ sum, id string }
	var table []entry
	for _, p := range l.articles(article) {
		for k := range p.Sentences {
			if sum := digest(p.Article.Quote(p.Sentences[k].Span)); strings.HasPrefix(sum, begin) {
				table = append(table, entry{sum, l.again(p, k).ID})
			}
		}
	}
	slices.SortStableFunc(table, func(a, b entry) int { return cmp.Compare(a.sum, b.sum) })
	var ids []string
	for _, e := range table {
		ids = append(ids, e.id)
	}
	return ids
}

// sections gives the passages that hold each number of a clause, an item or a
// version, and for "2.3." those of its parts, where none has that very number.
func (l whole) sections() map[string][]int {
	at := map[string][]int{}
	for d, p := range l.articles("") {
		for i := range p.Sentences {
			label := p.Sentences[i].Label
			if label == "" {
				continue
			}
			n := l.first(d) + p.Sentences[i].Passage
			if all := at[label]; len(all) == 0 || all[len(all)-1] != n {
				at[label] = append(all, n)
			}
		}
	}
	own := slices.Sorted(maps.Keys(at))
	short := map[string][]int{}
	for _, label := range own {
		for i := strings.LastIndexByte(label, '.'); i > 0; i = strings.LastIndexByte(label[:i], '.') {
			if part := label[:i]; len(at[part]) == 0 && len(at[part+".0"]) == 0 {
				short[part] = slices.Concat(short[part], at[label])
			} else if label[i:] == ".0" && len(at[part]) == 0 {
				short[part] = slices.Clone(at[label])
			}
		}
	}
	for part, passages := range short {
		slices.Sort(passages)
		at[part+"."] = slices.Compact(passages)
	}
	return at
}

// elsewhere reports whether any article has what is looked for.
func (l whole) elsewhere(has func(p *annotate.Doc) bool) bool {
	return slices.ContainsFunc(l.articles(""), has)
}
