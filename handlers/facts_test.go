package handlers

import (
	"context"
	"slices"
	"strings"

	"footnote/answer"
	"footnote/corpus"
)

// told are facts that a test brings itself.
type told struct {
	speakers      []tells
	statements    []answer.Statement
	figures       []answer.Figure
	events        []answer.Event
	disagreements []answer.Disagreement
	relations     []answer.Relation
	lib           *answer.Library
}

// tells is somebody who speaks in an article.
type tells struct {
	name, article string
	statements    int
}

func (f *told) Speakers(_ context.Context, article string) ([]answer.Speaker, error) {
	var list []answer.Speaker
	for _, s := range f.speakers {
		i := slices.IndexFunc(list, func(l answer.Speaker) bool { return l.Name == s.name })
		switch {
		case article != "" && s.article != article:
		case i >= 0:
			list[i].Statements += s.statements
		default:
			list = append(list, answer.Speaker{Name: s.name, Lower: strings.ToLower(s.name), Statements: s.statements})
		}
	}
	slices.SortStableFunc(list, func(a, b answer.Speaker) int { return b.Statements - a.Statements })
	return list, nil
}

func (f *told) LikelySpeakers(ctx context.Context, article string) ([]answer.Speaker, error) {
	return f.Speakers(ctx, article)
}

func (f *told) Said(_ context.Context, speaker, about, article string, limit int) (answer.List[answer.Statement], error) {
	return beginning(where(f.statements, func(s answer.Statement) bool {
		return (article == "" || s.Article == article) && holds(s.Speaker, speaker) &&
			holds(sure(f.lib.Article(s.Article)).Quote(s.Sentence), about)
	}), limit, func(s answer.Statement) string { return s.Article })
}

func (f *told) Figures(_ context.Context, article string, kinds []string) ([]answer.Figure, error) {
	return where(f.figures, func(g answer.Figure) bool { return g.Article == article && holds(strings.Join(kinds, " "), g.Kind) }), nil
}

func (f *told) AllFigures(_ context.Context, article string, _ int) (answer.List[answer.Figure], error) {
	all := where(f.figures, func(g answer.Figure) bool { return article == "" || g.Article == article })
	for i := range all {
		all[i].Kind = ""
	}
	return beginning(all, len(all), func(g answer.Figure) string { return g.Article })
}

func (f *told) Timeline(_ context.Context, article string, limit int) (answer.List[answer.Event], error) {
	return beginning(where(f.events, func(e answer.Event) bool { return article == "" || e.Article == article }), limit,
		func(e answer.Event) string { return e.Article })
}

func (f *told) Disagreements(_ context.Context, article string, limit int) (answer.List[answer.Disagreement], error) {
	return beginning(where(f.disagreements, func(d answer.Disagreement) bool {
		return article == "" || d.A.Article == article || d.B.Article == article
	}), limit, func(d answer.Disagreement) string { return d.A.Article })
}

func (f *told) Relations(_ context.Context, q answer.RelationQuery) ([]answer.Relation, error) {
	return where(f.relations, func(r answer.Relation) bool {
		return r.Article == q.Article && r.Kind == q.Kind && holds(r.Actor, q.Actor) && holds(r.Target, q.Target)
	}), nil
}

// beginning is the beginning of a list.
func beginning[T any](all []T, limit int, article func(T) string) (answer.List[T], error) {
	in := map[string]bool{}
	for _, v := range all {
		in[article(v)] = true
	}
	return answer.List[T]{Entries: all[:min(len(all), limit)], Total: len(all), Articles: len(in)}, nil
}

func holds(s, part string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(part)) }

func where[T any](all []T, want func(T) bool) []T {
	var list []T
	for _, v := range all {
		if want(v) {
			list = append(list, v)
		}
	}
	return list
}

// tell gives a bot facts of the test.
func (rig *rig) tell(f *told) *told {
	f.lib = rig.lib
	rig.facts = f
	return f
}

