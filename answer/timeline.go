package answer

import "footnote/corpus"

// Date is a day, a month or a year: Day, and Month with it, are 0 where they
// are not told.
type Date struct {
	Year, Month, Day int
}

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
func (e Event) Dated() string { return "" }

// Timeline lists the dated events of the article, or of all articles when it
// is "", the earliest first. What cannot be dated is left out.
func (l *Library) Timeline(article string) []Event { return nil }
