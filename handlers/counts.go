package handlers

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
)

// articles writes how many articles: "1 article", "3 articles".
func (w *words) articles(n int) string { return w.count(w.Articles, n) }

// inArticles writes in how many articles: "in 1 article", "in 3 articles".
func (w *words) inArticles(n int) string { return w.count(w.InArticles, n) }

// passages writes how many passages: "1 passage", "12 passages".
func (w *words) passages(n int) string { return w.count(w.Passages, n) }

// paragraphs writes how many paragraphs: "1 paragraph", "20 paragraphs".
func (w *words) paragraphs(n int) string { return w.count(w.Paragraphs, n) }

// count writes a text in the plural form that the number wants. A form of one
// number alone need not name it: Arabic has a word for "two articles".
func (w *words) count(c counted, n int) string {
	text, ok := c[plural.Cardinal.MatchPlural(w.language, n, 0, 0, 0, 0)]
	if !ok {
		text = c[plural.Other]
	}
	if !strings.Contains(text, "%") {
		return text
	}
	return fmt.Sprintf(text, w.group(n))
}

// group writes a number with a separator before each three digits.
func (w *words) group(n int) string {
	separator := strings.TrimSuffix(strings.TrimPrefix(w.Thousand, "1"), "000")
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + separator + s[i:]
	}
	return s
}

// day writes a date: "26 September 2019".
func (w *words) day(t time.Time) string {
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = w.FirstDay
	}
	return fmt.Sprintf(w.Day, day, w.Months[t.Month()-1], t.Year())
}

// when writes how old a text is, the date less exact where it is long ago:
// "September 2019, 7 years ago", "26 September 2019, 3 days ago", "undated".
func (w *words) when(published, now time.Time) string {
	if published.IsZero() {
		return w.Undated
	}
	age := w.age(published, now)
	switch {
	case age == "":
		return w.day(published)
	case yearsBetween(published, now) >= 1:
		return fmt.Sprintf(w.DateAndAge, fmt.Sprintf(w.Month, w.MonthsAlone[published.Month()-1], published.Year()), age)
	}
	return fmt.Sprintf(w.DateAndAge, w.day(published), age)
}

// dayAndAge writes "26 September 2019 (7 years ago)".
func (w *words) dayAndAge(published, now time.Time) string {
	if age := w.age(published, now); age != "" {
		return fmt.Sprintf(w.DayAndAge, w.day(published), age)
	}
	return w.day(published)
}

// dayThenAge writes "26 September 2019, 7 years ago".
func (w *words) dayThenAge(published, now time.Time) string {
	if age := w.age(published, now); age != "" {
		return fmt.Sprintf(w.DateAndAge, w.day(published), age)
	}
	return w.day(published)
}

// age writes the time since a day in the largest whole unit, "" for a day to come.
func (w *words) age(published, now time.Time) string {
	now = now.UTC()
	days := int(now.Sub(published).Hours() / 24)
	years := yearsBetween(published, now)
	switch {
	case now.Before(published):
		return ""
	case years >= 1:
		return w.count(w.YearsAgo, years)
	case days >= 60:
		return w.count(w.MonthsAgo, min(days/30, 11))
	case days >= 14:
		return w.count(w.WeeksAgo, days/7)
	case days >= 1:
		return w.count(w.DaysAgo, days)
	}
	return w.Today
}

// yearsBetween counts whole years, as birthdays are counted.
func yearsBetween(from, to time.Time) int {
	years := to.Year() - from.Year()
	if to.Month() < from.Month() || to.Month() == from.Month() && to.Day() < from.Day() {
		years--
	}
	return years
}

// join writes a list with commas between.
func (w *words) join(parts []string) string { return strings.Join(parts, w.Comma+" ") }

// list writes words in italics with commas between: "*x*, *y*".
func (w *words) list(words []string) string {
	out := make([]string, len(words))
	for i, s := range words {
		out[i] = "*" + escapeInline(tidy(s)) + "*"
	}
	return w.join(out)
}
