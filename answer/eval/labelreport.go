package eval

import (
	"context"
	"fmt"
	"io"
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
			r.article(lib, f)
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
func (r *LabelReport) article(lib *answer.Library, f *Labels) {
	a := f.Article
	s := ArticleScore{Article: a.ID}
	var misses [4][]Miss
	s.Said, misses[0] = scoreSaid(a, f.Said, lib.Said("", "", a.ID))
	s.Figures, misses[1] = scoreFigures(a, f.Figures, lib.AllFigures(a.ID))
	s.Events, misses[2] = scoreEvents(a, f.Events, datedOf(lib.Timeline(a.ID)))
	s.Relations, misses[3] = scoreRelations(a, f.Relations, lib.Relations(answer.RelationQuery{Article: a.ID}))
	r.Articles = append(r.Articles, s)
	r.All.Said.sum(s.Said)
	r.All.Figures.sum(s.Figures)
	r.All.Events.sum(s.Events)
	r.All.Relations.add(s.Relations.Labels, s.Relations.Found, s.Relations.Right)
	for _, m := range misses {
		r.Misses = append(r.Misses, m...)
	}
}

// Print writes the report as tables, one for each sort of label that there is.
func (r LabelReport) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%s\n", r.Set)
	table := func(header string, row func(s ArticleScore) string) {
		fmt.Fprintf(t, "\n%s\n", header)
		for _, s := range append(r.Articles[:len(r.Articles):len(r.Articles)], r.All) {
			fmt.Fprintf(t, "%s\t%s\n", s.Article, row(s))
		}
	}
	if r.Articles != nil {
		table("said\t"+countHeader+"speaker right\tdirect right\t", func(s ArticleScore) string {
			return fmt.Sprintf("%s%.3f\t%.3f\t", s.Said.Count, share(s.Said.Speaker, s.Said.Right), share(s.Said.Direct, s.Said.Right))
		})
		table("figures\t"+countHeader+"counts right\tby right\tnumber exact\tvague found\t", func(s ArticleScore) string {
			f := s.Figures
			return fmt.Sprintf("%s%.3f\t%.3f\t%.3f\t%d of %d\t", f.Count, share(f.Counts, f.Right), share(f.By, f.Right), share(f.Exact, f.Right), f.VagueFound, f.Vague)
		})
		table("timeline\t"+countHeader+"placed\t", func(s ArticleScore) string {
			return fmt.Sprintf("%s%d\t", s.Events.Count, s.Events.Placed)
		})
		table("relations\t"+countHeader, func(s ArticleScore) string { return s.Relations.String() })
	}
	if r.Claims.Claims > 0 {
		r.Claims.print(t)
	}
	if r.Loaded.Questions > 0 {
		r.Loaded.print(t)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if c := r.Claims; c.Claims > 0 {
		fmt.Fprintf(w, "claims right %d of %d; wrongly same %d of %d; compared with their own article %d of %d\n", c.Right, c.Claims, c.WronglySame, c.NeverSame, c.OwnArticle, c.Compared)
	}
	if l := r.Loaded; l.Questions > 0 {
		fmt.Fprintf(w, "loaded questions left unanswered %d of %d\n", l.Right, l.Questions)
	}
	if l := r.Loaded; l.Fair > 0 {
		fmt.Fprintf(w, "fair twins answered rightly %d of %d\n", l.FairRight, l.Fair)
	}
	if r.TunedOn != "" {
		fmt.Fprintln(w, r.TunedOn)
	}
	return nil
}

const countHeader = "labels\tfound\tright\tprecision\trecall\t"

// String writes a count as cells of a table.
func (c Count) String() string {
	return fmt.Sprintf("%d\t%d\t%d\t%.3f\t%.3f\t", c.Labels, c.Found, c.Right, c.Precision, c.Recall)
}

// print writes the table of labels by verdicts.
func (s ClaimScore) print(w io.Writer) {
	fmt.Fprint(w, "\nclaims\tn\t")
	for _, v := range verdicts {
		fmt.Fprintf(w, "%s\t", v)
	}
	fmt.Fprintln(w, "right\t")
	for _, label := range verdicts {
		row := s.Verdicts[label]
		n := 0
		for _, count := range row {
			n += count
		}
		fmt.Fprintf(w, "%s\t%d\t", label, n)
		for _, v := range verdicts {
			fmt.Fprintf(w, "%d\t", row[v])
		}
		fmt.Fprintf(w, "%.3f\t\n", share(row[label], n))
	}
}
