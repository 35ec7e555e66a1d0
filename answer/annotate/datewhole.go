package annotate

import (
	"strings"
	"time"

	"footnote/answer/words"
	"footnote/corpus"
)

// whole takes into the words of date, tokens first to last from token k on, what
// stands before them and tells no other date: "Sunday, Nov. 12", "late January".
func (d *dater) whole(s *Sentence, k, last int) (int, int) {
	first := k
	if first > 0 && d.has(s, first-1, Capital) && (d.has(s, first-1, Weekday) || shortDays[d.word(s, first-1)]) && d.near(s, first-1) && d.namesDay(s, first, last) {
		first--
	}
	if first > 0 && d.has(s, first, Month|Weekday) && turns[d.word(s, first-1)] {
		if gap := d.p.Gap(s.Tokens[first-1], s.Tokens[first]); gap == " " || gap == "-" {
			first--
		}
	}
	return first, last
}

// namesDay reports whether tokens first to last name a day of a month.
func (d *dater) namesDay(s *Sentence, first, last int) bool {
	for k := first; k <= last; k++ {
		if d.number(s, k, 31) > 0 {
			return true
		}
	}
	return false
}

// Dates returns the words of date of a sentence with all that belongs to them, the
// time of day too, whether or not they can be put on a calendar.
func (p *Doc) Dates(w *words.Words, s *Sentence) []corpus.Span {
	d := dater{p: p, w: w, day: p.Article.Published}
	if d.day.IsZero() {
		d.day = time.Date(leapYear, 1, 1, 0, 0, 0, 0, time.UTC) // any: what the words mean is left
	}
	var spans []corpus.Span
	for k := 0; k < len(s.Tokens); k++ {
		if !s.Tokens[k].Class.Is(Number|Year|Month|Weekday) && !dateWords[p.Word(s.Tokens[k])] {
			continue
		}
		d.first, d.also = k, d.also[:0]
		last, _, _ := d.at(s, k)
		if last < 0 {
			continue
		}
		first, last := d.whole(s, k, last)
		k = last
		span := p.WordsOf(s, first, d.hour(s, last))
		if n := len(spans); n > 0 && spans[n-1].Overlaps(span) {
			span.Start = min(span.Start, spans[n-1].Start)
			spans = spans[:n-1]
		}
		spans = append(spans, span)
	}
	return spans
}

// hour returns the last token of the time of day behind words of date that end at
// token last: "night", ", 18:00", "at 6 pm".
func (d *dater) hour(s *Sentence, last int) int {
	k := last + 1
	switch d.word(s, k) {
	case "night", "morning", "afternoon", "evening":
		return k
	case "at":
		k++
	}
	if !d.has(s, k, Number) || !d.p.Clock(s, k) || strings.Trim(d.p.Gap(s.Tokens[last], s.Tokens[last+1]), " ,") != "" {
		return last
	}
	for k+1 < len(s.Tokens) {
		gap := d.p.Gap(s.Tokens[k], s.Tokens[k+1])
		switch next := d.word(s, k+1); {
		case gap == ":" || gap == "-" || gap == "–":
		case next == "am" || next == "pm" || next == "a.m" || next == "p.m" || next == "gmt" || next == "o'clock" || next == "cet" || next == "utc":
		default:
			return k
		}
		k++
	}
	return k
}
