package answer

import (
	"cmp"
	"context"
	"slices"

	"footnote/answer/annotate"
	"footnote/corpus"
	"footnote/index"
)

// Date is a day, a month or a year: Day, and Month with it, are 0 where they
// are not told.
type Date = annotate.Date

// Event is a sentence that tells of something which happened, or is planned, at
// a time that can be put on a calendar.
type Event struct {
	Where
	Words corpus.Span // how the article dates it: "Wednesday", "In April"
	From  Date        // resolved from the day of publication where it must be
	To    Date        // the end of a span of time; From where there is none
}

// Dated returns the resolved date as 2019-09-25, 2019-04 or 2011, and a span of
// time as 2011/2014.
func (e Event) Dated() string {
	if e.To != e.From {
		return e.From.String() + "/" + e.To.String()
	}
	return e.From.String()
}

// Timeline lists the dated events of the article, or of all articles when it
// is "", the earliest first. What cannot be dated is left out. At most limit are
// listed; 0 for all.
func (l *Library) Timeline(ctx context.Context, article string, limit int) (List[Event], error) {
	if article != "" {
		return ofArticle(l, article, limit, func(p *annotate.Doc) []Event {
			var events []Event
			for i := range p.Events {
				events = append(events, event(p, &p.Events[i]))
			}
			slices.SortStableFunc(events, inTime)
			return events
		})
	}
	return keep(ctx, l, listed{kind: "timeline", limit: limit}, func() (List[Event], error) { return l.timeline(ctx, limit) })
}

// inTime puts events in their order.
func inTime(a, b Event) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) }

// event is the public form of an event of an article.
func event(p *annotate.Doc, e *annotate.Event) Event {
	s := &p.Sentences[e.Sentence]
	return Event{Where: where(p, s), Words: p.WordsOf(s, e.First, e.Last), From: e.From, To: e.To}
}

// timeline reads the marks of dates, which are in the order of time, and opens the
// articles of the first ones.
func (l *Library) timeline(ctx context.Context, limit int) (List[Event], error) {
	var list List[Event]
	var here []index.Place // that bear dates of one order
	var order string
	end := func() error {
		slices.SortFunc(here, func(a, b index.Place) int { return cmp.Compare(a.Number, b.Number) })
		for i, at := range here {
			if i > 0 && here[i-1].Number == at.Number {
				continue // of the same order in other words: 2019 and January 2019
			}
			if limit > 0 && len(list.Entries) >= limit {
				break
			}
			doc, passage := l.passageAt(at.Number)
			p, err := l.doc(doc)
			if err != nil {
				return err
			}
			for k := range p.Events {
				if e := &p.Events[k]; p.Sentences[e.Sentence].Passage == passage && eventMark(e)[:eventOrder] == order {
					list.Entries = append(list.Entries, event(p, e))
				}
			}
		}
		return ctx.Err()
	}
	for m, err := range l.articles.Index().Marks(ctx, markEvent, "") {
		if err != nil {
			return list, err
		}
		if now := m.Term[:min(len(m.Term), eventOrder)]; now != order {
			if err := end(); err != nil {
				return list, err
			}
			if limit > 0 && len(list.Entries) >= limit {
				here = nil
				break
			}
			here, order = nil, now
		}
		places, err := l.articles.Index().Marked(ctx, markEvent, m.Term)
		if err != nil {
			return list, err
		}
		here = append(here, places...)
	}
	if err := end(); err != nil {
		return list, err
	}
	if limit > 0 && len(list.Entries) > limit {
		list.Entries = list.Entries[:limit]
	}
	dated, err := l.articles.Index().Marked(ctx, markTime, anyMark)
	list.Total, list.Articles = countOf(dated), l.articlesOf(numbers(dated))
	return list, err
}

// where tells where a sentence stands.
func where(p *annotate.Doc, s *annotate.Sentence) Where {
	return Where{Article: p.Article.ID, Paragraph: s.Passage + 1, Sentence: s.Span}
}