// in is the sentence of an article that holds some words, and where they stand.
func (rig *rig) in(article, words string) (answer.Where, corpus.Span) {
	rig.t.Helper()
	a := sure(rig.lib.Article(article))
	at := strings.Index(a.Text, words)
	for _, p := range a.Passages {
		for _, s := range p.Sentences {
			if at >= s.Start && at < s.End {
				return answer.Where{Article: article, Paragraph: p.Number, Sentence: s.Span}, corpus.Span{Start: at, End: at + len(words)}
			}
		}
	}
	rig.t.Fatalf("no sentence of %s holds %q", article, words)
	return answer.Where{}, corpus.Span{}
}

// sentence is where the sentence stands that holds some words.
func (rig *rig) sentence(article, words string) answer.Where {
	rig.t.Helper()
	w, _ := rig.in(article, words)
	return w
}

// figure is a figure of an article: number and what it counts, side by side.
func (rig *rig) figure(article, kind, number, counts string) answer.Figure {
	rig.t.Helper()
	whole := strings.TrimSpace(number + " " + counts)
	w, span := rig.in(article, whole)
	f := answer.Figure{Where: w, Kind: kind, Span: span, Number: corpus.Span{Start: span.Start, End: span.Start + len(number)}}
	if counts != "" {
		f.Counts = corpus.Span{Start: span.End - len(counts), End: span.End}
	}
	return f
}

// ferryFacts are facts of the articles of testdata/library.
func ferryFacts(rig *rig) *told {
	const ferry, barley = "lake-ferry", "barley-harvest"
	say := func(article, who, words string, direct bool) answer.Statement {
		return answer.Statement{Where: rig.sentence(article, words), Speaker: who, Direct: direct}
	}
	event := func(words, near string, from, to answer.Date) answer.Event {
		w, at := rig.in(ferry, near)
		at.End = at.Start + len(words)
		return answer.Event{Where: w, Words: at, From: from, To: to}
	}
	relate := func(kind answer.RelationKind, actor, target, words string) answer.Relation {
		w, a := rig.in(ferry, words)
		t := corpus.Span{Start: a.End - len(target), End: a.End}
		a.End = a.Start + len(actor)
		return answer.Relation{Where: w, Kind: kind, Actor: actor, Target: target, ActorAt: a, TargetAt: t}
	}
	injured := rig.figure(ferry, "injured", "at least 31", "people")
	injured.SaidBy, injured.AsOf = "the lake's coastguard", "2019-06-11"
	f := &told{
		speakers: []tells{
			{"Lake Varn Harbour Authority", ferry, 2},
			{"the growers' union", barley, 1},
			{"Varn Lines", ferry, 1},
			{"the growers' union", "archive/note", 4},
		},
		statements: []answer.Statement{
			say(barley, "the growers' union", "blames a dry spring", false),
			say(barley, "the growers' union", "had broken its word", false),
			say(ferry, "Lake Varn Harbour Authority", "The captain was told", true),
			say(ferry, "Lake Varn Harbour Authority", "He did not wait", true),
			say(ferry, "Varn Lines", "denied that the captain", false),
			say(ferry, "Lake Varn Harbour Authority", "has asked for a lighthouse", false),
		},
		figures: []answer.Figure{
			rig.figure(barley, "tonnes", "40,000", "tonnes"),
			rig.figure(ferry, "passengers", "214", "passengers"),
			injured,
			rig.figure(ferry, "rescued", "some 180", "others"),
		},
		events: []answer.Event{
			event("in 1987", "in 1987", answer.Date{Year: 1987}, answer.Date{Year: 2004}),
			event("Tuesday", "Tuesday", answer.Date{Year: 2019, Month: 6, Day: 11}, answer.Date{Year: 2019, Month: 6, Day: 11}),
			event("later this year", "later this year", answer.Date{Year: 2019, Month: 12}, answer.Date{}),
		},
		relations: []answer.Relation{
			relate(answer.Leads, "Varn Lines", "the northern line", "Varn Lines runs the northern line"),
			relate(answer.Leads, "Ostrel Boats", "the southern line", "Ostrel Boats runs the southern line"),
		},
	}
	return rig.tell(f)
}

var _ facts = (*told)(nil)
var _ facts = (*answer.Library)(nil)

// headersOf are the headers of articles.
func headersOf(articles []*corpus.Article) []corpus.Header {
	var list []corpus.Header
	for _, a := range articles {
		list = append(list, a.Header())
	}
	return list
}
