package page

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"footnote/answer"
	"footnote/answer/eval"
	"footnote/corpus"
)

const questions = `id	kind	question	answer
1	plain	When is high water at Port Ember?	at noon
2	plain	How many metres did the harbour office measure?	4\.2 metres
3	plain	Who painted the pier?	Ana Ruiz
4	para	what's the tallest it got	4\.2 metres
5	para	who put new colour on the landing stage	Ana Ruiz
6	para	"what" is <b>bold</b> & 'brash'	no such words
7	tele	ferry winter	not in winter
8	none	Who sank the ferry?	NONE
9	none	When is low water at Port Ember?	NONE
10	none	When is high water at Kilmory?	NONE
`

// asking asks the questions of a small article.
func asking(t testing.TB) []eval.Outcome {
	t.Helper()
	a := corpus.FromParagraphs("tides", "en", []string{
		"High water at Port Ember is at noon. The harbour office measured 4.2 metres.",
		"Ana Ruiz painted the pier in May. The ferry does not sail in winter, but not in winter alone.",
	})
	src, err := answer.From([]*corpus.Article{a})
	if err != nil {
		t.Fatal(err)
	}
	lib, err := src.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	file := filepath.Join(t.TempDir(), a.ID+".tsv")
	if err := os.WriteFile(file, []byte(questions), 0o600); err != nil {
		t.Fatal(err)
	}
	set, err := eval.ReadTSV(file)
	if err != nil {
		t.Fatal(err)
	}
	out, err := eval.Run(context.Background(), lib, set, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWrite(t *testing.T) {
	r := eval.NewReport("tides", asking(t))
	labels := eval.LabelReport{Set: "labels", Articles: []eval.ArticleScore{{Article: "tides"}}, Misses: []eval.Miss{
		{Sort: "figure", What: "missed", Article: "tides", Paragraph: 1, Label: "4.2 metres", Text: "measured ⟦4.2⟧ metres"},
		{Sort: "said", What: "false", Article: "tides", Got: "Ana Ruiz", Text: "<i>Ana</i>"},
	}}
	doc := parse(t, write(t, []eval.Report{r}, []eval.LabelReport{labels}))

	asked, marked := find(doc, "section", "id", "questions-1"), find(doc, "section", "id", "labels-1")
	if asked == nil || marked == nil {
		t.Fatal("there is not a section for each report")
	}
	want := r.All.Answerable - r.All.Right + r.All.False
	misses := all(asked, func(n *html.Node) bool { return attribute(n, "data-what") != "" })
	if len(misses) != want || len(r.Missed) != want {
		t.Errorf("%d misses on the page, %d in the report, want %d", len(misses), len(r.Missed), want)
	}
	for i, m := range r.Missed {
		n := misses[i]
		if got := text(elements(n, "h4")[0]); got != m.Case.Question {
			t.Errorf("miss %d asks %q, want %q", i, got, m.Case.Question)
		}
		if attribute(n, "data-kind") != m.Case.Kind || attribute(n, "data-what") != m.What || !strings.Contains(text(n), fmt.Sprintf("confidence %.2f", m.Confidence)) {
			t.Errorf("miss %q does not tell its kind, what happened and the confidence", m.Case.Question)
		}
		for _, q := range []eval.Quoted{m.Wanted, m.Top} {
			if q.Quote != "" && !strings.Contains(text(n), q.Quote) {
				t.Errorf("miss %q does not hold %q", m.Case.Question, q.Quote)
			}
		}
	}
	if len(elements(asked, "svg")) != 2 {
		t.Error("there are not two curves")
	}
	shown := r.All.Right + r.All.Wrong + r.All.False
	if now := fmt.Sprintf("%s shown, %s of that wrong", percent(float64(shown)/float64(len(r.Curve))), percent(float64(r.All.Wrong+r.All.False)/float64(shown))); !strings.Contains(text(asked), now) {
		t.Errorf("the page does not say where the bot stands: %s", now)
	}
	rows := map[string]string{}
	for _, tr := range elements(elements(find(asked, "div", "aria-label", "tides by kind of question"), "table")[0], "tr") {
		var cells []string
		for n := range tr.ChildNodes() {
			cells = append(cells, text(n))
		}
		rows[cells[0]] = strings.Join(cells[1:], "|")
	}
	for _, s := range append(r.Kinds, r.All) {
		first, three := int(math.Round(s.ForcedAt1*float64(s.Answerable))), int(math.Round(s.ForcedAt3*float64(s.Answerable)))
		want := fmt.Sprintf("%d|%s|%s|%s|%s|%s", s.Answerable+s.None, cell(first, s.Answerable), cell(three, s.Answerable), cell(s.Right, s.Answerable), cell(s.Wrong, s.Answerable), cell(s.False, s.None))
		if rows[s.Kind] != want {
			t.Errorf("%s: row %q, want %q", s.Kind, rows[s.Kind], want)
		}
	}
	for _, table := range labels.Tables() {
		if find(marked, "div", "aria-label", table.Header[0]) == nil {
			t.Errorf("there is no table of %s", table.Header[0])
		}
	}
	if n := len(all(marked, func(n *html.Node) bool { return attribute(n, "data-what") != "" })); n != len(labels.Misses) {
		t.Errorf("%d misses of labels, want %d", n, len(labels.Misses))
	}
}

func cell(k, n int) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%d %.0f\u00a0%%", k, 100*float64(k)/float64(n))
}

// Curves are drawn of what there is, and of few questions none.
func TestCurves(t *testing.T) {
	outcome := func(confidence float64, right, none bool) eval.Outcome {
		o := eval.Outcome{Case: eval.Case{Kind: "plain", None: none}, Confidence: confidence, Shown: confidence > 0.5}
		if right {
			o.Sentence, o.Right = 1, o.Shown
		}
		return o
	}
	for _, c := range []struct {
		name    string
		n       int
		outcome func(i int) eval.Outcome
		curves  int
	}{
		{"none", 0, nil, 0},
		{"too few", fewest - 1, func(i int) eval.Outcome { return outcome(0.9, true, false) }, 0},
		{"all alike", fewest, func(i int) eval.Outcome { return outcome(0.9, true, false) }, 2},
		{"nothing shown", fewest, func(i int) eval.Outcome { return outcome(0, false, false) }, 2},
		{"nothing to answer", fewest, func(i int) eval.Outcome { return outcome(float64(i)/fewest, false, true) }, 2},
		{"many", 500, func(i int) eval.Outcome { return outcome(float64(i)/500, i%3 > 0, i%5 == 0) }, 2},
	} {
		var outcomes []eval.Outcome
		for i := range c.n {
			outcomes = append(outcomes, c.outcome(i))
		}
		b := write(t, []eval.Report{eval.NewReport(c.name, outcomes)}, nil)
		if n := len(elements(parse(t, b), "svg")); n != c.curves || bytes.Contains(b, []byte("NaN")) {
			t.Errorf("%s: %d curves, want %d, and no NaN", c.name, n, c.curves)
		}
	}
}

// Whatever a question or an article holds, it is text on the page and nothing else.
func FuzzWrite(f *testing.F) {
	for _, s := range []string{"</script><script>alert(1)</script>", `" onclick="x`, "'><img src=x>", "<!--", "]]>", "{{.}}", "&amp; &lt;", "</li></ol>", "\u202eturned", "a\x00b\r\n\xff", "</style>", "`${x}`"} {
		f.Add(s, s, s)
	}
	made := func(question, kind, quote string) (eval.Report, eval.LabelReport) {
		missed := eval.Missed{Case: eval.Case{ID: kind, Kind: kind, Question: question, Article: quote}, What: eval.Below, Rank: 2, Looked: 3,
			Top: eval.Quoted{Article: kind, Passage: 1, Quote: quote}, Wanted: eval.Quoted{Article: kind, Quote: quote, Mark: corpus.Span{End: len(quote)}},
			Apart: []eval.Contrast{{Name: kind, Gain: 1}}}
		other := missed
		other.Case.Kind += "'"
		score := eval.Score{Kind: kind, Answerable: 2}
		r := eval.Report{Set: kind, Kinds: []eval.Score{score}, Articles: []eval.Score{score}, Missed: []eval.Missed{missed, other}}
		return r, eval.LabelReport{Set: question, Articles: []eval.ArticleScore{{Article: quote}}, Misses: []eval.Miss{{Sort: kind, What: kind, Article: quote, Text: question, Label: quote}}}
	}
	r, l := made("x", "x", "x")
	plain := skeleton(parse(f, write(f, []eval.Report{r}, []eval.LabelReport{l})))
	f.Fuzz(func(t *testing.T, question, kind, quote string) {
		r, l := made("x"+question, "x"+kind, "x"+quote)
		doc := parse(t, write(t, []eval.Report{r}, []eval.LabelReport{l}))
		if got := skeleton(doc); got != plain {
			t.Fatalf("what a page is made of changes with what is asked:\n%s\nwant\n%s", got, plain)
		}
		if utf8.ValidString(question) && !strings.ContainsAny(question, "\x00\r") {
			if got := text(elements(doc, "h4")[0]); got != "x"+question {
				t.Errorf("asked %q, the page says %q", "x"+question, got)
			}
		}
	})
}

// skeleton lists the elements of a page with the names of their attributes.
func skeleton(doc *html.Node) string {
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			b.WriteString(n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func write(t testing.TB, questions []eval.Report, labels []eval.LabelReport) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, questions, labels); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parse parses a page and checks what must hold of every one: what is opened is
// closed, ids are used once, links lead to them, nothing is loaded, pictures
// and tables say what they are.
func parse(t testing.TB, b []byte) *html.Node {
	t.Helper()
	var open []string
	for z := html.NewTokenizer(bytes.NewReader(b)); ; {
		switch z.Next() {
		case html.StartTagToken:
			if name := z.Token().Data; !slices.Contains([]string{"meta", "br", "link", "img"}, name) {
				open = append(open, name)
			}
			continue
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("</%s> closes what is not open: %v", name, open)
			}
			open = open[:len(open)-1]
			continue
		case html.ErrorToken:
		default:
			continue
		}
		break
	}
	if len(open) > 0 {
		t.Fatalf("never closed: %v", open)
	}
	doc, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for n := range doc.Descendants() {
		if id := attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("id %q is used twice", id)
			}
			ids[id] = true
		}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "src", "srcset", "action":
				t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			case "href":
				if !ids[strings.TrimPrefix(a.Val, "#")] {
					t.Errorf("a link leads to %q", a.Val)
				}
			case "aria-labelledby":
				if !ids[a.Val] {
					t.Errorf("<%s> is named by %q, which is not there", n.Data, a.Val)
				}
			}
		}
		switch n.Data {
		case "svg":
			if len(elements(n, "title")) != 1 || attribute(n, "role") != "img" {
				t.Error("a picture has no title")
			}
		case "table":
			if c := n.FirstChild; c == nil || c.Data != "caption" || text(c) == "" {
				t.Error("a table has no caption")
			}
		case "th":
			if attribute(n, "scope") == "" {
				t.Errorf("the header %q has no scope", text(n))
			}
		}
	}
	return doc
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func all(n *html.Node, ok func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if ok(d) {
			found = append(found, d)
		}
	}
	return found
}

func elements(n *html.Node, name string) []*html.Node {
	return all(n, func(d *html.Node) bool { return d.Type == html.ElementNode && d.Data == name })
}

func find(n *html.Node, name, key, value string) *html.Node {
	for _, d := range elements(n, name) {
		if attribute(d, key) == value {
			return d
		}
	}
	return nil
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
