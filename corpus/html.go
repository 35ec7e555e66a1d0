package corpus

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxElements bounds the pages that the readability library is asked about: it
// takes half a minute for a million elements.
const maxElements = 50_000

// readHTML reads the main text of a web page, which a readability library
// finds. Runs of space are one space, as in a browser.
func readHTML(lines []string, first int) (p page) {
	// Neither library was written for files that want to break it.
	defer func() {
		if r := recover(); r != nil {
			p = page{failed: "cannot be read as HTML; save the page again or save it as text"}
		}
	}()
	source := strings.Join(lines, "\n")
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return page{failed: fmt.Sprintf("cannot be read as HTML (%v); save the page again or save it as text", err)}
	}
	keepSignatures(doc)
	w := &walker{source: source, line: first}
	w.url = canonical(doc)
	d := &document{root: doc, things: readThings(doc)}
	region := strings.TrimSpace(d.language())
	if m := language2.FindStringSubmatch(strings.ToLower(region)); m != nil {
		w.language = m[1]
	}
	if elements := len(slices.Collect(doc.Descendants())); elements <= maxElements {
		d.hide()
		d.unlink()
	}
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxElements
	article, err := parser.ParseDocument(doc, nil)
	w.page.source = d.source(article.SiteName())
	w.title = d.cleanTitle(d.wholeTitle(article.Title()), w.page.source, w.url)
	if err == nil && article.Node != nil {
		w.walk(article.Node)
	}
	if w.flush(); len(w.blocks) == 0 {
		w.walk(doc)
		w.flush()
	}
	d.title = w.title
	d.order = regionOrder(region, w.url, w.blocks)
	w.order = d.order
	w.published = d.published(proseStart(w.blocks))
	w.authors = d.authors()
	w.author = d.author(w.page.source, article.Byline())
	for line := range d.lines() {
		w.size += len(line.text)
	}
	return w.page
}

// keepSignatures makes paragraphs of what names who said a quotation: its foot,
// and the caption of a figure that is one. Else they go as the foot of the page
// and the caption of a picture do.
func keepSignatures(doc *html.Node) {
	for n := range doc.Descendants() {
		quotes := n.DataAtom == atom.Footer && n.Parent.DataAtom == atom.Blockquote
		if n.DataAtom == atom.Figcaption {
			for c := range n.Parent.ChildNodes() {
				quotes = quotes || c.DataAtom == atom.Blockquote
			}
		}
		if quotes {
			n.DataAtom, n.Data = atom.P, "p"
		}
	}
}

// canonical returns the address that a page gives as its own, or "".
func canonical(doc *html.Node) string {
	for n := range doc.Descendants() {
		address := ""
		switch {
		case n.DataAtom == atom.Link && attribute(n, "rel") == "canonical":
			address = attribute(n, "href")
		case n.DataAtom == atom.Meta && attribute(n, "property") == "og:url":
			address = attribute(n, "content")
		}
		if u, err := webAddress(address); err == nil {
			return u
		}
	}
	return ""
}

// webAddress returns s if it is an absolute http or https address.
func webAddress(s string) (string, error) {
	u, err := url.Parse(s)
	if err == nil && (u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		err = errors.New("not an address")
	}
	return s, err
}

func attribute(n *html.Node, key string) string {
	value, _ := lookup(n, key)
	return value
}

func lookup(n *html.Node, key string) (value string, ok bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// textOf returns the text under a node, runs of space made one.
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return strings.Join(strings.Fields(n.Data), " ")
	}
	var text strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			text.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(text.String()), " ")
}

var (
	unread = []atom.Atom{atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Nav, atom.Aside, atom.Footer,
		atom.Form, atom.Button, atom.Select, atom.Textarea, atom.Svg, atom.Iframe, atom.Object, atom.Audio, atom.Video}
	inlineTags = []atom.Atom{atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn,
		atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Span,
		atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr, atom.Img, atom.Font}
	headings = []atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}
)

// walker collects the blocks of a page.
type walker struct {
	page
	source string
	at     int // how far in source the blocks were found
	line   int // line number at that offset

	text   strings.Builder // of the block being read
	linked int             // bytes of it that lead to other pages
	breaks []int
	level  int      // of the heading being read
	figure bool     // a caption is being read
	lists  int      // lists and tables that are open
	list   block    // where the outermost one begins
	items  []string // its lines so far
	labels []string // numbers of the items
	label  string   // of the item that begins
	number int      // of the item before in the list
	joins  bool     // what comes is of the item before: a definition of its term
	term   bool     // the item before ended with a term
	pre    bool
}

