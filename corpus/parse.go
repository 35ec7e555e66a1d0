package corpus

import (
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// block is a piece of an article on its way from the file to the text.
type block struct {
	line   int    // where it begins in the file, counted from 1
	level  int    // 1 to 6 for a heading, 0 otherwise
	text   string // without markup, and without space around it
	breaks []int  // offsets in text where a list item or a row begins, but for the first
	figure bool   // the page marks it as a caption
	linked bool   // nothing but a link to another page

	labels []string // numbers of the items, where the file marks them and the text does not hold them
	code   bool     // stands as it was typed
	table  bool     // the lines are rows, their cells a tab apart
	head   bool     // the first row names the columns
	more   bool     // the table of the block before goes on
}

// under reports whether the block begins on the line after the other one ends.
func (b block) under(other block) bool {
	return b.line == other.line+strings.Count(other.text, "\n")+1
}

// maxItems bounds the lines of one list or table, so that a passage stays
// something to quote. A longer one goes on as the next passage.
const maxItems = 50

// listed returns the blocks of a list or a table with these lines, the empty
// ones left out. Labels are those of the lines, or none.
func listed(first block, lines []string, labels ...string) []block {
	var kept, numbers []string
	for i, line := range lines {
		if strings.TrimSpace(line) != "" {
			kept = append(kept, line)
			if i < len(labels) {
				numbers = append(numbers, labels[i])
			}
		}
	}
	var out []block
	for part := range slices.Chunk(kept, maxItems) {
		b := first
		b.text = strings.Join(part, "\n")
		if n := len(out) * maxItems; n < len(numbers) {
			b.labels = numbers[n:min(n+maxItems, len(numbers))]
		}
		if len(out) > 0 {
			b.head, b.more = false, b.table
		}
		at := 0
		for _, line := range part[:len(part)-1] {
			at += len(line) + 1
			b.breaks = append(b.breaks, at)
		}
		out = append(out, b)
	}
	return out
}

// page is what a reader gets out of the body of a file.
type page struct {
	blocks    []block
	title     string    // the page's own title, if it has one
	source    string    // site name
	url       string    // canonical address
	language  string    // two letters
	order     dayOrder  // in which the page writes dates in figures
	authors   []string  // all names that it gives
	author    string    // who it says wrote the article
	size      int       // bytes of text on the whole page; 0 where it is all the article
	published time.Time // day of publication
	dropped   []Dropped
	failed    string // why the file cannot be read, as in [Problem]; "" if it can
	flat      bool   // the file marks no headings and no lists; they are guessed
}

// reader returns the function that reads the bodies of files of this name, or
// nil where the name does not end as an article's does. The function gets the
// lines of the body and the number of the first one.
func reader(name string) func(lines []string, first int) page {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return readMarkdown
	case ".txt":
		return readPlain
	case ".html", ".htm":
		return readHTML
	}
	return nil
}

// parse reads one file. The article is nil when the file cannot be used; the
// problems say why, or what in it was passed over.
func parse(name string, data []byte) (*Article, []Problem) {
	a, _, problems := parseNamed(name, data)
	return a, problems
}

// parseNamed is parse and tells whether the title is from the file's name: but
// for that and the id, nothing of an article is.
func parseNamed(name string, data []byte) (a *Article, named bool, problems []Problem) {
	text, problem := decode(name, data)
	if problem != nil {
		return nil, false, []Problem{*problem}
	}
	a = &Article{ID: idOf(name)}
	lines := strings.Split(text, "\n")
	head, body, first, problem := cutHeader(name, lines)
	if problem != nil {
		return nil, false, []Problem{*problem}
	}
	problems = readHeader(name, head, a)

	p := reader(name)(body, first)
	if p.failed != "" {
		return nil, false, append(problems, Problem{File: name, Text: p.failed})
	}
	titled := a.Title != ""
	named = takeTitle(a, &p)
	if p.order == unknownOrder {
		p.order = orderOf(firstNonEmpty(a.Language, DetectLanguage(sample(p.blocks))))
	}
	found := clean(&p)
	if p.flat {
		if !titled || len(p.blocks) > 0 && same(p.blocks[0].text, a.Title) {
			if line := headline(&p); line != "" {
				a.Title, named = line, false
			}
		}
		p.blocks = guess(p.blocks)
	}
	a.Source = firstNonEmpty(a.Source, found.source, p.source)
	a.Author = firstNonEmpty(a.Author, p.author, found.author)
	a.URL = firstNonEmpty(a.URL, p.url)
	if a.Published.IsZero() {
		a.Published = p.published
	}
	if a.Published.IsZero() {
		a.Published = found.published
	}
	if a.Published.IsZero() {
		a.Published = titleDay(a.Title, p.order)
	}
	a.Dropped = p.dropped
	a.Page = p.size
	if a.Language == "" {
		a.Language = firstNonEmpty(languageOf(p.language, sample(p.blocks)), "en")
	}
	lay(a, parted(p.blocks, a.Language))
	if len(a.Passages) == 0 {
		return nil, false, append(problems, Problem{File: name, Text: "has no text to quote; write the article into it or take the file away"})
	}
	return a, named, problems
}

// takeTitle sets the article's title, and reports whether nothing but the file's
// name gives one. A heading that gives the title, or repeats it, is not part of
// the text.
func takeTitle(a *Article, p *page) (named bool) {
	title := firstNonEmpty(a.Title, p.title)
	for i, b := range p.blocks {
		gives := b.level == 1 && title == ""
		if gives || b.level > 0 && strings.EqualFold(title, b.text) {
			title = firstNonEmpty(title, strings.Join(strings.Fields(b.text), " "))
			p.dropped = append(p.dropped, Dropped{b.line, "title", b.text})
			p.blocks = slices.Delete(p.blocks, i, i+1)
			break
		}
		if b.level == 1 {
			break
		}
	}
	a.Title = firstNonEmpty(title, titleOf(a.ID))
	return title == ""
}

// titleOf returns the title of an article that has none of its own.
func titleOf(id string) string {
	name := strings.NewReplacer("-", " ", "_", " ").Replace(path.Base(id))
	name = strings.Join(strings.Fields(name), " ")
	r, size := utf8.DecodeRuneInString(name)
	if size > 0 {
		name = string(unicode.ToUpper(r)) + name[size:]
	}
	return firstNonEmpty(name, id)
}

// sample returns enough of the text to tell its language by.
func sample(blocks []block) string {
	var b strings.Builder
	for _, block := range blocks {
		if b.Len() > 4_000 {
			break
		}
		b.WriteString(block.text)
		b.WriteByte('\n')
	}
	return b.String()
}

func firstNonEmpty(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
