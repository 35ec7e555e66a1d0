package annotate

import (
	"strconv"
	"time"

	"footnote/answer/words"
)

// weekday reads Wednesday, last Friday and next Monday. In news the name of a
// day means the last one on or before the day of publication; with next, or in a
// sentence of what is to come, the first after it.
func (d *dater) weekday(s *Sentence, k int) (int, Date, Date) {
	none := Date{}
	if d.day.IsZero() || !d.has(s, k, Weekday) || d.has(s, k, Named) || !d.has(s, k, Capital) {
		return -1, none, none
	}
	named, ok := d.w.Date(d.word(s, k))
	if !ok || named.Month != 0 || d.repeated(s, k) {
		return -1, none, none
	}
	if d.near(s, k) { // "Thursday, 26 September"
		for _, read := range []func(*Sentence, int) (int, Date, Date){d.dayMonth, d.monthDay} {
			if last, from, to := read(s, k+1); last >= 0 {
				return last, from, to
			}
		}
	}
	if next := d.word(s, k+1); (next == "next" || next == "last") && d.word(s, k+2) == "week" {
		return -1, none, none // whose week ends on a Sunday is not told
	}
	back := (int(d.day.Weekday()) - int(named.Weekday) + 7) % 7
	day := d.day.AddDate(0, 0, -back)
	switch before := d.word(s, k-1); {
	case before == "last" && back == 0:
		day = day.AddDate(0, 0, -7)
	case before == "next" || before != "last" && back > 0 && d.tellsFuture(s):
		day = day.AddDate(0, 0, 7)
	}
	return k, dayOf(day), dayOf(day)
}

// repeated reports whether the name of a day at token k stands for no one day:
// "on a Friday", "every second Monday", "every Monday and Friday".
func (d *dater) repeated(s *Sentence, k int) bool {
	for ; k > 1 && (d.word(s, k-1) == "and" || d.word(s, k-1) == "or") && d.has(s, k-2, Weekday); k -= 2 {
	}
	before := d.word(s, k-1)
	return usual[before] || (before == "second" || before == "other") && usual[d.word(s, k-2)]
}

// usual are words before the name of a day that is no day of the calendar.
var usual = words.Set(`a an every each any most some one average typical normal usual ordinary black good bloody easter palm ash`)

// relative reads today, yesterday, this month, last year and the like. A week,
// a season and "later this year" are no date.
func (d *dater) relative(s *Sentence, k int) (int, Date, Date) {
	none := Date{}
	if d.day.IsZero() {
		return -1, none, none
	}
	day := func(shift, last int) (int, Date, Date) {
		date := dayOf(d.day.AddDate(0, 0, shift))
		return last, date, date
	}
	word, next := d.word(s, k), d.word(s, k+1)
	switch word {
	case "today", "tonight":
		return day(0, k)
	case "yesterday":
		return day(-1, k)
	case "tomorrow":
		return day(1, k)
	case "year":
		if next == "end" && d.word(s, k-1) == "by" {
			date := Date{Year: d.day.Year()}
			return k + 1, date, date
		}
	case "this", "last", "next":
		shift := map[string]int{"this": 0, "last": -1, "next": 1}[word]
		switch next {
		case "morning", "afternoon", "evening":
			if word == "this" {
				return day(0, k+1)
			}
		case "night":
			if word == "last" {
				return day(-1, k+1)
			}
		case "month":
			if d.word(s, k-1) == "later" {
				return -1, none, none
			}
			first := time.Date(d.day.Year(), d.day.Month()+time.Month(shift), 1, 0, 0, 0, 0, time.UTC)
			date := Date{first.Year(), int(first.Month()), 0}
			return k + 1, date, date
		case "year":
			if d.word(s, k-1) == "later" {
				return -1, none, none
			}
			date := Date{Year: d.day.Year() + shift}
			return k + 1, date, date
		}
	}
	return -1, none, none
}

// ago reads "two days ago", "three months ago" and "ten years ago".
func (d *dater) ago(s *Sentence, k int) (int, Date, Date) {
	none := Date{}
	if d.day.IsZero() || d.word(s, k+2) != "ago" {
		return -1, none, none
	}
	n, err := strconv.Atoi(d.word(s, k))
	if err != nil {
		if word := d.word(s, k); word == "a" || word == "an" {
			n = 1
		} else if value, ok := d.w.Number(word); ok && value.Kind == "cardinal" {
			n = int(value.Value)
		}
	}
	if n < 1 || n > 1000 {
		return -1, none, none
	}
	var date Date
	switch d.word(s, k+1) {
	case "day", "days":
		date = dayOf(d.day.AddDate(0, 0, -n))
	case "month", "months":
		first := time.Date(d.day.Year(), d.day.Month()-time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		date = Date{first.Year(), int(first.Month()), 0}
	case "year", "years":
		date = Date{Year: d.day.Year() - n}
	default:
		return -1, none, none
	}
	return k + 2, date, date
}