// walk reads a node and what is in it.
func (w *walker) walk(n *html.Node) {
	if n.Type == html.TextNode {
		w.write(n.Data)
		return
	}
	if slices.Contains(unread, n.DataAtom) && n.Type == html.ElementNode {
		return
	}
	tag := n.DataAtom
	switch {
	case tag == atom.Br:
		w.breakLine()
		return
	case slices.Contains(inlineTags, tag):
		before := w.text.Len()
		w.children(n)
		if tag == atom.A && leadsAway(n) {
			w.linked += w.text.Len() - before
		}
		return
	}
	w.flush()
	switch {
	case tag == atom.Table && isData(n):
		w.table(n)
	case tag == atom.Dt || tag == atom.Dd:
		w.joins = tag == atom.Dd && len(w.items) > 0 || tag == atom.Dt && w.joins && w.term
		w.term = tag == atom.Dt
		w.children(n)
		w.flush()
		w.joins = true
	case tag == atom.Li:
		w.begin(n)
		w.children(n)
		w.flush()
		w.label = ""
	case tag == atom.Ul || tag == atom.Ol || tag == atom.Dl:
		w.enter(n)
	case tag == atom.Pre:
		w.pre = true
		w.children(n)
		w.flush()
		w.pre = false
	case tag == atom.Figcaption || tag == atom.Caption:
		w.figure = true
		w.children(n)
		w.flush()
		w.figure = false
	case slices.Contains(headings, tag):
		w.level = 1 + slices.Index(headings, tag)
		w.children(n)
		w.flush()
		w.level = 0
	default:
		w.children(n)
		w.flush()
	}
}

func (w *walker) children(n *html.Node) {
	for c := range n.ChildNodes() {
		w.walk(c)
	}
}

// write adds text to the block being read.
func (w *walker) write(s string) {
	if w.pre {
		for line := range strings.Lines(s) {
			w.text.WriteString(strings.TrimRight(line, "\n"))
			if strings.HasSuffix(line, "\n") {
				w.breakLine()
			}
		}
		return
	}
	for i, field := range strings.FieldsFunc(s, isBlank) {
		if (i > 0 || isBlank(rune(s[0]))) && w.text.Len() > 0 && !w.endsBlank() {
			w.text.WriteByte(' ')
		}
		w.text.WriteString(field)
	}
	if s != "" && isBlank(rune(s[len(s)-1])) && w.text.Len() > 0 && !w.endsBlank() {
		w.text.WriteByte(' ')
	}
}

// isBlank reports whether r is space that HTML folds; a no-break space is not.
func isBlank(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\f' }

func (w *walker) endsBlank() bool {
	s := w.text.String()
	return s != "" && isBlank(rune(s[len(s)-1]))
}

// breakLine begins a line inside the block.
func (w *walker) breakLine() {
	if w.text.Len() > 0 {
		w.text.WriteByte('\n')
		w.breaks = append(w.breaks, w.text.Len())
	}
}

// flush ends the block being read.
func (w *walker) flush() {
	raw, breaks := w.text.String(), append(w.breaks, w.text.Len())
	linked := w.linked > 0 && w.linked >= len(strings.TrimSpace(raw))
	w.text.Reset()
	w.linked = 0
	w.breaks = nil
	var lines []string
	from := 0
	for _, to := range breaks {
		if line := strings.TrimSpace(raw[from:to]); line != "" {
			lines = append(lines, line)
		}
		from = to
	}
	if len(lines) == 0 {
		return
	}
	if w.level > 0 {
		lines = []string{strings.Join(lines, " ")} // a heading has one line
	}
	first := block{line: w.locate(lines[0]), level: w.level, figure: w.figure, linked: linked}
	if w.lists > 0 && w.level == 0 && !w.figure {
		if n := len(w.items); w.joins && n > 0 {
			w.items[n-1] += "\n" + strings.Join(lines, "\n")
			return
		}
		if len(w.items) == 0 {
			w.list = first
		}
		w.items = append(w.items, lines...)
		w.labels = append(append(w.labels, w.label), make([]string, len(lines)-1)...)
		w.label, w.joins = "", w.joins || w.term
		return
	}
	w.endList()
	w.blocks = append(w.blocks, listed(first, lines)...)
}

// endList ends the list or table being read.
func (w *walker) endList() {
	w.blocks = append(w.blocks, listed(w.list, w.items, w.labels...)...)
	w.items, w.labels, w.joins, w.term = nil, nil, false, false
}

// locate returns the line of the file on which a block begins, or near it
// where the page writes its first words otherwise than they read.
func (w *walker) locate(line string) int {
	const window = 64 << 10
	ahead := w.source[w.at:min(len(w.source), w.at+window)]
	for _, look := range []int{24, 8} {
		if i := strings.Index(ahead, line[:min(len(line), look)]); i >= 0 {
			w.line += strings.Count(ahead[:i], "\n")
			w.at += i
			break
		}
	}
	return w.line
}
