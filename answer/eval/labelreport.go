package eval

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"footnote/answer"
)

// LabelReport is how what the library finds compares with label files.
type LabelReport struct {
	Set      string         `json:"set"`
	TunedOn  string         `json:"tuned_on,omitempty"` // for the goldens, as Report's
	Articles []ArticleScore `json:"articles"`
	All      ArticleScore   `json:"all"` // the micro-average
	Claims   ClaimScore     `json:"claims"`
	Loaded   LoadedScore    `json:"loaded"`
	Misses   []Miss         `json:"misses"`
}

// ArticleScore is what the labels of an article come to.
type ArticleScore struct {
	Article   string      `json:"article"`
	Said      SaidScore   `json:"said"`
	Figures   FigureScore `json:"figures"`
	Events    EventScore  `json:"events"`
	Relations Count       `json:"relations"`
}

// ScoreLabels compares what the library finds with the labels of all files.
func ScoreLabels(ctx context.Context, lib *answer.Library, name string, files []*Labels) (LabelReport, error) {
	r := LabelReport{Set: name, All: ArticleScore{Article: "all"}, Misses: []Miss{}}
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		if f.Article != nil {
			if err := r.article(ctx, lib, f); err != nil {
				return r, err
			}
		}
		misses, err := r.Claims.scoreClaims(ctx, lib, f.Claims)
		if err != nil {
			return r, err
		}
		r.Misses = append(r.Misses, misses...)
		if misses, err = r.Loaded.scoreLoaded(ctx, lib, f.Loaded); err != nil {
			return r, err
		}
		r.Misses = append(r.Misses, misses...)
	}
	return r, nil
}

// article scores the labels of one article.
func (r *LabelReport) article(ctx context.Context, lib *answer.Library, f *Labels) error {
	a := f.Article
	s := ArticleScore{Article: a.ID}
	var misses [4][]Miss
	said, err1 := lib.Said(ctx, "", "", a.ID, 0)
	figures, err2 := lib.AllFigures(ctx, a.ID, 0)
	events, err3 := lib.Timeline(ctx, a.ID, 0)
	relations, err4 := lib.Relations(ctx, answer.RelationQuery{Article: a.ID})
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	s.Said, misses[0] = scoreSaid(a, f.Said, said.Entries)
	s.Figures, misses[1] = scoreFigures(a, f.Figures, figures.Entries)
	s.Events, misses[2] = scoreEvents(a, f.Events, datedOf(events.Entries))
	s.Relations, misses[3] = scoreRelations(a, f.Relations, relations)
	r.Articles = append(r.Articles, s)
	r.All.Said.sum(s.Said)
	r.All.Figures.sum(s.Figures)
	r.All.Events.sum(s.Events)
	r.All.Relations.add(s.Relations.Labels, s.Relations.Found, s.Relations.Right)
	for _, m := range misses {
		r.Misses = append(r.Misses, m...)
	}
	return nil
}

// Table is a table of a report. The first cell of the header says what it is
// about, the first of each row whose scores stand there.
type Table struct {
	Header []string
	Rows   [][]string
}

// Tables returns a table for each sort of label that there is.
func (r LabelReport) Tables() []Table {
	var all []Table
	add := func(header []string, row func(s ArticleScore) []string) {
		t := Table{Header: header}
		for _, s := range append(r.Articles[:len(r.Articles):len(r.Articles)], r.All) {
			t.Rows = append(t.Rows, append([]string{s.Article}, row(s)...))
		}
		all = append(all, t)
	}
	if r.Articles != nil {
		add(countHeader("said", "speaker right", "direct right"), func(s ArticleScore) []string {
			return append(s.Said.cells(), decimals(s.Said.Speaker, s.Said.Right), decimals(s.Said.Direct, s.Said.Right))
		})
		add(countHeader("figures", "counts right", "by right", "number exact", "vague found"), func(s ArticleScore) []string {
			f := s.Figures
			return append(f.cells(), decimals(f.Counts, f.Right), decimals(f.By, f.Right), decimals(f.Exact, f.Right), fmt.Sprintf("%d of %d", f.VagueFound, f.Vague))
		})
		add(countHeader("timeline", "placed"), func(s ArticleScore) []string {
			return append(s.Events.cells(), strconv.Itoa(s.Events.Placed))
		})
		add(countHeader("relations"), func(s ArticleScore) []string { return s.Relations.cells() })
	}
	if r.Claims.Claims > 0 {
		all = append(all, r.Claims.table())
	}
	if r.Loaded.Questions > 0 {
		all = append(all, r.Loaded.table())
	}
	return all
}

// Lines says in sentences what stands in no table.
func (r LabelReport) Lines() []string {
	var all []string
	if c := r.Claims; c.Claims > 0 {
		all = append(all, fmt.Sprintf("claims right %d of %d; wrongly same %d of %d; compared with their own article %d of %d", c.Right, c.Claims, c.WronglySame, c.NeverSame, c.OwnArticle, c.Compared))
	}
	if l := r.Loaded; l.Questions > 0 {
		all = append(all, fmt.Sprintf("loaded questions left unanswered %d of %d", l.Right, l.Questions))
	}
	if l := r.Loaded; l.Fair > 0 {
		all = append(all, fmt.Sprintf("fair twins answered rightly %d of %d", l.FairRight, l.Fair))
	}
	if r.TunedOn != "" {
		all = append(all, r.TunedOn)
	}
	return all
}

// Print writes the report as tables and lines.
func (r LabelReport) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%s\n", r.Set)
	for _, table := range r.Tables() {
		fmt.Fprintln(t)
		for _, row := range append([][]string{table.Header}, table.Rows...) {
			fmt.Fprintf(t, "%s\t\n", strings.Join(row, "\t"))
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, line := range r.Lines() {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// countHeader is the header over the cells of counts and what stands beside them.
func countHeader(about string, more ...string) []string {
	return append([]string{about, "labels", "found", "right", "precision", "recall"}, more...)
}

// cells returns a count as cells of a table.
func (c Count) cells() []string {
	return []string{strconv.Itoa(c.Labels), strconv.Itoa(c.Found), strconv.Itoa(c.Right), fmt.Sprintf("%.3f", c.Precision), fmt.Sprintf("%.3f", c.Recall)}
}

// decimals writes the share of n in all.
func decimals(n, all int) string { return fmt.Sprintf("%.3f", share(n, all)) }

// table counts labels by the verdicts that were given.
func (s ClaimScore) table() Table {
	t := Table{Header: []string{"claims", "n"}}
	for _, v := range verdicts {
		t.Header = append(t.Header, string(v))
	}
	t.Header = append(t.Header, "right")
	for _, label := range verdicts {
		row, n := s.Verdicts[label], 0
		for _, count := range row {
			n += count
		}
		cells := []string{string(label), strconv.Itoa(n)}
		for _, v := range verdicts {
			cells = append(cells, strconv.Itoa(row[v]))
		}
		t.Rows = append(t.Rows, append(cells, decimals(row[label], n)))
	}
	return t
}
