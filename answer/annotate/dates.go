package annotate

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"footnote/answer/words"
)

// Date is a day, a month or a year: Day, and Month with it, are 0 where they
// are not told. The zero Date is none.
type Date struct {
	Year, Month, Day int
}

// String writes the date as 2019-09-25, 2019-04 or 2011; "" for none.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compare returns -1, 0 or 1 as d begins before, with or after e.
func (d Date) Compare(e Date) int {
	return d.First().Compare(e.First())
}

// First returns the first day of the date.
func (d Date) First() time.Time {
	return time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

func dayOf(t time.Time) Date { return Date{t.Year(), int(t.Month()), t.Day()} }

// Event is words of a sentence that date what it tells.
type Event struct {
	Sentence    int // position in Doc.Sentences
	First, Last int // tokens of the words of date
	From, To    Date
}

// dater finds and resolves words of date in the sentences of one article.
type dater struct {
	p     *Doc
	w     *words.Words
	day   time.Time // of publication; zero where the article is undated
	first int       // token at which the words at hand begin
	also  []Date    // days of a list that the words at hand name besides: 10 of "10 and 11 May"
	order order     // of day and month in the article's dates of digits
}

// events finds the words of date of every sentence that can be put on a
// calendar: a day, a month or a year, resolved from the day of publication
// where it must be. What cannot be dated is left out.
func (p *Doc) events(w *words.Words) []Event {
	d := dater{p: p, w: w, day: p.Article.Published}
	d.order = d.findOrder()
	var events []Event
	for i := range p.Sentences {
		s := &p.Sentences[i]
		for k := 0; k < len(s.Tokens); k++ {
			if !s.Tokens[k].Class.Is(Number|Year|Month|Weekday) && !dateWords[p.Word(s.Tokens[k])] {
				continue
			}
			d.first, d.also = k, d.also[:0]
			last, from, to := d.at(s, k)
			if last < 0 {
				continue
			}
			if from.Year == 0 {
				k = last
				continue
			}
			first, last := d.whole(s, k, last)
			if len(s.Tokens) == last-first+1 {
				break // a bare date tells nothing
			}
			for _, day := range d.also {
				events = append(events, Event{Sentence: i, First: first, Last: last, From: day, To: day})
			}
			events = append(events, Event{Sentence: i, First: first, Last: last, From: from, To: to})
			k = last
		}
	}
	return events
}

// dateWords are words that relative dates begin with, besides numbers and names
// of days and months.
var dateWords = words.Set(`today tonight yesterday tomorrow this last next year a an`)

// at reads words of date that begin at token k. It returns the last of their
// tokens, -1 where there are none or they cannot be resolved.
func (d *dater) at(s *Sentence, k int) (last int, from, to Date) {
	for _, read := range []func(*Sentence, int) (int, Date, Date){d.digits, d.dayMonth, d.monthDay, d.month, d.years, d.weekday, d.relative, d.ago} {
		if last, from, to = read(s, k); last >= 0 {
			return last, from, to
		}
	}
	return -1, Date{}, Date{}
}

// Shorthands over tokens; what lies outside the sentence is empty.

func (d *dater) word(s *Sentence, k int) string {
	if k < 0 || k >= len(s.Tokens) {
		return ""
	}
	return d.p.Word(s.Tokens[k])
}

func (d *dater) has(s *Sentence, k int, c Class) bool {
	return k >= 0 && k < len(s.Tokens) && s.Tokens[k].Class.Is(c)
}

// near reports whether token k+1 follows token k with nothing but a space or a
// comma between, and a point where k is short for a month or a day: "Sept. 11".
func (d *dater) near(s *Sentence, k int) bool {
	if k < 0 || k+1 >= len(s.Tokens) {
		return false
	}
	gap := d.p.Gap(s.Tokens[k], s.Tokens[k+1])
	if d.has(s, k, Month|Weekday) || shortDays[d.word(s, k)] {
		gap = strings.TrimPrefix(gap, ".")
	}
	return gap == " " || gap == ", " || gap == "\u00a0" || gap == ",\u00a0"
}

// shortDays are days of the week that are not always short for one.
var shortDays = words.Set(`mon tue wed thu fri sat sun`)

// number returns the number in digits at token k, "1st" and "22nd" too.
func (d *dater) number(s *Sentence, k, most int) int {
	word := d.word(s, k)
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		word = strings.TrimSuffix(word, ending)
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 1 || n > most || len(word) > 2 {
		return 0
	}
	return n
}

func (d *dater) year(s *Sentence, k int) int {
	if !d.has(s, k, Year) || d.has(s, k, Named) && !d.has(s, k-1, Month) {
		return 0
	}
	switch d.word(s, k+1) {
	case "bc", "bce", "b.c", "b.c.e":
		return 0
	}
	n, _ := strconv.Atoi(d.word(s, k)) // a decade, 1990s, is none
	return n
}

func (d *dater) monthAt(s *Sentence, k int) int {
	if !d.has(s, k, Month) || d.word(s, k) == "second" {
		return 0
	}
	m, _ := d.w.Date(d.word(s, k))
	return int(m.Month)
}

// dayMonth reads 25 September, 25 September 2019, 10–12 August, 3 to 5 March and
// 10 and 11 May.
func (d *dater) dayMonth(s *Sentence, k int) (int, Date, Date) {
	none := Date{}
	day := d.number(s, k, 31)
	if day == 0 {
		return -1, none, none
	}
	list, last := d.further(s, k, day)
	m := last + 1
	if d.word(s, m) == "of" { // the 25th of September
		m++
	}
	month := d.monthAt(s, m)
	if month == 0 || !d.near(s, m-1) && d.p.Gap(s.Tokens[m-1], s.Tokens[m]) != "-" {
		return -1, none, none
	}
	return d.days(s, m, month, list)
}

// monthDay reads September 25, September 25, 2019, August 10-12 and May 10 and 11.
func (d *dater) monthDay(s *Sentence, k int) (int, Date, Date) {
	none := Date{}
	month := d.monthAt(s, k)
	if month == 0 || !d.near(s, k) && (k+1 >= len(s.Tokens) || d.p.Gap(s.Tokens[k], s.Tokens[k+1]) != "-") {
		return -1, none, none
	}
	day := d.number(s, k+1, 31)
	if day == 0 {
		return -1, none, none
	}
	list, last := d.further(s, k+1, day)
	if d.monthAt(s, last+1) > 0 && d.near(s, last) && last > k+1 { // "May 3 and 4 June"
		list, last = []int{day}, k+1
	}
	return d.days(s, last, month, list)
}

// further reads the days that are told together with the day at token k: the end
// of a range, which stands in the list as its negative, or of a list. It returns
// them and the last of their tokens.
func (d *dater) further(s *Sentence, k, day int) (list []int, last int) {
	list, last = []int{day}, k
	before := d.word(s, k-1)
	for last+1 < len(s.Tokens) {
		next, joint := d.number(s, last+1, 31), d.word(s, last+1)
		switch {
		case next > day && d.ranged(s, last) && d.p.Gap(s.Tokens[last], s.Tokens[last+1]) != "/":
			return append(list, -next), last + 1
		case next > day && (d.ranged(s, last) || d.p.Gap(s.Tokens[last], s.Tokens[last+1]) == ", "):
			list, last, day = append(list, next), last+1, next
			continue
		}
		next = d.number(s, last+2, 31)
		if next <= day || d.counted(s, last+2) {
			break
		}
		switch {
		case joint == "to", joint == "until", joint == "till", joint == "through", before == "between" && joint == "and":
			return append(list, -next), last + 2
		case joint == "and", joint == "or":
			list, last, day = append(list, next), last+2, next
			continue
		}
		break
	}
	if len(list) > 1 && d.counted(s, last) { // "May 3, 12 boats sank"
		return list[:1], k
	}
	return list, last
}

// counted reports whether the number at token k counts what stands behind it
// rather than the days of a month: "on May 3 and 12 boats sank".
func (d *dater) counted(s *Sentence, k int) bool {
	if k+1 >= len(s.Tokens) {
		return false
	}
	gap := d.p.Gap(s.Tokens[k], s.Tokens[k+1])
	return strings.TrimSpace(gap) == "" && gap != "" && !s.Tokens[k+1].Class.Is(Stop|Month|Year|Weekday|Number) || strings.HasPrefix(gap, "%")
}

// days finishes days of a month, of which last is the last token: it finds their
// year. A day that no calendar has is no date, though its words are used up.
func (d *dater) days(s *Sentence, last, month int, list []int) (int, Date, Date) {
	year, last := d.yearOf(s, last, month, true)
	if year < 0 {
		return last, Date{}, Date{}
	}
	from := Date{year, month, list[0]}
	if year == 0 {
		for _, day := range list {
			if !(Date{leapYear, month, max(day, -day)}).exists() {
				return last, Date{}, Date{}
			}
		}
		if from = d.complete(s, from); from.Year == 0 {
			return -1, Date{}, Date{}
		}
	}
	for n, day := range list {
		date := Date{from.Year, month, max(day, -day)}
		switch {
		case !date.exists():
			d.also = nil
			return last, Date{}, Date{}
		case day < 0:
			return last, from, date
		case n+1 < len(list) && list[n+1] < 0:
			from = date
		case n+1 < len(list):
			d.also = append(d.also, date)
		default:
			return last, date, date
		}
	}
	return -1, Date{}, Date{} // unreachable: a list has a day
}

// leapYear is any year that has all days.
const leapYear = 2000

// exists reports whether a calendar has the day.
func (d Date) exists() bool { return dayOf(d.First()) == d }

// month reads April 2015 and April.
func (d *dater) month(s *Sentence, k int) (int, Date, Date) {
	month := d.monthAt(s, k)
	if month == 0 || d.has(s, k, Named) {
		return -1, Date{}, Date{}
	}
	if d.near(s, k) && d.number(s, k+1, 31) > 0 {
		return -1, Date{}, Date{} // "April 31"
	}
	year, last := d.yearBehind(s, k)
	if year == 0 {
		year = d.yearOfRange(s, k, month)
	}
	if year == 0 && !Prepositions[d.word(s, k-1)] && !turns[d.word(s, k-1)] && d.otherYear(s, k+1) == 0 {
		return -1, Date{}, Date{} // "a March wind"
	}
	if year == 0 { // "in August next year"
		if end, named, _ := d.relative(s, k+1); end >= 0 && named.Year > 0 && named.Month == 0 {
			last, year = end, named.Year
		}
	}
	if year == 0 {
		year, last = d.yearOf(s, k, month, false)
	}
	if year < 0 {
		return last, Date{}, Date{}
	}
	from := d.complete(s, Date{year, month, 0})
	if from.Year == 0 {
		return -1, Date{}, Date{}
	}
	return last, from, from
}

// turns are words that stand between a preposition and a time.
var turns = words.Set(`early late earlier later mid last next this`)

// ranged reports whether tokens k and k+1 are joined to a range.
func (d *dater) ranged(s *Sentence, k int) bool {
	switch strings.TrimSpace(d.p.Gap(s.Tokens[k], s.Tokens[k+1])) {
	case "-", "–", "—", "/":
		return true
	}
	return false
}

// complete gives a date without a year that of the last such day on or before
// the day of publication, or of the next after it where the sentence tells of
// what is to come. It returns no date where the article is undated.
func (d *dater) complete(s *Sentence, date Date) Date {
	if date.Year > 0 {
		return date
	}
	if d.day.IsZero() {
		return Date{}
	}
	date.Year = d.day.Year()
	today := dayOf(d.day)
	if date.Day == 0 {
		today.Day = 0
	}
	step := -1
	if d.tellsFuture(s) {
		step = 1
	}
	if date.Compare(today) == -step {
		date.Year += step
	}
	for date.Day > 0 && !date.exists() { // 29 February
		date.Year += step
	}
	return date
}
