// Package page writes what was scored as a web page: curves, tables, and every
// miss with what was wanted and why it was not found. Start with [Write]. The
// page is one file that loads nothing and works from a disk; its numbers are
// those of the reports.
package page

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"footnote/answer/eval"
)

//go:embed page.html style.css filter.js
var files embed.FS

var page = template.Must(template.New("page.html").Funcs(template.FuncMap{
	"style":     func() template.CSS { return template.CSS(asset("style.css")) },
	"script":    func() template.JS { return template.JS(asset("filter.js")) },
	"percent":   percent,
	"shareOf":   shareOf,
	"of":        of,
	"questions": func(s eval.Score) int { return s.Answerable + s.None },
	"choices":   choices,
	"pattern":   func(r *regexp.Regexp) string { return strings.TrimPrefix(r.String(), "(?is)") },
	"marked":    marked,
	"why":       why,
	"signed":    func(v float64) string { return strings.Replace(fmt.Sprintf("%+.2f", v), "-", "−", 1) },
	"rounded":   func(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) },
}).ParseFS(files, "page.html"))

// asset returns a file that is part of the page.
func asset(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err) // unreachable: it is embedded
	}
	return string(b)
}

// Write writes the reports on questions and on labels as one page.
func Write(w io.Writer, questions []eval.Report, labels []eval.LabelReport) error {
	data := struct {
		Questions []asked
		Labels    []labelled
		Several   bool
	}{Several: len(questions)+len(labels) > 1}
	for i, r := range questions {
		a := asked{Report: r, ID: fmt.Sprintf("questions-%d", i+1)}
		var err error
		if a.Calibration, a.Risk, err = curves(a.ID, r); err != nil {
			return err
		}
		data.Questions = append(data.Questions, a)
	}
	for i, r := range labels {
		r.Misses = eval.SortMisses(r.Misses)
		data.Labels = append(data.Labels, labelled{r, fmt.Sprintf("labels-%d", i+1)})
	}
	return page.Execute(w, data)
}

// asked is a report on questions with its curves, which are empty where it has
// too few questions to draw any.
type asked struct {
	eval.Report
	ID                string
	Calibration, Risk template.HTML
}

// labelled is a report on labels.
type labelled struct {
	eval.LabelReport
	ID string
}

// percent writes a share as a whole percentage.
func percent(share float64) string { return fmt.Sprintf("%.0f\u00a0%%", 100*share) }

// part is a number with the percentage that it is.
type part struct{ N, Percent string }

// of returns k of n, and dashes of none.
func of(k, n int) part {
	if n == 0 {
		return part{N: "–"}
	}
	return part{strconv.Itoa(k), percent(float64(k) / float64(n))}
}

// shareOf returns a share of n.
func shareOf(share float64, n int) part { return of(int(math.Round(share*float64(n))), n) }

// choice is what a list of misses can be narrowed down to.
type choice struct {
	Name, Label string
	Values      []counted
}

type counted struct {
	Value string
	N     int
}

// choices returns what the misses can be narrowed down to, by name; what all
// have in common is no choice.
func choices(misses any) []choice {
	var all []choice
	add := func(name, label string, n int, value func(i int) string) {
		c := choice{Name: name, Label: label}
		at := map[string]int{}
		for i := range n {
			v := value(i)
			if _, ok := at[v]; !ok {
				at[v] = len(c.Values)
				c.Values = append(c.Values, counted{Value: v})
			}
			c.Values[at[v]].N++
		}
		if len(c.Values) > 1 {
			all = append(all, c)
		}
	}
	switch m := misses.(type) {
	case []eval.Missed:
		add("kind", "Kind of question", len(m), func(i int) string { return m[i].Case.Kind })
		add("what", "What happened", len(m), func(i int) string { return m[i].What })
		add("article", "Article", len(m), func(i int) string { return m[i].Case.Article })
	case []eval.Miss:
		add("kind", "Sort of label", len(m), func(i int) string { return m[i].Sort })
		add("what", "What happened", len(m), func(i int) string { return m[i].What })
		add("article", "Article", len(m), func(i int) string { return m[i].Article })
	}
	return all
}

// marked cuts a quotation in what stands before its mark, the mark and the rest.
func marked(q eval.Quoted) [3]string {
	m := q.Mark
	if m.Len() <= 0 || m.Start < 0 || m.End > len(q.Quote) {
		return [3]string{q.Quote}
	}
	return [3]string{q.Quote[:m.Start], q.Quote[m.Start:m.End], q.Quote[m.End:]}
}

// why says in a line what became of the sentence that was wanted.
func why(m eval.Missed) string {
	where := "was not among"
	if m.Rank > 0 {
		where = fmt.Sprintf("stood %s of", ordinal(m.Rank))
	}
	switch {
	case m.Case.None:
		return "The article does not answer this."
	case m.Rank == 1:
		return "The sentence that was wanted stood first, and was not shown."
	case m.Looked == 0:
		return "No sentence was found to look at."
	default:
		return fmt.Sprintf("The sentence that was wanted %s the %d sentences that were looked at.", where, m.Looked)
	}
}

// ordinal writes a place in a ranking.
func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, suffix)
}
