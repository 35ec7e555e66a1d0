package answer

import (
	"cmp"
	"context"
	"slices"

	"footnote/answer/annotate"
	"footnote/corpus"
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
	var events []Event
	err := l.each(ctx, article, func(_ int, p *annotate.Doc) {
		for _, e := range p.Events {
			s := &p.Sentences[e.Sentence]
			events = append(events, Event{Where: where(p, s), Words: p.WordsOf(s, e.First, e.Last), From: e.From, To: e.To})
		}
	})
	slices.SortStableFunc(events, func(a, b Event) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) })
	return listOf(events, limit, func(e Event) string { return e.Article }), err
}

// where tells where a sentence stands.
func where(p *annotate.Doc, s *annotate.Sentence) Where {
	return Where{Article: p.Article.ID, Paragraph: s.Passage + 1, Sentence: s.Span}
}
