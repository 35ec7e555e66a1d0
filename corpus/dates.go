package corpus

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// months are the names of the months, from January on, in the languages whose
// datelines are understood. A name is known by its first letters.
var months = strings.Fields(`
	jan|ene|gen|янв|oca|ιαν  feb|fév|fev|фев|şub|φεβ  mar|mär|maa|мар|μαρ|μάρ  apr|avr|abr|nis|апр|απρ
	may|mai|mag|mayo|май|мая|μαΐ|μαι  jun|juin|giu|haz|июн|ιουν  jul|juil|lug|iul|tem|июл|ιουλ  aug|aoû|ago|ağu|авг|αυγ
	sep|set|eyl|сен|σεπ  oct|okt|ott|out|eki|окт|οκτ  nov|kas|ноя|νοε  dec|dez|déc|dic|ara|дек|δεκ`)

var (
	datePrefix = regexp.MustCompile(`^(?i:(?:first )?(?:published|posted|updated|last (?:updated|modified)|date|veröffentlicht|stand|publié|publicado|опубликовано)(?: (?:on|at|am|le|el))?\s*:?\s+)`)
	weekday    = regexp.MustCompile(`^\p{L}{2,12}\.?,\s+`)
	clockTime  = regexp.MustCompile(`[,\s|–—-]*(?i:at\s+|um\s+|à\s+)?\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?i:[ap]\.?m\.?|uhr)?\s*\(?(?i:utc|gmt|bst|cet|cest|e[sd]t|p[sd]t|msk)?(?:[+-]\d{1,2})?\)?\.?$`)
	isoDate    = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})(?:T\S+)?$`)
	dayFirst   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?i:de\s+|of\s+)?(\p{L}{3,12})\.?,?\s+(?i:de\s+|del\s+)?(\d{4})(?:\s*г\.?)?$`)
	monthFirst = regexp.MustCompile(`^(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$`)
)

// dateLine reads a line that is nothing but a date, with or without a weekday,
// a time and a word such as "Published".
func dateLine(s string) (time.Time, bool) {
	s = strings.TrimSpace(datePrefix.ReplaceAllString(s, ""))
	s = clockTime.ReplaceAllString(s, "")
	s = strings.TrimRight(weekday.ReplaceAllString(s, ""), " .")
	var y, m, d string
	if f := isoDate.FindStringSubmatch(s); f != nil {
		y, m, d = f[1], f[2], f[3]
	} else if f := dayFirst.FindStringSubmatch(s); f != nil {
		y, m, d = f[3], month(f[2]), f[1]
	} else if f := monthFirst.FindStringSubmatch(s); f != nil {
		y, m, d = f[3], month(f[1]), f[2]
	} else {
		return time.Time{}, false
	}
	year, _ := strconv.Atoi(y)
	mon, _ := strconv.Atoi(m)
	day, _ := strconv.Atoi(d)
	date := time.Date(year, time.Month(mon), day, 0, 0, 0, 0, time.UTC)
	ok := date.Day() == day && int(date.Month()) == mon && year >= 1000
	return date, ok
}

// month returns the number of the month of that name, or "".
func month(name string) string {
	name = strings.ToLower(name)
	for i, stems := range months {
		for stem := range strings.SplitSeq(stems, "|") {
			if strings.HasPrefix(name, stem) {
				return strconv.Itoa(i + 1)
			}
		}
	}
	return ""
}

// dayOf returns the day that a time shows where it was written, at 00:00 UTC.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
