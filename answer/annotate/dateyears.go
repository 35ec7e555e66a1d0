package annotate

import (
	"slices"
	"strings"

	"footnote/answer/words"
)

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

// years reads 2011, 2011–2014, from 2011 to 2014 and between 2011 and 2014.
func (d *dater) years(s *Sentence, k int) (int, Date, Date) {
	year := d.year(s, k)
	if year == 0 || d.inCompound(s, k) || d.modelYear(s, k) {
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

// modelYear reports whether the year at token k tells of which make a thing is,
// "the 2020 Sentra": names follow it, and no word for what happens.
func (d *dater) modelYear(s *Sentence, k int) bool {
	before := d.word(s, k-1)
	if !makes[before] {
		return false
	}
	last := k
	for last+1 < len(s.Tokens) && d.has(s, last+1, Capital) && d.p.Gap(s.Tokens[last], s.Tokens[last+1]) == " " && !d.has(s, last+1, Month|Weekday) {
		last++
	}
	if last == k {
		return false
	}
	if next := last + 1; next < len(s.Tokens) && d.p.Gap(s.Tokens[last], s.Tokens[next]) == " " && !d.has(s, next, Stop) && !d.past(s, next) && !slices.Contains(d.w.Kinds(d.w.Lemma(d.word(s, next))), "vehicle") {
		if word := d.word(s, next); !strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ly") || slices.Contains(d.w.Kinds(d.w.Lemma(word)), "event") {
			return false // "the 2014 Ebola outbreak"
		}
	}
	if slices.Contains(d.w.Kinds(d.word(s, k+1)), "carmaker") {
		return true
	}
	for i := k + 1; i <= last; i++ {
		word := d.word(s, i)
		if d.w.Common(word) && before != "a" && before != "an" || d.has(s, i, Acronym) || len(d.w.Places(word)) > 0 {
			return false // "the 2012 Games", "the 2019 Paris treaty"
		}
	}
	return true
}

// makes are words before the year of a make.
var makes = words.Set(`the a an his her its their my our your new old latest updated redesigned used`)

// inCompound reports whether a year is part of a word with a hyphen, or counts
// what follows it: "2019-nCoV".
func (d *dater) inCompound(s *Sentence, k int) bool {
	return k > 0 && strings.HasSuffix(d.p.Gap(s.Tokens[k-1], s.Tokens[k]), "-") && !d.has(s, k-1, Year)
}
