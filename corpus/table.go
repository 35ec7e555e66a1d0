package corpus

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// longCell is how long a cell of a table with data may be, in bytes. Longer
// ones are how a page is laid out.
const longCell = 400

// isData reports whether a table holds data: at least two columns and two rows
// (one, where it names it), no table or heading in a cell, and no cell as long
// as a page's text.
func isData(table *html.Node) bool {
	if role := attribute(table, "role"); role == "presentation" || role == "none" {
		return false
	}
	rows, wide, named := 0, 0, false
	for n := range table.Descendants() {
		switch {
		case n.DataAtom == atom.Table || slices.Contains(headings, n.DataAtom):
			return false
		case n.DataAtom == atom.Tr:
			rows++
			cells := 0
			for c := range n.ChildNodes() {
				if isCell(c) {
					cells++
					named = named || c.DataAtom == atom.Th
				}
			}
			if cells > 1 {
				wide++
			}
		case isCell(n) && len(cellText(n)) > longCell:
			return false
		}
	}
	return (rows > 1 || named) && wide > 0 && 2*wide >= rows
}

func isCell(n *html.Node) bool { return n.DataAtom == atom.Td || n.DataAtom == atom.Th }

// cellText returns the text of a cell on one line.
func cellText(n *html.Node) string {
	var b strings.Builder
	var read func(*html.Node)
	read = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
			return
		case n.Type == html.ElementNode && slices.Contains(unread, n.DataAtom):
			return
		}
		apart := n.Type == html.ElementNode && !slices.Contains(inlineTags, n.DataAtom)
		if apart {
			b.WriteByte(' ')
		}
		for c := range n.ChildNodes() {
			read(c)
		}
		if apart {
			b.WriteByte(' ')
		}
	}
	read(n)
	return strings.Join(strings.FieldsFunc(b.String(), isBlank), " ")
}

// table reads a table with data: a line for each row, its cells a tab apart.
// Columns that a cell spans, from the left or from above, are empty but for one.
func (w *walker) table(table *html.Node) {
	w.endList()
	var rows []string
	head := false
	down := map[int]int{} // column → rows that a cell above still takes
	for tr := range table.Descendants() {
		if tr.DataAtom == atom.Caption {
			w.figure = true
			w.children(tr)
			w.flush()
			w.figure = false
		}
		if tr.DataAtom != atom.Tr {
			continue
		}
		var cells []string
		named := 0
		skip := func() {
			for down[len(cells)] > 0 {
				down[len(cells)]--
				cells = append(cells, "")
			}
		}
		for c := range tr.ChildNodes() {
			if !isCell(c) {
				continue
			}
			skip()
			if c.DataAtom == atom.Th || tr.Parent.DataAtom == atom.Thead {
				named++
			}
			text := cellText(c)
			for range spanned(c, "colspan") {
				if n := spanned(c, "rowspan"); n > 1 {
					down[len(cells)] = n - 1
				}
				cells = append(cells, text)
				text = ""
			}
		}
		skip()
		line := strings.Join(cells, "\t")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if len(rows) == 0 {
			head = named > 1 && named >= len(cells)-1
		}
		rows = append(rows, line)
	}
	if len(rows) == 0 {
		return
	}
	first := block{table: true, head: head || names(rows)}
	cell, _, _ := strings.Cut(strings.TrimSpace(rows[0]), "\t")
	first.line = w.locate(cell)
	w.blocks = append(w.blocks, listed(first, rows)...)
}

// maxSpanned bounds the columns or rows that a cell may say it spans.
const maxSpanned = 100

func spanned(cell *html.Node, attr string) int {
	n, err := strconv.Atoi(attribute(cell, attr))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxSpanned)
}

// begin sets the number of the item that begins, where its list is ordered.
func (w *walker) begin(li *html.Node) {
	if li.Parent == nil || li.Parent.DataAtom != atom.Ol {
		return
	}
	w.number++
	if own, err := strconv.Atoi(attribute(li, "value")); err == nil {
		w.number = own
	}
	w.label = strconv.Itoa(w.number)
}

// enter reads a list that may stand in another one.
func (w *walker) enter(list *html.Node) {
	outer := w.number
	w.number = 0
	if start, err := strconv.Atoi(attribute(list, "start")); err == nil {
		w.number = start - 1
	}
	w.lists++
	w.children(list)
	w.flush()
	w.number = outer
	if w.lists--; w.lists == 0 {
		w.endList()
	}
}
