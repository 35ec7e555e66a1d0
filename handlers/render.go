package handlers

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"time"

	"footnote/answer"
	"footnote/corpus"
)

// maxContent is Discord's limit of a message, in code points.
const maxContent = 2000

// Lengths of what the library says about an article, in runes. Titles are
// rarely longer; a longer link is left out. Escaping may double each, and with
// every part at its longest there is still room for a quotation.
const (
	maxTitle  = 100
	maxSource = 60
	maxLink   = 200
	maxSpan   = 300
	maxTaken  = 120
	maxWord   = 24
	maxPhrase = 30
)

// minQuote is the room, in runes, that is kept for a quotation before anything
// is said that can be left out.
const minQuote = 500

// page writes replies about one library at one moment.
type page struct {
	*words
	lib    *answer.Library
	facts  facts // the library's
	talk   *talk
	starts *pageStarts // nil: nothing is remembered
	far    far
	read   int // passages, while they are read for what they mean, of toRead; else 0
	toRead int
	now    time.Time
}

// answered writes the reply to a question that was answered, in this order:
// who asked, how old the texts are where the present was asked about, how the
// question was read, who says it and when, the quotation, the answer, the citation. Only the quotation is cut where it is too long, and
// a line outside the quotation says so.
func (p *page) answered(e echo, a answer.Answer) (string, error) {
	article, err := p.lib.Article(a.Citation.Article)
	if err != nil {
		return "", err
	}
	asked, lead, citation := p.opening(e), p.lead(a, article), p.citation(article.ID, a.Citation.Paragraph)
	room := p.room() - runes(asked) - runes(lead) - runes(citation) - 3

	quote, shown := sentence(a, article)
	head := append([]string{asked}, spare(&room, p.reading(a)...)...)
	head = append(head, lead)
	tail := spare(&room, row(a.Columns)...)
	if a.Answer != "" && a.Answer != a.Quote && !strings.Contains(a.Answer, "\n") && utf8.RuneCountInString(a.Answer) <= maxSpan {
		tail = append(tail, spare(&room, fmt.Sprintf(p.Answer, escapeInline(a.Answer)))...)
	}
	tail = append(tail, spare(&room, p.relativeDates(article.Quote(shown), article)...)...)
	tail = append(tail, citation)

	if full := blockquote(article.Text, shown, a.Emphasis); runes(full) > room {
		shown = quote
	}
	return strings.Join(head, "\n") + "\n" + p.fit(article.Text, shown, a.Emphasis, []corpus.Span{a.Emphasis}, room) + strings.Join(tail, "\n"), nil
}

// row writes the cells of a row of a table, each behind the name of its column, as
// one line; none where the quotation is no row. Un-escaped, a cell is what the
// article says.
func row(cells []answer.Column) []string {
	if len(cells) == 0 {
		return nil
	}
	var parts []string
	for _, c := range cells {
		part := escapeInline(c.Value)
		if c.Name != "" {
			part = escapeInline(c.Name) + ": " + part
		}
		parts = append(parts, part)
	}
	return []string{strings.Join(parts, "; ")}
}

// opening is what every reply to a question begins with.
func (p *page) opening(e echo) string {
	return strings.Join(append([]string{e.asked(p.words)}, p.present(e.Question, e.Article)...), "\n")
}

// spare returns those of the lines that leave room for a quotation, and takes
// their length from the room.
func spare(room *int, lines ...string) []string {
	var kept []string
	for _, line := range lines {
		if left := *room - runes(line) - 1; left >= minQuote {
			*room = left
			kept = append(kept, line)
		}
	}
	return kept
}

// sentence returns where the quotation stands, and the same with the sentence
// before that it needs to be understood, where the two stand side by side.
func sentence(a answer.Answer, article *corpus.Article) (quote, shown corpus.Span) {
	quote = corpus.Span{Start: a.Citation.Start, End: a.Citation.End}
	shown = quote
	if c := a.ContextAt; c.Len() > 0 && c.End <= quote.Start && isGap(article.Text[c.End:quote.Start]) {
		shown.Start = c.Start
	}
	return quote, shown
}

// reading says how the question was understood where that is not plain.
func (p *page) reading(a answer.Answer) []string {
	var lines []string
	var typed []string
	for t := range a.Corrected {
		typed = append(typed, t)
	}
	slices.Sort(typed)
	for _, t := range typed[:min(len(typed), 3)] {
		lines = append(lines, fmt.Sprintf(p.Corrected, short(t), short(a.Corrected[t])))
	}
	if taken := p.taken(a.Taken); taken != "" {
		lines = append(lines, taken)
	}
	if a.Language != "" {
		lines = append(lines, fmt.Sprintf(p.Language, short(a.Language)))
	}
	return lines
}

// lead says who says what follows, and how old it is: a claim stays with who
// made it, and nobody takes an old text for news.
func (p *page) lead(a answer.Answer, article *corpus.Article) string {
	when := p.when(article.Published, p.now)
	by := p.speaker(a.SaidBy, article)
	switch {
	case a.SaidBy == "":
		return fmt.Sprintf(p.words.Article, when)
	case a.Reported:
		return fmt.Sprintf(p.Reported, escape(limited(by, maxSource)), when)
	}
	return fmt.Sprintf(p.Said, escape(limited(atStart(by), maxSource)), when)
}

