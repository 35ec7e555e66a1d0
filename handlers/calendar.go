package handlers

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"footnote/answer"
)

// dates writes a resolved date, "25 September 2019", "September 2019" or
// "2019", or a span of time, "2011 to 2014".
func (w *words) dates(from, to answer.Date) string {
	if to == from || to == (answer.Date{}) {
		return w.date(from)
	}
	return fmt.Sprintf(w.DateSpan, w.date(from), w.date(to))
}

// date writes no more of a date than it tells.
func (w *words) date(d answer.Date) string {
	switch {
	case d.Month < 1 || d.Month > 12:
		return fmt.Sprintf(w.Year, d.Year)
	case d.Day == 0:
		return fmt.Sprintf(w.Month, w.MonthsAlone[d.Month-1], d.Year)
	}
	return w.day(time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC))
}

// dated writes what package answer gives as 2019-09-25, 2019-09, 2019 or
// 2011/2014; what is none of these stays as it is.
func (w *words) dated(s string) string {
	first, last, span := strings.Cut(s, "/")
	from, ok := readDate(first)
	to := from
	if span && ok {
		to, ok = readDate(last)
	}
	if !ok {
		return excerpt(s, maxPhrase)
	}
	return w.dates(from, to)
}

func readDate(s string) (d answer.Date, ok bool) {
	parts := strings.Split(s, "-")
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || i > 2 {
			return d, false
		}
		*[]*int{&d.Year, &d.Month, &d.Day}[i] = n
	}
	return d, true
}
