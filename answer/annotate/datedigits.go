package annotate

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// order is in what order an article writes day and month in digits.
type order int

const (
	unsettled order = iota
	dayFirst
	monthFirst
)

// digits reads dates of digits, and those that name the month between dashes:
// 2019-09-25, 2/29/2024, 15.10.2018, 2019-Feb-21. Of 03/04/2024 it reads the year
// alone where nothing in the article tells which is the month.
func (d *dater) digits(s *Sentence, k int) (int, Date, Date) {
	last, parts, sign := d.written(s, k)
	if last < 0 {
		return -1, Date{}, Date{}
	}
	date, ok := d.ordered(parts, sign)
	switch {
	case !ok:
		return -1, Date{}, Date{}
	case date.Day > 0 && !date.exists():
		return last, Date{}, Date{}
	}
	return last, date, date
}

// written returns the three parts of a date of digits that begins at token k,
// months by name as their number after 'm', and the sign between them.
func (d *dater) written(s *Sentence, k int) (last int, parts []string, sign string) {
	if raw := d.word(s, k); strings.Count(raw, ".") == 2 { // 15.10.2018 is one word
		parts = strings.Split(raw, ".")
		last, sign = k, "."
	} else {
		if k+2 >= len(s.Tokens) || k > 0 && d.joined(s, k-1) {
			return -1, nil, ""
		}
		sign = d.p.Gap(s.Tokens[k], s.Tokens[k+1])
		if sign != "-" && sign != "/" && sign != "." || d.p.Gap(s.Tokens[k+1], s.Tokens[k+2]) != sign {
			return -1, nil, ""
		}
		last = k + 2
		for i := k; i <= last; i++ {
			part := d.word(s, i)
			if m := d.monthAt(s, i); m > 0 {
				part = "m" + strconv.Itoa(m)
			}
			parts = append(parts, part)
		}
		// 2019-09-25T10:00
		parts[2], _, _ = strings.Cut(parts[2], "t")
	}
	if last+1 < len(s.Tokens) && d.joined(s, last) {
		return -1, nil, ""
	}
	return last, parts, sign
}

// joined reports whether the sign of a date stands between tokens k and k+1: a
// number of four parts is no date.
func (d *dater) joined(s *Sentence, k int) bool {
	switch d.p.Gap(s.Tokens[k], s.Tokens[k+1]) {
	case "-", "/", ".":
		r, _ := utf8.DecodeLastRuneInString(d.p.Raw(s.Tokens[k]))
		return unicode.IsDigit(r) && startsWithDigit(d.word(s, k+1))
	}
	return false
}

// ordered makes a date of its three parts, whichever comes first.
func (d *dater) ordered(parts []string, sign string) (Date, bool) {
	small := func(i, most int) int {
		n, err := strconv.Atoi(parts[i])
		if err != nil || n < 1 || n > most || len(parts[i]) > 2 {
			return 0
		}
		return n
	}
	year := func(i int) int {
		if !IsYear(parts[i]) {
			return 0
		}
		n, _ := strconv.Atoi(parts[i])
		return n
	}
	named := func(i int) int {
		n, _ := strconv.Atoi(strings.TrimPrefix(parts[i], "m"))
		if !strings.HasPrefix(parts[i], "m") {
			return 0
		}
		return n
	}
	const months, days = 12, 31
	a, b := small(0, days), small(1, days)
	y := year(2)
	switch {
	case year(0) > 0 && named(1) > 0 && small(2, days) > 0:
		return Date{year(0), named(1), small(2, days)}, true
	case year(0) > 0:
		return Date{year(0), small(1, months), small(2, days)}, small(1, months) > 0 && small(2, days) > 0
	case y == 0:
		return Date{}, false
	case named(1) > 0 && a > 0:
		return Date{y, named(1), a}, true
	case named(0) > 0 && b > 0:
		return Date{y, named(0), b}, true
	case a == 0 || b == 0 || a > months && b > months:
		return Date{}, false
	case a == b, a > months, sign == ".", b <= months && d.order == dayFirst:
		return Date{y, b, a}, b <= months
	case b > months, d.order == monthFirst:
		return Date{y, a, b}, true
	}
	return Date{Year: y}, true
}

// findOrder finds in what order the article writes day and month: by its dates of
// digits that can be read one way only, or else by those that name the month.
// Where it does both, nothing is settled.
func (d *dater) findOrder() order {
	var digits, named [3]int
	for i := range d.p.Sentences {
		s := &d.p.Sentences[i]
		for k := range s.Tokens {
			switch last, parts, sign := d.written(s, k); {
			case last >= 0 && sign != ".":
				a, errA := strconv.Atoi(parts[0])
				b, errB := strconv.Atoi(parts[1])
				switch {
				case errA != nil || errB != nil || !IsYear(parts[2]):
				case a > 12 && b <= 12:
					digits[dayFirst]++
				case b > 12 && a <= 12:
					digits[monthFirst]++
				}
			case d.monthAt(s, k) > 0 && d.near(s, k) && d.number(s, k+1, 31) > 0 && d.number(s, k-1, 31) == 0:
				named[monthFirst]++
			case d.monthAt(s, k) > 0 && k > 0 && d.near(s, k-1) && d.number(s, k-1, 31) > 0:
				named[dayFirst]++
			}
		}
	}
	for _, found := range [][3]int{digits, named} {
		switch {
		case found[dayFirst] > 0 && found[monthFirst] == 0:
			return dayFirst
		case found[monthFirst] > 0 && found[dayFirst] == 0:
			return monthFirst
		case found[dayFirst] > 0:
			return unsettled
		}
	}
	return unsettled
}
