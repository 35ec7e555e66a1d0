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
}

// events finds the words of date of every sentence that can be put on a
// calendar: a day, a month or a year, resolved from the day of publication
// where it must be. What cannot be dated is left out.
func (p *Doc) events(w *words.Words) []Event {
	d := dater{p: p, w: w, day: p.Article.Published}
	var events []Event
	for i := range p.Sentences {
		s := &p.Sentences[i]
		for k := 0; k < len(s.Tokens); k++ {
			if !s.Tokens[k].Class.Is(Number|Year|Month|Weekday) && !dateWords[p.Word(s.Tokens[k])] {
				continue
			}
			d.first = k
			last, from, to := d.at(s, k)
			if last < 0 {
				continue
			}
			if from.Year == 0 {
				k = last
				continue
			}
			if len(s.Tokens) == last-k+1 {
				break // a bare date tells nothing
			}
			events = append(events, Event{Sentence: i, First: k, Last: last, From: from, To: to})
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
	for _, read := range []func(*Sentence, int) (int, Date, Date){d.iso, d.dayMonth, d.monthDay, d.month, d.years, d.weekday, d.relative, d.ago} {
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
// comma between.
func (d *dater) near(s *Sentence, k int) bool {
	if k+1 >= len(s.Tokens) {
		return false
	}
	gap := d.p.Gap(s.Tokens[k], s.Tokens[k+1])
	return gap == " " || gap == ", " || gap == "\u00a0"
}

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

// iso reads 2019-09-25.
func (d *dater) iso(s *Sentence, k int) (int, Date, Date) {
	if d.year(s, k) == 0 || k+2 >= len(s.Tokens) || d.p.Gap(s.Tokens[k], s.Tokens[k+1]) != "-" || d.p.Gap(s.Tokens[k+1], s.Tokens[k+2]) != "-" {
		return -1, Date{}, Date{}
	}
	date := Date{d.year(s, k), d.number(s, k+1, 12), d.number(s, k+2, 31)}
	if date.Month == 0 || date.Day == 0 {
		return -1, Date{}, Date{}
	}
	if !date.exists() {
		return k + 2, Date{}, Date{}
	}
	return k + 2, date, date
}

// dayMonth reads 25 September, 25 September 2019 and 10–12 August.
func (d *dater) dayMonth(s *Sentence, k int) (int, Date, Date) {
	none := Date{}
	day := d.number(s, k, 31)
	if day == 0 {
		return -1, none, none
	}
	until, m := day, k+1
	if end := d.number(s, k+1, 31); end > day && d.ranged(s, k) {
		until, m = end, k+2
	}
	if d.word(s, m) == "of" { // the 25th of September
		m++
	}
	month := d.monthAt(s, m)
	if month == 0 || !d.near(s, m-1) {
		return -1, none, none
	}
	return d.days(s, m, month, day, until)
}

// monthDay reads September 25, September 25, 2019 and August 10-12.
func (d *dater) monthDay(s *Sentence, k int) (int, Date, Date) {
	none := Date{}
	month := d.monthAt(s, k)
	if month == 0 || !d.near(s, k) {
		return -1, none, none
	}
	day := d.number(s, k+1, 31)
	if day == 0 {
		return -1, none, none
	}
	last, until := k+1, day
	if end := d.number(s, k+2, 31); end > day && d.ranged(s, k+1) {
		last, until = k+2, end
	}
	return d.days(s, last, month, day, until)
}

// days finishes days of a month, of which last is the last token: it finds their
// year. A day that no calendar has is no date, though its words are used up.
func (d *dater) days(s *Sentence, last, month, day, until int) (int, Date, Date) {
	year, last := d.yearOf(s, last, month, true)
	if year < 0 {
		return last, Date{}, Date{}
	}
	from := Date{year, month, day}
	if year == 0 {
		if !(Date{leapYear, month, until}).exists() {
			return last, Date{}, Date{}
		}
		if from = d.complete(s, from); from.Year == 0 {
			return -1, Date{}, Date{}
		}
	}
	to := Date{from.Year, month, until}
	if !from.exists() || !to.exists() {
		return last, Date{}, Date{}
	}
	return last, from, to
}

// leapYear is any year that has all days.
const leapYear = 2000

// exists reports whether a calendar has the day.
func (d Date) exists() bool { return dayOf(d.First()) == d }

// yearOf returns the year of a month or day that ends at token last, and the last
// token with it: behind it, at the end of a range that it begins, or earlier in
// the sentence. It is 0 where none is told and -1 where it is one that the
// sentence does not name.
func (d *dater) yearOf(s *Sentence, last, month int, day bool) (year, end int) {
	if year, end := d.yearBehind(s, last); year > 0 {
		return year, end
	}
	if year := d.yearOfRange(s, last, month); year > 0 {
		return year, last
	}
	year = d.yearBefore(s, d.first, day)
	if n := d.otherYear(s, last+1); n > 0 { // "in March that year"
		if which := d.word(s, last+n-1); year == 0 || which != "that" && which != "same" {
			return -1, last + n
		}
		return year, last + n
	}
	return year, last
}

// yearBehind reads the year right behind token last, "May 2015", "May of 2015".
func (d *dater) yearBehind(s *Sentence, last int) (year, end int) {
	if d.near(s, last) {
		if year := d.year(s, last+1); year > 0 {
			return year, last + 1
		}
		if year := d.year(s, last+2); year > 0 && d.word(s, last+1) == "of" {
			return year, last + 2
		}
	}
	return 0, last
}

// yearOfRange returns the year of a month or day that ends at token last where
// only the end of a range or list names it: "28 April to 3 May 2015". What begins
// in a later month than it ends began the year before.
func (d *dater) yearOfRange(s *Sentence, last, month int) int {
	const most = 3 // "in April, May, June and July 2015"
	over := 0
	for range most {
		switch joint := d.word(s, last+1); {
		case joint == "and", joint == "to", joint == "or", joint == "until", joint == "till", joint == "through":
			last += 2
		case last+1 < len(s.Tokens) && (d.ranged(s, last) || d.near(s, last)):
			last++
		default:
			return 0
		}
		if d.number(s, last, 31) > 0 {
			last++
		}
		end := d.monthAt(s, last)
		if end == 0 {
			return 0
		}
		if d.near(s, last) && d.number(s, last+1, 31) > 0 {
			last++
		}
		if end < month {
			over++
		}
		month = end
		if year, _ := d.yearBehind(s, last); year > 0 {
			return year - over
		}
	}
	return 0
}

// otherYear returns how many tokens from k on stand for a year that the sentence
// need not name: "that year", "the following year".
func (d *dater) otherYear(s *Sentence, k int) int {
	n := 0
	if d.word(s, k) == "of" {
		n++
	}
	if d.word(s, k+n) == "the" {
		n++
	}
	switch d.word(s, k+n) {
	case "that", "same", "following", "previous", "preceding":
		if d.word(s, k+n+1) == "year" {
			return n + 2
		}
	}
	return 0
}

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

// yearBefore returns the year that stands shortly before token k, "in 2022, and
// in November", or opens the sentence, "In 2022"; 0 where none does. A day takes
// it over function words alone: "elected in 2015, he left on 3 May" tells of two.
func (d *dater) yearBefore(s *Sentence, k int, day bool) int {
	for i := k - 1; i >= 0 && i >= k-5; i-- {
		if year := d.year(s, i); year > 0 && d.word(s, i-1) != "since" {
			return year
		}
		if day && !d.has(s, i, Stop) {
			break
		}
	}
	if k <= farAhead && d.word(s, 0) == "in" {
		return d.year(s, 1)
	}
	return 0
}

// turns are words that stand between a preposition and a time.
var turns = words.Set(`early late earlier later mid last next this`)

// years reads 2011, 2011–2014, from 2011 to 2014 and between 2011 and 2014.
func (d *dater) years(s *Sentence, k int) (int, Date, Date) {
	year := d.year(s, k)
	if year == 0 || d.inCompound(s, k) {
		return -1, Date{}, Date{}
	}
	from := Date{Year: year}
	if end := d.year(s, k+1); end > year && d.ranged(s, k) {
		return k + 1, from, Date{Year: end}
	}
	joint := d.word(s, k+1)
	if end := d.year(s, k+2); end > year && (d.word(s, k-1) == "from" && (joint == "to" || joint == "until") || d.word(s, k-1) == "between" && joint == "and") {
		return k + 2, from, Date{Year: end}
	}
	return k, from, from
}

// inCompound reports whether a year is part of a word with a hyphen, or counts
// what follows it: "2019-nCoV".
func (d *dater) inCompound(s *Sentence, k int) bool {
	return k > 0 && strings.HasSuffix(d.p.Gap(s.Tokens[k-1], s.Tokens[k]), "-") && !d.has(s, k-1, Year)
}

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
