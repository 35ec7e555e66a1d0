package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// entry is one block of a list: a quotation, or several that belong together,
// with all that is said about them.
type entry struct {
	group string // the line that it stands under, written once a page; "" for none
	text  string
	first int      // number of its first quotation
	refs  []string // of each quotation, for the button that shows its context
}

// listing is a list of quotations, read page by page.
type listing struct {
	what  string // is listed, as a custom id says it
	head  string // on every page
	tail  string // on the last page; "" for none
	size  int    // how many entries there are
	entry func(i int) (entry, error)
	more  bool                  // there are more than those
	cut   bool                  // they end in the middle: pages far behind were not asked for
	turn  func(page int) string // the custom id that leads to a page
	rows  [][]discordgo.MessageComponent
}

// these is a listing's entry where all are made.
func these(entries []entry) func(i int) (entry, error) {
	return func(i int) (entry, error) { return entries[i], nil }
}

const (
	// maxEntries is how many entries a list has. Nobody turns a hundred pages,
	// and a library can hold a million figures.
	maxEntries = 500
	// maxListQuote is how much of a sentence a list shows, in runes.
	maxListQuote = 500
	// minListQuote is the room, in runes, that is kept for a quotation before
	// names and figures are listed beside it.
	minListQuote = 200
)

// pagesAtOnce is how many pages of a list are looked at to show one of them: who opens a
// list of hundreds shall not wait until all of them are written.
const pagesAtOnce = 20

// asked is how many entries must be asked for to show a page of a list: one more than the
// pages up to the next twentieth can hold, or than are shown at all.
func asked(number string) int {
	pages := (pageNumber(number, maxEntries) + pagesAtOnce - 1) / pagesAtOnce * pagesAtOnce
	return min(pages*maxButtons, maxEntries) + 1
}

// upTo notes that no more entries were asked for.
func (l listing) upTo(asked int) listing {
	l.cut = l.size >= asked && asked <= maxEntries
	return l
}

// list writes one page of a list. A page holds as many entries as fit and have
// a button each.
func (p *page) list(l listing, number string) (reply, error) {
	more := ""
	if l.size > maxEntries || l.more {
		l.size, more = min(l.size, maxEntries), p.SomeFiguresCut
	}
	tail := strings.Join(slices.DeleteFunc([]string{more, l.tail}, func(s string) bool { return s == "" }), "\n")
	starts, err := p.kept(l).get(p.lib, p.keptAs(l.what, l.head, l.size), func() ([]int, error) {
		return l.starts(p.roomUnder(l.head) - runes(l.tail) - 1)
	})
	if err != nil {
		return reply{}, err
	}
	pages, of := len(starts), strconv.Itoa(len(starts))
	if l.cut { // nobody knows where the last one ends
		pages--
		of += "+"
	}
	n := pageNumber(number, pages)
	end := l.size
	if n < len(starts) {
		end = starts[n]
	}

	lines := []string{l.head}
	var row []discordgo.MessageComponent
	group := ""
	seen := map[string]int{} // two buttons of one id cannot stand on a page
	for i := starts[n-1]; i < end; i++ {
		e, err := l.entry(i)
		if err != nil {
			return reply{}, err
		}
		if e.group != group {
			lines = append(lines, e.group)
		}
		group = e.group
		lines = append(lines, e.text)
		for i, ref := range e.refs {
			label := p.ButtonContext
			if l.size > 1 || len(e.refs) > 1 {
				label = fmt.Sprintf(p.ButtonContextOf, e.first+i)
			}
			if seen[ref]++; seen[ref] > 1 {
				ref += anotherOf + strconv.Itoa(seen[ref])
			}
			row = append(row, button(label, customID(actContext, ref)))
		}
	}
	if n == len(starts) && tail != "" { // never where it is cut
		lines = append(lines, tail)
	}
	return reply{
		Content: strings.Join(lines, "\n"),
		Rows:    append([][]discordgo.MessageComponent{row, p.pageButtons(n, n < len(starts), of, l.turn)}, l.rows...),
	}, nil
}

// starts divides the entries into pages and returns the first entry of each. There is
// always a page, and an entry is never divided.
func (l listing) starts(room int) ([]int, error) {
	starts := []int{0}
	size, buttons, group := 0, 0, ""
	for i := range l.size {
		e, err := l.entry(i)
		if err != nil {
			return nil, err
		}
		n := runes(e.text) + 1
		if e.group != group {
			n += runes(e.group) + 1
		}
		if size > 0 && (size+n > room || buttons+len(e.refs) > maxButtons) {
			starts = append(starts, i)
			size, buttons, n = 0, 0, runes(e.text)+runes(e.group)+2
		}
		size, buttons, group = size+n, buttons+len(e.refs), e.group
	}
	return starts, nil
}

// goesOn is a line that tells how many there are of something, and that there are more
// than it counts, where there are.
func (w *words) goesOn(line string, more bool) string {
	if more {
		line += " " + w.SomeFiguresCut
	}
	return line
}

// roomUnder is how many runes of a message are left for entries under a head,
// with room for the line that tells of more.
func (p *page) roomUnder(head string) int {
	return p.room() - runes(head) - runes(p.SomeFiguresCut) - 2
}

// quote writes the sentence at a place of a list: what stands before it, itself,
// and what stands after it, in at most room runes. Only the quotation is cut.
func (p *page) quote(article *corpus.Article, lead string, at, must corpus.Span, bold []corpus.Span, after string, room int) string {
	room -= runes(lead) + runes(after) + 1
	return lead + "\n" + p.fit(article.Text, at, must, bold, min(maxListQuote, room)) + after
}

// numberedLead puts the number of a passage before its lead where there are several.
func (p *page) numberedLead(n, of int, lead string) string {
	if of == 1 {
		return lead
	}
	return fmt.Sprintf(p.OtherOne, n, lead)
}

// upTo joins lines while they fit into room runes; three dots stand for the rest.
func upTo(lines []string, separator string, room int) string {
	joined := ""
	for i, line := range lines {
		next := line
		if i > 0 {
			next = joined + separator + line
		}
		left := len(lines) - 1 - i
		if n := runes(next); n > room || left > 0 && n+runes(separator)+1 > room {
			if joined == "" {
				return "…"
			}
			return joined + separator + "…"
		}
		joined = next
	}
	return joined
}

// maxListedName is how much of a name a list of names shows, in runes.
const maxListedName = 40

// names writes a list of at most n names.
func (w *words) names(list []string, n int) string {
	var names []string
	for _, s := range list[:min(len(list), n)] {
		names = append(names, excerpt(s, maxListedName))
	}
	if len(list) > n {
		names = append(names, "…")
	}
	return w.join(names)
}

// excerpt is foreign text to stand between double quotes.
func excerpt(text string, limit int) string { return escapeInline(limited(text, limit)) }