// citation says where a passage of the article with the id stands: title, source,
// date, paragraph, link.
func (p *page) citation(id string, paragraph int) string {
	article := p.lib.Header(id)
	return p.join([]string{p.about(article), fmt.Sprintf(p.Paragraph, paragraph)}) + p.link(article)
}

// passage writes a sentence with who says it before and where it stands behind
// it, the quotation in at most room runes and nothing in bold.
func (p *page) passage(a answer.Answer, room int) (string, error) {
	article, err := p.lib.Article(a.Citation.Article)
	if err != nil {
		return "", err
	}
	at := corpus.Span{Start: a.Citation.Start, End: a.Citation.End}
	cells := ""
	if line := spare(&room, row(a.Columns)...); len(line) > 0 {
		cells = line[0] + "\n"
	}
	return p.lead(a, article) + "\n" + p.fit(article.Text, at, corpus.Span{}, nil, room) + cells + p.citation(article.ID, a.Citation.Paragraph), nil
}

// about names an article: title, source, date.
func (p *page) about(article *corpus.Header) string {
	parts := []string{"*" + escape(limited(article.Title, maxTitle)) + "*"}
	if article.Source != "" {
		parts = append(parts, escape(limited(article.Source, maxSource)))
	}
	if article.Published.IsZero() {
		return p.join(append(parts, p.Undated))
	}
	return p.join(append(parts, p.day(article.Published)))
}

// link is the address of the original, in angle brackets so that Discord shows
// no preview, which the article did not say.
func (w *words) link(article *corpus.Header) string {
	u := strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(article.URL)
	if u == "" || runes(u) > maxLink || !strings.HasPrefix(u, "https://") && !strings.HasPrefix(u, "http://") {
		return ""
	}
	return w.join([]string{"", "<" + u + ">"})
}

// relativeDates notes, in a line if there are any, from when phrases such as
// "on Tuesday" count. They are found by the words of the article's language.
func (p *page) relativeDates(quote string, article *corpus.Article) []string {
	in := languages()[article.Language]
	if article.Published.IsZero() || in == nil {
		return nil
	}
	var phrases []string
	for _, m := range in.RelativeDates.in(quote) {
		phrase := `"` + escapeInline(m) + `"`
		if runes(m) <= maxPhrase && len(phrases) < 4 && !slices.Contains(phrases, phrase) {
			phrases = append(phrases, phrase)
		}
	}
	if len(phrases) == 0 {
		return nil
	}
	return []string{fmt.Sprintf(p.Relative, p.join(phrases), p.day(article.Published))}
}

// fit writes a slice of text as a block quote of at most room runes, with the
// bold spans in bold. A slice that is too long is cut at word borders so that
// the must span stays, and lines outside the quote say where it was cut.
func (p *page) fit(text string, at, must corpus.Span, bold []corpus.Span, room int) string {
	full := blockquote(text, at, bold...)
	if runes(full) <= room {
		return full
	}
	must = corpus.Span{Start: max(must.Start, at.Start), End: min(must.End, at.End)}
	begins, goesOn := p.BeginsEarlier+"\n", p.GoesOn+"\n"
	for n := room; n > 0; n = n * 9 / 10 {
		window := at
		if must.Len() > 0 && runes(text[at.Start:must.End]) > n {
			window.Start = must.Start
		}
		kept, _ := cut(text[window.Start:at.End], n)
		window.End = window.Start + len(kept)
		out := blockquote(text, window, bold...)
		if window.Start > at.Start {
			out = begins + out
		}
		if window.End < at.End {
			out += goesOn
		}
		if runes(out) <= room {
			return out
		}
	}
	return "" // unreachable: no caller leaves less room than the two lines and a word
}

// isGap reports whether two sentences stand side by side.
func isGap(s string) bool { return strings.TrimSpace(s) == "" }

func runes(s string) int { return utf8.RuneCountInString(s) }

// limited cuts text to limit runes and shows it by three dots.
func limited(text string, limit int) string {
	text, cut := cut(tidy(text), limit)
	if cut {
		text += "…"
	}
	return text
}

// short is one foreign word, escaped.
func short(word string) string { return escapeInline(limited(word, maxWord)) }

// listUpTo is [words.list] of the first n words, each cut to a sane length.
func (w *words) listUpTo(words []string, n int) string {
	out := make([]string, 0, n)
	for _, word := range words[:min(len(words), n)] {
		out = append(out, limited(word, maxWord))
	}
	s := w.list(out)
	if len(words) > n {
		s = w.join([]string{s, "…"})
	}
	return s
}

// taken says how a follow-up was taken; "" where it stands by itself.
func (p *page) taken(t answer.Taken) string {
	mark := func(s string) string { return `"` + escapeInline(limited(s, maxTaken)) + `"` }
	switch {
	case t.Before != "":
		return fmt.Sprintf(p.TakenBefore, mark(t.Before))
	case t.Word != "":
		return fmt.Sprintf(p.TakenWord, mark(t.Word), mark(t.As))
	case t.As != "":
		return fmt.Sprintf(p.TakenAbout, mark(t.As))
	}
	return ""
}
